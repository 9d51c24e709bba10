"""Building a pohon kinerja: a condition is added, changed, moved, taken away."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from himpun.ledger import actions as ledger
from himpun.shared.refusals import Conflict, Refusal, say

from .. import rules
from ..models import PerformanceNode
from . import desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Position, Unit

    from ..models import Indicator
    from ..rules import NodeLevel

WORDS = ("condition", "proposed", "partner", "origin")
"""What people wrote freely: kept as a text, named in the event by its hash."""


@dataclass(frozen=True)
class Condition:
    """A node as a person wrote it."""

    level: NodeLevel
    condition: str
    parent: PerformanceNode | None = None
    indicators: Sequence[Indicator] = ()
    proposed: str = ""
    position: Position | None = None
    crosscutting: bool = False
    partner: str = ""
    origin: str = ""
    order: int = 1


@transaction.atomic
def add_node(
    unit: Unit, condition: Condition, *, by: Person, at: datetime
) -> PerformanceNode:
    """Add a condition to the office's tree.

    Raises Refusal without words, and for a parent, indicator or position of another
    office.
    """
    actor = desk.planning(unit, by, at)
    _must_belong(unit, condition)
    node = PerformanceNode.objects.create(unit=unit, **_columns(condition))
    node.indicators.set(condition.indicators)
    _record(node, condition, "node.added", actor, at)
    return node


@transaction.atomic
def change_node(
    node: PerformanceNode,
    condition: Condition,
    *,
    row_version: int,
    by: Person,
    at: datetime,
) -> None:
    """Change a condition, or move it with all that is below it.

    Raises Refusal as `add_node` does and for a place under itself; Conflict when
    somebody changed it since ``row_version``.
    """
    actor = desk.planning(node.unit, by, at)
    now = PerformanceNode.objects.get(pk=node.pk)
    _must_be_seen(now, row_version)
    _must_belong(node.unit, condition)
    rules.refuse_circle(
        _tree(node.unit), node.pk, condition.parent.pk if condition.parent else None
    )
    PerformanceNode.objects.filter(pk=node.pk).update(
        row_version=F("row_version") + 1, **_columns(condition)
    )
    node.indicators.set(condition.indicators)
    _record(node, condition, "node.changed", actor, at)


@transaction.atomic
def remove_node(
    node: PerformanceNode, *, row_version: int, by: Person, at: datetime
) -> None:
    """Take a condition out of the tree; raises Refusal while others are below it."""
    actor = desk.planning(node.unit, by, at)
    now = PerformanceNode.objects.filter(pk=node.pk).first()
    if now is None:
        return
    _must_be_seen(now, row_version)
    if now.causes.exists():
        raise Refusal(
            say(
                "Kondisi ini masih mempunyai penyebab di bawahnya. Pindahkan atau hapus "
                "penyebabnya lebih dahulu."
            )
        )
    now.delete()
    ledger.record(
        desk.stream_of(node.unit_id),
        "node.removed",
        by=actor,
        at=at,
        data={"node": node.pk},
    )


def _tree(unit: Unit) -> list[rules.Node]:
    rows = PerformanceNode.objects.filter(unit=unit)
    return [
        rules.Node(row.pk, row.parent_id, rules.NodeLevel(row.level), row.condition)
        for row in rows
    ]


def _must_belong(unit: Unit, condition: Condition) -> None:
    if not condition.condition.strip():
        raise Refusal(say("Tulis kondisi yang ingin dicapai."), field="condition")
    if condition.parent and condition.parent.unit_id != unit.pk:
        raise Refusal(say("Induk itu milik kantor lain."), field="parent")
    if any(one.unit_id != unit.pk for one in condition.indicators):
        raise Refusal(say("Indikator itu milik kantor lain."), field="indicators")
    position = condition.position
    if position and position.unit.office_id != unit.pk:
        raise Refusal(say("Jabatan itu milik kantor lain."), field="position")


def _columns(condition: Condition) -> dict[str, Any]:
    return {
        "parent": condition.parent,
        "level": condition.level.value,
        "condition": condition.condition.strip(),
        "order": condition.order,
        "proposed": condition.proposed.strip(),
        "position": condition.position,
        "crosscutting": condition.crosscutting,
        "partner": condition.partner.strip(),
        "origin": condition.origin.strip(),
    }


def _must_be_seen(now: PerformanceNode, row_version: int) -> None:
    if now.row_version == row_version:
        return
    raise Conflict(
        say(
            "Kondisi ini baru saja diubah orang lain, sekarang berbunyi: %(now)s. Yang "
            "Anda tulis masih ada di bawah; simpan lagi bila memang itu yang dipakai."
        ),
        current=now,
        now=now.condition,
    )


def _record(
    node: PerformanceNode, condition: Condition, kind: str, actor: Actor, at: datetime
) -> None:
    words = {name: getattr(condition, name) for name in WORDS}
    ledger.record(
        desk.stream_of(node.unit_id),
        kind,
        by=actor,
        at=at,
        data={
            "node": node.pk,
            "parent": condition.parent.pk if condition.parent else None,
            "level": condition.level.value,
            "order": condition.order,
            "indicators": sorted(one.pk for one in condition.indicators),
            "position": condition.position.pk if condition.position else None,
            "crosscutting": condition.crosscutting,
            "words": ledger.keep_text(
                json.dumps(words, ensure_ascii=False, sort_keys=True)
            ),
        },
    )
