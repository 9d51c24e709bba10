"""Indicators as versioned data, targets, figures from before Himpun, rating scales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from himpun.formula import (
    CapOn,
    GradeRule,
    OverTime,
    OverUnits,
    Polarity,
    Span,
    ZeroActual,
    ZeroTarget,
)
from himpun.organization.models import Unit
from himpun.shared.fields import ExactDecimalField
from himpun.worktime.periods import PeriodKind

from . import rules

if TYPE_CHECKING:
    from enum import StrEnum

    from django.db.backends.base.base import BaseDatabaseWrapper


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


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


class AimField(models.JSONField):
    """A target as it stood then: a number, a range or a grade (`rules.Aim`)."""

    def from_db_value(
        self,
        value: Any,  # noqa: ANN401 - whatever the database kept
        expression: Any,  # noqa: ANN401 - Django's signature
        connection: BaseDatabaseWrapper,
    ) -> rules.Aim | None:
        """Return the target that was kept."""
        return rules.aim_of(super().from_db_value(value, expression, connection))

    def get_db_prep_value(
        self,
        value: Any,  # noqa: ANN401 - whatever a query hands over
        connection: BaseDatabaseWrapper,
        prepared: bool = False,  # noqa: FBT001, FBT002 - Django's signature
    ) -> Any:  # noqa: ANN401 - what the database takes
        """Return the target as the database keeps it."""
        return super().get_db_prep_value(rules.plain(value), connection, prepared)


class Indicator(models.Model):
    """An indicator of an office, whatever its versions."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=12, choices=_choices(rules.Level))
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
        choices=_choices(Polarity),
        blank=True,
        help_text="empty for a qualitative indicator, which has a grade_scale",
    )
    zero_target = models.CharField(
        max_length=10, choices=_choices(ZeroTarget), default=ZeroTarget.UNKNOWN.value
    )
    zero_actual = models.CharField(
        max_length=10, choices=_choices(ZeroActual), default=ZeroActual.UNKNOWN.value
    )
    cap = ExactDecimalField(null=True, help_text="percent")
    cap_on = models.CharField(
        max_length=10, choices=_choices(CapOn), default=CapOn.VALUE.value
    )
    formula = models.CharField(
        max_length=1000, blank=True, help_text="empty: the figure is typed directly"
    )
    over_time = models.CharField(
        max_length=12, choices=_choices(OverTime), default=OverTime.LAST.value
    )
    over_units = models.CharField(
        max_length=24, choices=_choices(OverUnits), default=OverUnits.AVERAGE.value
    )
    frequency = models.CharField(max_length=10, choices=_choices(PeriodKind))
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
        max_length=10, choices=_choices(GradeRule), default=GradeRule.REACHED.value
    )
    since = models.DateField()
    origin = models.CharField(max_length=300, help_text="where the text comes from")

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
        max_length=12, choices=_choices(OverTime), default=OverTime.SUM.value
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


class Aimed(models.Model):
    """A number, or a range, or a grade by its code: exactly one of them."""

    value = ExactDecimalField(null=True)
    low = ExactDecimalField(null=True)
    high = ExactDecimalField(null=True)
    grade = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, low__isnull=True, grade="")
                & Q(high__isnull=True)
                | Q(value__isnull=True, low__isnull=False, grade="")
                & Q(high__isnull=False)
                | Q(value__isnull=True, low__isnull=True, high__isnull=True)
                & ~Q(grade=""),
                name="%(class)s_is_one_kind",
            )
        ]

    @property
    def aim(self) -> rules.Aim:
        """What is aimed at."""
        if self.value is not None:
            return self.value
        if self.low is not None and self.high is not None:
            return Span(self.low, self.high)
        return self.grade


class Target(Aimed):
    """What an indicator should reach in a period, or where it started (baseline).

    ``numerator`` of ``denominator`` ``counted``: as a document printed it.
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="targets"
    )
    kind = models.CharField(
        max_length=14,
        choices=_choices(rules.AimKind),
        default=rules.AimKind.TARGET.value,
    )
    period_code = models.CharField(max_length=8)
    numerator = ExactDecimalField(null=True)
    denominator = ExactDecimalField(null=True)
    counted = models.CharField(max_length=60, blank=True)
    origin = models.CharField(max_length=300)

    class Meta(Aimed.Meta):
        constraints = [
            *Aimed.Meta.constraints,
            models.UniqueConstraint(
                fields=["indicator", "kind", "period_code"], name="target_once"
            ),
        ]

    def __str__(self) -> str:
        """Return indicator, period and value."""
        return f"{self.indicator_id} {self.period_code}: {self.aim}"


class Dimension(models.Model):
    """A way in which an office breaks figures down, such as "Jenis kelamin"."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dimensions")
    name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="dimension_once")
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Category(models.Model):
    """A member of a dimension, such as "Perempuan"."""

    dimension = models.ForeignKey(
        Dimension, on_delete=models.PROTECT, related_name="categories"
    )
    name = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dimension", "name"], name="category_once")
        ]
        ordering = ["dimension", "order", "name"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class TargetPart(Aimed):
    """What one unit, or one category of a dimension, should reach of a target."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="parts")
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+"
    )
    category = models.ForeignKey(
        Category, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Aimed.Meta):
        constraints = [
            *Aimed.Meta.constraints,
            models.UniqueConstraint(
                fields=["target", "unit"], name="part_of_unit_once"
            ),
            models.UniqueConstraint(
                fields=["target", "category"], name="part_of_category_once"
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True, category__isnull=False)
                | Q(unit__isnull=False, category__isnull=True),
                name="part_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        """Return target, part and value."""
        return f"{self.target_id} {self.unit_id or self.category_id}: {self.aim}"


class PriorActual(models.Model):
    """A figure from before Himpun: shown, compared with, never verified here."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="prior_actuals"
    )
    period_code = models.CharField(max_length=8)
    value = ExactDecimalField()
    origin = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period_code"], name="prior_actual_once"
            )
        ]

    def __str__(self) -> str:
        """Return indicator, period and value."""
        return f"{self.indicator_id} {self.period_code}: {self.value}"
