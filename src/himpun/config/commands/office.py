"""`himpun office FILE`: an office put into force from one file."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from himpun.accounts import actions as accounts
from himpun.config.offices import load, read
from himpun.config.terminal import refuse, tell, tell_facts
from himpun.organization.rules import PositionKind
from himpun.shared import clock
from himpun.shared.refusals import Refusal
from himpun.wording import say

if TYPE_CHECKING:
    import argparse

    from himpun.config.offices import Office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, a trial run, and an example to start from."""
    parser.add_argument("file", type=Path, nargs="?", help=say("berkas kantor (YAML)"))
    parser.add_argument(
        "--check",
        action="store_true",
        help=say("periksa saja, tidak ada yang disimpan"),
    )
    parser.add_argument(
        "--example", action="store_true", help=say("cetak contoh berkas untuk diisi")
    )


def run(arguments: argparse.Namespace) -> int:
    """Load it; print what was made and how the administrator comes in."""
    if arguments.example:
        tell(example().rstrip("\n"))
        return 0
    if arguments.file is None:
        return refuse(say("Sebut berkas kantornya. Contohnya: himpun office --example"))
    try:
        source = arguments.file.read_bytes()
    except OSError as error:
        return refuse(
            say(
                "Berkas %(file)s tidak dapat dibaca: %(why)s.",
                file=arguments.file,
                why=error.strerror,
            )
        )
    try:
        with transaction.atomic():
            kantor = read(source)
            office = load(kantor, beside=arguments.file.parent, at=clock.now())
            codes = {} if arguments.check else _codes(office)
            transaction.set_rollback(arguments.check)
    except Refusal as why:
        return refuse(str(why))
    _tell(office, codes, only_checked=arguments.check)
    return 0


def example() -> str:
    """Return the example file that ships with the product."""
    file = resources.files("himpun.config.offices").joinpath("data/contoh-kantor.yaml")
    return file.read_text("utf-8")


def _codes(office: Office) -> dict[str, str]:
    """Make a code for each administrator of the file; they make everybody else's."""
    return {
        name: accounts.make_code(person, by=None, at=clock.now())
        for name, person in office.people.items()
        if person.tenures.filter(position__kind=PositionKind.ADMINISTRATOR).exists()
    }


def _tell(office: Office, codes: dict[str, str], *, only_checked: bool) -> None:
    names = ", ".join(str(version.procedure) for version in office.procedures)
    facts = {
        say("Kantor"): f"{office.unit} ({office.regency})",
        say("Jabatan"): len(office.positions),
        say("Pegawai"): len(office.people),
        "SOP": names or say("(belum ada)"),
    }
    tell_facts(facts, width=11)
    if only_checked:
        tell(say("Berkas ini dapat dipasang. Belum ada yang disimpan."))
    for name, code in codes.items():
        tell(
            say(
                "Kode masuk %(name)s: %(code)s (24 jam, satu kali)",
                name=name,
                code=code,
            )
        )
    if codes:
        tell(
            say(
                "Masuk di %(url)s/kode, lalu buat kode pegawai lain.",
                url=settings.HIMPUN_PUBLIC_URL,
            )
        )
