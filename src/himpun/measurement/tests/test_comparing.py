from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.formula import Polarity
from himpun.formula.comparison import Trend
from himpun.formula.scales import OPINI_BPK
from himpun.measurement import queries
from himpun.measurement.tests.builders import reached, store
from himpun.organization.tests.builders import make_office
from himpun.planning import queries as planning
from himpun.planning.models import Indicator, PlannedIndicator
from himpun.planning.rules import AimKind
from himpun.planning.tests.builders import define, promise, recall, revise
from himpun.planning.tests.plan_builders import (
    budget,
    enacted,
    planning_office,
    spend,
)
from himpun.worktime.periods import PeriodKind, read_period

pytestmark = pytest.mark.django_db
YEAR = read_period("2024")


def compared(office, **how):
    return queries.comparisons(queries.capaian(office.unit, YEAR), **how)


def test_a_figure_stands_beside_last_year_and_the_years_before():
    office = make_office()
    version = define(office, polarity=Polarity.LOWER_RATIO)
    store(reached(version, "2022", "12"), reached(version, "2023", "10"))
    store(reached(version, "2024", "8"))
    [found] = compared(office)
    assert (found.last_year.difference, found.last_year.percent) == (-2, -20)
    assert found.last_year.trend is Trend.BETTER
    assert found.years.missing == (2020, 2021)


def test_a_figure_stands_beside_the_end_of_the_plan_and_the_national_standard():
    office = make_office()
    version = define(office)
    store(reached(version, "2024", "80"))
    for year, aim in (("2023", "70"), ("2026", "100"), ("2031", "120")):
        promise(office, version, year, aim, kind=AimKind.MEDIUM_TERM)
    for year, aim in (("2022", "75"), ("2024", "78"), ("2025", "99")):
        promise(office, version, year, aim, kind=AimKind.STANDARD)
    [found] = compared(office)
    assert (found.medium.year, found.toward.value) == (2026, 80)
    assert (found.standard.aim, found.against.difference) == (78, 2)


def test_without_anything_to_compare_with_nothing_is_said_to_be_zero():
    office = make_office()
    define(office)
    [found] = compared(office)
    assert found.last_year.reason == "realisasi belum diisi"
    assert (found.toward, found.against, found.efficiency) == (None, None, None)


def test_a_figure_is_not_compared_with_one_of_another_unit_of_measure():
    office = make_office()
    persons = define(office, unit_of_measure="orang")
    store(reached(persons, "2022", "600"), reached(persons, "2023", "700"))
    share = revise(
        office,
        persons,
        at=datetime(2024, 5, 1, tzinfo=UTC),
        since=date(2024, 1, 1),
        unit_of_measure="%",
    )
    store(reached(share, "2024", "70"))
    [found] = compared(office)
    assert (found.last_year.other, found.last_year.difference) == (None, None)
    assert found.last_year.reason == "satuannya berbeda pada tahun itu"
    assert found.years.counted == 1


def test_efficiency_is_capaian_against_serapan_by_the_named_rule():
    office = make_office()
    version = define(office)
    row = reached(version, "2024", "90")
    row.value = Decimal(90)
    store(row)
    [found] = compared(office, absorbed={version.indicator_id: Decimal(80)})
    assert (found.efficiency.difference, found.efficiency.band) == (10, "Efisien")
    [found] = compared(office, absorbed={})
    assert found.efficiency.reason == "serapan tidak dapat dihitung"


def test_comparisons_take_two_queries_for_any_number(django_assert_num_queries):
    office = make_office()
    for number in range(5):
        define(office, f"X-{number}")
    table = queries.capaian(office.unit, YEAR)
    with django_assert_num_queries(2):
        assert len(queries.comparisons(table)) == 5


# Efficiency, from the budget of the sasaran


@pytest.fixture
def funded():
    """An office whose sasaran S1, measured by S, has a budget of which 40% was spent."""
    office = planning_office()
    version = enacted(office)
    budget(office, "7.01.01.2.06.0001", 100)
    spend(office, "7.01.01.2.06.0001", "2025", 40)
    row = reached(Indicator.objects.get(code="S").versions.get(), "2025", "90")
    row.value = Decimal(90)
    store(row)
    return office, version


def test_serapan_belongs_to_the_indicators_of_the_sasaran_alone(funded):
    office, _version = funded
    ids = {row.code: row.pk for row in Indicator.objects.all()}
    found = planning.serapan_of_indicators(
        office.unit, ids.values(), read_period("2025")
    )
    assert found == {ids["S"]: 40}


def test_spending_of_a_part_of_the_year_tells_nothing_of_efficiency():
    office = planning_office()
    enacted(office)
    budget(office, "7.01.01.2.06.0001", 100)
    ids = [row.pk for row in Indicator.objects.filter(code="S")]
    year = read_period("2025")
    for quarter, found in ((1, None), (2, None), (3, None), (4, 80)):
        spend(office, "7.01.01.2.06.0001", f"2025-TW{quarter}", 20)
        told = planning.serapan_of_indicators(office.unit, ids, year)
        assert list(told.values()) == [found]


def test_the_page_of_a_year_tells_efficiency_with_its_rule(client, funded):
    office, version = funded
    client.force_login(office.sekcam, "django.contrib.auth.backends.ModelBackend")
    client.get("/capaian?periode=2025")
    with CaptureQueriesContext(connection) as few:
        page = client.get("/capaian?periode=2025").content.decode()
    assert "Efisiensi: selisih capaian dan serapan (e-SAKIP Kabupaten" in page
    assert "selisih +50,00" in page
    outcome = version.outcomes.get(code="S1")
    for number in range(4):
        row = define(office, f"X-{number}")
        PlannedIndicator.objects.create(
            version=version, indicator=row.indicator, outcome=outcome, order=number
        )
    with CaptureQueriesContext(connection) as many:
        client.get("/capaian?periode=2025")
    assert len(many) == len(few)
    define(office, "X-9", frequency=PeriodKind.QUARTER)
    for period, said in (("2025-TW1", True), ("2024", False)):
        page = client.get(f"/capaian?periode={period}").content.decode()
        assert "selisih capaian dan serapan" not in page
        assert ("Efisiensi dinilai untuk setahun saja" in page) is said


def test_without_any_budget_nothing_is_said_of_efficiency(funded):
    office, version = funded
    ids = [row.pk for row in Indicator.objects.all()]
    whole = read_period("2025")
    assert planning.serapan_of_indicators(office.unit, ids, read_period("2026")) == {}
    version.programmes.update(outcome=None)
    assert planning.serapan_of_indicators(office.unit, ids, whole) == {}


def test_grades_stand_beside_last_year_the_plan_and_the_standard(client):
    office = make_office()
    version = define(office, polarity=None, grades=OPINI_BPK)
    for period, grade in (("2023", "WDP"), ("2024", "WTP")):
        recall(office, version, period, grade)
    promise(office, version, "2026", "WTP", kind=AimKind.MEDIUM_TERM)
    promise(office, version, "2024", "WDP", kind=AimKind.STANDARD)
    [found] = compared(office, absorbed={version.indicator_id: Decimal(80)})
    assert (found.last_year.now, found.last_year.other) == ("WTP", "WDP")
    assert (found.last_year.steps, found.last_year.trend) == (1, Trend.BETTER)
    assert (found.toward.value, found.against.steps) == (100, 1)
    assert found.efficiency.reason == "tidak dinilai untuk tingkat"
    client.force_login(office.sekcam, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/capaian?periode=2024").content.decode()
    assert "naik 1 tingkat" in page
