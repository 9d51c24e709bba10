"""What a person does to the plan: define indicators, set targets, note old figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from himpun import formula
from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.shared.refusals import Refusal, say

from . import queries, rules
from .models import Indicator, IndicatorVersion, PriorActual, RatingScale, Target

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit
    from himpun.worktime.periods import Period

    from .rules import Definition

WORDS = ("name", "group", "definition", "in_charge", "mechanism", "medium")
"""What people wrote freely: kept as a text, named in the event by its hash."""


def stream_of(unit: int) -> str:
    """Return the name of the stream that records an office's plan."""
    return f"plan:{unit}"


def planner(unit: Unit, person: Person, at: datetime) -> Actor:
    """Return the person as one who may change the plan of this office.

    Raises Refusal for anyone but its Kasubbag and Sekcam and the administrator.
    """
    allowed = Position.objects.filter(
        Q(unit__office=unit, kind__in=[kind.value for kind in rules.PLANNERS])
        | Q(unit__tenant=unit.tenant_id, kind=PositionKind.ADMINISTRATOR)
    ).values_list("pk", flat=True)
    held = organization.positions_of(person, organization.local_day(at, unit))
    if not set(held) & set(allowed):
        raise Refusal(
            say(
                "Indikator dan target diubah oleh Kasubbag, Sekcam, atau "
                "administrator kabupaten. Sampaikan usul perubahan kepada mereka."
            )
        )
    return organization.acting(person, allowed, at)


def keep_scale(scale: formula.Scale) -> RatingScale:
    """Store a rating scale once; the same name and version is the same scale.

    Raises Refusal when other bands were stored under this name and version.
    """
    row, _made = RatingScale.objects.get_or_create(
        name=scale.name,
        version=scale.version,
        defaults={"source": scale.source, "data": scale.to_json()},
    )
    if formula.Scale.from_json(row.data) != scale:
        raise Refusal(
            say(
                "Skala %(name)s versi %(version)s sudah ada dengan rentang lain. "
                "Beri nomor versi baru."
            ),
            name=scale.name,
            version=scale.version,
        )
    return row


@transaction.atomic
def define_indicator(
    unit: Unit,
    definition: Definition,
    *,
    scale: RatingScale,
    by: Person,
    at: datetime,
) -> IndicatorVersion:
    """Define an indicator, or give a known one a new meaning from a day on.

    Returns the version that now rules; one equal to the newest makes no new one.
    """
    actor = planner(unit, by, at)
    indicator, _made = Indicator.objects.get_or_create(
        unit=unit,
        code=definition.code,
        defaults={
            "level": definition.level.value,
            "group": definition.group,
            "order": definition.order,
        },
    )
    newest = indicator.versions.order_by("-number").first()
    fields = _fields(definition) | {"scale_id": scale.pk}
    if newest and all(getattr(newest, name) == fields[name] for name in fields):
        return newest
    number = newest.number + 1 if newest else 1
    version = IndicatorVersion.objects.create(
        indicator=indicator, number=number, **fields
    )
    ledger.record(
        stream_of(unit.pk),
        "indicator.defined",
        by=actor,
        at=at,
        data=_defined(version, definition),
    )
    return version


def _fields(definition: Definition) -> dict[str, Any]:
    names = [
        field.name
        for field in IndicatorVersion._meta.get_fields()
        if hasattr(definition, field.name)
    ]
    return {name: getattr(definition, name) for name in names}


def _defined(version: IndicatorVersion, definition: Definition) -> dict[str, Any]:
    words = {name: getattr(definition, name) for name in WORDS}
    return {
        "indicator": version.indicator_id,
        "code": definition.code,
        "version": version.number,
        "since": version.since.isoformat(),
        "frequency": version.frequency,
        "polarity": version.polarity,
        "unit_of_measure": version.unit_of_measure,
        "decimals": version.decimals,
        "aggregation": version.aggregation,
        "evidence_required": version.evidence_required,
        "scale": version.scale_id,
        "words": ledger.keep_text(
            json.dumps(words, ensure_ascii=False, sort_keys=True)
        ),
    }


@transaction.atomic
def set_target(  # noqa: PLR0913 - a target is all of these
    indicator: Indicator,
    period: Period,
    value: Decimal,
    *,
    origin: str,
    by: Person,
    at: datetime,
) -> Target:
    """Set what an indicator should reach in a period; an older target is replaced."""
    actor = planner(indicator.unit, by, at)
    _must_fit(value)
    old = queries.target_of(indicator.pk, period.code)
    row, _made = Target.objects.update_or_create(
        indicator=indicator,
        period_code=period.code,
        defaults={"value": value, "origin": origin},
    )
    ledger.record(
        stream_of(indicator.unit_id),
        "target.set",
        by=actor,
        at=at,
        data={
            "indicator": indicator.pk,
            "period": period.code,
            "old": None if old is None else str(old),
            "new": str(value),
        },
    )
    return row


@transaction.atomic
def record_prior_actual(  # noqa: PLR0913 - a figure is all of these
    indicator: Indicator,
    period: Period,
    value: Decimal,
    *,
    origin: str,
    by: Person,
    at: datetime,
) -> PriorActual:
    """Note a figure from before Himpun; it is shown and never verified here.

    Raises Refusal when no version of the indicator was in force in the period.
    """
    actor = planner(indicator.unit, by, at)
    _must_fit(value)
    version = queries.version_for(indicator, period)
    if version is None:
        raise Refusal(
            say("%(code)s belum berlaku pada %(period)s. Periksa tanggal mulainya."),
            code=indicator.code,
            period=period.label,
        )
    row, _made = PriorActual.objects.update_or_create(
        indicator=indicator,
        period_code=period.code,
        defaults={"value": value, "origin": origin},
    )
    ledger.record(
        stream_of(indicator.unit_id),
        "actual.recorded",
        by=actor,
        at=at,
        data={
            "indicator": indicator.pk,
            "version": version.number,
            "unit": indicator.unit_id,
            "period": period.code,
            "value": str(value),
        },
    )
    return row


def _must_fit(value: Decimal) -> None:
    if not rules.fits(value):
        raise Refusal(
            say("Angka itu terlalu panjang. Tulis paling banyak 8 angka desimal.")
        )
