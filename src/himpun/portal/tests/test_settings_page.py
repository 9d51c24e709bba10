"""The administrator's page: people, positions, codes, calendar, backup."""

import json
import re
from datetime import timedelta

import pytest

from himpun.accounts.models import OneTimeCode
from himpun.ledger.models import Event
from himpun.organization import queries as organization
from himpun.organization.models import Official, Person, Position
from himpun.organization.tests.builders import WHEN, make_office
from himpun.reporting.rules import LAST_BACKUP
from himpun.shared.tests.clock import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}")
PAGES = ("/pengaturan", "/pengaturan/akun", "/pengaturan/pejabat")


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def admin(office):
    return signed_in(office.admin)


def text(answer):
    return answer.content.decode()


def test_only_administrators_come_in(office, client):
    official = Official.objects.filter(person=office.camat).get()
    for page in (
        *PAGES,
        f"/pengaturan/kantor/{office.unit.pk}",
        f"/pengaturan/pejabat/{official.pk}/akhiri",
    ):
        assert client.get(page).url.startswith("/masuk")
        answer = signed_in(office.camat).get(page)
        assert answer.status_code == 403
        assert "administrator kabupaten" in text(answer)


def test_nobody_else_makes_codes_or_closes_accounts(office):
    client = signed_in(office.camat)
    for act in ("kode", "buka-tutup"):
        url = f"/pengaturan/akun/{office.pelaksana.pk}/{act}"
        assert client.post(url).status_code == 403
    assert not OneTimeCode.objects.exists()
    assert Person.objects.get(pk=office.pelaksana.pk).is_active


def test_an_administrator_finds_nothing_of_another_tenant(admin):
    other = make_office("Kecamatan Lain")
    official = Official.objects.filter(person=other.camat).get()
    assert admin.get(f"/pengaturan/kantor/{other.unit.pk}").status_code == 404
    for url in (
        f"/pengaturan/akun/{other.camat.pk}/kode",
        f"/pengaturan/akun/{other.camat.pk}/buka-tutup",
        f"/pengaturan/pejabat/{official.pk}/akhiri",
        f"/pengaturan/kantor/{other.unit.pk}/kalender/tetapkan",
    ):
        assert (
            admin.post(url, {"decree": "x", "until": "2025-01-02"}).status_code == 404
        )
    page = text(admin.get("/pengaturan"))
    assert other.camat.username not in page
    assert other.unit.name not in page


def test_the_page_names_offices_people_and_empty_seats(office, admin):
    office.camat.tenures.update(until=WHEN.date() - timedelta(days=1))
    page = text(admin.get("/pengaturan"))
    assert office.unit.name in page
    assert "1 jabatan kosong" in page
    assert office.sekcam.name in page
    assert "Kosong" in text(admin.get(f"/pengaturan/kantor/{office.unit.pk}"))


def test_the_last_backup_is_told(admin, settings, tmp_path):
    settings.HIMPUN_HOME = tmp_path
    assert "Cadangan terakhir: belum pernah." in text(admin.get("/pengaturan"))
    note = {"made_at": WHEN.isoformat(), "file": "a.himpun", "sha256": "00"}
    (tmp_path / LAST_BACKUP).write_text(json.dumps(note))
    page = text(admin.get("/pengaturan"))
    assert "Cadangan terakhir: Kamis, 2 Januari 2025, 08.00 WIB." in page


def test_a_slip_shows_the_code_once_and_opens_the_account(office, admin, client):
    answer = admin.post(f"/pengaturan/akun/{office.pelaksana.pk}/kode")
    page = text(answer)
    [code] = set(CODE.findall(page))
    assert "no-store" in answer["Cache-Control"]
    assert "Jumat, 3 Januari 2025, 08.00 WIB" in page
    assert code not in text(admin.get("/pengaturan"))
    new = "tujuh kapal berlayar"
    typed = {"username": office.pelaksana.username, "code": code}
    used = client.post("/kode", typed | {"new": new, "again": new})
    assert used.status_code == 302


def test_a_position_is_added_and_recorded(office, admin):
    url = f"/pengaturan/kantor/{office.unit.pk}/jabatan"
    assert url in text(admin.get(f"/pengaturan/kantor/{office.unit.pk}"))
    typed = {"title": " Kasi  Pelayanan ", "kind": "kasi", "unit": office.unit.pk}
    page = text(admin.post(url, typed, follow=True))
    assert "Kasi Pelayanan" in page
    [made] = Position.objects.filter(title="Kasi Pelayanan", kind="kasi")
    assert made.unit == office.unit
    event = Event.objects.filter(type="position.created").last()
    assert event.actor == office.admin.pk


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "Nama jabatan belum ditulis."),
        ({"title": "kasi contoh"}, "sudah mempunyai jabatan"),
        ({"unit": ""}, "Pilih unit."),
        ({"kind": "administrator"}, "Kasi Baru"),
    ],
)
def test_a_position_that_lacks_something_is_shown_as_typed(
    office, admin, changed, sentence
):
    office.position["kasi"].title = "Kasi Contoh"
    office.position["kasi"].save()
    unit = office.position["kasi"].unit_id
    typed = {"title": "Kasi Baru", "kind": "kasi", "unit": unit} | changed
    before = Position.objects.count()
    answer = admin.post(f"/pengaturan/kantor/{office.unit.pk}/jabatan", typed)
    assert answer.status_code == 422
    assert Position.objects.count() == before
    assert sentence in text(answer)


def test_an_account_is_closed_and_opened_again(office, admin):
    url = f"/pengaturan/akun/{office.pelaksana.pk}/buka-tutup"
    admin.post(url, {"buka": "tidak"})
    assert not Person.objects.get(pk=office.pelaksana.pk).is_active
    assert "ditutup" in text(admin.get("/pengaturan"))
    admin.post(url, {"buka": "ya"})
    assert Person.objects.get(pk=office.pelaksana.pk).is_active


def test_a_closed_account_gets_no_code(office, admin):
    Person.objects.filter(pk=office.pelaksana.pk).update(is_active=False)
    answer = admin.post(f"/pengaturan/akun/{office.pelaksana.pk}/kode", follow=True)
    assert "Akun ini ditutup" in text(answer)


def test_an_account_is_opened_with_its_seat(office, admin):
    typed = {
        "name": "  Staf   Baru (contoh) ",
        "username": "staf.baru",
        "position": office.position["pelaksana"].pk,
        "since": "2025-01-02",
    }
    assert admin.post("/pengaturan/akun", typed).status_code == 302
    person = Person.objects.get(username="staf.baru")
    assert person.name == "Staf Baru (contoh)"
    day = WHEN.date()
    assert organization.positions_of(person, day) == [office.position["pelaksana"].pk]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "Nama belum ditulis."),
        ({"username": "Ada Spasi"}, "huruf kecil"),
        ({"nip": "123"}, "NIP terdiri atas 18 angka."),
        ({"position": "99999"}, "pilihan"),
        ({"since": "kemarin"}, "Tanggal ditulis"),
    ],
)
def test_an_account_without_sense_is_refused_and_nothing_typed_is_lost(
    office, admin, wrong, words
):
    typed = {
        "name": "Staf Baru (contoh)",
        "username": "staf.baru",
        "position": office.position["pelaksana"].pk,
        "since": "2025-01-02",
    }
    answer = admin.post("/pengaturan/akun", typed | wrong)
    assert answer.status_code == 422
    assert words in text(answer)
    assert "staf.baru" in text(answer) or "Ada Spasi" in text(answer)
    assert not Person.objects.filter(username="staf.baru").exists()


def appointment(office, **other):
    return {
        "position": office.position["camat"].pk,
        "person": office.sekcam.pk,
        "status": "plt",
        "since": "2025-01-02",
        "until": "2025-01-31",
        "letter": "SPT 800/12/2025",
    } | other


def test_an_acting_official_is_recorded_with_letter_and_dates(office, admin):
    answer = admin.post("/pengaturan/pejabat", appointment(office))
    assert answer.url == f"/pengaturan/kantor/{office.unit.pk}"
    page = text(admin.get(answer.url))
    assert "Plt. Camat Contoh berdasarkan SPT nomor 800/12/2025" in page
    assert "Jumat, 31 Januari 2025" in page
    official = Official.objects.get(status="plt")
    assert official.until.isoformat() == "2025-01-31"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"letter": ""}, "nomor surat perintah"),
        ({"until": "2024-12-01"}, "sebelum tanggal mulai"),
        ({"person": ""}, "Pilih pejabat."),
    ],
)
def test_an_appointment_without_sense_is_refused_in_words(office, admin, wrong, words):
    answer = admin.post("/pengaturan/pejabat", appointment(office, **wrong))
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Official.objects.filter(status="plt").exists()


def test_a_tenure_ends_on_a_day_and_stays_in_the_record(office, admin):
    official = Official.objects.get(person=office.camat)
    url = f"/pengaturan/pejabat/{official.pk}/akhiri"
    assert admin.get(url).status_code == 200
    early = admin.post(url, {"until": "2020-01-01"})
    assert early.status_code == 422
    admin.post(url, {"until": "2025-01-01"})
    official.refresh_from_db()
    assert official.until.isoformat() == "2025-01-01"


def test_the_office_says_until_when_its_calendar_is_confirmed(office, admin):
    page = text(admin.get(f"/pengaturan/kantor/{office.unit.pk}"))
    assert "Usulan sampai Jumat, 31 Desember 2027" in page
    assert f"/pengaturan/kantor/{office.unit.pk}/kalender" in page


def test_an_office_without_a_calendar_is_shown_as_such():
    office = make_office(calendar=False)
    admin = signed_in(office.admin)
    assert "Kalender kerja belum ada." in text(admin.get("/pengaturan"))
    page = admin.get(f"/pengaturan/kantor/{office.unit.pk}")
    assert "Tenggat tidak dapat dihitung." in text(page)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_form_is_asked_for_or_sent_and_nothing_else(office, admin, method):
    official = Official.objects.get(person=office.camat)
    for url in (*PAGES[1:], f"/pengaturan/pejabat/{official.pk}/akhiri"):
        assert getattr(admin, method)(url).status_code == 405
