from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "himpun.shared"
    label = "shared"
    verbose_name = "Bersama"

    def ready(self) -> None:
        """Let the sentences of rules and libraries speak the reader's language."""
        from django.utils.translation import gettext

        from himpun.wording import Sentence

        Sentence.reader = gettext
