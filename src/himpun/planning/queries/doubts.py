"""What is odd about promises that stand, read for many indicators at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from himpun import formula
from himpun.formula import OverUnits, Polarity
from himpun.wording import say
from himpun.worktime.periods import PeriodKind

from .. import rules
from ..models import AgreementIndicator, PerjanjianKinerja, TargetPart
from .indicators import grades_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from himpun.wording import Sentence
    from himpun.worktime.periods import Period

    from ..models import IndicatorVersion
    from ..rules import Aim, Figure


def target_doubt(
    version: IndicatorVersion, aim: Aim | None, reached: Figure | None
) -> Sentence | None:
    """Return what is odd about a target beside what was reached the period before.

    For the form in which it is set and for who verifies; it never blocks.
    """
    grades = grades_of(version)
    if grades is not None:
        return rules.low_grade(aim if isinstance(aim, str) else None, reached, grades)
    polarity = Polarity(version.polarity) if version.polarity else None
    return rules.low_target(rules.number_of(aim), rules.number_of(reached), polarity)


def agreement_doubts(
    aims: Mapping[int, Aim], period: Period
) -> dict[int, tuple[Sentence, ...]]:
    """Return by indicator which PK promises another target than the plan now has.

    ``aims`` are the targets by indicator. Of each position the newest PK counts; it
    speaks of the year alone, so nothing is said of other periods. One query.
    """
    if period.kind is not PeriodKind.YEAR:
        return {}
    newer = PerjanjianKinerja.objects.filter(
        first=OuterRef("agreement__first"),
        year=period.year,
        number__gt=OuterRef("agreement__number"),
    )
    rows = AgreementIndicator.objects.filter(
        ~Exists(newer), meaning__indicator__in=aims, agreement__year=period.year
    ).select_related("agreement__first", "meaning")
    found: dict[int, tuple[Sentence, ...]] = {}
    for row in rows:
        indicator = row.meaning.indicator_id
        if row.aim != aims[indicator]:
            found[indicator] = (*found.get(indicator, ()), _other(row, aims[indicator]))
    return found


def _other(row: AgreementIndicator, aim: Aim) -> Sentence:
    return say(
        "Target %(target)s, sedangkan Perjanjian Kinerja %(title)s menjanjikan "
        "%(promised)s. Ubah perjanjiannya, atau betulkan targetnya.",
        target=rules.say_aim(aim, None),
        title=row.agreement.first.title,
        promised=rules.say_aim(row.aim, None),
    )


def part_doubts(
    versions: Iterable[IndicatorVersion], period_code: str
) -> dict[int, tuple[Sentence, ...]]:
    """Return by indicator where the parts of a target do not add up to it; one query.

    Only where units are added up: a mean or a share has no such sum. Units are one
    split, and each dimension another.
    """
    summed = {
        v.indicator_id for v in versions if v.over_units == OverUnits.SUM and v.polarity
    }
    found: dict[int, tuple[Sentence, ...]] = {}
    for (indicator, split), parts in _splits(summed, period_code).items():
        whole = parts[0].target.value
        named = [
            formula.Part(str(part.unit or part.category), part.value) for part in parts
        ]
        if doubt := formula.parts_doubt(split, whole, named):
            found[indicator] = (*found.get(indicator, ()), doubt.sentence)
    return found


def _splits(
    indicators: Iterable[int], period_code: str
) -> dict[tuple[int, str], list[TargetPart]]:
    """Return the parts of targets by indicator and name of the split."""
    rows = TargetPart.objects.filter(
        target__indicator__in=indicators,
        target__period_code=period_code,
        target__kind=rules.AimKind.TARGET,
    ).select_related("target", "unit", "category__dimension")
    splits: dict[tuple[int, str], list[TargetPart]] = {}
    for row in rows.order_by("pk"):
        split = row.category.dimension.name if row.category else ""
        splits.setdefault((row.target.indicator_id, split), []).append(row)
    return splits
