"""Enters, verifies and rolls up 26 offices x 20 indicators x 4 quarters; prints JSON.

Every value is typed, sent and accepted by the ordinary actions, each in its transaction
with its event and its stored achievement. Their writes are noted and carried out once
more as plain SQL, in the same transactions, on a copy of the database from before.
"""

import json
import sqlite3
import sys
import time
from contextlib import contextmanager
from decimal import Decimal

import django

django.setup()

from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.installation import drop_database, own_database

from himpun import worktime
from himpun.collection import actions as collection
from himpun.collection import queries as collected
from himpun.collection.rules import Evaluation
from himpun.formula import OverTime, OverUnits
from himpun.ledger.rules import SYSTEM
from himpun.measurement import queries
from himpun.organization import actions as organization
from himpun.organization.rules import UnitKind
from himpun.organization.tests.builders import CAST, WHEN, Office, make_office, seat
from himpun.planning import actions as planning
from himpun.planning.tests.builders import ORIGIN, definition, scale
from himpun.procedures import actions as procedures
from himpun.procedures import queries as running
from himpun.procedures.tests.builders import adopt_seed, attach_everything
from himpun.shared import clock
from himpun.worktime.periods import PeriodKind, read_period

OFFICES, INDICATORS = int(sys.argv[1]), int(sys.argv[2])
QUARTERS = [read_period(f"2024-TW{number}") for number in (1, 2, 3, 4)]
TARGET = Decimal(
    3_000
)  # above every figure: none is so far above it that it needs a note
BY_HAND = """SELECT i.code, SUM(a.actual), COUNT(a.actual)
FROM measurement_achievement a JOIN planning_indicator i ON i.id = a.indicator_id
JOIN organization_unit u ON u.id = a.unit_id
WHERE u.parent_id = %s AND a.period_code = %s GROUP BY i.code"""


def figure(office, indicator, quarter):
    """Return what an office reached: to be added up by head."""
    return Decimal(office * 100 + indicator) + Decimal(quarter) / 10


def offices(first):
    yield first
    for number in range(2, OFFICES + 1):
        unit = organization.create_unit(
            first.regency,
            UnitKind.DISTRICT,
            f"{first.regency.code}.{number:02}",
            f"Kecamatan {number}",
            short_name=f"kecamatan-{number}",
            at=WHEN,
        )
        office = Office(first.regency, unit)
        for key, kind, title in CAST:
            seat(office, key, kind, title, unit)
        organization.set_calendar(unit, worktime.shipped_calendar(), by=SYSTEM, at=WHEN)
        yield office


def define(unit, by):
    kept = scale()
    return [
        planning.define_indicator(
            unit,
            definition(
                f"IKU-{number}",
                order=number,
                frequency=PeriodKind.QUARTER,
                over_units=OverUnits.SUM,
                over_time=OverTime.SUM,
                evidence_required=False,
            ),
            scale=kept,
            by=by,
            at=WHEN,
        )
        for number in range(1, INDICATORS + 1)
    ]


def to_collection(office, sop, period):
    """Carry a case of an office to its open entry grid; return its round."""
    case = procedures.start_case(sop, period, by=office.kasubbag, at=WHEN)
    attach_everything(case, "l1", office.pelaksana, WHEN)
    round_ = collected.round_of(case)
    for row in collected.proposals(round_):
        collection.save_proposal(
            row.proposal,
            text="95",
            absent_reason="",
            rests_on="Laporan",
            row_version=row.proposal.row_version,
            by=office.pelaksana,
            at=WHEN,
        )
    close(case, office, "pelaksana", "kasubbag")
    round_ = collected.round_of(case)
    collection.form_team(
        round_,
        name="Tim",
        members=[office.position["pelaksana"].officials.get()],
        by=office.kasubbag,
        at=WHEN,
    )
    for row in collected.proposals(round_):
        collection.evaluate(
            row.proposal, Evaluation.ENOUGH, by=office.kasubbag, at=WHEN
        )
    close(case, office, "kasubbag", "sekcam")
    return collected.round_of(case)


def close(case, office, *people):
    for person in people:
        [task] = running.open_tasks(case)[:1]
        procedures.complete_task(task, by=office.people[person], at=WHEN)


@transaction.atomic
def prepare():
    """Return (regency, [(office's number, office, {quarter: its round})])."""
    first = make_office(villages=0)
    define(first.regency, first.admin)
    ready = []
    for number, office in enumerate(offices(first), 1):
        for version in define(office.unit, office.kasubbag):
            for period in QUARTERS:
                planning.set_target(
                    version.indicator,
                    period,
                    TARGET,
                    origin=ORIGIN,
                    by=office.kasubbag,
                    at=WHEN,
                )
        sop = adopt_seed(office)
        rounds = {
            period.number: to_collection(office, sop, period) for period in QUARTERS
        }
        ready.append((number, office, rounds))
    return first.regency, ready


class Noted:
    """The writes of each action, to be carried out once more."""

    def __init__(self):
        self.actions, self.statements = [], 0

    def __call__(self, execute, sql, params, many, context):
        self.statements += 1
        if sql.split(maxsplit=1)[0] in {"INSERT", "UPDATE", "DELETE"}:
            self.actions[-1].append((sql, params, many))
        return execute(sql, params, many, context)

    def done(self, act, *args, **kwargs):
        self.actions.append([])
        return act(*args, **kwargs)


def enter(ready, noted):
    """Type, send and accept every value."""
    for number, office, rounds in ready:
        for quarter, round_ in rounds.items():
            for entry in round_.entries.order_by("version__indicator__order"):
                value = figure(number, entry.version.indicator.order, quarter)
                noted.done(
                    collection.save_value,
                    entry,
                    text=str(value).replace(".", ","),
                    row_version=entry.row_version,
                    by=office.pelaksana,
                    at=WHEN,
                )
            noted.done(collection.submit_values, round_, by=office.pelaksana, at=WHEN)
            for entry in round_.entries.order_by("version__indicator__order"):
                noted.done(
                    collection.accept_value,
                    entry,
                    row_version=entry.row_version,
                    by=office.kasubbag,
                    at=WHEN,
                )


def rolled_up(regency):
    """Return the totals of the quarters, and check each against one done by head."""
    found = [queries.roll_ups(regency, period) for period in QUARTERS]
    for period, lines in zip(QUARTERS, found, strict=True):
        assert len(lines) == INDICATORS
        for line in lines:
            order = line.version.indicator.order
            numbers = range(1, OFFICES + 1)
            wanted = sum(figure(n, order, period.number) for n in numbers)
            assert line.total.value == wanted, (period.code, order)
            assert (line.total.counted, line.provisional) == (OFFICES, 0)
    return found


@contextmanager
def copied():
    """Keep the database as it stands; yield the name under which Django finds it."""
    known = connections.databases["default"]
    if connection.vendor == "sqlite":
        name, url = f"{known['NAME']}.salinan", ""
        connection.ensure_connection()
        with sqlite3.connect(name) as copy:
            connection.connection.backup(copy)
        copy.close()
    else:
        connection.close()
        url = own_database("salinan", known["NAME"])
        name = url.rpartition("/")[2]
    connections.databases["copy"] = {**known, "NAME": name}
    yield "copy"
    connections["copy"].close()
    drop_database(url)


def again(noted, copy):
    for statements in noted.actions:
        with transaction.atomic(using=copy), connections[copy].cursor() as cursor:
            for sql, params, many in statements:
                if many:
                    cursor.executemany(sql, params)
                else:
                    cursor.execute(sql, params)


def summed_by_hand(regency, copy):
    with connections[copy].cursor() as cursor:
        for period in QUARTERS:
            cursor.execute(BY_HAND, [regency.pk, period.code])
            assert len(cursor.fetchall()) == INDICATORS


def timed(do, *args):
    begun = time.perf_counter()
    do(*args)
    return time.perf_counter() - begun


def main():
    clock.start_at(WHEN)
    begun = time.perf_counter()
    regency, ready = prepare()
    found = {"prepared": time.perf_counter() - begun}
    with copied() as copy:
        noted = Noted()
        with connection.execute_wrapper(noted):
            found["entered"] = timed(enter, ready, noted)
        found["rolled_up"] = timed(rolled_up, regency)
        found["plain"] = timed(again, noted, copy)
        found["plain_sums"] = timed(summed_by_hand, regency, copy)
    with CaptureQueriesContext(connection) as asked:
        queries.roll_ups(regency, QUARTERS[0])
    found |= {
        "values": OFFICES * INDICATORS * len(QUARTERS),
        "statements": len(asked),
        "writes": sum(map(len, noted.actions)),
        "all_statements": noted.statements,
    }
    print(json.dumps(found))


main()
