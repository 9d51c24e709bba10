"""`himpun report KIND --unit U --period P -o FILE`: a paper of the archive, as a file.

A paper is made by an official on a page, because making one is an act with its event.
This command only hands out what was made: the signed PDF, else the sealed, else the
drawn one. A paper signed by hand is handed out sealed: its scan proves nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from himpun.config.terminal import refuse, tell, told
from himpun.ledger import queries as record
from himpun.organization import queries as organization
from himpun.reporting import queries as reporting
from himpun.reporting.rules import TITLES, ReportKind
from himpun.wording import Sentence, say
from himpun.worktime.periods import Period, read_period

if TYPE_CHECKING:
    from himpun.organization.models import Unit


def _period(text: str) -> Period:
    try:
        return read_period(text)
    except ValueError:
        why = say(
            "periode %(text)s tidak dikenal, tulis misalnya 2026-TW3 atau 2026",
            text=text,
        )
        raise argparse.ArgumentTypeError(told(why)) from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `KIND --unit CODE --period PERIOD -o FILE.pdf [--json]`."""
    kinds = [kind.value for kind in ReportKind]
    parser.add_argument("kind", choices=kinds, metavar="|".join(kinds))
    parser.add_argument(
        "--unit",
        required=True,
        help=say("kode wilayah atau nama pendek, misalnya muncar"),
    )
    parser.add_argument(
        "--period", required=True, type=_period, help=say("misalnya 2026-TW3 atau 2026")
    )
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say what it is; 1 when there is no such unit or paper."""
    output: Path = arguments.output
    if output.suffix.lower() != ".pdf":
        return refuse(
            say(
                "Kertas disimpan sebagai PDF. Ganti akhiran %(name)s.", name=output.name
            )
        )
    units = organization.offices_named(arguments.unit)
    if len(units) != 1:
        return refuse(_which(arguments.unit, units))
    kind, period = ReportKind(arguments.kind), arguments.period
    found = reporting.held_paper(units[0], period, kind)
    if found is None:
        return refuse(
            say(
                "%(unit)s belum mempunyai %(title)s yang berlaku untuk %(period)s. "
                "Kertas dibuat oleh petugasnya di halaman Laporan.",
                unit=units[0].name,
                title=TITLES[kind],
                period=period.label,
            )
        )
    try:
        content = record.read_file(found.blob)
        output.write_bytes(content)
    except OSError as error:
        return refuse(
            say(
                "%(file)s: tidak dapat dipakai (%(why)s).",
                file=error.filename,
                why=error.strerror,
            )
        )
    facts = {
        "file": str(output),
        "title": found.snapshot.report.title,
        "version": found.snapshot.number,
        "code": found.snapshot.printed_code,
        "status": found.words,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if arguments.json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        named = say("%(title)s, versi %(version)s, kode %(code)s", **facts)
        tell(str(output), named, found.words, f"SHA-256 {facts['sha256']}")
    return 0


def _which(name: str, units: list[Unit]) -> Sentence:
    if not units:
        return say("Tidak ada kantor dengan kode atau nama pendek %(name)s.", name=name)
    codes = ", ".join(f"{unit.code} ({unit.tenant.name})" for unit in units)
    return say(
        "Ada beberapa kantor bernama %(name)s. Pakai kodenya: %(codes)s.",
        name=name,
        codes=codes,
    )
