"""Pages show times in the zone of the reader's own office, by its calendar."""

import re

import pytest
from django.urls import reverse

from himpun import worktime
from himpun.ledger.rules import SYSTEM
from himpun.organization import actions, queries
from himpun.organization.tests.builders import WHEN, make_office, make_person
from himpun.procedures.tests.builders import start
from himpun.shared.tests.clock import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
ZONES = [
    ("Asia/Jakarta", "WIB", "08.00"),
    ("Asia/Makassar", "WITA", "09.00"),
    ("Asia/Jayapura", "WIT", "10.00"),
]


def in_zone(zone):
    office = make_office(calendar=False)
    calendar = worktime.shipped_calendar(zone)
    actions.set_calendar(office.unit, calendar, by=SYSTEM, at=WHEN)
    return office


@pytest.mark.parametrize(("zone", "name", "hour"), ZONES)
def test_each_office_reads_its_own_time(zone, name, hour):
    office = in_zone(zone)
    case = start(office)
    for person in (office.pelaksana, office.admin):
        page = signed_in(person).get(reverse("procedures:case", args=[case.pk]))
        shown = page.content.decode()
        assert f"{hour} {name}" in shown
        for _zone, other, _hour in ZONES:
            said = re.search(rf"\b{other}\b", shown)
            assert bool(said) == (other == name)


def test_the_zone_of_one_reader_is_not_left_to_the_next():
    east, west = in_zone("Asia/Jayapura"), in_zone("Asia/Jakarta")
    for office, name in ((east, "WIT"), (west, "WIB"), (east, "WIT")):
        page = signed_in(office.pelaksana).get("/")
        assert name in page.content.decode()


def test_somebody_without_a_position_or_calendar_reads_wib(django_assert_num_queries):
    assert queries.zone_for(make_person("baru"), WHEN) == "Asia/Jakarta"
    office = make_office(calendar=False)
    with django_assert_num_queries(2):
        assert queries.zone_for(office.camat, WHEN) == "Asia/Jakarta"
