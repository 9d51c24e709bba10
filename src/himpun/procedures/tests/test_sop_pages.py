"""Pages of an SOP: the form, the live position, oddities."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db.models import F

from himpun.organization.tests.builders import WHEN, make_office, make_outsider
from himpun.procedures.models import Finding
from himpun.procedures.queries import journey, position, sheets
from himpun.procedures.tests.builders import (
    adopt_plain,
    adopt_seed,
    crowded_sop,
    start,
)
from himpun.shared.journey import Stage
from himpun.shared.tests.clock import signed_in
from himpun.sop.shipped import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
SEED = "jekulo-pengumpulan-data-kinerja"


@pytest.fixture
def office():
    return make_office()


def text(answer):
    return answer.content.decode()


def test_the_form_stands_in_the_page_with_the_live_position(office):
    case = start(office)
    # An hour more than the day that the step has: the clock runs while the test does.
    case.tasks.update(deadline=F("deadline") + timedelta(hours=1))
    page = text(signed_in(office.camat).get(f"/sop/{case.version_id}"))
    assert "SOP PENGUMPULAN DATA KINERJA" in page
    assert "Posisi berjalan" in page
    assert "di sini" in page
    assert "Sisa 1 hari kerja" in page
    assert 'class="jalan"' in page


def test_the_position_can_be_hidden_and_is_absent_without_a_case(office):
    case = start(office)
    client = signed_in(office.camat)
    hidden = text(client.get(f"/sop/{case.version_id}?kasus={case.pk}&posisi=sembunyi"))
    assert "SOP PENGUMPULAN DATA KINERJA" in hidden
    assert "di sini" not in hidden
    assert "Tampilkan posisi berjalan" in hidden


def test_a_finished_case_is_still_shown_on_the_form(office):
    case = start(office)
    case.tasks.update(done_at=WHEN)
    type(case).objects.update(state="selesai", ended_at=WHEN)
    client = signed_in(office.camat)
    page = text(client.get(f"/sop/{case.version_id}?kasus={case.pk}"))
    assert "Posisi berjalan" in page
    assert "di sini" not in page
    assert "Posisi berjalan" not in text(client.get(f"/sop/{case.version_id}"))


@pytest.mark.parametrize("strange", ["x", "-1", "9" * 20, "9" * 5000, "²"])
def test_a_strange_case_number_shows_the_form_alone(office, strange):
    version = adopt_seed(office)
    page = signed_in(office.camat).get(f"/sop/{version.pk}?kasus={strange}")
    assert page.status_code == 200


def test_an_sop_that_never_ran_shows_only_the_form(office):
    version = adopt_seed(office)
    page = text(signed_in(office.camat).get(f"/sop/{version.pk}"))
    assert "SOP PENGUMPULAN DATA KINERJA" in page
    assert "Posisi berjalan" not in page


def test_the_form_itself_is_the_same_whatever_runs(office):
    case = start(office)
    version = case.version
    pdf, mime = sheets.pdf(version)
    assert mime == "application/pdf"
    assert pdf == sheets.pdf(version)[0]
    assert position.parts_of(case, journey.journey(case, WHEN)) == {
        ("l1", "pelaksana"): Stage.NOW
    }


def test_the_drawing_with_its_position_is_well_formed(office):
    case = start(office)
    client = signed_in(office.camat)
    page = text(client.get(f"/sop/{case.version_id}"))
    drawing = page[page.index("<svg xmlns") : page.rindex("</svg></div>") + 6]
    assert ET.fromstring(drawing).tag.endswith("svg")


def test_a_hostile_sop_is_drawn_as_text(office):
    source = shipped()[SEED].decode()
    bad = "<script>alert(1)</script>"
    edited = source.replace(
        "kegiatan: Menghimpun data awal (data kinerja)", f'kegiatan: "{bad}"'
    )
    assert edited != source
    version = adopt_seed(office, source=edited.encode())
    start(office, version=version)
    page = text(signed_in(office.camat).get(f"/sop/{version.pk}"))
    assert bad not in page
    assert "&lt;script&gt;" in page


def test_the_papers_are_downloads(office):
    version = adopt_seed(office, mark="CONTOH, belum disahkan")
    client = signed_in(office.camat)
    pdf = client.get(f"/sop/{version.pk}/formulir.pdf")
    png = client.get(f"/sop/{version.pk}/formulir.png")
    assert pdf.content.startswith(b"%PDF")
    assert png.content.startswith(b"\x89PNG")
    for answer in (pdf, png):
        assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"/sop/{version.pk}/formulir.exe").status_code == 404


@pytest.mark.parametrize("part", ["bagan", "identitas"])
def test_an_sop_of_too_many_arrows_is_shown_as_a_table(office, part):
    version = adopt_plain(office, crowded_sop())
    page = signed_in(office.camat).get(f"/sop/{version.pk}?bagian={part}")
    assert page.status_code == 200
    assert "Bagilah menjadi beberapa SOP" in text(page)
    assert "Pelaksana, Kasubbag (paraf)" in text(page)
    assert "Setuju: 3" in text(page)
    assert "<svg xmlns" not in text(page)


@pytest.mark.parametrize("ending", ["pdf", "png"])
def test_a_form_that_cannot_be_drawn_is_no_download(office, ending):
    version = adopt_plain(office, crowded_sop())
    answer = signed_in(office.camat).get(f"/sop/{version.pk}/formulir.{ending}")
    assert answer.status_code == 422
    assert "Bagilah menjadi beberapa SOP" in text(answer)


@pytest.mark.parametrize("part", ["bagan", "identitas", "kasus", "temuan", "aneh"])
def test_every_part_has_a_page(office, part):
    case = start(office)
    page = signed_in(office.pelaksana).get(f"/sop/{case.version_id}?bagian={part}")
    assert page.status_code == 200


def test_an_oddity_is_confirmed_by_who_may_once(office):
    version = adopt_seed(office)
    odd = version.findings.filter(needs_confirmation=True).first()
    url = f"/sop/temuan/{odd.pk}/konfirmasi"
    assert url not in text(
        signed_in(office.pelaksana).get(f"/sop/{version.pk}?bagian=temuan")
    )
    signed_in(office.pelaksana).post(url)
    assert Finding.objects.get(pk=odd.pk).confirmed_at is None
    client = signed_in(office.camat)
    assert url in text(client.get(f"/sop/{version.pk}?bagian=temuan"))
    client.post(url)
    assert Finding.objects.get(pk=odd.pk).confirmed_at
    again = client.post(url, follow=True)
    assert "sudah dikonfirmasi" in text(again)


def test_another_office_finds_no_sop(office):
    version = adopt_seed(office)
    odd = version.findings.first()
    client = signed_in(make_outsider())
    for page in ("", "/formulir.pdf", "/formulir.png"):
        assert client.get(f"/sop/{version.pk}{page}").status_code == 404
    assert client.post(f"/sop/temuan/{odd.pk}/konfirmasi").status_code == 404
    assert "Mekanisme" not in text(client.get("/sop"))


def test_the_list_names_the_sops_of_the_own_office(office):
    adopt_seed(office, mark="CONTOH, belum disahkan")
    page = text(signed_in(office.pelaksana).get("/sop"))
    assert "SOP Mekanisme Pengumpulan Data" in page
    assert "CONTOH, belum disahkan" in page


def test_an_office_without_an_sop_is_told_so(office):
    assert "Belum ada SOP" in text(signed_in(office.pelaksana).get("/sop"))
