from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "himpun.organization"
    label = "organization"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Organisasi"
