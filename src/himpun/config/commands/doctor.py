"""`himpun doctor`: what is wrong with this installation, and what will be soon."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from himpun.organization import queries as organization
from himpun.organization.models import Unit, WorkCalendar
from himpun.organization.rules import CALENDAR_WARNING, OFFICES
from himpun.procedures import queries as procedures
from himpun.shared import clock

if TYPE_CHECKING:
    import argparse
    from datetime import date


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the form of the answer."""
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print facts and findings; 1 when something is found wrong."""
    facts, found = _facts(), findings()
    if arguments.json:
        print(json.dumps({"facts": facts, "findings": found}, ensure_ascii=False))
        return 1 if found else 0
    for name, value in facts.items():
        print(f"{name:16}: {value}")
    for sentence in found:
        print(f"PERLU TINDAKAN  : {sentence}")
    if not found:
        print("Tidak ada yang perlu ditindak.")
    return 1 if found else 0


def _facts() -> dict[str, str]:
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("select sqlite_version()" if sqlite else "select version()")
        database = f"{'SQLite ' if sqlite else ''}{cursor.fetchone()[0]}"
    return {
        "versi": version("himpun"),
        "modus": settings.HIMPUN_MODE,
        "rumah data": str(settings.HIMPUN_HOME),
        "alamat": settings.HIMPUN_PUBLIC_URL or "(belum diisi)",
        "basis data": database,
    }


def findings() -> list[str]:
    """Return a sentence for each thing that somebody has to do."""
    return [*_unsafe(), *_empty_positions(), *_calendars(clock.now().date())]


def _unsafe() -> list[str]:
    if settings.HIMPUN_MODE != "production":
        return []
    try:
        call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
    except SystemCheckError as error:
        return [str(error)]
    return []


def _empty_positions() -> list[str]:
    return [
        f"{bound.procedure} ({bound.procedure.unit}): pelaksana {actor} tidak dijabat "
        "siapa pun hari ini. Tunjuk pejabat atau Plt."
        for bound, actor in procedures.orphans(clock.now())
    ]


def _calendars(today: date) -> list[str]:
    said = []
    for office in Unit.objects.filter(kind__in=[kind.value for kind in OFFICES]):
        row = WorkCalendar.objects.filter(office=office).first()
        if row is None:
            said.append(f"{office}: kalender kerja belum ada. Masukkan jam kerja.")
            continue
        last = organization.calendar_of(office).calendar.confirmed.last
        if last - today <= CALENDAR_WARNING:
            said.append(
                f"{office}: kalender yang ditetapkan berakhir {last:%d-%m-%Y}. "
                "Tetapkan kalender tahun berikutnya."
            )
    return said
