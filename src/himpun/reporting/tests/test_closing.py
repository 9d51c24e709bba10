"""Step 5: the report goes out, receipts, the head's note, the seal over the last event."""

import io

import pikepdf
import pytest
from django.db import transaction
from django.urls import reverse

from himpun import proof
from himpun.collection import actions as collecting
from himpun.collection import queries as collection
from himpun.collection.tests.builders import LATER
from himpun.documents import verifying
from himpun.ledger import queries as record
from himpun.ledger.models import Event, Seal
from himpun.ledger.rules import SYSTEM
from himpun.notices.models import Notice
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.actions import Incomplete
from himpun.reporting import actions, queries
from himpun.reporting.models import Snapshot
from himpun.reporting.rules import ReportKind
from himpun.shared.refusals import Refusal

from .builders import after, close, deliver
from .visits import visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(in_step_5):
    return in_step_5[0]


@pytest.fixture
def case(in_step_5):
    return in_step_5[1]


@pytest.fixture
def ended(office, case):
    deliver(office, case)
    close(case, office, "camat", at=after(35))
    case.refresh_from_db()
    return case


def test_the_report_of_step_5_holds_the_signed_file(office, case):
    made = actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    signed = queries.signed_of(case)
    with pikepdf.open(io.BytesIO(record.read_file(made.pdf))) as document:
        inside = document.attachments["laporan-kinerja-ditandatangani.pdf"]
        assert inside.get_file().read_bytes() == record.read_file(signed.signed)
    assert cases.artefact_of(case, "laporan-kumpul").blob == made.pdf


def test_evidence_in_the_case_closes_the_line_data_dukung(case):
    [line] = [x for x in cases.checklist(case, "l5") if x.item.item == "data-dukung"]
    assert line.state == "ada"
    assert "4 berkas data dukung" in line.reason


def test_the_seal_sheet_is_put_before_both_receivers_once_and_without_event(
    office, ended
):
    Notice.objects.all().delete()
    count = Event.objects.count()
    actions.seal_case(ended, at=after(36))
    actions.seal_case(ended, at=after(37))
    rows = list(Notice.objects.order_by("person"))
    assert {row.person for row in rows} == {office.kasubbag, office.sekcam}
    assert len(rows) == 2
    assert "simpan di luar Himpun" in rows[0].text
    assert rows[0].link == f"/kasus/{ended.pk}/penyampaian"
    assert Event.objects.count() == count


def test_nothing_is_sent_before_the_report_is_made(office, case):
    with pytest.raises(Refusal, match="Buat Laporan Pengumpulan"):
        actions.send(case, by=office.pelaksana, at=after(31))


def test_copies_go_out_once_and_are_told_to_their_receivers(office, case):
    actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    sent = actions.send(case, by=office.pelaksana, at=after(31))
    assert {receipt.actor for receipt in sent} == {"kasubbag", "sekcam"}
    assert actions.send(case, by=office.pelaksana, at=after(32)) == []
    told = Notice.objects.filter(text__startswith="Tembusan untuk")
    assert {notice.person for notice in told} == {office.kasubbag, office.sekcam}


def test_the_report_is_made_again_when_a_unit_came_late(office, case):
    """It tells of each unit; what lies under the signature does not."""
    actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    request = collection.round_of(case).requests.first()
    type(request).objects.filter(pk=request.pk).update(state="dikirim")
    note = {"via": "surat", "on": LATER.date(), "by": office.pelaksana}
    collecting.note_late(request, **note, at=after(31))
    with pytest.raises(Refusal, match="Buat Laporan Pengumpulan"):
        actions.send(case, by=office.pelaksana, at=after(32))
    papers = {paper.kind: paper.fresh for paper in queries.case_papers(case)}
    assert not papers[ReportKind.COLLECTION]
    assert papers[ReportKind.PERFORMANCE]


def test_somebody_else_sends_nothing(office, case):
    actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    with pytest.raises(Refusal, match="jabatan lain"):
        actions.send(case, by=office.kasubbag, at=after(31))


def test_the_work_closes_when_the_report_is_made_and_sent(office, case):
    [task] = cases.open_tasks(case)
    for act in (
        lambda: None,
        lambda: actions.make_collection_report(case, by=office.pelaksana, at=after(30)),
    ):
        act()
        with pytest.raises(Incomplete) as lacking:
            procedures.complete_task(task, by=office.pelaksana, at=after(31))
        assert len(lacking.value.missing) == 1
    actions.send(case, by=office.pelaksana, at=after(31))
    procedures.complete_task(task, by=office.pelaksana, at=after(32))


def test_the_camat_takes_note_after_both_receipts(office, case):
    actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    actions.send(case, by=office.pelaksana, at=after(31))
    close(case, office, "pelaksana", at=after(32))
    first, second = cases.receipts(case)
    procedures.receive_copy(first, by=office.people[first.actor], at=after(33))
    with pytest.raises(Incomplete) as lacking:
        close(case, office, "camat", at=after(34))
    [missing] = lacking.value.missing
    assert "Sekretaris Kecamatan" in missing.sentence
    procedures.receive_copy(second, by=office.people[second.actor], at=after(34))
    close(case, office, "camat", at=after(35))
    case.refresh_from_db()
    assert case.state == "selesai"


def test_a_running_case_is_not_sealed(case):
    with pytest.raises(Refusal, match="setelah selesai"):
        actions.seal_case(case, at=after(36))


def test_the_last_event_lies_under_the_seal(ended):
    count = Event.objects.count()
    sheet = actions.seal_case(ended, at=after(36))
    assert Event.objects.count() == count
    own = queries.seal_pair().cert_pem
    verdict = verifying.verify(record.read_file(sheet.pdf), trusted=[own])
    assert verdict.ok
    file = proof.parse_anchor(verdict.files["himpun.json"])
    last = cases.events_of(ended)[-1]
    assert (file.anchor.count, file.anchor.head) == (last.seq, last.hash)
    assert file.kind == proof.SealKind.CASE
    seal = Seal.objects.get(stream=ended.stream, kind="case")
    assert (seal.document, seal.count) == (sheet.pdf, last.seq)


def test_the_sheet_vouches_for_every_paper_of_the_case(ended):
    sheet = actions.seal_case(ended, at=after(36))
    own = queries.seal_pair().cert_pem
    files = verifying.verify(record.read_file(sheet.pdf), trusted=[own]).files
    named = set(proof.parse_anchor(files["himpun.json"]).files.values())
    signed = queries.signed_of(ended)
    report = queries.snapshot_of(ended, ReportKind.COLLECTION)
    control = queries.snapshot_of(ended, ReportKind.CONTROL)
    assert named == {signed.signed, signed.sealed, report.pdf, control.pdf}


def test_a_case_is_sealed_once(ended):
    first = actions.seal_case(ended, at=after(36))
    assert actions.seal_case(ended, at=after(40)) == first
    assert Seal.objects.filter(kind="case").count() == 1


def test_two_who_seal_at_once_leave_one_sheet(ended, monkeypatch):
    sign, first = actions.signing.sealed_by_installation, []

    def overtaken(pdf, *, at):
        monkeypatch.setattr(actions.signing, "sealed_by_installation", sign)
        first.append(actions.seal_case(ended, at=at))
        return sign(pdf, at=at)

    monkeypatch.setattr(actions.signing, "sealed_by_installation", overtaken)
    assert actions.seal_case(ended, at=after(36)) == first[0]
    assert Seal.objects.filter(kind="case").count() == 1


def test_sealing_goes_on_after_a_crash_in_the_middle(ended, monkeypatch):
    keep = actions.closing._keep_seal

    def cut(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr(actions.closing, "_keep_seal", cut)
    with pytest.raises(KeyboardInterrupt):
        actions.seal_case(ended, at=after(36))
    monkeypatch.setattr(actions.closing, "_keep_seal", keep)
    assert actions.seal_case(ended, at=after(37)).report.kind == "lembar-segel"
    controls = Snapshot.objects.filter(report__kind="lembar-kendali")
    assert controls.count() == 1


def test_an_event_between_seal_and_storing_is_noticed(ended, monkeypatch):
    sign = actions.signing.sealed_by_installation

    def late(pdf, *, at):
        with transaction.atomic():
            procedures.write_event(ended, "late", by=SYSTEM, at=at, data={})
        return sign(pdf, at=at)

    monkeypatch.setattr(actions.signing, "sealed_by_installation", late)
    with pytest.raises(Refusal, match="Segel sekali lagi"):
        actions.seal_case(ended, at=after(36))


def test_the_final_lembar_kendali_tells_the_end(ended):
    actions.seal_case(ended, at=after(36))
    control = queries.snapshot_of(ended, ReportKind.CONTROL)
    from himpun.reporting.kinds import frozen

    paper = frozen.thaw(control.data).paper
    assert paper.finished_at
    assert paper.steps[4].acts[1].part == "mengetahui"
    assert all(receipt.received_at for receipt in paper.receipts)


def test_the_last_act_seals_the_case_from_the_page_of_the_case_too(
    office, case, monkeypatch, django_capture_on_commit_callbacks
):
    deliver(office, case)
    [note] = cases.open_tasks(case)
    camat = visitor(office.camat, monkeypatch, at=after(35))
    with django_capture_on_commit_callbacks(execute=True):
        camat.post(reverse("procedures:complete", args=[note.pk]))
    seal = Seal.objects.get(stream=case.stream, kind="case")
    assert seal.count == cases.events_of(case)[-1].seq
