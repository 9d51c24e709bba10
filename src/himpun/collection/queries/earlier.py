"""Figures of the periods before a round's: ours where there are, else prior ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.planning import queries as planning
from himpun.planning.queries import Earlier
from himpun.procedures.rules import CaseState
from himpun.wording import say
from himpun.worktime.periods import read_period

from ..models import Entry
from ..rules import EntryState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from himpun.planning.rules import Figure
    from himpun.worktime.periods import Period

    from ..models import Round

VERIFIED_LABEL = say("diverifikasi di Himpun")


def previous_figures(round_: Round, measures: Mapping[int, str]) -> dict[int, Earlier]:
    """Return the figure of the period before by indicator: ours, else a prior one.

    ``measures`` holds the unit of measure of each indicator asked for: what was accepted
    in another one then is nothing to compare with.
    """
    before = round_.period.before().code
    prior = planning.earlier(measures, [before])
    found = {indicator: figure for (indicator, _code), figure in prior.items()}
    own = Entry.objects.filter(
        round__unit=round_.unit_id,
        round__period_code=before,
        state=EntryState.ACCEPTED,
        version__indicator__in=measures,
    ).exclude(round__case__state=CaseState.CANCELLED)
    for indicator, measure, value, grade in own.values_list(
        "version__indicator", "version__unit_of_measure", "value", "grade"
    ):
        figure = grade if value is None else value
        if measure != measures[indicator]:
            found.pop(indicator, None)
        elif figure != "":
            found[indicator] = Earlier(before, figure, VERIFIED_LABEL, prior=False)
    return found


def histories(round_: Round) -> dict[int, list[Earlier]]:
    """Return the accepted and prior figures of this kind of period by indicator.

    Oldest first, up to the period before this one; two queries.
    """
    entries = round_.entries.values_list("version__indicator", flat=True)
    found = {n: list(rows) for n, rows in planning.history(entries).items()}
    own = Entry.objects.filter(
        version__indicator__in=entries, state=EntryState.ACCEPTED
    ).exclude(round__case__state=CaseState.CANCELLED)
    for indicator, code, value, grade in own.values_list(
        "version__indicator", "round__period_code", "value", "grade"
    ):
        figure = grade if value is None else value
        if figure != "":
            row = Earlier(code, figure, VERIFIED_LABEL, prior=False)
            found.setdefault(indicator, []).append(row)
    return {n: _before(rows, round_.period) for n, rows in found.items()}


def _before(rows: list[Earlier], period: Period) -> list[Earlier]:
    """Return the rows of the same kind of period before this one, ours over prior."""
    chosen: dict[str, Earlier] = {}
    for row in sorted(rows, key=lambda row: not row.prior):
        chosen[row.period_code] = row
    periods = sorted((read_period(code), code) for code in chosen)
    return [
        chosen[code]
        for other, code in periods
        if other.kind is period.kind and other.end < period.start
    ]


def grade_of(figure: Figure | None) -> str | None:
    """Return the code of a grade; None for a number."""
    return figure if isinstance(figure, str) else None
