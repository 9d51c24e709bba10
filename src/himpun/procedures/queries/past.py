"""What a case was by the versions of its SOP that it ran before it was moved.

Rows are named by the version that the case has now (`rules.former` for steps that are
gone); events keep the ids of their time, so each is read with the plan of its time.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from .. import rules
from ..models import ProcedureVersion
from . import running

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from himpun.sop.plan import Plan, Step

    from ..models import Case
    from ..registry import Act

MIGRATED = "case.migrated"


def plans_along(case: Case, acts: Sequence[Act]) -> list[Plan]:
    """Return for each event the plan in force when it was recorded; one query at most.

    That of a move is the new one.
    """
    now = running.plan_of(case)
    moved = [data for kind, data in acts if kind == MIGRATED]
    rows = ProcedureVersion.objects.filter(pk__in=[data["from"] for data in moved])
    known = {case.version_id: now}
    if moved:
        known |= {row.pk: running.plan_of_version(row) for row in rows}
    here = known[moved[0]["from"]] if moved else now
    found = []
    for kind, data in acts:
        if kind == MIGRATED:
            here = known[data["to"]]
        found.append(here)
    return found


def steps_named() -> Callable[[Case, str], Step]:
    """Return what finds a step by the name that a case's rows have for it.

    Asks once for each version that has rows of a former step.
    """

    @cache
    def plan(procedure: int, number: int) -> Plan:
        row = ProcedureVersion.objects.get(procedure=procedure, number=number)
        return running.plan_of_version(row)

    def find(case: Case, name: str) -> Step:
        gone = rules.FORMER.fullmatch(name)
        if gone is None:
            return running.plan_of(case).step(name)
        return plan(case.procedure_id, int(gone[1])).step(gone[2])

    return find


def number_of(case: Case, name: str) -> str:
    """Return the number of a step as papers print it: "2", "2 (versi 1)"."""
    return said(name, str(steps_named()(case, name).number))


def said(name: str, words: str) -> str:
    """Return words about a step, with its version when the SOP no longer has it."""
    gone = rules.FORMER.fullmatch(name)
    if gone is None:
        return words
    return _("%(words)s (versi %(n)s)") % {"words": words, "n": gone[1]}


def labels_of(case: Case) -> dict[str, str]:
    """Return what the form calls each actor; those of former versions beside them."""
    now = {actor.id: actor.label for actor in running.plan_of(case).actors}
    if case.moved_at is None:
        return now
    rows = ProcedureVersion.objects.filter(procedure=case.procedure_id)
    before = (a for row in rows for a in running.plan_of_version(row).actors)
    return {actor.id: actor.label for actor in before} | now
