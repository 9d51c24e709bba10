"""Pages of tasks: returning, reminding, copies, raising a cap."""

import pytest

from himpun.notices.models import Notice
from himpun.organization.tests.builders import WHEN, make_office, make_outsider
from himpun.procedures import queries
from himpun.procedures.models import Receipt, Task
from himpun.procedures.rules import Part
from himpun.procedures.tests.builders import start
from himpun.shared.tests.clock import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
REASON = "Laporan bulan Maret belum terbaca."


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def case(office):
    return start(office)


def text(answer):
    return answer.content.decode()


def at_paraf(case):
    """Bring the case's first step to its paraf without its work."""
    work = queries.open_work(case)
    Task.objects.filter(pk=work.pk).update(done_at=WHEN, done_role="Pelaksana")
    return Task.objects.create(
        case=case,
        step=work.step,
        part=Part.PARAF,
        actor="kasubbag",
        unit=case.unit,
        round=1,
        opened_at=WHEN,
        row_opened_at=WHEN,
        deadline=work.deadline,
        deadline_firm=True,
        calendar_version=1,
    )


def test_a_co_actor_gives_the_work_back_with_a_reason(office, case):
    paraf = at_paraf(case)
    client = signed_in(office.kasubbag)
    page = text(client.get(f"/tugas/{paraf.pk}/kembalikan"))
    assert "Langkah 1: Menghimpun data awal" in page
    client.post(f"/tugas/{paraf.pk}/kembalikan", {"to": "l1", "reason": REASON})
    assert queries.rounds_of(case, "l1") == 2
    assert "putaran 2" in text(client.get(f"/kasus/{case.pk}"))
    assert REASON in text(client.get(f"/kasus/{case.pk}/jejak"))


def test_a_return_without_a_reason_is_refused_and_keeps_what_was_typed(office, case):
    paraf = at_paraf(case)
    answer = signed_in(office.kasubbag).post(
        f"/tugas/{paraf.pk}/kembalikan", {"to": "l1", "reason": "ulang"}
    )
    assert answer.status_code == 422
    assert "paling sedikit 10 huruf" in text(answer)
    assert "ulang</textarea>" in text(answer)
    assert queries.rounds_of(case, "l1") == 1


def test_a_return_to_where_the_sop_knows_no_way_is_refused(office, case):
    paraf = at_paraf(case)
    answer = signed_in(office.kasubbag).post(
        f"/tugas/{paraf.pk}/kembalikan", {"to": "l5", "reason": REASON}
    )
    assert answer.status_code == 422
    assert queries.rounds_of(case, "l1") == 1


def test_who_does_not_hold_the_task_does_not_return_it(office, case):
    paraf = at_paraf(case)
    for person in (office.pelaksana, office.camat):
        client = signed_in(person)
        assert client.get(f"/tugas/{paraf.pk}/kembalikan").status_code == 403
        answer = client.post(
            f"/tugas/{paraf.pk}/kembalikan", {"to": "l1", "reason": REASON}
        )
        assert answer.status_code == 403
    assert queries.rounds_of(case, "l1") == 1


def test_another_office_finds_no_task(case):
    task = queries.open_work(case)
    client = signed_in(make_outsider())
    for act in ("selesai", "kembalikan", "ingatkan", "hasil/data-awal"):
        assert client.post(f"/tugas/{task.pk}/{act}").status_code == 404


def test_closing_for_others_is_refused_in_words(office, case):
    task = queries.open_work(case)
    answer = signed_in(office.camat).post(f"/tugas/{task.pk}/selesai")
    assert answer.status_code == 422
    assert "milik jabatan lain" in text(answer)


def test_a_reminder_offers_a_notice_and_a_text_without_values(office, case):
    task = queries.open_work(case)
    client = signed_in(office.kasubbag)
    page = text(client.get(f"/tugas/{task.pk}/ingatkan"))
    assert "Pengingat dari Himpun" in page
    assert f"http://127.0.0.1:8000/kasus/{case.pk}\n" in page
    assert "Tenggat: Jumat, 3 Januari 2025, 08.00 WIB" in page
    assert "Belum pernah diingatkan." in page
    client.post(f"/tugas/{task.pk}/ingatkan")
    told = Notice.objects.values_list("person", "link")
    both = {office.pelaksana.pk, office.pelaksana2.pk}
    assert set(told) == {(pk, f"/kasus/{case.pk}") for pk in both}
    assert "Sudah diingatkan 1 kali." in text(client.get(f"/tugas/{task.pk}/ingatkan"))


def test_a_closed_task_is_not_reminded_of(office, case):
    task = queries.open_work(case)
    Task.objects.filter(pk=task.pk).update(done_at=WHEN)
    client = signed_in(office.kasubbag)
    assert client.post(f"/tugas/{task.pk}/ingatkan").status_code == 409
    assert not Notice.objects.exists()


def test_a_copy_is_taken_note_of_by_its_receiver_once(office, case):
    receipt = Receipt.objects.create(case=case, step="l5", actor="sekcam", sent_at=WHEN)
    assert "/terima" not in text(signed_in(office.camat).get(f"/kasus/{case.pk}"))
    wrong = signed_in(office.camat).post(f"/tembusan/{receipt.pk}/terima")
    assert wrong.status_code == 422
    client = signed_in(office.sekcam)
    assert f"/tembusan/{receipt.pk}/terima" in text(client.get(f"/kasus/{case.pk}"))
    client.post(f"/tembusan/{receipt.pk}/terima")
    receipt.refresh_from_db()
    assert receipt.received_by == office.sekcam
    again = client.post(f"/tembusan/{receipt.pk}/terima")
    assert "sudah dicatat diterima" in text(again)
    outsider = signed_in(make_outsider())
    assert outsider.post(f"/tembusan/{receipt.pk}/terima").status_code == 404


def used_up(case):
    """Let the case have been returned from step 4 to 3 as often as the SOP allows."""
    for number in range(1, 4):
        Task.objects.create(
            case=case,
            step="l4",
            part=Part.WORK,
            actor="camat",
            unit=case.unit,
            round=number,
            opened_at=WHEN,
            row_opened_at=WHEN,
            done_at=WHEN,
            outcome="kembali:l3",
            deadline=WHEN,
            deadline_firm=True,
            calendar_version=1,
        )


def test_the_sekcam_raises_a_cap_that_is_reached(office, case):
    used_up(case)
    page = text(signed_in(office.camat).get(f"/kasus/{case.pk}"))
    assert "Batas pengembalian tercapai" in page
    assert "Sekcam dapat menaikkan batas" in page
    client = signed_in(office.sekcam)
    typed = {"source": "l4", "to": "l3", "cap-limit": "5", "cap-reason": REASON}
    assert client.post(f"/kasus/{case.pk}/batas", typed).status_code == 302
    case.refresh_from_db()
    assert case.return_caps == {"l4>l3": 5}
    assert "Batas pengembalian tercapai" not in text(client.get(f"/kasus/{case.pk}"))


@pytest.mark.parametrize(
    "wrong", [{"cap-limit": "2"}, {"cap-limit": "x"}, {"cap-reason": "ya"}]
)
def test_a_cap_without_sense_is_refused_and_keeps_what_was_typed(office, case, wrong):
    used_up(case)
    typed = {"source": "l4", "to": "l3", "cap-limit": "5", "cap-reason": REASON}
    answer = signed_in(office.sekcam).post(f"/kasus/{case.pk}/batas", typed | wrong)
    assert answer.status_code == 422
    assert next(iter(wrong.values())) in text(answer)
    case.refresh_from_db()
    assert case.return_caps == {}


def test_a_cap_of_a_return_that_the_sop_does_not_know_is_not_found(office, case):
    used_up(case)
    typed = {"source": "l9", "to": "l3", "cap-limit": "5", "cap-reason": REASON}
    answer = signed_in(office.sekcam).post(f"/kasus/{case.pk}/batas", typed)
    assert answer.status_code == 404


def test_only_the_sekcam_raises_a_cap(office, case):
    used_up(case)
    typed = {"source": "l4", "to": "l3", "cap-limit": "5", "cap-reason": REASON}
    answer = signed_in(office.camat).post(f"/kasus/{case.pk}/batas", typed)
    assert answer.status_code == 422
    case.refresh_from_db()
    assert case.return_caps == {}


def test_a_case_of_a_closed_calendar_still_shows_its_page(office, case):
    office.unit.calendars.all().delete()
    page = signed_in(office.pelaksana).get(f"/kasus/{case.pk}")
    assert page.status_code == 200
    assert "Tenggat belum dapat dihitung" in text(page)


def test_acts_are_never_done_by_a_link(office, case):
    task = queries.open_work(case)
    client = signed_in(office.pelaksana)
    assert client.get(f"/tugas/{task.pk}/selesai").status_code == 405
    assert Task.objects.get(pk=task.pk).done_at is None
