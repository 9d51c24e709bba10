"""A case of the seed SOP with Muncar's figures, carried to where a test needs it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from himpun import formula
from himpun.collection import actions, queries
from himpun.collection.models import Entry
from himpun.collection.rules import Evaluation
from himpun.formula import Component, OverTime
from himpun.ledger.tests.kept import built_once
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning.tests.builders import ACTUAL_2024, define, plan_muncar, promise
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.tests.builders import attach_everything, start

COMPONENTS = (
    Component("selesai", "Pengaduan selesai", "pengaduan", Decimal(0)),
    Component("masuk", "Pengaduan masuk", "pengaduan", Decimal(0), OverTime.SUM),
)
OPINION = next(s for s in formula.GRADE_SCALES if s.grades[0].code == "WTP")
LATER = WHEN + timedelta(hours=1)
BUKTI = b"Bulan,Nilai\nJanuari,97\n"


def later(minutes):
    """Return a moment some minutes after the collection was opened."""
    return LATER + timedelta(minutes=minutes)


@built_once
def begin(office=None, period="2024"):
    """Start a case with four indicators; return (office, round) in step 1."""
    office = office or make_office()
    plan_muncar(office)
    case = start(office, period)
    return office, queries.round_of(case)


def close(case, office, *people, at=WHEN):
    """Close the open tasks of a case, one after the other, by these people."""
    for person in people:
        [task] = cases.open_tasks(case)[:1]
        procedures.complete_task(task, by=office.people[person], at=at)


def propose_all(office, round_):
    """Propose a figure for each indicator."""
    for row in queries.proposals(round_):
        actions.save_proposal(
            row.proposal,
            text=ACTUAL_2024[row.proposal.version.indicator.code],
            absent_reason="",
            rests_on="Laporan bulanan Januari sampai Desember",
            row_version=row.proposal.row_version,
            by=office.pelaksana,
            at=WHEN,
        )


def to_evaluation(office, round_):
    """Carry a case from step 1 to step 2."""
    attach_everything(round_.case, "l1", office.pelaksana, WHEN)
    propose_all(office, round_)
    close(round_.case, office, "pelaksana", "kasubbag")


def form_team(office, round_):
    """Name a new team of two."""
    return actions.form_team(
        round_,
        name="Tim Data Kinerja",
        members=[
            office.position["kasubbag"].officials.get(),
            office.position["pelaksana"].officials.get(),
        ],
        by=office.kasubbag,
        at=WHEN,
    )


def to_collection(office, round_):
    """Carry a case from step 2 to step 3."""
    form_team(office, round_)
    for row in queries.proposals(round_):
        actions.evaluate(row.proposal, Evaluation.ENOUGH, by=office.kasubbag, at=WHEN)
    close(round_.case, office, "kasubbag", "sekcam")


@built_once
def collecting(office=None, period="2024"):
    """Return (office, round) of a case in step 3 with empty values."""
    office, round_ = begin(office, period)
    to_evaluation(office, round_)
    to_collection(office, round_)
    return office, queries.round_of(round_.case)


def entry_of(round_, code="IKU-1"):
    """Return the entry of an indicator as it stands now."""
    return Entry.objects.select_related("round__case", "version").get(
        round=round_, version__indicator__code=code
    )


def fill(office, round_, code="IKU-1", text=None, *, by=None, evidence=True, at=LATER):
    """Type a value, its real one unless told, with a piece of evidence."""
    entry = entry_of(round_, code)
    by = by or office.pelaksana
    actions.save_value(
        entry,
        text=text or ACTUAL_2024[code],
        row_version=entry.row_version,
        by=by,
        at=at,
    )
    if evidence:
        actions.add_evidence(
            entry,
            content=BUKTI + code.encode(),
            filename=f"bukti-{code}.csv",
            by=by,
            at=at,
        )
    return entry_of(round_, code)


def fill_all(office, round_, **how):
    """Type every value."""
    return [fill(office, round_, code, **how) for code in ACTUAL_2024]


def submit_all(office, round_, **how):
    """Type and send every value."""
    fill_all(office, round_, **how)
    return actions.submit_values(round_, by=office.pelaksana, at=LATER)


@built_once
def submitted():
    """Return (office, round) of a case in step 3 whose values wait for a verdict."""
    office, round_ = collecting()
    submit_all(office, round_)
    return office, queries.round_of(round_.case)


def accept(office, round_, code="IKU-1", *, by=None, at=LATER):
    """Accept one value."""
    entry = entry_of(round_, code)
    return actions.accept_value(
        entry, row_version=entry.row_version, by=by or office.kasubbag, at=at
    )


def give_back(
    office, round_, code="IKU-1", *, why="Bukti belum lengkap", by=None, at=LATER
):
    """Return one value."""
    entry = entry_of(round_, code)
    return actions.return_value(
        entry,
        why=why,
        row_version=entry.row_version,
        by=by or office.kasubbag,
        at=at,
    )


def accept_all(office, round_, **how):
    """Type, send and accept every value."""
    submit_all(office, round_)
    return [accept(office, round_, code, **how) for code in ACTUAL_2024]


def answer_all(office, round_):
    """Note for every unit that its data came in."""
    return actions.close_requests(
        round_.requests.all(),
        via="surat pengantar",
        on=WHEN.date(),
        by=office.pelaksana,
        at=LATER,
    )


def events(round_, *kinds):
    """Return the case's events (of these types)."""
    return [e for e in cases.events_of(round_.case) if not kinds or e.type in kinds]


def calculated():
    """Return (office, entry) of an indicator that is calculated, target 80."""
    office, round_ = collecting()
    version = define(
        office,
        "X-1",
        unit_of_measure="%",
        formula="selesai / masuk x 100%",
        components=COMPONENTS,
    )
    promise(office, version, "2024", "80")
    return office, Entry.objects.create(round=round_, version=version, unit=office.unit)


def fill_components(office, entry, *, row_version=None, **texts):
    entry.refresh_from_db()
    version = entry.row_version if row_version is None else row_version
    return actions.save_components(
        entry, texts=texts, row_version=version, by=office.pelaksana, at=LATER
    )
