"""The stored achievement."""

from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    """The app as Django knows it."""

    name = "himpun.measurement"
    label = "measurement"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pengukuran"

    def ready(self) -> None:
        """Let the stored achievement follow the ledger's events."""
        from himpun.ledger import registry

        from . import projections

        registry.register(projections.PROJECTION)
