"""`himpun office FILE`: an office put into force from one file."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from himpun.accounts import actions as accounts
from himpun.config.offices import load, read
from himpun.organization.rules import PositionKind
from himpun.shared import clock
from himpun.shared.refusals import Refusal

if TYPE_CHECKING:
    import argparse

    from himpun.config.offices import Office


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, a trial run, and an example to start from."""
    parser.add_argument("file", type=Path, nargs="?", help="berkas kantor (YAML)")
    parser.add_argument(
        "--check", action="store_true", help="periksa saja, tidak ada yang disimpan"
    )
    parser.add_argument(
        "--example", action="store_true", help="cetak contoh berkas untuk diisi"
    )


def run(arguments: argparse.Namespace) -> int:
    """Load it; print what was made and how the administrator comes in."""
    if arguments.example:
        print(example(), end="")
        return 0
    if arguments.file is None:
        return _stop("Sebut berkas kantornya. Contohnya: himpun office --example")
    try:
        source = arguments.file.read_bytes()
    except OSError as error:
        return _stop(f"Berkas {arguments.file} tidak dapat dibaca: {error.strerror}.")
    try:
        with transaction.atomic():
            kantor = read(source)
            office = load(kantor, beside=arguments.file.parent, at=clock.now())
            codes = {} if arguments.check else _codes(office)
            transaction.set_rollback(arguments.check)
    except Refusal as why:
        return _stop(str(why))
    _tell(office, codes, only_checked=arguments.check)
    return 0


def example() -> str:
    """Return the example file that ships with the product."""
    file = resources.files("himpun.config.offices").joinpath("data/contoh-kantor.yaml")
    return file.read_text("utf-8")


def _stop(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


def _codes(office: Office) -> dict[str, str]:
    """Make a code for each administrator of the file; they make everybody else's."""
    return {
        name: accounts.make_code(person, by=None, at=clock.now())
        for name, person in office.people.items()
        if person.tenures.filter(position__kind=PositionKind.ADMINISTRATOR).exists()
    }


def _tell(office: Office, codes: dict[str, str], *, only_checked: bool) -> None:
    names = ", ".join(str(version.procedure) for version in office.procedures)
    print(f"Kantor     : {office.unit} ({office.regency})")
    print(f"Jabatan    : {len(office.positions)}")
    print(f"Pegawai    : {len(office.people)}")
    print(f"SOP        : {names or '(belum ada)'}")
    if only_checked:
        print("Berkas ini dapat dipasang. Belum ada yang disimpan.")
    for name, code in codes.items():
        print(f"Kode masuk {name}: {code} (24 jam, satu kali)")
    if codes:
        print(
            f"Masuk di {settings.HIMPUN_PUBLIC_URL}/kode, lalu buat kode pegawai lain."
        )
