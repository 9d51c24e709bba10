"""What rests on a target: figures that were sent against it, and documents of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.planning import queries as planning
from himpun.planning.rules import AimKind
from himpun.procedures.rules import CaseState
from himpun.wording import say

from ..models import Entry
from ..rules import EntryState

if TYPE_CHECKING:
    from himpun.planning.models import Target
    from himpun.wording import Sentence

SENT = (EntryState.SUBMITTED, EntryState.ACCEPTED, EntryState.RETURNED)


def figures_on(target: Target) -> list[Sentence]:
    """Return the cases in which a figure was sent to be judged by this target.

    Every report rests on an accepted figure, so that those are told here as well.
    """
    if target.kind != AimKind.TARGET:
        return []
    rows = Entry.objects.filter(
        version__indicator=target.indicator_id,
        round__period_code=target.period_code,
        state__in=[state.value for state in SENT],
    ).exclude(round__case__state=CaseState.CANCELLED)
    cases = rows.order_by("round__case").values_list("round__case", flat=True)
    return [
        say("realisasi yang sudah dikirim pada kasus nomor %(n)s", n=case)
        for case in dict.fromkeys(cases)
    ]


def resting_on(target: Target) -> list[Sentence]:
    """Return all that rests on a target, each in words; empty: it may be withdrawn."""
    return [*planning.documents_on(target), *figures_on(target)]
