"""Who may change an office's plan, and where that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.shared.refusals import Refusal, say

from .. import rules

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit


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
