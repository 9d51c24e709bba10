"""The pohon kinerja of an office."""

from __future__ import annotations

from django.db import models

from himpun.organization.models import Position, Unit
from himpun.planning import rules

from .choices import choices
from .indicators import Indicator


class PerformanceNode(models.Model):
    """A condition that has to be reached, and what it is a cause of (``parent``).

    ``proposed`` holds indicators that are formulated but not collected yet, one a line.
    PermenPANRB 89/2021.
    """

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="performance_nodes"
    )
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="causes"
    )
    level = models.CharField(max_length=24, choices=choices(rules.NodeLevel))
    condition = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=1)
    indicators = models.ManyToManyField(Indicator, related_name="nodes")
    proposed = models.TextField(blank=True)
    position = models.ForeignKey(
        Position, null=True, on_delete=models.PROTECT, related_name="+"
    )
    crosscutting = models.BooleanField(default=False)
    partner = models.CharField(
        max_length=160, blank=True, help_text="the unit that owns a crosscutting one"
    )
    origin = models.CharField(max_length=300, blank=True)
    row_version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["unit", "order", "pk"]

    def __str__(self) -> str:
        """Return the condition."""
        return self.condition
