"""A small Renstra with its programmes and money, in the words of Kecamatan Muncar's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from himpun.ledger import queries as ledger
from himpun.ledger.tests.kept import built_once
from himpun.organization.rules import PositionKind
from himpun.organization.tests.builders import WHEN, make_office, seat
from himpun.planning import actions
from himpun.planning.rules import (
    AgreementDraft,
    BudgetLine,
    GoalPlan,
    Level,
    OutcomePlan,
    ProgrammeLine,
    ProgrammePlan,
    RenstraPlan,
    Stage,
)
from himpun.planning.tests.builders import ORIGIN, define, promise
from himpun.worktime.periods import read_period

LINES = [
    ("7.01.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA"),
    ("7.01.01.2.06", "Administrasi Umum Perangkat Daerah"),
    ("7.01.01.2.06.0001", "Penyediaan Komponen Instalasi Listrik"),
    ("7.01.01.2.06.0002", "Penyediaan Peralatan dan Perlengkapan Kantor"),
    ("7.01.02", "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK"),
]


@built_once
def planning_office():
    """Return an office with a Bendahara, three indicators with targets, programmes."""
    office = make_office()
    seat(office, "bendahara", PositionKind.TREASURER, "Bendahara", office.unit)
    for code, level in (
        ("T", Level.GOAL),
        ("S", Level.OUTCOME),
        ("P", Level.PROGRAMME),
    ):
        version = define(office, code, level=level)
        for year, aim in (("2025", "91"), ("2026", "92")):
            promise(office, version, year, aim)
    for code, name in LINES:
        add(office, code, name)
    return office


def add(office, code, name, **more):
    """Keep a programme line and return what became of it."""
    return actions.keep_programme(
        office.unit, ProgrammeLine(name, code, **more), by=office.kasubbag, at=WHEN
    )


def programme(office, code):
    """Return a programme of the office."""
    return office.unit.programmes.get(code=code)


def plan(office, *, stage=Stage.ORIGINAL, text="Meningkatnya kualitas pelayanan"):
    """Return the Renstra of 2025-2029 as a document."""
    first, activity, second = (
        programme(office, code).pk for code in ("7.01.01", "7.01.01.2.06", "7.01.02")
    )
    return RenstraPlan(
        2025,
        2029,
        stage,
        ORIGIN,
        (
            GoalPlan(
                "T1",
                "Meningkatnya kinerja wilayah",
                (OutcomePlan("S1", text, ("S",)), OutcomePlan("S2", "Tertib")),
                ("T",),
            ),
        ),
        (
            ProgrammePlan(
                first, "S1", "Terpenuhinya", ("P",), ((2025, 100), (2026, 0))
            ),
            ProgrammePlan(activity),
            ProgrammePlan(second, "S2"),
        ),
    )


def enacted(office, since=date(2025, 1, 1), **more):
    """Keep a Renstra, let it come into force and return its version."""
    kept = actions.keep_renstra(
        office.unit, plan(office, **more), by=office.kasubbag, at=WHEN
    )
    return actions.enact_renstra(
        kept.row, since, decision="Perbup 1/2025", by=office.kasubbag, at=WHEN
    ).row


def budget(office, code, amount, *, year=2025, **more):
    """Set a budget and return what became of it."""
    line = BudgetLine(year, None if amount is None else Decimal(amount), **more)
    return actions.set_budget(
        programme(office, code), line, by=office.kasubbag, at=WHEN
    )


def spend(office, code, period, amount, by=None):
    """Record spending and return what became of it."""
    return actions.record_spending(
        programme(office, code),
        read_period(period),
        None if amount is None else Decimal(amount),
        origin="SPJ",
        by=by or office.bendahara,
        at=WHEN,
    )


def events(office):
    """Return the events of the office's plan."""
    return ledger.events_of(actions.stream_of(office.unit.pk))


DAY = date(2025, 1, 15)
"""On which the Camat and the Bupati agree."""


@built_once
def promising_office():
    """Return the office with its Renstra in force, and a Bupati above it."""
    office = planning_office()
    enacted(office)
    seat(office, "bupati", PositionKind.HEAD, "Bupati Uji", office.regency)
    return office


def by_kasubbag(office):
    """Return who acts and when, as an action wants it."""
    return {"by": office.kasubbag, "at": WHEN}


def draft(office, **changes):
    made = AgreementDraft(
        2025,
        office.position["camat"].pk,
        office.position["bupati"].pk,
        DAY,
        ("S", "T"),
        ((programme(office, "7.01.01").pk, "APBD"),),
        date(2025, 1, 2),
        "Muncar",
    )
    return replace(made, **changes)


def agree(office, **changes):
    return actions.make_agreement(draft(office, **changes), **by_kasubbag(office))


def agreed(office):
    budget(office, "7.01.01.2.06.0001", 60)
    budget(office, "7.01.01.2.06.0002", 40)
    return agree(office)
