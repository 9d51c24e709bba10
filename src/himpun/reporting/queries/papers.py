"""The papers of a case and of an office: which there are, and whether they still hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Prefetch

from himpun.collection import queries as collection
from himpun.collection.rules import EntryState
from himpun.ledger.models import Blob, Event
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.planning import queries as planning
from himpun.procedures import queries as procedures
from himpun.procedures.rules import CaseState
from himpun.shared.refusals import say

from .. import rules
from ..models import PrintRecord, Report, Signature, Snapshot
from ..rules import ReportKind, SignatureState
from . import signatures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from himpun.organization.models import Person, Unit
    from himpun.planning.models import AnnualPlan, PerjanjianKinerja
    from himpun.procedures.models import Case, Receipt, Task
    from himpun.worktime.periods import Period


def step_for(case: Case, work: str) -> str | None:
    """Return the first step of the case that asks for this kind of work."""
    steps = procedures.plan_of(case).steps
    found = (s.id for s in steps if work in procedures.kinds_of(case, s.id))
    return next(found, None)


def signed_kind(case: Case) -> ReportKind:
    """Return the paper that is signed in a case: of the plan where its SOP says so."""
    things = procedures.plan_of(case).artefacts
    named = (ReportKind(thing.paper) for thing in things if thing.paper)
    return next(named, ReportKind.PERFORMANCE)


def kinds_of(case: Case) -> tuple[ReportKind, ...]:
    """Return the kinds of paper of a case, in order."""
    kind = signed_kind(case)
    if kind in rules.PLANS:
        return (kind,)
    return tuple(kind for kind in ReportKind if kind not in rules.PLANS)


def promise_of(case: Case) -> AnnualPlan | PerjanjianKinerja | None:
    """Return what planning holds for the paper of a case; None without it.

    The newest RKT of the year, or the newest PK of the one position that signs.
    """
    year = case.period.year
    if signed_kind(case) is ReportKind.ANNUAL_PLAN:
        return planning.annual_plan(case.unit, year)
    positions = procedures.signer_positions(case)
    return planning.agreement(positions[0], year) if len(positions) == 1 else None


def snapshot_of(case: Case, kind: ReportKind) -> Snapshot | None:
    """Return the snapshot of a paper that holds now, None when there is none."""
    rows = Snapshot.objects.filter(
        report__case=case, report__kind=kind, stale=False
    ).select_related("report__case__unit")
    return rows.order_by("-number").first()


PRINTED = ("value.accepted", "item.waived", "request.waived", "exemption.granted")
"""Acts after which a paper no longer says all that it has to."""
PRINTED_IN_STEP_5 = (*PRINTED, "request.late")
"""The same for the report on the collection, which tells of each unit."""


def last_change_at(case: Case, acts: tuple[str, ...] = PRINTED) -> datetime | None:
    """Return when something that the papers print was last decided in the case.

    A value accepted, a line or a unit waived, an exception granted; of a paper of the
    plan, when the plan got its newest version.
    """
    if signed_kind(case) in rules.PLANS:
        promise = promise_of(case)
        return promise.made_at if promise else None
    rows = Event.objects.filter(stream=case.stream, type__in=acts)
    found: datetime | None = rows.aggregate(last=Max("at"))["last"]
    return found


def waiting_values(case: Case) -> list[str]:
    """Return the names of the values of the case that are not accepted yet, in order."""
    round_ = collection.round_of(case)
    if round_ is None:
        return []
    return [
        row.version.name
        for row in collection.rows(round_)
        if row.state is not EntryState.ACCEPTED
    ]


def is_current(snapshot: Snapshot | None, last: datetime | None) -> bool:
    """Whether a paper was made after all that it prints was decided."""
    return snapshot is not None and rules.up_to_date(snapshot.made_at, last)


def is_of_round(snapshot: Snapshot | None, task: Task) -> bool:
    """Whether a paper was made in this round of the step, of the plan as it stands."""
    if snapshot is None or snapshot.made_at < task.row_opened_at:
        return False
    return is_current(snapshot, last_change_at(task.case))


def is_deliverable(report: Snapshot | None, task: Task) -> bool:
    """Whether the report of step 5 is of this round and says all that it has to."""
    if report is None or report.made_at < task.row_opened_at:
        return False
    return is_current(report, last_change_at(task.case, PRINTED_IN_STEP_5))


def visible_snapshots(person: Any, at: datetime) -> QuerySet[Snapshot]:  # noqa: ANN401 - may be anonymous
    """Return the papers that a person may read."""
    offices = organization.visible_offices(person, at)
    return Snapshot.objects.filter(report__unit__in=offices).select_related(
        "report__case__unit__tenant", "report__case__version", "report__case__procedure"
    )


def size_of(blob: str) -> int:
    """Return how many bytes a kept file has."""
    return Blob.objects.get(pk=blob).size


def evidence_count(case: Case) -> int:
    """Return how many files of evidence the accepted values of a case rest on."""
    return sum(len(value.evidence) for value in collection.accepted_values(case))


def receipts_of(case: Case, step: str, number: int) -> list[Receipt]:
    """Return the copies that were sent in a round of a step."""
    rows = procedures.receipts(case)
    return [row for row in rows if (row.step, row.round) == (step, number)]


def titles_of(case: Case, actor: str) -> str:
    """Return the positions that an actor of the SOP is at this office."""
    ids = procedures.positions_of_actor(case.version_id, actor)
    rows = Position.objects.filter(pk__in=ids).order_by("pk")
    return ", ".join(rows.values_list("title", flat=True))


@dataclass(frozen=True)
class Copy:
    """A copy that was sent: to whom, and whether this person may note its receipt."""

    receipt: Receipt
    title: str
    mine: bool


def copies_of(case: Case, person: Person, at: datetime) -> list[Copy]:
    """Return the copies that were sent in a case, oldest round first."""
    sent = procedures.receipts(case)
    waiting = [row.actor for row in sent if row.received_at is None]
    takers = procedures.actor_hands(case, waiting, at) if waiting else {}
    return [
        Copy(
            receipt,
            titles_of(case, receipt.actor),
            receipt.received_at is None
            and any(h.person == person.pk for h in takers.get(receipt.actor, [])),
        )
        for receipt in sent
    ]


@dataclass(frozen=True)
class Paper:
    """A kind of paper of a case with its versions, the newest first."""

    kind: ReportKind
    title: str
    snapshots: tuple[Snapshot, ...]
    current: Snapshot | None
    fresh: bool
    prints: tuple[PrintRecord, ...]
    signature: Signature | None

    @property
    def printed(self) -> bool:
        """Whether the current version was ticked as printed."""
        return bool(self.prints)

    @property
    def words(self) -> str:
        """What may be said of its signature."""
        return signatures.verdict_words(self.signature) if self.signature else ""


def case_papers(case: Case) -> list[Paper]:
    """Return every kind of paper of a case in order, made or not; constant queries."""
    reports = {
        ReportKind(report.kind): report
        for report in case.reports.prefetch_related(
            Prefetch(
                "snapshots",
                Snapshot.objects.order_by("-number")
                .select_related("report")
                .defer("data"),
            ),
            "snapshots__prints",
            Prefetch("snapshots__signatures", _standing_signatures()),
        )
    }
    last, of_units = last_change_at(case), last_change_at(case, PRINTED_IN_STEP_5)
    return [
        _paper(
            kind,
            reports.get(kind),
            of_units if kind is ReportKind.COLLECTION else last,
        )
        for kind in kinds_of(case)
    ]


def _standing_signatures() -> QuerySet[Signature]:
    return Signature.objects.exclude(state=SignatureState.WITHDRAWN)


def _paper(kind: ReportKind, report: Report | None, last: datetime | None) -> Paper:
    snapshots = tuple(report.snapshots.all()) if report else ()
    current = next((s for s in snapshots if not s.stale), None)
    found = list(current.signatures.all()) if current else []
    return Paper(
        kind=kind,
        title=rules.TITLES[kind],
        snapshots=snapshots,
        current=current,
        fresh=is_current(current, last),
        prints=tuple(current.prints.all()) if current else (),
        signature=found[0] if found else None,
    )


@dataclass(frozen=True)
class Held:
    """A paper that holds, the file that proves it, and what may be said of it."""

    snapshot: Snapshot
    blob: str
    words: str


def held_paper(unit: Unit, period: Period, kind: ReportKind) -> Held | None:
    """Return the paper of an office for a period that holds now, None without one.

    Of several PK it is that of the office's head.

    The file is the signed PDF, else the sealed one, else the one that was drawn. The
    scan of a paper signed by hand cannot be checked: its file is the sealed PDF.
    """
    rows = Snapshot.objects.filter(
        report__unit=unit,
        report__period_code=period.code,
        report__kind=kind,
        stale=False,
    ).exclude(report__case__state=CaseState.CANCELLED)
    newest = rows.select_related("report__case__version").order_by("-made_at", "-pk")
    if kind is ReportKind.AGREEMENT:
        found = next((one for one in newest if _is_of_head(one)), None)
    else:
        found = newest.first()
    if found is None:
        return None
    signature = signatures.signature_of(found)
    if signature is None or not signature.sealed:
        bare = say("tanpa tanda tangan")
        own = say("bersegel mesin Himpun")
        return Held(found, found.pdf, own if kind is ReportKind.SEAL else bare)
    by_hand = signature.backend == rules.Backend.MANUAL
    signed = "" if by_hand else signature.signed
    words = signatures.verdict_words(signature) or say("bersegel, belum ditandatangani")
    return Held(found, signed or signature.sealed, words)


def _is_of_head(snapshot: Snapshot) -> bool:
    signing = procedures.signer_positions(snapshot.case)
    heads = Position.objects.filter(pk__in=signing, kind=PositionKind.HEAD)
    return heads.exists()


@dataclass(frozen=True)
class Archived:
    """A line of the archive: the paper that holds, and how it was signed."""

    snapshot: Snapshot
    signature: Signature | None

    @property
    def words(self) -> str:
        """What may be said of its signature."""
        return signatures.verdict_words(self.signature) if self.signature else ""


def archive(person: Person, at: datetime) -> QuerySet[Snapshot]:
    """Return the papers that hold now of all cases a person may read, newest first.

    `archived` turns a page of them into lines.
    """
    return (
        visible_snapshots(person, at)
        .filter(stale=False)
        .defer("data")
        .prefetch_related(Prefetch("signatures", _standing_signatures()))
        .order_by("-made_at", "-pk")
    )


def archived(rows: Iterable[Snapshot]) -> list[Archived]:
    """Return the lines of a page of the archive."""
    return [Archived(row, next(iter(row.signatures.all()), None)) for row in rows]
