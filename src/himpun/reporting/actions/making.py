"""Making papers: gathered and rendered outside any transaction, recorded inside one."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pikepdf
from django.conf import settings
from django.db import IntegrityError, transaction

from himpun.documents import papers
from himpun.ledger import actions as ledger
from himpun.ledger import queries as record
from himpun.organization import queries as organization
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.rules import CaseState
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..kinds import KINDS, collecting, frozen, parts
from ..models import PrintRecord, Report, Snapshot
from ..rules import ReportKind

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person
    from himpun.procedures.models import Case

OUTPUTS = rules.SIGNED | {ReportKind.COLLECTION}
"""Papers that are what the SOP says their step brings forth."""


def make_recap(case: Case, *, by: Person, at: datetime) -> Snapshot:
    """Make the Rekapitulasi from the values accepted so far."""
    return make(case, ReportKind.RECAP, by=by, at=at)


def make_performance_report(
    case: Case, *, by: Person, at: datetime, number: str = ""
) -> Snapshot:
    """Make the Laporan Kinerja: output of its step, needs all due values accepted.

    ``number`` is the office's letter number, if it gives one before signing.
    """
    return make(case, ReportKind.PERFORMANCE, by=by, at=at, number=number)


def make_collection_report(
    case: Case, *, by: Person, at: datetime, number: str = ""
) -> Snapshot:
    """Make the Laporan Pengumpulan with the signed report inside the file."""
    return make(case, ReportKind.COLLECTION, by=by, at=at, number=number)


def make_plan_paper(
    case: Case, *, by: Person, at: datetime, number: str = ""
) -> Snapshot:
    """Make the RKT or PK of a case from what planning holds of it now."""
    return make(case, queries.signed_kind(case), by=by, at=at, number=number)


def make(
    case: Case, kind: ReportKind, *, by: Person, at: datetime, number: str = ""
) -> Snapshot:
    """Make a new version of a paper and let it take the place of the former one.

    Raises Refusal when the step is not being worked, the person does not work it, the
    paper's data are incomplete, or changed while it was being rendered.
    """
    step, actor = maker(case, kind, by, at)
    _refuse_too_early(case, kind)
    written = " ".join(number.split())[:60]
    made = parts.Made(at=at, number=written, person=actor.person)
    content = KINDS[kind].gather(case, step, made)
    draft = draw(case, kind, content, at)
    with transaction.atomic():
        if KINDS[kind].gather(case, step, made) != content:
            raise Refusal(
                say("Data berubah saat kertas dibuat. Periksa, lalu buat sekali lagi.")
            )
        if kind is not ReportKind.CONTROL:
            procedures.touch(case, step, by=actor, at=at)
        snapshot = keep(case, draft, by=actor)
        _record_made(case, snapshot, by=actor, at=at)
        if kind in OUTPUTS:
            _produce(case, step, snapshot, draft.pdf, by=actor)
    return snapshot


def maker(
    case: Case, kind: ReportKind, person: Person, at: datetime
) -> tuple[str, Actor]:
    """Return the step of a paper and the person as its maker; raises Refusal.

    The lembar kendali may be printed by everybody in the office, as long as the case
    runs; the others are made by those who work their step, while it is open.
    """
    step = queries.step_for(case, KINDS[kind].work)
    if step is None or kind not in queries.kinds_of(case):
        raise Refusal(say("SOP kasus ini tidak membuat kertas itu."))
    if kind is ReportKind.CONTROL:
        if case.state != CaseState.RUNNING:
            raise Refusal(say("Lembar kendali kasus yang selesai dibuat saat disegel."))
        return step, organization.own_role(person, at)
    if cases.open_work(case, step) is None:
        raise Refusal(say("Langkah ini sedang tidak dikerjakan."))
    return step, cases.acting_at(person, case, step, at)


def _refuse_too_early(case: Case, kind: ReportKind) -> None:
    if kind is not ReportKind.PERFORMANCE:
        return
    waiting = queries.waiting_values(case)
    if waiting:
        raise Refusal(
            say(
                "Laporan Kinerja dibuat setelah semua nilai diterima. Masih "
                "%(count)s nilai menunggu, yang pertama %(name)s."
            ),
            count=len(waiting),
            name=waiting[0],
        )


@dataclass(frozen=True)
class Draft:
    """A paper that is rendered and not yet recorded."""

    kind: ReportKind
    code: str
    data: bytes
    pdf: bytes
    pages: int
    at: datetime


def draw(
    case: Case,
    kind: ReportKind,
    content: parts.Content,
    at: datetime,
    attached: tuple[papers.Attached, ...] = (),
) -> Draft:
    """Freeze what a paper says and render it from the frozen bytes alone.

    Raises Refusal without a public address: the QR would lead nowhere.
    """
    code = rules.new_code()
    count, head = (0, "") if kind in rules.DRAFTS else record.head_of(case.stream)
    issue = frozen.Issue(
        at=at,
        code=code,
        public_url=public_url(),
        certificate=queries.fingerprint(),
        mark=case.version.mark,
        head=head,
        count=count,
    )
    data = frozen.freeze(kind, content, issue)
    enclosures = (*attached, *enclosed(case, kind))
    pdf = frozen.show(frozen.thaw(data), attached=enclosures)
    return Draft(kind, code, data, pdf, page_count(pdf), at)


def with_pdf(draft: Draft, pdf: bytes) -> Draft:
    """Return the draft with a PDF that was sealed meanwhile."""
    return replace(draft, pdf=pdf)


def public_url() -> str:
    """Return the address that papers carry; raises Refusal when none is set."""
    url: str = settings.HIMPUN_PUBLIC_URL
    if not url:
        raise Refusal(
            say(
                "Alamat publik Himpun belum disetel, QR di kertas tidak akan berfungsi. "
                "Administrator perlu mengisi HIMPUN_PUBLIC_URL."
            )
        )
    return url


def enclosed(case: Case, kind: ReportKind) -> list[papers.Attached]:
    """Return what lies inside a paper: in that of step 5 the signed report."""
    signed = queries.signed_of(case)
    if kind is not ReportKind.COLLECTION or signed is None:
        return []
    return [
        papers.Attached(
            name=collecting.attached_name(signed),
            content=record.read_file(signed.signed),
            mime=signed.signed_mime,
            description="Laporan Kinerja yang ditandatangani",
            relationship="supplement",
        )
    ]


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a PDF of ours."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def keep(case: Case, draft: Draft, *, by: Actor) -> Snapshot:
    """Store a rendered paper as the newest version; inside the act's transaction."""
    report, _ = Report.objects.get_or_create(
        case=case,
        kind=draft.kind,
        defaults={"unit": case.unit, "period_code": case.period_code},
    )
    number = report.snapshots.count() + 1
    report.snapshots.filter(stale=False).update(stale=True)
    try:
        with transaction.atomic():
            return Snapshot.objects.create(
                report=report,
                number=number,
                code=draft.code,
                data=draft.data,
                sha256=frozen.sha256(draft.data),
                template=frozen.template_of(draft.kind),
                pdf=ledger.keep_file(draft.pdf, mime=rules.PDF, at=draft.at),
                pages=draft.pages,
                made_at=draft.at,
                made_role=by.role,
            )
    except IntegrityError:
        raise Refusal(
            say("Rekan Anda baru saja membuat kertas ini. Muat ulang halaman.")
        ) from None


def _record_made(case: Case, snapshot: Snapshot, *, by: Actor, at: datetime) -> None:
    procedures.write_event(
        case,
        "document.made",
        by=by,
        at=at,
        data={
            "kind": snapshot.report.kind,
            "number": snapshot.number,
            "snapshot": snapshot.sha256,
            "template": snapshot.template,
            "pdf": snapshot.pdf,
        },
    )


def _produce(
    case: Case, step: str, snapshot: Snapshot, pdf: bytes, *, by: Actor
) -> None:
    """Let the paper be what the SOP calls the step's output: its first document."""
    plan = cases.plan_of(case)
    outputs = [plan.artefact(name) for name in plan.step(step).outputs]
    documents = [a.id for a in outputs if a.kind == "dokumen" and a.signed_by is None]
    for name in documents[:1]:
        procedures.produce(
            case, step, name, by=by, at=snapshot.made_at, content=pdf, mime=rules.PDF
        )


@transaction.atomic
def record_print(snapshot: Snapshot, *, by: Person, at: datetime) -> PrintRecord:
    """Tick that this version was printed: the hard copy that the SOP asks for.

    By a worker of the step in which the paper is made. Raises Refusal for a version
    that another one replaced.
    """
    case = snapshot.case
    _step, actor = maker(case, ReportKind(snapshot.report.kind), by, at)
    if snapshot.stale:
        raise Refusal(
            say("Versi ini sudah diganti. Cetak versi terbaru, lalu tandai yang itu.")
        )
    record = PrintRecord.objects.create(
        snapshot=snapshot, printed_at=at, printed_by=by, printed_role=actor.role
    )
    procedures.write_event(
        case,
        "document.printed",
        by=actor,
        at=at,
        data={
            "kind": snapshot.report.kind,
            "number": snapshot.number,
            "snapshot": snapshot.sha256,
        },
    )
    return record
