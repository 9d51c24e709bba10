"""Programmes, activities and sub-activities of an office, their budget and spending."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from himpun.organization.models import Unit
from himpun.planning import rules

from .choices import choices


class Programme(models.Model):
    """A programme, an activity of one or a sub-activity of that, as the office runs it.

    Known by its national code; documents from before the codes have names only.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes")
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="parts"
    )
    level = models.CharField(
        max_length=12, choices=[(level.value, level.value) for level in rules.WORK]
    )
    code = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=400)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "code"],
                condition=~Q(code=""),
                name="programme_code_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "name"],
                condition=Q(code="", parent__isnull=True),
                name="programme_name_once",
            ),
            models.UniqueConstraint(
                fields=["parent", "name"],
                condition=Q(code="", parent__isnull=False),
                name="programme_part_once",
            ),
            models.CheckConstraint(
                condition=Q(level=rules.Level.PROGRAMME.value, parent__isnull=True)
                | ~Q(level=rules.Level.PROGRAMME.value) & Q(parent__isnull=False),
                name="programme_stands_alone",
            ),
        ]
        ordering = ["unit", "code", "order", "name"]

    def __str__(self) -> str:
        """Return code and name."""
        return f"{self.code} {self.name}".strip()


class Budget(models.Model):
    """The pagu of a year, in whole rupiah: the first one, or its change from a day on."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="budgets"
    )
    year = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=choices(rules.Stage))
    since = models.DateField()
    amount = models.BigIntegerField()
    origin = models.CharField(max_length=300, help_text="such as the number of the DPA")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "stage"], name="budget_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lt=rules.MOST),
                name="budget_is_rupiah",
            ),
        ]

    def __str__(self) -> str:
        """Return programme, year and amount."""
        return f"{self.programme_id} {self.year} {self.stage}: {self.amount}"


class Spending(models.Model):
    """What was spent within one period, in whole rupiah; not what was spent until then."""

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="spending"
    )
    period_code = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    origin = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "period_code"], name="spending_once"
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lt=rules.MOST),
                name="spending_is_rupiah",
            ),
        ]

    def __str__(self) -> str:
        """Return programme, period and amount."""
        return f"{self.programme_id} {self.period_code}: {self.amount}"
