"""Indicators, targets, rating scales."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The app as Django knows it."""

    name = "himpun.planning"
    label = "planning"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Perencanaan"
