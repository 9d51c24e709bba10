from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "himpun.shared"
    label = "shared"
    verbose_name = "Bersama"
