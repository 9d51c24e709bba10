from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "himpun.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Pengumpulan"
