from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "himpun.procedures"
    label = "procedures"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "SOP"
