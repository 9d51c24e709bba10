from datetime import UTC, datetime
from decimal import Decimal

import pytest

from himpun.collection.tests.builders import (
    accept,
    collecting,
    entry_of,
    fill,
    give_back,
    later,
    submitted,
)
from himpun.measurement import queries
from himpun.measurement.models import Achievement
from himpun.organization.tests.builders import make_office
from himpun.planning.queries import PRIOR_LABEL
from himpun.planning.tests.builders import define, plan_muncar, promise, revise
from himpun.worktime.periods import PeriodKind, read_period

pytestmark = pytest.mark.django_db
YEAR = read_period("2024")


def test_the_table_shows_each_indicator_with_its_years_and_the_mean():
    office, round_ = submitted()
    accept(office, round_)
    table = queries.capaian(office.unit, YEAR)
    assert [p.code for p in table.periods] == ["2020", "2021", "2022", "2023", "2024"]
    first = table.lines[0]
    assert first.target.value == Decimal("91.33")
    assert round(first.achievement.value, 2) == Decimal("106.93")
    assert [bool(cell) for cell in first.cells] == [False, False, False, True, True]
    assert table.mean.coverage == "4 dari 4"
    assert table.bands == {"Sangat tinggi": 4}
    assert table.provisional == 3


def test_a_target_changed_later_does_not_stand_beside_what_was_accepted():
    office, round_ = submitted()
    accept(office, round_)
    promise(office, entry_of(round_).version, "2024", "50")
    promise(office, entry_of(round_, "IKU-2").version, "2024", "50")
    kept, follows, *_more = queries.capaian(office.unit, YEAR).lines
    assert (kept.aim, follows.aim) == (Decimal("91.33"), 50)
    assert queries.explain(kept.achievement).target_origin == ""
    assert queries.explain(follows.achievement).target_origin != ""


def test_a_figure_stands_beside_the_meaning_that_measured_it():
    office, round_ = collecting()
    fill(office, round_)
    version = entry_of(round_).version
    revise(
        office,
        version,
        at=datetime(2024, 5, 1, tzinfo=UTC),
        since=YEAR.start,
        unit_of_measure="orang",
    )
    [first, *_more] = queries.capaian(office.unit, YEAR).lines
    assert first.version == version
    [first, *_more] = queries.capaian(office.unit, read_period("2025")).lines
    assert first.version.unit_of_measure == "orang"


def test_what_is_not_measured_yet_is_not_counted_as_zero():
    office, round_ = collecting()
    fill(office, round_)
    table = queries.capaian(office.unit, YEAR)
    assert table.mean.coverage == "1 dari 4"
    assert round(table.mean.value, 2) == Decimal("106.93")


def test_an_office_without_indicators_has_an_empty_table():
    table = queries.capaian(make_office().unit, YEAR)
    assert table.lines == ()
    assert table.mean.value is None


def test_the_table_takes_three_queries_for_any_number_of_indicators(
    django_assert_num_queries,
):
    office = make_office()
    plan_muncar(office)
    for n in range(10):
        define(office, f"X-{n}")
    with django_assert_num_queries(3):
        assert len(queries.capaian(office.unit, YEAR).lines) == 14


def test_another_offices_figures_are_not_in_the_table():
    office, other = make_office(), make_office("Kecamatan Lain")
    plan_muncar(other)
    assert queries.capaian(office.unit, YEAR).lines == ()


def test_an_office_knows_its_years_and_whether_it_has_quarters():
    office = make_office()
    plan_muncar(office)
    assert queries.known_years(office.unit) == [2023]
    assert not queries.has_quarters(office.unit, 2024)
    define(office, "Q", frequency=PeriodKind.QUARTER)
    assert queries.has_quarters(office.unit, 2024)


def test_a_number_explains_itself():
    office, round_ = collecting()
    fill(office, round_)
    row = Achievement.objects.get(indicator__code="IKU-1", period_code="2024")
    found = queries.explain(row)
    text = " ".join(found.steps)
    assert "97,66 / 91,33" in text
    assert found.achievement.band == "Sangat tinggi"
    assert found.standing == "sementara, belum diverifikasi"
    assert found.target_origin.startswith("Renstra")
    assert found.event.type == "value.saved"
    assert found.polarity == "makin tinggi makin baik"


def test_a_number_says_whether_it_was_verified():
    office, round_ = submitted()
    accept(office, round_)
    rows = Achievement.objects.filter(indicator__code="IKU-1")
    standings = {row.period_code: queries.standing(row) for row in rows}
    assert standings == {"2023": PRIOR_LABEL, "2024": "diverifikasi di Himpun"}


def test_a_number_without_result_says_why():
    office, round_ = collecting()
    promise(office, round_.entries.first().version, "2024", "0")
    fill(office, round_)
    row = Achievement.objects.get(indicator__code="IKU-1", period_code="2024")
    assert row.value is None
    assert "pembagian dengan nol" in " ".join(queries.explain(row).steps)


def test_the_events_behind_a_number_are_its_own():
    office, round_ = submitted()
    accept(office, round_)
    give_back(office, round_, at=later(1))
    row = Achievement.objects.get(indicator__code="IKU-1", period_code="2024")
    kinds = [event.type for event in queries.events_behind(row)]
    assert kinds == ["value.saved", "value.accepted", "value.returned"]
    prior = Achievement.objects.get(indicator__code="IKU-1", period_code="2023")
    assert queries.events_behind(prior) == []
