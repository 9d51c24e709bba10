from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "himpun.reporting"
    label = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pelaporan"

    def ready(self) -> None:
        """Tell procedures what this app knows of an SOP's steps."""
        from himpun.procedures import registry

        from . import rules, steps

        registry.register(rules.WORK_REPORT, steps.Reporting())
        registry.register(rules.WORK_SIGNATURE, steps.Signing())
        registry.register(rules.WORK_DELIVERY, steps.Delivering())
