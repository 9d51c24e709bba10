"""Cases of an RKT and of a PK, each by its SOP, carried to where it is signed."""

from __future__ import annotations

from datetime import timedelta

from himpun.ledger.tests.kept import built_once
from himpun.organization.tests.builders import WHEN
from himpun.planning import actions as planning
from himpun.planning.rules import AnnualPlanDraft
from himpun.planning.tests.plan_builders import (
    agreed,
    programme,
    promising_office,
)
from himpun.procedures.tests.builders import Run, adopt_seed, template
from himpun.reporting import actions, queries

from .builders import make_keys

RKT = template("penyusunan-rkt")
PK = template("penyusunan-perjanjian-kinerja")
MARK = "TEMPLAT, perlu disahkan"


def later(minutes):
    """Return a moment some minutes after the last step of a run."""
    return WHEN + timedelta(hours=1, minutes=minutes)


def plan_year(office, *codes, at=WHEN):
    """Keep the RKT of 2025 with these indicators."""
    draft = AnnualPlanDraft(2025, codes, (programme(office, "7.01.01").pk,))
    return planning.keep_annual_plan(office.unit, draft, by=office.kasubbag, at=at).row


def to_concept(office, source, mark=""):
    """Return the case of 2025 in the step that makes the concept."""
    make_keys()
    return opened(office, adopt_seed(office, source=source, mark=mark), "2025")


def opened(office, version, period):
    """Return the case of a period in the step that makes the concept."""
    run = Run(office, version=version, period=period)
    run.do("l1", "pelaksana")
    return run


def to_signing(run):
    """Make the paper and carry the case to the Camat's desk."""
    office = run.office
    actions.make_plan_paper(run.case, by=office.kasubbag, at=run.now)
    run.do("l2", "kasubbag")
    run.do("l3", "sekcam", "Ya")
    return run


@built_once
def planned():
    """Return the run of an RKT whose concept is to be made."""
    office = promising_office()
    plan_year(office, "T", "S")
    return to_concept(office, RKT, MARK)


@built_once
def rkt_to_sign():
    """Return the run of an RKT that waits for its signature."""
    return to_signing(planned())


@built_once
def pk_to_sign():
    """Return the run of the Camat's PK that waits for its signature."""
    office = promising_office()
    agreed(office)
    return to_signing(to_concept(office, PK, MARK))


def paper_of(run):
    """Return the paper of the case that holds now."""
    return queries.snapshot_of(run.case, queries.signed_kind(run.case))
