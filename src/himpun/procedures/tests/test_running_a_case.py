"""The machine on a plain SOP: what opens when, who may, what is refused."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from himpun.ledger.rules import SYSTEM
from himpun.organization import actions as office_actions
from himpun.organization import queries as organization
from himpun.organization.rules import Status, confirm_proposed
from himpun.organization.tests.builders import WHEN, make_office, make_outsider
from himpun.procedures import actions, queries
from himpun.procedures.actions import Incomplete
from himpun.procedures.models import Case, ProcedureVersion, Task
from himpun.procedures.tests.builders import PLAIN, adopt_plain, minutes
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import read_period

pytestmark = pytest.mark.django_db
PDF = b"bulan,nilai\nJanuari,1\n"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def version(office):
    return adopt_plain(office)


@pytest.fixture
def case(office, version):
    return actions.start_case(version, read_period("2024"), by=office.kasubbag, at=WHEN)


def task(case, part="kerja"):
    return case.tasks.get(done_at__isnull=True, part=part)


def hand_in(case, who, artefact="konsep", at=WHEN):
    return actions.hand_in(
        task(case), artefact, content=PDF, filename="konsep.csv", by=who, at=at
    )


def test_starting_opens_the_first_step_for_its_actor(case):
    opened = task(case)
    assert (opened.step, opened.actor, opened.round) == ("a1", "pelaksana", 1)
    types = [event.type for event in queries.events_of(case)]
    assert types == ["case.opened", "step.opened"]


@pytest.mark.parametrize("who", ["pelaksana", "camat", "kasi", "admin"])
def test_only_kasubbag_and_sekcam_start_a_case(office, version, who):
    with pytest.raises(Refusal, match="Kasubbag atau Sekcam"):
        actions.start_case(
            version, read_period("2024"), by=getattr(office, who), at=WHEN
        )


def test_a_case_is_not_started_by_an_sop_that_was_replaced(office, version):
    adopt_plain(office)
    version.refresh_from_db()
    with pytest.raises(Refusal, match="sudah digantikan"):
        actions.start_case(version, read_period("2024"), by=office.sekcam, at=WHEN)


def test_an_sop_is_not_adopted_with_errors_or_with_actors_of_another_office(office):
    bound = {
        "pelaksana": [office.position["pelaksana"]],
        "kasubbag": [office.position["kasubbag"]],
        "camat": [office.position["camat"]],
    }

    def adopt(source, bindings):
        actions.adopt(office.unit, source, bindings, by=SYSTEM, at=WHEN)

    source = PLAIN.read_bytes()
    with pytest.raises(Refusal, match="Baris 1:"):
        adopt(b"bukan SOP", bound)
    with pytest.raises(Refusal, match="belum dihubungkan"):
        adopt(source, bound | {"camat": []})
    other = make_office("Kecamatan Lain")
    with pytest.raises(Refusal, match="bukan jabatan di"):
        adopt(source, bound | {"camat": [other.position["camat"]]})
    assert not ProcedureVersion.objects.exists()


def test_a_second_case_of_the_same_period_is_refused(office, version, case):
    with pytest.raises(Refusal, match="sudah ada"):
        actions.start_case(version, read_period("2024"), by=office.sekcam, at=WHEN)


def test_after_a_cancelled_case_a_new_one_may_start(office, version, case):
    actions.cancel_case(case, reason="salah memilih periode", by=office.sekcam, at=WHEN)
    again = actions.start_case(version, read_period("2024"), by=office.sekcam, at=WHEN)
    assert again.pk != case.pk
    assert Case.objects.filter(pk=case.pk, state="dibatalkan").exists()


def test_cancelling_needs_a_reason(office, case):
    with pytest.raises(Refusal, match="paling sedikit 10 huruf"):
        actions.cancel_case(case, reason="  salah  ", by=office.sekcam, at=WHEN)


def test_a_period_that_has_not_begun_is_refused(office, version):
    with pytest.raises(Refusal, match="belum dimulai"):
        actions.start_case(version, read_period("2026"), by=office.sekcam, at=WHEN)


def test_only_what_the_sop_names_is_handed_in(office, case):
    with pytest.raises(Refusal, match="tidak menghasilkan"):
        hand_in(case, office.pelaksana, artefact="laporan")


def test_nothing_is_handed_in_once_the_step_is_closed(office, case):
    hand_in(case, office.pelaksana)
    done = task(case)
    actions.complete_task(done, by=office.pelaksana, at=WHEN)
    with pytest.raises(Refusal, match="sedang tidak dikerjakan"):
        actions.hand_in(
            done, "konsep", content=PDF, filename="a.csv", by=office.pelaksana, at=WHEN
        )


def test_the_work_cannot_close_without_its_result(office, case):
    with pytest.raises(Incomplete) as refused:
        actions.complete_task(task(case), by=office.pelaksana, at=WHEN)
    assert ["Konsep" in m.sentence for m in refused.value.missing] == [True]


def test_a_co_actor_follows_the_work_and_then_the_next_step(office, case):
    hand_in(case, office.pelaksana)
    actions.complete_task(task(case), by=office.pelaksana, at=minutes(5))
    paraf = task(case, "paraf")
    assert paraf.actor == "kasubbag"
    actions.complete_task(paraf, by=office.kasubbag, at=minutes(9))
    assert task(case).step == "a2"


def test_co_actors_share_the_deadline_of_their_row(office, case):
    hand_in(case, office.pelaksana)
    work = task(case)
    actions.complete_task(work, by=office.pelaksana, at=minutes(30))
    paraf = task(case, "paraf")
    assert paraf.deadline == work.deadline
    assert paraf.row_opened_at == work.row_opened_at


def test_the_first_saved_act_marks_the_start(office, case):
    hand_in(case, office.pelaksana, at=minutes(12))
    hand_in(case, office.pelaksana2, at=minutes(40))
    assert task(case).started_at == minutes(12)


def test_any_holder_may_work_and_every_act_names_its_person(office, case):
    hand_in(case, office.pelaksana)
    actions.complete_task(task(case), by=office.pelaksana2, at=minutes(3))
    done = case.tasks.get(step="a1", part="kerja")
    assert done.done_by == office.pelaksana2
    assert done.done_role == "Pelaksana Data Contoh"


@pytest.mark.parametrize("who", ["kasubbag", "camat", "kasi"])
def test_a_task_belongs_to_its_position(office, case, who):
    with pytest.raises(Refusal, match="jabatan lain"):
        hand_in(case, getattr(office, who))


def test_a_stranger_cannot_touch_a_case(case):
    outsider = make_outsider()
    with pytest.raises(Refusal):
        hand_in(case, outsider)
    assert not queries.visible_cases(outsider, WHEN).exists()


def test_a_closed_task_stays_closed(office, case):
    hand_in(case, office.pelaksana)
    work = task(case)
    actions.complete_task(work, by=office.pelaksana, at=WHEN)
    with pytest.raises(Refusal, match="sudah ditutup oleh Pelaksana Perencanaan"):
        actions.complete_task(work, by=office.pelaksana2, at=WHEN)


def through_a1(office, case, start=0):
    hand_in(case, office.pelaksana, at=minutes(start))
    actions.complete_task(task(case), by=office.pelaksana, at=minutes(start + 1))
    paraf = task(case, "paraf")
    actions.complete_task(paraf, by=office.kasubbag, at=minutes(start + 2))


def test_a_decision_asks_for_one_of_its_outcomes(office, case):
    through_a1(office, case)
    with pytest.raises(Refusal, match="Setuju, Tolak"):
        actions.complete_task(task(case), by=office.camat, at=minutes(3))


@pytest.mark.parametrize("outcome", ["Setuju", "kembali:a1"])
def test_work_without_a_choice_takes_no_outcome(office, case, outcome):
    hand_in(case, office.pelaksana)
    with pytest.raises(Refusal, match="tidak mempunyai pilihan"):
        actions.complete_task(
            task(case), by=office.pelaksana, at=minutes(1), outcome=outcome
        )
    assert task(case).step == "a1"


def test_a_paraf_takes_no_outcome(office, case):
    hand_in(case, office.pelaksana)
    actions.complete_task(task(case), by=office.pelaksana, at=minutes(1))
    paraf = task(case, "paraf")
    with pytest.raises(Refusal, match="tidak mempunyai pilihan"):
        actions.complete_task(
            paraf, by=office.kasubbag, at=minutes(2), outcome="kembali:a1"
        )


def test_a_decision_leads_where_its_outcome_says(office, case):
    through_a1(office, case)
    actions.complete_task(task(case), by=office.camat, at=minutes(3), outcome="Tolak")
    assert (task(case).step, task(case).round) == ("a1", 2)


def to_the_end(office, case):
    through_a1(office, case)
    actions.complete_task(task(case), by=office.camat, at=minutes(3), outcome="Setuju")
    hand_in(case, office.pelaksana, "arsip", at=minutes(4))
    actions.complete_task(task(case), by=office.pelaksana, at=minutes(5))


def test_the_last_step_finishes_the_case(office, case):
    to_the_end(office, case)
    case.refresh_from_db()
    assert (case.state, case.ended_at) == ("selesai", minutes(5))
    assert queries.events_of(case)[-1].type == "case.finished"


def test_nothing_happens_in_a_finished_case(office, case):
    to_the_end(office, case)
    with pytest.raises(Refusal, match="sudah selesai"):
        actions.cancel_case(
            case, reason="terlambat disadari", by=office.sekcam, at=WHEN
        )


def send_back(office, case, at=None):
    return actions.return_step(
        task(case),
        to="a1",
        reason="konsep belum memuat lampiran",
        by=office.camat,
        at=at or minutes(6),
    )


def test_a_return_opens_a_new_round_with_a_fresh_deadline(office, case):
    through_a1(office, case)
    first = case.tasks.get(step="a1", part="kerja", round=1)
    opened = send_back(office, case)
    assert (opened.step, opened.round) == ("a1", 2)
    assert opened.deadline > first.deadline


def test_a_return_needs_a_reason(office, case):
    through_a1(office, case)
    with pytest.raises(Refusal, match="Tulis alasan"):
        actions.return_step(task(case), to="a1", reason="x", by=office.camat, at=WHEN)


def test_returns_stop_at_the_cap_until_the_sekcam_raises_it(office, case):
    for start in (0, 10):
        through_a1(office, case, start)
        send_back(office, case, at=minutes(start + 5))
    through_a1(office, case, 20)
    with pytest.raises(Refusal, match="batas menurut SOP"):
        send_back(office, case)
    actions.raise_cap(
        case,
        source="a2",
        to="a1",
        limit=3,
        reason="lampiran datang terlambat dari desa",
        by=office.sekcam,
        at=minutes(27),
    )
    assert send_back(office, case, at=minutes(28)).round == 4


def test_a_co_actor_may_withhold_his_paraf(office, case):
    hand_in(case, office.pelaksana)
    actions.complete_task(task(case), by=office.pelaksana, at=minutes(1))
    opened = actions.return_step(
        task(case, "paraf"),
        to="a1",
        reason="angka bulan Maret keliru",
        by=office.kasubbag,
        at=minutes(2),
    )
    assert (opened.step, opened.round, opened.part) == ("a1", 2, "kerja")


def test_a_step_without_the_right_cannot_return(office, case):
    with pytest.raises(Refusal, match="tidak mengatur pengembalian"):
        actions.return_step(
            task(case),
            to="a1",
            reason="ingin mengulang saja",
            by=office.pelaksana,
            at=WHEN,
        )


def test_the_deadline_follows_the_office_calendar(case):
    """Opened on Thursday 2 January 2025 at 08.00: one working day later is Friday."""
    due = task(case).deadline.astimezone(ZoneInfo("Asia/Jakarta"))
    assert (due.date().isoformat(), task(case).deadline_firm) == ("2025-01-03", True)


def test_without_any_calendar_a_case_is_refused_with_what_to_enter():
    office = make_office(calendar=False)
    version = adopt_plain(office)
    with pytest.raises(Refusal, match="Administrator perlu memasukkan jam kerja"):
        actions.start_case(version, read_period("2024"), by=office.sekcam, at=WHEN)
    assert not Case.objects.exists()


def test_on_4_january_2027_a_deadline_is_provisional_and_confirmed_by_an_event(
    office, version
):
    then = WHEN.replace(year=2027, day=4)
    case = actions.start_case(version, read_period("2026"), by=office.sekcam, at=then)
    assert not task(case).deadline_firm
    calendar = organization.calendar_of(office.unit).calendar
    moved = actions.put_calendar(
        [office.unit],
        confirm_proposed(calendar, "SKB contoh"),
        seen=1,
        by=office.admin,
        at=then,
    )
    assert moved == 1
    assert task(case).deadline_firm
    assert queries.events_of(case)[-1].type == "deadline.recomputed"


def test_beyond_the_proposed_calendar_the_act_is_refused(office, version):
    then = WHEN.replace(year=2028)
    with pytest.raises(Refusal, match="2028"):
        actions.start_case(version, read_period("2027"), by=office.sekcam, at=then)


def test_an_acting_official_works_and_the_trail_says_so(office, case):
    through_a1(office, case)
    office_actions.appoint(
        office.kasi,
        office.position["camat"],
        status=Status.PLH,
        since=WHEN.date(),
        until=(WHEN + timedelta(days=5)).date(),
        letter="SPT 800/7/2025",
        by=SYSTEM,
        at=WHEN,
    )
    with pytest.raises(Refusal):
        actions.complete_task(task(case), by=office.camat, at=WHEN, outcome="Setuju")
    actions.complete_task(task(case), by=office.kasi, at=minutes(8), outcome="Setuju")
    assert Task.objects.get(case=case, step="a2").done_role == (
        "Plh. Camat Contoh berdasarkan SPT nomor 800/7/2025"
    )
    assert (
        queries.events_of(case)[-2].role
        == "Plh. Camat Contoh berdasarkan SPT nomor 800/7/2025"
    )


def test_the_inbox_holds_the_open_tasks_of_ones_positions(office, case):
    assert list(queries.inbox(office.pelaksana, WHEN)) == [task(case)]
    assert not queries.inbox(office.camat, WHEN)


def test_the_inbox_takes_the_same_queries_with_many_cases(
    office, version, django_assert_num_queries
):
    def cases(codes):
        for code in codes:
            actions.start_case(version, read_period(code), by=office.sekcam, at=WHEN)

    cases(["2024"])
    with django_assert_num_queries(3):
        assert len(queries.inbox(office.pelaksana, WHEN)) == 1
    cases([f"2024-B{n:02}" for n in range(1, 13)])
    with django_assert_num_queries(3):
        assert len(queries.inbox(office.pelaksana, WHEN)) == 13


def test_the_schedule_starts_the_case_of_the_period_that_ended(office, version):
    """After Idul Fitri 2025 the first working day of April is the eighth."""
    assert [c.period_code for c in actions.start_due_cases(WHEN)] == ["2024-TW4"]
    assert actions.start_due_cases(WHEN.replace(month=4, day=7)) == []
    day = WHEN.replace(month=4, day=8)
    assert [c.period_code for c in actions.start_due_cases(day)] == ["2025-TW1"]
    assert actions.start_due_cases(day + timedelta(days=1)) == []


def test_a_cancelled_case_is_not_started_again_by_the_schedule(office, version):
    [case] = actions.start_due_cases(WHEN)
    actions.cancel_case(
        case, reason="sudah dilaporkan manual", by=office.sekcam, at=WHEN
    )
    assert actions.start_due_cases(WHEN + timedelta(days=1)) == []


def test_an_sop_adopted_later_starts_nothing_for_the_time_before(office, version):
    type(version).objects.update(adopted_at=WHEN + timedelta(days=20))
    assert actions.start_due_cases(WHEN + timedelta(days=21)) == []
