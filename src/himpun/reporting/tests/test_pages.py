"""The pages of papers, signature and delivery: what works, who is kept out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from himpun.collection import queries as collection
from himpun.collection.models import Entry
from himpun.ledger import queries as record
from himpun.ledger.models import Event
from himpun.organization.tests.builders import make_outsider
from himpun.procedures import queries as cases
from himpun.reporting import actions, queries
from himpun.reporting.models import Signature
from himpun.reporting.rules import Backend, ReportKind, SignatureState

from .builders import PHRASE, after, certify, deliver, report_of, sealed
from .test_signing import JPG
from .visits import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(in_step_4):
    return in_step_4[0]


@pytest.fixture
def case(in_step_4):
    return in_step_4[1]


def url(name, *args):
    return reverse(f"reporting:{name}", args=args)


@pytest.fixture
def camat(office, monkeypatch):
    return visitor(office.camat, monkeypatch)


@pytest.fixture
def pelaksana(office, monkeypatch):
    return visitor(office.pelaksana, monkeypatch)


# Who is kept out


def case_pages(case):
    report = report_of(case)
    return [
        ("get", url("papers", case.pk)),
        ("get", url("sign", case.pk)),
        ("get", url("passphrase", case.pk)),
        ("get", url("return", case.pk)),
        ("get", url("delivery", case.pk)),
        ("get", url("paper", report.pk)),
        ("get", url("sealed", report.pk)),
        ("get", url("signed", report.pk)),
        ("post", url("make", case.pk, "lembar-kendali")),
        ("post", url("printed", report.pk)),
        ("post", url("prepare", case.pk)),
        ("post", url("withdraw", case.pk)),
        ("post", url("upload", case.pk)),
        ("post", url("confirm", case.pk)),
        ("post", url("send", case.pk)),
        ("post", url("receive", case.pk, 1)),
        ("post", url("close", case.pk, cases.open_work(case).pk)),
        ("post", url("seal", case.pk)),
    ]


def test_an_outsider_finds_nothing(case, monkeypatch):
    stranger = visitor(make_outsider(), monkeypatch)
    count = Event.objects.count()
    for method, page in case_pages(case):
        assert getattr(stranger, method)(page).status_code == 404, page
    assert Event.objects.count() == count


def test_nobody_enters_without_signing_in(case):
    for method, page in case_pages(case):
        response = getattr(Client(), method)(page)
        assert response.status_code == 302
        assert response.url.startswith("/masuk"), page


def test_a_paper_of_another_kind_of_address_is_not_found(pelaksana, case):
    for kind in ("lembar-segel", "surat-tugas"):
        assert pelaksana.post(url("make", case.pk, kind)).status_code == 404


def test_reading_never_changes_anything(camat, case):
    count = Event.objects.count()
    for method, page in case_pages(case):
        if method == "get":
            camat.get(page)
    assert Event.objects.count() == count


# Papers


def test_the_papers_of_a_case_are_listed_with_version_and_print(pelaksana, case):
    page = pelaksana.get(url("papers", case.pk)).content.decode()
    assert "Rekapitulasi Laporan Data Kinerja" in page
    assert "Versi 1 tercetak" in page
    assert f"/kertas/{report_of(case).pk}.pdf" in page


def test_making_a_paper_out_of_its_step_is_refused_with_a_sentence(pelaksana, case):
    response = pelaksana.post(
        url("make", case.pk, "laporan-kinerja"), {"number": "800/1"}
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Langkah ini sedang tidak dikerjakan" in page


def test_a_letter_number_that_is_too_long_is_refused(pelaksana, case):
    response = pelaksana.post(
        url("make", case.pk, "lembar-kendali"), {"number": "8" * 61}
    )
    assert response.status_code == 422
    assert "paling panjang 60" in response.content.decode()


def test_the_lembar_kendali_is_made_by_a_click(camat, case):
    response = camat.post(url("make", case.pk, "lembar-kendali"))
    assert response.status_code == 302
    assert queries.snapshot_of(case, ReportKind.CONTROL) is not None


def test_papers_are_made_and_ticked_by_clicks(in_step_3, monkeypatch):
    office, case = in_step_3
    browser = visitor(office.pelaksana, monkeypatch)
    assert browser.get(url("papers", case.pk)).status_code == 200
    browser.post(url("make", case.pk, "rekapitulasi"))
    browser.post(url("make", case.pk, "laporan-kinerja"), {"number": "800/7"})
    report = report_of(case)
    browser.post(url("printed", report.pk))
    assert report.prints.get().printed_by == office.pelaksana
    page = browser.get(url("papers", case.pk)).content.decode()
    assert "tercetak" in page


def test_the_number_of_queries_of_the_list_does_not_grow(
    in_step_3, monkeypatch, django_assert_num_queries
):
    office, case = in_step_3
    browser = visitor(office.pelaksana, monkeypatch)
    actions.make_recap(case, by=office.pelaksana, at=after(10))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as before:
        browser.get(url("papers", case.pk))
    for minute in range(11, 15):
        actions.make_recap(case, by=office.pelaksana, at=after(minute))
    with CaptureQueriesContext(connection) as later:
        browser.get(url("papers", case.pk))
    assert len(later) == len(before)


def test_a_pdf_is_shown_in_a_closed_frame_and_handed_out_on_request(camat, case):
    report = report_of(case)
    shown = camat.get(url("paper", report.pk))
    assert shown["Content-Type"] == "application/pdf"
    assert shown["Content-Disposition"].startswith("inline")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert "no-store" in shown["Cache-Control"]
    assert shown.content == record.read_file(report.pdf)
    saved = camat.get(url("paper", report.pk) + "?unduh")
    assert saved["Content-Disposition"].startswith("attachment")
    assert "laporan-kinerja-pk-contoh" in saved["Content-Disposition"]


def test_a_scan_is_only_ever_saved(office, case, camat):
    report = report_of(case)
    assert camat.get(url("signed", report.pk)).status_code == 404
    signature = sealed(office, case)
    assert camat.get(url("signed", report.pk)).status_code == 404
    actions.upload(
        signature, content=JPG, filename="p.jpg", by=office.camat, at=after(22)
    )
    response = camat.get(url("signed", report.pk))
    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


def test_the_archive_lists_the_papers_of_the_own_office(camat, case, monkeypatch):
    page = camat.get(url("archive")).content.decode()
    assert "Laporan Kinerja" in page
    assert "belum ditandatangani" in page
    stranger = visitor(make_outsider(), monkeypatch)
    assert "Belum ada kertas" in stranger.get(url("archive")).content.decode()


# The desk


def test_the_desk_shows_the_mean_what_needs_attention_and_who_checked(camat, case):
    page = camat.get(url("sign", case.pk)).content.decode()
    assert "106,5" in page
    assert "memverifikasi 4 nilai" in page
    assert "3 halaman" in page
    assert "Tandatangani" in page


def test_others_read_the_desk_without_its_buttons(office, case, monkeypatch):
    page = visitor(office.kasubbag, monkeypatch).get(url("sign", case.pk))
    text = page.content.decode()
    assert page.status_code == 200
    assert url("passphrase", case.pk) not in text
    assert url("return", case.pk) not in text
    assert url("prepare", case.pk) not in text


def test_whoever_may_not_sign_reads_why(office, case, camat):
    Entry.objects.filter(round__case=case).update(author=office.camat)
    page = camat.get(url("sign", case.pk)).content.decode()
    assert "orang lain yang menandatangani" in page
    assert url("passphrase", case.pk) not in page


def test_before_the_report_is_made_the_desk_says_so(in_step_3, monkeypatch):
    office, case = in_step_3
    response = visitor(office.camat, monkeypatch).get(url("sign", case.pk))
    assert "Belum ada laporan untuk ditandatangani" in response.content.decode()
    assert (
        visitor(office.camat, monkeypatch).get(url("passphrase", case.pk)).status_code
        == 404
    )


def test_signing_with_a_passphrase_is_one_form(office, case, camat):
    certify(office, case)
    response = camat.post(url("passphrase", case.pk), {"passphrase": PHRASE})
    assert response.status_code == 302
    page = camat.get(url("sign", case.pk)).content.decode()
    assert "CONTOH, bukan tanda tangan sah" in page
    assert queries.signed_of(case).signer == office.camat


def test_a_first_signature_makes_the_certificate(
    office, case, camat, settings, tmp_path
):
    keys = queries.seal_pair()
    files = settings.HIMPUN_HOME / "files"
    settings.HIMPUN_HOME = tmp_path
    (tmp_path / "files").symlink_to(files)
    for name, content in (
        ("segel-kunci.pem", keys.key_pem),
        ("segel-sertifikat.pem", keys.cert_pem),
    ):
        actions.write_key(tmp_path / "keys" / name, content)
    assert (
        "Ulangi frasa sandi" in camat.get(url("passphrase", case.pk)).content.decode()
    )
    typed = {"passphrase": PHRASE, "again": PHRASE}
    assert camat.post(url("passphrase", case.pk), typed).status_code == 302
    assert actions.has_certificate(office.camat)


def test_a_wrong_passphrase_is_said_and_never_sent_back(office, case, camat):
    certify(office, case)
    count = Event.objects.count()
    typed = {"passphrase": "frasa rahasia yang keliru"}
    response = camat.post(url("passphrase", case.pk), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Frasa sandi salah" in page
    assert "frasa rahasia yang keliru" not in page
    assert Event.objects.count() == count
    assert not Signature.objects.exists()


def test_the_passphrase_form_is_the_signers_own(office, case, monkeypatch):
    response = visitor(office.sekcam, monkeypatch).get(url("passphrase", case.pk))
    assert response.status_code == 403
    assert "jabatan lain" in response.content.decode()


def test_without_the_setting_there_is_no_passphrase_form(case, camat, settings):
    settings.HIMPUN_TEST_SIGNATURE = False
    assert camat.get(url("passphrase", case.pk)).status_code == 403
    page = camat.get(url("sign", case.pk)).content.decode()
    assert url("passphrase", case.pk) not in page
    assert url("prepare", case.pk) in page


def test_the_passphrase_is_hidden_from_error_reports(case, camat, rf):
    from himpun.reporting.views import signing

    request = rf.post("/", {"passphrase": PHRASE, "again": PHRASE})
    request.user = case  # anything; the view fails on it
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever it is
        signing.passphrase(request, case.pk)
    assert request.sensitive_post_parameters == ("passphrase", "again")


def test_by_hand_the_desk_leads_from_seal_to_statement(office, case, camat, pelaksana):
    pelaksana.post(url("prepare", case.pk))
    page = pelaksana.get(url("sign", case.pk)).content.decode()
    assert "Unduh PDF bersegel" in page
    scan = SimpleUploadedFile("pindai.jpg", JPG)
    assert pelaksana.post(url("upload", case.pk), {"file": scan}).status_code == 302
    page = camat.get(url("sign", case.pk)).content.decode()
    assert "Pindaian itu adalah kertas yang saya tandatangani sendiri" in page
    camat.post(url("confirm", case.pk))
    assert queries.signed_of(case) is None
    camat.post(url("confirm", case.pk), {"menyatakan": "ya"})
    page = camat.get(url("sign", case.pk)).content.decode()
    assert "Tercatat di arsip; tanda tangan basah, dipindai" in page


def test_an_upload_that_is_no_scan_is_refused_beside_the_field(office, case, camat):
    sealed(office, case)
    text = SimpleUploadedFile("pindai.csv", b"a,b\n")
    response = camat.post(url("upload", case.pk), {"file": text})
    assert response.status_code == 422
    assert "PDF, JPG, atau PNG" in response.content.decode()
    assert camat.post(url("upload", case.pk)).status_code == 422


def test_a_preparation_that_was_cut_short_has_one_button_to_go_on(office, case, camat):
    actions.prepare(
        report_of(case), backend=Backend.MANUAL, by=office.camat, at=after(20)
    )
    page = camat.get(url("sign", case.pk)).content.decode()
    assert "Lanjutkan penyegelan" in page
    camat.post(url("prepare", case.pk))
    assert Signature.objects.get().state == SignatureState.SEALED


def test_a_preparation_is_taken_back_by_a_click(office, case, camat):
    sealed(office, case)
    camat.post(url("withdraw", case.pk))
    assert Signature.objects.get().state == SignatureState.WITHDRAWN


def test_giving_back_names_the_values_and_the_reason(case, camat):
    page = camat.get(url("return", case.pk)).content.decode()
    value = collection.accepted_values(case)[1]
    assert value.meaning.name in page
    short = {"to": "l3", "reason": "kurang", "values": [value.entry]}
    response = camat.post(url("return", case.pk), short)
    assert response.status_code == 422
    assert "paling sedikit 10 huruf" in response.content.decode()
    assert "checked" in response.content.decode()
    reason = {**short, "reason": "Penyebab penurunan belum ditulis"}
    assert camat.post(url("return", case.pk), reason).status_code == 302
    assert Entry.objects.get(pk=value.entry).state == "dikembalikan"


def test_a_value_of_another_case_is_not_given_back(case, camat):
    typed = {"to": "l3", "reason": "Penyebab penurunan belum ditulis", "values": [9999]}
    response = camat.post(url("return", case.pk), typed)
    assert response.status_code == 422
    assert "bukan bagian laporan ini" in response.content.decode()


def test_only_the_signer_gives_back(office, case, monkeypatch):
    browser = visitor(office.sekcam, monkeypatch)
    assert browser.get(url("return", case.pk)).status_code == 403


# Delivery


def test_step_5_is_carried_by_clicks_to_the_seal(
    in_step_5, monkeypatch, django_capture_on_commit_callbacks
):
    office, case = in_step_5
    at = after(40)
    pelaksana = visitor(office.pelaksana, monkeypatch, at=at)
    page = url("delivery", case.pk)
    assert pelaksana.post(url("send", case.pk)).status_code == 422
    pelaksana.post(url("make", case.pk, "laporan-pengumpulan"), {"number": "800/9"})
    pelaksana.post(url("send", case.pk))
    pelaksana.post(url("close", case.pk, cases.open_work(case).pk))
    camat = visitor(office.camat, monkeypatch, at=at)
    [task] = cases.open_tasks(case)
    early = camat.post(url("close", case.pk, task.pk))
    assert early.status_code == 422
    assert "Tembusan belum dicatat diterima" in early.content.decode()
    for receipt in cases.receipts(case):
        browser = visitor(office.people[receipt.actor], monkeypatch, at=at)
        assert "Catat sudah diterima" in browser.get(page).content.decode()
        browser.post(url("receive", case.pk, receipt.pk))
    with django_capture_on_commit_callbacks(execute=True):
        camat.post(url("close", case.pk, task.pk))
    assert "disegel" in camat.get(page).content.decode()
    seal = queries.snapshot_of(case, ReportKind.SEAL)
    for who in ("kasubbag", "sekcam"):
        browser = visitor(office.people[who], monkeypatch, at=at)
        assert url("paper", seal.pk) in browser.get(page).content.decode()
        assert browser.get(url("paper", seal.pk)).status_code == 200


def test_a_copy_is_received_by_its_receiver_only(in_step_5, monkeypatch):
    office, case = in_step_5
    actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    actions.send(case, by=office.pelaksana, at=after(31))
    receipt = cases.receipts(case)[0]
    browser = visitor(office.camat, monkeypatch, at=after(40))
    response = browser.post(url("receive", case.pk, receipt.pk))
    assert response.status_code == 422
    receipt.refresh_from_db()
    assert receipt.received_at is None


def test_an_interrupted_seal_has_a_button(in_step_5, monkeypatch):
    from .builders import close

    office, case = in_step_5
    deliver(office, case)
    close(case, office, "camat", at=after(35))
    browser = visitor(office.camat, monkeypatch, at=after(40))
    page = browser.get(url("delivery", case.pk)).content.decode()
    assert "penyegelannya terhenti" in page
    browser.post(url("seal", case.pk))
    assert queries.snapshot_of(case, ReportKind.SEAL) is not None


def test_a_running_case_is_not_sealed_by_a_click(case, camat):
    response = camat.post(url("seal", case.pk))
    assert response.status_code == 422
    assert "setelah selesai" in response.content.decode()
