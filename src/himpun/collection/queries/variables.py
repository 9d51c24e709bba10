"""What was filled in for the variables of an indicator's formula, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.planning import queries as planning

from .. import rules

if TYPE_CHECKING:
    from decimal import Decimal

    from himpun.formula import Component

    from ..models import Entry


@dataclass(frozen=True)
class Variable:
    """A variable of an indicator's formula with what was filled in: text or number."""

    component: Component
    value: Decimal | None
    draft: str

    @property
    def text(self) -> str:
        """What stands in its cell."""
        return self.draft or rules.shown(self.value, 0)


def variables_of(entry: Entry) -> tuple[Variable, ...]:
    """Return the variables of an entry in the order of the definition."""
    filled = {row.code: row for row in entry.components.all()}
    found = []
    for component in planning.components_of(entry.version):
        row = filled.get(component.code)
        value, draft = (row.value, row.draft) if row else (None, "")
        found.append(Variable(component, value, draft))
    return tuple(found)


def calculation_of(entry: Entry) -> tuple[str, ...]:
    """Return how the figure comes from its components; empty where it is typed."""
    if not entry.version.formula:
        return ()
    values = {one.component.code: one.value for one in variables_of(entry)}
    return planning.calculated(entry.version, values).lines
