"""Reading the plan: what is due, at which target, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from himpun import formula
from himpun.wording import say
from himpun.worktime.periods import PeriodKind, read_period

from . import rules
from .models import Indicator, IndicatorVersion, PriorActual, Target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from himpun.organization.models import Unit
    from himpun.worktime.periods import Period

    from .rules import Measured

PRIOR_LABEL = say("data sebelum Himpun, tidak diverifikasi di sini")
"""What stands beside every figure that was not collected by Himpun."""


@dataclass(frozen=True)
class Promise:
    """A target as it stands: the value, and where it was promised."""

    value: Decimal
    origin: str


@dataclass(frozen=True)
class Earlier:
    """A figure of an earlier period with the label of where it comes from."""

    period_code: str
    value: Decimal
    origin: str
    prior: bool

    @property
    def label(self) -> str:
        """The period as people read it."""
        return read_period(self.period_code).label


def versions_in_force(office: Unit | int, day: date) -> list[IndicatorVersion]:
    """Return the version in force of each indicator of an office, in print order."""
    newest = Window(
        RowNumber(),
        partition_by=F("indicator"),
        order_by=[F("since").desc(), F("number").desc()],
    )
    rows = (
        IndicatorVersion.objects.filter(indicator__unit=office, since__lte=day)
        .annotate(rank=newest)
        .filter(rank=1)
        .select_related("indicator", "scale")
    )
    return list(rows.order_by("indicator__order", "indicator__code"))


def version_for(indicator: Indicator, period: Period) -> IndicatorVersion | None:
    """Return the version that measures a period, None before the first one."""
    rows = indicator.versions.filter(since__lte=period.end).select_related("scale")
    return rows.order_by("-since", "-number").first()


def due(office: Unit | int, period: Period) -> list[IndicatorVersion]:
    """Return what an office collects in a case of this period, in print order."""
    rows = versions_in_force(office, period.end)
    return [row for row in rows if rules.is_due(PeriodKind(row.frequency), period.kind)]


def targets(
    indicators: Iterable[int], period_codes: Iterable[str]
) -> dict[tuple[int, str], Promise]:
    """Return targets by (indicator, period code); one not set is left out."""
    rows = Target.objects.filter(indicator__in=indicators, period_code__in=period_codes)
    return {
        (row.indicator_id, row.period_code): Promise(row.value, row.origin)
        for row in rows
    }


def target_of(indicator: int, period_code: str) -> Decimal | None:
    """Return one target, None when none was set."""
    found = targets([indicator], [period_code]).get((indicator, period_code))
    return found.value if found else None


def earlier(
    indicators: Iterable[int], period_codes: Iterable[str]
) -> dict[tuple[int, str], Earlier]:
    """Return the figures from before Himpun by (indicator, period code)."""
    rows = PriorActual.objects.filter(
        indicator__in=indicators, period_code__in=period_codes
    )
    return {
        (row.indicator_id, row.period_code): Earlier(
            row.period_code, row.value, PRIOR_LABEL, prior=True
        )
        for row in rows
    }


def history(indicators: Iterable[int]) -> dict[int, list[Earlier]]:
    """Return all figures from before Himpun by indicator, oldest period first."""
    found: dict[int, list[Earlier]] = {}
    rows = PriorActual.objects.filter(indicator__in=indicators)
    for row in sorted(rows, key=lambda row: read_period(row.period_code).end):
        found.setdefault(row.indicator_id, []).append(
            Earlier(row.period_code, row.value, PRIOR_LABEL, prior=True)
        )
    return found


def measured(
    version: IndicatorVersion, *, actual: Decimal | None, target: Decimal | None
) -> Measured:
    """Return achievement and rank of a figure by what this version says."""
    return rules.measure(
        formula.Polarity(version.polarity),
        formula.Scale.from_json(version.scale.data),
        actual=actual,
        target=target,
    )
