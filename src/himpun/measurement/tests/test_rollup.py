from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from himpun import formula
from himpun.formula import OverTime, OverUnits, Part
from himpun.ledger.tests.kept import undone
from himpun.measurement import queries
from himpun.measurement.models import Achievement
from himpun.measurement.queries import rollup
from himpun.measurement.queries.places import ruling_of
from himpun.measurement.queries.sums import Question, sums
from himpun.measurement.rules import Sums, total_of
from himpun.measurement.tests.builders import (
    ASKED,
    DONE,
    PARTS,
    QUARTERS,
    define_for,
    kabupaten,
    more_offices,
    reached,
    store,
)
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions as planning
from himpun.planning.models import IndicatorVersion, UnitWeight
from himpun.worktime.periods import read_period

pytestmark = pytest.mark.django_db
FIRST, YEAR = read_period("2024-TW1"), read_period("2024")


def versions_of(below):
    return [several[0] for several in below.values()]


def fill(below, actuals, period="2024-TW1"):
    store(
        *(
            reached(version, period, actual)
            for version, actual in zip(versions_of(below), actuals, strict=False)
        )
    )


def test_the_kabupaten_gets_the_total_of_its_offices_and_its_own_capaian():
    office, [above], below = kabupaten(over_units=OverUnits.SUM)
    planning.set_target(
        above.indicator, FIRST, Decimal(50), origin="RPJMD", by=office.admin, at=WHEN
    )
    fill(below, ["10", "20.5", "14.5"])
    [found] = queries.roll_ups(office.regency, FIRST)
    assert found.total.value == 45
    assert found.total.coverage == "3 dari 3"
    assert (found.measured.value, found.measured.band) == (90, "Tinggi")
    assert found.provisional == 0


def test_an_office_without_a_figure_is_named_and_never_zero():
    _office, [above], below = kabupaten(over_units=OverUnits.AVERAGE)
    fill(below, ["80", "90"])
    found = queries.roll_up(above, FIRST)
    assert found.total.value == 85
    assert found.total.coverage == "2 dari 3"
    assert found.total.missing == ("Kecamatan 3",)
    assert found.portions[2].left_out == rollup.EMPTY


def test_an_office_of_the_same_kind_without_the_indicator_is_named_too():
    office, [above], below = kabupaten(2)
    more_offices(office, 1, first=3)
    fill(below, ["80", "90"])
    found = queries.roll_up(above, FIRST)
    assert found.total.coverage == "2 dari 3"
    assert found.portions[2].left_out == rollup.WITHOUT
    [place] = queries.of_regencies("IKU-1", FIRST)
    assert place.total.coverage == "2 dari 3"


def test_a_figure_of_another_meaning_is_left_out_with_the_reason():
    office, [above], below = kabupaten(2, over_units=OverUnits.SUM)
    [third] = more_offices(office, 1, first=3)
    below[third] = [define_for(office, third, name="Nilai lain")]
    fill(below, ["10", "20", "40"])
    found = queries.roll_up(above, FIRST)
    assert (found.total.value, found.total.coverage) == (30, "2 dari 3")
    assert found.portions[2].left_out == rollup.OTHER
    [place] = queries.of_regencies("IKU-1", FIRST)
    assert (place.total.value, place.total.coverage) == (30, "2 dari 3")


def test_spaces_and_capitals_in_a_name_are_no_other_meaning():
    office, [above], below = kabupaten(1, name="Indeks Kepuasan")
    [second] = more_offices(office, 1, first=3)
    below[second] = [define_for(office, second, name=" indeks  kepuasan ")]
    fill(below, ["80", "90"])
    assert queries.roll_up(above, FIRST).total.coverage == "2 dari 2"


def test_a_total_without_any_figure_says_why():
    _office, [above], _below = kabupaten(2)
    found = queries.roll_up(above, FIRST)
    assert found.total.value is None
    assert found.total.reason == "belum ada bagian yang terisi"
    assert found.measured.reason == "realisasi belum diisi"


def test_a_provisional_figure_is_counted_and_told():
    _office, [above], below = kabupaten(2)
    first, second = versions_of(below)
    store(
        reached(first, "2024-TW1", "80"),
        reached(second, "2024-TW1", "90", verified=False),
    )
    assert queries.roll_up(above, FIRST).provisional == 1
    year = queries.roll_up(above, read_period("2024"))
    assert (year.by_time, year.provisional) == (True, 1)


def test_numerators_and_denominators_are_summed_before_dividing():
    _office, [above], below = kabupaten(3, **PARTS)
    first, second, third = versions_of(below)
    store(
        reached(first, "2024-TW1", "50", inputs={"selesai": 1, "masuk": 2}),
        reached(second, "2024-TW1", "100", inputs={"selesai": 98, "masuk": 98}),
        reached(third, "2024-TW1", None, inputs={"selesai": 3, "masuk": None}),
    )
    found = queries.roll_up(above, FIRST)
    assert found.total.value == 99  # the mean of the two percentages would be 75
    assert found.total.missing == ("Kecamatan 3",)
    assert found.portions[2].left_out == rollup.INCOMPLETE
    [place] = queries.of_regencies("IKU-1", FIRST)
    assert (place.total.value, place.total.counted) == (99, 2)


def test_an_office_with_nothing_to_do_counts_in_a_sum_of_components():
    _office, [above], below = kabupaten(2, **PARTS)
    first, second = versions_of(below)
    store(
        reached(first, "2024-TW1", None, inputs={"selesai": 0, "masuk": 0}),
        reached(second, "2024-TW1", "90", inputs={"selesai": 9, "masuk": 10}),
    )
    assert queries.roll_up(above, FIRST).total.coverage == "2 dari 2"


def test_a_weighted_mean_names_an_office_without_weight():
    office, [above], below = kabupaten(3, over_units=OverUnits.WEIGHTED)
    units = list(below)
    planning.weigh_units(
        above, {units[0]: Decimal(1), units[1]: Decimal(3)}, by=office.admin, at=WHEN
    )
    fill(below, ["60", "80", "100"])
    found = queries.roll_up(above, FIRST)
    assert (found.total.value, found.total.coverage) == (75, "2 dari 3")
    assert found.portions[2].left_out == rollup.UNWEIGHTED
    [place] = queries.of_regencies("IKU-1", FIRST)
    assert (place.total.value, place.total.counted) == (75, 2)


def test_grades_are_not_added_up():
    office = make_office(calendar=False, villages=0)
    grades = planning.keep_grades(formula.GRADE_SCALES[0])
    above = define_for(office, office.regency, grades=grades, polarity=None)
    define_for(office, office.unit, grades=grades, polarity=None)
    found = queries.roll_up(above, FIRST)
    assert found.total.reason == "tingkat tidak dijumlahkan atau dirata-rata"
    assert queries.of_regencies("IKU-1", FIRST) == []


def test_a_year_follows_from_its_periods_until_the_offices_gave_its_own_figure():
    _office, [above], below = kabupaten(
        2, over_units=OverUnits.SUM, over_time=OverTime.SUM
    )
    fill(below, ["1", "2"], "2024-TW1")
    fill(below, ["3", "4"], "2024-TW2")
    fill(below, ["100"], "2024")
    found = queries.roll_up(above, YEAR)
    assert (found.by_time, found.total.value) == (True, 10)
    assert found.total.coverage == "2 dari 4"
    store(reached(versions_of(below)[1], "2024", "200"))
    found = queries.roll_up(above, YEAR)
    assert (found.by_time, found.total.value) == (False, 300)
    assert [place.total.value for place in queries.of_regencies("IKU-1", YEAR)] == [300]


def test_the_version_in_force_decides_and_the_past_keeps_its_own():
    _office, [above], below = kabupaten(2, over_units=OverUnits.SUM)
    fill(below, ["10", "20"])
    fill(below, ["30", "40"], "2025-TW1")
    IndicatorVersion.objects.create(
        **{
            field.attname: getattr(above, field.attname)
            for field in IndicatorVersion._meta.concrete_fields
            if not field.primary_key
        }
        | {"number": 2, "since": "2025-01-01", "over_units": OverUnits.AVERAGE}
    )
    totals = {
        code: [
            queries.roll_ups(above.indicator.unit, read_period(code))[0].total.value,
            queries.of_regencies("IKU-1", read_period(code))[0].total.value,
        ]
        for code in ("2024-TW1", "2025-TW1")
    }
    assert totals == {"2024-TW1": [30, 30], "2025-TW1": [35, 35]}


def test_a_province_adds_up_its_kabupaten_and_tells_other_meanings_apart():
    for figures in (["1", "2"], ["4"]):
        _office, _above, below = kabupaten(len(figures), over_units=OverUnits.SUM)
        fill(below, figures)
    _office, [_other], below = kabupaten(1, over_units=OverUnits.SUM, name="Nilai lain")
    fill(below, ["8"])
    found = queries.of_provinces("IKU-1", FIRST)
    assert {place.code for place in found} == {"99"}
    shown = sorted((place.total.value, place.total.coverage) for place in found)
    assert shown == [(7, "3 dari 3"), (8, "1 dari 1")]


def statements(ask):
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_a_roll_up_takes_as_many_statements_for_thirty_offices_as_for_two():
    office, [above, _second], below = kabupaten(2, codes=("IKU-1", "IKU-2"), **PARTS)
    counts = []
    for more in (0, 28):
        for unit in more_offices(office, more, first=3):
            below[unit] = [
                define_for(office, unit, code, **PARTS) for code in ("IKU-1", "IKU-2")
            ]
        Achievement.objects.all().delete()
        store(
            *(
                reached(version, code, "50", inputs={"selesai": 1, "masuk": 2})
                for several in below.values()
                for version in several
                for code in QUARTERS
            )
        )
        counts.append(
            (
                statements(lambda: queries.roll_ups(office.regency, YEAR)),
                statements(lambda: queries.of_regencies("IKU-1", YEAR)),
                statements(lambda: queries.of_provinces("IKU-1", YEAR)),
            )
        )
    assert queries.roll_up(above, YEAR).periods[0][1].coverage == "30 dari 30"
    assert counts[0] == counts[1] == (7, 5, 5)


# The database against the pure functions, on random data

FIGURE = st.one_of(
    st.none(),
    st.decimals(-1000, 1000, places=2),
    st.decimals(Decimal(-1), Decimal(1), places=8),
    st.integers(-(10**19), 10**19).map(Decimal),
    st.decimals(10**17, 10**19, places=8),
    st.sampled_from([Decimal(1) / 3, Decimal(0), Decimal("-0.5")]),
)
PART = st.one_of(
    st.none(), st.decimals(0, 500, places=2), st.integers(0, 9).map(Decimal)
)
ROWS = st.lists(
    st.lists(st.tuples(FIGURE, PART, PART), min_size=4, max_size=4),
    min_size=3,
    max_size=3,
)


@pytest.fixture
def compared():
    _office, [above], below = kabupaten(3, **PARTS)
    return above, below, list(below)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=ROWS,
    over_units=st.sampled_from(OverUnits),
    over_time=st.sampled_from(OverTime),
    weights=st.lists(PART, min_size=3, max_size=3),
)
def test_the_database_adds_up_what_the_pure_functions_do(
    compared, rows, over_units, over_time, weights
):
    above, below, units = compared
    with undone():
        IndicatorVersion.objects.update(over_units=over_units, over_time=over_time)
        UnitWeight.objects.bulk_create(
            UnitWeight(version=above, unit=unit, weight=weight)
            for unit, weight in zip(units, weights, strict=True)
            if weight is not None
        )
        store(
            *(
                reached(version, code, a, inputs={"selesai": n, "masuk": d})
                for version, of_unit in zip(versions_of(below), rows, strict=True)
                for code, (a, n, d) in zip(QUARTERS, of_unit, strict=True)
            )
        )
        ruling = IndicatorVersion.objects.select_related("indicator").get(pk=above.pk)
        found = queries.roll_up(ruling, YEAR)
        [place] = queries.of_regencies("IKU-1", YEAR)
        added = sums(
            Question(
                {(above.indicator.unit_id, above.meaning): ruling_of(ruling)}, QUARTERS
            )
        )
        each = [
            total_of(
                rollup.recipe_of(ruling), added.get((above.indicator_id, q), Sums()), 3
            ).combined
            for q in QUARTERS
        ]
    wanted = expected(rows, over_units, weights, [unit.name for unit in units])
    year = over_time_of(wanted, over_time, over_units)
    quarters = [one.value for one, _inputs in wanted]
    assert [total.value for _period, total in found.periods] == quarters
    assert [one.value for one in each] == quarters
    assert [one.counted for one in each] == [w.counted for w, _inputs in wanted]
    assert found.total.value == place.total.value == year


def expected(rows, over_units, weights, names):
    """Return per quarter what `formula` says, and the sums of the components."""
    found = []
    for quarter in range(4):
        each = [of_unit[quarter] for of_unit in rows]
        inputs = {}
        if over_units is OverUnits.COMPONENTS:
            text = formula.read_formula(PARTS["formula"])
            given = [
                (name, {"selesai": n, "masuk": d})
                for name, (_a, n, d) in zip(names, each, strict=True)
            ]
            one = formula.over_units_by_components(text, (DONE, ASKED), given)
            whole = [row for _n, row in given if None not in row.values()]
            if whole:
                inputs = {
                    code: sum((row[code] for row in whole), Decimal(0))
                    for code in ("selesai", "masuk")
                }
        else:
            parts = [
                Part(name, a, weight)
                for name, (a, _n, _d), weight in zip(names, each, weights, strict=True)
            ]
            one = formula.over_units(parts, over_units)
        found.append((one, inputs))
    return found


def over_time_of(wanted, over_time, over_units):
    if not any(one.counted for one, _inputs in wanted):
        return None
    if over_units is OverUnits.COMPONENTS:
        return formula.over_time_by_components(
            formula.read_formula(PARTS["formula"]),
            (DONE, ASKED),
            [
                (code, inputs)
                for code, (_o, inputs) in zip(QUARTERS, wanted, strict=True)
            ],
        ).value
    parts = [Part(q, one.value) for q, (one, _i) in zip(QUARTERS, wanted, strict=True)]
    return formula.over_time(parts, over_time).value


@pytest.mark.parametrize(
    ("figures", "wanted"),
    [
        (
            ["99999999999999999999.12345678", "0.00000001", "-0.5"],
            "99999999999999999998.62345679",
        ),
        (["99999999", "0.000001", "-1.23456"], "99999997.765441"),
        (["0.0000001", "-9999999", "123456.78"], "-9876542.2199999"),
    ],
)
def test_figures_of_any_length_are_added_exactly(figures, wanted):
    """Those of eight signs and fewer as integers in SQLite, longer ones as they are."""
    _office, [above], below = kabupaten(3, over_units=OverUnits.SUM)
    fill(below, figures)
    assert queries.roll_up(above, FIRST).total.value == Decimal(wanted)
    [place] = queries.of_regencies("IKU-1", FIRST)
    assert place.total.value == Decimal(wanted)
