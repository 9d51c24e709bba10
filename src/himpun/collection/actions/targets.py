"""Taking back a target that was set by mistake, while no figure was sent against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.planning import actions as planning

from ..queries.resting import figures_on
from .desk import reason as explained

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person
    from himpun.planning.models import Target


@transaction.atomic
def withdraw_target(target: Target, *, reason: str, by: Person, at: datetime) -> None:
    """Withdraw a target with its parts; raises Refusal with what rests on it."""
    planning.withdraw_target(
        target, reason=explained(reason), resting=figures_on(target), by=by, at=at
    )
