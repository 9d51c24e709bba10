"""Defining an indicator, and giving it a new meaning from a day on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import PeriodKind

from .. import queries, rules
from ..models import Indicator, IndicatorComponent, IndicatorVersion
from . import desk

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit

    from ..models import GradingScale, RatingScale
    from ..rules import Definition, Level, Purpose

WORDS = ("name", "group", "definition", "in_charge", "mechanism", "medium")
"""What people wrote freely: kept as a text, named in the event by its hash."""


@transaction.atomic
def define_indicator(  # noqa: PLR0913 - a definition with its two scales
    unit: Unit,
    definition: Definition,
    *,
    scale: RatingScale,
    grade_scale: GradingScale | None = None,
    by: Person,
    at: datetime,
) -> IndicatorVersion:
    """Define an indicator; the same definition again makes nothing new.

    Raises Refusal for a definition that does not hold together and for another meaning
    of a code that is there already: that is `revise_indicator`.
    """
    actor = desk.planning(unit, by, at)
    settled = _settled(definition, grade_scale)
    indicator, made = Indicator.objects.get_or_create(
        unit=unit,
        code=settled.code,
        defaults={
            "level": settled.level.value,
            "group": settled.group,
            "order": settled.order,
        },
    )
    if not made:
        newest = _newest(indicator)
        if _is_same(newest, settled, scale, grade_scale):
            return newest
        raise Refusal(
            say(
                "Indikator %(code)s sudah ada dengan definisi lain. Buat versi baru "
                "dari halaman indikator itu."
            ),
            field="code",
            code=settled.code,
        )
    return _add((indicator, 1), settled, (scale, grade_scale), actor, at)


@transaction.atomic
def revise_indicator(  # noqa: PLR0913 - a definition with its two scales and purpose
    indicator: Indicator,
    definition: Definition,
    *,
    purpose: Purpose,
    scale: RatingScale,
    grade_scale: GradingScale | None = None,
    by: Person,
    at: datetime,
) -> IndicatorVersion:
    """Give an indicator a new meaning for the future; past periods keep theirs.

    Returns the version that now is the newest; an equal definition makes no new one.
    Raises Refusal for what would change the past, and as `define_indicator` does.
    """
    actor = desk.planning(indicator.unit, by, at)
    settled = _settled(definition, grade_scale)
    newest = _newest(indicator)
    if _is_same(newest, settled, scale, grade_scale):
        return newest
    rules.refuse_backward(
        purpose,
        settled.since,
        newest=newest.since,
        frequencies=(PeriodKind(newest.frequency), settled.frequency),
        today=organization.local_day(at, indicator.unit),
    )
    return _add(
        (indicator, newest.number + 1), settled, (scale, grade_scale), actor, at
    )


@transaction.atomic
def place_indicator(  # noqa: PLR0913 - a place is all of these
    indicator: Indicator,
    *,
    level: Level,
    group: str,
    order: int,
    by: Person,
    at: datetime,
) -> bool:
    """Say where an indicator stands in the plan and in print; it means the same as before.

    Past papers keep what they printed. Returns whether anything changed; raises Refusal
    for an empty group.
    """
    actor = desk.planning(indicator.unit, by, at)
    row = Indicator.objects.get(pk=indicator.pk)
    placed = {"level": level.value, "group": rules.one_line(group), "order": order}
    if not placed["group"]:
        raise Refusal(
            say("Tulis tujuan, sasaran, atau program yang diukur."), field="group"
        )
    old = {name: getattr(row, name) for name in placed}
    if placed == old:
        return False
    for name, value in placed.items():
        setattr(row, name, value)
    desk.fitting([row])
    row.save(update_fields=list(placed))
    ledger.record(
        desk.stream_of(row.unit_id),
        "indicator.placed",
        by=actor,
        at=at,
        data={
            "indicator": row.pk,
            "level": [old["level"], row.level],
            "order": [old["order"], row.order],
            "words": desk.words({"group": [old["group"], row.group]}),
        },
    )
    return True


def _settled(definition: Definition, grade_scale: GradingScale | None) -> Definition:
    """Return a definition as it is kept; raises Refusal, also for texts too long."""
    settled = rules.settle(definition, qualitative=grade_scale is not None).definition
    desk.fitting([Indicator(code=settled.code, group=settled.group)])
    desk.fitting([IndicatorVersion(**_own(settled))])
    desk.fitting(
        IndicatorComponent(code=one.code, name=one.name, unit=one.unit)
        for one in settled.components
    )
    return settled


Scales = tuple["RatingScale", "GradingScale | None"]


def _newest(indicator: Indicator) -> IndicatorVersion:
    return indicator.versions.order_by("-number")[0]


def _is_same(
    version: IndicatorVersion,
    definition: Definition,
    scale: RatingScale,
    grade_scale: GradingScale | None,
) -> bool:
    fields = _fields(definition, (scale, grade_scale))
    return (
        all(getattr(version, name) == value for name, value in fields.items())
        and queries.components_of(version) == definition.components
    )


def _add(
    place: tuple[Indicator, int],
    definition: Definition,
    scales: Scales,
    actor: Actor,
    at: datetime,
) -> IndicatorVersion:
    indicator, number = place
    version = IndicatorVersion.objects.create(
        indicator=indicator, number=number, **_fields(definition, scales)
    )
    IndicatorComponent.objects.bulk_create(
        IndicatorComponent(
            version=version,
            order=order,
            code=one.code,
            name=one.name,
            unit=one.unit,
            least=one.least,
            over_time=one.over_time.value,
        )
        for order, one in enumerate(definition.components, 1)
    )
    ledger.record(
        desk.stream_of(indicator.unit_id),
        "indicator.defined",
        by=actor,
        at=at,
        data=_defined(version, definition),
    )
    return version


def _fields(definition: Definition, scales: Scales) -> dict[str, Any]:
    rating, grading = scales
    return _own(definition) | {
        "scale_id": rating.pk,
        "grade_scale_id": grading.pk if grading else None,
    }


def _own(definition: Definition) -> dict[str, Any]:
    """Return the columns of a version that stand in its definition by name."""
    names = [
        field.name
        for field in IndicatorVersion._meta.concrete_fields
        if hasattr(definition, field.name)
    ]
    return {name: getattr(definition, name) for name in names} | {
        "polarity": definition.polarity or ""
    }


def _defined(version: IndicatorVersion, definition: Definition) -> dict[str, Any]:
    words = {name: getattr(definition, name) for name in WORDS}
    words["components"] = {one.code: one.name for one in definition.components}
    return {
        "indicator": version.indicator_id,
        "code": definition.code,
        "version": version.number,
        "since": version.since.isoformat(),
        "frequency": version.frequency,
        "polarity": version.polarity,
        "zero_target": version.zero_target,
        "zero_actual": version.zero_actual,
        "cap": rules.plain(version.cap),
        "cap_on": version.cap_on,
        "unit_of_measure": version.unit_of_measure,
        "decimals": version.decimals,
        "formula": version.formula,
        "components": [
            {
                "code": one.code,
                "unit": one.unit,
                "least": rules.plain(one.least),
                "over_time": one.over_time.value,
            }
            for one in definition.components
        ],
        "over_time": version.over_time,
        "over_units": version.over_units,
        "evidence_required": version.evidence_required,
        "scale": version.scale_id,
        "grade_scale": version.grade_scale_id,
        "grade_rule": version.grade_rule,
        "words": ledger.keep_text(
            json.dumps(words, ensure_ascii=False, sort_keys=True)
        ),
    }
