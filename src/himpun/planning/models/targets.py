"""What an indicator should reach, its parts, and figures from before Himpun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from himpun.formula import Span
from himpun.organization.models import Unit
from himpun.planning import rules
from himpun.shared.fields import ExactDecimalField

from .choices import choices
from .indicators import Indicator

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


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
        choices=choices(rules.AimKind),
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

    @property
    def member(self) -> Unit | Category:
        """Whose part it is."""
        found = self.unit or self.category
        if found is None:
            raise ValueError("a part is of a unit or of a category")
        return found

    @property
    def name(self) -> str:
        """Whose part it is, in words."""
        return self.member.name


class PriorActual(models.Model):
    """A figure from before Himpun: shown, compared with, never verified here."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="prior_actuals"
    )
    period_code = models.CharField(max_length=8)
    value = ExactDecimalField(null=True)
    grade = models.CharField(
        max_length=60, blank=True, help_text="of a qualitative indicator: its code"
    )
    origin = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period_code"], name="prior_actual_once"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, grade="")
                | Q(value__isnull=True) & ~Q(grade=""),
                name="prior_actual_is_one_kind",
            ),
        ]

    def __str__(self) -> str:
        """Return indicator, period and figure."""
        return f"{self.indicator_id} {self.period_code}: {self.figure}"

    @property
    def figure(self) -> rules.Figure:
        """What was reached: a number, or the code of a grade."""
        return self.grade if self.value is None else self.value
