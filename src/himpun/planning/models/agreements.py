"""The instruments of a year: RKT, Perjanjian Kinerja, rencana aksi, and the IKU.

Each is a document: a change makes a new one with the next number, and what it says of
an indicator or a budget is pinned as it stood.
"""

from __future__ import annotations

from django.db import models

from himpun.organization.models import Official, Position, Unit
from himpun.planning import rules

from .choices import choices
from .indicators import IndicatorVersion
from .programmes import Programme
from .targets import AimField
from .tree import Outcome, RenstraVersion


class Pinned(models.Model):
    """An indicator and its target of the year as they stood, with what it serves."""

    order = models.PositiveSmallIntegerField()
    meaning = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="+"
    )
    aim = AimField()
    outcome = models.ForeignKey(
        Outcome, null=True, on_delete=models.PROTECT, related_name="+"
    )
    serves = models.TextField(help_text="the sasaran in its words")

    class Meta:
        abstract = True


class Funded(models.Model):
    """A programme with its name and budget as they stood; empty: no budget yet."""

    order = models.PositiveSmallIntegerField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=400)
    amount = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class AnnualPlan(models.Model):
    """RKT: what a year works for."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="annual_plans"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    renstra = models.ForeignKey(
        RenstraVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "number"], name="annual_plan_once"
            )
        ]
        ordering = ["unit", "year", "-number"]

    def __str__(self) -> str:
        """Return year and number."""
        return f"RKT {self.year} ({self.number})"


class AnnualPlanIndicator(Pinned):
    """A row of the RKT: sasaran, indicator, target."""

    plan = models.ForeignKey(
        AnnualPlan, on_delete=models.PROTECT, related_name="indicators"
    )

    class Meta:
        ordering = ["plan", "order"]


class AnnualPlanProgramme(Funded):
    """A programme of the RKT."""

    plan = models.ForeignKey(
        AnnualPlan, on_delete=models.PROTECT, related_name="programmes"
    )

    class Meta:
        ordering = ["plan", "order"]


class PerjanjianKinerja(models.Model):
    """What the holder of a position promised the superior for a year: one version.

    ``first`` and ``second`` are the parties, with the officials of the day on which it
    was agreed and their roles as printed ("Plt. Camat ...").
    """

    first = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="agreements"
    )
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(
        max_length=40, choices=choices(rules.RevisionReason), blank=True
    )
    second = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")
    first_official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+"
    )
    second_official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+"
    )
    first_role = models.CharField(max_length=240)
    second_role = models.CharField(max_length=240)
    place = models.CharField(max_length=80, blank=True)
    agreed_on = models.DateField()
    budgeted_on = models.DateField(null=True, help_text="the DPA was approved")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "year", "number"], name="agreement_once"
            )
        ]
        ordering = ["first", "year", "-number"]

    def __str__(self) -> str:
        """Return year and number."""
        return f"PK {self.year} ({self.number})"


class AgreementIndicator(Pinned):
    """A row of the first table of the annex: sasaran, indicator, target."""

    agreement = models.ForeignKey(
        PerjanjianKinerja, on_delete=models.PROTECT, related_name="indicators"
    )

    class Meta:
        ordering = ["agreement", "order"]


class AgreementProgramme(Funded):
    """A row of the second table of the annex: program, anggaran, keterangan."""

    agreement = models.ForeignKey(
        PerjanjianKinerja, on_delete=models.PROTECT, related_name="programmes"
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["agreement", "order"]


class ActionPlan(models.Model):
    """Rencana aksi: how a PK is reached, period by period."""

    agreement = models.ForeignKey(
        PerjanjianKinerja, on_delete=models.PROTECT, related_name="action_plans"
    )
    number = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"], name="action_plan_once"
            )
        ]
        ordering = ["agreement", "-number"]

    def __str__(self) -> str:
        """Return the number."""
        return f"Rencana aksi ({self.number})"


class ActionPlanStep(models.Model):
    """What is done for an indicator of the PK in a period, by whom, to reach what."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="steps")
    row = models.ForeignKey(
        AgreementIndicator, on_delete=models.PROTECT, related_name="steps"
    )
    period_code = models.CharField(max_length=8)
    aim = AimField(null=True)
    activity = models.TextField()
    in_charge = models.CharField(max_length=160)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "row", "period_code"], name="action_step_once"
            )
        ]
        ordering = ["plan", "order"]


class IndicatorSet(models.Model):
    """The IKU of an office as a decision set them."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="indicator_sets"
    )
    number = models.PositiveSmallIntegerField(default=1)
    decision = models.CharField(max_length=160)
    decided_on = models.DateField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"], name="indicator_set_once"
            )
        ]
        ordering = ["unit", "-number"]

    def __str__(self) -> str:
        """Return the decision."""
        return self.decision


class KeyIndicator(models.Model):
    """An IKU of a set: the version that holds its formal definition."""

    chosen = models.ForeignKey(
        IndicatorSet, on_delete=models.PROTECT, related_name="indicators"
    )
    meaning = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="+"
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["chosen", "meaning"], name="key_indicator_once"
            )
        ]
        ordering = ["chosen", "order"]
