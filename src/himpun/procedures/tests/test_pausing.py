"""A row waits for somebody outside: its clock stands still, everything is on record."""

from datetime import timedelta

import pytest

from himpun import worktime
from himpun.ledger import queries as ledger
from himpun.notices.models import Notice
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, queries, tasks
from himpun.procedures.models import Pause, Task
from himpun.procedures.queries import journey, opened, statistics, trail
from himpun.shared.refusals import Refusal
from himpun.shared.tests.clock import signed_in

from .builders import Run, minutes, start

pytestmark = pytest.mark.django_db
CALENDAR = worktime.shipped_calendar()
WAITS = {"waits_for": "Dinas Kesehatan", "reason": "rekap puskesmas belum terbit"}
LATER = WHEN + timedelta(days=4)
"""Monday 6 January 2025, 08.00: two working days after Thursday."""


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def case(office):
    return start(office)


def first(case):
    return case.tasks.get(step=case.tasks.first().step, part="kerja")


def pause(case, by, at=WHEN, **words):
    return actions.pause(first(case), **(WAITS | words), by=by, at=at)


def test_the_deadline_moves_by_the_working_time_spent_waiting(office, case):
    due = first(case).deadline
    pause(case, office.pelaksana)
    actions.resume(first(case), by=office.pelaksana, at=LATER)
    moved = worktime.in_working_words(CALENDAR, due, first(case).deadline)
    assert moved.days == worktime.in_working_words(CALENDAR, WHEN, LATER).days == 2
    assert first(case).paused_at is None


def test_begin_and_end_are_events_with_reason_and_both_deadlines(office, case):
    due = first(case).deadline
    pause(case, office.pelaksana)
    actions.resume(first(case), by=office.pelaksana, at=LATER)
    begun, ended = queries.events_of(case)[-2:]
    assert (begun.type, ended.type) == ("pause.begun", "pause.ended")
    data = ledger.data_of(begun)
    texts = ledger.texts([data["waits_for"], data["reason"]])
    assert set(texts.values()) == set(WAITS.values())
    said = trail.lines(case)[-1]
    assert ledger.data_of(ended)["before"].startswith(due.isoformat()[:16])
    assert "tenggat Jum 3 Jan 2025" in said.about
    assert "Sel 7 Jan 2025" in said.about
    assert "Dinas Kesehatan" in trail.lines(case)[-2].said


def test_co_actors_and_superiors_are_told(office, case):
    office.position["pelaksana"].superior = office.position["kasubbag"]
    office.position["pelaksana"].save()
    pause(case, office.pelaksana)
    told = {notice.person for notice in Notice.objects.all()}
    assert office.kasubbag in told
    assert office.pelaksana2 in told
    assert office.pelaksana not in told


def test_nobody_is_reminded_while_a_row_waits(office, case):
    pause(case, office.pelaksana)
    Notice.objects.all().delete()
    assert tasks.remind(WHEN + timedelta(days=30)) == 0
    light = journey.light_of(first(case), CALENDAR, WHEN + timedelta(days=30))
    assert light is worktime.Light.WAITING
    actions.resume(first(case), by=office.pelaksana, at=LATER)
    assert tasks.remind(WHEN + timedelta(days=30)) == 2


def test_only_a_holder_of_the_task_stops_and_starts_the_clock(office, case):
    for person in (office.kasubbag, office.camat, office.kasi):
        with pytest.raises(Refusal, match="jabatan lain"):
            pause(case, person)
    pause(case, office.pelaksana)
    with pytest.raises(Refusal, match="jabatan lain"):
        actions.resume(first(case), by=office.kasi, at=LATER)


def test_whoever_a_task_was_handed_to_stops_its_clock_and_nobody_else(office, case):
    actions.assign_task(
        first(case),
        office.position["kasi"],
        reason="pelaksana sedang dinas luar",
        by=office.sekcam,
        at=WHEN,
    )
    with pytest.raises(Refusal):
        pause(case, office.pelaksana)
    pause(case, office.kasi)
    assert first(case).seen_at == WHEN


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"reason": "nanti"}, "Tulis alasan"),
        ({"waits_for": " "}, "siapa yang ditunggu"),
    ],
)
def test_who_is_waited_for_and_why_must_be_said(office, case, words, said):
    with pytest.raises(Refusal, match=said):
        pause(case, office.pelaksana, **words)
    assert not Pause.objects.exists()


def test_a_row_waits_once_at_a_time_and_ends_only_what_began(office, case):
    with pytest.raises(Refusal, match="sedang tidak menunggu"):
        actions.resume(first(case), by=office.pelaksana, at=LATER)
    pause(case, office.pelaksana)
    with pytest.raises(Refusal, match="sudah menunggu"):
        pause(case, office.pelaksana2)


def test_a_waiting_task_is_not_closed(office):
    run = Run(office, "mundur")
    step = run.case.tasks.first().step
    actions.pause(run.task(step), **WAITS, by=office.pelaksana, at=run.now)
    with pytest.raises(Refusal, match="menunggu pihak luar"):
        run.do(step, "pelaksana")


@pytest.mark.parametrize("resumed", [False, True])
def test_what_is_taken_back_has_the_clock_of_its_row(office, resumed):
    """The Kasubbag closed his part; those who count with him wait for the bank."""
    run = Run(office, "bersama")
    run.do("hitung", "kasubbag")
    mine = run.case.tasks.get(step="hitung", part="kerja")
    other = run.task("hitung", "bersama")
    actions.pause(other, **WAITS, by=office.pelaksana, at=run.now)
    if resumed:
        actions.resume(other, by=office.pelaksana, at=LATER)
    reason = "lembar hitungnya tertukar"
    actions.withdraw_task(mine, reason=reason, by=office.kasubbag, at=LATER)
    both = run.case.tasks.filter(step="hitung", done_at__isnull=True)
    assert both.count() == 2
    assert len({(t.paused_at, t.deadline, t.calendar_version) for t in both}) == 1
    assert (both[0].paused_at is None) == resumed
    assert ("tenggat" in trail.lines(run.case)[-1].about) == resumed


def test_a_pause_that_ends_before_it_began_by_the_clock_gives_nothing_back(
    office, case
):
    due = first(case).deadline
    pause(case, office.pelaksana, minutes(10))
    row = actions.resume(first(case), by=office.pelaksana, at=minutes(5))
    assert (row.begun_at, row.ended_at) == (minutes(10), minutes(10))
    assert first(case).deadline == due


def test_a_cancelled_case_waits_for_nobody(office, case):
    pause(case, office.pelaksana)
    actions.cancel_case(case, reason="salah periode", by=office.sekcam, at=LATER)
    [row] = Pause.objects.all()
    assert row.ended_at == LATER
    assert row.ended_role == "Sekretaris Kecamatan Contoh"


def test_several_pauses_are_counted_and_all_given_back(office, case):
    due = first(case).deadline
    for day in (0, 1):
        begun = WHEN + timedelta(days=day)
        pause(case, office.pelaksana, begun)
        actions.resume(
            first(case), by=office.pelaksana, at=begun + timedelta(minutes=60)
        )
    gone = worktime.in_working_words(CALENDAR, due, first(case).deadline).days
    one = worktime.in_working_words(CALENDAR, WHEN, minutes(60)).days
    other = worktime.in_working_words(
        CALENDAR, WHEN + timedelta(days=1), minutes(24 * 60 + 60)
    ).days
    assert gone == pytest.approx(one + other, abs=1e-4)
    pause(case, office.pelaksana, LATER)
    [shown] = opened.open_tasks([first(case)], office.pelaksana, LATER)
    assert (shown.pause.times, shown.pause.waits_for) == (3, "Dinas Kesehatan")


def test_a_new_calendar_keeps_what_was_spent_waiting(office, case):
    pause(case, office.pelaksana)
    actions.resume(first(case), by=office.pelaksana, at=LATER)
    due = first(case).deadline
    day = due.astimezone(CALENDAR.tz).date()
    free = worktime.Holiday(day, "Libur setempat", worktime.HolidayKind.LOCAL, "SK 2")
    actions.put_calendar(
        [office.unit],
        worktime.with_holiday(CALENDAR, free),
        seen=1,
        by=office.admin,
        at=LATER,
    )
    assert first(case).deadline - due == timedelta(days=1)


def test_statistics_leave_the_waiting_out(office):
    run = Run(office, "mundur")
    step = run.case.tasks.first().step
    run.prepare(step, office.pelaksana)
    actions.pause(run.task(step), **WAITS, by=office.pelaksana, at=minutes(30))
    actions.resume(run.task(step), by=office.pelaksana, at=minutes(30 + 24 * 60))
    actions.complete_task(run.task(step), by=office.pelaksana, at=minutes(45 + 24 * 60))
    [row] = [
        row
        for row in statistics.rows([run.case.procedure_id], 2025)
        if row.step == step
    ]
    unit = {"hari": worktime.in_working_words(CALENDAR, WHEN, minutes(45)).days}
    assert row.whole == pytest.approx(unit.get(row.unit, 45), abs=1e-3)
    task = Task.objects.get(case=run.case, step=step, part="kerja")
    assert row.on_time == (task.done_at <= task.deadline)


def test_the_journey_leaves_the_waiting_out(office, case):
    pause(case, office.pelaksana, minutes(60))
    [now, *_rest] = journey.journey(case, LATER)
    assert (now.light, now.spent, now.short) == (
        "menunggu",
        "menunggu",
        "Menunggu pihak luar",
    )
    actions.resume(first(case), by=office.pelaksana, at=minutes(60 + 24 * 60))
    [now, *_rest] = journey.journey(case, minutes(120 + 24 * 60))
    assert now.spent == "0,3 hari berjalan"


# The pages


@pytest.mark.usefixtures("morning")
def test_the_page_stops_the_clock_and_lets_it_run_again(office, case):
    client, task = signed_in(office.pelaksana), first(case)
    page = f"/kasus/{case.pk}"
    assert "Menunggu pihak luar" in client.get(page).content.decode()
    empty = client.post(
        f"/tugas/{task.pk}/menunggu", {"waits_for": "Dinas", "reason": ""}
    )
    assert empty.status_code == 422
    assert 'value="Dinas"' in empty.content.decode()
    answer = client.post(f"/tugas/{task.pk}/menunggu", WAITS, follow=True)
    shown = answer.content.decode()
    assert "Menunggu Dinas Kesehatan" in shown
    assert "Lanjutkan" in shown
    assert "Tutup langkah" not in shown
    answer = client.post(f"/tugas/{task.pk}/lanjutkan", follow=True)
    assert "Waktu berjalan lagi." in answer.content.decode()
    again = client.post(f"/tugas/{task.pk}/lanjutkan")
    assert "sedang tidak menunggu" in again.content.decode()


@pytest.mark.usefixtures("morning")
def test_others_are_told_that_they_cannot_stop_it(office, case):
    answer = signed_in(office.camat).get(f"/tugas/{first(case).pk}/menunggu")
    assert answer.status_code == 403
