"""Signing a paper: prepared, sealed, signed. No lock is held while a file is signed.

1. `prepare` records ``document.prepared`` and notes head and count of the record.
2. `seal` renders the PDF with them and the JSON inside, seals it with the installation's
   key, checks the result and keeps it. Nothing is recorded; a crash before or after is
   mended by calling it again.
3. `sign_as_example`, or `upload` and `confirm`, record ``document.signed``, the anchor,
   the step's output and the end of the task in one transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from himpun import proof
from himpun.collection import queries as collection
from himpun.documents import papers, signing, uploads, verifying
from himpun.documents.verifying import Content
from himpun.ledger import actions as ledger
from himpun.ledger import queries as record
from himpun.ledger.models import Seal
from himpun.organization import queries as organization
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..kinds import SIGNATORIES, frozen, parts, printed_signatory
from ..models import Signature, Snapshot
from ..rules import Backend, ReportKind, SignatureState
from . import examples
from .making import page_count

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person
    from himpun.procedures.models import Case, Task

SEAL_FIELD, SIGNATURE_FIELD = "SegelHimpun", "TandaTangan"
SEAL_REASON = "Segel mesin Himpun: isi berkas sama dengan catatan kasus. Bukan TTE."
EXAMPLE_REASON = "Contoh peragaan. BUKAN TTE BSrE."
ANCHOR = "himpun.json"


def signing_task(case: Case) -> Task:
    """Return the open task in which the case is signed; raises Refusal without one."""
    step = cases.signing_step(case)
    task = cases.open_work(case, step) if step else None
    if task is None:
        raise Refusal(say("Kasus ini sedang tidak menunggu tanda tangan."))
    return task


def holder(case: Case, person: Person, at: datetime) -> Actor:
    """Return the person as holder of the signer's position; raises Refusal for others."""
    return organization.acting(person, cases.signer_positions(case), at)


def signer(case: Case, person: Person, at: datetime) -> Actor:
    """Return the person as signer; raises Refusal for others, and for whoever wrote or
    verified a value of the case without an exemption.
    """
    actor = holder(case, person, at)
    obstacle = collection.may_sign(case, person)
    if obstacle:
        raise Refusal(obstacle)
    return actor


# 1. Prepared


@transaction.atomic
def prepare(
    snapshot: Snapshot, *, backend: Backend, by: Person, at: datetime
) -> Signature:
    """Record that this version is about to be signed; the record so far gets anchored.

    By the signer; for a signature by hand also by whoever makes the report, so that the
    sealed paper lies printed on the desk. Repeating it returns what was prepared.
    Raises Refusal for another version, another way of signing, another signer.
    """
    case = snapshot.case
    task = signing_task(case)
    actor = _preparer(case, backend, by, at)
    if not backend_offered(backend):
        raise Refusal(say("Cara tanda tangan itu tidak tersedia di pemasangan ini."))
    _refuse_other_version(snapshot)
    _refuse_outdated(snapshot)
    _refuse_other_signatory(snapshot, at)
    _refuse_unprinted_exception(snapshot)
    known = queries.signature_of(snapshot)
    if known:
        return _same_way(known, backend)
    if actor.person in cases.people_of_actor(case.version_id, task.actor, at):
        procedures.touch(case, task.step, by=actor, at=at)
    procedures.write_event(
        case,
        "document.prepared",
        by=actor,
        at=at,
        data={**_named(snapshot), "backend": str(backend)},
    )
    count, head = record.head_of(case.stream)
    try:
        with transaction.atomic():
            return Signature.objects.create(
                snapshot=snapshot,
                backend=backend,
                state=SignatureState.PREPARED,
                head=head,
                count=count,
                prepared_at=at,
            )
    except IntegrityError:
        raise Refusal(
            say("Rekan Anda baru saja menyiapkan kertas ini. Muat ulang halaman.")
        ) from None


def backend_offered(backend: Backend) -> bool:
    """Whether this installation signs in this way."""
    return backend in rules.backends(test_signature=settings.HIMPUN_TEST_SIGNATURE)


def _preparer(case: Case, backend: Backend, person: Person, at: datetime) -> Actor:
    step = queries.step_for(case, rules.WORK_REPORT)
    makers = cases.step_hands(case, step, at) if step else []
    by_hand = backend is Backend.MANUAL
    if by_hand and any(hand.person == person.pk for hand in makers):
        return cases.acting(person, makers, case)
    return signer(case, person, at)


def may_prepare(case: Case, person: Person, at: datetime) -> bool:
    """Whether the person may seal the report for a signature by hand, or upload it."""
    try:
        _preparer(case, Backend.MANUAL, person, at)
    except Refusal:
        return False
    return True


def _refuse_other_version(snapshot: Snapshot) -> None:
    if snapshot.stale or snapshot.report.kind not in rules.SIGNED:
        raise Refusal(
            say("Versi laporan ini sudah diganti. Muat ulang, lalu baca yang terbaru.")
        )


def _refuse_outdated(snapshot: Snapshot) -> None:
    """Refuse a paper of the plan when the plan got another version meanwhile."""
    case = snapshot.case
    of_plan = snapshot.report.kind in rules.PLANS
    if of_plan and not queries.is_current(snapshot, queries.last_change_at(case)):
        raise Refusal(
            say(
                "Rencana sudah diubah setelah kertas ini dibuat. Kembalikan ke langkah "
                "sebelumnya agar kertas dibuat ulang."
            )
        )


def _refuse_other_signatory(snapshot: Snapshot, at: datetime) -> None:
    """Refuse when the official whose name is printed no longer holds the position."""
    printed = printed_signatory(frozen.thaw(snapshot.data).paper)
    signing_now = SIGNATORIES[ReportKind(snapshot.report.kind)]
    now = signing_now(snapshot.case, parts.Made(at=at))
    if printed and parts.capacity(printed) != parts.capacity(now):
        raise Refusal(
            say(
                "Penanda tangan di laporan ini %(printed)s, sedangkan hari ini "
                "%(now)s. Kembalikan ke langkah sebelumnya agar laporan dibuat ulang."
            ),
            printed=printed.title,
            now=now.title,
        )


def _refuse_unprinted_exception(snapshot: Snapshot) -> None:
    """Refuse when an exception to the three-person rule is newer than the paper.

    The paper would say "Tidak ada" of what lets it be signed.
    """
    case = snapshot.case
    paper = frozen.thaw(snapshot.data).paper
    now = parts.exemptions(case, organization.zone_of(case.unit))
    if isinstance(paper, papers.LaporanKinerja) and paper.exemptions != now:
        raise Refusal(
            say(
                "Pengecualian aturan tiga orang dicatat setelah laporan ini dibuat, jadi "
                "belum tercetak di dalamnya. Kembalikan ke langkah sebelumnya agar "
                "laporan dibuat ulang."
            )
        )


def _same_way(signature: Signature, backend: Backend) -> Signature:
    if signature.backend != backend:
        raise Refusal(
            say(
                "Laporan ini sudah disiapkan dengan cara tanda tangan lain. Batalkan "
                "persiapan itu dahulu."
            )
        )
    return signature


def _named(snapshot: Snapshot) -> dict[str, object]:
    """Return how events name a version of a paper."""
    return {
        "kind": snapshot.report.kind,
        "number": snapshot.number,
        "snapshot": snapshot.sha256,
        "template": snapshot.template,
    }


# 2. Sealed


def seal(signature: Signature, *, at: datetime) -> Signature:
    """Render and seal the prepared paper, check it and keep it; safe to repeat.

    Runs outside any transaction but the short one that notes the file.
    """
    if signature.state != SignatureState.PREPARED:
        return signature
    anchor = anchor_of(signature)
    pdf = _render(signature, anchor)
    sealed = sealed_by_installation(pdf, at=signature.prepared_at)
    check_sealed(sealed, anchor)
    with transaction.atomic():
        blob = ledger.keep_file(sealed, mime=rules.PDF, at=at)
        Signature.objects.filter(pk=signature.pk, state=SignatureState.PREPARED).update(
            sealed=blob, pages=page_count(sealed), state=SignatureState.SEALED
        )
    signature.refresh_from_db()
    return signature


def anchor_of(signature: Signature) -> bytes:
    """Return the JSON that the sealed PDF carries: head, hashes and values."""
    snapshot = signature.snapshot
    stream = snapshot.case.stream
    hashes = record.anchor_hashes(stream, signature.count)
    return proof.build_anchor(
        proof.AnchorFile(
            kind=proof.SealKind.PAPER,
            anchor=proof.Anchor(stream, signature.count, signature.head, tuple(hashes)),
            document=rules.printed_code(snapshot.code),
            template=snapshot.template,
            values=tuple(frozen.thaw(snapshot.data).values),
            files={"potret.json": snapshot.sha256},
        )
    )


def _render(signature: Signature, anchor: bytes) -> bytes:
    return frozen.show(
        frozen.thaw(signature.snapshot.data),
        head=signature.head,
        count=signature.count,
        mark=rules.MARK[Backend(signature.backend)],
        attached=[papers.Attached(ANCHOR, anchor)],
    )


def sealed_by_installation(pdf: bytes, *, at: datetime) -> bytes:
    """Return the PDF under the installation's seal; raises Refusal without a key."""
    pair = queries.seal_pair()
    return signing.sign(
        pdf,
        pair.key_pem,
        pair.cert_pem,
        reason=SEAL_REASON,
        field=SEAL_FIELD,
        at=at,
    )


def check_sealed(sealed: bytes, anchor: bytes) -> None:
    """Raise Refusal unless the file bears just our seal and our anchor."""
    verdict = verifying.verify(sealed, trusted=[queries.seal_pair().cert_pem])
    alone = len(verdict.signatures) == 1
    if not (verdict.ok and alone and verdict.files.get(ANCHOR) == anchor):
        raise Refusal(
            say(
                "Berkas bersegel tidak lulus pemeriksaan sendiri dan tidak disimpan. "
                "Coba sekali lagi, lalu hubungi administrator."
            )
        )


# 3. Signed: the test authority


def sign_as_example(
    signature: Signature, *, passphrase: str, by: Person, at: datetime
) -> Signature:
    """Sign the sealed paper with the signer's test certificate, for demonstration.

    The passphrase lives in this call only. Raises Refusal (field ``passphrase``) when it
    is wrong.
    """
    case = signature.snapshot.case
    signing_task(case)
    signer(case, by, at)
    _refuse_unless(signature, Backend.TEST_CA, SignatureState.SEALED)
    sealed = record.read_file(signature.sealed)
    pair = examples.unlock(by, passphrase)
    signed = signing.sign(
        sealed,
        pair.key_pem,
        pair.cert_pem,
        reason=EXAMPLE_REASON,
        field=SIGNATURE_FIELD,
        at=at,
    )
    check_example(signed, sealed)
    return _record_signed(signature, signed, mime=rules.PDF, by=by, at=at)


def check_example(signed: bytes, sealed: bytes) -> None:
    """Raise Refusal unless one signature of the test authority was added, nothing else.

    The sealed bytes must be the beginning of the signed ones, both signatures intact,
    the anchor the same.
    """
    trusted = [queries.seal_pair().cert_pem, examples.authority().cert_pem]
    verdict = verifying.verify(signed, trusted=trusted)
    before = verifying.verify(sealed, trusted=trusted)
    same = verdict.files.get(ANCHOR) == before.files.get(ANCHOR)
    added = len(verdict.signatures) - len(before.signatures)
    if not (verdict.ok and same and added == 1 and signed.startswith(sealed)):
        raise Refusal(
            say("Berkas yang ditandatangani tidak lulus pemeriksaan. Coba sekali lagi.")
        )


def _refuse_unless(
    signature: Signature, backend: Backend, *states: SignatureState
) -> None:
    if signature.backend != backend or signature.state not in states:
        raise Refusal(say("Tanda tangan ini sudah di tahap lain. Muat ulang halaman."))


# 3. Signed: by hand


@transaction.atomic
def upload(
    signature: Signature, *, content: bytes, filename: str, by: Person, at: datetime
) -> Signature:
    """Keep the scan of the paper that was signed by hand, or the PDF signed elsewhere.

    By the signer or by a maker of the report. It counts only when the signer confirms
    it. Raises Refusal (field ``file``) with the reason why a file is not taken.
    """
    case = signature.snapshot.case
    signing_task(case)
    actor = _preparer(case, Backend.MANUAL, by, at)
    row = Signature.objects.select_for_update().get(pk=signature.pk)
    if row.backend == Backend.TEST_CA or not rules.may_move(
        SignatureState(row.state), SignatureState.UPLOADED
    ):
        raise Refusal(say("Tanda tangan ini sudah di tahap lain. Muat ulang halaman."))
    mime, backend = _recognised(content, filename, record.read_file(row.sealed))
    row.signed = ledger.keep_file(content, mime=mime, at=at)
    row.signed_mime, row.backend = mime, backend
    row.state = SignatureState.UPLOADED
    row.save(update_fields=["signed", "signed_mime", "backend", "state"])
    procedures.write_event(
        case,
        "document.uploaded",
        by=actor,
        at=at,
        data={
            **_named(row.snapshot),
            "signed": row.signed,
            "backend": str(backend),
            "name": ledger.keep_text(filename),
        },
    )
    return row


def _recognised(content: bytes, filename: str, sealed: bytes) -> tuple[str, Backend]:
    """Return media type and way of signing of an upload; raises Refusal."""
    try:
        kind = uploads.recognise(content, filename)
    except uploads.NotAccepted as wrong:
        raise Refusal(str(wrong), field="file") from None
    if kind.mime not in rules.ENDINGS:
        raise Refusal(say("Unggah pindaian sebagai PDF, JPG, atau PNG."), field="file")
    if kind.mime != rules.PDF:
        return kind.mime, Backend.MANUAL
    return kind.mime, _way_of_pdf(content, sealed)


def _way_of_pdf(content: bytes, sealed: bytes) -> Backend:
    if content == sealed:
        raise Refusal(
            say(
                "Berkas ini PDF bersegel yang belum ditandatangani. Unggah pindaian "
                "kertas yang sudah ditandatangani."
            ),
            field="file",
        )
    verdict = verifying.verify(content)
    if verdict.content in {Content.UNSIGNED, Content.SCAN}:
        return Backend.MANUAL
    whole = verdict.content is Content.INTACT and content.startswith(sealed)
    if not whole:
        raise Refusal(
            say(
                "PDF ini membawa tanda tangan elektronik, tetapi bukan di atas PDF "
                "bersegel laporan ini. Tandatangani PDF bersegel itu, lalu unggah."
            ),
            field="file",
        )
    return Backend.ELSEWHERE


def confirm(signature: Signature, *, by: Person, at: datetime) -> Signature:
    """Let the signer confirm, on his own account, that this is the paper he signed."""
    case = signature.snapshot.case
    signing_task(case)
    signer(case, by, at)
    if signature.state != SignatureState.UPLOADED:
        raise Refusal(say("Unggah pindaian kertas yang sudah ditandatangani dahulu."))
    content = record.read_file(signature.signed)
    return _record_signed(signature, content, mime=signature.signed_mime, by=by, at=at)


# 3. Signed: recorded


@transaction.atomic
def _record_signed(
    signature: Signature, content: bytes, *, mime: str, by: Person, at: datetime
) -> Signature:
    """Record the signed file, the anchor, the step's output and the end of the task."""
    case = signature.snapshot.case
    actor = signer(case, by, at)
    _refuse_outdated(signature.snapshot)
    _refuse_other_signatory(signature.snapshot, at)
    _refuse_unprinted_exception(signature.snapshot)
    blob = ledger.keep_file(content, mime=mime, at=at)
    won = Signature.objects.filter(
        pk=signature.pk, state=signature.state, signed=signature.signed
    ).update(
        state=SignatureState.SIGNED,
        signed=blob,
        signed_mime=mime,
        signer=by,
        signer_role=actor.role,
        signed_at=at,
    )
    if not won:
        raise Refusal(say("Tanda tangan ini sudah di tahap lain. Muat ulang halaman."))
    signature.refresh_from_db()
    procedures.write_event(
        case, "document.signed", by=actor, at=at, data=_signed_data(signature)
    )
    _seal_row(signature, at)
    task = signing_task(case)
    plan = cases.plan_of(case)
    for name in plan.step(task.step).outputs:
        if plan.artefact(name).signed_by == task.actor:
            procedures.produce(
                case, task.step, name, by=actor, at=at, content=content, mime=mime
            )
    procedures.complete_task(task, by=by, at=at)
    return signature


def _signed_data(signature: Signature) -> dict[str, object]:
    return {
        **_named(signature.snapshot),
        "backend": signature.backend,
        "sealed": signature.sealed,
        "signed": signature.signed,
    }


def _seal_row(signature: Signature, at: datetime) -> None:
    values = frozen.thaw(signature.snapshot.data).values
    ledger.seal(
        signature.snapshot.case.stream,
        Seal.Kind.PAPER,
        count=signature.count,
        head=signature.head,
        document=signature.sealed,
        values_hash=proof.values_hash(values),
        at=at,
    )


# Taken back


@transaction.atomic
def withdraw(signature: Signature, *, by: Person, at: datetime) -> None:
    """Take back a preparation, to sign in another way; nothing signed is ever taken back.

    The sealed file stays in the record.
    """
    case = signature.snapshot.case
    signing_task(case)
    actor = _preparer(case, Backend.MANUAL, by, at)
    drop(signature)
    procedures.write_event(
        case, "document.withdrawn", by=actor, at=at, data=_named(signature.snapshot)
    )


def drop(signature: Signature) -> None:
    """Mark an unsigned signature as withdrawn; raises Refusal for a signed one."""
    open_states = [
        s for s in SignatureState if rules.may_move(s, SignatureState.WITHDRAWN)
    ]
    won = Signature.objects.filter(pk=signature.pk, state__in=open_states).update(
        state=SignatureState.WITHDRAWN
    )
    if not won:
        raise Refusal(say("Laporan ini sudah ditandatangani dan tidak dapat ditarik."))
