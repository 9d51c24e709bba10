"""`himpun init`: everything under HIMPUN_HOME that must exist before the first start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command

from himpun.config import environment
from himpun.config.terminal import tell, tell_facts
from himpun.wording import say

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing: `init` asks nothing and repeats harmlessly."""


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has them
    """Make keys and tables; print the seal's fingerprint."""
    from himpun.reporting.actions import make_keys

    home = environment.read().home
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    fingerprint = make_keys(home)
    facts: dict[str, object] = {
        say("Rumah data"): home,
        say("Sidik segel"): fingerprint,
    }
    tell_facts(facts, width=15)
    tell(
        say("Catat sidik segel ini di luar peladen: dengannya kertas dapat diperiksa.")
    )
    return 0
