"""`himpun report KIND --unit U --period P -o FILE`: a paper of the archive, as a file.

A paper is made by an official on a page, because making one is an act with its event.
This command only hands out what was made: the signed PDF, else the sealed, else the
drawn one. A paper signed by hand is handed out sealed: its scan proves nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from himpun.ledger import queries as record
from himpun.organization import queries as organization
from himpun.reporting import queries as reporting
from himpun.reporting.rules import TITLES, ReportKind
from himpun.worktime.periods import Period, read_period

if TYPE_CHECKING:
    from himpun.organization.models import Unit


def _period(text: str) -> Period:
    try:
        return read_period(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"periode {text} tidak dikenal, tulis misalnya 2026-TW3 atau 2026"
        ) from None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `KIND --unit CODE --period PERIOD -o FILE.pdf [--json]`."""
    kinds = [kind.value for kind in ReportKind]
    parser.add_argument("kind", choices=kinds, metavar="|".join(kinds))
    parser.add_argument(
        "--unit", required=True, help="kode wilayah atau nama pendek, misalnya muncar"
    )
    parser.add_argument(
        "--period", required=True, type=_period, help="misalnya 2026-TW3 atau 2026"
    )
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Write the file and say what it is; 1 when there is no such unit or paper."""
    output: Path = arguments.output
    if output.suffix.lower() != ".pdf":
        return _stop(f"Kertas disimpan sebagai PDF. Ganti akhiran {output.name}.")
    units = organization.offices_named(arguments.unit)
    if len(units) != 1:
        return _stop(_which(arguments.unit, units))
    kind, period = ReportKind(arguments.kind), arguments.period
    found = reporting.held_paper(units[0], period, kind)
    if found is None:
        return _stop(
            f"{units[0].name} belum mempunyai {TITLES[kind]} yang berlaku "
            f"untuk {period.label}. Kertas dibuat oleh petugasnya di halaman Laporan."
        )
    try:
        content = record.read_file(found.blob)
        output.write_bytes(content)
    except OSError as error:
        return _stop(f"{error.filename}: tidak dapat dipakai ({error.strerror}).")
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
        print("{file}\n{title}, versi {version}, kode {code}".format(**facts))
        print("{status}\nSHA-256 {sha256}".format(**facts))
    return 0


def _which(name: str, units: list[Unit]) -> str:
    if not units:
        return f"Tidak ada kantor dengan kode atau nama pendek {name}."
    codes = ", ".join(f"{unit.code} ({unit.tenant.name})" for unit in units)
    return f"Ada beberapa kantor bernama {name}. Pakai kodenya: {codes}."


def _stop(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1
