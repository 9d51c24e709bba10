"""`himpun doctor`: what is wrong with this installation, and what will be soon."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from himpun.config.commands import worker
from himpun.config.commands.backup import programs
from himpun.config.terminal import tell, tell_facts
from himpun.ledger import queries as ledger
from himpun.notices import queries as notices
from himpun.organization import queries as organization
from himpun.organization.models import Unit, WorkCalendar
from himpun.organization.rules import CALENDAR_WARNING, OFFICES
from himpun.procedures import queries as procedures
from himpun.reporting.queries import keys
from himpun.reporting.rules import SEAL_KEY
from himpun.shared import clock
from himpun.shared.refusals import Refusal
from himpun.wording import say

if TYPE_CHECKING:
    import argparse
    from datetime import date

OLDEST_BACKUP = timedelta(days=7)
CLOCK_BEHIND = timedelta(minutes=1)
"""So much a clock may be behind the record, that of another server on one database."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the form of the answer."""
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print facts and findings; 1 when something is found wrong."""
    facts, found = _facts(), findings()
    if arguments.json:
        print(json.dumps({"facts": facts, "findings": found}, ensure_ascii=False))
        return 1 if found else 0
    tell_facts(facts, width=16)
    for sentence in found:
        tell_facts({say("PERLU TINDAKAN"): sentence}, width=16)
    if not found:
        tell(say("Tidak ada yang perlu ditindak."))
    return 1 if found else 0


def _facts() -> dict[str, str]:
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("select sqlite_version()" if sqlite else "select version()")
        database = f"{'SQLite ' if sqlite else ''}{cursor.fetchone()[0]}"
    return {
        say("versi"): version("himpun"),
        say("modus"): settings.HIMPUN_MODE,
        say("rumah data"): str(settings.HIMPUN_HOME),
        say("alamat"): settings.HIMPUN_PUBLIC_URL or say("(belum diisi)"),
        say("basis data"): database,
    }


def findings() -> list[str]:
    """Return a sentence for each thing that somebody has to do."""
    at = clock.now()
    return [
        *_unsafe(),
        *_seal_key(),
        *_backups(at),
        *_backup_program(),
        *_clock(at),
        *_scheduled_work(),
        *_mail(),
        *_empty_positions(at),
        *_calendars(at.date()),
    ]


def _unsafe() -> list[str]:
    if settings.HIMPUN_MODE != "production":
        return []
    try:
        call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
    except SystemCheckError as error:
        return [str(error)]
    return []


def _seal_key() -> list[str]:
    try:
        keys.seal_pair()
    except Refusal as missing:
        return [str(missing)]
    path = keys.keys_folder() / SEAL_KEY
    if path.stat().st_mode & 0o077:
        return [
            say(
                "Kunci segel %(path)s dapat dibaca pengguna lain. Jalankan: "
                "chmod 600 %(path)s",
                path=path,
            )
        ]
    return []


def _backups(at: datetime) -> list[str]:
    if settings.HIMPUN_MODE == "demo":
        return []
    last = keys.last_backup()
    if last is None:
        return [say("Belum pernah ada cadangan. Jalankan: himpun backup -o BERKAS")]
    if at - last.made_at > OLDEST_BACKUP:
        return [
            say(
                "Cadangan terakhir dibuat %(day)s. Buat cadangan setiap hari: himpun "
                "backup -o BERKAS",
                day=f"{last.made_at:%d-%m-%Y}",
            )
        ]
    return []


def _backup_program() -> list[str]:
    if connection.vendor == "sqlite":
        return []
    try:
        programs.find("pg_dump")
    except programs.Failed as missing:
        return [str(missing)]
    return []


def _clock(at: datetime) -> list[str]:
    last = ledger.last_at()
    if last is None or last - at <= CLOCK_BEHIND:
        return []
    return [
        say(
            "Jam peladen lebih lambat daripada catatan terakhir (%(last)s UTC). Betulkan "
            "jamnya dahulu: waktu dan tenggat yang dicatat sekarang akan keliru.",
            last=f"{last:%d-%m-%Y %H.%M}",
        )
    ]


def _scheduled_work() -> list[str]:
    if settings.HIMPUN_MODE == "demo" or not worker.stands_still(datetime.now(UTC)):
        return []
    return [
        say(
            "Pekerjaan terjadwal tidak berjalan: kasus tidak dimulai dan tidak ada "
            "yang diingatkan. Jalankan: himpun worker"
        )
    ]


def _mail() -> list[str]:
    failing, trouble = notices.failing_mail()
    if not failing:
        return []
    return [
        say(
            "%(n)s surel belum terkirim dan dicoba lagi (%(trouble)s). Periksa "
            "HIMPUN_EMAIL_URL dan peladen surelnya.",
            n=failing,
            trouble=trouble,
        )
    ]


def _empty_positions(at: datetime) -> list[str]:
    empty: list[str] = [
        say(
            "%(procedure)s (%(unit)s): pelaksana %(actor)s tidak dijabat siapa pun "
            "hari ini. Tunjuk pejabat atau Plt.",
            procedure=bound.procedure,
            unit=bound.procedure.unit,
            actor=actor,
        )
        for bound, actor in procedures.orphans(at)
    ]
    return empty + [
        say(
            "%(procedure)s (%(unit)s): semua pemegang jabatan %(actor)s tidak hadir hari "
            "ini. Limpahkan tugasnya, atau catat Plt. atau Plh.",
            procedure=bound.procedure,
            unit=bound.procedure.unit,
            actor=actor,
        )
        for bound, actor in procedures.deserted(at)
    ]


def _calendars(today: date) -> list[str]:
    said: list[str] = []
    for office in Unit.objects.filter(kind__in=[kind.value for kind in OFFICES]):
        row = WorkCalendar.objects.filter(office=office).first()
        if row is None:
            said.append(
                say(
                    "%(office)s: kalender kerja belum ada. Masukkan jam kerja.",
                    office=office,
                )
            )
            continue
        last = organization.calendar_of(office).calendar.confirmed.last
        if last - today <= CALENDAR_WARNING:
            said.append(
                say(
                    "%(office)s: kalender yang ditetapkan berakhir %(day)s. Tetapkan "
                    "kalender tahun berikutnya.",
                    office=office,
                    day=f"{last:%d-%m-%Y}",
                )
            )
    return said
