from datetime import date
from decimal import Decimal

import pytest

from himpun import formula
from himpun.formula.scales import OPINI_BPK
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions, queries, rules
from himpun.planning.models import Indicator, PriorActual, RatingScale, Target
from himpun.planning.rules import AimKind, Level, Purpose
from himpun.planning.tests.builders import (
    define,
    definition,
    plan_muncar,
    promise,
    recall,
    revise,
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
    second = revise(office, first, name="Baru", since=date(2025, 1, 1))
    assert second.number == 2
    first.refresh_from_db()
    assert first.name == "Lama"
    assert Indicator.objects.count() == 1
    assert [ledger.data_of(event)["version"] for event in events(office)] == [1, 2]


def test_a_past_period_keeps_its_version_and_the_next_has_the_new_one():
    office = make_office()
    first = define(office)
    second = revise(office, first, decimals=0, since=date(2025, 1, 1))
    old, new = (
        queries.version_for(first.indicator, read_period(p)) for p in ("2024", "2025")
    )
    assert (old, new) == (first, second)


def test_a_new_version_that_would_change_the_past_is_refused():
    office = make_office()
    first = define(office)
    with pytest.raises(Refusal, match="Tahun 2025"):
        revise(office, first, name="Baru", since=date(2024, 1, 1))
    with pytest.raises(Refusal, match="tidak diubah"):
        revise(office, first, name="Baru", purpose=Purpose.PAST)
    assert len(events(office)) == 1


def test_the_same_meaning_again_is_no_revision():
    office = make_office()
    first = define(office)
    assert revise(office, first) == first
    assert len(events(office)) == 1


def test_another_meaning_of_a_known_code_is_a_revision_and_not_a_definition():
    office = make_office()
    define(office)
    with pytest.raises(Refusal, match="versi baru"):
        define(office, name="Baru")


@pytest.mark.parametrize("who", ["pelaksana", "camat"])
def test_others_may_not_revise_an_indicator(who):
    office = make_office()
    first = define(office)
    with pytest.raises(Refusal, match="Kasubbag"):
        actions.revise_indicator(
            first.indicator,
            definition(name="Baru", since=date(2025, 1, 1)),
            purpose=Purpose.FUTURE,
            scale=scale(),
            by=office.people[who],
            at=WHEN,
        )


TERTIB = formula.Component("tertib", "desa tertib", "desa", Decimal(0))
DESA = formula.Component(
    "desa", "seluruh desa", "desa", Decimal(1), formula.OverTime.LAST
)


def test_a_version_keeps_its_formula_and_components_in_their_order():
    office = make_office()
    parts = {
        "unit_of_measure": "%",
        "formula": "tertib / desa x 100%",
        "cap": Decimal("120.5"),
        "cap_on": formula.CapOn.AVERAGE,
    }
    first = define(office, components=(TERTIB, DESA), **parts)
    assert define(office, components=(TERTIB, DESA), **parts) == first
    assert queries.components_of(first) == (TERTIB, DESA)
    done = queries.calculated(first, {"tertib": Decimal(45), "desa": Decimal(50)})
    assert done.value == 90
    assert queries.rule_of(first).average_cap == Decimal("120.5")
    second = revise(
        office, first, components=(DESA, TERTIB), since=date(2025, 1, 1), **parts
    )
    assert queries.components_of(second) == (DESA, TERTIB)
    [data, _] = [ledger.data_of(event) for event in events(office)]
    assert data["formula"] == "tertib / desa × 100%"
    assert data["components"][1] == {
        "code": "desa",
        "unit": "desa",
        "least": "1",
        "over_time": "nilai akhir",
    }


def test_a_target_is_a_number_a_range_or_a_grade_as_its_indicator_is():
    office = make_office()
    plain = define(office, "A")
    span = define(office, "B", polarity=formula.Polarity.RANGE)
    opinion = next(s for s in formula.GRADE_SCALES if s.grades[0].code == "WTP")
    grade = define(office, "C", polarity=None, grades=opinion)
    three = formula.Span(Decimal(3), Decimal(5))
    for version, aim in ((plain, Decimal(90)), (span, three), (grade, "WTP")):
        assert promise(office, version, "2024", aim).aim == aim
        assert queries.target_of(version.indicator_id, "2024") == aim
    for version, aim in ((plain, three), (plain, "WTP"), (span, "9"), (grade, "9")):
        with pytest.raises(Refusal):
            promise(office, version, "2025", aim)
    with pytest.raises(Refusal, match="WTP"):
        promise(office, grade, "2025", "istimewa")
    assert Target.objects.filter(period_code="2025").count() == 0


def test_a_target_keeps_how_it_was_printed():
    office = make_office()
    printed = rules.read_aim(
        "100 dari 110 organisasi", unit="%", decimals=2, grades=None
    )
    row = promise(office, define(office), "2024", printed.aim, out_of=printed.out_of)
    row.refresh_from_db()
    assert row.value == printed.out_of.percent
    assert (row.numerator, row.denominator, row.counted) == (100, 110, "organisasi")


def test_a_baseline_stands_beside_the_target_and_may_lie_before_the_first_version():
    office = make_office()
    version = define(office, since=date(2024, 1, 1))
    promise(office, version, "2024", "90")
    promise(office, version, "2023", "80", kind=AimKind.BASELINE)
    promise(office, version, "2024", "85", kind=AimKind.BASELINE)
    found = version.indicator_id
    assert queries.target_of(found, "2024") == 90
    assert queries.target_of(found, "2023") is None
    baseline = queries.targets([found], ["2023", "2024"], AimKind.BASELINE)
    assert [row.value for row in baseline.values()] == [80, 85]
    with pytest.raises(Refusal, match="belum berlaku"):
        promise(office, version, "2023", "80")


def test_quarters_that_do_not_make_the_year_are_doubted():
    office = make_office()
    version = define(
        office, frequency=PeriodKind.QUARTER, over_time=formula.OverTime.SUM
    )
    promise(office, version, "2025", "10")
    assert queries.split_doubt(version, 2025) is None
    for number, value in enumerate("1234", 1):
        promise(office, version, f"2025-TW{number}", value)
    assert queries.split_doubt(version, 2025) is None
    promise(office, version, "2025-TW4", "5")
    assert "menghasilkan 11" in queries.split_doubt(version, 2025)


def test_a_target_is_split_by_unit_or_by_what_the_office_named():
    office = make_office()
    target = promise(office, define(office), "2024", "90")
    sex = actions.define_dimension(
        office.unit, "Jenis kelamin", ["L", "P"], by=office.kasubbag, at=WHEN
    )
    male, female = sex.categories.all()
    parts = [(male, Decimal(40)), (female, Decimal(50)), (office.unit, Decimal(90))]
    for _twice in (1, 2):
        actions.split_target(target, parts, by=office.kasubbag, at=WHEN)
    assert sorted(row.value for row in target.parts.all()) == [40, 50, 90]
    with pytest.raises(Refusal, match="dua kali"):
        actions.split_target(target, [parts[0]] * 2, by=office.kasubbag, at=WHEN)
    assert target.parts.count() == 3


def test_parts_that_do_not_add_up_to_a_target_are_told_where_units_are_summed():
    office = make_office()
    mean = define(office)
    summed = define(office, "IKU-2", over_units=formula.OverUnits.SUM)
    sex = actions.define_dimension(
        office.unit, "Jenis kelamin", ["L", "P"], by=office.kasubbag, at=WHEN
    )
    male, female = sex.categories.all()
    parts = [(male, Decimal(40)), (female, Decimal(45)), (office.unit, Decimal(90))]
    for version in (mean, summed):
        target = promise(office, version, "2024", "90")
        actions.split_target(target, parts, by=office.kasubbag, at=WHEN)
    found = queries.part_doubts([mean, summed], "2024")
    assert found.keys() == {summed.indicator_id}
    [told] = found[summed.indicator_id]
    assert told.startswith("Jenis kelamin: Jumlah bagian 85 kurang 5")


def test_a_part_of_another_office_is_refused():
    office, other = make_office(), make_office("Kecamatan Lain")
    target = promise(office, define(office), "2024", "90")
    theirs = actions.define_dimension(
        other.unit, "Jenis kelamin", ["L", "P"], by=other.kasubbag, at=WHEN
    )
    for part in (other.unit, theirs.categories.first()):
        with pytest.raises(Refusal, match="bukan bagian"):
            actions.split_target(
                target, [(part, Decimal(1))], by=office.kasubbag, at=WHEN
            )


@pytest.mark.parametrize(
    ("field", "most"),
    [("code", 40), ("group", 200), ("name", 300), ("unit_of_measure", 40)],
)
def test_a_text_of_a_definition_is_no_longer_than_its_column(field, most):
    office = make_office()
    with pytest.raises(Refusal, match=f"paling panjang {most}"):
        define(office, **{field: "x" * (most + 1)})


def test_an_origin_or_a_name_longer_than_its_column_is_refused():
    office = make_office()
    indicator, period = define(office).indicator, read_period("2024")
    by = {"by": office.kasubbag, "at": WHEN}
    for keep in (actions.set_target, actions.record_prior_actual):
        with pytest.raises(Refusal, match="paling panjang 300"):
            keep(indicator, period, Decimal(1), origin="x" * 301, **by)
    for name, choices in (("x" * 81, ["L", "P"]), ("Jenis", ["L", "x" * 81])):
        with pytest.raises(Refusal, match="paling panjang 80"):
            actions.define_dimension(office.unit, name, choices, **by)


def test_a_dimension_has_a_name_and_two_choices():
    office = make_office()
    for name, choices in (("", ["L", "P"]), ("Jenis kelamin", ["L"])):
        with pytest.raises(Refusal, match="dua pilihan"):
            actions.define_dimension(
                office.unit, name, choices, by=office.kasubbag, at=WHEN
            )


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
    revise(office, first, name="Baru", since=date(2025, 1, 1))
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
    first, *_rest = plan_muncar(office)
    revise(office, first, name="Indeks 2025", since=date(2025, 1, 1), order=1)
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


def test_a_figure_from_before_himpun_is_of_its_indicator_s_kind():
    office = make_office()
    number = define(office, "A")
    grade = define(office, "B", polarity=None, grades=OPINI_BPK)
    assert recall(office, grade, "2023", "WDP").figure == "WDP"
    for version, figure in ((number, "WTP"), (grade, "97"), (grade, "istimewa")):
        with pytest.raises(Refusal):
            recall(office, version, "2023", figure)
    assert PriorActual.objects.count() == 1


def test_an_indicator_changes_its_place_without_a_new_version():
    office = make_office()
    version = define(office)
    indicator = version.indicator

    def place(group, by=None):
        return actions.place_indicator(
            indicator,
            level=Level.PROGRAMME,
            group=group,
            order=7,
            by=by or office.kasubbag,
            at=WHEN,
        )

    assert place("  Program  pelayanan ")
    assert not place("Program pelayanan")
    indicator.refresh_from_db()
    kept = (indicator.level, indicator.group, indicator.order)
    assert kept == ("program", "Program pelayanan", 7)
    assert indicator.versions.count() == 1
    assert Event.objects.filter(type="indicator.placed").count() == 1
    with pytest.raises(Refusal, match="Tulis tujuan"):
        place(" ")
    with pytest.raises(Refusal, match="paling panjang 200"):
        place("x" * 201)
    with pytest.raises(Refusal, match="diubah oleh Kasubbag"):
        place("Lain", by=office.pelaksana)
