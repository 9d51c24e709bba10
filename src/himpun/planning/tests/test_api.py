"""The plan over HTTP: indicators, Renstra, RKT, Perjanjian Kinerja, tree and money."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.organization.tests.builders import WHEN, make_outsider
from himpun.planning import actions
from himpun.planning.actions import Condition
from himpun.planning.rules import AnnualPlanDraft, NodeLevel
from himpun.planning.tests.builders import define, promise, revise
from himpun.planning.tests.plan_builders import (
    agreed,
    budget,
    promising_office,
    spend,
)
from himpun.shared import clock
from himpun.shared.tests.clock import signed_in

pytestmark = pytest.mark.django_db
FIRST = "7.01.01.2.06.0001"


@pytest.fixture
def office():
    clock.start_at(WHEN)
    return promising_office()


def get(person, address):
    answer = signed_in(person).get(f"/api{address}")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json()


def read(office, address):
    status, said = get(office.kasubbag, address)
    assert status == 200, said
    return said


def test_the_indicators_of_a_year_are_listed_with_their_targets(office):
    said = read(office, "/indikator?tahun=2026")
    assert [row["kode"] for row in said["indikator"]] == ["P", "S", "T"]
    assert said["indikator"][0]["target"]["2026"]["nilai"] == "92"
    assert said["kantor"]["id"] == office.unit.pk


def test_every_version_of_an_indicator_is_told_with_its_formula(office):
    version = define(office, "X-1")
    revise(office, version, name="Nama baru", since=date(2025, 1, 1))
    promise(office, version, "2025", "12.50")
    said = read(office, f"/indikator/{version.indicator_id}?tahun=2025")
    assert [one["nomor"] for one in said["versi"]] == [2, 1]
    assert said["versi"][0]["nama"] == "Nama baru"
    assert said["versi"][0]["aturan"]["arah"] == "makin tinggi makin baik"
    [whole] = [one for one in said["target"] if one["periode"]["kode"] == "2025"]
    assert whole["target"]["nilai"] == "12.5"


def test_the_renstra_is_read_row_by_row_with_its_years(office):
    said = read(office, "/renstra?tahun=2025")["renstra"]
    assert (said["tahun_awal"], said["tahun_akhir"], said["versi"]) == (2025, 2029, 1)
    kinds = {row["jenis"] for row in said["baris"]}
    assert {"tujuan", "sasaran", "program", "indikator"} <= kinds
    aims = [row["target"] for row in said["baris"] if row["jenis"] == "indikator"]
    assert any(aim.get("2026", {}).get("nilai") == "92" for aim in aims)
    assert get(office.kasubbag, "/renstra?tahun=2025&versi=9")[0] == 404


def test_what_an_office_has_not_made_is_null(office):
    assert read(office, "/renstra?tahun=2019")["renstra"] is None
    assert read(office, "/rkt?tahun=2019")["rkt"] is None
    assert read(office, "/perjanjian-kinerja?tahun=2019")["perjanjian"] == []


def test_the_rkt_and_a_perjanjian_kinerja_are_read_as_they_were_made(office):
    acts = {"by": office.kasubbag, "at": WHEN}
    actions.keep_annual_plan(office.unit, AnnualPlanDraft(2025, ("S",)), **acts)
    assert read(office, "/rkt")["rkt"]["indikator"][0]["target"]["nilai"] == "91"
    row = agreed(office).row
    [head] = read(office, "/perjanjian-kinerja")["perjanjian"]
    assert head["id"] == row.pk
    whole = read(office, f"/perjanjian-kinerja/{row.pk}")
    assert whole["nama_pertama"] == head["nama_pertama"]
    assert whole["indikator"]
    assert whole["rencana_aksi"] == []


def test_the_tree_names_what_each_condition_causes(office):
    acts = {"by": office.kasubbag, "at": WHEN}
    top = actions.add_node(
        office.unit, Condition(NodeLevel.ULTIMATE, "Layanan makin baik"), **acts
    )
    below = Condition(NodeLevel.OUTPUT, "Loket dibuka", parent=top)
    actions.add_node(office.unit, below, **acts)
    said = read(office, "/pohon-kinerja")
    assert [(one["induk"], one["kedalaman"]) for one in said["kondisi"]] == [
        (None, 0),
        (top.pk, 1),
    ]
    assert said["kondisi"][0]["catatan"]


def test_money_is_whole_rupiah_as_text_and_a_null_stays_null(office):
    budget(office, FIRST, 60)
    spend(office, FIRST, "2025-TW1", 20)
    said = read(office, "/anggaran?tahun=2025")
    [row] = [one for one in said["baris"] if one["kode"] == FIRST]
    assert (row["pagu"], row["realisasi"], row["sisa"]) == ("60", "20", "40")
    assert row["serapan"].startswith("33.333333")
    assert row["realisasi_periode"]["2025-TW2"] is None
    assert said["jumlah"]["pagu"] == "60"
    months = read(office, "/anggaran?tahun=2025&per=bulan")
    assert "2025-B01" in months["jumlah"]["realisasi_periode"]


@pytest.mark.parametrize(
    "address",
    ["/indikator", "/renstra", "/rkt", "/perjanjian-kinerja", "/pohon-kinerja"],
)
def test_another_office_reads_nothing_of_a_plan(office, address):
    status, said = get(make_outsider(), f"{address}?unit={office.unit.pk}")
    assert status == 404
    assert "milik kantor lain" in said["pesan"]


def test_another_office_reads_neither_indicator_nor_agreement(office):
    stranger = make_outsider()
    number = office.unit.indicators.first().pk
    assert get(stranger, f"/indikator/{number}")[0] == 404
    assert get(stranger, f"/perjanjian-kinerja/{agreed(office).row.pk}")[0] == 404
    assert get(stranger, f"/anggaran?unit={office.unit.pk}")[0] == 404


def test_lists_ask_the_database_as_often_for_more(office):
    browser = signed_in(office.kasubbag)
    addresses = ("/api/indikator", "/api/renstra?tahun=2025", "/api/anggaran")

    def count():
        with CaptureQueriesContext(connection) as found:
            for address in addresses:
                assert browser.get(address).status_code == 200
        return len(found)

    before = count()
    for number in range(3):
        version = define(office, f"Y-{number}")
        promise(office, version, "2025", "5")
    budget(office, "7.01.02", 70)
    assert count() == before
