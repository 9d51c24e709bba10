from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "himpun.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pemberitahuan"
