"""Reading an office's indicators: the list of a year, and all about one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from himpun import formula
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.planning import queries as planning
from himpun.planning import rules as plan
from himpun.planning.actions import stream_of
from himpun.planning.models import Target
from himpun.planning.rules import AimKind
from himpun.worktime.periods import Period, PeriodKind, read_period

from ..models import Achievement
from ..rules import Reached, picture, say_runs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.formula import Calculation
    from himpun.organization.models import Unit
    from himpun.planning.models import Indicator, IndicatorVersion
    from himpun.planning.queries import Planned, Promise, YearPlan
    from himpun.planning.rules import Aim, Difference, Fact
    from himpun.wording import Sentence

    from ..rules import History

PAST = 9
"""Years before this one that the history of an indicator goes back."""
DEEDS = (
    "indicator.defined",
    "indicator.placed",
    "target.set",
    "target.split",
    "target.withdrawn",
    "actual.recorded",
)


@dataclass(frozen=True)
class Listed:
    """An indicator in the list: its target of the year, and its last figure so far.

    ``set_periods`` of ``periods`` have a target; ``periods`` is 0 for one of the year.
    """

    version: IndicatorVersion
    target: Promise | None
    set_periods: int
    periods: int
    last: Achievement | None

    @property
    def way(self) -> Sentence:
        """Which way it is good, in words."""
        return planning.way_of(self.version)

    @property
    def half_split(self) -> bool:
        """Whether some of its periods have a target and others none."""
        return 0 < self.set_periods < self.periods

    @property
    def last_period(self) -> Period | None:
        """The period of its last figure."""
        return read_period(self.last.period_code) if self.last else None


@dataclass(frozen=True)
class Group:
    """Indicators of one tujuan or sasaran, in print order; ``indicator`` is the first."""

    indicator: Indicator
    rows: tuple[Listed, ...]


def listing(office: Unit | int, year: int) -> tuple[Group, ...]:
    """Return the indicators in force at a year's end; three queries, however many."""
    whole = Period(PeriodKind.YEAR, year)
    versions = planning.versions_in_force(office, whole.end)
    codes = [whole.code, *(p.code for kind in PeriodKind for p in whole.within(kind))]
    targets = planning.targets([v.indicator_id for v in versions], codes)
    last = _last(office, whole)
    rows = [_listed(version, whole, targets, last) for version in versions]

    def aim(row: Listed) -> tuple[str, str]:
        return row.version.indicator.level, row.version.indicator.group

    groups = (tuple(found) for _aim, found in groupby(rows, aim))
    return tuple(Group(found[0].version.indicator, found) for found in groups)


def _listed(
    version: IndicatorVersion,
    whole: Period,
    targets: dict[tuple[int, str], Promise],
    last: dict[int, Achievement],
) -> Listed:
    kind, indicator = PeriodKind(version.frequency), version.indicator_id
    periods = () if kind is PeriodKind.YEAR else whole.within(kind)
    return Listed(
        version=version,
        target=targets.get((indicator, whole.code)),
        set_periods=sum((indicator, p.code) in targets for p in periods),
        periods=len(periods),
        last=last.get(indicator),
    )


def _last(office: Unit | int, whole: Period) -> dict[int, Achievement]:
    """Return the newest figure of each indicator up to the end of a year."""
    rows = Achievement.objects.filter(unit=office).defer("steps", "inputs")
    found: dict[int, Achievement] = {}
    for row in sorted(rows, key=_ends):
        if row.figure is not None and _ends(row)[0] <= whole.end:
            found[row.indicator_id] = row
    return found


def _ends(row: Achievement) -> tuple[date, date]:
    """Order figures by their end; of two with one end, the whole year counts more."""
    period = read_period(row.period_code)
    return period.end, date.max - (period.start - date.min)


def years_of(office: Unit | int, today: date) -> list[int]:
    """Return the years to choose from, newest first: planned, measured, this, next."""
    codes = Achievement.objects.filter(unit=office).values_list(
        "period_code", flat=True
    )
    measured = {int(code[:4]) for code in codes.distinct()}
    known = planning.planned_years(office) | measured
    return sorted({*known, today.year, today.year + 1}, reverse=True)


@dataclass(frozen=True)
class Year:
    """A year in the history of an indicator; ``achievement`` None: not measured."""

    year: int
    target: Aim | None
    achievement: Achievement | None


@dataclass(frozen=True)
class PlannedLine:
    """A line of the year's plan with what was reached in it."""

    planned: Planned
    achievement: Achievement | None


@dataclass(frozen=True)
class Told:
    """A version in words: what it says, what it changed, which periods it measured."""

    version: IndicatorVersion
    facts: tuple[Fact, ...]
    changes: tuple[Difference, ...]
    periods: Sentence


@dataclass(frozen=True)
class Deed:
    """A line of the history of changes: what was done, why, in which position, when."""

    words: Sentence
    role: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True)
class Profile:
    """All about an indicator: its ``now`` is the version in force, or the first to be.

    ``plan`` is that of the chosen year, ``beside`` what it is compared with, ``years``
    the years up to it and after, ``picture`` their chart, ``sample`` its formula with
    figures put in.
    """

    now: Told
    versions: tuple[Told, ...]
    plan: YearPlan
    beside: planning.Beside
    lines: tuple[PlannedLine, ...]
    years: tuple[Year, ...]
    picture: History | None
    words: str
    sample: Calculation | None
    scale: formula.Scale
    grades: formula.GradeScale | None
    deeds: tuple[Deed, ...]

    def facts(self, part: str) -> list[Fact]:
        """Return the lines of one part of the definition."""
        return [fact for fact in self.now.facts if fact.part == part]

    @property
    def meaning(self) -> list[Fact]:
        """What it is."""
        return [f for f in self.facts("meaning") if f.name not in TOLD_APART]

    @property
    def rule(self) -> list[Fact]:
        """How its figure becomes a capaian."""
        return self.facts("rule")

    @property
    def collection(self) -> list[Fact]:
        """How its figure is collected."""
        return self.facts("collection")


NOTHING = planning.Beside()
TOLD_APART = frozenset({"Nama", "Rumus", "Komponen"})
"""Lines of the meaning that the page shows in another way."""


def profile(indicator: Indicator, year: int, today: date) -> Profile:
    """Return all about an indicator for its page; its number of queries is fixed."""
    versions = planning.versions_of(indicator)
    rows = {
        row.period_code: row
        for row in Achievement.objects.filter(
            indicator=indicator, unit=indicator.unit_id
        )
    }
    told = _told(versions, rows.values())
    now = plan.in_force(versions, today) or versions[-1]
    sheet = planning.year_plan(versions, year)
    years = _years(indicator, rows, year)
    grades = planning.grades_of(now)
    return Profile(
        now=next(one for one in told if one.version == now),
        versions=told,
        plan=sheet,
        beside=planning.ahead([indicator.pk], year).get(indicator.pk, NOTHING),
        lines=tuple(_line(line, rows) for line in sheet.lines),
        years=years,
        picture=_picture(years, grades),
        words=_words(now),
        sample=_sample(now, rows.values()),
        scale=formula.Scale.from_json(now.scale.data),
        grades=grades,
        deeds=_deeds(indicator),
    )


def _line(line: Planned, rows: dict[str, Achievement]) -> PlannedLine:
    return PlannedLine(line, rows.get(line.period.code))


def _told(
    versions: list[IndicatorVersion], rows: Iterable[Achievement]
) -> tuple[Told, ...]:
    used: dict[int, list[Period]] = {}
    for row in rows:
        used.setdefault(row.indicator_version, []).append(read_period(row.period_code))
    facts = [planning.described(version) for version in versions]
    return tuple(
        Told(
            version,
            said,
            plan.differences(older, said) if older else (),
            say_runs(used.get(version.number, ())),
        )
        for version, said, older in zip(
            versions, facts, [*facts[1:], None], strict=True
        )
    )


def _years(
    indicator: Indicator, rows: dict[str, Achievement], chosen: int
) -> tuple[Year, ...]:
    """Return the years from the first with a target or figure to the last such year."""
    codes = Target.objects.filter(
        indicator=indicator, kind=AimKind.TARGET.value
    ).values_list("period_code", flat=True)
    known = {int(c) for c in (*codes, *rows) if c.isdecimal()}
    wanted = [y for y in known if chosen - PAST <= y <= chosen]
    if not wanted:
        return ()
    span = range(min(wanted), max(wanted) + 1)
    targets = planning.targets([indicator.pk], [str(y) for y in span])
    found = []
    for year in span:
        row = rows.get(str(year))
        promise = targets.get((indicator.pk, str(year)))
        kept = row.target if row else None
        aim = promise.aim if promise else None
        found.append(Year(year, aim if kept is None else kept, row))
    return tuple(found)


def _picture(
    years: tuple[Year, ...], grades: formula.GradeScale | None
) -> History | None:
    if not years:
        return None
    places = {g.code: grades.place(g) for g in grades.grades} if grades else None
    return picture(
        [
            Reached(
                str(one.year),
                one.target,
                one.achievement.figure if one.achievement else None,
            )
            for one in years
        ],
        places,
    )


def _words(version: IndicatorVersion) -> str:
    if not version.formula:
        return ""
    return plan.in_words(version.formula, planning.components_of(version))


def _sample(
    version: IndicatorVersion, rows: Iterable[Achievement]
) -> Calculation | None:
    """Return the formula with figures put in: the last ones known, else examples."""
    if not version.formula:
        return None
    known = [r for r in sorted(rows, key=_ends) if _is_of(r, version)]
    inputs = known[-1].inputs if known else {}
    given = {code: Decimal(value) for code, value in inputs.items()}
    return plan.sample(version.formula, planning.components_of(version), given)


def _is_of(row: Achievement, version: IndicatorVersion) -> bool:
    filled = bool(row.inputs) and None not in row.inputs.values()
    return filled and row.indicator_version == version.number


def _deeds(indicator: Indicator) -> tuple[Deed, ...]:
    """Return who changed what of an indicator, newest first."""
    events = Event.objects.filter(
        stream=stream_of(indicator.unit_id), type__in=DEEDS
    ).order_by("-seq")
    found = []
    for event in events:
        data = ledger.data_of(event)
        if data["indicator"] != indicator.pk:
            continue
        words = plan.say_deed(event.type, data)
        if words is not None:
            found.append(Deed(words, event.role, event.at, data.get("reason", "")))
    said = ledger.texts(deed.reason for deed in found if deed.reason)
    return tuple(replace(one, reason=said.get(one.reason, "")) for one in found)
