from decimal import Decimal

from himpun.formula import Span
from himpun.measurement.rules import Reached, picture, say_runs
from himpun.worktime.periods import read_period


def years(*pairs):
    found = []
    for place, (target, actual) in enumerate(pairs):
        aims = [None if v is None else Decimal(v) for v in (target, actual)]
        found.append(Reached(str(2020 + place), *aims))
    return found


def test_a_year_without_a_figure_is_a_gap_and_not_a_zero():
    drawn = picture(years((80, 78), (85, 88), (90, None), (90, 91), (91, 92)))
    assert [mark.y is None for mark in drawn.marks] == [
        False,
        False,
        True,
        False,
        False,
    ]
    assert [len(line.split()) for line in drawn.lines] == [2, 2]
    heights = [
        int(point.split(",")[1]) for line in drawn.lines for point in line.split()
    ]
    assert all(22 <= y <= 176 for y in heights)


def test_a_figure_alone_is_a_point_without_a_line():
    drawn = picture(years((None, 5), (None, None), (None, 6)))
    assert drawn.lines == ()
    assert [mark.figure for mark in drawn.marks] == [5, None, 6]


def test_a_higher_figure_stands_higher_and_a_target_beside_it():
    low, high = picture(years((80, 70), (80, 90))).marks
    assert low.y > low.low > high.y
    assert low.low == low.high
    assert (low.above, high.above) == (False, True)


def test_nothing_known_draws_nothing_and_one_value_still_has_room():
    assert picture(years((None, None))) is None
    [mark] = picture(years((0, None))).marks
    assert 22 < mark.low < 176


def test_a_range_has_two_heights_and_a_grade_its_place():
    [mark] = picture([Reached("2024", Span(Decimal(3), Decimal(5)), Decimal(4))]).marks
    assert mark.high < mark.y < mark.low
    places = {"WTP": 2, "WDP": 1}
    drawn = picture(
        [Reached("2023", "WTP", "WDP"), Reached("2024", "WTP", "WTP")], places
    )
    assert drawn.marks[0].y > drawn.marks[0].low == drawn.marks[1].y
    assert [tick.value for tick in drawn.ticks] == ["WTP", "WDP"]
    stray = picture([Reached("2023", "WTP", Decimal(4))], places)
    assert stray.marks[0].y is None


def test_periods_that_follow_each_other_are_told_as_one():
    codes = ("2020", "2021", "2023", "2024-TW4", "2025-TW1")
    said = say_runs(read_period(code) for code in codes)
    assert "Tahun 2020 sampai Tahun 2021, Tahun 2023" in said
    assert "Triwulan IV 2024 sampai Triwulan I 2025" in said
    assert say_runs(()) == ""
