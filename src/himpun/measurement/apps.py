from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    name = "himpun.measurement"
    label = "measurement"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pengukuran"
