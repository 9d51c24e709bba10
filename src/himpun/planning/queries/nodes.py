"""Reading a pohon kinerja: its nodes, its drawing, what is amiss with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils.safestring import SafeString, mark_safe

from himpun.documents import fonts
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind

from .. import rules
from ..models import Indicator, PerformanceNode
from .indicators import versions_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet

    from himpun.organization.models import Unit

    from ..rules import Node, Remark


@dataclass(frozen=True)
class Line:
    """A node as a line of the table: how deep it stands, what it causes, what is amiss."""

    depth: int
    node: Node
    row: PerformanceNode
    effect: str
    remarks: tuple[Remark, ...]

    @property
    def level(self) -> str:
        """The level in words."""
        return rules.NODE_WORDS[self.node.level]


@dataclass(frozen=True)
class NodeTree:
    """An office's tree: the same things as lines and as drawings, one for each root."""

    lines: tuple[Line, ...]
    sheets: tuple[tuple[Node, SafeString], ...]
    remarks: tuple[Remark, ...]

    @property
    def whole(self) -> tuple[Remark, ...]:
        """What is amiss with the tree and with none of its nodes."""
        return tuple(remark for remark in self.remarks if remark.node is None)

    @property
    def origins(self) -> tuple[str, ...]:
        """Where the conditions come from, each once."""
        return tuple(dict.fromkeys(x.row.origin for x in self.lines if x.row.origin))


def node_tree(office: Unit, day: date) -> NodeTree:
    """Return the tree of an office; the same queries for any number of nodes."""
    rows = list(nodes_of(office).select_related("position", "unit"))
    names = {one.pk: name for one, name in named_indicators(office, day)}
    titles = positions_of(office).exclude(kind=PositionKind.ADMINISTRATOR)
    nodes = [_node(row, names) for row in rows]
    amiss = rules.remarks(nodes, titles.values_list("title", flat=True))
    return NodeTree(
        lines=_lines(nodes, rows, amiss),
        sheets=tuple(
            (root, _safe(drawing))
            for root, drawing in rules.sheets(nodes, fonts.measure)
        ),
        remarks=amiss,
    )


def nodes_of(office: Unit) -> QuerySet[PerformanceNode]:
    """Return the nodes of an office with their indicators, siblings in their order."""
    return (
        PerformanceNode.objects.filter(unit=office)
        .prefetch_related("indicators")
        .order_by("order", "pk")
    )


def next_place(office: Unit, parent: int) -> dict[str, object]:
    """Return where a new cause of a node stands: parent, level below it, last in order.

    At the top for a ``parent`` that is none of the office's.
    """
    above = PerformanceNode.objects.filter(unit=office, pk=parent).first()
    beside = PerformanceNode.objects.filter(unit=office, parent=above)
    last = beside.aggregate(last=Max("order"))["last"] or 0
    if above is None:
        return {"order": last + 1}
    level = rules.level_below(rules.NodeLevel(above.level))
    return {"parent": above.pk, "level": level.value, "order": last + 1}


def named_indicators(office: Unit, day: date) -> list[tuple[Indicator, str]]:
    """Return the indicators of an office with their names on a day, in print order.

    One that is not in force yet is named by its code.
    """
    names = {v.indicator_id: v.name for v in versions_in_force(office, day)}
    rows = Indicator.objects.filter(unit=office).order_by("order", "code")
    return [(one, names.get(one.pk, one.code)) for one in rows]


def positions_of(office: Unit) -> QuerySet[Position]:
    """Return the positions of an office, the highest first."""
    return Position.objects.filter(unit__office=office).order_by("pk")


def _node(row: PerformanceNode, names: dict[int, str]) -> Node:
    collected = [names[one.pk] for one in row.indicators.all()]
    return rules.Node(
        number=row.pk,
        parent=row.parent_id,
        level=rules.NodeLevel(row.level),
        condition=row.condition,
        indicators=(
            *collected,
            *filter(None, map(str.strip, row.proposed.split("\n"))),
        ),
        position=row.position.title if row.position else "",
        crosscutting=row.crosscutting,
        partner=row.partner,
    )


def _lines(
    nodes: Sequence[Node],
    rows: Sequence[PerformanceNode],
    amiss: Sequence[Remark],
) -> tuple[Line, ...]:
    at = {row.pk: row for row in rows}
    return tuple(
        Line(
            depth=depth,
            node=node,
            row=at[node.number],
            effect=at[node.parent].condition if node.parent in at else "",
            remarks=tuple(r for r in amiss if r.node == node.number),
        )
        for depth, node in rules.in_order(nodes)
    )


def _safe(drawing: str) -> SafeString:
    """Let a drawing stand in a page: its writer escapes every text."""
    return mark_safe(drawing)  # noqa: S308 - see above; a test draws a hostile node
