"""The end of a case: the report of step 5 goes out, and the case is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun import proof
from himpun.documents import papers
from himpun.ledger import actions as ledger
from himpun.ledger import queries as record
from himpun.ledger.models import Blob, Seal
from himpun.ledger.rules import SYSTEM
from himpun.notices import actions as notices
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.models import Case
from himpun.procedures.rules import CaseState
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..kinds import KINDS, collecting, frozen, parts
from ..kinds import seal as seal_sheet
from ..rules import ReportKind
from . import making, signing

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person
    from himpun.procedures.models import Receipt

    from ..models import Snapshot


@transaction.atomic
def send(case: Case, *, by: Person, at: datetime) -> list[Receipt]:
    """Send the report of step 5 to those whom the SOP names; once a round.

    Raises Refusal before the report is made.
    """
    step = queries.step_for(case, rules.WORK_DELIVERY)
    task = cases.open_work(case, step) if step else None
    if step is None or task is None:
        raise Refusal(say("Langkah penyampaian sedang tidak dikerjakan."))
    actor = cases.acting_at(by, case, step, at)
    report = queries.snapshot_of(case, ReportKind.COLLECTION)
    if not queries.is_deliverable(report, task):
        raise Refusal(
            say("Buat Laporan Pengumpulan Data Kinerja dahulu, lalu sampaikan.")
        )
    procedures.touch(case, step, by=actor, at=at)
    return procedures.send_copies(task, by=actor, at=at)


def seal_case(case: Case, *, at: datetime) -> Snapshot:
    """Seal a finished case: final lembar kendali, and the sheet over the last event.

    Adds no event, so that the last one lies under the seal. Safe to repeat: a sealed
    case gives its sheet again. Raises Refusal while the case runs.
    """
    case.refresh_from_db()
    if case.state != CaseState.FINISHED:
        raise Refusal(say("Kasus disegel setelah selesai."))
    known = queries.snapshot_of(case, ReportKind.SEAL)
    if known:
        return known
    control = _final_control(case, at)
    count, head = record.head_of(case.stream)
    draft, anchor = _sheet(case, control, count, head, at)
    sealed = signing.sealed_by_installation(draft.pdf, at=at)
    signing.check_sealed(sealed, anchor)
    return _keep_seal(case, draft, sealed, count, head)


def _final_control(case: Case, at: datetime) -> Snapshot:
    """Return the lembar kendali of the whole case, made after its last act."""
    known = queries.snapshot_of(case, ReportKind.CONTROL)
    if known and case.ended_at and known.made_at >= case.ended_at:
        return known
    content = KINDS[ReportKind.CONTROL].gather(case, "", parts.Made(at=at))
    draft = making.draw(case, ReportKind.CONTROL, content, at)
    return _keep_once(case, draft)


def _sheet(
    case: Case, control: Snapshot, count: int, head: str, at: datetime
) -> tuple[making.Draft, bytes]:
    kept = _kept(case, control)
    signed = queries.signed_of(case)
    values = frozen.thaw(signed.snapshot.data).values if signed else []
    paper = seal_sheet.sheet(
        case,
        parts.Made(at=at),
        count=count,
        head=head,
        values=values,
        kept=kept,
    )
    anchor = _anchor(case, kept, values, count, head)
    draft = making.draw(
        case,
        ReportKind.SEAL,
        parts.Content(paper, values),
        at,
        attached=(papers.Attached(signing.ANCHOR, anchor),),
    )
    return draft, anchor


def _anchor(
    case: Case,
    kept: list[seal_sheet.Kept],
    values: parts.Rows,
    count: int,
    head: str,
) -> bytes:
    hashes = record.anchor_hashes(case.stream, count)
    return proof.build_anchor(
        proof.AnchorFile(
            kind=proof.SealKind.CASE,
            anchor=proof.Anchor(case.stream, count, head, tuple(hashes)),
            document=parts.case_name(case),
            template=frozen.template_of(ReportKind.SEAL),
            values=tuple(values),
            files={paper.name: paper.sha256 for paper in kept},
        )
    )


def _kept(case: Case, control: Snapshot) -> list[seal_sheet.Kept]:
    """Return the papers under the seal: what was signed, how it was sealed, the rest."""
    found: list[tuple[str, str, str]] = []
    signed = queries.signed_of(case)
    if signed:
        found.append(
            (
                "Laporan Kinerja yang ditandatangani",
                collecting.attached_name(signed),
                signed.signed,
            )
        )
        if signed.sealed != signed.signed:
            found.append(
                (
                    "Laporan Kinerja bersegel, sebelum ditandatangani",
                    "laporan-kinerja-bersegel.pdf",
                    signed.sealed,
                )
            )
    for snapshot in (queries.snapshot_of(case, ReportKind.COLLECTION), control):
        if snapshot:
            report = snapshot.report
            found.append((report.title, f"{report.kind}.pdf", snapshot.pdf))
    sizes = dict(
        Blob.objects.filter(pk__in=[f[2] for f in found]).values_list("pk", "size")
    )
    return [
        seal_sheet.Kept(about, name, sizes[sha256], sha256)
        for about, name, sha256 in found
    ]


@transaction.atomic
def _keep_once(case: Case, draft: making.Draft) -> Snapshot:
    """Keep a paper of the finished case unless somebody else just did."""
    Case.objects.select_for_update().get(pk=case.pk)
    known = queries.snapshot_of(case, draft.kind)
    if known and case.ended_at and known.made_at >= case.ended_at:
        return known
    return making.keep(case, draft, by=SYSTEM)


@transaction.atomic
def _keep_seal(
    case: Case, draft: making.Draft, sealed: bytes, count: int, head: str
) -> Snapshot:
    Case.objects.select_for_update().get(pk=case.pk)
    known = queries.snapshot_of(case, ReportKind.SEAL)
    if known:
        return known
    if record.head_of(case.stream) != (count, head):
        raise Refusal(say("Catatan kasus bertambah saat disegel. Segel sekali lagi."))
    snapshot = making.keep(case, making.with_pdf(draft, sealed), by=SYSTEM)
    ledger.seal(
        case.stream,
        Seal.Kind.CASE,
        count=count,
        head=head,
        document=snapshot.pdf,
        values_hash=proof.values_hash(frozen.thaw(draft.data).values),
        at=draft.at,
    )
    _send_sheet(case, at=draft.at)
    return snapshot


def _send_sheet(case: Case, *, at: datetime) -> None:
    """Put the sheet before those who noted a receipt: it proves only outside the server.

    A notice, no event: the last event lies under the seal.
    """
    takers = [row.received_by_id for row in cases.receipts(case)]
    notices.notify(
        {person for person in takers if person is not None},
        unit=case.unit,
        text=_(
            "Lembar segel %(case)s sudah dibuat. Unduh dan simpan di luar Himpun: "
            "dengannya perubahan catatan kasus dapat ditemukan."
        )
        % {"case": case},
        link=reverse("reporting:delivery", args=[case.pk]),
        about=f"segel:{case.pk}",
        by=SYSTEM,
        at=at,
    )
