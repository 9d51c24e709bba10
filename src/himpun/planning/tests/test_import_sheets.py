"""The whole of a plan travels: formulas, scales, parts, weights, RKT, rencana aksi, IKU."""

from dataclasses import replace
from datetime import date

import pytest

from himpun.documents import sheets as files
from himpun.formula import GradeRule, Polarity
from himpun.formula.scales import CEPU, PERMENDAGRI_86_2017, PREDIKAT_AKIP
from himpun.ledger.tests.kept import built_once
from himpun.organization.tests.builders import make_office
from himpun.planning import queries
from himpun.planning.rules import workbook
from himpun.planning.rules.workbook import Tally
from himpun.planning.tests import published
from himpun.planning.tests.test_import import bring, export, tallies

pytestmark = pytest.mark.django_db
QUALITATIVE = {
    "kode": "S2",
    "tingkat": "sasaran",
    "indikator": "Predikat SAKIP",
    "satuan": "predikat",
    "arah": workbook.POLARITIES[None],
    "skala tingkat": PREDIKAT_AKIP.name,
    "capaian tingkat": workbook.GRADE_RULES[GradeRule.PLACES],
    "skala peringkat": CEPU.name,
    "frekuensi": "tahun",
    "penanggung jawab": "Sekcam",
    "mekanisme perhitungan": "Hasil evaluasi",
    "media": "Laporan hasil evaluasi",
    "kelompok": "Meningkatnya akuntabilitas",
    "definisi": "Predikat dari inspektorat",
    "bukti": "Laporan hasil evaluasi",
    "bukti wajib": "tidak",
    "berlaku sejak": date(2025, 1, 1),
}
LIMITED = {
    "kode": "S3",
    "tingkat": "program",
    "indikator": "Rata-rata hari penyelesaian",
    "satuan": "hari",
    "desimal": 1,
    "arah": workbook.POLARITIES[Polarity.LOWER_RATIO],
    "target 0": "100 bila tercapai",
    "realisasi 0": "100",
    "batas capaian": 120,
    "lingkup batas": "rata-rata saja",
    "setahun": "rata-rata",
    "gabungan": "rata-rata",
    "frekuensi": "semester",
    "penanggung jawab": "Kasi Pelayanan Umum",
    "mekanisme perhitungan": "Rata-rata",
    "media": "Buku pengaduan",
    "kelompok": "Meningkatnya kualitas pelayanan publik",
    "berlaku sejak": date(2025, 1, 1),
    "sumber": "SK Camat",
}
YEARS = ["2026"]


def sheet(name, rows):
    return published.sheet(name, rows, YEARS if workbook.SPECS[name].periods else ())


def plan():
    """Return the examples of the template as sheets, with two indicators more."""
    rows = dict(workbook.SAMPLES)
    rows[workbook.INDICATORS] += (QUALITATIVE, LIMITED)
    rows[workbook.TARGETS] += (
        {"kode": "S2", "jenis": "target", "2026": "BB"},
        {"kode": "S2", "jenis": "realisasi", "2026": None},
        {"kode": "S3", "jenis": "realisasi", "2026": 4},
    )
    rows[workbook.PARTS] += (
        {"kode": "S2", "jenis": "target", "bagian": "Desa Uji 2", "2026": "A"},
    )
    return [sheet(name, several) for name, several in rows.items()]


@built_once
def planned():
    """Return an office with that plan, and the answer of its import."""
    office = make_office()
    office.answer = bring(office, *plan())
    return office


@pytest.fixture
def office():
    return planned()


def cells(office):
    return files.read(queries.written(export(office)), "rencana.xlsx")


def told(done):
    return {finding.at[0]: str(finding.sentence) for finding in done.conflicts}


def test_the_examples_of_the_template_are_a_plan_that_comes_in_whole(office):
    assert told(office.answer) == {}
    assert office.answer.tallies == {
        "Indikator": Tally(created=3),
        "Komponen": Tally(created=2),
        "Bobot": Tally(created=1),
        "Target": Tally(created=3),
        "Pemilahan": Tally(created=2),
        "Bagian target": Tally(created=3),
        "Program": Tally(created=1),
        "Renstra": Tally(created=1),
        "Anggaran": Tally(created=1),
        "RKT": Tally(created=1),
        "PK": Tally(created=1),
        "Rencana aksi": Tally(created=1),
        "IKU": Tally(created=1),
    }
    version = office.unit.indicators.get(code="S1").versions.get()
    what = queries.definition_of(version)
    assert what.formula == "persen(selesai; masuk)"
    assert [one.code for one in what.components] == ["selesai", "masuk"]
    grade = office.unit.indicators.get(code="S2").versions.get()
    assert (grade.scale.name, grade.grade_scale.name) == (
        CEPU.name,
        PREDIKAT_AKIP.name,
    )


def test_all_sheets_brought_in_again_change_nothing(office):
    before = export(office)
    done = bring(office, *before)
    assert told(done) == {}
    assert done.total == replace(office.answer.total, created=0, unchanged=21)
    assert export(office) == before


def test_all_sheets_brought_into_an_empty_office_give_the_same_cells(office):
    twin = make_office()
    done = bring(twin, *export(office))
    assert tallies(done) == tallies(office.answer)
    assert cells(twin) == cells(office)


def test_a_trial_of_all_sheets_counts_the_same_and_keeps_nothing(office):
    twin = make_office()
    done = bring(twin, *plan(), trial=True)
    assert done.tallies == office.answer.tallies
    assert not any(sheet.rows for sheet in export(twin))


def test_the_sheets_never_redefine_an_indicator(office):
    first = {"kode": "S1"}
    rows = [
        first | {"rumus": "selesai / masuk"},
        {"kode": "S2", "skala peringkat": PERMENDAGRI_86_2017.name},
        {"kode": "S3", "batas capaian": 110},
    ]
    variables = [
        {"indikator": "S1", "kode": "selesai", "setahun": "terakhir"},
        {"indikator": "S1", "kode": "masuk", "satuan": "berkas"},
        {"indikator": "S1", "kode": "ditolak", "nama": "Yang ditolak"},
        {"indikator": "S1", "kode": "MASUK"},
    ]
    weights = [{"indikator": "S1", "unit": "desa uji 1", "bobot": 3}]
    done = bring(
        office,
        sheet(workbook.INDICATORS, rows),
        sheet(workbook.COMPONENTS, variables),
        sheet(workbook.WEIGHTS, weights),
    )
    said = told(done)
    assert set(said) == {
        *("Indikator!J2", "Indikator!I3", "Indikator!O4"),
        *("Komponen!F2", "Komponen!D3", "Komponen!B4", "Bobot!C2"),
    }
    assert "sudah ada dengan rumus lain" in said["Indikator!J2"]
    assert "versi baru" in said["Komponen!B4"]
    assert done.tallies == {
        "Indikator": Tally(rejected=3),
        "Komponen": Tally(rejected=3, unchanged=1),
        "Bobot": Tally(rejected=1),
    }


def test_what_a_formula_lacks_is_told_with_its_cell_and_what_waits_for_it():
    office = make_office()
    [first] = workbook.SAMPLES[workbook.INDICATORS]
    done = bring(
        office,
        sheet(
            workbook.INDICATORS,
            [
                first | {"rumus": "persen(selesai; masuk"},
                first | {"kode": "S2"},
                first | {"kode": "S3", "skala peringkat": "Skala sendiri"},
                first | {"kode": "S4"},
            ],
        ),
        sheet(
            workbook.COMPONENTS,
            [
                {"indikator": "S4", "kode": "selesai", "nama": "Yang selesai"},
                {
                    "indikator": "S4",
                    "kode": "masuk",
                    "nama": "Masuk",
                    "setahun": "lain",
                },
                {"indikator": "S9", "kode": "masuk", "nama": "Masuk"},
            ],
        ),
    )
    said = told(done)
    assert set(said) == {
        *("Indikator!J2", "Indikator!J3", "Indikator!I4", "Indikator!A5"),
        *("Komponen!A2", "Komponen!F3", "Komponen!A4"),
    }
    assert said["Indikator!A5"] == "Menunggu Komponen!B3 dibetulkan."
    assert said["Komponen!A2"] == "Menunggu Indikator!A5 dibetulkan."
    assert "Tambahkan pada lembar Indikator" in said["Komponen!A4"]
    assert done.total == Tally(rejected=7)


def test_parts_are_joined_to_those_that_stand_and_asked_about_cell_by_cell(office):
    def part(name, value, **more):
        return {"kode": "S1", "jenis": "target", "bagian": name, "2026": value} | more

    gender = {"pemilahan": "jenis kelamin"}
    right = [
        part("Desa Uji 1", 91),
        part("Desa Uji 2", 89),
        part("Perempuan", 90, **gender),
    ]
    done = bring(office, sheet(workbook.PARTS, right))
    assert told(done) == {}
    assert done.total == Tally(created=1, updated=1, unchanged=1)
    wrong = [
        part("Desa Uji 1", 91),
        part("Desa Uji 1", 92),
        part("Desa Uji 9", 92),
        part("Anak", 92, **gender),
        part("Desa Uji 2", "banyak"),
        part("Desa Uji 2", 90, kode="S3"),
    ]
    splits = [{"pemilahan": "Umur", "bagian": "Anak"}]
    done = bring(
        office, sheet(workbook.PARTS, wrong), sheet(workbook.DIMENSIONS, splits)
    )
    assert set(told(done)) == {
        *("Bagian target!E3", "Bagian target!D4", "Bagian target!D5"),
        *("Bagian target!E6", "Bagian target!E7", "Pemilahan!B2"),
    }
    assert "Tulis pada lembar Target" in told(done)["Bagian target!E7"]
    assert done.tallies == {
        "Pemilahan": Tally(rejected=1),
        "Bagian target": Tally(unchanged=1, rejected=5),
    }


def test_a_kabupaten_brings_in_its_indicators_with_weights_and_shares_of_offices():
    office = make_office()
    rows = {name: workbook.SAMPLES[name] for name in list(workbook.SPECS)[:6]}
    [weight] = rows[workbook.WEIGHTS]
    share, _other = rows[workbook.PARTS]
    rows[workbook.WEIGHTS] = [weight | {"unit": "Kecamatan Contoh"}]
    rows[workbook.PARTS] = [share | {"bagian": "Kecamatan Contoh"}]
    sheets = [sheet(name, several) for name, several in rows.items()]
    budget = sheet(workbook.BUDGET, workbook.SAMPLES[workbook.BUDGET])
    done = bring(office, *sheets, budget, unit=office.regency)
    assert "Kabupaten hanya mempunyai indikator" in told(done)["Anggaran!A2"]
    assert done.tallies["Anggaran"] == Tally(rejected=1)
    assert bring(office, *sheets, unit=office.regency).total == Tally(created=8)
    before = queries.sheets_of(office.regency, range(2025, 2027))
    assert len(before) == 6
    again = bring(office, *before, unit=office.regency)
    assert (told(again), again.total) == ({}, Tally(unchanged=8))


def test_papers_are_asked_about_cell_by_cell_and_a_change_is_a_new_one(office):
    [step] = workbook.SAMPLES[workbook.ACTIONS]
    work = workbook.SAMPLES[workbook.ANNUAL]
    [key] = workbook.SAMPLES[workbook.KEY]
    changed = [
        sheet(workbook.ANNUAL, work[:1]),
        sheet(workbook.ACTIONS, [step | {"target": 91}]),
        sheet(workbook.KEY, [key | {"berlaku sejak": date(2027, 1, 1)}]),
    ]
    done = bring(office, *changed)
    assert told(done) == {}
    assert done.total == Tally(updated=3)
    assert queries.annual_plan(office.unit, 2026).number == 2
    done = bring(
        office,
        sheet(
            workbook.ANNUAL,
            [
                *(work[0] | {"sumber": "RKT"}, work[0] | {"sumber": "Lain"}),
                {"tahun": 2027, "jenis": "program", "isi": "7.01.09"},
                {"tahun": 2025, "jenis": "kegiatan", "isi": "S1"},
            ],
        ),
        sheet(
            workbook.ACTIONS,
            [
                step | {"indikator": "S2"},
                step | {"periode": ""},
                step | {"target": "banyak"},
                step | {"tahun": 2025},
            ],
        ),
        sheet(workbook.KEY, [key, key | {"tanggal": None}, key | {"indikator": "X"}]),
    )
    assert set(told(done)) == {
        *("RKT!B3", "RKT!D4", "RKT!C5"),
        *("Rencana aksi!C2", "Rencana aksi!D3", "Rencana aksi!E4", "Rencana aksi!B5"),
        *("IKU!B3", "IKU!D4"),
    }
    assert done.tallies == {
        "RKT": Tally(rejected=3),
        "Rencana aksi": Tally(rejected=2),
        "IKU": Tally(rejected=2),
    }
