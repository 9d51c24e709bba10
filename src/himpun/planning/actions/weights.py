"""Saying how much each unit counts in the total of an indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.formula import OverUnits
from himpun.ledger import actions as ledger
from himpun.shared.refusals import Refusal, say

from .. import rules
from ..models import IndicatorVersion, UnitWeight
from . import desk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

    from himpun.organization.models import Person, Unit


@transaction.atomic
def weigh_units(
    version: IndicatorVersion,
    weights: Mapping[Unit, Decimal],
    *,
    by: Person,
    at: datetime,
) -> list[UnitWeight]:
    """Give the units below an office their weights in a weighted mean.

    A weight is part of what a version means: once given it stays, the same again makes
    nothing new. Raises Refusal for another weight (a new version takes it), a negative
    one, a unit of elsewhere, and an indicator that is combined in another way.
    """
    office = version.indicator.unit
    actor = desk.planning(office, by, at)
    refuse_unweighted(version)
    known = dict(version.weights.values_list("unit", "weight"))
    for unit, weight in weights.items():
        _refuse(unit, weight, office=office, known=known)
    fresh = {unit: weight for unit, weight in weights.items() if unit.pk not in known}
    made = UnitWeight.objects.bulk_create(
        UnitWeight(version=version, unit=unit, weight=weight)
        for unit, weight in fresh.items()
    )
    if made:
        ledger.record(
            desk.stream_of(office.pk),
            "weights.set",
            by=actor,
            at=at,
            data={
                "indicator": version.indicator_id,
                "version": version.number,
                "weights": [
                    {"unit": row.unit_id, "weight": rules.plain(row.weight)}
                    for row in made
                ],
            },
        )
    return made


def refuse_unweighted(version: IndicatorVersion) -> None:
    """Raise Refusal for an indicator that is combined in another way."""
    if version.over_units != OverUnits.WEIGHTED:
        raise Refusal(
            say("Bobot hanya dipakai oleh indikator yang digabungkan menurut bobot.")
        )


def _refuse(
    unit: Unit, weight: Decimal, *, office: Unit, known: Mapping[int, Decimal]
) -> None:
    if unit.parent_id != office.pk:
        raise Refusal(
            say("%(unit)s tidak berada langsung di bawah %(office)s."),
            unit=unit.name,
            office=office.name,
        )
    if weight < 0 or not rules.fits(weight):
        raise Refusal(
            say("Bobot %(unit)s berupa angka 0 atau lebih, paling banyak 8 desimal."),
            unit=unit.name,
        )
    if known.get(unit.pk, weight) != weight:
        raise Refusal(
            say(
                "Bobot %(unit)s sudah ditetapkan pada versi ini. Buat versi indikator "
                "yang baru, supaya angka yang lalu tetap seperti saat dibuat."
            ),
            unit=unit.name,
        )
