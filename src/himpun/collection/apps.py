"""Collecting the figures of a period."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """The app as Django knows it."""

    name = "himpun.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pengumpulan"

    def ready(self) -> None:
        """Tell procedures what this app knows of an SOP's steps."""
        from himpun.procedures import registry

        from . import queries, steps

        registry.register(queries.PROPOSALS, steps.Proposing())
        registry.register(queries.EVALUATION, steps.Evaluating())
        registry.register(queries.COLLECTION, steps.Collecting())
        registry.register(queries.PER_UNIT, steps.Asking())
