"""An indicator, its versions and the components of their formulas."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from himpun.formula import (
    CapOn,
    GradeRule,
    OverTime,
    OverUnits,
    Polarity,
    ZeroActual,
    ZeroTarget,
)
from himpun.organization.models import Unit
from himpun.planning import rules
from himpun.shared.fields import ExactDecimalField
from himpun.worktime.periods import PeriodKind

from .choices import choices
from .scales import GradingScale, RatingScale


class Indicator(models.Model):
    """An indicator of an office, whatever its versions."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=12, choices=choices(rules.Level))
    group = models.CharField(max_length=200, help_text="tujuan or sasaran it measures")
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="indicator_once")
        ]
        ordering = ["unit", "order", "code"]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class IndicatorVersion(models.Model):
    """What an indicator meant from a day on. Past periods keep the version they used.

    The five attributes of collection of PermenPANRB 53/2014 H are here: the indicator,
    ``frequency``, ``in_charge``, ``mechanism`` (how it is calculated) and ``medium``.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=300)
    definition = models.TextField(blank=True)
    unit_of_measure = models.CharField(max_length=40)
    decimals = models.PositiveSmallIntegerField(default=2)
    polarity = models.CharField(
        max_length=30,
        choices=choices(Polarity),
        blank=True,
        help_text="empty for a qualitative indicator, which has a grade_scale",
    )
    zero_target = models.CharField(
        max_length=10, choices=choices(ZeroTarget), default=ZeroTarget.UNKNOWN.value
    )
    zero_actual = models.CharField(
        max_length=10, choices=choices(ZeroActual), default=ZeroActual.UNKNOWN.value
    )
    cap = ExactDecimalField(null=True, help_text="percent")
    cap_on = models.CharField(
        max_length=10, choices=choices(CapOn), default=CapOn.VALUE.value
    )
    formula = models.CharField(
        max_length=1000, blank=True, help_text="empty: the figure is typed directly"
    )
    over_time = models.CharField(
        max_length=12, choices=choices(OverTime), default=OverTime.LAST.value
    )
    over_units = models.CharField(
        max_length=24, choices=choices(OverUnits), default=OverUnits.AVERAGE.value
    )
    frequency = models.CharField(max_length=10, choices=choices(PeriodKind))
    in_charge = models.CharField(max_length=160)
    mechanism = models.TextField()
    medium = models.CharField(max_length=160)
    evidence_rule = models.CharField(max_length=300, blank=True)
    evidence_required = models.BooleanField(default=True)
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="+")
    grade_scale = models.ForeignKey(
        GradingScale, null=True, on_delete=models.PROTECT, related_name="+"
    )
    grade_rule = models.CharField(
        max_length=10, choices=choices(GradeRule), default=GradeRule.REACHED.value
    )
    since = models.DateField()
    origin = models.CharField(max_length=300, help_text="where the text comes from")
    meaning = models.CharField(
        max_length=16, help_text="what offices must share to be combined"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "number"], name="indicator_version_once"
            )
        ]
        ordering = ["indicator", "-number"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class IndicatorComponent(models.Model):
    """A variable of a version's formula: `formula.Component`, in the form's order."""

    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="components"
    )
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40, blank=True)
    least = ExactDecimalField(null=True, help_text="the lowest value it can have")
    over_time = models.CharField(
        max_length=12, choices=choices(OverTime), default=OverTime.SUM.value
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "order"], name="component_place_once"
            ),
            models.UniqueConstraint(
                "version", Lower("code"), name="component_code_once"
            ),
        ]
        ordering = ["version", "order"]

    def __str__(self) -> str:
        """Return the code."""
        return self.code
