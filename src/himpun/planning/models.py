"""Indicators as versioned data, targets, figures from before Himpun, rating scales."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from himpun.formula import Polarity
from himpun.organization.models import Unit
from himpun.shared.fields import ExactDecimalField
from himpun.worktime.periods import PeriodKind

from . import rules

if TYPE_CHECKING:
    from enum import StrEnum


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class RatingScale(models.Model):
    """A named, versioned scale with half-open bands; ``bands`` is `formula.Scale`."""

    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=240)
    data = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "version"], name="scale_once")
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


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
    polarity = models.CharField(max_length=30, choices=_choices(Polarity))
    aggregation = models.CharField(
        max_length=12,
        choices=_choices(rules.Aggregation),
        default=rules.Aggregation.LAST.value,
    )
    frequency = models.CharField(max_length=10, choices=_choices(PeriodKind))
    in_charge = models.CharField(max_length=160)
    mechanism = models.TextField(blank=True)
    medium = models.CharField(max_length=160, blank=True)
    evidence_rule = models.CharField(max_length=300, blank=True)
    evidence_required = models.BooleanField(default=True)
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="+")
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


class Target(models.Model):
    """What an indicator should reach in a period."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, related_name="targets"
    )
    period_code = models.CharField(max_length=8)
    value = ExactDecimalField()
    origin = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period_code"], name="target_once"
            )
        ]

    def __str__(self) -> str:
        """Return indicator, period and value."""
        return f"{self.indicator_id} {self.period_code}: {self.value}"


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
