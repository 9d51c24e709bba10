"""The money of a year as a sheet: sums that add up, and amounts that are kept together."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.ledger.models import Event
from himpun.organization.tests.builders import WHEN
from himpun.planning import actions, queries
from himpun.planning.models import Budget, Spending
from himpun.planning.rules import Stage
from himpun.planning.tests.plan_builders import (
    budget,
    planning_office,
    programme,
    spend,
)
from himpun.shared import clock
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import PeriodKind, read_period

pytestmark = pytest.mark.django_db
FIRST, SECOND = "7.01.01.2.06.0001", "7.01.01.2.06.0002"


@pytest.fixture
def office():
    clock.start_at(WHEN)
    return planning_office()


def line(sheet, code):
    return next(one for one in sheet.lines if one.programme.code == code)


def test_a_sheet_adds_up_from_the_lowest_rows_to_the_whole(office):
    budget(office, FIRST, 60)
    budget(office, SECOND, 40)
    budget(office, SECOND, 50, stage=Stage.CHANGED, since=WHEN.date())
    spend(office, FIRST, "2025-B02", 10)
    spend(office, FIRST, "2025-B04", 5)
    sheet = queries.money_sheet(office.unit, 2025, PeriodKind.QUARTER)
    for one in (line(sheet, "7.01.01"), sheet.total):
        assert (one.original, one.money.budget, one.money.spent) == (100, 110, 15)
        assert one.spent == (10, 5, None, None)
        assert one.left == 95
    assert (sheet.changed, sheet.unspent) == (True, 1)
    assert not line(sheet, "7.01.01").open
    assert [one.depth for one in sheet.lines] == [0, 1, 2, 2, 0]
    assert queries.money_sheet(office.unit, 2025).kind is PeriodKind.MONTH


def test_what_is_typed_is_added_up_before_it_is_kept(office):
    budget(office, FIRST, 60)
    sheet = queries.money_sheet(office.unit, 2025)
    rows = [programme(office, code).pk for code in (FIRST, SECOND)]
    typed = {(rows[0], Stage.ORIGINAL): None, (rows[1], Stage.ORIGINAL): 7}
    assert sheet.with_typed(typed).total.money.budget == 7
    assert sheet.total.money.budget == 60


def test_more_rows_ask_no_more_queries(office):
    with CaptureQueriesContext(connection) as few:
        queries.money_sheet(office.unit, 2025)
    for code in (FIRST, SECOND):
        budget(office, code, 60)
        spend(office, code, "2025-TW1", 5)
    with CaptureQueriesContext(connection) as many:
        queries.money_sheet(office.unit, 2025)
    assert len(few) == len(many) == 3


def amount(office, code, place, value):
    return actions.Amount(code, programme(office, code), place, value)


def keep(office, amounts, by):
    return actions.keep_money(
        office.unit, 2025, amounts, origin="DPA (contoh)", by=by, at=WHEN
    )


def test_a_sheet_is_kept_as_a_whole_or_not_at_all(office):
    good = amount(office, FIRST, Stage.ORIGINAL, 5)
    undated = amount(office, SECOND, Stage.CHANGED, 6)
    before = Event.objects.count()
    with pytest.raises(Refusal) as refused:
        keep(office, [good, undated], office.kasubbag)
    assert refused.value.field == "since"
    assert (Budget.objects.count(), Event.objects.count()) == (0, before)
    assert keep(office, [good], office.kasubbag) == 1
    assert keep(office, [good], office.kasubbag) == 0


def test_who_plans_does_not_key_what_was_spent(office):
    spent = amount(office, FIRST, read_period("2025-TW1"), 5)
    with pytest.raises(Refusal, match="Bendahara"):
        keep(office, [spent], office.kasubbag)
    assert keep(office, [spent], office.bendahara) == 1
    assert Spending.objects.get().amount == 5


def test_a_programme_of_another_office_is_not_budgeted(office):
    own = amount(office, FIRST, Stage.ORIGINAL, 5)
    other = planning_office()
    with pytest.raises(Refusal, match="bukan program kantor ini"):
        keep(other, [own], other.kasubbag)
