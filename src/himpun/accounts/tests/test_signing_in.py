"""Coming in and going out by name and password."""

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.organization.tests.builders import make_office
from himpun.shared.tests.clock import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
PASSWORD = "sebelas gajah menari"
NEW = "tujuh kapal berlayar"
SIGN_IN = "/masuk"


@pytest.fixture
def office():
    made = make_office()
    made.pelaksana.set_password(PASSWORD)
    made.pelaksana.save()
    return made


def come_in(client, person, password=PASSWORD, **more):
    return client.post(
        SIGN_IN, {"username": person.username, "password": password, **more}
    )


def kinds(office):
    return [e.type for e in ledger.events_of(f"access:{office.tenant.pk}")]


def test_a_person_comes_in_and_it_is_recorded_without_the_name(client, office):
    answer = come_in(client, office.pelaksana)
    assert answer.status_code == 302
    assert answer.url == reverse("portal:home")
    event = Event.objects.get(type="access.signed_in")
    assert event.actor == office.pelaksana.pk
    assert office.pelaksana.name.encode() not in bytes(event.body)
    assert office.pelaksana.username.encode() not in bytes(event.body)


def test_the_session_is_another_one_after_coming_in(client, office):
    client.get(SIGN_IN)
    client.session["keep"] = 1
    client.session.save()
    before = client.session.session_key
    come_in(client, office.pelaksana)
    assert client.session.session_key != before


def test_a_wrong_password_is_told_in_words_and_the_name_stays(client, office):
    answer = come_in(client, office.pelaksana, "bukan ini sandinya")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "tidak cocok" in page
    assert "Belum dapat diteruskan" in page
    assert "isian yang perlu dibetulkan" not in page
    assert office.pelaksana.username in page
    assert "bukan ini sandinya" not in page
    assert "access.signed_in" not in kinds(office)


def test_a_stranger_gets_the_same_answer_as_a_wrong_password(client, office):
    wrong = come_in(client, office.pelaksana, "bukan ini sandinya")
    strange = client.post(SIGN_IN, {"username": "siapa", "password": "bukan ini"})
    assert strange.status_code == wrong.status_code == 422


def test_empty_fields_are_named(client):
    page = client.post(SIGN_IN, {}).content.decode()
    assert "Nama pengguna belum ditulis." in page
    assert "Sandi belum ditulis." in page


@override_settings(AXES_FAILURE_LIMIT=3)
def test_too_many_tries_lock_the_name_even_for_the_right_password(client, office):
    for _ in range(3):
        answer = come_in(client, office.pelaksana, "bukan ini sandinya")
    assert answer.status_code == 429
    assert "Tunggu 15 menit" in answer.content.decode()
    assert come_in(client, office.pelaksana).status_code == 429


def test_a_closed_account_does_not_come_in(client, office):
    office.pelaksana.is_active = False
    office.pelaksana.save()
    assert come_in(client, office.pelaksana).status_code == 422


def test_the_way_goes_on_to_the_page_that_was_wanted(client, office):
    assert come_in(client, office.pelaksana, next="/kasus").url == "/kasus"


@pytest.mark.parametrize(
    "foreign", ["https://lain.example/", "//lain.example", "javascript:alert(1)"]
)
def test_the_way_never_leads_to_another_server(client, office, foreign):
    answer = come_in(client, office.pelaksana, next=foreign)
    assert answer.url == reverse("portal:home")


def test_somebody_who_is_in_is_not_asked_again(office):
    assert signed_in(office.pelaksana).get(SIGN_IN).status_code == 302


def test_going_out_ends_the_session_and_is_recorded(client, office):
    come_in(client, office.pelaksana)
    assert client.post("/keluar").status_code == 302
    assert client.get("/").status_code == 302
    assert kinds(office)[-1] == "access.signed_out"


def test_going_out_by_a_link_is_refused(office):
    client = signed_in(office.pelaksana)
    assert client.get("/keluar").status_code == 405
    assert client.get("/sandi").status_code == 200


def test_a_password_is_changed_and_other_devices_have_to_come_in_again(office):
    here, there = Client(), Client()
    come_in(here, office.pelaksana)
    come_in(there, office.pelaksana)
    answer = here.post("/sandi", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert answer.status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert come_in(there, office.pelaksana, NEW).status_code == 302
    assert "access.password_changed" in kinds(office)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"old": "salah sama sekali", "new": NEW, "again": NEW}, "tidak cocok"),
        ({"old": PASSWORD, "new": NEW, "again": NEW + "x"}, "belum sama"),
        ({"old": PASSWORD, "new": "pendek", "again": "pendek"}, "12"),
        ({"old": PASSWORD, "new": "password1234", "again": "password1234"}, "umum"),
        ({}, "Sandi belum ditulis."),
    ],
)
def test_a_bad_new_password_is_refused_in_words(office, typed, word):
    answer = signed_in(office.pelaksana).post("/sandi", typed)
    assert answer.status_code == 422
    assert word in answer.content.decode()
    office.pelaksana.refresh_from_db()
    assert office.pelaksana.check_password(PASSWORD)


def test_the_password_page_is_for_people_who_are_in(client):
    assert client.get("/sandi").url.startswith("/masuk")


@pytest.mark.parametrize("value", ["\x00", "<script>", "\u202egnp.exe", "x" * 70_000])
@pytest.mark.parametrize("page", ["/masuk", "/kode", "/sandi"])
def test_nothing_that_is_typed_breaks_a_page(client, office, page, value):
    fields = "username password code old new again next"
    typed = dict.fromkeys(fields.split(), value)
    browser = signed_in(office.pelaksana) if page == "/sandi" else client
    assert browser.post(page, typed).status_code in {302, 422}
