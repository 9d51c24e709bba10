"""`himpun import plan FILE`: an office's plan from sheets; all of it or nothing."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from himpun.config.commands.report import which
from himpun.config.terminal import refuse, tell
from himpun.documents import sheets
from himpun.organization import queries as organization
from himpun.organization.models import Person, Unit
from himpun.organization.rules import PositionKind
from himpun.planning import actions
from himpun.shared import clock
from himpun.shared.refusals import Refusal
from himpun.wording import Sentence, joined, say

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from himpun.planning.rules.workbook import Finding, Imported


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `plan FILE --unit CODE [--by NAME] [--dry-run] [--json]`."""
    parser.add_argument("what", choices=["plan"], metavar="plan")
    parser.add_argument("file", type=Path, help=say("berkas XLSX atau CSV"))
    parser.add_argument(
        "--unit", help=say("kode wilayah atau nama pendek, misalnya muncar")
    )
    parser.add_argument(
        "--by", help=say("nama akun yang mengimpor; tanpa ini administrator kabupaten")
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=say("periksa saja, tidak ada yang disimpan"),
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Bring in the file, or say what hinders, cell by cell; 1 when nothing was kept."""
    at = clock.now()
    try:
        unit = _office(arguments.unit)
        done = actions.import_plan(
            unit,
            sheets.read(_content(arguments.file), arguments.file.name),
            name=arguments.file.name,
            by=_person(arguments.by, unit, at),
            at=at,
            trial=arguments.dry_run,
        )
    except (Refusal, sheets.NotAccepted) as why:
        return refuse(str(why))
    if arguments.json:
        print(json.dumps(_plain(done), ensure_ascii=False))
    else:
        tell(*_lines(done, trial=arguments.dry_run))
    return 1 if done.conflicts else 0


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refusal(
            say("Berkas %(file)s tidak dapat dibaca: %(why)s."),
            file=file,
            why=error.strerror,
        ) from None


def _office(name: str | None) -> Unit:
    """Return the office that is named; without a name the only one there is."""
    if name is None:
        units = list(Unit.objects.filter(pk__in=_offices()))
        if len(units) != 1:
            raise Refusal(say("Sebut kantornya: --unit KODE."))
        return units[0]
    units = organization.planners_named(name)
    if len(units) != 1:
        raise Refusal(which(name, units))
    return units[0]


def _offices() -> set[int]:
    rows = Unit.objects.exclude(office=None).values_list("office", flat=True)
    return {pk for pk in rows if pk is not None}


def _person(name: str | None, unit: Unit, at: datetime) -> Person:
    """Return who is written as the importer; raises Refusal for none."""
    if name is not None:
        found = Person.objects.filter(username=name).first()
        if found is None:
            raise Refusal(say("Tidak ada akun bernama %(name)s."), name=name)
        return found
    day = organization.local_day(at, unit)
    for row in Person.objects.filter(
        tenures__position__kind=PositionKind.ADMINISTRATOR,
        tenures__position__unit__tenant=unit.tenant_id,
    ).order_by("pk"):
        if organization.administers(row, unit.tenant_id, at):
            return row
    raise Refusal(
        say("Belum ada administrator kabupaten pada %(day)s. Pakai --by NAMA_AKUN."),
        day=day.isoformat(),
    )


def _lines(done: Imported, *, trial: bool) -> list[Sentence]:
    found = [
        say(
            "%(sheet)s: %(created)s baru, %(updated)s diperbarui, %(unchanged)s sama, "
            "%(rejected)s ditolak.",
            sheet=sheet,
            **asdict(tally),
        )
        for sheet, tally in done.tallies.items()
    ]
    found += [_said(say("TOLAK"), one) for one in done.conflicts]
    found += [_said(say("PERIKSA"), one) for one in done.doubts]
    if done.applied:
        found.append(say("Rencana disimpan."))
    elif done.conflicts:
        found.append(say("Tidak ada yang disimpan. Betulkan sel yang ditolak."))
    elif trial:
        found.append(say("Berkas ini dapat diimpor. Belum ada yang disimpan."))
    return found


def _said(word: Sentence, finding: Finding) -> Sentence:
    return joined([word, joined(finding.at, ", "), finding.sentence], " ")


def _plain(done: Imported) -> dict[str, object]:
    return {
        "applied": done.applied,
        "counts": {sheet: asdict(tally) for sheet, tally in done.tallies.items()},
        "conflicts": [_row(one) for one in done.conflicts],
        "doubts": [{**_row(one), "kind": one.kind} for one in done.doubts],
    }


def _row(finding: Finding) -> dict[str, object]:
    return {"cells": list(finding.at), "sentence": str(finding.sentence)}
