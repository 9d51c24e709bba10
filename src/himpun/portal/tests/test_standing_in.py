"""Who is away, who acts for whom, and what waits because nobody is there."""

from html import unescape

import pytest

from himpun.organization.models import Official
from himpun.organization.tests.builders import make_office
from himpun.procedures.tests.builders import adopt_plain, start
from himpun.shared.tests.clock import signed_in

pytestmark = pytest.mark.django_db
DAYS = {"since": "2025-01-02", "until": "2025-01-03"}


def text(answer):
    return " ".join(unescape(answer.content.decode()).split())


@pytest.fixture
def office(morning):
    return make_office()


def test_one_s_absence_is_seen_by_the_office_and_called_off(office):
    client = signed_in(office.kasi)
    client.post("/penggantian/tidak-hadir", {"kind": "dinas-luar", **DAYS})
    row = office.kasi.absences.get()
    assert "Dinas luar" in text(signed_in(office.camat).get("/penggantian"))
    client.post(f"/penggantian/tidak-hadir/{row.pk}/batal")
    assert "Dinas luar" not in text(client.get("/penggantian"))


def test_a_form_that_is_sent_wrong_keeps_what_was_typed(office):
    client = signed_in(office.kasi)
    data = {"kind": "cuti", "since": "2025-01-05", "until": "2025-01-02"}
    answer = client.post("/penggantian/tidak-hadir", data)
    assert answer.status_code == 422
    assert "tidak boleh sebelum tanggal mulai" in text(answer)
    assert "2025-01-05" in answer.content.decode()


def test_head_and_administrator_see_what_nobody_can_do_with_the_ways_out(office):
    case = start(office, version=adopt_plain(office))
    for who in ("pelaksana", "pelaksana2"):
        signed_in(office.people[who]).post(
            "/penggantian/tidak-hadir", {"kind": "cuti", **DAYS}
        )
    [task] = case.tasks.all()
    page = signed_in(office.camat).get("/").content.decode()
    assert "Tidak ada yang mengerjakan" in page
    assert "sedang cuti sampai Jumat, 3 Januari 2025" in page
    assert f"/tugas/{task.pk}/alihkan" in page
    page = signed_in(office.admin).get("/").content.decode()
    assert f"/pengaturan/pejabat?jabatan={office.position['pelaksana'].pk}" in page
    page = signed_in(office.kasi).get("/").content.decode()
    assert "Tidak ada yang mengerjakan" not in page


def test_a_task_is_handed_on_and_the_new_holder_is_told(office):
    case = start(office, version=adopt_plain(office))
    [task] = case.tasks.all()
    to = f"pejabat-{Official.objects.get(person=office.kasi).pk}"
    data = {"to": to, "reason": "pelaksana sedang menangani tugas lain"}
    signed_in(office.sekcam).post(f"/tugas/{task.pk}/alihkan", data)
    page = text(signed_in(office.kasi).get(f"/kasus/{case.pk}"))
    assert "Dialihkan dari Pelaksana Perencanaan Contoh" in page
    assert "pelaksana sedang menangani tugas lain" in page
    assert "Tugas dialihkan kepada Bapak/Ibu" in text(
        signed_in(office.kasi).get("/pemberitahuan")
    )


def test_a_mandate_is_seen_with_both_names(office):
    data = {
        "position": office.position["kasubbag"].pk,
        "to": Official.objects.get(person=office.kasi).pk,
        **DAYS,
    }
    signed_in(office.kasubbag).post("/penggantian/limpahkan", data)
    page = text(signed_in(office.camat).get("/penggantian"))
    assert f"a.n. Kasubbag Perencanaan dan Keuangan Contoh: {office.kasi.name}" in page
    assert "Semua tugas jabatan, tanpa tanda tangan" in page
