"""Who may plan."""

from himpun.organization.rules import PositionKind

PLANNERS = frozenset({PositionKind.SUBHEAD, PositionKind.SECRETARY})
"""Who plans at an office; the administrator of its tenant may as well."""
