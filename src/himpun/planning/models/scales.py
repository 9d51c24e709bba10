"""Named, versioned scales: ranks of an achievement, grades of a figure."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from himpun.organization.models import Tenant


class KeptScale(models.Model):
    """A named, versioned scale; ``data`` is what its `himpun.formula` class wrote.

    Those of ``tenant`` were defined there, for all its offices; the shipped ones have
    none.
    """

    tenant = models.ForeignKey(
        Tenant, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=240)
    data = models.JSONField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["name", "version"],
                condition=Q(tenant__isnull=True),
                name="%(class)s_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "name", "version"],
                condition=Q(tenant__isnull=False),
                name="%(class)s_of_tenant_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class RatingScale(KeptScale):
    """Ranks of an achievement: `formula.Scale`, half-open bands."""


class GradingScale(KeptScale):
    """Grades of a qualitative indicator: `formula.GradeScale`."""
