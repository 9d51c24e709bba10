"""Capaian over HTTP: the same figures as page, sheet and formula."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun import formula
from himpun.collection.models import Entry
from himpun.collection.rules import shown
from himpun.collection.tests.builders import (
    COMPONENTS,
    accept,
    collecting,
    fill,
    fill_components,
    submitted,
)
from himpun.ledger.tests.kept import built_once
from himpun.measurement.models import Achievement
from himpun.measurement.tests.builders import PARTS, kabupaten, reached, store
from himpun.organization.tests.builders import make_outsider
from himpun.planning import queries as planning
from himpun.planning.models import IndicatorVersion
from himpun.planning.rules import aim_of
from himpun.planning.tests.builders import define, promise
from himpun.shared.tests.clock import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/api/capaian"


def exact(text):
    return None if text is None else Decimal(text)


def get(person, address):
    answer = signed_in(person).get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()


def table(person, query="?periode=2024"):
    status, said = get(person, ADDRESS + query)
    assert status == 200, said
    return said


def aim(said):
    """Read a target back."""
    if said is None:
        return None
    if said["tingkat"]:
        return aim_of({"grade": said["tingkat"]})
    if said["dari"]:
        return aim_of({"low": said["dari"], "high": said["sampai"]})
    return aim_of(said["nilai"])


def again(row):
    """Calculate a figure anew from the inputs that the answer carries."""
    version = IndicatorVersion.objects.get(
        indicator=row["indikator_id"], number=row["versi"]
    )
    figure = row["tingkat"] or exact(row["realisasi"])
    if version.formula and row["komponen"]:
        values = {code: exact(value) for code, value in row["komponen"].items()}
        assert planning.calculated(version, values).value == figure
    return planning.measured(version, actual=figure, target=aim(row["target"]))


@built_once
def figures():
    """Return an office with sent, accepted, calculated and empty figures of 2024."""
    office, round_ = submitted()
    accept(office, round_, "IKU-1")
    ratio = define(
        office, "X-1", formula="selesai / masuk x 100%", components=COMPONENTS
    )
    define(office, "X-2")
    promise(office, ratio, "2024", "80")
    entry = Entry.objects.create(round=round_, version=ratio, unit=office.unit)
    fill_components(office, entry, selesai="79", masuk="90")
    return office


@pytest.fixture
def everything():
    return figures()


def test_the_api_says_what_page_sheet_and_formula_say(everything):
    office, browser = everything, signed_in(everything.sekcam)
    said = table(office.sekcam)
    page = browser.get("/capaian?periode=2024").context["table"]
    sheet = browser.get("/capaian/lembar.csv?periode=2024").content.decode("utf-8-sig")
    assert len(said["baris"]) == 6
    assert len([row for row in said["baris"] if row["capaian"]]) > 3
    for row, line, (code, *_rest, text, band, state) in zip(
        said["baris"], page.lines, list(csv.reader(io.StringIO(sheet)))[1:], strict=True
    ):
        shown_there = line.achievement
        assert row["kode"] == line.version.indicator.code == code
        figure = exact(row["realisasi"])
        assert (row["tingkat"] if figure is None else figure) == line.figure
        assert aim(row["target"]) == line.aim
        assert exact(row["capaian"]) == (shown_there.value if shown_there else None)
        assert shown(exact(row["capaian"]), 2) == text
        assert (row["peringkat"] or "", row["keadaan"] or "") == (band, state)
        done = again(row)
        assert exact(row["capaian"]) == done.value
        assert row["rumus_capaian"] == done.formula
        assert (row["alasan"] or "") == done.reason
        assert (row["alasan"] is None) == (row["capaian"] is not None)
    mean = formula.mean_of_achievements(exact(r["capaian"]) for r in said["baris"])
    assert exact(said["rata_rata"]["nilai"]) == mean.value == page.mean.value


def test_a_figure_is_explained_as_on_its_page(everything):
    office = everything
    row = Achievement.objects.get(indicator__code="X-1")
    status, said = get(office.sekcam, f"{ADDRESS}/{row.pk}")
    found = signed_in(office.sekcam).get(f"/capaian/{row.pk}").context["found"]
    assert status == 200
    assert exact(said["capaian"]) == row.value == again(said).value
    assert said["komponen"] == {"selesai": "79", "masuk": "90"}
    assert said["rumus_realisasi"] == found.version.formula
    assert said["perhitungan_realisasi"] == list(found.calculation)
    assert said["langkah"] == list(found.steps)
    assert said["definisi"]["nomor"] == said["versi"] == 1
    assert said["skala"]["versi"] == found.version.scale.version
    assert said["kejadian"] == found.event.hash


def test_a_verified_figure_says_on_which_target_it_rests(everything):
    office = everything
    version = IndicatorVersion.objects.get(indicator__code="IKU-1")
    promise(office, version, "2024", "50")
    [row] = [r for r in table(office.sekcam)["baris"] if r["kode"] == "IKU-1"]
    assert aim(row["target"]) != 50
    assert exact(row["capaian"]) == again(row).value


def test_no_number_of_an_answer_is_a_float(everything):
    body = signed_in(everything.sekcam).get(ADDRESS + "?tahun=2024").content
    floats = []
    json.loads(body, parse_float=floats.append)
    assert not floats
    assert b'"capaian": "' in body


def test_another_office_reads_none_of_it(everything):
    office, stranger = everything, make_outsider()
    number = Achievement.objects.filter(indicator__code="IKU-1").first().pk
    for address in (f"{ADDRESS}?unit={office.unit.pk}", f"{ADDRESS}/{number}"):
        status, said = get(stranger, address)
        assert status == 404
        assert "milik kantor lain" in said["pesan"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("?unit=9223372036854775808", 422),
        (f"?unit={10**30}", 422),
        ("?unit=9223372036854775807", 404),
        ("?unit=0", 422),
        ("?unit=x%00", 422),
        ("?periode=2024-B01", 422),
        ("?periode=2024-TW9", 422),
        ("?periode=0001", 422),
        ("?periode=%00", 422),
        ("?tahun=99999", 422),
        ("?tahun=2024&periode=2023", 422),
        ("/99999999999999999999999", 422),
        ("/9223372036854775807", 404),
        ("/%00", 422),
        ("/-1", 422),
        ("/kabupaten", 404),
        ("/1/2", 404),
    ],
)
def test_a_bad_address_is_answered_with_a_sentence(address, status):
    office, _round = collecting()
    answer = signed_in(office.sekcam).get(ADDRESS + address)
    assert answer.status_code == status
    assert answer.json()["pesan"].endswith(".")
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_a_period_the_api_opens_where_the_page_does():
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    browser = signed_in(office.sekcam)
    opened = browser.get("/capaian").context["looked"].period
    assert browser.get(ADDRESS).json()["periode"]["kode"] == opened.code


def test_a_kabupaten_reads_its_totals_with_who_is_in_them():
    office, _above, below = kabupaten(**PARTS)
    units = list(below)
    store(
        reached(below[units[0]][0], "2024", "50", inputs={"selesai": 1, "masuk": 2}),
        reached(below[units[1]][0], "2024", "75", inputs={"selesai": 3, "masuk": 4}),
    )
    status, said = get(office.admin, f"{ADDRESS}/kabupaten?tahun=2024")
    assert status == 200
    [row] = said["baris"]
    assert (row["dihitung"], row["dari"]) == (2, 3)
    assert exact(row["realisasi"]).quantize(Decimal("0.01")) == Decimal("66.67")
    assert [one["tidak_dihitung"] is None for one in row["bagian"]] == [
        unit.pk in {units[0].pk, units[1].pk}
        for unit in sorted(units, key=lambda unit: unit.code)
    ]
    assert row["bagian"][2]["tidak_dihitung"] == "realisasi belum diisi"
    assert row["langkah"]


def test_the_api_asks_the_database_as_often_for_many_figures_as_for_one(everything):
    browser = signed_in(everything.sekcam)
    address = f"{ADDRESS}?periode=2024"
    with CaptureQueriesContext(connection) as few:
        browser.get(address)
    Achievement.objects.exclude(indicator__code="IKU-1").delete()
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    assert len(few) == len(one) < 20
