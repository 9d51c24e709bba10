from datetime import date, timedelta

import pytest

from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.ledger.rules import SYSTEM
from himpun.organization import actions, queries
from himpun.organization.rules import Status
from himpun.organization.tests.builders import WHEN, make_office, make_outsider
from himpun.shared.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make_office()


def test_a_person_acts_in_the_position_that_is_asked_for(office):
    actor = queries.acting(office.camat, [office.position["camat"].pk], WHEN)
    assert (actor.person, actor.role) == (office.camat.pk, "Camat Contoh")


def test_nobody_acts_in_a_position_of_somebody_else(office):
    with pytest.raises(Refusal, match="milik jabatan lain"):
        queries.acting(office.sekcam, [office.position["camat"].pk], WHEN)


def plt_camat(office, person, **rest):
    return actions.appoint(
        person,
        office.position["camat"],
        status=Status.PLT,
        since=date(2025, 1, 1),
        until=date(2025, 1, 31),
        by=SYSTEM,
        at=WHEN,
        **rest,
    )


def test_an_acting_official_acts_under_his_letter(office):
    plt_camat(office, office.sekcam, letter="SPT 800/12/2025")
    actor = queries.acting(office.sekcam, [office.position["camat"].pk], WHEN)
    assert actor.role == "Plt. Camat Contoh berdasarkan SPT nomor 800/12/2025"


def test_the_definitive_holder_rests_while_somebody_acts(office):
    plt_camat(office, office.sekcam, letter="SPT 800/12/2025")
    with pytest.raises(Refusal):
        queries.acting(office.camat, [office.position["camat"].pk], WHEN)


def test_an_acting_appointment_needs_its_letter(office):
    with pytest.raises(Refusal, match="nomor surat perintah"):
        plt_camat(office, office.sekcam, letter=" ")


def test_an_appointment_is_recorded_without_a_name(office):
    official = plt_camat(office, office.sekcam, letter="SPT 800/12/2025")
    event = Event.objects.filter(type="official.appointed").last()
    assert f'"official":{official.pk}'.encode() in bytes(event.body)
    assert office.sekcam.name.encode() not in bytes(event.body)


def test_the_text_of_a_letter_stands_apart_from_the_record(office):
    letter = "SPT 800/12/2025 atas nama Bapak Contoh"
    plt_camat(office, office.sekcam, letter=letter)
    event = Event.objects.filter(type="official.appointed").last()
    assert letter.encode() not in bytes(event.body)
    assert ledger.texts([ledger.data_of(event)["letter"]])


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2025, 1, 2), date(2025, 1, 31)),
        (date(2025, 1, 31), None),
        (date(2024, 12, 1), date(2025, 1, 2)),
    ],
)
def test_nobody_is_appointed_twice_for_the_same_days(office, since, until):
    one = {"status": Status.PLT, "letter": "SPT 1", "by": SYSTEM, "at": WHEN}
    camat, sekcam = office.position["camat"], office.sekcam
    actions.appoint(
        sekcam, camat, since=date(2025, 1, 2), until=date(2025, 1, 31), **one
    )
    with pytest.raises(Refusal, match="sudah memegang jabatan itu"):
        actions.appoint(sekcam, camat, since=since, until=until, **one)


def test_two_do_not_act_for_one_position_at_once(office):
    one = {"status": Status.PLT, "letter": "SPT 1", "by": SYSTEM, "at": WHEN}
    camat, day = office.position["camat"], date(2025, 1, 2)
    actions.appoint(office.sekcam, camat, since=day, **one)
    with pytest.raises(Refusal, match="Sudah ada Plt"):
        actions.appoint(office.kasi, camat, since=day, **one)
    with pytest.raises(Refusal, match="masih dijabat orang lain"):
        actions.appoint(office.kasi, camat, since=day, at=WHEN)
    actions.appoint(office.kasi, camat, since=day, **{**one, "status": Status.PLH})
    [acting] = queries.holders_of([camat.pk], day)
    assert acting.person == office.kasi.pk


def test_an_acting_official_may_be_appointed_again_after_his_days(office):
    one = {"status": Status.PLT, "letter": "SPT 1", "by": SYSTEM, "at": WHEN}
    camat, sekcam = office.position["camat"], office.sekcam
    actions.appoint(
        sekcam, camat, since=date(2025, 1, 2), until=date(2025, 1, 31), **one
    )
    again = actions.appoint(sekcam, camat, since=date(2025, 2, 1), until=None, **one)
    assert again.until is None


def test_an_ended_tenure_stays_as_a_row(office):
    official = office.kasi.tenures.get()
    actions.end_appointment(official, until=date(2025, 1, 1), by=SYSTEM, at=WHEN)
    assert queries.tenures_of(office.kasi, date(2025, 1, 1))
    assert not queries.tenures_of(office.kasi, date(2025, 1, 2))


def test_a_member_reads_his_own_office_only(office):
    make_office("Kecamatan Tetangga")
    assert list(queries.visible_offices(office.pelaksana, WHEN)) == [office.unit]


def test_the_kabupaten_reads_all_its_offices_and_no_other(office):
    make_outsider()
    assert list(queries.visible_offices(office.admin, WHEN)) == [office.unit]


def test_nobody_reads_anything_before_his_first_day(office):
    early = WHEN - timedelta(days=800)
    assert not queries.visible_offices(office.pelaksana, early).exists()


def test_only_the_administrator_of_the_tenant_administers(office):
    assert queries.administers(office.admin, office.tenant.pk, WHEN)
    assert not queries.administers(office.camat, office.tenant.pk, WHEN)
    other = make_office("Kecamatan Lain")
    assert not queries.administers(office.admin, other.tenant.pk, WHEN)


def test_an_office_without_calendar_says_what_to_enter():
    office = make_office(calendar=False)
    with pytest.raises(Refusal, match="jam kerja dan hari libur"):
        queries.calendar_of(office.unit)


def test_the_newest_calendar_is_in_force(office):
    calendar = queries.calendar_of(office.unit).calendar
    actions.set_calendar(office.unit, calendar, by=SYSTEM, at=WHEN)
    assert queries.calendar_of(office.unit).version == 2


def test_seats_take_two_queries_whatever_their_number(
    office, django_assert_num_queries
):
    with django_assert_num_queries(2):
        seats = queries.seats(office.unit, date(2025, 1, 2))
    assert len(seats) == 7
    assert all(seat.holders for seat in seats)


def test_sections_and_villages_supply_data(office):
    assert queries.data_units(office.unit).count() == 2
