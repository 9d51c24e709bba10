"""Named, versioned scales: ranks of an achievement, grades of a figure."""

from __future__ import annotations

from django.db import models


class KeptScale(models.Model):
    """A named, versioned scale; ``data`` is what its `himpun.formula` class wrote."""

    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=240)
    data = models.JSONField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="%(class)s_once")
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class RatingScale(KeptScale):
    """Ranks of an achievement: `formula.Scale`, half-open bands."""


class GradingScale(KeptScale):
    """Grades of a qualitative indicator: `formula.GradeScale`."""
