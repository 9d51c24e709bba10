"""The stored achievement: derived from the ledger, never written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from himpun.organization.models import Unit
from himpun.planning.models import AimField, Indicator
from himpun.shared.fields import ExactDecimalField

if TYPE_CHECKING:
    from himpun.planning.rules import Figure


class Achievement(models.Model):
    """How far an indicator came in a period, with everything that made the number.

    A projection: `himpun ledger rebuild` empties and refills this table.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="achievements"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="achievements"
    )
    period_code = models.CharField(max_length=8)
    indicator_version = models.PositiveIntegerField()
    case = models.BigIntegerField(null=True)
    target = AimField(null=True)
    actual = ExactDecimalField(null=True)
    grade = models.CharField(
        max_length=60, blank=True, help_text="what a qualitative indicator reached"
    )
    inputs = models.JSONField(
        default=dict, help_text="the components it was calculated from, by code"
    )
    value = ExactDecimalField(null=True)
    averaged = ExactDecimalField(
        null=True, help_text="what of it enters an average: a cap may hold there alone"
    )
    formula = models.CharField(max_length=200)
    steps = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)
    scale = models.CharField(max_length=160)
    band = models.CharField(max_length=60, blank=True)
    verified = models.BooleanField(default=False)
    prior = models.BooleanField(
        default=False, help_text="a figure from before Himpun, not verified here"
    )
    event = models.CharField(max_length=64, help_text="the event it comes from")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period_code"], name="achievement_once"
            )
        ]
        ordering = ["indicator__order", "period_code"]

    def __str__(self) -> str:
        """Return indicator, period and value."""
        return f"{self.indicator_id} {self.period_code}: {self.value}"

    @property
    def figure(self) -> Figure | None:
        """What was reached: a number, or the code of a grade."""
        return self.actual if self.actual is not None else self.grade or None

    @property
    def capped(self) -> bool:
        """Whether an average takes less of it than it reached: its cap holds there."""
        return self.value is not None and self.averaged != self.value
