from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "himpun.portal"
    label = "portal"
    verbose_name = "Beranda"
