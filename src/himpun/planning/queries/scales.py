"""The scales that an office may use: the shipped ones, and those of its kabupaten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from himpun import formula

from ..models import GradingScale, IndicatorVersion, RatingScale

if TYPE_CHECKING:
    from collections.abc import Iterable

    from himpun.organization.models import Unit

    from ..models import KeptScale

Named = tuple[str, int]
"""Name and version of a scale."""


def open_to(office: Unit) -> Q:
    """Return the condition for the stored scales that an office may use."""
    return Q(tenant=None) | Q(tenant=office.tenant_id)


def scales(office: Unit) -> list[formula.Scale]:
    """Return the rating scales to choose from: the shipped ones, then the office's."""
    rows = RatingScale.objects.filter(open_to(office)).order_by("name", "version")
    kept = [formula.Scale.from_json(row.data) for row in rows]
    shipped = formula.ACHIEVEMENT_SCALES
    return [*shipped, *(scale for scale in kept if scale not in shipped)]


def grade_scales(office: Unit) -> list[formula.GradeScale]:
    """Return the scales of grades to choose from: the shipped ones, then the office's."""
    rows = GradingScale.objects.filter(open_to(office)).order_by("name", "version")
    kept = [formula.GradeScale.from_json(row.data) for row in rows]
    shipped = formula.GRADE_SCALES
    return [*shipped, *(scale for scale in kept if scale not in shipped)]


def newest_scale(office: Unit, name: str, *, graded: bool) -> int:
    """Return the newest version of a scale by its name, 0 for none.

    ``graded``: of the scales of grades, else of those of ranks.
    """
    ranks = [*scales(office), *formula.SCALES]
    known = grade_scales(office) if graded else ranks
    wanted = name.casefold()
    return max((s.version for s in known if s.name.casefold() == wanted), default=0)


def kept_scale(office: Unit, name: str, version: int) -> RatingScale:
    """Return the stored scale that an office's figures name."""
    rows = RatingScale.objects.filter(open_to(office))
    return rows.get(name=name, version=version)


@dataclass(frozen=True)
class ListedScale:
    """A scale in the list: whether the kabupaten's own, and how many indicators use it.

    ``bands`` has each rank with its bound in words; ``grades`` each grade, best first.
    ``newest``: no later version of it is known.
    """

    scale: formula.Scale | formula.GradeScale
    own: bool
    used: int
    newest: bool

    @property
    def key(self) -> str:
        """Its name in an address."""
        return f"{self.scale.name}|{self.scale.version}"

    @property
    def bands(self) -> tuple[tuple[str, str], ...]:
        """Each rank with its bound in words; none for a scale of grades."""
        return self.scale.bounds if isinstance(self.scale, formula.Scale) else ()

    @property
    def grades(self) -> tuple[formula.Grade, ...]:
        """Each grade, the best first; none for a scale of ranks."""
        return () if isinstance(self.scale, formula.Scale) else self.scale.grades


@dataclass(frozen=True)
class ScaleList:
    """All scales that an office knows: ranks, grades, and those of other measures."""

    ranks: tuple[ListedScale, ...]
    grades: tuple[ListedScale, ...]
    others: tuple[ListedScale, ...]


def scale_list(office: Unit) -> ScaleList:
    """Return the scales with what uses them; six queries, however many."""
    rows = list(RatingScale.objects.filter(tenant=office.tenant_id))
    graded = list(GradingScale.objects.filter(tenant=office.tenant_id))
    own = {_name(row) for row in (*rows, *graded)}
    used = _used(office)
    others = [s for s in formula.SCALES if s not in formula.ACHIEVEMENT_SCALES]
    return ScaleList(
        ranks=_listed(scales(office), own, used["scale"]),
        grades=_listed(grade_scales(office), own, used["grade_scale"]),
        others=_listed(others, set(), {}),
    )


def _name(row: KeptScale) -> Named:
    return row.name, row.version


def _used(office: Unit) -> dict[str, dict[Named, int]]:
    """Return how many indicators of an office name each scale in their newest version."""
    newest: dict[int, IndicatorVersion] = {}
    rows = IndicatorVersion.objects.filter(indicator__unit=office)
    for row in rows.select_related("scale", "grade_scale").order_by("number"):
        newest[row.indicator_id] = row
    found: dict[str, dict[Named, int]] = {"scale": {}, "grade_scale": {}}
    for version in newest.values():
        for field, counts in found.items():
            kept = getattr(version, field)
            if kept is not None:
                counts[_name(kept)] = counts.get(_name(kept), 0) + 1
    return found


def _listed(
    found: Iterable[formula.Scale | formula.GradeScale],
    own: set[Named],
    used: dict[Named, int],
) -> tuple[ListedScale, ...]:
    known = list(found)
    last: dict[str, int] = {}
    for one in known:
        last[one.name] = max(one.version, last.get(one.name, 0))
    return tuple(
        ListedScale(
            one,
            own=(one.name, one.version) in own,
            used=used.get((one.name, one.version), 0),
            newest=last[one.name] == one.version,
        )
        for one in known
    )
