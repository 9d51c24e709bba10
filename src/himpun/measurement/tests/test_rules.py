from datetime import date
from decimal import Decimal

from himpun.formula import Band, Scale
from himpun.measurement.rules import chart, opening, periods_beside, trend_periods
from himpun.worktime.periods import read_period


def codes(periods):
    return [period.code for period in periods]


def test_a_year_stands_beside_the_four_before_it():
    assert codes(periods_beside(read_period("2024"))) == [
        *("2020", "2021", "2022", "2023", "2024")
    ]


def test_a_quarter_stands_beside_the_ones_before_it_in_its_year():
    assert codes(periods_beside(read_period("2026-TW3"))) == [
        *("2026-TW1", "2026-TW2", "2026-TW3")
    ]


def test_a_trend_goes_back_across_years():
    found = codes(trend_periods(read_period("2026-TW2")))
    assert found[0] == "2024-TW3"
    assert found[-1] == "2026-TW2"
    assert len(found) == 8


def test_a_chart_needs_two_values():
    assert chart([("2023", None), ("2024", Decimal(90))]) is None


def test_a_chart_leaves_out_what_is_not_measured_and_rises_with_the_value():
    found = chart(
        [("2022", Decimal(80)), ("2023", None), ("2024", Decimal(100))],
    )
    assert len(found.line.split()) == 2
    first, _gap, last = found.points
    assert last.y < first.y
    assert last.y == found.full


def test_a_chart_names_its_periods_and_says_the_year_once():
    quarters = ["2025-TW3", "2025-TW4", "2026-TW1"]
    found = chart([(code, Decimal(90)) for code in quarters])
    under = [(point.label, point.year) for point in found.points]
    assert under == [("III", "2025"), ("IV", ""), ("I", "2026")]
    years = chart([("2023", Decimal(90)), ("2024", Decimal(91))])
    assert [point.label for point in years.points] == ["2023", "2024"]


def test_a_chart_shows_the_ranks_that_it_reaches_without_a_gap():
    bands = (
        Band("Tinggi", Decimal(90)),
        Band("Sedang", Decimal(60)),
        Band("Rendah", None),
    )
    scale = Scale("uji", 1, "contoh", bands)
    found = chart([("2023", Decimal(85)), ("2024", Decimal(95))], scale)
    high, middle = found.stripes
    assert (high.name, middle.name) == ("Tinggi", "Sedang")
    assert high.y + high.height == middle.y
    assert high.y < found.points[1].y < middle.y < found.points[0].y


def test_small_changes_look_small():
    first, last = chart([("2023", Decimal(100)), ("2024", Decimal(101))]).points
    assert 0 < first.y - last.y < 10


def test_the_page_opens_at_the_last_quarter_that_has_ended():
    october = date(2026, 10, 7)
    assert opening(2026, october, quarters=True).code == "2026-TW3"
    assert opening(2026, date(2026, 2, 1), quarters=True).code == "2026-TW1"
    assert opening(2025, october, quarters=True).code == "2025-TW4"
    assert opening(2026, october, quarters=False).code == "2026"
