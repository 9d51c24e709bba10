"""An office comes into force from one file, all of it or nothing."""

from decimal import Decimal

import pytest
import yaml
from django.test import Client

from himpun.accounts.models import OneTimeCode
from himpun.config.commands import office as command
from himpun.config.offices import BadOffice, load, read
from himpun.ledger.models import Event
from himpun.organization.models import Person, Unit
from himpun.organization.tests.builders import WHEN
from himpun.planning.models import IndicatorVersion, Target
from himpun.procedures import actions as procedures
from himpun.procedures.queries import inbox
from himpun.shared import clock
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import read_period

EXAMPLE = command.example()
NOW = WHEN.replace(year=2026, month=10, day=7)


def changed(old, new):
    assert EXAMPLE.count(old) >= 1
    return EXAMPLE.replace(old, new, 1).encode()


def test_the_shipped_example_makes_an_office_that_works(db):
    office = load(read(EXAMPLE.encode()), at=NOW)
    version, *templates = office.procedures
    assert {made.mark for made in templates} == {"TEMPLAT, perlu disahkan"}
    assert len(templates) == 5
    kasubbag = office.people["kasubbag.contoh"]
    period = read_period("2026-TW3")
    case = procedures.start_case(version, period, by=kasubbag, at=NOW)
    assert [t.case for t in inbox(office.people["pelaksana.contoh"], NOW)] == [case]
    assert Target.objects.get(period_code="2026-TW3").value == 88.5
    assert office.unit.members.filter(kind="desa").count() == 1


def test_two_offices_of_one_kabupaten_share_it(db):
    load(read(EXAMPLE.encode()), at=NOW)
    text = EXAMPLE.replace("99.01.01", "99.01.02").replace(".contoh", ".kedua")
    text = text.replace("Administrator SAKIP", "Administrator kedua")
    second = load(read(text.replace("kec-contoh", "kec-kedua").encode()), at=NOW)
    assert Unit.objects.filter(kind="kabupaten").count() == 1
    assert second.unit.parent.code == "99.01"


FAULTS = {
    "a word that is none of the list": (
        "jenis: sekcam,",
        "jenis: sekretaris,",
        "jabatan, nomor 2, jenis: pilih salah satu dari",
    ),
    "a missing name": (
        "nama: Kecamatan Contoh",
        "alias: x",
        "kantor, nama: belum diisi",
    ),
    "an unknown key": (
        "zona: Asia/Jakarta",
        "zone: Asia/Jakarta",
        "zone: tidak dikenal di sini",
    ),
    "a position that is not there": (
        "jabatan: kasi, sejak",
        "jabatan: lurah, sejak",
        "jabatan 'lurah' tidak ada di berkas ini",
    ),
    "an account written twice": (
        "akun: kasi.contoh",
        "akun: camat.contoh",
        "akun pegawai 'camat.contoh' ditulis dua kali",
    ),
    "a day that does not exist": (
        "jabatan: camat, sejak: 2026-01-02",
        "jabatan: camat, sejak: 2026-02-31",
        "pegawai, nomor 1, sejak: tulis tanggal TTTT-BB-HH",
    ),
    "a target that is no number": (
        "88.50",
        '"88,50"',
        "target, 2026-TW3: tulis angka dengan titik desimal",
    ),
    "a period that does not exist": (
        '"2026-TW4"',
        '"2026-TW5"',
        "periode '2026-TW5' tidak dikenal",
    ),
    "indicators without somebody who records them": (
        "perencana: kasubbag.contoh",
        "",
        "perencana: sebut akun",
    ),
    "no office at all": ("jenis: kecamatan", "jenis: desa", "kantor: jenisnya"),
    "a part written twice": (
        "desa:",
        "bagian:",
        "'bagian' ditulis dua kali",
    ),
    "no YAML": ("bagian:", "bagian: [", "bukan YAML yang sah"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_place(name):
    old, new, sentence = FAULTS[name]
    with pytest.raises(BadOffice) as refused:
        read(changed(old, new))
    assert any(sentence in fault for fault in refused.value.faults), (
        refused.value.faults
    )


def test_all_faults_are_told_at_once():
    text = EXAMPLE.replace("jenis: sekcam", "jenis: x").replace(
        "jenis: kasi", "jenis: y"
    )
    with pytest.raises(BadOffice) as refused:
        read(text.encode())
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\xff\xfe",
        b"- a",
        b"? [a]\n: b",
        b"{a: b}: c",
        b"x: &a [*a]",
        b"[" * 5000,
        b"a" * 1_000_001,
    ],
)
def test_no_file_breaks_the_reader(source):
    with pytest.raises(BadOffice):
        read(source)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "berkas: jekulo-pengumpulan-data-kinerja",
            "berkas: ../rahasia.yaml",
            "tidak ditemukan",
        ),
        ("      camat: [camat]", "", "Pelaksana Camat"),
        ("perencana: kasubbag", "perencana: kasi", "Kasubbag, Sekcam"),
    ],
)
def test_an_office_that_is_refused_leaves_nothing_behind(db, old, new, sentence):
    with pytest.raises(Refusal, match=sentence):
        load(read(changed(old, new)), at=NOW)
    assert not Unit.objects.exists()
    assert not Event.objects.exists()


def test_the_same_office_is_not_loaded_twice(db):
    load(read(EXAMPLE.encode()), at=NOW)
    before = Event.objects.count()
    with pytest.raises(Refusal, match="sudah ada"):
        load(read(EXAMPLE.encode()), at=NOW)
    assert Event.objects.count() == before


def himpun(*words):
    from himpun.config.cli import build

    return command.run(build("office").parse_args(["office", *map(str, words)]))


@pytest.fixture
def file(tmp_path):
    clock.start_at(NOW)
    path = tmp_path / "kantor.yaml"
    path.write_text(EXAMPLE)
    return path


def test_the_administrator_comes_in_with_the_printed_code(db, file, capsys):
    assert himpun(file) == 0
    said = capsys.readouterr().out
    code = said.partition("admin.contoh: ")[2].partition(" ")[0]
    new = {"new": "sandi baru yang panjang", "again": "sandi baru yang panjang"}
    answer = Client().post("/kode", {"username": "admin.contoh", "code": code} | new)
    assert answer.status_code == 302
    assert OneTimeCode.objects.get().made_role == "Himpun"


def test_a_trial_run_keeps_nothing(db, file, capsys):
    assert himpun(file, "--check") == 0
    assert "Belum ada yang disimpan" in capsys.readouterr().out
    assert not Person.objects.exists()


def test_what_is_wrong_is_said_and_nothing_is_made(db, file, capsys):
    file.write_bytes(changed("jenis: sekcam", "jenis: 100%"))
    assert himpun(file) == 1
    assert "jabatan, nomor 2, jenis" in capsys.readouterr().err
    assert not Person.objects.exists()


def with_indicators(**changes):
    """Return the example with three more indicators, one of each kind."""
    office = yaml.load(EXAMPLE, yaml.BaseLoader)
    first = office["indikator"][0] | {"frekuensi": "tahun", "target": {}}
    office["indikator"] += [
        first
        | {
            "kode": "IKU-2",
            "satuan": "%",
            "rumus": "tertib : desa X 100%",
            "komponen": [
                {"kode": "tertib", "nama": "Desa tertib", "satuan": "desa"},
                {"kode": "desa", "nama": "Desa", "satuan": "desa", "terendah": "1"},
            ],
            "antar_unit": "dihitung dari komponen",
            "target": {"2026": "90"},
            "kondisi_awal": {"2025": "80.5"},
        },
        first
        | {"kode": "IKU-3", "skala_tingkat": "Ya atau tidak"}
        | {"target": {"2026": "Ya"}},
        first
        | {"kode": "IKU-4", "polaritas": "range"}
        | {"target": {"2026": {"dari": "3", "sampai": "5"}}}
        | changes,
    ]
    return yaml.dump(office).encode()


def test_a_file_names_formulas_grades_and_ranges(db):
    load(read(with_indicators()), at=NOW)
    rows = Target.objects.filter(period_code="2026").select_related("indicator")
    aims = {row.indicator.code: row.aim for row in rows}
    assert aims["IKU-2"] == 90
    assert aims["IKU-3"] == "Ya"
    assert str(aims["IKU-4"]) == "3 sampai 5"
    version = IndicatorVersion.objects.get(indicator__code="IKU-2")
    assert version.formula == "tertib / desa × 100%"
    assert [row.code for row in version.components.all()] == ["tertib", "desa"]
    assert Target.objects.get(kind="kondisi awal").value == Decimal("80.5")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"skala_tingkat": "Baik"}, "skala_tingkat: pilih salah satu dari Opini"),
        ({"target": {"2026": {"dari": "5", "sampai": "3"}}}, "batas atas lebih kecil"),
        ({"kondisi_awal": {"2026": "sembilan"}}, "kondisi_awal, 2026: tulis angka"),
        ({"target": {"2026-TW9": "3"}}, "periode '2026-TW9' tidak dikenal"),
    ],
)
def test_what_an_indicator_has_wrong_is_said(changes, sentence):
    with pytest.raises(BadOffice, match=sentence):
        read(with_indicators(**changes))


def test_a_formula_that_does_not_fit_is_refused_and_nothing_is_made(db):
    with pytest.raises(Refusal, match="Komponen desa belum ada"):
        load(read(with_indicators(rumus="desa / 2")), at=NOW)
    assert not Unit.objects.filter(kind="kecamatan").exists()
