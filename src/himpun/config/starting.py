"""Loading the settings, for the commands that need them."""

from __future__ import annotations

import os
import secrets
import sys
from typing import TYPE_CHECKING

from himpun.config import environment
from himpun.config.terminal import refuse
from himpun.wording import joined, say

if TYPE_CHECKING:
    from pathlib import Path


def start_django() -> int:
    """Load the settings; return 0, or 1 after saying which setting is unsafe."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "himpun.config.settings")
    try:
        import django  # noqa: PLC0415 - some commands run without it

        _make_home()
        django.setup()
    except environment.UnsafeSetting as unsafe:
        return refuse(joined([say("Himpun belum dapat berjalan:"), str(unsafe)], "\n"))
    return 0


def _make_home() -> None:
    """Make the home and its secret key, so that a first `himpun init` can start."""
    if len(sys.argv) > 1 and sys.argv[1] in {"init", "demo", "restore"}:
        make_secret()


def make_secret() -> Path:
    """Make the home with its secret key, readable by its owner only; keep an old one.

    The home as well: it holds the database, and in that the sessions of everybody.
    """
    env = environment.read()
    env.home.parent.mkdir(parents=True, exist_ok=True)
    for folder in (env.home, env.secret_file.parent):
        folder.mkdir(exist_ok=True, mode=0o700)
    if not env.secret_file.exists():
        env.secret_file.touch(mode=0o600)
        env.secret_file.write_text(secrets.token_urlsafe(50))
    return env.secret_file
