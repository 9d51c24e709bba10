"""Capaian on screen: the table of a period, its trend, and how a number came to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from himpun.collection import queries as collection
from himpun.collection.rules import aim_shown, shown, write_csv
from himpun.ledger import queries as ledger
from himpun.organization import queries as organization
from himpun.planning import queries as planning
from himpun.procedures import queries as cases
from himpun.procedures.queries import journey
from himpun.procedures.rules import CaseState
from himpun.shared import clock
from himpun.shared.http import MemberRequest, member
from himpun.shared.journey import Stage
from himpun.shared.pages import download
from himpun.worktime.periods import Period, PeriodKind, read_period

from .. import queries, rules
from ..models import Achievement

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from himpun.ledger.models import Event
    from himpun.organization.models import Unit
    from himpun.procedures.models import Case

    from ..queries import Table

QUARTERS = (1, 2, 3, 4)
EVENT_WORDS = {
    "value.saved": "diisi",
    "value.accepted": "diterima",
    "value.returned": "dikembalikan",
}


@dataclass(frozen=True)
class Looked:
    """Which office and which period a person looks at, and what else may be chosen."""

    office: Unit
    offices: list[Unit]
    period: Period
    years: list[int]
    quarters: bool


def _looked(request: MemberRequest, at: datetime) -> Looked | None:
    """Return what the address asks for; None when the person sits in no office.

    Raises Http404 for an office that the person may not read or a period that is none.
    """
    offices = list(organization.visible_offices(request.user, at).order_by("name"))
    if not offices:
        return None
    wanted = request.GET.get("unit")
    chosen = [o for o in offices if str(o.pk) == wanted] if wanted else offices[:1]
    if not chosen:
        raise Http404
    today = organization.local_day(at, chosen[0])
    years = queries.known_years(chosen[0])
    first = queries.opening_period(chosen[0], today)
    period = _period(request.GET.get("periode", first.code))
    return Looked(
        office=chosen[0],
        offices=offices,
        period=period,
        years=sorted({*years, period.year}, reverse=True),
        quarters=queries.has_quarters(chosen[0], period.year),
    )


def _period(code: str) -> Period:
    try:
        period = read_period(code)
    except ValueError:
        raise Http404 from None
    if period.kind not in {PeriodKind.YEAR, PeriodKind.QUARTER}:
        raise Http404
    return period


@require_safe
@member
def achievement(request: MemberRequest) -> HttpResponse:
    """Show the capaian of an office in a period, beside the periods before it."""
    at = clock.now()
    looked = _looked(request, at)
    if looked is None:
        return render(request, "measurement/none.html", {"here": "achievement"})
    table = queries.capaian(looked.office, looked.period)
    context = {
        "here": "achievement",
        "looked": looked,
        "table": table,
        "change": _change(table),
        "comparisons": queries.comparisons(table, _absorbed(looked, table)),
        "regency": organization.visible_regencies(request.user, at)
        .filter(children=looked.office)
        .first(),
        "chart": rules.chart(
            [(period.code, mean.value) for period, mean in table.trend],
            table.scales[0] if len(table.scales) == 1 else None,
        ),
        "tabs": [Period(PeriodKind.QUARTER, looked.period.year, n) for n in QUARTERS]
        if looked.quarters
        else [],
        "whole": Period(PeriodKind.YEAR, looked.period.year),
        **_round_of(looked, at),
    }
    return render(request, "measurement/achievement.html", context)


def _absorbed(looked: Looked, table: Table) -> dict[int, Decimal | None] | None:
    """Return serapan by indicator; None where nothing can be said of efficiency.

    Of a whole year only: the budget is the year's, the target of a quarter is not.
    """
    if looked.period.kind is not PeriodKind.YEAR:
        return None
    ids = [line.version.indicator_id for line in table.lines]
    return planning.serapan_of_indicators(looked.office, ids, looked.period) or None


def _change(table: Table) -> Any:  # noqa: ANN401 - a Decimal or nothing
    if table.mean.value is None or table.before.value is None:
        return None
    return table.mean.value - table.before.value


def _round_of(looked: Looked, at: datetime) -> dict[str, Any]:
    """Return evidence and punctuality of the period's case, nothing without a case."""
    case = (
        looked.office.cases.filter(period_code=looked.period.code)
        .exclude(state=CaseState.CANCELLED)
        .select_related("procedure", "version", "unit")
        .first()
    )
    if case is None:
        return {"case": None}
    round_ = collection.round_of(case)
    rows = collection.rows(round_) if round_ else []
    return {
        "case": case,
        "with_evidence": sum(bool(row.files) for row in rows),
        "rows": len(rows),
        "files": sum(len(row.files) for row in rows),
        **_punctuality(case, at),
    }


def _punctuality(case: Case, at: datetime) -> dict[str, Any]:
    done = [stop for stop in journey.journey(case, at) if stop.stage is Stage.DONE]
    late = [stop for stop in done if stop.light == "lewat"]
    return {"closed": len(done), "late": late, "in_time": len(done) - len(late)}


@require_safe
@member
def regency(request: MemberRequest) -> HttpResponse:
    """Show the totals of a kabupaten in a period, with the figure of each office."""
    at = clock.now()
    wanted = request.GET.get("unit")
    regencies = organization.visible_regencies(request.user, at)
    found = [one for one in regencies if not wanted or str(one.pk) == wanted]
    if not found:
        raise Http404
    today = organization.local_day(at)
    years = queries.years_below(found[0]) or [today.year]
    period = _period(request.GET.get("periode", str(years[0])))
    whole = Period(PeriodKind.YEAR, period.year)
    context = {
        "here": "achievement",
        "regency": found[0],
        "period": period,
        "whole": whole,
        "tabs": [*whole.within(PeriodKind.QUARTER), whole],
        "years": sorted({*years, period.year}, reverse=True),
        "lines": queries.roll_ups(found[0], period),
        "may_plan": organization.administers(request.user, found[0].tenant_id, at),
    }
    return render(request, "measurement/regency.html", context)


@require_safe
@member
def sheet(request: MemberRequest) -> HttpResponse:
    """Hand out the table as CSV, safe for spreadsheets."""
    looked = _looked(request, clock.now())
    if looked is None:
        raise Http404
    table = queries.capaian(looked.office, looked.period)
    head = ["Kode", "Indikator", "Satuan", "Target", "Realisasi", "Capaian (%)"]
    lines = []
    for line in table.lines:
        row, decimals = line.achievement, line.version.decimals
        lines.append(
            [
                line.version.indicator.code,
                line.version.name,
                line.version.unit_of_measure,
                aim_shown(line.aim, decimals),
                aim_shown(line.figure, decimals),
                shown(row.value if row else None, 2),
                row.band if row else "",
                queries.standing(row) if row else "",
            ]
        )
    return download(
        write_csv([[*head, "Peringkat", "Keadaan"], *lines]),
        filename=f"capaian-{looked.period.code}.csv",
        mime="text/csv; charset=utf-8",
    )


@require_safe
@member
def explanation(request: MemberRequest, number: int) -> HttpResponse:
    """Show how one number came to be: formula, target, figure, scale, and who did what."""
    at = clock.now()
    offices = organization.visible_offices(request.user, at)
    rows = Achievement.objects.filter(unit__in=offices).select_related("unit")
    row = get_object_or_404(rows, pk=number)
    case = (
        cases.visible_cases(request.user, at).filter(pk=row.case).first()
        if row.case
        else None
    )
    context = {
        "here": "achievement",
        "found": queries.explain(row),
        "row": row,
        "period": read_period(row.period_code),
        "case": case,
        "trail": [_said(event) for event in queries.events_behind(row)],
    }
    return render(request, "measurement/explanation.html", context)


def _said(event: Event) -> dict[str, Any]:
    """Return an event as a line of the trail: what, which figure, who, when."""
    data = ledger.data_of(event)
    value = data.get("new") if event.type == "value.saved" else data.get("value")
    return {
        "words": _(EVENT_WORDS[event.type]),
        "value": value,
        "role": event.role,
        "at": event.at,
        "hash": event.hash,
    }
