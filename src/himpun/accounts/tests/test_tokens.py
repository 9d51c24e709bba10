"""Tokens by which a program reads the API in a person's name."""

from datetime import date, timedelta

import pytest
from django.test import override_settings

from himpun.accounts import actions, rules
from himpun.accounts.models import AccessToken
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.organization.tests.builders import WHEN, make_office
from himpun.shared.refusals import Refusal
from himpun.shared.tests.clock import clock_at, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
PASSWORD = "sebelas gajah menari"
TODAY = WHEN.date()
LIST = "/api/kantor"


@pytest.fixture
def office():
    made = make_office(calendar=False, villages=0)
    made.pelaksana.set_password(PASSWORD)
    made.pelaksana.save()
    return made


@pytest.fixture
def token(office):
    return make(office.pelaksana)


def make(person, *, name="dasbor", until=TODAY + timedelta(days=30)):
    return actions.make_token(person, name=name, until=until, at=WHEN)


def ask(client, token, address=LIST):
    return client.get(address, headers={"authorization": f"Bearer {token}"})


def kinds(office):
    return [e.type for e in ledger.events_of(f"access:{office.tenant.pk}")]


def test_a_token_reads_what_its_person_may_read(client, office, token):
    answer = ask(client, token)
    assert [one["id"] for one in answer.json()] == [office.unit.pk]
    assert AccessToken.objects.get().used_on == TODAY
    assert "sessionid" not in answer.cookies


def test_only_the_hash_of_a_token_is_kept_and_no_event_holds_it_or_its_name(token):
    row = AccessToken.objects.get()
    kept = f"{row.handle} {row.hash}"
    secret = token.rpartition("_")[2]
    assert rules.token_hash(token) == row.hash
    assert secret not in kept
    event = Event.objects.get(type="access.token_made")
    assert secret.encode() not in bytes(event.body)
    assert b"dasbor" not in bytes(event.body)


def test_with_the_handle_of_a_token_alone_nobody_reads(client, token):
    guessed = token[:-43] + "x" * 43
    answer = ask(client, guessed)
    assert answer.status_code == 401
    assert "token yang masih berlaku" in answer.json()["pesan"]
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_does_nothing_but_read_the_api(client, token):
    assert ask(client, token, "/").status_code == 302
    assert ask(client, token, "/capaian").url.startswith("/masuk")
    bearer = {"authorization": f"Bearer {token}"}
    assert client.post(LIST, headers=bearer).status_code == 405
    assert client.post("/keluar", headers=bearer).url.startswith("/masuk")


def test_a_token_ends_after_its_last_day(client, office):
    token = make(office.pelaksana, until=TODAY)
    assert ask(client, token).status_code == 200
    with clock_at(WHEN + timedelta(days=1)):
        assert ask(client, token).status_code == 401


def test_a_revoked_token_no_longer_works(client, office, token):
    browser = signed_in(office.pelaksana)
    row = AccessToken.objects.get()
    assert browser.post(f"/token/{row.pk}/cabut").status_code == 302
    assert ask(client, token).status_code == 401
    assert kinds(office)[-1] == "access.token_revoked"
    browser.post(f"/token/{row.pk}/cabut")
    assert kinds(office).count("access.token_revoked") == 1


def test_nobody_revokes_the_token_of_somebody_else(client, office, token):
    row = AccessToken.objects.get()
    assert signed_in(office.camat).post(f"/token/{row.pk}/cabut").status_code == 404
    assert ask(client, token).status_code == 200


def test_the_token_of_a_closed_account_does_not_work(client, office, token):
    actions.set_open(office.pelaksana, open_=False, by=office.admin, at=WHEN)
    assert ask(client, token).status_code == 401


def test_who_lost_the_position_reads_nothing_with_a_token(client, office, token):
    office.position["pelaksana"].officials.update(until=TODAY - timedelta(days=1))
    assert ask(client, token).json() == []
    assert ask(client, token, "/api/capaian").status_code == 403


def test_a_new_password_ends_the_tokens(client, office, token):
    actions.change_password(office.pelaksana, "tujuh kapal berlayar", at=WHEN)
    assert ask(client, token).status_code == 401


@override_settings(AXES_FAILURE_LIMIT=2)
def test_too_many_wrong_tries_lock_the_handle_even_for_the_right_token(client, token):
    for _ in range(2):
        wrong = ask(client, token[:-43] + "x" * 43)
    assert wrong.status_code == 429
    assert "Tunggu 15 menit" in wrong.json()["pesan"]
    assert ask(client, token).status_code == 429


def test_a_wrong_token_is_told_even_where_somebody_is_signed_in(office):
    assert ask(signed_in(office.pelaksana), "himpun_salah").status_code == 401


@pytest.mark.parametrize(
    ("name", "until", "field"),
    [
        ("", TODAY, "name"),
        ("dasbor", TODAY - timedelta(days=1), "until"),
        ("dasbor", TODAY + timedelta(days=367), "until"),
        ("dasbor", date.max, "until"),
    ],
)
def test_a_token_has_a_name_and_ends_within_a_year(office, name, until, field):
    with pytest.raises(Refusal) as refusal:
        make(office.pelaksana, name=name, until=until)
    assert refusal.value.field == field


def test_the_page_shows_a_new_token_once_and_lists_it_after(client, office):
    browser = signed_in(office.pelaksana)
    typed = {"name": "Dasbor <b>", "until": "2025-06-30", "old": PASSWORD}
    page = browser.post("/token", typed)
    token = rules.TOKEN.search(page.content.decode())[0]
    assert ask(client, token).status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    later = browser.get("/token").content.decode()
    assert token.rpartition("_")[2] not in later
    assert "Dasbor &lt;b&gt;" in later
    assert "terakhir dipakai" in later


def test_a_token_is_made_with_the_present_password_only(office):
    typed = {"name": "dasbor", "until": "2025-06-30", "old": "bukan ini sandinya"}
    page = signed_in(office.pelaksana).post("/token", typed)
    assert page.status_code == 422
    assert "Sandi sekarang tidak cocok." in page.content.decode()
    assert not AccessToken.objects.exists()


def test_what_is_no_token_has_no_handle():
    token = rules.new_token()
    assert token != rules.new_token()
    assert rules.handle_of(token) == token[7:19]
    for wrong in ("", token[1:], token + "x", token.upper(), "\x00", "himpun_" * 9_000):
        assert rules.handle_of(wrong) == ""
