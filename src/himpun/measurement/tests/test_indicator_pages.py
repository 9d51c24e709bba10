"""The list of an office's indicators, and the page of one of them."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.collection.tests.builders import COMPONENTS
from himpun.ledger.tests.kept import built_once
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning.models import Indicator
from himpun.planning.tests.builders import define, plan_muncar, promise, recall, revise
from himpun.shared import clock
from himpun.worktime.periods import PeriodKind

pytestmark = pytest.mark.django_db
FORMULA = {"formula": "persen(selesai; masuk)", "components": COMPONENTS}


@built_once
def planned():
    """Muncar's four indicators and one by quarter with a formula and two versions."""
    office = make_office(villages=0)
    plan_muncar(office)
    asked = {"frequency": PeriodKind.QUARTER, "unit_of_measure": "%", "order": 9}
    version = define(office, "IKU-9", cap=Decimal(120), **asked, **FORMULA)
    promise(office, version, "2025", "90")
    promise(office, version, "2025-TW1", "80")
    promise(office, version, "2022", "70")
    recall(office, version, "2022", "71")
    revise(office, version, since=date(2025, 4, 1), **asked, **FORMULA)
    return office


@pytest.fixture
def office():
    clock.start_at(WHEN)
    return planned()


def page(client, person, address):
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def address(code, year=2025):
    return f"/indikator/{Indicator.objects.get(code=code).pk}?tahun={year}"


def test_the_list_marks_what_has_no_target_and_shows_the_last_figure(client, office):
    said = page(client, office.kasubbag, "/indikator?tahun=2025")
    assert "4 dari 5 indikator belum punya target setahun 2025" in said
    assert said.count("isi target") == 4
    assert "1 dari 4 periode terisi" in said
    assert "93,93" in said
    assert "Tahun 2023" in said
    older = page(client, office.kasubbag, "/indikator?tahun=2024")
    assert "82,53" in older
    assert "belum punya target" in older


def test_who_may_not_plan_reads_and_is_offered_nothing_to_change(client, office):
    said = page(client, office.pelaksana, "/indikator?tahun=2025")
    assert "isi target" not in said
    assert "Indikator baru" not in said
    said = page(client, office.pelaksana, address("IKU-9"))
    assert "Buat versi baru" not in said
    assert "Siapa mengubah apa" in said


def test_an_indicator_tells_what_it_means_and_how_it_is_judged(client, office):
    said = page(client, office.camat, address("IKU-9"))
    for words in (
        "persen(Pengaduan selesai; Pengaduan masuk)",
        "45 / 50 × 100% = 90",
        "makin tinggi makin baik",
        "realisasi / target × 100",
        "setiap triwulan",
        "mulai 91%",
        "Target periode belum lengkap",
    ):
        assert words in said, words


def test_an_indicator_tells_its_versions_and_who_changed_what(client, office):
    said = page(client, office.camat, address("IKU-9"))
    assert "Versi 2, berlaku sejak Selasa, 1 April 2025" in said
    assert "<del>paling tinggi 120%: setiap capaian</del>" in said
    assert "Dipakai untuk Tahun 2022." in said
    assert "Target Triwulan I 2025 ditetapkan: 80" in said
    assert "Realisasi Tahun 2022 sebelum Himpun dicatat: 71" in said


def test_the_picture_and_the_table_show_the_same_years_with_gaps(client, office):
    said = page(client, office.camat, address("IKU-9"))
    assert said.count('r="4.5"') == 2  # the figure of 2022, and the legend
    for year in (2022, 2023, 2024, 2025):
        assert f'<th scope="row" class="num">{year}</th>' in said
    assert said.count("belum diukur") >= 3


def test_the_pages_ask_as_often_for_one_indicator_as_for_many(client, office):
    counts = []
    for target in ("/indikator?tahun=2025", address("IKU-9")):
        page(client, office.kasubbag, target)
        with CaptureQueriesContext(connection) as asked:
            page(client, office.kasubbag, target)
        counts.append(len(asked))
    for n in range(3):
        more = define(office, f"IKU-2{n}", order=20 + n)
        for year in ("2023", "2024", "2025"):
            promise(office, more, year, "5")
        recall(office, more, "2023", "5")
    version = Indicator.objects.get(code="IKU-9").versions.last()
    for quarter in ("2025-TW2", "2025-TW3", "2025-TW4", "2024"):
        promise(office, version, quarter, "85")
    for target, before in zip(
        ("/indikator?tahun=2025", address("IKU-9")), counts, strict=True
    ):
        with CaptureQueriesContext(connection) as asked:
            page(client, office.kasubbag, target)
        assert len(asked) == before
