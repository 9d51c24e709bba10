"""Beranda for each role, and the doors of the menu."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from himpun.collection import actions as collection
from himpun.collection.models import Entry
from himpun.collection.tests.builders import collecting, later, submitted
from himpun.organization import actions as organization
from himpun.organization.rules import Status
from himpun.organization.tests.builders import WHEN, make_office, make_outsider
from himpun.portal.queries.work import SHOWN
from himpun.procedures import actions as procedures
from himpun.procedures.models import Case, Task
from himpun.procedures.tests.builders import adopt_seed, start
from himpun.shared.tests.clock import clock_at, signed_in
from himpun.worktime.periods import read_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def office():
    return make_office()


def home(person):
    answer = signed_in(person).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_task_stands_in_one_frame_with_one_button(office):
    case = start(office)
    # An hour more than the day that the step has: the clock runs while the test does.
    case.tasks.update(deadline=F("deadline") + timedelta(hours=1))
    page = home(office.pelaksana)
    assert page.count("tugas-utama") == 1
    assert "Himpun usulan data awal" in page
    assert "Sisa 1 hari kerja" in page
    assert "Tenggat Jumat, 3 Januari 2025, 09.00 WIB." in page
    assert f"/kasus/{case.pk}/usulan" in page


def test_who_has_nothing_to_do_is_told_who_works(office):
    start(office)
    page = home(office.camat)
    assert "Tidak ada tugas hari ini" in page
    assert "sedang dikerjakan orang lain" in page


def test_before_any_case_the_page_says_what_comes(office):
    adopt_seed(office)
    page = home(office.pelaksana)
    assert "Tugas muncul di sini" in page
    assert "Akan datang" in page
    assert "Triwulan I 2025" in page
    assert "Selasa, 8 April 2025" in page


def test_after_a_finished_case_the_page_says_when_it_ended(office):
    case = start(office)
    case.tasks.update(done_at=WHEN, done_role="x")
    Case.objects.update(state="selesai", ended_at=WHEN)
    assert "selesai Kam 2 Jan 2025 08.00" in home(office.camat)


def test_the_administrator_sees_the_backup_and_the_empty_seats(office):
    page = home(office.admin)
    assert "Cadangan terakhir: belum pernah." in page
    assert "jabatan terisi" in page
    assert "Cadangan terakhir" not in home(office.kasubbag)


def test_the_kasubbag_sees_values_that_wait_for_a_verdict():
    office, round_ = submitted()
    with clock_at(later(10)):
        page = home(office.kasubbag)
    assert "Verifikasi 4 nilai" in page
    assert "0 diterima, 0 dikembalikan, 4 menunggu putusan" in page
    assert f"/kasus/{round_.case_id}/verifikasi" in page


def test_the_other_kasubbag_is_not_asked_to_verify():
    office, _round = submitted()
    with clock_at(later(10)):
        assert "menunggu putusan" not in home(office.kasubbag2)


def test_the_pelaksana_sees_what_came_back_with_its_reason():
    office, round_ = submitted()
    entry = Entry.objects.first()
    collection.return_value(
        entry,
        why="Rekap bulan <Maret> belum dilampirkan.",
        row_version=entry.row_version,
        by=office.kasubbag,
        at=later(10),
    )
    with clock_at(later(11)):
        page = home(office.pelaksana)
    assert "Perlu diperbaiki" in page
    assert "Rekap bulan &lt;Maret&gt; belum dilampirkan." in page
    assert f"/kasus/{round_.case_id}/isian#isian-{entry.pk}" in page
    assert "Data masuk" in page


def test_overseers_see_running_cases_with_holder_and_time(office):
    start(office)
    for person in (office.kasubbag, office.sekcam, office.admin):
        page = home(person)
        assert "Kasus yang berjalan" in page
        assert office.pelaksana.name in page


def test_the_camat_sees_what_is_late(office):
    start(office)
    with clock_at(WHEN + timedelta(days=4)):
        page = home(office.camat)
    assert "Lewat waktu" in page
    assert "Lewat 1 hari" in page


def test_tasks_in_other_hands_can_be_reminded_of(office):
    case = start(office)
    task = Task.objects.get(case=case)
    Task.objects.filter(pk=task.pk).update(actor="sekcam")
    page = home(office.pelaksana)
    assert "Menunggu orang lain" in page
    assert f"/tugas/{task.pk}/ingatkan" in page


def test_nobody_sees_cases_of_another_office(office):
    start(office)
    assert "Mekanisme" not in home(make_outsider())


def test_what_was_closed_this_week_is_kept_at_hand(office):
    case = start(office)
    case.tasks.update(done_at=WHEN, done_by=office.pelaksana, done_role="Pelaksana")
    with clock_at(WHEN + timedelta(days=1)):
        assert "Selesai minggu ini (1)" in home(office.pelaksana)
    with clock_at(WHEN + timedelta(days=9)):
        assert "Selesai minggu ini" not in home(office.pelaksana)


def test_an_acting_camat_is_called_so(office):
    organization.appoint(
        office.sekcam,
        office.position["camat"],
        status=Status.PLT,
        since=WHEN.date(),
        letter="SPT 800/12",
        at=WHEN,
    )
    page = home(office.sekcam)
    assert "Plt. Camat Contoh" in page
    assert "/tanda-tangan" in page
    assert "/tanda-tangan" not in home(office.camat)


def test_somebody_without_a_position_gets_a_page_all_the_same(office):
    office.pelaksana.tenures.update(until=WHEN.date() - timedelta(days=1))
    page = home(office.pelaksana)
    assert "Belum memegang jabatan" in page


def test_strangers_are_sent_to_sign_in(client):
    for page in ("/", "/isian", "/verifikasi", "/tanda-tangan", "/bantuan"):
        assert client.get(page).url.startswith("/masuk")


def cost(person):
    client = signed_in(person)
    client.get("/")
    with CaptureQueriesContext(connection) as seen:
        client.get("/")
    return len(seen)


MOST = 32
"""Queries of Beranda at most, session, person and the reader's zone among them.

The administrator's is the dearest: he is told of all offices' tasks that nobody can do.
"""


def test_beranda_costs_the_same_for_one_case_and_for_many(office):
    version = adopt_seed(office)
    readers = [office.people[w] for w in ("pelaksana", "kasubbag", "camat", "admin")]

    def begin(years):
        for year in years:
            procedures.start_case(
                version, read_period(str(year)), by=office.kasubbag, at=WHEN
            )

    begin([2024])
    one = [cost(reader) for reader in readers]
    assert max(one) <= MOST
    begin(range(2023 - SHOWN, 2024))
    assert [cost(reader) for reader in readers] == one


def test_a_door_leads_to_the_only_case_that_waits():
    office, round_ = collecting()
    with clock_at(later(1)):
        answer = signed_in(office.pelaksana).get("/isian")
        assert answer.url == f"/kasus/{round_.case_id}/isian"
        answer = signed_in(office.kasubbag).get("/verifikasi")
        assert answer.url == f"/kasus/{round_.case_id}/verifikasi"


def test_a_door_without_a_case_says_so(office):
    start(office)
    for door in ("/isian", "/verifikasi", "/tanda-tangan"):
        page = signed_in(office.camat).get(door)
        assert page.status_code == 200
        assert "Tidak ada yang menunggu" in page.content.decode()


def test_the_camats_door_leads_to_the_paper(office):
    case = start(office)
    Task.objects.filter(case=case).update(step="l4", actor="camat")
    assert signed_in(office.camat).get("/tanda-tangan").url == (
        f"/kasus/{case.pk}/tanda-tangan"
    )
    page = signed_in(office.sekcam).get("/tanda-tangan").content.decode()
    assert "Tidak ada yang menunggu" in page


def test_a_door_with_several_cases_lets_choose(office):
    version = adopt_seed(office)
    for year in (2023, 2024):
        case = procedures.start_case(
            version, read_period(str(year)), by=office.kasubbag, at=WHEN
        )
        Task.objects.filter(case=case).update(step="l4", actor="camat")
    page = signed_in(office.camat).get("/tanda-tangan").content.decode()
    assert page.count("/tanda-tangan") >= 2
    assert "Tahun 2023" in page
    assert "Tahun 2024" in page


def test_the_help_names_every_role(office):
    page = signed_in(office.kasi).get("/bantuan").content.decode()
    for word in ("Pelaksana", "Kasubbag", "Sekcam", "Camat"):
        assert word in page
