"""Measures the pages inside one process; prints milliseconds and queries as JSON."""

import json
import sys
import time
from datetime import date

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from himpun.collection import actions as collection
from himpun.collection import queries as collected
from himpun.collection.rules import Evaluation
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning.tests.builders import define, promise
from himpun.procedures import actions as procedures
from himpun.procedures import queries as running
from himpun.procedures.tests.builders import adopt_seed, attach_everything
from himpun.shared import clock
from himpun.worktime.periods import PeriodKind, read_period

TIMES = int(sys.argv[1])
INDICATORS = 10
MONTHS = [f"{year}-B{month:02}" for year in range(2016, 2025) for month in range(1, 13)]


def close(case, office, *people):
    for person in people:
        [task] = running.open_tasks(case)[:1]
        procedures.complete_task(task, by=office.people[person], at=WHEN)


def to_step_3(office, version, month):
    """Carry a monthly case to its open entry grid."""
    period = read_period(month)
    case = procedures.start_case(version, period, by=office.kasubbag, at=WHEN)
    attach_everything(case, "l1", office.pelaksana, WHEN)
    round_ = collected.round_of(case)
    for row in collected.proposals(round_):
        collection.save_proposal(
            row.proposal,
            text="95",
            absent_reason="",
            rests_on="Laporan bulanan",
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
    return case


def measured(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
        queries = len(asked)
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        client.get(address)
        taken.append((time.perf_counter() - start) * 1000)
    return {"ms": taken, "queries": queries}


def main():
    clock.start_at(WHEN)
    office = make_office()
    for number in range(1, INDICATORS + 1):
        version = define(
            office,
            f"IKU-{number}",
            order=number,
            frequency=PeriodKind.MONTH,
            since=date(2015, 1, 1),
        )
        promise(office, version, MONTHS[-1], "90")
    sop = adopt_seed(office)
    first = to_step_3(office, sop, MONTHS[-1])
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(office.pelaksana)
    pages = {"Beranda": "/", "Isi data": f"/kasus/{first.pk}/isian"}
    few = {name: measured(client, address) for name, address in pages.items()}
    for month in MONTHS[-100:-1]:
        to_step_3(office, sop, month)
    many = {name: measured(client, address) for name, address in pages.items()}
    print(json.dumps({name: [few[name], many[name]] for name in pages}))


main()
