"""Reading the stored achievement: the table of a period, its mean, its explanation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from himpun import formula
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.planning import queries as planning
from himpun.planning.models import IndicatorVersion
from himpun.wording import say
from himpun.worktime.periods import Period, PeriodKind

from ..models import Achievement
from ..rules import opening, periods_beside, trend_periods

if TYPE_CHECKING:
    from datetime import date

    from himpun.organization.models import Unit
    from himpun.planning.queries import Promise
    from himpun.planning.rules import Aim, Figure

NOTHING_MEASURED = say("belum ada capaian yang dapat dihitung")


@dataclass(frozen=True)
class Line:
    """An indicator in the table: its target and figure, and a cell for each period."""

    version: IndicatorVersion
    target: Promise | None
    achievement: Achievement | None
    cells: tuple[Achievement | None, ...]
    trend: tuple[Decimal | None, ...]

    @property
    def aim(self) -> Aim | None:
        """What the figure was measured against, before there is one what is planned.

        A target that was changed after the figure was accepted is not the one it reached.
        """
        planned = self.target.aim if self.target else None
        kept: Aim | None = self.achievement.target if self.achievement else planned
        return kept

    @property
    def figure(self) -> Figure | None:
        """What was reached, a number or a grade."""
        return self.achievement.figure if self.achievement else None


@dataclass(frozen=True)
class Table:
    """Capaian of an office in a period, with its neighbours.

    ``mean`` rests on ``mean.counted`` of ``mean.total`` indicators; ``bands`` counts
    the ranks; ``provisional`` how many figures are not verified (yet, or here).
    """

    period: Period
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    mean: formula.Mean
    before: formula.Mean
    trend: tuple[tuple[Period, formula.Mean], ...]
    bands: dict[str, int]
    provisional: int
    scales: tuple[formula.Scale, ...]

    @property
    def limited(self) -> tuple[Achievement, ...]:
        """The figures of the period of which the mean takes only the cap."""
        here = (line.achievement for line in self.lines)
        return tuple(row for row in here if row is not None and row.capped)

    @property
    def marks_caps(self) -> bool:
        """Whether a cell of the table is marked as capped in the mean."""
        return any(cell.capped for line in self.lines for cell in line.cells if cell)

    @property
    def unmeasured(self) -> int:
        """How many indicators have no achievement in the period."""
        return self.mean.total - self.mean.counted

    @property
    def capped(self) -> bool:
        """Whether a cap limits what enters the mean."""
        return any(line.version.cap is not None for line in self.lines)


def capaian(office: Unit | int, period: Period) -> Table:
    """Return the table of a period; four queries at most, for any number of indicators."""
    versions = planning.due(office, period)
    beside, past = periods_beside(period), trend_periods(period)
    codes = {p.code for p in (*beside, *past, period)}
    ids = [version.indicator_id for version in versions]
    stored = Achievement.objects.filter(
        unit=office, indicator__in=ids, period_code__in=codes
    ).select_related("indicator")
    found = {(row.indicator_id, row.period_code): row for row in stored}
    versions = _as_measured(versions, found, period)
    targets = planning.targets(ids, [period.code])
    lines = tuple(
        Line(
            version=version,
            target=targets.get((version.indicator_id, period.code)),
            achievement=found.get((version.indicator_id, period.code)),
            cells=tuple(found.get((version.indicator_id, p.code)) for p in beside),
            trend=_values(version.indicator_id, past, found),
        )
        for version in versions
    )
    here = [line.achievement for line in lines]
    return Table(
        period=period,
        periods=beside,
        lines=lines,
        mean=formula.mean_of_achievements(
            row.averaged if row else None for row in here
        ),
        before=_mean(ids, period.before(), found),
        trend=tuple((p, _mean(ids, p, found)) for p in past),
        bands=dict(Counter(row.band for row in here if row and row.band)),
        provisional=sum(1 for row in here if row and not row.verified),
        scales=_scales(versions),
    )


def _scales(versions: list[IndicatorVersion]) -> tuple[formula.Scale, ...]:
    """Return the rating scales that these indicators use, each once."""
    found = {version.scale_id: version.scale.data for version in versions}
    return tuple(formula.Scale.from_json(data) for data in found.values())


Found = dict[tuple[int, str], Achievement]


def _as_measured(
    versions: list[IndicatorVersion], found: Found, period: Period
) -> list[IndicatorVersion]:
    """Return the versions by which the figures of a period were measured.

    A round that was opened before a new version came keeps the one that it pinned.
    """
    pinned = {
        version.indicator_id: row.indicator_version
        for version in versions
        if (row := found.get((version.indicator_id, period.code)))
        and row.indicator_version != version.number
    }
    if not pinned:
        return versions
    rows = IndicatorVersion.objects.filter(
        indicator__in=pinned, number__in=pinned.values()
    ).select_related("indicator", *planning.SCALES)
    known = {(row.indicator_id, row.number): row for row in rows}
    return [
        known.get((one.indicator_id, pinned.get(one.indicator_id, one.number)), one)
        for one in versions
    ]


def _values(
    indicator: int, periods: tuple[Period, ...], found: Found
) -> tuple[Decimal | None, ...]:
    rows = [found.get((indicator, period.code)) for period in periods]
    return tuple(row.value if row else None for row in rows)


def _mean(ids: list[int], period: Period, found: Found) -> formula.Mean:
    rows = [found.get((indicator, period.code)) for indicator in ids]
    return formula.mean_of_achievements(row.averaged if row else None for row in rows)


def known_years(office: Unit | int) -> list[int]:
    """Return the years of which an office has figures, newest first."""
    codes = Achievement.objects.filter(unit=office).values_list(
        "period_code", flat=True
    )
    return sorted({int(code[:4]) for code in codes.distinct()}, reverse=True)


def has_quarters(office: Unit | int, year: int) -> bool:
    """Whether an office collects anything by quarter in a year."""
    return bool(planning.due(office, Period(PeriodKind.QUARTER, year, 4)))


def opening_period(office: Unit | int, today: date) -> Period:
    """Return the period of an office that is shown first."""
    years = known_years(office)
    newest = years[0] if years else today.year
    return opening(newest, today, quarters=has_quarters(office, newest))


@dataclass(frozen=True)
class Explanation:
    """The panel "bagaimana dihitung": all that made a number, in the order to read."""

    achievement: Achievement
    version: IndicatorVersion
    polarity: str
    calculation: tuple[str, ...]
    steps: tuple[str, ...]
    target_origin: str
    standing: str
    event: Event | None


def explain(achievement: Achievement) -> Explanation:
    """Return how a stored number came to be; four queries."""
    version = IndicatorVersion.objects.select_related(
        "indicator", *planning.SCALES
    ).get(indicator=achievement.indicator_id, number=achievement.indicator_version)
    key = (achievement.indicator_id, achievement.period_code)
    promise = planning.targets([key[0]], [key[1]]).get(key)
    return Explanation(
        achievement=achievement,
        version=version,
        polarity=planning.way_of(version),
        calculation=_calculation(achievement, version),
        steps=_steps(achievement, version),
        target_origin=promise.origin
        if promise and promise.aim == achievement.target
        else "",
        standing=standing(achievement),
        event=Event.objects.filter(pk=achievement.event).first(),
    )


def _calculation(
    achievement: Achievement, version: IndicatorVersion
) -> tuple[str, ...]:
    """Return how the figure came from its components; empty when it was typed."""
    if not version.formula or not achievement.inputs:
        return ()
    values = {
        code: None if value is None else Decimal(value)
        for code, value in achievement.inputs.items()
    }
    return planning.calculated(version, values).lines


def _steps(achievement: Achievement, version: IndicatorVersion) -> tuple[str, ...]:
    """Return the steps anew, to be told in any language; what is stored prevails."""
    again = planning.measured(
        version, actual=achievement.figure, target=achievement.target
    )
    stored = tuple(achievement.steps)
    return again.steps if again.steps == stored else stored


def standing(achievement: Achievement) -> str:
    """Return what may be said of a figure: verified, provisional, or from before."""
    if achievement.prior:
        return _(planning.PRIOR_LABEL)
    if achievement.verified:
        return _("diverifikasi di Himpun")
    return _("sementara, belum diverifikasi")


def events_behind(achievement: Achievement) -> list[Event]:
    """Return the events about this figure, oldest first: typed, returned, accepted."""
    if achievement.case is None:
        return []
    return [
        event
        for event in ledger.events_of(f"case:{achievement.case}")
        if event.type in {"value.saved", "value.accepted", "value.returned"}
        and ledger.data_of(event)["indicator"] == achievement.indicator_id
    ]
