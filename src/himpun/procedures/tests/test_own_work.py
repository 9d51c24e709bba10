"""Nobody initials what he or she made; where nobody else can, somebody else decides."""

from datetime import timedelta

import pytest

from himpun.ledger.rules import SYSTEM
from himpun.organization import actions as office_actions
from himpun.organization.rules import Status
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, queries, rules
from himpun.procedures.queries import opened
from himpun.procedures.tests.builders import adopt_plain, minutes
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import read_period

pytestmark = pytest.mark.django_db
CSV = b"bulan,nilai\nJanuari,1\n"
WHY = "Kasubbag cuti dan tidak ada pejabat lain"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def paraf(office):
    """The paraf of step 1, which the Pelaksana worked; he is Plh. Kasubbag today."""
    version = adopt_plain(office)
    case = actions.start_case(version, read_period("2024"), by=office.kasubbag, at=WHEN)
    work = queries.open_work(case)
    actions.hand_in(
        work, "konsep", content=CSV, filename="a.csv", by=office.pelaksana, at=WHEN
    )
    actions.complete_task(work, by=office.pelaksana, at=minutes(1))
    stand_in(office, office.pelaksana)
    return case.tasks.get(part="paraf")


def stand_in(office, who, until=5):
    office_actions.appoint(
        who,
        office.position["kasubbag"],
        status=Status.PLH,
        since=WHEN.date(),
        until=(WHEN + timedelta(days=until)).date(),
        letter="SPT 800/9/2025",
        by=SYSTEM,
        at=WHEN,
    )


def initial(paraf, who, at=2):
    actions.complete_task(paraf, by=who, at=minutes(at))


def test_who_made_the_row_does_not_initial_it_in_an_acting_position(office, paraf):
    with pytest.raises(Refusal, match="ikut mengerjakan langkah ini"):
        initial(paraf, office.pelaksana)
    now = office.pelaksana.tenures.get(position=office.position["kasubbag"])
    office_actions.end_appointment(now, until=WHEN.date(), by=SYSTEM, at=WHEN)
    stand_in(office, office.kasi)
    initial(paraf, office.kasi)
    paraf.refresh_from_db()
    assert (
        paraf.done_role
        == "Plh. Kasubbag Perencanaan dan Keuangan Contoh berdasarkan SPT nomor 800/9/2025"
    )


def test_who_only_gave_the_file_made_the_row_too(office):
    version = adopt_plain(office)
    case = actions.start_case(version, read_period("2024"), by=office.kasubbag, at=WHEN)
    work = queries.open_work(case)
    actions.hand_in(
        work, "konsep", content=CSV, filename="a.csv", by=office.pelaksana2, at=WHEN
    )
    actions.complete_task(work, by=office.pelaksana, at=minutes(1))
    paraf = case.tasks.get(part="paraf")
    made = queries.makers([paraf])[paraf.pk]
    assert made == {office.pelaksana.pk, office.pelaksana2.pk}


def test_sekcam_lets_the_maker_initial_with_a_reason(office, paraf):
    actions.except_own_work(paraf, reason=WHY, by=office.sekcam, at=minutes(2))
    initial(paraf, office.pelaksana, at=3)
    types = [event.type for event in queries.events_of(paraf.case)]
    assert types[-3:] == ["own_work.excepted", "task.done", "step.opened"]


def test_the_administrator_needs_a_letter(office, paraf):
    with pytest.raises(Refusal, match="surat kabupaten"):
        actions.except_own_work(paraf, reason=WHY, by=office.admin, at=WHEN)
    actions.except_own_work(
        paraf, reason=WHY, letter="800/1/2025", by=office.admin, at=WHEN
    )


@pytest.mark.parametrize("who", ["pelaksana", "kasi", "kasubbag2"])
def test_others_except_nobody(office, paraf, who):
    with pytest.raises(Refusal, match="Sekcam, Camat, atau administrator"):
        actions.except_own_work(
            paraf, reason=WHY, by=getattr(office, who), at=minutes(2)
        )


def test_an_exception_needs_a_reason(office, paraf):
    with pytest.raises(Refusal, match="Tulis alasan"):
        actions.except_own_work(paraf, reason="cuti", by=office.sekcam, at=WHEN)


def test_no_exception_while_somebody_else_can(office, paraf):
    place = office.position["pelaksana"]
    office_actions.appoint(office.kasi, place, since=WHEN.date(), at=WHEN)
    actions.assign_task(paraf, place, reason=WHY, by=office.sekcam, at=WHEN)
    with pytest.raises(Refusal, match="Masih ada pemegang"):
        actions.except_own_work(paraf, reason=WHY, by=office.sekcam, at=WHEN)


def test_nobody_initials_in_the_name_of_who_made_the_row(office, paraf):
    """The mandate's giver stays responsible: it would be his own paraf."""
    actions.delegate(
        office.position["kasubbag"],
        office.kasi.tenures.get(),
        since=WHEN.date(),
        until=WHEN.date(),
        by=office.pelaksana,
        at=WHEN,
    )
    with pytest.raises(Refusal, match="yang Anda wakili ikut mengerjakan"):
        initial(paraf, office.kasi)
    [shown] = opened.open_tasks([paraf], office.kasi, WHEN)
    assert shown.obstacle
    actions.except_own_work(paraf, reason=WHY, by=office.sekcam, at=WHEN)
    initial(paraf, office.kasi)


def test_nobody_decides_an_exception_of_their_own():
    found = rules.decider_obstacle(
        1, concerns=frozenset({1}), administrator=False, letter="800/1"
    )
    assert "menyangkut Anda sendiri" in found


def test_an_administrator_decides_only_on_a_letter():
    concerns = frozenset({1})
    without = rules.decider_obstacle(
        2, concerns=concerns, administrator=True, letter=" "
    )
    assert "surat kabupaten" in without
    assert not rules.decider_obstacle(
        2, concerns=concerns, administrator=True, letter="800/1"
    )
    assert not rules.decider_obstacle(
        2, concerns=concerns, administrator=False, letter=""
    )
