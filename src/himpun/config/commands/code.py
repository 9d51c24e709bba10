"""`himpun code ACCOUNT`: a way in for somebody whom no administrator can help."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.conf import settings

from himpun.accounts import actions as accounts
from himpun.organization.models import Person
from himpun.shared import clock
from himpun.shared.refusals import Refusal

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the account."""
    parser.add_argument("account", metavar="AKUN", help="nama pengguna")


def run(arguments: argparse.Namespace) -> int:
    """Print a one-time code; the event names the machine as who made it."""
    person = Person.objects.filter(username=arguments.account).first()
    if person is None:
        sys.stderr.write(f"Nama pengguna {arguments.account} tidak dikenal.\n")
        return 1
    try:
        code = accounts.make_code(person, by=None, at=clock.now())
    except Refusal as why:
        sys.stderr.write(str(why) + "\n")
        return 1
    print(f"Kode masuk {person.username}: {code} (24 jam, satu kali)")
    print(f"Masuk di {settings.HIMPUN_PUBLIC_URL}/kode.")
    return 0
