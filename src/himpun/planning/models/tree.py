"""The Renstra: its versions, goals, outcomes, planned programmes and indicators."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from himpun.organization.models import Unit
from himpun.planning import rules

from .choices import choices
from .indicators import Indicator, IndicatorVersion
from .programmes import Programme
from .targets import AimField


class Renstra(models.Model):
    """The strategic plan of an office for some years, whatever its versions."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="renstra")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "first_year", "last_year"], name="renstra_once"
            )
        ]
        ordering = ["unit", "first_year"]

    def __str__(self) -> str:
        """Return the years."""
        return f"Renstra {self.first_year}-{self.last_year}"


class RenstraVersion(models.Model):
    """A Renstra murni, or one of its changes; without ``since`` still a draft.

    Once it is in force nothing of it changes: a change is a version of its own.
    """

    renstra = models.ForeignKey(
        Renstra, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(default=1)
    stage = models.CharField(max_length=10, choices=choices(rules.Stage))
    since = models.DateField(null=True)
    decision = models.CharField(
        max_length=200, blank=True, help_text="number and day of what set it"
    )
    origin = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["renstra", "number"], name="renstra_version_once"
            )
        ]
        ordering = ["renstra", "-number"]

    def __str__(self) -> str:
        """Return plan and stage."""
        return f"{self.renstra} {self.stage}"


class Goal(models.Model):
    """Tujuan."""

    version = models.ForeignKey(
        RenstraVersion, on_delete=models.CASCADE, related_name="goals"
    )
    code = models.CharField(max_length=20)
    text = models.TextField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="goal_once")
        ]
        ordering = ["version", "order"]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class Outcome(models.Model):
    """Sasaran of a tujuan."""

    version = models.ForeignKey(
        RenstraVersion, on_delete=models.CASCADE, related_name="outcomes"
    )
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="outcomes")
    code = models.CharField(max_length=20)
    text = models.TextField()
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="outcome_once")
        ]
        ordering = ["version", "order"]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class PlannedProgramme(models.Model):
    """A programme, activity or sub-activity as a version of the Renstra plans it."""

    version = models.ForeignKey(
        RenstraVersion, on_delete=models.CASCADE, related_name="programmes"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="planned"
    )
    outcome = models.ForeignKey(
        Outcome, null=True, on_delete=models.CASCADE, related_name="programmes"
    )
    result = models.TextField(blank=True, help_text="its outcome or output in words")
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "programme"], name="planned_programme_once"
            )
        ]
        ordering = ["version", "order"]


class PlannedFunding(models.Model):
    """The indicative budget of a planned programme in a year, in whole rupiah."""

    planned = models.ForeignKey(
        PlannedProgramme, on_delete=models.CASCADE, related_name="funding"
    )
    year = models.PositiveSmallIntegerField()
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["planned", "year"], name="funding_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lt=rules.MOST),
                name="funding_is_rupiah",
            ),
        ]
        ordering = ["planned", "year"]


class PlannedIndicator(models.Model):
    """An indicator at its place in a version: a goal, an outcome or a programme."""

    version = models.ForeignKey(
        RenstraVersion, on_delete=models.CASCADE, related_name="indicators"
    )
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="planned"
    )
    goal = models.ForeignKey(
        Goal, null=True, on_delete=models.CASCADE, related_name="indicators"
    )
    outcome = models.ForeignKey(
        Outcome, null=True, on_delete=models.CASCADE, related_name="indicators"
    )
    programme = models.ForeignKey(
        PlannedProgramme, null=True, on_delete=models.CASCADE, related_name="indicators"
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "indicator"], name="planned_indicator_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    goal__isnull=False, outcome__isnull=True, programme__isnull=True
                )
                | Q(goal__isnull=True, outcome__isnull=False, programme__isnull=True)
                | Q(goal__isnull=True, outcome__isnull=True, programme__isnull=False),
                name="planned_indicator_in_one_place",
            ),
        ]
        ordering = ["version", "order"]


class PlannedTarget(models.Model):
    """A target of a year as it stood when the version came into force."""

    planned = models.ForeignKey(
        PlannedIndicator, on_delete=models.CASCADE, related_name="targets"
    )
    meaning = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="+"
    )
    period_code = models.CharField(max_length=8)
    aim = AimField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["planned", "period_code"], name="planned_target_once"
            )
        ]
        ordering = ["planned", "period_code"]
