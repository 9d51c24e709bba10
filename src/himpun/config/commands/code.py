"""`himpun code ACCOUNT`: a way in for somebody whom no administrator can help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from himpun.accounts import actions as accounts
from himpun.config.terminal import refuse, tell
from himpun.organization.models import Person
from himpun.shared import clock
from himpun.shared.refusals import Refusal
from himpun.wording import say

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the account."""
    parser.add_argument("account", metavar="AKUN", help=say("nama pengguna"))


def run(arguments: argparse.Namespace) -> int:
    """Print a one-time code; the event names the machine as who made it."""
    person = Person.objects.filter(username=arguments.account).first()
    if person is None:
        return refuse(
            say("Nama pengguna %(account)s tidak dikenal.", account=arguments.account)
        )
    try:
        code = accounts.make_code(person, by=None, at=clock.now())
    except Refusal as why:
        return refuse(str(why))
    tell(
        say(
            "Kode masuk %(account)s: %(code)s (24 jam, satu kali)",
            account=person.username,
            code=code,
        ),
        say("Masuk di %(url)s/kode.", url=settings.HIMPUN_PUBLIC_URL),
    )
    return 0
