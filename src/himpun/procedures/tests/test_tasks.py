"""What the clock brings: reminders that the SOP asks for, calendars that end."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from himpun import worktime
from himpun.ledger.models import Event
from himpun.ledger.rules import SYSTEM
from himpun.notices import queries as outbox
from himpun.notices.models import Mail, Notice
from himpun.organization import actions as office_actions
from himpun.organization.models import Official
from himpun.organization.rules import AbsenceKind, Status
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, tasks
from himpun.shared.refusals import Refusal
from himpun.sop.shipped import shipped
from himpun.worktime.periods import read_period

from .builders import SEED, adopt_seed, minutes, start

pytestmark = pytest.mark.django_db
NEAR, LATE = minutes(475), WHEN + timedelta(days=5)
"""The first step of the seed has one working day: 7,5 hours."""


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def case(office):
    return start(office)


def told():
    return sorted(Notice.objects.values_list("person__username", flat=True))


def names(*people):
    return sorted(person.username for person in people)


def test_nobody_is_reminded_while_there_is_time(case):
    assert tasks.remind(minutes(60)) == 0
    assert not Notice.objects.exists()


def test_the_holders_are_reminded_once_when_the_time_is_nearly_used(office, case):
    events = Event.objects.count()
    assert tasks.remind(NEAR) == 2
    assert told() == names(office.pelaksana, office.pelaksana2)
    notice = Notice.objects.first()
    assert "Tenggat" in notice.text
    assert notice.link == f"/kasus/{case.pk}"
    assert tasks.remind(NEAR + timedelta(minutes=5)) == 0
    assert Event.objects.count() == events


def test_a_late_task_is_told_to_its_holders_and_their_superior(office, case):
    superior, staff = office.position["kasubbag"], office.position["pelaksana"]
    staff.superior = superior
    staff.save()
    assert tasks.remind(LATE) == 3
    assert told() == names(office.pelaksana, office.pelaksana2, office.kasubbag)
    assert "Lewat tenggat" in Notice.objects.first().text
    assert tasks.remind(LATE + timedelta(days=1)) == 0


def test_a_closed_case_reminds_nobody(office, case):
    actions.cancel_case(case, reason="salah periode", by=office.sekcam, at=WHEN)
    assert tasks.remind(LATE) == 0


def test_an_sop_without_escalation_reminds_nobody(office):
    source = shipped()[SEED].decode()
    lines = [x for x in source.splitlines() if not x.startswith("  eskalasi:")]
    start(office, version=adopt_seed(office, source="\n".join(lines).encode()))
    assert tasks.remind(LATE) == 0


def test_a_reminder_costs_the_same_queries_for_many_cases(
    office, case, django_assert_max_num_queries
):
    tasks.remind(NEAR)
    for period in ("2023", "2022", "2021"):
        actions.start_case(
            case.version, read_period(period), by=office.kasubbag, at=NEAR
        )
    with django_assert_max_num_queries(4):
        tasks.remind(NEAR)


def shorter(last):
    """Return the shipped calendar, confirmed until a day and silent after it."""
    whole = worktime.shipped_calendar()
    return replace(
        whole,
        confirmed=worktime.Span(whole.confirmed.first, last),
        proposed=None,
        special_weeks=(),
        holidays=tuple(h for h in whole.holidays if h.day <= last),
        worked_days=tuple(w for w in whole.worked_days if w.day <= last),
    )


def end_calendar(office, last):
    office_actions.set_calendar(office.unit, shorter(last), by=SYSTEM, at=WHEN)


def test_administrator_and_kasubbag_are_told_once_that_a_calendar_ends(office):
    end_calendar(office, (WHEN + timedelta(days=60)).date())
    assert tasks.warn_of_calendars(WHEN) == 3
    assert told() == names(office.admin, office.kasubbag, office.kasubbag2)
    assert "Kalender kerja Kecamatan Contoh" in Notice.objects.first().text
    assert tasks.warn_of_calendars(WHEN + timedelta(days=1)) == 0


def test_a_calendar_that_reaches_further_is_not_spoken_of(office):
    end_calendar(office, (WHEN + timedelta(days=61)).date())
    assert tasks.warn_of_calendars(WHEN) == 0


def test_an_office_without_calendar_is_passed_over():
    make_office(calendar=False)
    assert tasks.warn_of_calendars(WHEN) == 0


def test_an_office_that_cannot_start_a_case_holds_nobody_else_up(office):
    first, second = adopt_seed(office), adopt_seed(make_office("Kecamatan Kedua"))
    end_calendar(office, date(2025, 1, 2))
    with pytest.raises(Refusal):
        actions.start_case(
            first, read_period("2024-TW4"), by=office.kasubbag, at=minutes(60)
        )
    [started] = actions.start_due_cases(minutes(60))
    assert started.version == second


def remind_at(share):
    """Return the seed with another `eskalasi.ingatkan_pada`."""
    lines = shipped()[SEED].decode().splitlines()
    [place] = [n for n, line in enumerate(lines) if "ingatkan_pada" in line]
    lines[place] = re.sub(
        r"ingatkan_pada: *[0-9.]+", f"ingatkan_pada: {share}", lines[place]
    )
    return "\n".join(lines).encode()


@pytest.mark.parametrize(("share", "near"), [("0.3", 135), ("0.5", 225)])
def test_the_stored_rule_says_when_the_reminder_comes(office, share, near):
    """The first step's day is 450 minutes; what is due today is near in any case."""
    start(office, version=adopt_seed(office, source=remind_at(share)))
    lunch = 60 if near > 240 else 0
    assert tasks.remind(minutes(near - 1)) == 0
    assert tasks.remind(minutes(near + lunch)) == 2


def test_a_reminder_says_the_time_of_the_office(office):
    calendar = worktime.shipped_calendar("Asia/Jayapura")
    office_actions.set_calendar(office.unit, calendar, by=SYSTEM, at=WHEN)
    start(office)
    tasks.remind(LATE)
    assert " WIT." in Notice.objects.first().text


def test_a_task_that_was_handed_on_reminds_whose_it_is_now(office, case):
    task = case.tasks.get()
    actions.assign_task(
        task,
        office.position["kasi"],
        reason="pelaksana sedang dinas luar",
        by=office.sekcam,
        at=WHEN,
    )
    Notice.objects.all().delete()
    tasks.remind(NEAR)
    assert told() == names(office.kasi)


@pytest.fixture
def mailed(office, settings):
    """The office's Pelaksana have addresses, and a mail server is set."""
    settings.HIMPUN_MAIL_FROM = "himpun@contoh.go.id"
    for person in (office.pelaksana, office.pelaksana2):
        person.email = f"{person.username}@contoh.go.id"
        person.save()


class Killed(BaseException):
    """The process ends here."""


def test_a_worker_killed_before_its_record_leaves_nothing_and_repeats(
    mailed, case, monkeypatch
):
    """The notices are written when the first mail gets its name: there it ends."""

    def die(**_domain):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("himpun.notices.actions.make_msgid", die)
        with pytest.raises(Killed):
            tasks.remind(NEAR)
    assert not Notice.objects.exists()
    assert tasks.remind(NEAR) == 2


def test_a_worker_killed_between_record_and_mail_records_nothing_again(mailed, case):
    assert tasks.remind(NEAR) == 2
    waiting = [mail.message_id for mail in outbox.waiting_mail(NEAR)]
    assert tasks.remind(NEAR) == 0
    assert (Notice.objects.count(), Mail.objects.count()) == (2, 2)
    assert [mail.message_id for mail in outbox.waiting_mail(NEAR)] == waiting


# Nobody there


def leave(office, who, days=3):
    today = WHEN.date()
    return office_actions.record_absence(
        office.people[who],
        AbsenceKind.LEAVE,
        since=today,
        until=today + timedelta(days=days),
        by=SYSTEM,
        at=WHEN,
    )


def empty(office, *who):
    for one in who:
        row = Official.objects.get(person=office.people[one])
        last = (WHEN - timedelta(days=1)).date()
        office_actions.end_appointment(row, until=last, by=SYSTEM, at=WHEN)


def test_a_task_of_an_empty_position_is_told_to_those_who_decide_once(office, case):
    assert tasks.warn_of_unattended(WHEN) == 0
    empty(office, "pelaksana", "pelaksana2")
    assert tasks.warn_of_unattended(WHEN) == 3
    assert told() == names(office.camat, office.sekcam, office.admin)
    notice = Notice.objects.first()
    assert notice.text.startswith("Tidak ada yang mengerjakan: ")
    assert notice.link == f"/kasus/{case.pk}"
    assert tasks.warn_of_unattended(WHEN + timedelta(days=1)) == 0


def test_a_task_that_comes_to_nobody_again_is_told_again(office, case):
    leave(office, "pelaksana", days=1)
    leave(office, "pelaksana2", days=1)
    assert tasks.warn_of_unattended(WHEN) == 3
    today = WHEN.date()
    office_actions.appoint(
        office.kasi,
        office.position["pelaksana"],
        status=Status.PLH,
        since=today,
        until=today,
        letter="SPT 800/5",
        at=WHEN,
    )
    assert tasks.warn_of_unattended(WHEN) == 0
    assert tasks.warn_of_unattended(WHEN + timedelta(days=1)) == 3


def test_the_warning_costs_the_same_for_many_tasks(
    office, case, django_assert_num_queries
):
    empty(office, "pelaksana", "pelaksana2")
    tasks.warn_of_unattended(WHEN)
    with django_assert_num_queries(14):
        assert tasks.warn_of_unattended(WHEN) == 0
    for period in ("2023", "2022", "2021"):
        read = read_period(period)
        actions.start_case(case.version, read, by=office.kasubbag, at=WHEN)
    tasks.warn_of_unattended(WHEN)
    with django_assert_num_queries(14):
        assert tasks.warn_of_unattended(WHEN) == 0
