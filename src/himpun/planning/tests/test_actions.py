from datetime import date
from decimal import Decimal

import pytest

from himpun import formula
from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions, queries
from himpun.planning.models import Indicator, PriorActual, RatingScale, Target
from himpun.planning.tests.builders import (
    define,
    definition,
    plan_muncar,
    promise,
    recall,
    scale,
)
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import PeriodKind, read_period

pytestmark = pytest.mark.django_db


def events(office):
    return ledger.events_of(actions.stream_of(office.unit.pk))


def test_the_kasubbag_defines_an_indicator_and_it_is_recorded():
    office = make_office()
    version = define(office)
    assert version.number == 1
    assert version.scale.name == formula.PERMENDAGRI_86_2017.name
    [event] = events(office)
    assert event.type == "indicator.defined"
    assert event.actor == office.kasubbag.pk


def test_a_changed_meaning_makes_a_new_version_and_keeps_the_old():
    office = make_office()
    first = define(office, name="Lama")
    second = define(office, name="Baru", since=date(2025, 1, 1))
    assert second.number == 2
    first.refresh_from_db()
    assert first.name == "Lama"
    assert Indicator.objects.count() == 1


def test_the_same_meaning_again_makes_no_new_version():
    office = make_office()
    first = define(office)
    assert define(office).pk == first.pk
    assert len(events(office)) == 1


def test_words_of_a_definition_stay_out_of_the_event():
    office = make_office()
    define(office, name="Kata rahasia satu", definition="Kata rahasia dua")
    [event] = events(office)
    assert b"rahasia" not in bytes(event.body)
    data = ledger.data_of(event)
    assert "Kata rahasia dua" in ledger.texts([data["words"]])[data["words"]]


@pytest.mark.parametrize("who", ["pelaksana", "camat", "kasi"])
def test_others_may_not_change_the_plan(who):
    office = make_office()
    version = define(office)
    before = len(events(office))
    with pytest.raises(Refusal, match="Kasubbag"):
        actions.set_target(
            version.indicator,
            read_period("2024"),
            Decimal(90),
            origin="",
            by=office.people[who],
            at=WHEN,
        )
    assert not Target.objects.exists()
    assert len(events(office)) == before


def test_a_kasubbag_of_another_office_may_not_change_the_plan():
    office, other = make_office(), make_office("Kecamatan Lain")
    with pytest.raises(Refusal):
        actions.define_indicator(
            office.unit, definition(), scale=scale(), by=other.kasubbag, at=WHEN
        )


def test_the_administrator_of_the_kabupaten_may_change_the_plan():
    office = make_office()
    actions.define_indicator(
        office.unit, definition(), scale=scale(), by=office.admin, at=WHEN
    )
    assert Indicator.objects.count() == 1


def test_a_target_is_replaced_and_both_values_are_recorded():
    office = make_office()
    version = define(office)
    promise(office, version, "2024", "90")
    promise(office, version, "2024", "91.5")
    assert queries.target_of(version.indicator_id, "2024") == Decimal("91.5")
    data = ledger.data_of(events(office)[-1])
    assert Decimal(data["old"]) == 90
    assert data["new"] == "91.5"


def test_a_figure_that_cannot_be_stored_exactly_is_refused():
    office = make_office()
    version = define(office)
    with pytest.raises(Refusal, match="desimal"):
        promise(office, version, "2024", "1.123456789")


def test_a_figure_before_the_first_version_is_refused():
    office = make_office()
    version = define(office, since=date(2024, 1, 1))
    with pytest.raises(Refusal, match="belum berlaku"):
        recall(office, version, "2023", "88")
    assert not PriorActual.objects.exists()


def test_a_prior_figure_names_the_version_that_measured_it():
    office = make_office()
    first = define(office)
    define(office, name="Baru", since=date(2024, 1, 1))
    recall(office, first, "2023", "88")
    data = ledger.data_of(events(office)[-1])
    assert data["version"] == 1
    assert data["value"] == "88"


def test_a_scale_is_stored_once():
    assert scale().pk == scale().pk
    assert RatingScale.objects.count() == 1


def test_other_bands_under_a_known_name_are_refused():
    scale()
    other = formula.Scale(
        name=formula.PERMENDAGRI_86_2017.name,
        version=1,
        source="lain",
        bands=(formula.Band("Baik", Decimal(50)), formula.Band("Kurang", None)),
    )
    with pytest.raises(Refusal, match="versi baru"):
        actions.keep_scale(other)


def test_due_indicators_come_in_print_order_with_the_version_in_force():
    office = make_office()
    plan_muncar(office)
    define(office, "IKU-1", name="Indeks 2025", since=date(2025, 1, 1), order=1)
    in_2024 = queries.due(office.unit, read_period("2024"))
    assert [row.indicator.code for row in in_2024] == [f"IKU-{n}" for n in (1, 2, 3, 4)]
    assert in_2024[0].name == "Indeks Kepuasan Masyarakat"
    assert queries.due(office.unit, read_period("2025"))[0].name == "Indeks 2025"


def test_a_quarter_asks_only_quarterly_indicators():
    office = make_office()
    define(office, "A")
    define(office, "B", frequency=PeriodKind.QUARTER)
    codes = [
        v.indicator.code for v in queries.due(office.unit, read_period("2024-TW2"))
    ]
    assert codes == ["B"]


def test_another_offices_indicators_are_not_due_here():
    office, other = make_office(), make_office("Kecamatan Lain")
    define(other)
    assert queries.due(office.unit, read_period("2024")) == []


def test_what_is_due_takes_one_query_whatever_their_number(
    django_assert_num_queries,
):
    office = make_office()
    for n in range(12):
        define(office, f"X-{n}")
    with django_assert_num_queries(1):
        assert len(queries.due(office.unit, read_period("2024"))) == 12


def test_prior_figures_come_oldest_first_with_their_label():
    office = make_office()
    version = define(office)
    recall(office, version, "2023", "88")
    recall(office, version, "2021", "86")
    found = queries.history([version.indicator_id])[version.indicator_id]
    assert [row.period_code for row in found] == ["2021", "2023"]
    assert {row.origin for row in found} == {queries.PRIOR_LABEL}
