"""An indicator's figure for every kabupaten or province at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, prefetch_related_objects

from himpun import formula
from himpun.formula import OverUnits
from himpun.organization.models import Unit
from himpun.organization.rules import OFFICES, UnitKind
from himpun.planning.models import IndicatorVersion
from himpun.planning.rules import in_force
from himpun.worktime.periods import read_period

from ..models import Achievement
from ..rules import Sums, over_time, prevailing, total_of
from .rollup import periods_within, recipe_of
from .sums import Question, Ruling, sums

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from himpun.formula import Combined
    from himpun.worktime.periods import Period

    from ..rules import Recipe, Total
    from .sums import Key


@dataclass(frozen=True)
class Place:
    """A kabupaten or a province, with the figure of all offices in it.

    ``version`` says how it is combined. ``by_time``: it follows from shorter periods.
    """

    code: str
    name: str
    version: IndicatorVersion
    total: Combined
    by_time: bool


@dataclass(frozen=True)
class Group:
    """Indicators of one meaning that are combined in one way, and what is known of them.

    ``found``: sums by (indicator, period). ``expected``: number of offices by parent.
    """

    versions: list[IndicatorVersion]
    found: dict[Key, Sums]
    expected: dict[int, int]

    def place(
        self, named: tuple[str, str], period: Period, shorter: Sequence[Period]
    ) -> Place:
        """Return the figure of all their offices in a period."""
        version, recipe = self.versions[0], recipe_of(self.versions[0])
        own = self._total(recipe, period)
        each = [(one.label, self._total(recipe, one)) for one in shorter]
        by_time = not prevailing(own, [total for _label, total in each])
        combined = over_time(recipe, each) if by_time else own.combined
        return Place(*named, version, combined, by_time)

    def _total(self, recipe: Recipe, period: Period) -> Total:
        added = Sums()
        for one in self.versions:
            added.add(self.found.get((one.indicator_id, period.code), Sums()))
        parents = {one.indicator.unit_id for one in self.versions}
        units = sum(self.expected.get(parent, 0) for parent in parents)
        return total_of(recipe, added, units)


def newest_period(code: str) -> str | None:
    """Return the last period, by its end, of which a code has figures."""
    rows = Achievement.objects.filter(indicator__code=code, actual__isnull=False)
    codes = rows.order_by().values_list("period_code", flat=True).distinct()
    return max(codes, key=lambda one: read_period(one).end, default=None)


def of_offices(code: str, period: Period) -> list[Place]:
    """Return the figure of each office that belongs to its kabupaten's total.

    An office whose indicator means something else, or has no figure, is left out.
    """
    ruling = {(v.indicator.unit_id, v.meaning): v for v in _ruling(code, period.end)}
    rows = (
        Achievement.objects.filter(indicator__code=code, period_code=period.code)
        .filter(actual__isnull=False, unit=F("indicator__unit"))
        .filter(indicator__versions__number=F("indicator_version"))
        .annotate(meaning=F("indicator__versions__meaning"))
        .select_related("unit")
        .order_by("unit__code")
    )
    found = []
    for row in rows:
        version = ruling.get((row.unit.parent_id or 0, row.meaning))
        if version is not None:
            rule = formula.OVER_UNITS[OverUnits(version.over_units)]
            total = formula.Combined(row.actual, rule, 1, 1, ())
            found.append(
                Place(row.unit.code, row.unit.name, version, total, by_time=False)
            )
    return found


def of_regencies(code: str, period: Period) -> list[Place]:
    """Return an indicator's figure for each kabupaten that has it, by kode wilayah.

    Six statements, whatever the number of kabupaten, offices and periods within.
    """
    return _places(
        code, period, lambda v: (v.indicator.unit.code, v.indicator.unit.name)
    )


def of_provinces(code: str, period: Period) -> list[Place]:
    """Return the same for each province: the first two digits of the kode wilayah.

    Kabupaten whose indicators differ in meaning are not added up: each gets a line.
    """
    return _places(code, period, lambda v: (v.indicator.unit.code[:2], ""))


def _places(
    code: str, period: Period, name: Callable[[IndicatorVersion], tuple[str, str]]
) -> list[Place]:
    ruling = _ruling(code, period.end)
    shorter = {v.pk: periods_within(v, period) for v in ruling}
    codes = {p.code for periods in shorter.values() for p in periods} | {period.code}
    asked = {(v.indicator.unit_id, v.meaning): ruling_of(v) for v in ruling}
    found = sums(Question(asked, sorted(codes)))
    expected = _expected(code, period.end)
    groups: dict[object, list[IndicatorVersion]] = defaultdict(list)
    for version in ruling:
        way = (version.meaning, version.over_units, version.over_time)
        groups[name(version), way, version.frequency].append(version)
    return [
        Group(several, found, expected).place(
            name(several[0]), period, shorter[several[0].pk]
        )
        for _key, several in sorted(groups.items(), key=lambda group: str(group[0]))
    ]


def ruling_of(version: IndicatorVersion) -> Ruling:
    """Return a version as one that says what is added up."""
    return Ruling(
        version.pk,
        version.indicator_id,
        version.indicator.unit_id,
        version.indicator.code,
        version.meaning,
        OverUnits(version.over_units),
        version.formula,
    )


def _ruling(code: str, day: date) -> list[IndicatorVersion]:
    """Return the version in force of each kabupaten's indicator of a code."""
    rows = IndicatorVersion.objects.filter(
        indicator__code=code, indicator__unit__kind=UnitKind.REGENCY, since__lte=day
    ).select_related("indicator__unit")
    versions: dict[int, list[IndicatorVersion]] = defaultdict(list)
    for row in rows:
        versions[row.indicator_id].append(row)
    newest = [in_force(several, day) for several in versions.values()]
    found = [v for v in newest if v is not None and v.grade_scale_id is None]
    prefetch_related_objects(found, "components")
    return found


def _expected(code: str, day: date) -> dict[int, int]:
    """Return by parent how many offices should give a figure: all of a kind that has it."""
    kinds = [kind.value for kind in OFFICES]
    having = set(
        IndicatorVersion.objects.filter(
            indicator__code=code, indicator__unit__kind__in=kinds, since__lte=day
        )
        .order_by()
        .values_list("indicator__unit__parent", "indicator__unit__kind")
        .distinct()
    )
    offices = Unit.objects.filter(kind__in=kinds).order_by()
    found: dict[int, int] = defaultdict(int)
    for parent, kind, count in offices.values_list("parent", "kind").annotate(
        count=Count("pk")
    ):
        if (parent, kind) in having:
            found[parent] += count
    return found
