"""Signing: prepared, sealed, signed; by hand, with a test certificate, elsewhere."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings as installed

from himpun import proof
from himpun.collection import actions as collecting
from himpun.collection.models import Entry, Exemption, Verdict
from himpun.collection.queries import row_of
from himpun.collection.tests.builders import accept, entry_of, fill
from himpun.documents import papers, signing, verifying
from himpun.documents.tests import builders as paper_builders
from himpun.ledger import actions as ledger
from himpun.ledger import queries as record
from himpun.ledger.models import Event, Seal
from himpun.measurement.models import Achievement
from himpun.organization import actions as offices
from himpun.organization.rules import Status
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.reporting import actions, queries, rules
from himpun.reporting.actions.signing import check_example, check_sealed
from himpun.reporting.kinds import frozen
from himpun.reporting.models import Signature
from himpun.reporting.rules import Backend, SignatureState
from himpun.shared.refusals import Refusal

from .builders import PHRASE, after, certify, close, report_of, sealed, sign

pytestmark = pytest.mark.django_db
JPG = bytes.fromhex("ffd8ffc0001108000a000a03012200021101031101ffd9")


@pytest.fixture
def office(in_step_4):
    return in_step_4[0]


@pytest.fixture
def case(in_step_4):
    return in_step_4[1]


def blob(signature, name="sealed"):
    return record.read_file(getattr(signature, name))


def pdfsig(tmp_path, pdf):
    path = tmp_path / "berkas.pdf"
    path.write_bytes(pdf)
    ran = subprocess.run(
        ["pdfsig", "-nocert", path],
        capture_output=True,
        text=True,
        check=False,
    )
    return ran.stdout


def elsewhere(pdf, *, field="Luar"):
    """Sign a PDF as another program would, with a key that Himpun does not know."""
    pair = signing.make_seal_key(at=after(-60 * 24 * 400))
    return signing.sign(
        pdf, pair.key_pem, pair.cert_pem, reason="luar", field=field, at=after(22)
    )


# Prepared


def test_preparing_anchors_the_record_up_to_its_own_event(office, case):
    signature = actions.prepare(
        report_of(case), backend=Backend.MANUAL, by=office.camat, at=after(20)
    )
    event = cases.events_of(case)[-1]
    assert event.type == "document.prepared"
    assert (signature.count, signature.head) == (event.seq, event.hash)
    data = record.data_of(event)
    assert data["snapshot"] == report_of(case).sha256
    assert data["template"] == "laporan-kinerja/1"


def test_preparing_twice_is_one_act(office, case):
    report = report_of(case)
    first = actions.prepare(
        report, backend=Backend.MANUAL, by=office.camat, at=after(20)
    )
    count = Event.objects.count()
    again = actions.prepare(
        report, backend=Backend.MANUAL, by=office.camat, at=after(21)
    )
    assert first == again
    assert Event.objects.count() == count


def test_a_paper_prepared_one_way_is_not_signed_another_way(office, case):
    sealed(office, case, Backend.MANUAL)
    with pytest.raises(Refusal, match="cara tanda tangan lain"):
        sealed(office, case, Backend.TEST_CA)


def test_the_maker_of_the_report_may_seal_it_for_the_pen_and_not_for_the_test_key(
    office, case
):
    with pytest.raises(Refusal, match="jabatan lain"):
        sealed(office, case, Backend.TEST_CA, by=office.pelaksana)
    signature = sealed(office, case, Backend.MANUAL, by=office.pelaksana)
    assert signature.state == SignatureState.SEALED
    assert cases.open_work(case).started_at is None


@pytest.mark.parametrize("who", ["kasubbag", "sekcam", "kasi", "admin"])
def test_nobody_else_prepares(office, case, who):
    with pytest.raises(Refusal, match="jabatan lain"):
        sealed(office, case, by=office.people[who])
    assert not Signature.objects.exists()


def test_a_test_signature_needs_the_setting(office, case, settings):
    settings.HIMPUN_TEST_SIGNATURE = False
    with pytest.raises(Refusal, match="tidak tersedia"):
        sealed(office, case, Backend.TEST_CA)


def test_a_replaced_version_is_not_prepared(office, case):
    report = report_of(case)
    report.stale = True
    with pytest.raises(Refusal, match="sudah diganti"):
        actions.prepare(report, backend=Backend.MANUAL, by=office.camat, at=after(20))


def appoint_another_camat(office):
    offices.appoint(
        office.kasi,
        office.position["camat"],
        status=Status.PLT,
        since=after(0).date(),
        until=after(60 * 24 * 30).date(),
        letter="SPT 800/12",
        at=after(1),
    )


def test_a_new_acting_camat_does_not_sign_under_the_name_of_the_former(office, case):
    appoint_another_camat(office)
    with pytest.raises(Refusal, match=r"hari ini Plt\. Camat"):
        sealed(office, case, by=office.kasi)


def test_a_camat_who_comes_after_the_seal_does_not_confirm_the_formers_paper(
    office, case
):
    signature = sealed(office, case)
    by = {"by": office.pelaksana, "at": after(21)}
    signature = actions.upload(signature, content=JPG, filename="a.jpg", **by)
    appoint_another_camat(office)
    with pytest.raises(Refusal, match=r"hari ini Plt\. Camat"):
        actions.confirm(signature, by=office.kasi, at=after(22))
    assert queries.signed_of(case) is None


def test_whoever_wrote_a_value_does_not_sign_it(office, case):
    Entry.objects.filter(round__case=case).update(author=office.camat)
    with pytest.raises(Refusal, match="orang lain yang menandatangani"):
        sealed(office, case)


def test_whoever_verified_a_value_does_not_sign_it(office, case):
    Verdict.objects.filter(entry__round__case=case).update(verifier=office.camat)
    with pytest.raises(Refusal, match="orang lain yang menandatangani"):
        sealed(office, case)


def grant_to_camat(office, case):
    return Exemption.objects.create(
        round=case.round,
        kind="pengecualian",
        concerns=office.camat,
        concerns_role="Camat Contoh",
        reason=ledger.keep_text("Kasubbag kosong, Camat memverifikasi"),
        letter="800/1",
        decided_by=office.sekcam,
        decided_role="Sekretaris",
        decided_at=after(1),
    )


def report_again(office, case):
    """Give the case back to step 3 and bring it forward with papers made anew."""
    [task] = cases.open_tasks(case)
    procedures.return_step(
        task, to="l3", reason="pengecualian dicetak", by=office.camat, at=after(14)
    )
    actions.make_recap(case, by=office.pelaksana, at=after(15))
    report = actions.make_performance_report(case, by=office.pelaksana, at=after(16))
    actions.record_print(report, by=office.pelaksana, at=after(17))
    close(case, office, "pelaksana", "sekcam", at=after(18))


def test_with_an_exemption_the_verifier_may_sign(office, case):
    Verdict.objects.filter(entry__round__case=case).update(verifier=office.camat)
    grant_to_camat(office, case)
    report_again(office, case)
    assert sealed(office, case).state == SignatureState.SEALED


def test_an_exception_that_the_paper_does_not_print_lets_nobody_sign_it(office, case):
    Verdict.objects.filter(entry__round__case=case).update(verifier=office.camat)
    grant_to_camat(office, case)
    with pytest.raises(Refusal, match="belum tercetak di dalamnya"):
        sealed(office, case)


def test_an_exception_after_the_seal_lets_nobody_confirm_the_paper(office, case):
    signature = sealed(office, case)
    by = {"by": office.pelaksana, "at": after(21)}
    signature = actions.upload(signature, content=JPG, filename="a.jpg", **by)
    grant_to_camat(office, case)
    with pytest.raises(Refusal, match="belum tercetak di dalamnya"):
        actions.confirm(signature, by=office.camat, at=after(22))
    assert queries.signed_of(case) is None


# Sealed


def test_the_sealed_pdf_carries_head_count_and_values_under_the_seal(office, case):
    signature = sealed(office, case)
    own = queries.seal_pair().cert_pem
    verdict = verifying.verify(blob(signature), trusted=[own])
    assert verdict.ok
    file = proof.parse_anchor(verdict.files["himpun.json"])
    assert (file.anchor.count, file.anchor.head) == (signature.count, signature.head)
    assert file.values[0]["actual"] == "97.66"
    assert file.files["potret.json"] == report_of(case).sha256


def test_pdfsig_confirms_the_seal_and_refuses_a_changed_byte(office, case, tmp_path):
    pdf = blob(sealed(office, case))
    assert "Signature is Valid" in pdfsig(tmp_path, pdf)
    place = pdf.index(b"/Type")
    changed = pdf[:place] + b"/Typf" + pdf[place + 5 :]
    assert "Digest Mismatch" in pdfsig(tmp_path, changed)
    own = queries.seal_pair().cert_pem
    assert not verifying.verify(changed, trusted=[own]).ok


def test_sealing_goes_on_after_a_crash_and_is_done_once(office, case):
    signature = actions.prepare(
        report_of(case), backend=Backend.MANUAL, by=office.camat, at=after(20)
    )
    count = Event.objects.count()
    stale = Signature.objects.get(pk=signature.pk)
    first = actions.seal(signature, at=after(21))
    late = actions.seal(stale, at=after(22))
    assert first.sealed == late.sealed
    assert Event.objects.count() == count


def test_a_file_without_our_seal_or_with_another_anchor_is_not_kept(office, case):
    signature = sealed(office, case)
    pdf = blob(signature)
    own = queries.seal_pair().cert_pem
    anchor = verifying.verify(pdf, trusted=[own]).files["himpun.json"]
    check_sealed(pdf, anchor)
    with pytest.raises(Refusal, match="tidak lulus pemeriksaan"):
        check_sealed(pdf, b"{}")
    with pytest.raises(Refusal, match="tidak lulus pemeriksaan"):
        check_sealed(elsewhere(pdf), anchor)
    foreign = elsewhere(record.read_file(report_of(case).pdf), field="SegelHimpun")
    with pytest.raises(Refusal, match="tidak lulus pemeriksaan"):
        check_sealed(foreign, anchor)


# Signed with a test certificate


def test_a_test_signature_stands_in_the_archive_as_an_example(office, case, tmp_path):
    signature = sign(office, case)
    assert queries.verdict_words(signature) == "CONTOH, bukan tanda tangan sah"
    seen = pdfsig(tmp_path, blob(signature, "signed"))
    assert seen.count("Signature is Valid") == 2
    assert "Total document signed" in seen
    assert "BUKAN TTE BSrE" in seen


def test_every_page_of_an_example_says_that_it_is_none(office, case):
    signature = sealed(office, case, Backend.TEST_CA)
    ran = subprocess.run(
        ["pdftotext", "-", "-"],
        input=blob(signature),
        capture_output=True,
        check=True,
    )
    pages = [p for p in ran.stdout.decode().split("\f") if p.strip()]
    assert len(pages) == report_of(case).pages
    assert all("BUKAN TTE BSrE" in page for page in pages)


def test_signing_ends_the_step_with_its_output_and_an_anchor(office, case):
    signature = sign(office, case)
    assert cases.open_work(case).step == "l5"
    assert cases.artefact_of(case, "laporan-ttd").blob == signature.signed
    seal = Seal.objects.get(stream=case.stream)
    assert (seal.kind, seal.count, seal.head) == (
        "paper",
        signature.count,
        signature.head,
    )
    assert seal.document == signature.sealed
    event = next(e for e in cases.events_of(case) if e.type == "document.signed")
    data = record.data_of(event)
    assert (data["sealed"], data["signed"]) == (signature.sealed, signature.signed)


def test_a_wrong_passphrase_signs_nothing(office, case):
    certify(office, case)
    signature = sealed(office, case, Backend.TEST_CA)
    with pytest.raises(Refusal, match="Frasa sandi salah") as refused:
        actions.sign_as_example(
            signature, passphrase="bukan frasa itu", by=office.camat, at=after(25)
        )
    assert refused.value.field == "passphrase"
    signature.refresh_from_db()
    assert signature.state == SignatureState.SEALED


def test_the_passphrase_is_nowhere_in_the_home_nor_in_the_record(office, case):
    sign(office, case)
    for path in Path(installed.HIMPUN_HOME).rglob("*"):
        if path.is_file():
            assert PHRASE.encode() not in path.read_bytes(), path
    assert not any(PHRASE.encode() in bytes(e.body) for e in Event.objects.all())


def test_somebody_without_a_test_certificate_is_told_so(
    office, case, settings, tmp_path
):
    signature = sealed(office, case, Backend.TEST_CA)
    keys = queries.seal_pair()
    settings.HIMPUN_HOME = tmp_path
    actions.write_key(queries.keys_folder() / rules.SEAL_KEY, keys.key_pem)
    actions.write_key(queries.keys_folder() / rules.SEAL_CERTIFICATE, keys.cert_pem)
    path = record.file_path(signature.sealed)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"")
    with pytest.raises(Refusal, match="Sertifikat contoh Anda belum ada"):
        actions.sign_as_example(
            signature, passphrase=PHRASE, by=office.camat, at=after(25)
        )


@pytest.mark.parametrize(
    ("phrase", "again", "words"),
    [("pendek", "pendek", "paling sedikit 12"), (PHRASE, PHRASE + "x", "tidak sama")],
)
def test_a_first_passphrase_is_long_and_typed_twice_alike(
    office, case, settings, tmp_path, phrase, again, words
):
    settings.HIMPUN_HOME = tmp_path
    with pytest.raises(Refusal, match=words):
        actions.make_certificate(
            office.camat,
            role=actions.holder(case, office.camat, after(19)),
            passphrase=phrase,
            again=again,
            at=after(19),
        )
    assert not actions.has_certificate(office.camat)


def test_a_second_certificate_is_not_made_and_none_where_examples_are_off(
    office, case, settings
):
    certify(office, case)
    how = {
        "role": actions.holder(case, office.camat, after(19)),
        "passphrase": PHRASE,
        "again": PHRASE,
        "at": after(19),
    }
    with pytest.raises(Refusal, match="sudah ada"):
        actions.make_certificate(office.camat, **how)
    settings.HIMPUN_TEST_SIGNATURE = False
    with pytest.raises(Refusal, match="dimatikan"):
        actions.make_certificate(office.camat, **how)


def test_a_signed_file_with_anything_else_in_it_is_not_kept(office, case):
    signature = sign(office, case)
    whole, before = blob(signature, "signed"), blob(signature)
    check_example(whole, before)
    for other in (before, elsewhere(before), elsewhere(whole), whole + b"\n"):
        with pytest.raises(Refusal, match="tidak lulus pemeriksaan"):
            check_example(other, before)


def test_a_report_is_signed_once(office, case):
    signature = sign(office, case)
    signature.state = SignatureState.SEALED
    with pytest.raises(Refusal, match="tidak menunggu tanda tangan"):
        actions.sign_as_example(
            signature, passphrase=PHRASE, by=office.camat, at=after(26)
        )


# Signed by hand


def upload(office, signature, content=JPG, name="pindai.jpg", *, by=None):
    return actions.upload(
        signature,
        content=content,
        filename=name,
        by=by or office.pelaksana,
        at=after(22),
    )


def test_a_scan_counts_when_the_signer_confirms_it(office, case):
    signature = upload(office, sealed(office, case))
    assert signature.state == SignatureState.UPLOADED
    assert queries.verdict_words(signature) == ""
    assert queries.signed_of(case) is None
    actions.confirm(signature, by=office.camat, at=after(23))
    signed = queries.signed_of(case)
    assert queries.verdict_words(signed) == (
        "Tercatat di arsip; tanda tangan basah, dipindai"
    )
    assert blob(signed, "signed") == JPG
    assert cases.open_work(case).step == "l5"


def test_nobody_confirms_for_the_signer(office, case):
    signature = upload(office, sealed(office, case))
    with pytest.raises(Refusal, match="jabatan lain"):
        actions.confirm(signature, by=office.pelaksana, at=after(23))


def test_there_is_nothing_to_confirm_before_an_upload(office, case):
    with pytest.raises(Refusal, match="Unggah pindaian"):
        actions.confirm(sealed(office, case), by=office.camat, at=after(23))


def test_a_better_scan_replaces_the_one_before_it_is_confirmed(office, case):
    signature = upload(office, sealed(office, case))
    better = upload(office, signature, JPG[:-2] + b"\x00\xff\xd9")
    assert better.signed != signature.signed
    uploads = [e for e in cases.events_of(case) if e.type == "document.uploaded"]
    assert len(uploads) == 2
    assert "pindai" not in bytes(uploads[0].body).decode()


def test_the_confirmed_scan_is_the_one_the_signer_saw(office, case):
    seen = upload(office, sealed(office, case))
    upload(office, seen, JPG[:-2] + b"\x00\xff\xd9")
    with pytest.raises(Refusal, match="tahap lain"):
        actions.confirm(seen, by=office.camat, at=after(23))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"nilai,1\n", "pindai.csv", "PDF, JPG, atau PNG"),
        (b"<html>", "pindai.jpg", "jenis yang diterima"),
        (b"", "pindai.jpg", "kosong"),
    ],
)
def test_other_files_are_no_scans(office, case, content, name, words):
    with pytest.raises(Refusal, match=words) as refused:
        upload(office, sealed(office, case), content, name)
    assert refused.value.field == "file"


def test_the_sealed_pdf_itself_is_no_signed_paper(office, case):
    signature = sealed(office, case)
    with pytest.raises(Refusal, match="belum ditandatangani"):
        upload(office, signature, blob(signature), "laporan.pdf")


def test_a_pdf_signed_elsewhere_over_the_sealed_one_is_taken_as_that(office, case):
    signature = sealed(office, case)
    taken = upload(office, signature, elsewhere(blob(signature)), "laporan.pdf")
    assert taken.backend == Backend.ELSEWHERE
    actions.confirm(taken, by=office.camat, at=after(23))
    words = queries.verdict_words(queries.signed_of(case))
    assert "tidak dipastikan" in words
    assert "basah" not in words


def test_a_signed_pdf_of_something_else_is_refused(office, case):
    other = papers.render(paper_builders.seal(), paper_builders.STAMP)
    with pytest.raises(Refusal, match="bukan di atas PDF bersegel"):
        upload(office, sealed(office, case), elsewhere(other), "laporan.pdf")


def test_a_signed_pdf_that_was_changed_is_refused(office, case):
    signature = sealed(office, case)
    pdf = elsewhere(blob(signature))
    with pytest.raises(Refusal):
        upload(office, signature, pdf + b"\n%tambahan\n", "laporan.pdf")


def test_a_pdf_without_signature_is_a_scan(office, case):
    pdf = record.read_file(report_of(case).pdf)
    taken = upload(office, sealed(office, case), pdf, "pindai.pdf")
    assert taken.backend == Backend.MANUAL


def test_an_example_takes_no_scan(office, case):
    with pytest.raises(Refusal, match="tahap lain"):
        upload(office, sealed(office, case, Backend.TEST_CA))


# Taken back, given back


def test_a_preparation_is_taken_back_and_another_way_is_open(office, case):
    signature = sealed(office, case)
    actions.withdraw(signature, by=office.camat, at=after(21))
    assert cases.events_of(case)[-1].type == "document.withdrawn"
    assert sealed(office, case, Backend.TEST_CA, at=after(22)).pk != signature.pk


def test_a_case_is_not_cancelled_once_its_report_is_signed(office, case):
    sign(office, case)
    with pytest.raises(Refusal, match="tidak dapat batal"):
        procedures.cancel_case(
            case, reason="salah memilih periode", by=office.sekcam, at=after(30)
        )


def test_a_signed_report_is_not_taken_back(office, case):
    signature = sign(office, case)
    with pytest.raises(Refusal):
        actions.drop(signature)


def test_a_return_makes_the_papers_history_and_opens_the_named_value(office, case):
    report, signature = report_of(case), sealed(office, case)
    entry = Entry.objects.filter(round__case=case).first()
    procedures.return_step(
        cases.open_work(case),
        to="l3",
        reason="Catatan penurunan belum menyebut penyebabnya",
        values=[entry.pk],
        by=office.camat,
        at=after(21),
    )
    report.refresh_from_db()
    signature.refresh_from_db()
    entry.refresh_from_db()
    assert report.stale
    assert signature.state == SignatureState.WITHDRAWN
    assert entry.state == "dikembalikan"
    assert report_of(case) is None


def returned(office, case, code):
    """Let the Camat send one accepted value back to step 3."""
    entry = entry_of(case.round, code)
    procedures.return_step(
        cases.open_work(case),
        to="l3",
        reason="Capaian indikator ini perlu diperiksa ulang",
        values=[entry.pk],
        by=office.camat,
        at=after(21),
    )
    return entry_of(case.round, code)


def test_a_return_locks_all_but_the_named_value_and_says_who_and_why(office, case):
    entry = returned(office, case, "IKU-2")
    row = row_of(entry)
    assert row.editable
    assert row.decision.reason == "Capaian indikator ini perlu diperiksa ulang"
    assert row.decision.role == "Camat Contoh"
    assert row.lacking == ("belum diperbaiki sejak dikembalikan",)
    others = case.round.entries.exclude(pk=entry.pk)
    assert set(others.values_list("state", flat=True)) == {"diterima"}
    task = cases.open_work(case)
    assert (task.step, task.round) == ("l3", 2)
    assert cases.summary_of(task).text == "3 dari 4 nilai diterima, 1 dikembalikan"
    sentences = [missing.sentence for missing in cases.missing_of(task, after(22))]
    assert any("dikembalikan dan perlu diperbaiki" in words for words in sentences)
    found = Achievement.objects.get(
        indicator=row.version.indicator_id, period_code=case.period_code
    )
    assert not found.verified


def test_what_the_camat_returned_is_corrected_reported_anew_and_signed(office, case):
    first = report_of(case)
    returned(office, case, "IKU-2")
    by = office.pelaksana
    fill(office, case.round, "IKU-2", "82,5", evidence=False, at=after(22))
    collecting.submit_values(case.round, by=by, at=after(23))
    accept(office, case.round, "IKU-2", at=after(24))
    actions.make_recap(case, by=by, at=after(25))
    second = actions.make_performance_report(case, by=by, at=after(26))
    actions.record_print(second, by=by, at=after(27))
    close(case, office, "pelaksana", "sekcam", at=after(28))
    signature = sign(office, case, at=after(29))
    assert (first.number, second.number) == (1, 2)
    assert signature.snapshot == second
    assert figures(second)["IKU-2"] == "82.5"
    assert cases.open_work(case).step == "l5"


def figures(snapshot):
    """Return the frozen value of each indicator, by its code."""
    rows = frozen.thaw(snapshot.data).values
    return {row["code"]: row["actual"] for row in rows}


def test_frozen_values_and_anchor_agree(office, case):
    signature = sealed(office, case)
    values = frozen.thaw(report_of(case).data).values
    own = queries.seal_pair().cert_pem
    files = verifying.verify(blob(signature), trusted=[own]).files
    assert list(proof.parse_anchor(files["himpun.json"]).values) == values
