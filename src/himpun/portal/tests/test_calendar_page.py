"""The calendar pages: a year to read, changes by forms, what they would move."""

from datetime import date

import pytest

from himpun import worktime
from himpun.ledger.models import Event
from himpun.organization import actions as office_actions
from himpun.organization import queries as organization
from himpun.organization.models import WorkCalendar
from himpun.organization.rules import UnitKind
from himpun.organization.tests.builders import WHEN, make_office, make_person
from himpun.portal.forms import CHANGES
from himpun.procedures import queries as procedures
from himpun.procedures.tests.builders import start
from himpun.shared.tests.clock import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
AGREE = {"setuju": "ya"}
FRIDAY = {"day": "2025-01-03", "name": "Hari jadi", "kind": "libur-daerah"}
"""The day on which the first step of a case opened on Thursday is due."""


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def admin(office):
    return signed_in(office.admin)


def page(office, what=""):
    base = f"/pengaturan/kantor/{office.unit.pk}/kalender"
    return f"{base}/{what}" if what else base


def text(answer):
    return answer.content.decode()


def newest(office):
    return organization.calendar_of(office.unit)


def agree(admin, office, what, data, seen=1):
    answer = admin.post(page(office, what), {**data, **AGREE, "dilihat": seen})
    assert answer.status_code == 302, text(answer)
    return newest(office).calendar


def test_a_year_can_be_read_day_by_day(office, admin):
    shown = text(admin.get(page(office) + "?tahun=2026"))
    assert "Kalender kerja 2026" in shown
    assert "Selasa, 10 November 2026" not in shown
    assert '<td class="libur" title="Hari Kemerdekaan RI">17' in shown
    assert '<td class="khusus" title="Ramadan 1447 H">' in shown
    assert "25 hari libur dan cuti bersama" in shown
    assert "37 jam 30 menit seminggu" in shown
    assert "WIB" in shown


@pytest.mark.parametrize("year", ["1900", "2999", "besok", "9" * 30])
def test_a_year_outside_the_calendar_shows_the_nearest(office, admin, year):
    assert admin.get(page(office) + f"?tahun={year}").status_code == 200


def test_a_change_is_shown_with_what_it_moves_and_saves_nothing_yet(office, admin):
    case = start(office)
    due = case.tasks.get().deadline
    shown = text(admin.post(page(office, "libur"), FRIDAY))
    assert "Jumat, 3 Januari 2025 menjadi libur: Hari jadi." in shown
    assert "1 tenggat bergeser." in shown
    assert "Jum 3 Jan 2025" in shown
    assert "Sen 6 Jan 2025" in shown
    assert newest(office).version == 1
    assert case.tasks.get().deadline == due


def test_agreeing_makes_a_version_and_moves_deadlines_by_events(office, admin):
    case = start(office)
    changed = agree(admin, office, "libur", FRIDAY)
    assert not changed.hours(date(2025, 1, 3))
    assert newest(office).version == changed.version == 2
    assert case.tasks.get().deadline.date() == date(2025, 1, 6)
    assert procedures.events_of(case)[-1].type == "deadline.recomputed"
    assert Event.objects.filter(type="calendar.set").last().role.startswith("Admin")
    agree(admin, office, "hapus-hari", {"day": "2025-01-03"}, seen=2)
    assert case.tasks.get().deadline.date() == date(2025, 1, 3)


def test_who_was_slower_does_not_undo_the_change_of_another(office, admin):
    agree(admin, office, "libur", FRIDAY)
    late = admin.post(
        page(office, "libur"), {**FRIDAY, "day": "2025-01-06", **AGREE, "dilihat": 1}
    )
    assert late.status_code == 422
    assert "sudah diubah orang lain" in text(late)
    assert newest(office).version == 2


def test_the_weekly_hours_are_typed_as_people_say_them(office, admin):
    shown = text(admin.get(page(office, "jam")))
    assert 'value="07.30-12.00, 13.00-16.00"' in shown
    hours = {"senin": "08.00-12.00, 13.00-16.30", "sabtu": "08.00-11.00"}
    changed = agree(admin, office, "jam", hours)
    assert worktime.typed_hours(changed.week[0]) == hours["senin"]
    assert changed.hours(date(2025, 1, 4))
    wrong = admin.post(page(office, "jam"), {"senin": "pagi sampai sore"})
    assert wrong.status_code == 422
    assert "tidak terbaca" in text(wrong)
    assert "pagi sampai sore" in text(wrong)


def test_special_weeks_come_and_go(office, admin):
    data = {"name": "Ramadan uji", "first": "2026-11-02", "last": "2026-11-06"}
    changed = agree(admin, office, "khusus", {**data, "senin": "08.00-12.00"})
    assert worktime.typed_hours(changed.hours(date(2026, 11, 2))) == "08.00-12.00"
    assert "Ramadan uji" in text(admin.get(page(office) + "?tahun=2026"))
    left = agree(admin, office, "hapus-khusus", {"name": "Ramadan uji"}, seen=2)
    assert len(left.special_weeks) == 3


def test_a_holiday_is_worked_in_exchange(office, admin):
    data = {"day": "2026-08-17", "reason": "SE Bupati 5/2026", "hours": "07.00-10.00"}
    changed = agree(admin, office, "pengganti", data)
    assert worktime.typed_hours(changed.hours(date(2026, 8, 17))) == "07.00-10.00"
    shown = text(admin.get(page(office) + "?tahun=2026"))
    assert "hari kerja pengganti: SE Bupati 5/2026" in shown


def test_the_zone_is_chosen(office, admin):
    assert agree(admin, office, "zona", {"zone": "Asia/Jayapura"}).zone.endswith("pura")
    assert "WIT" in text(admin.get(page(office)))


def test_a_year_is_proposed_then_confirmed_by_its_decree(office, admin):
    shown = text(admin.post(page(office, "tahun"), {"year": 2028}))
    assert "Tahun 2028 diusulkan dengan 17 hari libur dan cuti bersama." in shown
    agree(admin, office, "tahun", {"year": 2028})
    shown = text(admin.get(page(office) + "?tahun=2028"))
    assert "Hari Raya Idul Fitri (perkiraan)" in shown
    assert "Tahun ini masih usulan." in shown
    for seen, year in ((2, 2027), (3, 2028)):
        data = {"decree": f"SKB {year}"}
        changed = agree(admin, office, "tetapkan", data, seen=seen)
        assert changed.confirmed.last == date(year, 12, 31)
    assert changed.proposed is None
    again = admin.post(page(office, "tetapkan"), {"decree": "SKB"})
    assert "Tidak ada usulan kalender" in text(again)
    nothing = admin.post(page(office, "tetapkan"), {"decree": ""})
    assert "Isi nomor keputusan." in text(nothing)


@pytest.mark.parametrize("year", ["2035", "2027", "9999", "x", ""])
def test_only_the_next_year_can_be_proposed(office, admin, year):
    answer = admin.post(page(office, "tahun"), {"year": year})
    assert answer.status_code == 422
    assert newest(office).version == 1


def test_a_calendar_is_copied_to_other_offices_of_the_kabupaten(office, admin):
    second = office_actions.create_unit(
        office.regency,
        UnitKind.DISTRICT,
        "99.00.77",
        "Kecamatan Kedua",
        short_name="kedua",
        at=WHEN,
    )
    agree(admin, office, "libur", FRIDAY)
    chosen = {"offices": [second.pk]}
    assert "disalin ke 1 kantor" in text(admin.post(page(office, "salin"), chosen))
    agree(admin, office, "salin", chosen, seen=0)
    copied = organization.calendar_of(second)
    assert (copied.version, copied.calendar.version) == (1, 1)
    assert copied.calendar.holiday(date(2025, 1, 3)).name == "Hari jadi"
    other = make_office("Kecamatan Lain")
    answer = admin.post(page(office, "salin"), {"offices": [other.unit.pk]})
    assert answer.status_code == 422


def test_the_first_calendar_of_an_office_is_the_shipped_one():
    office = make_office(calendar=False)
    admin = signed_in(office.admin)
    assert "Mulai dari kalender bawaan" in text(admin.get(page(office)))
    assert admin.get(page(office, "jam")).status_code == 404
    made = agree(admin, office, "mulai", {"zone": "Asia/Makassar"}, seen=0)
    assert made == worktime.shipped_calendar("Asia/Makassar")


def test_a_change_that_leaves_a_deadline_without_calendar_is_told(office, admin):
    case = start(office)
    due = case.tasks.get().deadline
    hours = {"minggu": "07.30-07.31"}
    start(office, "2023", version=case.version)
    answer = admin.post(page(office, "jam"), hours)
    assert answer.status_code in {200, 422}
    assert case.tasks.get().deadline == due


def test_others_see_and_change_nothing(office):
    outsider = make_office("Kecamatan Lain")
    for person, status in ((office.camat, 403), (outsider.admin, 404)):
        client = signed_in(person)
        assert client.get(page(office)).status_code == status
        assert client.get(page(office, "jam")).status_code == status
        answer = client.post(page(office, "libur"), {**FRIDAY, **AGREE, "dilihat": 1})
        assert answer.status_code == status
    assert signed_in(office.admin).get(page(office, "lain")).status_code == 404
    assert WorkCalendar.objects.filter(office=office.unit).count() == 1


def test_the_office_reads_its_own_calendar_and_changes_nothing(office):
    other = make_office("Kecamatan Lain")
    for who in ("pelaksana", "camat"):
        client = signed_in(office.people[who])
        shown = text(client.get("/kalender?tahun=2026"))
        assert "Kalender kerja 2026" in shown
        assert "Jumat" in shown
        assert "07.30-12.00, 13.00-16.00" in shown
        assert "kalender/libur" not in shown
        assert "Hapus" not in shown
        assert client.get(f"/kalender?kantor={other.unit.pk}").status_code == 404
    shown = text(client.get("/kalender?tahun=2026"))
    assert "1 Januari 2026 sampai Kamis, 31 Desember 2026" in shown
    assert "SKB 3 Menteri" in shown
    shown = text(client.get("/kalender?tahun=2027"))
    assert "Usulan, belum ada keputusan" in shown
    assert "Tenggat pada masa itu sementara" in shown
    both = signed_in(office.admin).get(f"/kalender?kantor={office.unit.pk}")
    assert "Kalender kerja" in text(both)


def test_who_sits_in_no_office_is_told_so(office):
    person = make_person("tanpa-jabatan")
    answer = signed_in(person).get("/kalender")
    assert "belum memegang jabatan" in text(answer)


@pytest.mark.parametrize("value", ["", "<script>\x00", "-9e999"])
def test_nothing_that_is_typed_breaks_a_page(office, admin, value):
    for what, form in CHANGES.items():
        names = form(calendar=None).fields
        typed = {**dict.fromkeys(names, value), **AGREE, "dilihat": value}
        answer = admin.post(page(office, what), typed)
        assert answer.status_code in {302, 422}, what
        assert (
            "<script>" not in text(answer).partition("<main")[2].partition("</main")[0]
        )


def test_the_preview_costs_the_same_for_many_cases(
    office, admin, django_assert_max_num_queries
):
    case = start(office)
    for period in ("2023", "2022", "2021", "2020"):
        start(office, period, version=case.version)
    with django_assert_max_num_queries(30):
        assert "5 tenggat bergeser." in text(admin.post(page(office, "libur"), FRIDAY))
