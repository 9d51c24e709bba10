"""`himpun demo`: an office to look at, with real figures, and the server for it."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from himpun.config.commands import init, serve, worker
from himpun.config.demo import figures, money, offices, plan, story, tree
from himpun.config.terminal import refuse, tell, tell_facts, told
from himpun.organization.models import Tenant
from himpun.shared import clock
from himpun.wording import say

if TYPE_CHECKING:
    import argparse

WIB = ZoneInfo("Asia/Jakarta")
PREPARED = story.OPENED.astimezone(UTC)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what is loaded, at which time, and where it is served."""
    parser.add_argument(
        "--load-only",
        action="store_true",
        help=say("muat data, jangan jalankan peladen"),
    )
    parser.add_argument(
        "--without-case",
        action="store_true",
        help=say("tanpa kasus 2024 yang sudah jalan"),
    )
    parser.add_argument(
        "--templates",
        action="store_true",
        help=say("berlakukan juga templat lima SOP terkait di Kecamatan Jekulo"),
    )
    parser.add_argument(
        "--on", metavar="TTTT-BB-HH", help=say("jam demo mulai hari itu")
    )
    serve.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Load the demo once, print the accounts, serve."""
    if settings.HIMPUN_MODE != "demo":
        return refuse(
            say(
                "Data contoh hanya dimuat pada HIMPUN_MODE=demo: sandinya diketahui "
                "umum."
            )
        )
    moment = read_moment(arguments.on) if arguments.on else None
    if arguments.on and moment is None:
        return refuse(say("Tanggal ditulis TTTT-BB-HH, misalnya 2026-10-07."), 2)
    init.run(arguments)
    if moment:
        clock.start_at(moment)
    if not Tenant.objects.exists():
        load(
            clock.now(),
            with_case=not arguments.without_case,
            with_templates=arguments.templates,
        )
    print_accounts()
    if arguments.load_only:
        return 0
    with worker.beside():
        return serve.run(arguments)


def read_moment(text: str) -> datetime | None:
    """Return 08.00 WIB of a day written TTTT-BB-HH, None for anything else."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - the zone is next
    except ValueError:
        return None
    return datetime.combine(day.date(), time(8), WIB).astimezone(UTC)


def load(now: datetime, *, with_case: bool, with_templates: bool = False) -> None:
    """Load both offices and, if asked, the case 2024 as far as it is told.

    With the templates Jekulo has the systems that its SOP names, and that of its PK.
    """
    at = min(PREPARED, now)
    with transaction.atomic():
        jekulo = offices.make("jekulo", at=at)
        muncar = offices.make("muncar", at=at)
        if with_templates:
            offices.adopt_templates(jekulo, at=at)
        figures.load_muncar(muncar, at=at)
        today = now.astimezone(WIB).date()
        year = today.year
        figures.load_jekulo(jekulo, year, at=at, today=today)
        figures.load_kudus(jekulo, year, at=at)
        money.load_muncar(muncar, at=at)
        money.load_jekulo(jekulo, year, at=at, today=today)
        plan.load_muncar(muncar, at=at)
        plan.load_jekulo(jekulo, year, at=at)
        for office in (muncar, jekulo):
            tree.load_tree(office, at=at)
    if with_case and now >= PREPARED:
        [version] = muncar.procedures
        story.carry(muncar, version, stop_after=now)


def print_accounts() -> None:
    """Print who can sign in, and how."""
    facts: dict[str, object] = {
        say("Himpun (kantor contoh)"): settings.HIMPUN_PUBLIC_URL,
        say("Kata sandi semua akun"): offices.PASSWORD,
        say("Frasa sandi contoh"): f"{offices.PASSPHRASE} (camat.muncar)",
    }
    accounts = {
        "Kecamatan Jekulo (Kudus)": "pelaksana.jekulo kasubbag.jekulo "
        "sekcam.jekulo camat.jekulo bendahara.jekulo",
        "Kecamatan Muncar (Banyuwangi)": "pelaksana.muncar kasubbag.muncar "
        "sekcam.muncar camat.muncar bendahara.muncar",
        say("Administrator kabupaten"): "admin.kudus admin.banyuwangi",
    }
    tell("")
    tell_facts(facts, width=22)
    tell("", *(f"  {told(name):29} {who}" for name, who in accounts.items()), "")
