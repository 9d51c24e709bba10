"""One-time codes on a printed slip, and accounts kept by the administrator."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import override_settings

from himpun.accounts import actions, rules
from himpun.accounts.models import OneTimeCode
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.organization.models import Person
from himpun.organization.tests.builders import SINCE, WHEN, make_office
from himpun.shared.refusals import Refusal
from himpun.shared.tests.clock import clock_at, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
NEW = "tujuh kapal berlayar"


@pytest.fixture
def office():
    return make_office()


def use(client, person, code, new=NEW, again=None):
    return client.post(
        "/kode",
        {
            "username": person.username,
            "code": code,
            "new": new,
            "again": again or new,
        },
    )


def make(office, at=WHEN):
    return actions.make_code(office.pelaksana, by=office.admin, at=at)


def test_codes_go_through_the_lock_of_axes():
    assert settings.AUTHENTICATION_BACKENDS[0] == "axes.backends.AxesStandaloneBackend"
    assert "himpun.accounts.backends.OneTimeCodeBackend" in (
        settings.AUTHENTICATION_BACKENDS
    )


def test_a_code_lets_its_owner_in_and_sets_the_password(client, office):
    code = make(office)
    assert use(client, office.pelaksana, code).status_code == 302
    assert client.get("/").status_code == 200
    office.pelaksana.refresh_from_db()
    assert office.pelaksana.check_password(NEW)


def test_only_the_hash_of_a_code_is_kept(office):
    code = make(office)
    row = OneTimeCode.objects.get()
    assert rules.plain_code(code) not in row.hash
    events = Event.objects.filter(type="access.code_made")
    assert all(code.encode() not in bytes(e.body) for e in events)
    assert office.pelaksana.name.encode() not in bytes(events.get().body)


def test_a_code_works_once(client, office):
    code = make(office)
    use(client, office.pelaksana, code)
    client.logout()
    answer = use(client, office.pelaksana, code, new="delapan kapal berlayar")
    assert answer.status_code == 422
    assert "sudah dipakai" in answer.content.decode()
    office.pelaksana.refresh_from_db()
    assert office.pelaksana.check_password(NEW)


def test_of_two_who_redeem_a_code_at_once_one_wins(office):
    code = make(office)
    actions.redeem_code(office.pelaksana, code, NEW, at=WHEN)
    with pytest.raises(Refusal):
        actions.redeem_code(office.pelaksana, code, NEW, at=WHEN)


def test_a_code_ends_after_a_day(client, office):
    code = make(office)
    with clock_at(WHEN + timedelta(hours=24)):
        assert use(client, office.pelaksana, code).status_code == 422


def test_a_new_code_ends_the_one_before(client, office):
    first, second = make(office), make(office, WHEN + timedelta(minutes=1))
    with clock_at(WHEN + timedelta(minutes=2)):
        assert use(client, office.pelaksana, first).status_code == 422
        assert use(client, office.pelaksana, second).status_code == 302


def test_a_weak_password_does_not_use_the_code_up(client, office):
    code = make(office)
    answer = use(client, office.pelaksana, code, new="pendek")
    assert answer.status_code == 422
    assert code in answer.content.decode()
    assert use(client, office.pelaksana, code).status_code == 302


def test_somebody_elses_code_is_of_no_use(client, office):
    code = make(office)
    assert use(client, office.camat, code).status_code == 422


def test_a_code_of_a_closed_account_is_of_no_use(client, office):
    code = make(office)
    actions.set_open(office.pelaksana, open_=False, by=office.admin, at=WHEN)
    assert use(client, office.pelaksana, code).status_code == 422


@override_settings(AXES_FAILURE_LIMIT=3)
def test_guessing_codes_locks_the_name(client, office):
    make(office)
    for _ in range(3):
        answer = use(client, office.pelaksana, "AAAA-BBBB-CCCC")
    assert answer.status_code == 429


def test_only_an_administrator_of_the_tenant_makes_codes(office):
    other = make_office("Kecamatan Lain")
    for person in (office.camat, office.pelaksana, other.admin):
        with pytest.raises(Refusal):
            actions.make_code(office.pelaksana, by=person, at=WHEN)


def test_an_old_code_row_never_opens_another_persons_account(client, office):
    OneTimeCode.objects.create(
        person=office.camat,
        hash=make_password("AAAABBBBCCCC"),
        made_at=WHEN,
        made_role="",
        expires_at=WHEN,
    )
    assert use(client, office.camat, "AAAA-BBBB-CCCC").status_code == 422


def test_an_account_is_opened_with_a_seat_and_without_a_password(office):
    person = actions.open_account(
        username="staf.baru",
        name="Staf Baru (contoh)",
        position=office.position["pelaksana"],
        since=SINCE,
        by=office.admin,
        at=WHEN,
    )
    assert not person.has_usable_password()
    assert person.tenures.get().position == office.position["pelaksana"]
    types = [e.type for e in ledger.events_of(f"access:{office.tenant.pk}")]
    assert types[-2:] == ["account.opened", "official.appointed"]


def test_a_user_name_is_given_once(office):
    with pytest.raises(Refusal) as refused:
        actions.open_account(
            username=office.camat.username,
            name="Kembar (contoh)",
            position=office.position["pelaksana"],
            since=SINCE,
            by=office.admin,
            at=WHEN,
        )
    assert refused.value.field == "username"
    assert not Person.objects.filter(name="Kembar (contoh)").exists()


def test_nobody_opens_accounts_in_another_tenant(office):
    other = make_office("Kecamatan Lain")
    with pytest.raises(Refusal):
        actions.open_account(
            username="staf.baru",
            name="Staf Baru (contoh)",
            position=other.position["pelaksana"],
            since=SINCE,
            by=office.admin,
            at=WHEN,
        )


def test_closing_an_account_ends_its_session_at_once(office):
    client = signed_in(office.pelaksana)
    assert client.get("/").status_code == 200
    actions.set_open(office.pelaksana, open_=False, by=office.admin, at=WHEN)
    assert client.get("/").status_code == 302
    actions.set_open(office.pelaksana, open_=True, by=office.admin, at=WHEN)
    assert Person.objects.get(pk=office.pelaksana.pk).is_active


def test_an_administrator_does_not_close_the_own_account(office):
    with pytest.raises(Refusal):
        actions.set_open(office.admin, open_=False, by=office.admin, at=WHEN)
