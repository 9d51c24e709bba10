"""A real case carried to where a paper is made, signed, delivered, sealed."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from himpun.collection import queries as collection
from himpun.collection.tests.builders import LATER, accept_all, answer_all, collecting
from himpun.ledger.tests.kept import built_once
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.reporting import actions, queries
from himpun.reporting.rules import Backend, ReportKind

PHRASE = "muncar membaca dulu baru tanda tangan"


def after(minutes):
    """Return a moment some minutes after the last value was accepted."""
    return LATER + timedelta(minutes=minutes)


def make_keys():
    """Give the installation its seal key; return the fingerprint."""
    return actions.make_keys(settings.HIMPUN_HOME)


def close(case, office, *people, at):
    """Close the open tasks of a case, one after the other, by these people."""
    for person in people:
        [task] = cases.open_tasks(case)[:1]
        procedures.complete_task(task, by=office.people[person], at=at)


@built_once
def accepted(office=None, *, mark=""):
    """Return (office, case) in step 3 with all values accepted and units answered."""
    make_keys()
    office, round_ = collecting(office)
    accept_all(office, round_)
    answer_all(office, collection.round_of(round_.case))
    return office, round_.case


@built_once
def reported(office=None):
    """Return (office, case) in step 4: papers made and printed, initialled."""
    office, case = accepted(office)
    by = office.pelaksana
    actions.make_recap(case, by=by, at=after(10))
    report = actions.make_performance_report(case, by=by, at=after(11))
    actions.record_print(report, by=by, at=after(12))
    close(case, office, "pelaksana", "sekcam", at=after(13))
    return office, case


def report_of(case):
    """Return the Laporan Kinerja of a case that holds now."""
    return queries.snapshot_of(case, ReportKind.PERFORMANCE)


def sealed(office, case, backend=Backend.MANUAL, *, by=None, at=None):
    """Prepare and seal the report; return the signature."""
    at = at or after(20)
    signature = actions.prepare(
        report_of(case), backend=backend, by=by or office.camat, at=at
    )
    return actions.seal(signature, at=at)


def certify(office, case):
    """Make the Camat's test certificate."""
    if not actions.has_certificate(office.camat):
        actions.make_certificate(
            office.camat,
            role=actions.holder(case, office.camat, after(19)),
            passphrase=PHRASE,
            again=PHRASE,
            at=after(19),
        )


def sign(office, case, *, at=None):
    """Sign the report with the test certificate; return the signature."""
    at = at or after(25)
    certify(office, case)
    signature = sealed(office, case, Backend.TEST_CA)
    return actions.sign_as_example(signature, passphrase=PHRASE, by=office.camat, at=at)


@built_once
def signed(office=None):
    """Return (office, case) in step 5: signed with the test certificate."""
    office, case = reported(office)
    sign(office, case)
    return office, case


def deliver(office, case):
    """Make the report of step 5, send it, note both receipts, close the work."""
    actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    actions.send(case, by=office.pelaksana, at=after(31))
    close(case, office, "pelaksana", at=after(32))
    for receipt in cases.receipts(case):
        by = office.people[receipt.actor]
        procedures.receive_copy(receipt, by=by, at=after(33))


@built_once
def finished(office=None):
    """Return (office, case), finished and not yet sealed."""
    office, case = signed(office)
    deliver(office, case)
    close(case, office, "camat", at=after(35))
    case.refresh_from_db()
    return office, case


@built_once
def closed(office=None):
    """Return (office, case, seal sheet) of a sealed case."""
    office, case = finished(office)
    return office, case, actions.seal_case(case, at=after(36))
