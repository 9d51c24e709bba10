"""An indicator with a formula, and one of grades, from typing to the stored capaian."""

from decimal import Decimal

import pytest
from django.urls import reverse

from himpun.collection import actions, queries
from himpun.collection.models import Entry, Proposal, Round
from himpun.collection.queries import earlier
from himpun.collection.rules import Evaluation
from himpun.collection.tests.builders import (
    BUKTI,
    LATER,
    OPINION,
    accept,
    calculated,
    collecting,
    entry_of,
    events,
    fill_components,
    submit_all,
)
from himpun.ledger import queries as ledger
from himpun.planning.queries import Earlier
from himpun.planning.tests.builders import define, promise, recall
from himpun.shared.refusals import Conflict, Refusal

pytestmark = pytest.mark.django_db


def test_a_figure_follows_from_its_components_and_tells_each_step():
    office, entry = calculated()
    saved = fill_components(office, entry, selesai="45", masuk="50")
    assert (saved.value, saved.state) == (90, "tersimpan")
    row = queries.row_of(entry)
    assert row.measured.value == Decimal("112.5")
    assert "45 / 50 × 100% = 90" in row.calculation
    [event] = events(entry.round, "value.saved")
    data = ledger.data_of(event)
    assert (data["new"], data["inputs"]) == ("90", {"selesai": "45", "masuk": "50"})


def test_while_a_component_is_missing_there_is_no_figure():
    office, entry = calculated()
    assert fill_components(office, entry, selesai="45").value is None
    assert "masuk belum diisi" in queries.row_of(entry).calculation[-1]
    assert fill_components(office, entry, masuk="50").value == 90


def test_a_zero_denominator_gives_no_figure_and_its_reason():
    office, entry = calculated()
    assert fill_components(office, entry, selesai="0", masuk="0").value is None
    assert "bernilai 0" in queries.row_of(entry).calculation[-1]


def test_a_component_that_is_no_number_is_kept_as_typed_and_hinders():
    office, entry = calculated()
    fill_components(office, entry, selesai="45", masuk="50")
    fill_components(office, entry, masuk="lima puluh")
    row = queries.row_of(entry)
    assert row.entry.value is None
    assert [one.text for one in row.variables] == ["45", "lima puluh"]
    assert row.problem
    fill_components(office, entry, masuk="60")
    assert queries.row_of(entry).entry.value == 75
    assert queries.row_of(entry).problem == ""


def test_the_same_components_again_record_nothing():
    office, entry = calculated()
    fill_components(office, entry, selesai="45", masuk="50")
    fill_components(office, entry, selesai="45", masuk="50", row_version=0)
    assert len(events(entry.round, "value.saved")) == 1


def test_components_that_somebody_else_changed_are_not_overwritten():
    office, entry = calculated()
    fill_components(office, entry, selesai="45", masuk="50")
    with pytest.raises(Conflict) as conflict:
        fill_components(office, entry, selesai="46", row_version=0)
    assert conflict.value.current.typed == "selesai: 46"
    assert queries.row_of(entry).entry.value == 90


def test_a_calculated_figure_is_not_typed_and_a_typed_one_has_no_components():
    office, entry = calculated()
    plain = entry_of(entry.round)
    with pytest.raises(Refusal, match="dihitung dari komponennya"):
        actions.save_value(
            entry, text="90", row_version=0, by=office.pelaksana, at=LATER
        )
    with pytest.raises(Refusal, match="tidak memakai komponen"):
        fill_components(office, plain, selesai="45")


def test_a_paste_leaves_calculated_figures_alone():
    _office, entry = calculated()
    cell = next(c for c in queries.cells(entry.round) if c.entry == entry.pk)
    assert cell.by_hand


def test_a_grade_is_read_by_name_and_measured_on_its_scale():
    office, round_ = collecting()
    version = define(office, "X-2", polarity=None, grades=OPINION)
    promise(office, version, "2024", "WTP")
    entry = Entry.objects.create(round=round_, version=version, unit=office.unit)

    def save(text, row_version):
        return actions.save_value(
            entry, text=text, row_version=row_version, by=office.pelaksana, at=LATER
        )

    saved = save("wajar tanpa pengecualian", 0)
    assert (saved.figure, saved.value, saved.state) == ("WTP", None, "tersimpan")
    assert queries.row_of(entry).measured.value == 100
    data = ledger.data_of(events(round_, "value.saved")[-1])
    assert data["new"] == {"grade": "WTP"}
    assert save("istimewa", 1).draft == "istimewa"
    assert "Pilih: WTP" in queries.row_of(entry).problem


def test_a_grade_is_proposed_compared_and_doubted_like_a_number(client):
    office, round_ = collecting()
    version = define(office, "X-2", polarity=None, grades=OPINION)
    promise(office, version, "2024", "TMP")
    recall(office, version, "2023", "WTP")
    Proposal.objects.create(
        round=round_, version=version, grade="TMP", evaluation=Evaluation.ODD
    )
    entry = Entry.objects.create(round=round_, version=version, unit=office.unit)
    client.force_login(
        office.pelaksana, backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(reverse("collection:entries", args=[round_.case_id]))
    assert "usulan TMP" in page.content.decode()
    actions.save_value(entry, text="TMP", row_version=0, by=office.pelaksana, at=LATER)
    row = queries.row_of(entry)
    assert (row.previous_figure, row.difference, row.steps) == ("WTP", None, -2)
    assert "Berubah 2 tingkat dibanding periode lalu (WTP)." in row.remarks
    assert "Sama dengan usulan yang dinilai janggal" in row.remarks[1]
    assert "Target TMP di bawah realisasi" in row.hints[0]
    past = queries.histories(round_)[version.indicator_id]
    assert [one.figure for one in past] == ["WTP"]


def test_an_accepted_grade_is_the_former_one_of_the_next_round():
    office, round_ = collecting()
    version = define(office, "X-2", polarity=None, grades=OPINION)
    recall(office, version, "2024", "TW")
    Entry.objects.create(
        round=round_, version=version, unit=office.unit, grade="WTP", state="diterima"
    )
    later = Round(unit=office.unit, period_code="2025")
    indicator, measure = version.indicator_id, version.unit_of_measure
    assert earlier.previous_figures(later, {indicator: measure}) == {
        indicator: Earlier("2024", "WTP", earlier.VERIFIED_LABEL, prior=False)
    }
    assert earlier.previous_figures(later, {indicator: "orang"}) == {}


def test_the_grid_takes_components_in_the_row_and_nowhere_else(client):
    office, entry = calculated()
    client.force_login(
        office.pelaksana, backend="django.contrib.auth.backends.ModelBackend"
    )
    grid = reverse("collection:entries", args=[entry.round.case_id])
    page = client.get(grid).content.decode()
    assert 'name="komponen-selesai"' in page
    assert f'name="nilai-{entry.pk}"' not in page
    save = reverse("collection:save-value", args=[entry.round.case_id, entry.pk])
    typed = {"komponen-selesai": "45", "komponen-masuk": "50", "row_version": "0"}
    assert client.post(save, typed).status_code == 302
    assert "45 / 50 × 100% = 90" in client.get(grid).content.decode()
    typed["komponen-selesai"] = "46"
    assert "selesai: 46" in client.post(save, typed).content.decode()


def test_an_accepted_figure_keeps_its_components_for_the_papers():
    office, entry = calculated()
    fill_components(office, entry, selesai="45", masuk="50")
    actions.add_evidence(
        entry, content=BUKTI, filename="b.csv", by=office.pelaksana, at=LATER
    )
    submit_all(office, entry.round)
    accept(office, entry.round, "X-1")
    [value] = queries.accepted_values(entry.round.case)
    assert value.inputs == (("selesai", Decimal(45)), ("masuk", Decimal(50)))
    assert (value.value, value.target) == (90, 80)
    assert value.meaning.formula == "selesai / masuk × 100%"
    data = ledger.data_of(events(entry.round, "value.accepted")[-1])
    assert data["inputs"] == {"selesai": "45", "masuk": "50"}
