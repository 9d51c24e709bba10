"""Breaking a target down: by unit, or by a dimension that the office defined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Unit
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import Category, Dimension, TargetPart
from ..rules import AimKind
from . import desk
from .targets import columns, must_suit, version_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.organization.models import Person

    from ..models import Indicator, Target
    from ..rules import Aim


@transaction.atomic
def define_dimension(
    unit: Unit, name: str, categories: Sequence[str], *, by: Person, at: datetime
) -> Dimension:
    """Name a way to break figures down, with its categories in their order.

    A known one keeps its categories and gets those that are new.
    """
    actor = desk.planning(unit, by, at)
    name, wanted = name.strip(), [one.strip() for one in categories]
    if not name or not all(wanted) or len(wanted) < 2:  # noqa: PLR2004 - one is no split
        raise Refusal(
            say("Tulis nama pemilahan dan sedikitnya dua pilihan, misalnya L dan P."),
            field="categories",
        )
    if len({one.casefold() for one in wanted}) < len(wanted):
        raise Refusal(
            say("Satu pilihan ditulis dua kali. Sisakan satu."), field="categories"
        )
    desk.fitting([Dimension(name=name), *(Category(name=one) for one in wanted)])
    row, _made = Dimension.objects.get_or_create(unit=unit, name=name)
    for order, one in enumerate(wanted, 1):
        Category.objects.update_or_create(
            dimension=row, name=one, defaults={"order": order}
        )
    ledger.record(
        desk.stream_of(unit.pk),
        "dimension.defined",
        by=actor,
        at=at,
        data={
            "dimension": row.pk,
            "categories": len(wanted),
            "words": desk.words({"name": name, "categories": wanted}),
        },
    )
    return row


@transaction.atomic
def split_target(
    target: Target,
    parts: Sequence[tuple[Unit | Category, Aim]],
    *,
    by: Person,
    at: datetime,
) -> list[TargetPart]:
    """Say what each unit or category should reach; older parts are replaced.

    The parts of a kabupaten's target are its offices. Raises Refusal for a unit or
    category of another office, and for a part named twice.
    """
    indicator = target.indicator
    actor = desk.planning(indicator.unit, by, at)
    version = version_of(
        indicator, queries.period_of_target(target), AimKind(target.kind)
    )
    known = set(organization.parts_of(indicator.unit).values_list("pk", flat=True))
    ours = {"unit": known | {indicator.unit_id}, "category": _categories(indicator)}
    seen: set[tuple[str, int]] = set()
    rows = []
    for part, aim in parts:
        must_suit(version, aim)
        key = ("unit" if isinstance(part, Unit) else "category", part.pk)
        if part.pk not in ours[key[0]]:
            raise Refusal(say("%(name)s bukan bagian dari kantor ini."), name=part.name)
        if key in seen:
            raise Refusal(say("%(name)s disebut dua kali."), name=part.name)
        seen.add(key)
        named = {"unit": part} if isinstance(part, Unit) else {"category": part}
        rows.append(TargetPart(target=target, **named, **columns(aim)))
    target.parts.all().delete()
    made = TargetPart.objects.bulk_create(rows)
    ledger.record(
        desk.stream_of(indicator.unit_id),
        "target.split",
        by=actor,
        at=at,
        data={
            "indicator": indicator.pk,
            "kind": target.kind,
            "period": target.period_code,
            "parts": [
                {"unit": row.unit_id, "category": row.category_id}
                | {"new": rules.plain(row.aim)}
                for row in rows
            ],
        },
    )
    return made


def _categories(indicator: Indicator) -> set[int]:
    rows = Category.objects.filter(dimension__unit=indicator.unit_id)
    return set(rows.values_list("pk", flat=True))
