from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from himpun.collection import actions as collection
from himpun.collection.models import Entry
from himpun.collection.tests.builders import (
    LATER,
    OPINION,
    accept,
    calculated,
    collecting,
    entry_of,
    fill,
    fill_components,
    give_back,
    later,
    submitted,
)
from himpun.formula import CapOn
from himpun.ledger import actions as ledger
from himpun.ledger.tests.kept import undone
from himpun.measurement import queries
from himpun.measurement.models import Achievement
from himpun.organization import queries as organization
from himpun.planning.models import Target
from himpun.planning.tests.builders import define, promise, recall
from himpun.procedures import actions as procedures
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import read_period

pytestmark = pytest.mark.django_db


def stored(round_, code="IKU-1", period="2024"):
    return Achievement.objects.filter(
        indicator__code=code, unit=round_.unit, period_code=period
    ).first()


def snapshot():
    rows = Achievement.objects.order_by("indicator", "period_code").values()
    return [{k: v for k, v in row.items() if k != "id"} for row in rows]


def test_a_saved_value_shows_at_once_as_provisional():
    office, round_ = collecting()
    fill(office, round_)
    row = stored(round_)
    assert round(row.value, 2) == Decimal("106.93")  # the ratio that was printed
    assert row.band == "Sangat tinggi"
    assert not row.verified
    assert row.case == round_.case_id
    assert row.steps[0].startswith("Rumus: realisasi / target")


def test_an_accepted_value_is_verified_and_a_returned_one_no_longer():
    office, round_ = submitted()
    accept(office, round_)
    assert stored(round_).verified
    give_back(office, round_, at=later(1))
    assert not stored(round_).verified


def test_a_cleared_value_is_not_zero():
    office, round_ = collecting()
    fill(office, round_, evidence=False)
    entry = entry_of(round_)
    collection.save_value(
        entry, text="", row_version=entry.row_version, by=office.pelaksana, at=LATER
    )
    row = stored(round_)
    assert row.actual is None
    assert row.value is None
    assert row.reason == "realisasi belum diisi"
    assert row.band == ""


def test_a_figure_from_before_himpun_is_labelled_and_never_verified():
    _office, round_ = collecting()
    row = stored(round_, period="2023")
    assert row.prior
    assert not row.verified
    assert round(row.value, 2) == Decimal("103.65")


def test_a_new_target_changes_what_is_provisional_and_not_what_is_verified():
    office, round_ = submitted()
    accept(office, round_, "IKU-1")
    promise(office, entry_of(round_, "IKU-1").version, "2024", "50")
    promise(office, entry_of(round_, "IKU-2").version, "2024", "50")
    assert stored(round_, "IKU-1").target == Decimal("91.33")
    assert stored(round_, "IKU-2").target == 50
    give_back(office, round_, "IKU-1", at=later(1))
    assert stored(round_, "IKU-1").target == 50


def test_a_prior_figure_never_replaces_one_of_a_case():
    office, round_ = collecting()
    fill(office, round_)
    recall(office, entry_of(round_).version, "2024", "1")
    assert stored(round_).actual == Decimal("97.66")


def test_a_return_of_the_step_makes_the_named_values_provisional():
    office, round_ = submitted()
    accept(office, round_, "IKU-1")
    accept(office, round_, "IKU-2")
    procedures.write_event(
        round_.case,
        "step.returned",
        by=organization.own_role(office.camat, LATER),
        at=later(1),
        data={"values": [entry_of(round_, "IKU-2").pk], "to": "l3"},
    )
    assert stored(round_, "IKU-1").verified
    assert not stored(round_, "IKU-2").verified


def test_the_figures_of_a_cancelled_case_are_gone():
    office, round_ = collecting()
    fill(office, round_)
    procedures.cancel_case(
        round_.case, reason="Salah periode dibuka", by=office.kasubbag, at=LATER
    )
    assert stored(round_) is None
    assert stored(round_, period="2023") is not None


def test_a_cancelled_case_uncovers_the_figure_from_before_himpun():
    office, round_ = collecting()
    recall(office, entry_of(round_).version, "2024", "88")
    fill(office, round_)
    recall(office, entry_of(round_).version, "2024", "90")
    procedures.cancel_case(
        round_.case, reason="Salah periode dibuka", by=office.kasubbag, at=LATER
    )
    row = stored(round_)
    assert (row.actual, row.prior, row.case) == (Decimal(90), True, None)
    shown = snapshot()
    ledger.rebuild()
    assert snapshot() == shown


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["type", "send", "accept", "return", "promise", "recall"]),
        st.sampled_from(["IKU-1", "IKU-2"]),
        st.decimals(min_value=0, max_value=200, places=2),
    ),
    max_size=14,
)


def act(office, round_, step, minute):
    what, code, number = step
    entry, at = entry_of(round_, code), later(minute)
    if what == "type":
        fill(office, round_, code, str(number), evidence=False, at=at)
    elif what == "send":
        collection.submit_values(round_, entries=[entry.pk], by=office.pelaksana, at=at)
    elif what == "accept":
        accept(office, round_, code, at=at)
    elif what == "return":
        give_back(office, round_, code, at=at)
    elif what == "promise":
        promise(office, entry.version, "2024", number)
    else:
        recall(office, entry.version, "2024", number)


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=ACTS)
def test_a_replay_of_any_history_gives_the_stored_figures(history):
    with undone():
        office, round_ = collecting()
        for code in ("IKU-1", "IKU-2"):
            entry = fill(office, round_, code)  # with a note too, it can be sent
            collection.save_note(
                entry,
                text="Survei",
                row_version=entry.row_version,
                by=office.pelaksana,
                at=LATER,
            )
        for minute, step in enumerate(history, start=1):
            try:
                act(office, round_, step, minute)
            except Refusal:
                continue
        before = snapshot()
        ledger.rebuild()
        assert snapshot() == before


def test_a_replay_finds_figures_that_were_changed_by_hand():
    office, round_ = collecting()
    fill(office, round_)
    before = snapshot()
    Achievement.objects.update(value=Decimal(1))
    assert snapshot() != before
    ledger.rebuild()
    assert snapshot() == before


def test_components_and_grades_are_stored_and_rebuilt_as_they_were():
    office, entry = calculated()
    fill_components(office, entry, selesai="45", masuk="50")
    version = define(office, "X-2", polarity=None, grades=OPINION)
    graded = Entry.objects.create(round=entry.round, version=version, unit=office.unit)
    collection.save_value(
        graded, text="WTP", row_version=0, by=office.pelaksana, at=LATER
    )
    promise(office, version, "2024", "WDP")
    row, grade = stored(entry.round, "X-1"), stored(entry.round, "X-2")
    assert (row.actual, row.target, row.value) == (90, 80, Decimal("112.5"))
    assert row.inputs == {"selesai": "45", "masuk": "50"}
    assert "45 / 50 × 100% = 90" in queries.explain(row).calculation
    assert (grade.actual, grade.figure, grade.target) == (None, "WTP", "WDP")
    assert grade.value == 100
    shown = snapshot()
    ledger.rebuild()
    assert snapshot() == shown


def test_a_withdrawn_target_leaves_the_figure_without_a_capaian():
    office, round_ = collecting()
    fill(office, round_)
    collection.withdraw_target(
        Target.objects.get(indicator__code="IKU-1", period_code="2024"),
        reason="Salah ketik tahun",
        by=office.kasubbag,
        at=LATER,
    )
    row = stored(round_, "IKU-1")
    assert (row.target, row.value) == (None, None)
    shown = snapshot()
    ledger.rebuild()
    assert snapshot() == shown


def test_a_cap_for_averages_holds_in_the_mean_alone():
    office, round_ = collecting()
    version = define(office, "X-1", cap=Decimal(100), cap_on=CapOn.AVERAGE)
    promise(office, version, "2024", "80")
    entry = Entry.objects.create(round=round_, version=version, unit=office.unit)
    collection.save_value(
        entry, text="120", row_version=0, by=office.pelaksana, at=LATER
    )
    assert stored(round_, "X-1").value == 150
    table = queries.capaian(office.unit, read_period("2024"))
    assert (table.mean.value, table.capped) == (100, True)
