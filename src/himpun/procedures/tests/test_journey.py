"""Where a case stands, in the words of ribbon and journey."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun import worktime
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, queries
from himpun.procedures.models import Task
from himpun.procedures.queries import journey
from himpun.procedures.tests.builders import start
from himpun.shared.journey import Stage
from himpun.worktime.periods import read_period

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def case(office):
    return start(office)


def stages(case, at=WHEN):
    return [stop.stage for stop in journey.journey(case, at)]


def test_a_new_case_stands_at_its_first_step(case):
    first, *rest = journey.journey(case, WHEN)
    assert first.stage is Stage.NOW
    assert first.light == worktime.Light.SAFE
    assert first.short == "Sisa 1 hari kerja"
    assert {stop.stage for stop in rest} == {Stage.AHEAD}
    assert rest[0].short == "standar 1 hari"
    assert rest[-1].who == "Pelaksana, Camat"


def test_time_is_told_in_working_days_and_short_steps_in_minutes(case):
    later = WHEN + timedelta(hours=4)
    assert journey.journey(case, later)[0].spent == "0,5 hari berjalan"
    calendar = worktime.shipped_calendar()
    an_hour = WHEN + timedelta(minutes=65)
    assert journey.spent(calendar, WHEN, an_hour, "menit") == "1 jam 5 menit"
    assert journey.spent(calendar, WHEN, WHEN, "hari") == "kurang dari 1 menit"
    assert journey.spent(None, WHEN, an_hour, "menit") == ""


def test_a_late_step_says_by_how_much(case):
    late = journey.journey(case, WHEN + timedelta(days=4))[0]
    assert late.light == worktime.Light.LATE
    assert late.short == "Lewat 1 hari"


def test_a_closed_step_compares_what_it_took_with_its_standard(case):
    done = WHEN + timedelta(hours=2)
    case.tasks.update(done_at=done)
    first = journey.journey(case, done)[0]
    assert first.stage is Stage.DONE
    assert first.short == "0,3 hari dari 1 hari"
    assert first.light == worktime.Light.SAFE
    case.tasks.update(done_at=WHEN + timedelta(days=5))
    assert journey.journey(case, done)[0].light == worktime.Light.LATE


def test_a_step_that_was_sent_back_lies_ahead_again(case):
    case.tasks.update(done_at=WHEN, outcome="kembali:l1")
    assert stages(case)[0] is Stage.AHEAD


def test_a_day_outside_the_calendar_is_no_mistake(case):
    far = WHEN.replace(year=2040)
    first = journey.journey(case, far)[0]
    assert first.spent == ""
    assert first.light == worktime.Light.LATE
    assert "Lewat sejak" in first.short


def test_many_cases_cost_the_queries_of_one(office, case):
    def cost():
        cases = list(queries.visible_cases(office.camat, WHEN))
        with CaptureQueriesContext(connection) as seen:
            journey.journeys(cases, WHEN)
            journey.holders(journey.open_tasks(cases), WHEN)
        return len(seen)

    one = cost()
    for year in range(2015, 2024):
        actions.start_case(
            case.version, read_period(str(year)), by=office.kasubbag, at=WHEN
        )
    assert cost() == one


def test_all_who_may_work_a_task_hold_it(office, case):
    task = queries.open_work(case)
    seated = journey.holders([task], WHEN)[task.pk]
    assert {h.person for h in seated} == {office.pelaksana.pk, office.pelaksana2.pk}
    assert all(h.role.startswith("Pelaksana") for h in seated)


def test_a_task_that_nobody_may_work_has_no_holder(office, case):
    for position in ("pelaksana", "pelaksana2"):
        office.position[position].officials.update(
            until=WHEN.date() - timedelta(days=1)
        )
    task = Task.objects.get()
    assert journey.holders([task], WHEN) == {task.pk: []}
