"""Anggaran, Perjanjian Kinerja and Rencana as pages, filled in as people do."""

import pytest

from himpun.organization.tests.builders import WHEN
from himpun.planning.models import ActionPlan, Budget, PerjanjianKinerja
from himpun.planning.rules import Stage
from himpun.planning.tests.plan_builders import (
    agreed,
    budget,
    enacted,
    planning_office,
    programme,
    promising_office,
)
from himpun.shared import clock

pytestmark = pytest.mark.django_db
FIRST = "7.01.01.2.06.0001"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def office():
    clock.start_at(WHEN)
    return promising_office()


@pytest.fixture
def page(client, office):
    client.force_login(office.kasubbag, BACKEND)
    return client


def text(response):
    return response.content.decode()


# Anggaran


def test_pagu_is_typed_the_indonesian_way_and_shown_with_its_sums(page, office):
    cell = f"{programme(office, FIRST).pk}.murni"
    sent = {cell: "Rp2.500.000", "origin": "DPA (contoh)"}
    response = page.post("/anggaran/pagu?tahun=2025", sent)
    assert response.status_code == 302
    assert Budget.objects.get().amount == 2_500_000
    said = text(page.get("/anggaran?tahun=2025"))
    assert said.count("2.500.000") >= 4
    assert "1 baris belum diisi" in said


def test_a_wrong_amount_stands_at_its_cell_and_nothing_typed_is_lost(page, office):
    one, other = (
        f"{programme(office, code).pk}.murni" for code in (FIRST, "7.01.01.2.06.0002")
    )
    sent = {one: "2,5 juta", other: "700", "origin": "DPA (contoh)"}
    response = page.post("/anggaran/pagu?tahun=2025", sent)
    assert response.status_code == 422
    assert f'id="id_{one}_error"' in text(response)
    assert 'value="2,5 juta"' in text(response)
    assert 'value="700"' in text(response)
    assert not Budget.objects.exists()


def test_an_amount_that_somebody_else_changed_is_not_overwritten(page, office):
    budget(office, FIRST, 60)
    cell = f"{programme(office, FIRST).pk}.murni"
    sent = {cell: "70", f"lihat-{cell}": "50", "origin": "DPA (contoh)"}
    response = page.post("/anggaran/pagu?tahun=2025", sent)
    assert "Sudah diubah orang lain menjadi 60." in text(response)
    assert Budget.objects.get().amount == 60


def test_a_pasted_english_amount_is_asked_about(page, office):
    cell = f"{programme(office, FIRST).pk}.murni"
    sent = {cell: "2,500,000", "origin": "DPA (contoh)"}
    assert page.post("/anggaran/pagu?tahun=2025", sent).status_code == 422


def test_the_bendahara_keys_what_was_spent_and_is_told_of_too_much(client, office):
    budget(office, FIRST, 60)
    client.force_login(office.bendahara, BACKEND)
    cell = f"{programme(office, FIRST).pk}.2025-TW1"
    sent = {cell: "61", "origin": "SPJ (contoh)"}
    checked = client.post(
        "/anggaran/realisasi?tahun=2025", {**sent, "tindakan": "periksa"}
    )
    assert "melebihi pagu Rp60" in text(checked)
    client.post("/anggaran/realisasi?tahun=2025", sent)
    assert "101,67%" in text(client.get("/anggaran?tahun=2025"))
    assert client.get("/anggaran/pagu?tahun=2025").status_code == 403


def test_programmes_are_pasted_from_a_sheet(page, office):
    listed = "7.01.06.2.01.0003\t\n7.01.03 Pemberdayaan"
    response = page.post("/anggaran/program", {"lines": listed}, follow=True)
    assert "4 baris program disimpan." in text(response)
    assert programme(office, "7.01.06.2.01.0003").parent.parent.code == "7.01.06"
    wrong = page.post("/anggaran/program", {"lines": "7.01.03 X\n7.01.3.2"})
    assert wrong.status_code == 422
    assert "Baris 2" in text(wrong)


# Perjanjian Kinerja


def wanted(office, **changes):
    made = {
        "first": office.position["camat"].pk,
        "second": office.position["bupati"].pk,
        "agreed_on": "2025-01-15",
        "indicators": ["S", "T"],
    }
    return made | changes


def test_an_agreement_is_proposed_from_targets_and_kept(page, office):
    budget(office, FIRST, 60)
    form = text(page.get("/perjanjian-kinerja/baru?tahun=2025"))
    assert "91,00 nilai" in form
    assert f'<option value="{office.position["bupati"].pk}" selected>' in form
    pk = programme(office, "7.01.01").pk
    sent = wanted(office, programmes=[pk], **{f"ket-{pk}": "APBD"})
    response = page.post("/perjanjian-kinerja/baru?tahun=2025", sent, follow=True)
    said = text(response)
    assert "disimpan sebagai versi 1" in said
    assert "APBD" in said
    assert "Meningkatnya kualitas pelayanan" in said


def test_a_revision_needs_its_reason_and_says_what_it_changed(page, office):
    row = agreed(office).row
    address = f"/perjanjian-kinerja/{row.pk}/ubah"
    sent = wanted(office, agreed_on="2025-01-20", indicators=["S"], number="1")
    refused = page.post(address, sent)
    assert refused.status_code == 422
    assert 'value="2025-01-20"' in text(refused)
    said = text(
        page.post(address, {**sent, "reason": "perubahan strategi"}, follow=True)
    )
    assert "karena perubahan strategi" in said
    assert "Indikator Indikator T dikeluarkan." in said
    assert PerjanjianKinerja.objects.count() == 2


def test_a_version_that_somebody_else_revised_is_not_revised_unseen(page, office):
    row = agreed(office).row
    address = f"/perjanjian-kinerja/{row.pk}/ubah"
    reason = {"reason": "perubahan strategi"}
    sent = wanted(office, indicators=["S"], number="1", **reason)
    page.post(address, sent)
    late = page.post(address, {**sent, "indicators": ["T"]})
    assert "orang lain sudah menyimpan" in text(late)
    assert PerjanjianKinerja.objects.count() == 2
    assert f"/perjanjian-kinerja/{row.pk + 1}/ubah" == page.get(address)["Location"]


def steps(row, **cells):
    one = row.indicators.get(meaning__indicator__code="S")
    return {f"{one.pk}.2025-{name}": value for name, value in cells.items()}


def test_the_rencana_aksi_is_kept_and_its_sum_checked(page, office):
    row = agreed(office).row
    address = f"/perjanjian-kinerja/{row.pk}/rencana-aksi"
    assert "Kasubbag Perencanaan dan Keuangan" in text(page.get(address))
    filled = steps(
        row, **{"TW4.target": "90", "TW4.kegiatan": "Survei", "TW4.pj": "Kasi"}
    )
    checked = page.post(address, {**filled, "number": "0", "tindakan": "periksa"})
    assert "belum ada rencana aksinya" in text(checked)
    assert not ActionPlan.objects.exists()
    said = text(page.post(address, {**filled, "number": "0"}, follow=True))
    assert "Rencana aksi disimpan." in said
    assert "Survei" in said
    assert "S: " in said
    other = steps(
        row, **{"TW4.target": "91", "TW4.kegiatan": "Survei", "TW4.pj": "Kasi"}
    )
    stale = page.post(address, {**other, "number": "0"})
    assert "orang lain sudah menyimpan" in text(stale)


def test_a_target_without_activity_is_asked_for_it(page, office):
    row = agreed(office).row
    address = f"/perjanjian-kinerja/{row.pk}/rencana-aksi"
    response = page.post(address, {**steps(row, **{"TW1.target": "x1"}), "number": "0"})
    assert response.status_code == 422
    assert 'value="x1"' in text(response)


# Rencana


def test_the_renstra_is_read_version_by_version(page, office):
    said = text(page.get("/rencana?tahun=2025"))
    assert "Meningkatnya kinerja wilayah" in said
    assert "91,00" in said
    assert "belum mempunyai indikator" in said
    enacted(office, since=WHEN.date(), stage=Stage.CHANGED, text="Pelayanan membaik")
    assert "Pelayanan membaik" in text(page.get("/rencana?tahun=2025"))
    first = text(page.get("/rencana?tahun=2025&versi=1"))
    assert "Pelayanan membaik" not in first


def test_what_an_office_has_not_made_yet_is_said(client):
    clock.start_at(WHEN)
    client.force_login(planning_office().kasubbag, BACKEND)
    for part in ("renstra", "rkt", "iku"):
        assert "Belum ada" in text(client.get(f"/rencana?tahun=2025&bagian={part}"))
    assert "Belum ada Perjanjian" in text(client.get("/perjanjian-kinerja?tahun=2025"))
    assert "Belum ada pagu" in text(client.get("/anggaran?tahun=2025"))
