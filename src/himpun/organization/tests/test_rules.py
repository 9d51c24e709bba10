from datetime import date

import pytest

from himpun.organization.rules import (
    Status,
    Tenure,
    acting_title,
    appointment_obstacle,
    holders,
)

EARLY, APRIL, MAY = date(2026, 1, 1), date(2026, 4, 30), date(2026, 5, 1)


def tenure(person, status=Status.DEFINITIVE, since=date(2026, 1, 1), until=None):
    return Tenure(person, person, 7, "Camat Uji", status, since, until, "SPT 800/12")


def test_a_tenure_covers_its_first_and_its_last_day():
    held = tenure(1, since=MAY, until=date(2026, 5, 31))
    assert held.covers(MAY)
    assert held.covers(date(2026, 5, 31))


@pytest.mark.parametrize("day", [date(2026, 4, 30), date(2026, 6, 1)])
def test_a_tenure_does_not_cover_the_day_outside(day):
    assert not tenure(1, since=MAY, until=date(2026, 5, 31)).covers(day)


def test_while_somebody_acts_the_definitive_holder_does_not():
    acting = tenure(2, Status.PLT, since=MAY, until=date(2026, 5, 31))
    assert holders([tenure(1), acting], 7, MAY) == [acting]


def test_after_the_acting_time_the_definitive_holder_is_back():
    acting = tenure(2, Status.PLT, since=MAY, until=date(2026, 5, 31))
    assert holders([tenure(1), acting], 7, date(2026, 6, 1)) == [tenure(1)]


def test_several_people_may_hold_one_position():
    assert holders([tenure(1), tenure(2)], 7, MAY) == [tenure(1), tenure(2)]


def test_of_two_who_act_one_does_the_plh_of_a_plt_who_is_away():
    plt = tenure(2, Status.PLT, since=date(2026, 4, 1))
    plh = tenure(3, Status.PLH, since=date(2026, 2, 1), until=MAY)
    assert holders([tenure(1), plh, plt], 7, MAY) == [plh]
    assert holders([tenure(1), plh, plt], 7, date(2026, 6, 1)) == [plt]


def test_who_came_last_stands_first_on_the_day_of_handing_over():
    old, new = tenure(1, until=MAY), tenure(2, since=MAY)
    assert holders([old, new], 7, MAY) == [new, old]


@pytest.mark.parametrize(
    ("new", "other", "alone", "allowed"),
    [
        ((Status.PLT, MAY, None), (Status.PLT, MAY, None), True, False),
        ((Status.PLT, APRIL, None), (Status.PJ, APRIL, MAY), True, False),
        ((Status.PLH, MAY, None), (Status.PLH, APRIL, MAY), True, True),
        ((Status.PLH, MAY, MAY), (Status.PLT, MAY, None), True, True),
        ((Status.PLT, MAY, None), (Status.PLT, EARLY, APRIL), True, True),
        ((Status.PLT, MAY, None), (Status.DEFINITIVE, EARLY, None), True, True),
        ((Status.DEFINITIVE, MAY, None), (Status.DEFINITIVE, EARLY, None), True, False),
        ((Status.DEFINITIVE, MAY, None), (Status.DEFINITIVE, EARLY, MAY), True, True),
        ((Status.DEFINITIVE, MAY, None), (Status.DEFINITIVE, EARLY, None), False, True),
    ],
)
def test_two_act_for_one_position_only_as_plh_for_a_plt(new, other, alone, allowed):
    mine, theirs = tenure(2, *new), tenure(3, *other)
    assert (appointment_obstacle(mine, [theirs], alone=alone) == "") is allowed


def test_holders_of_other_positions_do_not_count():
    assert holders([tenure(1)], 8, MAY) == []


def test_an_acting_title_names_capacity_and_letter():
    named = acting_title("Camat Uji", Status.PLT, "SPT 800/12")
    assert named == "Plt. Camat Uji berdasarkan SPT nomor 800/12"


@pytest.mark.parametrize(
    ("written", "status", "named"),
    [
        ("800/12", Status.PLT, "SPT nomor 800/12"),
        ("800/12", Status.PJ, "Keputusan nomor 800/12"),
        ("SPT Nomor 800/12", Status.PLH, "SPT nomor 800/12"),
        (
            "Surat Perintah Bupati No. 800/12",
            Status.PLH,
            "Surat Perintah Bupati nomor 800/12",
        ),
        (
            "SPT nomor: 800/12 tanggal 3 Mei 2025",
            Status.PLT,
            "SPT nomor 800/12 tanggal 3 Mei 2025",
        ),
        ("perintah lisan Bupati", Status.PLH, "perintah lisan Bupati"),
    ],
)
def test_a_letter_is_named_in_the_same_way_however_it_was_written(
    written, status, named
):
    role = acting_title("Camat Uji", status, written)
    assert role.endswith(f"Camat Uji berdasarkan {named}")


def test_a_role_is_no_longer_than_the_record_keeps():
    assert len(acting_title("C" * 160, Status.PLT, "9" * 120)) == 240


def test_a_definitive_title_stands_alone():
    assert acting_title("Camat Uji", Status.DEFINITIVE, "SK 1") == "Camat Uji"
