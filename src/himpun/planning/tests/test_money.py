from datetime import date
from decimal import Decimal

import pytest

from himpun.planning import rules
from himpun.planning.rules import Line, Stage
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import read_period


@pytest.mark.parametrize("amount", ["0", "2500000", "674180800.00", "999999999999999"])
def test_whole_rupiah_are_taken(amount):
    assert rules.whole_rupiah(Decimal(amount)) == Decimal(amount)


@pytest.mark.parametrize("amount", ["0.5", "-1", "1E15", "NaN", "Infinity"])
def test_sen_less_than_nothing_and_too_much_are_refused(amount):
    with pytest.raises(Refusal):
        rules.whole_rupiah(Decimal(amount))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", None),
        ("0", 0),
        ("2500000", 2_500_000),
        ("2.500", 2_500),
        (" Rp 2.500.000,00 ", 2_500_000),
        ("Rp2.500.000,-", 2_500_000),
    ],
)
def test_rupiah_are_read_as_people_write_them(typed, amount):
    assert rules.read_rupiah(typed) == amount
    assert rules.read_rupiah(rules.write_rupiah(amount)) == amount


@pytest.mark.parametrize("typed", ["2,500,000", "2,5", "2.500.00", "dua juta", "-5"])
def test_what_may_be_no_rupiah_is_asked(typed):
    with pytest.raises(Refusal):
        rules.read_rupiah(typed)


@pytest.mark.parametrize("year", [-1, 0, 1944, 2205, 99999])
def test_a_budget_is_of_a_year_that_plans_speak_of(year):
    with pytest.raises(Refusal, match="antara 1945 dan 2100"):
        rules.settle_since(year, Stage.ORIGINAL, None)


def test_a_budget_holds_from_its_day_and_its_change_from_a_later_one():
    assert rules.settle_since(2024, Stage.ORIGINAL, None) == date(2024, 1, 1)
    for since in (None, date(2025, 1, 1)):
        with pytest.raises(Refusal, match="tahun 2024"):
            rules.settle_since(2024, Stage.CHANGED, since)
    budgets = {
        Stage.ORIGINAL: (date(2024, 1, 1), 100),
        Stage.CHANGED: (date(2024, 9, 30), 80),
    }
    assert rules.in_force_on(budgets, date(2024, 6, 30)) == 100
    assert rules.in_force_on(budgets, date(2024, 12, 31)) == 80
    assert rules.in_force_on(budgets, date(2023, 12, 31)) is None


@pytest.mark.parametrize("other", ["2024", "2024-TW1", "2024-S1"])
def test_the_same_rupiah_is_not_recorded_for_two_lengths_of_period(other):
    with pytest.raises(Refusal, match="dua kali"):
        rules.refuse_overlap(read_period("2024-B02"), [read_period(other)])


def test_periods_beside_each_other_do_not_overlap():
    others = [read_period(code) for code in ("2024-B01", "2024-TW2", "2023")]
    rules.refuse_overlap(read_period("2024-B02"), others)


def line(programme, parent=None, budget=None, spent=None):
    return Line(programme, parent, f"baris {programme}", budget, spent)


def test_parts_are_added_up_where_a_line_has_no_figure_of_its_own():
    found = rules.add_up(
        [line(1), line(2, 1), line(3, 2, 60, 30), line(4, 2, 40), line(5, 2)]
    )
    assert (found[1].budget, found[1].spent, found[1].percent) == (100, 30, 30)
    assert (found[1].counted, found[1].total) == (1, 3)
    assert found[1].doubts == ()
    assert found[5].budget is None
    assert found[5].percent is None


def test_nothing_keyed_is_no_zero_and_a_budget_of_0_gives_no_percentage():
    found = rules.add_up([line(1, budget=100), line(2, budget=0, spent=0)])
    assert (found[1].spent, found[1].percent) == (None, None)
    assert (found[2].spent, found[2].percent) == (0, None)
    whole = rules.total_of(list(found.values()))
    assert (whole.budget, whole.spent, whole.percent) == (100, 0, 0)


def test_spending_is_complete_when_every_budget_has_it_of_all_months():
    def whole(*lines):
        return rules.add_up([line(1, None), *lines])[1].complete

    full, short = (Line(2, 1, "a", 60, 50, throughout=t) for t in (True, False))
    assert whole(full)
    assert whole(full, line(3, 1, None), line(4, 1, 0))
    assert not whole(full, line(3, 1, 40))
    assert not whole(short)
    assert not whole()
    own = Line(1, None, "a", 100, 90, throughout=True)
    assert rules.add_up([own, line(2, 1, 100)])[1].complete


def test_a_line_that_is_not_the_sum_of_its_parts_is_doubted_and_stands():
    found = rules.add_up([line(1, None, 100, 90), line(2, 1, 60, 50), line(3, 1, 30)])
    assert (found[1].budget, found[1].spent) == (100, 90)
    budget, spent = found[1].doubts
    assert budget.startswith("pagu baris 1 Rp100, sedangkan jumlah bagiannya Rp90")
    assert spent.startswith("realisasi baris 1 Rp90")


def test_more_spent_than_there_was_is_a_doubt():
    found = rules.add_up([line(1, None, 2500000, 2500001), line(2, None, None, 1)])
    assert "Rp2.500.001 melebihi pagu Rp2.500.000" in found[1].doubts[0]
    assert "tanpa pagu" in found[2].doubts[0]
    assert rules.overspent("x", 5, 5) is None
    assert rules.overspent("x", 0, None) is None
