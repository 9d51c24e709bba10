"""The round of a case: its task, proposals, team, requests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.ledger import queries as ledger
from himpun.organization import queries as organization
from himpun.procedures import queries as procedures
from himpun.procedures.rules import CaseState, Part

from ..models import Proposal, Request, Round, Team
from ..rules import AWAITED, Evaluation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from himpun.organization.models import Official, Person, Unit
    from himpun.organization.rules import Tenure
    from himpun.procedures.models import Case, Task

PROPOSALS = "usulan"
EVALUATION = "evaluasi"
COLLECTION = "pengumpulan"
PER_UNIT = "per-unit"
"""The kinds of step that this app knows, by the names of `himpun.sop.kinds`."""


def round_of(case: Case) -> Round | None:
    """Return the collection of a case, None before its first step was opened."""
    return Round.objects.filter(case=case).select_related("case", "team").first()


def work_task(case: Case, kind: str, step: str = "") -> Task | None:
    """Return the open work of the step of this kind, None when it is not open."""
    for task in procedures.open_tasks(case):
        of_kind = kind in procedures.kinds_of(case, task.step)
        if task.part == Part.WORK and of_kind and step in {"", task.step}:
            return task
    return None


def addable_units(round_: Round, step: str) -> list[Unit]:
    """Return the units that a step does not ask yet: the office's parts, two queries."""
    asked = round_.requests.filter(step=step).values_list("unit", flat=True)
    units = organization.data_units(round_.case.unit).exclude(pk__in=asked)
    return list(units.order_by("order", "code"))


def takes_late(case: Case, step: str) -> bool:
    """Whether a unit's answer may come late to this step: its version still has it."""
    return any(known.id == step for known in procedures.plan_of(case).steps)


def late_steps(round_: Round, person: Person, at: datetime) -> set[str]:
    """Return the closed steps of a running case to which this person may note late
    answers: those that he works; a few queries for each step that asks units.
    """
    case = round_.case
    if case.state != CaseState.RUNNING:
        return set()
    rows = round_.requests.filter(state__in=[state.value for state in AWAITED])
    return {
        step
        for step in rows.order_by().values_list("step", flat=True).distinct()
        if takes_late(case, step)
        and procedures.open_work(case, step) is None
        and any(h.person == person.pk for h in procedures.step_hands(case, step, at))
    }


def is_verifying(case: Case) -> bool:
    """Whether values of this case are being verified now."""
    step = procedures.verifying_step(case)
    return bool(step and procedures.open_work(case, step))


@dataclass(frozen=True)
class ProposalRow:
    """A proposal with its texts, for pages, the request's prefill and the output."""

    proposal: Proposal
    absent_reason: str
    rests_on: str
    note: str

    @property
    def answered(self) -> bool:
        """Whether there is a figure, or a stated reason why there is none."""
        return self.proposal.figure is not None or bool(self.proposal.absent_reason)

    @property
    def needs_more(self) -> bool:
        """Whether the evaluation found it wanting."""
        return self.proposal.evaluation in {Evaluation.INCOMPLETE, Evaluation.ODD}


def proposals(round_: Round) -> list[ProposalRow]:
    """Return the proposals of a round in print order; two queries."""
    rows = list(
        round_.proposals.select_related(
            "version__indicator", "version__grade_scale", "author"
        ).order_by("version__indicator__order", "version__indicator__code")
    )
    hashes = [h for r in rows for h in (r.absent_reason, r.rests_on, r.evaluation_note)]
    texts = ledger.texts(h for h in hashes if h)
    return [
        ProposalRow(
            proposal=row,
            absent_reason=texts.get(row.absent_reason, ""),
            rests_on=texts.get(row.rests_on, ""),
            note=texts.get(row.evaluation_note, ""),
        )
        for row in rows
    ]


def team_in_force(office: Unit | int, day: date) -> Team | None:
    """Return the newest team of an office that was named by this day."""
    return Team.objects.filter(unit=office, since__lte=day).first()


def team_members(team: Team) -> list[Official]:
    """Return the members of a team with position and person."""
    rows = team.members.select_related("position", "person")
    return list(rows.order_by("position__unit__order", "pk"))


def possible_members(office: Unit, day: date) -> list[Tenure]:
    """Return who may be named a member: everybody in a position of the office."""
    return [
        holder for seat in organization.seats(office, day) for holder in seat.holders
    ]


@dataclass(frozen=True)
class RequestRow:
    """A request with its texts."""

    request: Request
    what: str
    via: str
    waiver: str


def requests(round_: Round) -> list[RequestRow]:
    """Return who is asked for what by when, by step and unit; two queries."""
    rows = list(round_.requests.select_related("unit"))
    hashes = [h for r in rows for h in (r.what, r.received_via, r.waiver)]
    texts = ledger.texts(h for h in hashes if h)
    return [
        RequestRow(
            request=row,
            what=texts.get(row.what, ""),
            via=texts.get(row.received_via, ""),
            waiver=texts.get(row.waiver, ""),
        )
        for row in rows
    ]


def states_of(rows: Sequence[RequestRow]) -> dict[str, int]:
    """Return how many requests are in each state."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.request.state] = counts.get(row.request.state, 0) + 1
    return counts
