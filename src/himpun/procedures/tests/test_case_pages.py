"""Pages of a case: lists, start, summary, kelengkapan, trail, cancelling."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.ledger.models import Event
from himpun.organization.tests.builders import WHEN, make_office, make_outsider
from himpun.procedures import actions, queries
from himpun.procedures.models import Attachment, Case, Task
from himpun.procedures.rules import ItemState
from himpun.procedures.tests.builders import (
    adopt_plain,
    adopt_seed,
    attach_everything,
    start,
)
from himpun.shared.tests.clock import signed_in
from himpun.worktime.periods import read_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
REASON = "Berkas belum dibuat oleh seksi terkait."


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def case(office):
    return start(office)


def text(answer):
    return answer.content.decode()


def lines(case, step="l1"):
    return queries.checklist(case, step)


def upload(name="laporan.csv", content=b"Bulan,Nilai\nJanuari,97\n"):
    return SimpleUploadedFile(name, content)


def test_the_summary_shows_step_holder_time_and_kelengkapan(office, case):
    page = text(signed_in(office.kasubbag).get(f"/kasus/{case.pk}"))
    assert "Langkah 1 dari 5" in page
    assert office.pelaksana.name in page
    assert "Tenggat Jumat, 3 Januari 2025, 08.00 WIB." in page
    assert "Data laporan per bulan, Desember 2024" in page
    assert 'aria-current="step"' in page
    assert f'href="/kasus/{case.pk}/laporan"' in page


def test_only_who_holds_the_task_is_offered_to_close_it(office, case):
    task = queries.open_work(case)
    closing, reminding = f"/tugas/{task.pk}/selesai", f"/tugas/{task.pk}/ingatkan"
    mine = text(signed_in(office.pelaksana).get(f"/kasus/{case.pk}"))
    theirs = text(signed_in(office.camat).get(f"/kasus/{case.pk}"))
    assert closing in mine
    assert reminding not in mine
    assert closing not in theirs
    assert reminding in theirs


def test_another_office_finds_nothing(case):
    client = signed_in(make_outsider())
    for page in ("", "/jejak", "/batal"):
        assert client.get(f"/kasus/{case.pk}{page}").status_code == 404
    item = case.items.first()
    assert client.post(f"/butir/{item.pk}/kecualikan").status_code == 404
    assert client.post(f"/butir/{item.pk}/lampirkan").status_code == 404


def test_strangers_are_sent_to_sign_in(client, case):
    for page in ("/kasus", "/kasus/mulai", f"/kasus/{case.pk}", "/sop"):
        assert client.get(page).url.startswith("/masuk")


def test_a_case_is_started_for_a_period(office):
    version = adopt_seed(office)
    client = signed_in(office.kasubbag)
    page = text(client.get("/kasus/mulai"))
    assert "Tahun 2024" in page
    answer = client.post("/kasus/mulai", {"version": version.pk, "period": "2024"})
    case = Case.objects.get()
    assert answer.url == f"/kasus/{case.pk}"
    assert case.period_code == "2024"


def test_a_second_case_of_a_period_is_refused_with_what_was_chosen(office, case):
    answer = signed_in(office.kasubbag).post(
        "/kasus/mulai", {"version": case.version_id, "period": "2024"}
    )
    assert answer.status_code == 422
    assert "sudah ada" in text(answer)
    assert '<option value="2024" selected' in text(answer)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "typed", [{}, {"version": "999", "period": "2024"}, {"period": "2031"}]
)
def test_a_start_without_sense_is_refused_in_words(office, typed):
    adopt_seed(office)
    answer = signed_in(office.kasubbag).post("/kasus/mulai", typed)
    assert answer.status_code == 422
    assert "Pilih" in text(answer)
    assert not Case.objects.exists()


def test_who_may_not_start_reads_who_may(office):
    version = adopt_seed(office)
    for person in (office.camat, office.pelaksana):
        client = signed_in(person)
        assert client.get("/kasus/mulai").status_code == 403
        answer = client.post("/kasus/mulai", {"version": version.pk, "period": "2024"})
        assert answer.status_code == 403
        assert "Kasubbag atau Sekcam" in text(answer)
    assert not Case.objects.exists()


def test_closing_a_step_too_early_lists_what_is_missing_with_links(office, case):
    task = queries.open_work(case)
    answer = signed_in(office.pelaksana).post(f"/tugas/{task.pk}/selesai")
    page = text(answer)
    assert answer.status_code == 422
    first = lines(case)[0].item
    assert f"#butir-{first.pk}" in page
    assert "Kelengkapan belum ada: Data laporan per bulan, Januari 2024" in page
    task.refresh_from_db()
    assert task.done_at is None


def test_a_step_closes_once_everything_is_there(office):
    case = actions.start_case(
        adopt_plain(office), read_period("2024"), by=office.kasubbag, at=WHEN
    )
    task = queries.open_work(case)
    client = signed_in(office.pelaksana)
    attach_everything(case, task.step, office.pelaksana, WHEN)
    for artefact in queries.step_of(task).outputs:
        url = f"/tugas/{task.pk}/hasil/{artefact}"
        assert client.post(url, {"file": upload()}).status_code == 302
    answer = client.post(f"/tugas/{task.pk}/selesai")
    assert answer.status_code == 302
    task.refresh_from_db()
    assert task.done_by == office.pelaksana


def test_a_result_is_handed_out_as_a_download_that_cannot_run(office):
    case = actions.start_case(
        adopt_plain(office), read_period("2024"), by=office.kasubbag, at=WHEN
    )
    task = queries.open_work(case)
    artefact = queries.step_of(task).outputs[0]
    client = signed_in(office.pelaksana)
    client.post(f"/tugas/{task.pk}/hasil/{artefact}", {"file": upload()})
    answer = client.get(f"/hasil/{case.artefacts.get().pk}")
    assert answer.content == upload().read()
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_is_attached_and_can_be_read_and_taken_off(office, case):
    client = signed_in(office.pelaksana)
    item = lines(case)[0].item
    answer = client.post(f"/butir/{item.pk}/lampirkan", {"file": upload("jan é.csv")})
    assert answer.url.endswith(f"#butir-{item.pk}")
    found = Attachment.objects.get()
    page = client.get(f"/lampiran/{found.pk}")
    assert page.content.startswith(b"Bulan,Nilai")
    assert page["Content-Disposition"].startswith("attachment")
    assert page["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in page["Content-Security-Policy"]
    assert "jan é.csv" in text(client.get(f"/kasus/{case.pk}"))
    client.post(f"/lampiran/{found.pk}/lepas")
    assert lines(case)[0].state == ItemState.OPEN


def test_a_file_of_another_office_is_not_handed_out(office, case):
    item = lines(case)[0].item
    signed_in(office.pelaksana).post(f"/butir/{item.pk}/lampirkan", {"file": upload()})
    found = Attachment.objects.get()
    client = signed_in(make_outsider())
    assert client.get(f"/lampiran/{found.pk}").status_code == 404
    assert client.post(f"/lampiran/{found.pk}/lepas").status_code == 404


def test_attaching_nothing_or_for_others_is_refused_in_words(office, case):
    item = lines(case)[0].item
    url = f"/butir/{item.pk}/lampirkan"
    nothing = signed_in(office.pelaksana).post(url)
    assert nothing.status_code == 422
    assert "Pilih berkas lebih dahulu." in text(nothing)
    stranger = signed_in(office.camat).post(url, {"file": upload()})
    assert stranger.status_code == 422
    assert "milik jabatan lain" in text(stranger)
    assert not Attachment.objects.exists()


def test_a_line_is_waived_by_the_co_actor_with_a_reason(office, case):
    item = lines(case)[0].item
    client = signed_in(office.kasubbag)
    assert f"/butir/{item.pk}/kecualikan" in text(client.get(f"/kasus/{case.pk}"))
    client.post(f"/butir/{item.pk}/kecualikan", {"reason": REASON})
    page = text(client.get(f"/kasus/{case.pk}"))
    assert REASON in page
    assert lines(case)[0].state == ItemState.WAIVED


def test_a_short_reason_is_refused_and_stays_in_the_field(office, case):
    item = lines(case)[0].item
    answer = signed_in(office.kasubbag).post(
        f"/butir/{item.pk}/kecualikan", {"reason": "karena"}
    )
    assert answer.status_code == 422
    assert "paling sedikit 10 huruf" in text(answer)
    assert ">karena</textarea>" in text(answer)


def test_the_pelaksana_does_not_waive(office, case):
    item = lines(case)[0].item
    client = signed_in(office.pelaksana)
    assert "/kecualikan" not in text(client.get(f"/kasus/{case.pk}"))
    answer = client.post(f"/butir/{item.pk}/kecualikan", {"reason": REASON})
    assert answer.status_code == 422
    assert lines(case)[0].state == ItemState.OPEN


def test_a_case_is_cancelled_with_a_reason_and_stays_visible(office, case):
    client = signed_in(office.kasubbag)
    assert client.get(f"/kasus/{case.pk}/batal").status_code == 200
    short = client.post(f"/kasus/{case.pk}/batal", {"reason": "salah"})
    assert short.status_code == 422
    assert ">\nsalah</textarea>" in text(short)
    client.post(f"/kasus/{case.pk}/batal", {"reason": "Periodenya keliru dipilih."})
    page = text(client.get(f"/kasus/{case.pk}"))
    assert "Periodenya keliru dipilih." in page
    assert "Kasus ini dibatalkan" in page
    assert "Dibatalkan" in text(client.get("/kasus"))


def test_the_pelaksana_does_not_cancel(office, case):
    client = signed_in(office.pelaksana)
    assert "/batal" not in text(client.get(f"/kasus/{case.pk}"))
    client.post(f"/kasus/{case.pk}/batal", {"reason": "Periodenya keliru dipilih."})
    case.refresh_from_db()
    assert case.state == "berjalan"


def test_the_trail_tells_every_event_in_words_with_its_texts(office, case):
    item = lines(case)[0].item
    actions.waive(item, reason=REASON, by=office.kasubbag, at=WHEN)
    page = text(signed_in(office.camat).get(f"/kasus/{case.pk}/jejak"))
    assert "Kasus dibuka" in page
    assert "Kelengkapan dikecualikan" in page
    assert REASON in page
    for event in Event.objects.filter(stream_id=case.stream):
        assert event.hash[:16] in page


def test_hostile_texts_are_shown_as_texts(office, case):
    item = lines(case)[0].item
    bad = '"><script>alert(1)</script> alasan'
    actions.waive(item, reason=bad, by=office.kasubbag, at=WHEN)
    client = signed_in(office.camat)
    for page in (f"/kasus/{case.pk}", f"/kasus/{case.pk}/jejak"):
        assert "<script>alert" not in text(client.get(page))
        assert "&lt;script&gt;alert" in text(client.get(page))


def test_numbers_of_rows_above_a_thousand_stay_plain_in_links(office, case):
    Task.objects.filter(case=case).update(id=1234)
    page = text(signed_in(office.pelaksana).get(f"/kasus/{case.pk}"))
    assert "/tugas/1234/selesai" in page
    assert "1.234" not in page


def queries_of(client, page):
    client.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


def test_the_list_of_cases_costs_the_same_for_one_and_for_many(office, case):
    client = signed_in(office.kasubbag)
    one = queries_of(client, "/kasus")
    for year in range(2015, 2024):
        actions.start_case(
            case.version, read_period(str(year)), by=office.kasubbag, at=WHEN
        )
    assert queries_of(client, "/kasus") == one


def test_the_summary_costs_the_same_however_many_files_hang_on_it(office, case):
    client = signed_in(office.pelaksana)
    few = queries_of(client, f"/kasus/{case.pk}")
    attach_everything(case, "l1", office.pelaksana, WHEN + timedelta(minutes=5))
    assert queries_of(client, f"/kasus/{case.pk}") <= few


def test_the_list_is_cut_into_pages(office, case):
    Case.objects.bulk_create(
        Case(
            procedure=case.procedure,
            version=case.version,
            unit=case.unit,
            period_code=str(year),
            state="dibatalkan",
            opened_at=WHEN,
            ended_at=WHEN,
        )
        for year in range(1970, 2024)
    )
    page = text(signed_in(office.kasubbag).get("/kasus?hal=2"))
    assert "Halaman 2 dari 2" in page


def test_no_cases_are_said_to_be_none(office):
    assert "Belum ada kasus" in text(signed_in(office.camat).get("/kasus"))


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_form_is_asked_for_or_sent_and_nothing_else(office, case, method):
    client, task = signed_in(office.kasubbag), queries.open_work(case)
    for url in (
        "/kasus/mulai",
        f"/kasus/{case.pk}/batal",
        f"/tugas/{task.pk}/kembalikan",
        f"/tugas/{task.pk}/ingatkan",
    ):
        assert getattr(client, method)(url).status_code == 405
