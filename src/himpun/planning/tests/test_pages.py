"""The forms of the plan, filled in as a Kasubbag would, and as nobody should."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun import formula
from himpun.documents import sheets as files
from himpun.formula import OverTime, OverUnits, Polarity, Span
from himpun.formula.targets import OutOf
from himpun.ledger.tests.kept import built_once
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions, queries
from himpun.planning.models import Category, Indicator, Target
from himpun.planning.rules import Printed
from himpun.planning.tests.builders import define, promise
from himpun.shared import clock
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import PeriodKind

pytestmark = pytest.mark.django_db
OPINION = next(s for s in formula.GRADE_SCALES if s.grades[0].code == "WTP")
FILLED = {
    **{"level": "sasaran", "group": "Sasaran contoh", "code": "IKU-9", "order": ""},
    **{"name": "Pengaduan selesai", "definition": "", "unit_of_measure": "%"},
    **{"decimals": "2", "polarity": "higher", "cap": "120,5", "cap_on": "value"},
    **{"scale": "Skala Nilai Peringkat Kinerja|1", "zero_target": "unknown"},
    **{"over_time": "nilai akhir", "over_units": "dihitung dari komponen"},
    **{"frequency": "triwulan", "in_charge": "Kasi", "mechanism": "dihitung"},
    **{"medium": "register", "since": "2025-01-01", "origin": "Renstra (contoh)"},
    **{"formula": "persen(selesai; masuk)", "baris": "2", "tindakan": "simpan"},
    **{"k0-code": "selesai", "k0-name": "selesai", "k0-over_time": "jumlah"},
    **{"k1-code": "masuk", "k1-name": "masuk", "k1-over_time": "jumlah"},
    **{"k0-unit": "kasus", "k1-unit": "kasus", "k0-least": "0", "k1-least": "1"},
}


@built_once
def planned():
    """An office with one indicator of each kind of target."""
    office = make_office(villages=2)
    define(office, "IKU-1", frequency=PeriodKind.QUARTER, over_time=OverTime.SUM)
    define(office, "IKU-2", polarity=Polarity.RANGE)
    define(office, "IKU-3", polarity=None, grades=OPINION)
    define(office, "IKU-4", unit_of_measure="%", over_units=OverUnits.SUM)
    actions.define_dimension(
        office.unit, "Jenis kelamin", ["L", "P"], by=office.kasubbag, at=WHEN
    )
    return office


@pytest.fixture
def office():
    clock.start_at(WHEN)
    return planned()


@pytest.fixture
def page(client, office):
    client.force_login(office.kasubbag, "django.contrib.auth.backends.ModelBackend")
    return client


def number(code):
    return Indicator.objects.get(code=code).pk


def text(response):
    return response.content.decode()


def versions(code):
    return list(Indicator.objects.get(code=code).versions.order_by("number"))


def named(code, cells):
    """Return cells of an indicator as the grid names them; other fields stay."""
    return {
        re.sub(
            r"^(lihat-)?(\d{4}|awal|akhir|standar)", rf"\g<1>{number(code)}.\2", name
        ): value
        for name, value in cells.items()
    }


def fill(page, code, query="", **cells):
    """Send the grid of 2025 with some cells filled; lihat-... is what was shown."""
    data = {"origin": "PK (contoh)", **named(code, cells)}
    return page.post(f"/indikator/{number(code)}/target?tahun=2025{query}", data)


def aim(code, period="2025", kind="target"):
    row = Target.objects.filter(indicator=number(code), period_code=period, kind=kind)
    return row[0].aim if row else None


# An indicator


def test_a_new_indicator_is_kept_as_it_was_filled_in(page):
    response = page.post("/indikator/baru", FILLED)
    [version] = versions("IKU-9")
    assert response["Location"] == f"/indikator/{version.indicator_id}"
    assert (version.formula, version.cap) == (
        "persen(selesai; masuk)",
        Decimal("120.5"),
    )
    assert [one.code for one in version.components.all()] == ["selesai", "masuk"]
    assert version.since == date(2025, 1, 1)


def test_a_qualitative_indicator_has_grades_and_no_formula(page):
    asked = {**FILLED, "polarity": "tingkat", "formula": "", "baris": "0", "cap": ""}
    asked |= {"over_units": "rata-rata", "grade_rule": "reached"}
    wrong = page.post("/indikator/baru", asked)
    assert "Pilih skala untuk indikator kualitatif." in text(wrong)
    page.post("/indikator/baru", {**asked, "grade_scale": f"{OPINION.name}|1"})
    [version] = versions("IKU-9")
    assert (version.polarity, version.grade_scale.name) == ("", OPINION.name)


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(page):
    asked = {**FILLED, "formula": "persen(selesa; masuk)", "medium": "", "cap": "x"}
    response = page.post("/indikator/baru", asked)
    assert response.status_code == 422
    said = text(response)
    assert 'id="id_medium_error"' in said
    assert 'id="id_cap_error"' in said
    assert 'value="persen(selesa; masuk)"' in said
    assert 'value="selesai"' in said
    response = page.post("/indikator/baru", {**FILLED, "formula": asked["formula"]})
    assert "Maksudnya selesai?" in text(response)
    assert 'id="id_formula_error"' in text(response)
    assert not Indicator.objects.filter(code="IKU-9").exists()


def test_checking_shows_the_formula_with_examples_and_keeps_nothing(page):
    asked = {**FILLED, "tindakan": "periksa", "k0-example": "40", "k1-example": "50"}
    said = text(page.post("/indikator/baru", asked))
    assert "40 / 50 × 100% = 80" in said
    assert "Definisi ini dapat disimpan." in said
    assert not Indicator.objects.filter(code="IKU-9").exists()


def test_a_warning_is_confirmed_before_anything_is_kept(page):
    asked = {**FILLED, "k1-least": ""}
    response = page.post("/indikator/baru", asked)
    assert response.status_code == 422
    assert "Pembagi masuk dapat bernilai 0" in text(response)
    assert not Indicator.objects.filter(code="IKU-9").exists()
    seal = response.context["sheet"].seal
    page.post("/indikator/baru", {**asked, "yakin": "lain"})
    assert not Indicator.objects.filter(code="IKU-9").exists()
    page.post("/indikator/baru", {**asked, "yakin": seal})
    assert len(versions("IKU-9")) == 1


def test_rows_of_components_come_and_go_without_a_script(page):
    more = page.post("/indikator/baru", {**FILLED, "tindakan": "tambah"})
    assert len(more.context["sheet"].rows) == 3
    assert more.status_code == 200
    assert 'value="Pengaduan selesai"' in text(more)
    less = page.post("/indikator/baru", {**FILLED, "tindakan": "hapus:0"})
    [row] = less.context["sheet"].rows
    assert row["code"].value() == "masuk"


def test_who_wants_to_correct_the_past_is_told_what_to_do_instead(page):
    address = f"/indikator/{number('IKU-1')}/versi"
    response = page.post(address, {**FILLED, "purpose": "membetulkan yang lalu"})
    assert response.status_code == 422
    assert "kembalikan isian itu kepada pengisinya" in text(response)
    assert len(versions("IKU-1")) == 1


def test_a_new_version_holds_for_the_future_and_leaves_the_code_alone(page):
    address = f"/indikator/{number('IKU-1')}/versi"
    begun = page.get(address)
    assert 'value="2025-01-01"' in text(begun)
    page.post(address, {**FILLED, "purpose": "mulai periode ini"})
    old, new = versions("IKU-1")
    assert (old.name, new.name) == ("Indikator IKU-1", "Pengaduan selesai")
    early = {"purpose": "mulai periode ini", "since": "2024-06-01"}
    response = page.post(address, {**FILLED, **early})
    assert 'id="id_since_error"' in text(response)
    assert len(versions("IKU-1")) == 2


# Targets


def test_targets_of_a_year_and_its_periods_are_set_in_one_grid(page):
    quarters = {f"2025-TW{n}": "25" for n in range(1, 5)}
    response = fill(page, "IKU-1", **{"2025": "100", "awal": "80,5", **quarters})
    assert response.status_code == 302
    assert aim("IKU-1") == 100
    assert aim("IKU-1", "2025-TW3") == 25
    assert aim("IKU-1", "2024", "kondisi awal") == Decimal("80.5")


def test_a_range_a_grade_and_a_share_are_written_as_people_write_them(page):
    fill(page, "IKU-2", **{"2025": "3 - 5,5"})
    fill(page, "IKU-3", **{"2025": "wtp"})
    fill(page, "IKU-4", **{"2025": "99 dari 110 desa"})
    assert aim("IKU-2") == Span(Decimal(3), Decimal("5.5"))
    assert aim("IKU-3") == "WTP"
    assert aim("IKU-4") == 90
    shown = text(page.get(f"/indikator/{number('IKU-4')}/target?tahun=2025"))
    assert 'value="99 dari 110 desa"' in shown


def test_a_cell_that_cannot_be_read_is_told_beside_it_and_nothing_is_set(page):
    response = fill(page, "IKU-1", **{"2025": "1.234", "2025-TW1": "20"})
    assert response.status_code == 422
    said = text(response)
    assert "titik pemisah ribuan" in said
    assert f'id="id_{number("IKU-1")}.2025_error"' in said
    assert 'value="20"' in said
    assert not Target.objects.exists()


def test_the_year_is_held_against_its_periods_before_it_is_saved(page):
    cells = {"2025": "100", "2025-TW1": "30", "tindakan": "periksa"}
    assert "Target periode belum lengkap" in text(fill(page, "IKU-1", **cells))
    cells |= {f"2025-TW{n}": "30" for n in range(2, 5)}
    said = text(fill(page, "IKU-1", **cells))
    assert "menghasilkan 120, sedangkan target setahun 100" in said
    assert not Target.objects.exists()


def test_each_cell_of_the_grid_has_a_name_of_its_own(page):
    shown = text(page.get(f"/indikator/{number('IKU-1')}/target?tahun=2025"))
    named = re.findall(r'<label class="vh" for="[^"]+">([^<]+)</label>', shown)
    assert {"Tahun 2025", "Standar nasional mulai Tahun 2025"} <= set(named)
    assert len(named) == len(set(named))


def test_parts_of_a_target_are_set_beside_it_and_other_parts_stay(page, office):
    members = [f"k{one.pk}" for one in Category.objects.order_by("order")]
    cells = {"2025": "10", f"2025.{members[0]}": "4", f"2025.{members[1]}": "5"}
    dimension = Category.objects.first().dimension_id
    asked = {**cells, "tindakan": "periksa"}
    said = text(fill(page, "IKU-4", f"&bagian={dimension}", **asked))
    assert "menghasilkan 9, sedangkan target 10" in said
    fill(page, "IKU-4", f"&bagian={dimension}", **cells)
    village = office.unit.children.first()
    fill(page, "IKU-4", "&bagian=unit", **{f"2025.u{village.pk}": "7"})
    target = Target.objects.get(indicator=number("IKU-4"))
    [version] = versions("IKU-4")
    assert "menghasilkan 9" in queries.year_plan([version], 2025).whole.doubt
    assert {part.name: part.value for part in target.parts.all()} == {
        "L": 4,
        "P": 5,
        village.name: 7,
    }


def test_a_part_without_its_target_is_refused_at_its_period(page):
    [one, _other] = Category.objects.order_by("order")
    response = fill(
        page, "IKU-4", f"&bagian={one.dimension_id}", **{f"2025.k{one.pk}": "4"}
    )
    assert "Isi targetnya lebih dahulu" in text(response)
    assert not Target.objects.exists()


def test_what_a_colleague_changed_meanwhile_is_not_overwritten_unseen(page, office):
    promise(office, versions("IKU-1")[0], "2025", "90")
    response = fill(page, "IKU-1", **{"2025": "95", "lihat-2025": "85"})
    assert "Sudah diubah orang lain menjadi 90." in text(response)
    assert aim("IKU-1") == 90
    untouched = fill(page, "IKU-1", **{"2025": "85", "lihat-2025": "85"})
    assert untouched.status_code == 302
    assert aim("IKU-1") == 90
    fill(page, "IKU-1", **{"2025": "95", "lihat-2025": "90"})
    assert aim("IKU-1") == 95


@pytest.mark.parametrize("what", ["target", "part"])
def test_what_a_colleague_changes_while_it_is_saved_is_not_overwritten(office, what):
    version = versions("IKU-4")[0]
    row = promise(office, version, "2025", "90")
    [line] = [
        one
        for one in queries.year_plan(versions("IKU-4"), 2025).lines
        if one.key == "2025"
    ]
    plan = actions.Plan(
        indicator=version.indicator,
        key="x",
        kind=line.kind,
        period=line.period,
        printed=Printed(Decimal(95)),
        parts=None,
        stood=line.target,
    )
    if what == "target":
        promise(office, version, "2025", "91")
    else:
        parts = [(Category.objects.all()[0], Decimal(40))]
        actions.split_target(row, parts, by=office.kasubbag, at=WHEN)
    with pytest.raises(Refusal, match="baru saja diubah orang lain") as refused:
        actions.set_plan([plan], origin="PK", by=office.kasubbag, at=WHEN)
    assert refused.value.field == "x"
    assert aim("IKU-4") == (91 if what == "target" else 90)


def test_an_emptied_cell_does_not_take_a_promise_back(page, office):
    promise(
        office, versions("IKU-4")[0], "2025", "99", out_of=OutOf(Decimal(1), Decimal(2))
    )
    response = fill(page, "IKU-4", **{"2025": "", "lihat-2025": "1 dari 2"})
    assert "tidak dihapus" in text(response)
    assert aim("IKU-4") == 99


def test_the_end_of_the_plan_and_a_national_standard_stand_beside_the_year(page):
    assert ".akhir-" not in text(page.get(f"/indikator/{number('IKU-1')}/target"))
    cells = {"2025": "90", "akhir-2029": "95,5", "standar-2025": "88"}
    fill(page, "IKU-1", "&akhir=2029", **cells)
    assert aim("IKU-1") == 90
    assert aim("IKU-1", "2029", "akhir renstra") == Decimal("95.5")
    assert aim("IKU-1", "2025", "standar") == 88
    later = text(page.get(f"/indikator/{number('IKU-1')}/target?tahun=2027"))
    assert f'name="{number("IKU-1")}.akhir-2029" value="95,5"' in later
    assert "Kini berlaku 88,00, sejak 2025" in later
    shown = text(page.get(f"/indikator/{number('IKU-1')}?tahun=2027"))
    assert "Akhir Renstra, 2029" in shown
    assert "Standar nasional, sejak 2025" in shown
    assert "Standar nasional Tahun 2025 ditetapkan: 88" in shown
    wrong = f"/indikator/{number('IKU-1')}/target?tahun=2025&akhir=2024"
    assert page.get(wrong).status_code == 404


def test_a_period_before_the_first_version_takes_no_target(page):
    page.post("/indikator/baru", FILLED)
    said = text(page.get(f"/indikator/{number('IKU-9')}/target?tahun=2023"))
    assert "Indikator belum berlaku pada periode ini." in said


@pytest.mark.parametrize("all_of_them", [False, True])
def test_a_grid_asks_the_database_as_often_for_one_target_as_for_many(
    page, office, all_of_them
):
    promise(office, versions("IKU-1")[0], "2025", "90")
    one = f"/indikator/{number('IKU-1')}/target"
    address = f"{'/indikator/target' if all_of_them else one}?tahun=2025"
    page.get(address)
    with CaptureQueriesContext(connection) as before:
        page.get(address)
    for quarter in range(1, 5):
        promise(office, versions("IKU-1")[0], f"2025-TW{quarter}", "20")
    promise(office, versions("IKU-4")[0], "2025", "20")
    define(office, "IKU-5")
    with CaptureQueriesContext(connection) as after:
        page.get(address)
    assert len(after) == len(before)


def test_all_indicators_of_an_office_get_their_targets_in_one_grid(page, office):
    begun = page.get("/indikator/target?tahun=2025")
    assert "diukur setahun sekali" in text(begun)
    cells = named("IKU-1", {"2025": "100", "2025-TW1": "25"})
    cells |= named("IKU-2", {"2025": "3 - 5"}) | named("IKU-3", {"2025": "WTP"})
    page.post("/indikator/target?tahun=2025", {**cells, "origin": "PK (contoh)"})
    assert [aim(code) for code in ("IKU-1", "IKU-2", "IKU-3", "IKU-4")] == [
        100,
        Span(Decimal(3), Decimal(5)),
        "WTP",
        None,
    ]
    assert aim("IKU-1", "2025-TW1") == 25
    assert "Target periode belum lengkap" in text(
        page.get("/indikator/target?tahun=2025")
    )


def test_one_wrong_cell_of_the_grid_keeps_all_from_being_set(page):
    cells = named("IKU-1", {"2025": "100"}) | named("IKU-2", {"2025": "4"})
    response = page.post("/indikator/target?tahun=2025", {**cells, "origin": "PK"})
    assert response.status_code == 422
    assert "memerlukan dua batas" in text(response)
    assert not Target.objects.exists()


def test_a_plan_is_shown_before_it_is_kept_and_kept_when_confirmed(office, page):
    where = {"unit": office.unit.pk}
    table = "kode,jenis,sumber,2031\nIKU-4,target,PK,{}\n"
    for value, status, words in (("-", 422, "Target!D2"), ("91", 200, "Terapkan")):
        file = SimpleUploadedFile("a.csv", table.format(value).encode())
        answer = page.post("/rencana/impor", {**where, "file": file})
        assert answer.status_code == status
        assert words in answer.content.decode()
    assert not Target.objects.filter(period_code="2031").exists()
    packed = answer.context["packed"]
    sent = {**where, "tindakan": "terapkan", "nama": "a.csv", "berkas": packed}
    lost = page.post("/rencana/impor", {**sent, "berkas": "x"})
    assert "Pilih berkasnya sekali lagi" in lost.content.decode()
    assert page.post("/rencana/impor", sent).status_code == 302
    assert Target.objects.get(period_code="2031").value == 91


def test_the_sheets_of_an_office_are_handed_out_full_or_empty(office, page):
    for query, rows in (("", 4), ("?kosong=1", 0)):
        answer = page.get(f"/rencana/lembar{query}")
        tables = files.read(answer.content, "a.xlsx")
        [table] = [table for table in tables if table.name == "Indikator"]
        assert len({cell.row for cell in table.cells}) == rows + 1
