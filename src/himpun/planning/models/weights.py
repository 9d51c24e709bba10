"""How much each unit counts in a weighted mean."""

from __future__ import annotations

from django.db import models

from himpun.organization.models import Unit
from himpun.shared.fields import ExactDecimalField

from .indicators import IndicatorVersion


class UnitWeight(models.Model):
    """The weight of one unit below the office of a version; never edited."""

    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="weights"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    weight = ExactDecimalField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "unit"], name="unit_weight_once")
        ]

    def __str__(self) -> str:
        """Return version, unit and weight."""
        return f"{self.version_id} {self.unit_id}: {self.weight}"
