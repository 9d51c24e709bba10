"""`himpun report KIND --unit U --period P -o FILE`: a paper of the archive, as a file.

A paper is made by an official on a page, because making one is an act with its event.
This command only hands out what was made: the signed PDF, else the sealed, else the
drawn one. A paper signed by hand is handed out sealed: its scan proves nothing.

The PK of the office's head and the RKT, as long as no case made them, are drawn from the
plan as concepts, marked so.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from himpun.config.terminal import refuse, tell, told
from himpun.ledger import queries as record
from himpun.organization import queries as organization
from himpun.organization.rules import PositionKind
from himpun.planning import queries as planning
from himpun.reporting import queries as reporting
from himpun.reporting.kinds import promises
from himpun.reporting.rules import TITLES, ReportKind
from himpun.shared import clock
from himpun.wording import Sentence, say
from himpun.worktime.periods import Period, read_period

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.documents import papers
    from himpun.organization.models import Unit

HEAD = PositionKind.HEAD
Facts = Mapping[str, object]


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
        return refuse(which(arguments.unit, units))
    return _from_archive(arguments, units[0])


def _from_archive(arguments: argparse.Namespace, unit: Unit) -> int:
    """Hand out a paper that was made, else a concept; 1 when there is neither."""
    kind, period = ReportKind(arguments.kind), arguments.period
    found = reporting.held_paper(unit, period, kind)
    if found is None and kind in CONCEPTS:
        return _concept(arguments, unit)
    if found is None:
        return refuse(
            say(
                "%(unit)s belum mempunyai %(title)s yang berlaku untuk %(period)s. "
                "Kertas dibuat oleh petugasnya di halaman Laporan.",
                unit=unit.name,
                title=TITLES[kind],
                period=period.label,
            )
        )
    try:
        content = record.read_file(found.blob)
    except OSError as error:
        return refuse(_unusable(error))
    version, code = found.snapshot.number, found.snapshot.printed_code
    facts = {
        "title": found.snapshot.report.title,
        "version": version,
        "code": code,
        "status": found.words,
    }
    named = say("%(title)s, versi %(version)s, kode %(code)s", **facts)
    return _hand_out(arguments, content, facts, named)


def _hand_out(
    arguments: argparse.Namespace, content: bytes, facts: Facts, named: Sentence
) -> int:
    """Write the file and tell what it is."""
    output: Path = arguments.output
    try:
        output.write_bytes(content)
    except OSError as error:
        return refuse(_unusable(error))
    digest = hashlib.sha256(content).hexdigest()
    if arguments.json:
        whole = {"file": str(output), **facts, "sha256": digest}
        print(json.dumps(whole, ensure_ascii=False))
    else:
        tell(str(output), named, str(facts["status"]), f"SHA-256 {digest}")
    return 0


def _unusable(error: OSError) -> Sentence:
    return say(
        "%(file)s: tidak dapat dipakai (%(why)s).",
        file=error.filename,
        why=error.strerror,
    )


def _concept(arguments: argparse.Namespace, unit: Unit) -> int:
    """Draw a paper of the plan and say that it is a concept."""
    kind = ReportKind(arguments.kind)
    title, drawn = TITLES[kind], CONCEPTS[kind]
    at = clock.now()
    paper = drawn(unit, arguments.period.year, at)
    if paper is None:
        return refuse(
            say(
                "%(unit)s belum mempunyai %(title)s tahun %(year)s. Susun dahulu "
                "datanya dalam perencanaan.",
                unit=unit.name,
                title=title,
                year=arguments.period.year,
            )
        )
    facts = {"title": title, "status": say("Konsep, belum tercatat di arsip")}
    return _hand_out(arguments, promises.draw(paper, at), facts, title)


def _agreement(unit: Unit, year: int, at: datetime) -> papers.Paper | None:
    """Return the newest PK of the office's head, None without one."""
    heads = [row for row in planning.agreements(unit, year) if row.first.kind == HEAD]
    return promises.agreement_paper(heads[0], at) if heads else None


def _annual_plan(unit: Unit, year: int, at: datetime) -> papers.Paper | None:
    plan = planning.annual_plan(unit, year)
    return promises.annual_plan_paper(plan, at) if plan else None


CONCEPTS = {
    ReportKind.AGREEMENT: _agreement,
    ReportKind.ANNUAL_PLAN: _annual_plan,
}
"""Papers of the plan, and who gathers them."""


def which(name: str, units: list[Unit]) -> Sentence:
    """Return why a name does not say which office is meant: none has it, or several."""
    if not units:
        return say("Tidak ada kantor dengan kode atau nama pendek %(name)s.", name=name)
    codes = ", ".join(f"{unit.code} ({unit.tenant.name})" for unit in units)
    return say(
        "Ada beberapa kantor bernama %(name)s. Pakai kodenya: %(codes)s.",
        name=name,
        codes=codes,
    )
