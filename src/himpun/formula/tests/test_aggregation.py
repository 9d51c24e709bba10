"""One value from several, how much it rests on, and what is missing."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.formula import (
    OVER_TIME,
    OVER_UNITS,
    Component,
    OverTime,
    OverUnits,
    Part,
    mean_of_achievements,
    over_time,
    over_time_by_components,
    over_units,
    over_units_by_components,
    read_formula,
    split_doubt,
    value_of_sum,
)

VALUES = st.lists(st.none() | st.decimals("0", "200", places=2), max_size=12)
laws = settings(max_examples=120, deadline=None, derandomize=True)


def decimals(*texts):
    return [None if text is None else Decimal(text) for text in texts]


def test_nulls_are_left_out_and_counted():
    mean = mean_of_achievements(decimals("100", None, "50", None))
    assert (mean.value, mean.counted, mean.total) == (75, 2, 4)
    assert mean.coverage == "2 dari 4"


def test_zero_is_a_value():
    assert mean_of_achievements(decimals("100", "0")).value == 50


@pytest.mark.parametrize("values", [[], [None, None]])
def test_without_any_value_there_is_no_mean(values):
    mean = mean_of_achievements(values)
    assert mean.value is None
    assert mean.coverage == f"0 dari {len(values)}"


def test_a_cap_limits_each_value_before_the_mean():
    values = decimals("111.11", "90")
    assert mean_of_achievements(values).value == Decimal("100.555")
    capped = mean_of_achievements(values, cap=Decimal(100))
    assert (capped.value, capped.cap) == (95, 100)


def test_an_iterator_is_counted_once():
    assert mean_of_achievements(iter(decimals("10", "20"))).coverage == "2 dari 2"


@laws
@given(VALUES)
def test_the_mean_lies_between_the_smallest_and_the_largest(values):
    mean = mean_of_achievements(values)
    known = [value for value in values if value is not None]
    assert mean.counted == len(known)
    assert (mean.value is None) == (not known)
    if known:
        assert min(known) <= mean.value <= max(known)


@laws
@given(VALUES)
def test_another_null_changes_only_the_total(values):
    mean, more = mean_of_achievements(values), mean_of_achievements([*values, None])
    assert (mean.value, mean.counted) == (more.value, more.counted)
    assert more.total == mean.total + 1


QUARTERS = ("TW I", "TW II", "TW III", "TW IV")
QUARTER = st.none() | st.decimals("0", "1000", places=2)
YEARS = st.lists(QUARTER, min_size=4, max_size=4)


def quarters(*texts):
    values = decimals(*texts)
    return [Part(label, v) for label, v in zip(QUARTERS, values, strict=False)]


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (OverTime.SUM, "24"),
        (OverTime.LAST, "9"),
        (OverTime.CUMULATIVE, "9"),
        (OverTime.AVERAGE, "8"),
        (OverTime.HIGHEST, "10"),
        (OverTime.LOWEST, "5"),
    ],
)
def test_quarters_become_a_year_by_the_rule_of_the_indicator(rule, value):
    year = over_time(quarters("5", "10", None, "9"), rule)
    assert year.value == Decimal(value)
    assert (year.counted, year.total, year.missing) == (3, 4, ("TW III",))
    assert year.coverage == "3 dari 4"
    assert not year.complete
    assert year.rule == OVER_TIME[rule]


@pytest.mark.parametrize("rule", OverTime)
def test_a_year_without_any_quarter_has_no_value(rule):
    year = over_time(quarters(None, None), rule)
    assert (year.value, year.counted, year.total) == (None, 0, 2)
    assert year.reason == "belum ada bagian yang terisi"


@pytest.mark.parametrize("rule", OverTime)
def test_a_quarter_of_zero_is_counted(rule):
    year = over_time(quarters("0"), rule)
    assert (year.value, year.complete) == (0, True)


@laws
@given(YEARS, st.sampled_from(OverTime))
def test_a_missing_quarter_changes_nothing_but_the_count(values, rule):
    parts = [Part(label, v) for label, v in zip(QUARTERS, values, strict=True)]
    there = [part for part in parts if part.value is not None]
    year, known = over_time(parts, rule), over_time(there, rule)
    assert (year.value, year.counted) == (known.value, known.counted)
    assert year.counted + len(year.missing) == year.total == 4


def test_cumulative_figures_that_fall_are_doubted():
    year = over_time(quarters("21.5", "31", None, "30"), OverTime.CUMULATIVE)
    assert year.value == 30
    assert year.doubts == (
        "TW IV (30) lebih kecil dari TW II (31), padahal angka kumulatif memuat "
        "periode sebelumnya.",
    )
    assert over_time(quarters("5", "3"), OverTime.SUM).doubts == ()


@pytest.mark.parametrize(
    ("whole", "parts", "rule", "said"),
    [
        ("20", ["5", "5", "5", "5"], OverTime.SUM, None),
        ("90", ["85", "86", "88", "90"], OverTime.LAST, None),
        ("100", ["25", "50", "75", "100"], OverTime.CUMULATIVE, None),
        (
            "20",
            ["5", "5", "5", "4"],
            OverTime.SUM,
            "Target periode (jumlah semua periode) menghasilkan 19, sedangkan target "
            "setahun 20.",
        ),
        (
            "20",
            ["5", None, "5", None],
            OverTime.SUM,
            "Target periode belum lengkap: TW II, TW IV.",
        ),
        ("20", [], OverTime.SUM, None),
        ("90.17", ["90.1", "90.2", "90.2"], OverTime.AVERAGE, None),
        (
            "90.16",
            ["90.15", "90.15", "90.18"],
            OverTime.SUM,
            "Target periode (jumlah semua periode) menghasilkan 270,48, sedangkan "
            "target setahun 90,16.",
        ),
    ],
)
def test_the_targets_of_periods_are_held_against_that_of_the_year(
    whole, parts, rule, said
):
    assert split_doubt(Decimal(whole), quarters(*parts), rule) == said


def test_components_are_not_combined_without_their_formula():
    with pytest.raises(ValueError, match="by_components"):
        over_units([Part("a", Decimal(1))], OverUnits.COMPONENTS)


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (OverUnits.SUM, "250"),
        (OverUnits.AVERAGE, "83.33333333333333333333333333"),
        (OverUnits.WEIGHTED, "77.5"),
    ],
)
def test_units_become_a_parent(rule, value):
    parts = [
        Part("Muncar", Decimal(100), Decimal(1)),
        Part("Cluring", Decimal(70), Decimal(3)),
        Part("Gambiran", None, Decimal(9)),
    ]
    if rule is not OverUnits.WEIGHTED:
        parts.append(Part("Tegaldlimo", Decimal(80)))
    parent = over_units(parts, rule)
    assert parent.value == Decimal(value)
    assert parent.missing == ("Gambiran",)
    assert parent.rule == OVER_UNITS[rule]


def test_a_unit_without_weight_is_missing_from_a_weighted_mean():
    parts = [Part("a", Decimal(50), Decimal(2)), Part("b", Decimal(90))]
    parent = over_units(parts, OverUnits.WEIGHTED)
    assert (parent.value, parent.coverage, parent.missing) == (50, "1 dari 2", ("b",))


def test_weights_that_are_all_zero_give_no_value():
    parent = over_units([Part("a", Decimal(50), Decimal(0))], OverUnits.WEIGHTED)
    assert (parent.value, parent.reason) == (None, "jumlah bobot 0")
    nothing = over_units([Part("a", None)], OverUnits.WEIGHTED)
    assert nothing.reason == "belum ada bagian yang terisi"


def test_a_weight_below_zero_is_refused():
    with pytest.raises(ValueError, match="weight"):
        over_units([Part("a", Decimal(5), Decimal(-1))], OverUnits.WEIGHTED)


@pytest.mark.parametrize("wrong", [1.5, "2"])
def test_only_decimals_are_parts(wrong):
    with pytest.raises(TypeError):
        Part("a", wrong)
    with pytest.raises(TypeError):
        Part("a", None, wrong)


SHARE = read_formula("selesai / masuk x 100%")
COMPLAINTS = [
    Component("selesai", "Pengaduan selesai", "pengaduan"),
    Component("masuk", "Pengaduan masuk", "pengaduan"),
]


def rows(*figures):
    return [
        (label, {"selesai": above, "masuk": below})
        for label, (above, below) in zip("abc", figures, strict=False)
    ]


def test_numerators_and_denominators_are_summed_before_dividing():
    parent = over_units_by_components(
        SHARE, COMPLAINTS, rows(decimals("9", "10"), decimals("10", "90"))
    )
    assert parent.value == 19
    assert "19 / 100" in parent.calculation.inserted
    assert over_units(
        [Part("a", Decimal(90)), Part("b", Decimal("11.11"))], OverUnits.AVERAGE
    ).value == Decimal("50.555")


def test_a_unit_that_lacks_its_denominator_is_left_out_whole():
    parent = over_units_by_components(
        SHARE, COMPLAINTS, rows(decimals("9", "10"), decimals("90", None))
    )
    assert (parent.value, parent.coverage, parent.missing) == (90, "1 dari 2", ("b",))


def test_a_unit_without_work_adds_nothing_and_is_counted():
    parent = over_units_by_components(
        SHARE, COMPLAINTS, rows(decimals("9", "10"), decimals("0", "0"))
    )
    assert (parent.value, parent.complete) == (90, True)


def test_sums_without_a_denominator_give_no_value_with_the_reason():
    parent = over_units_by_components(SHARE, COMPLAINTS, rows(decimals("0", "0")))
    assert (parent.value, parent.reason) == (None, "pembagi masuk bernilai 0")
    nothing = over_units_by_components(SHARE, COMPLAINTS, rows(decimals("0", None)))
    assert (nothing.value, nothing.counted) == (None, 0)
    assert nothing.reason == "belum ada bagian yang terisi"


def test_components_over_time_follow_their_own_rules():
    villages = [
        Component("tertib", "Desa tertib", "desa", over_time=OverTime.CUMULATIVE),
        Component("semua", "Seluruh desa", "desa", over_time=OverTime.LAST),
    ]
    year = over_time_by_components(
        read_formula("persen(Tertib; semua)"),
        villages,
        [
            ("TW I", {"tertib": Decimal(6), "semua": Decimal(12)}),
            ("TW II", {"tertib": Decimal(5), "semua": Decimal(10)}),
        ],
    )
    assert year.value == 50
    assert year.doubts[0].startswith("TW II (5) lebih kecil dari TW I (6)")
    summed = over_time_by_components(
        SHARE, COMPLAINTS, rows(decimals("9", "10"), decimals("10", "90"))
    )
    assert summed.value == 19


@laws
@given(st.lists(st.tuples(QUARTER, QUARTER), min_size=1, max_size=3))
def test_a_parent_speaks_only_of_units_that_have_both(figures):
    parent = over_units_by_components(SHARE, COMPLAINTS, rows(*figures))
    both = [pair for pair in figures if None not in pair]
    assert (parent.counted, parent.total) == (len(both), len(figures))
    below = sum(pair[1] for pair in both)
    assert (parent.value is None) == (not below)
    if below:
        share = sum(pair[0] for pair in both) * 100 / below
        assert abs(parent.value - share) <= abs(share) * Decimal("1e-25")


@laws
@given(
    VALUES.map(lambda values: [v for v in values if v is not None]),
    st.sampled_from([OverUnits.SUM, OverUnits.AVERAGE]),
)
def test_a_sum_that_is_known_already_gives_the_same_value(values, rule):
    parts = [Part(str(n), value) for n, value in enumerate(values)]
    found = value_of_sum(sum(values, Decimal(0)), len(values), rule)
    assert found == over_units(parts, rule).value


def test_a_weighted_mean_follows_from_its_two_sums_and_components_do_not():
    assert value_of_sum(Decimal(300), Decimal(4), OverUnits.WEIGHTED) == 75
    with pytest.raises(ValueError, match="no one sum"):
        value_of_sum(Decimal(1), 1, OverUnits.COMPONENTS)
