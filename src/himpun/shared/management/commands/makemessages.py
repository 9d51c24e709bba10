"""Django's makemessages, which also knows how rules, libraries and forms mark a text."""

from __future__ import annotations

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Collect what stands in ``say(...)`` and ``lazy(...)`` too."""

    xgettext_options = [
        *makemessages.Command.xgettext_options,
        "--keyword=say",
        "--keyword=lazy",
    ]
