"""Papers say in which capacity somebody signs: Plt., Plh., a.n., and by which letter."""

from datetime import timedelta

import pytest

from himpun.collection.tests.builders import LATER
from himpun.ledger.rules import SYSTEM
from himpun.organization import actions as organization
from himpun.organization.models import Official
from himpun.organization.rules import AbsenceKind, Status
from himpun.procedures import actions as procedures
from himpun.reporting import actions
from himpun.reporting.kinds import KINDS, control, performance
from himpun.reporting.kinds.parts import Made
from himpun.reporting.rules import ReportKind

from .builders import accepted, after, reported, signed

pytestmark = pytest.mark.django_db
TODAY = LATER.date()
LETTER = {"letter": "800/31", "since": TODAY, "until": TODAY + timedelta(days=9)}
MADE = Made(at=after(9))


def paper(case, kind, step, made=MADE):
    return KINDS[kind].gather(case, step, made).paper


def act_for(office, who, position, status=Status.PLT):
    place = office.position[position]
    organization.appoint(office.people[who], place, status=status, at=LATER, **LETTER)


def away(office, who):
    organization.record_absence(
        office.people[who],
        AbsenceKind.DUTY,
        since=TODAY,
        until=TODAY,
        by=SYSTEM,
        at=LATER,
    )


def mandate(office, giver, to):
    procedures.delegate(
        office.position[giver],
        Official.objects.get(person=office.people[to]),
        by=office.people[giver],
        at=LATER,
        **LETTER,
    )


def test_the_report_is_signed_by_the_acting_camat_with_the_letter():
    office, case = accepted()
    before = performance.signatory(case, MADE)
    assert (before.title, before.basis) == ("Camat Contoh", "")
    act_for(office, "kasi", "camat")
    block = performance.signatory(case, MADE)
    assert block.title == "Plt. Camat Contoh"
    assert block.basis == "berdasarkan SPT nomor 800/31"
    assert block.name == office.kasi.name


def test_a_mandate_puts_nobody_into_the_block_of_the_signature():
    office, case = accepted()
    mandate(office, "camat", "sekcam")
    away(office, "camat")
    assert performance.signatory(case, MADE).title == "Camat Contoh"


def test_who_makes_the_report_by_mandate_prepares_it_for_the_pen():
    office, case = reported()
    assert not actions.may_prepare(case, office.kasi, after(19))
    mandate(office, "pelaksana", "kasi")
    assert actions.may_prepare(case, office.kasi, after(19))


def test_the_boxes_for_initials_name_who_acts():
    office, case = accepted()
    act_for(office, "kasi", "sekcam", Status.PLH)
    [box] = paper(case, ReportKind.RECAP, "l3").initials
    role = "Plh. Sekretaris Kecamatan Contoh berdasarkan SPT nomor 800/31"
    assert box.role == role
    organization.end_appointment(
        Official.objects.get(person=office.kasi, status=Status.PLH),
        until=TODAY,
        by=SYSTEM,
        at=LATER,
    )
    later = Made(at=after(9) + timedelta(days=1))
    [box] = paper(case, ReportKind.RECAP, "l3", later).initials
    assert box.role == "Sekretaris Kecamatan Contoh"


def test_the_report_of_step_5_is_noted_and_given_by_who_acts():
    office, case = signed()
    mandate(office, "camat", "sekcam")
    away(office, "camat")
    by = office.pelaksana2
    made = Made(at=after(30), person=by.pk)
    knowing, giving = paper(case, ReportKind.COLLECTION, "l5", made).signatories
    assert (knowing.title, knowing.own) == (
        "a.n. Camat Contoh",
        "Sekretaris Kecamatan Contoh",
    )
    assert knowing.basis == "berdasarkan Surat nomor 800/31"
    assert knowing.name == office.sekcam.name
    assert (giving.title, giving.name) == ("Pelaksana Data Contoh", by.name)


def test_the_control_sheet_says_that_a_task_was_handed_on():
    office, case = accepted()
    task = case.tasks.get(step="l3", done_at__isnull=True)
    procedures.assign_task(
        task,
        office.position["kasi"],
        reason="pelaksana sedang dinas luar",
        by=office.sekcam,
        at=after(5),
    )
    steps = control.Control().gather(case, "", MADE).paper.steps
    act = next(step for step in steps if step.number == "3").acts[-1]
    assert act.role == "Kasi Pemerintahan Contoh"
    assert act.part == "mengerjakan (dialihkan)"
