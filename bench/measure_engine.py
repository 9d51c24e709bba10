"""Measures the engine inside one process as the cases grow; prints JSON."""

import json
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from himpun.organization.models import Position, Unit
from himpun.organization.rules import PositionKind
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, queries
from himpun.procedures.models import (
    ActorBinding,
    Case,
    Procedure,
    ProcedureVersion,
    Task,
)
from himpun.procedures.tests.builders import adopt_plain
from himpun.worktime.periods import read_period

TIMES, SIZES = int(sys.argv[1]), [int(word) for word in sys.argv[2:]]
OF_AN_OFFICE, RUNNING = 50, 5
BY_HAND = """
SELECT t.id, t.deadline, c.period_code FROM procedures_task t
JOIN procedures_case c ON c.id = t.case_id
JOIN procedures_actorbinding b ON b.version_id = c.version_id AND b.actor = t.actor
WHERE t.done_at IS NULL AND c.state = 'berjalan' AND b.position_id = %s
ORDER BY t.deadline, t.id
"""


def more_cases(office, version, known, wanted):
    """Load cases in bulk, fifty for each further office, five of them running."""
    offices = range(-(-known // OF_AN_OFFICE), -(-wanted // OF_AN_OFFICE))
    units = Unit.objects.bulk_create(
        Unit(
            tenant=office.tenant,
            parent=office.regency,
            kind=office.unit.kind,
            code=f"98.{n:05}",
            name=f"Kecamatan {n}",
            short_name=f"bench-{n}",
        )
        for n in offices
    )
    Unit.objects.bulk_update([_own(unit) for unit in units], ["office"])
    positions = Position.objects.bulk_create(
        Position(unit=unit, kind=PositionKind.STAFF, title="Pelaksana")
        for unit in units
    )
    procedures = Procedure.objects.bulk_create(
        Procedure(unit=unit, code="uji", name="Uji") for unit in units
    )
    versions = ProcedureVersion.objects.bulk_create(
        ProcedureVersion(
            procedure=procedure,
            number=1,
            source=version.source,
            fingerprint=version.fingerprint,
            plan=version.plan,
            state=version.state,
            adopted_at=WHEN,
            adopted_role="",
        )
        for procedure in procedures
    )
    ActorBinding.objects.bulk_create(
        ActorBinding(version=own, actor="pelaksana", position=position)
        for own, position in zip(versions, positions, strict=True)
    )
    per_office = min(OF_AN_OFFICE, wanted)
    cases = Case.objects.bulk_create(
        (
            Case(
                procedure=own.procedure,
                version=own,
                unit=own.procedure.unit,
                period_code=f"{1900 + n // 12}-B{n % 12 + 1:02}",
                state="berjalan" if n < RUNNING else "selesai",
                opened_at=WHEN,
                opened_role="",
            )
            for own in versions
            for n in range(per_office)
        ),
        batch_size=5_000,
    )
    Task.objects.bulk_create(
        (
            Task(
                case=case,
                step=step,
                part="kerja",
                actor="pelaksana",
                unit_id=case.unit_id,
                opened_at=WHEN,
                row_opened_at=WHEN,
                deadline=WHEN + timedelta(days=3),
                deadline_firm=True,
                calendar_version=1,
                done_at=WHEN if case.state == "selesai" or step == "a1" else None,
            )
            for case in cases
            for step in ("a1", "a3")
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _own(unit):
    unit.office = unit
    return unit


def closed_per_second(office, version, start):
    """Close the first task of new cases; return how many a second, without set-up."""
    ready = []
    for n in range(start, start + TIMES):
        period = read_period(f"{1500 + n // 12}-B{n % 12 + 1}")
        case = actions.start_case(version, period, by=office.kasubbag, at=WHEN)
        [task] = case.tasks.all()
        actions.hand_in(
            task,
            "konsep",
            content=b"contoh,1\n",
            filename="c.csv",
            by=office.pelaksana,
            at=WHEN,
        )
        ready.append(task)
    begun = time.perf_counter()
    for task in ready:
        actions.complete_task(task, by=office.pelaksana, at=WHEN)
    taken = time.perf_counter() - begun
    for task in ready:  # so that the inbox stays the same
        actions.cancel_case(
            task.case, reason="hanya untuk pengukuran", by=office.sekcam, at=WHEN
        )
    return TIMES / taken


def bare_per_second():
    begun = time.perf_counter()
    for _ in range(TIMES):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT INTO bench_plain (text) VALUES ('95.5')")
    return TIMES / (time.perf_counter() - begun)


def milliseconds(ask):
    ask()
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def by_hand(position):
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [position])
        return cursor.fetchall()


def main():
    office = make_office()
    version = adopt_plain(office)
    for n in range(RUNNING):
        period = read_period(f"1400-B{n + 1}")
        actions.start_case(version, period, by=office.kasubbag, at=WHEN)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_plain (text VARCHAR(40))")
    found, known = {}, 0
    for turn, size in enumerate(SIZES):
        more_cases(office, version, known, size)
        known = size
        with CaptureQueriesContext(connection) as asked:
            rows = list(queries.inbox(office.pelaksana, WHEN))
        assert len(rows) == RUNNING == len(by_hand(office.position["pelaksana"].pk))
        found[size] = {
            "queries": len(asked),
            "inbox": milliseconds(lambda: list(queries.inbox(office.pelaksana, WHEN))),
            "by_hand": milliseconds(lambda: by_hand(office.position["pelaksana"].pk)),
            "tasks": closed_per_second(office, version, turn * TIMES),
            "bare": bare_per_second(),
        }
    print(json.dumps(found))


main()
