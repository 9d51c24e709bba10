"""Finding what an address names, within what the person may read; 404 otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from himpun.collection import queries
from himpun.collection.models import Entry, Evidence, Request
from himpun.organization import queries as organization
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.queries import journey
from himpun.shared import clock

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun.collection.models import Round
    from himpun.organization.models import Person
    from himpun.procedures.models import Case
    from himpun.shared.http import MemberRequest


@dataclass(frozen=True)
class Place:
    """A case with its round, as one person sees it at one moment."""

    case: Case
    round: Round
    person: Person
    at: datetime

    @property
    def today(self) -> date:
        """The office's day."""
        return organization.local_day(self.at, self.case.unit)

    def page(self, name: str) -> str:
        """Return the address of one of this app's pages of the case."""
        return reverse(f"collection:{name}", args=[self.case.pk])

    def works(self, kind: str) -> bool:
        """Whether the step of this kind is open and the person may work it."""
        task = queries.work_task(self.case, kind)
        return bool(task and cases.may_work(self.person, task, self.at))

    def frame(self, here: str) -> dict[str, Any]:
        """Return what every page of a case shows around its own matter."""
        return {
            "here": here,
            "case": self.case,
            "round": self.round,
            "journey": journey.journey(self.case, self.at),
            "collects": cases.verifying_step(self.case) is not None,
        }


def place(request: MemberRequest, case: int) -> Place:
    """Return a case that the person may read, with its round.

    A page that is opened is noted: from then on the task is not taken back any more.
    """
    at = clock.now()
    found = get_object_or_404(cases.visible_cases(request.user, at), pk=case)
    if request.method == "GET":
        procedures.note_seen(found, request.user, at)
    round_ = queries.round_of(found)
    if round_ is None:
        raise Http404
    round_.case = found
    return Place(found, round_, request.user, at)


def entry(where: Place, number: int) -> Entry:
    """Return a value of this case."""
    rows = Entry.objects.filter(round=where.round).select_related(
        "version__indicator", "version__scale", "round__case"
    )
    return get_object_or_404(rows, pk=number)


def request_row(where: Place, number: int) -> Request:
    """Return a request of this case."""
    return get_object_or_404(
        Request.objects.filter(round=where.round).select_related("round__case"),
        pk=number,
    )


def evidence(where: Place, number: int) -> Evidence:
    """Return a piece of evidence of this case, removed ones too."""
    rows = Evidence.objects.filter(entry__round=where.round)
    return get_object_or_404(rows.select_related("entry__round__case"), pk=number)
