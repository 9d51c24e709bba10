from datetime import date

import pytest

from himpun.organization.rules import Status, Tenure, acting_title, holders

MAY = date(2026, 5, 1)


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
