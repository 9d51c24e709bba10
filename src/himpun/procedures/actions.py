"""What people do with an SOP and its cases. Each act is one transaction with its event.

The machine's rules (one winner, transitions only from the pinned plan, one deadline a
row, a return opens a new round) are those of docs/decisions/0006.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from himpun import worktime
from himpun.documents import uploads
from himpun.ledger import actions as ledger
from himpun.ledger.rules import SYSTEM, Actor
from himpun.organization import actions as office_actions
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.shared.refusals import Refusal, say
from himpun.sop import moves
from himpun.sop.check import check
from himpun.sop.document import fingerprint
from himpun.sop.plan import plan as make_plan
from himpun.sop.plan import to_json
from himpun.worktime.periods import Period, PeriodKind

from . import queries, registry, rules
from .models import (
    ActorBinding,
    Artefact,
    Attachment,
    Case,
    ChecklistItem,
    Finding,
    Procedure,
    ProcedureVersion,
    Receipt,
    Task,
)
from .rules import CaseState, ItemState, Part, VersionState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from himpun.organization.models import Person, Unit
    from himpun.organization.rules import PositionKind
    from himpun.sop.model import Sop
    from himpun.sop.plan import CoActor, Plan, Step

    from .registry import Missing

SHORTEST_REASON = 10


class Incomplete(Refusal):
    """A task that still lacks something; ``missing`` lists what, with links."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(
            say("Langkah ini belum dapat ditutup, masih kurang %(count)s hal."),
            count=len(missing),
        )


def write_event(
    case: Case, kind: str, *, by: Actor, at: datetime, data: dict[str, Any]
) -> None:
    """Record an event in the case's stream."""
    ledger.record(case.stream, kind, by=by, at=at, data=data)


def _reason(text: str) -> str:
    """Return the reason without spaces around it; raises Refusal when it says little."""
    cleaned = " ".join(text.split())
    if len(cleaned) < SHORTEST_REASON:
        raise Refusal(
            say("Tulis alasan, paling sedikit %(n)s huruf."),
            field="reason",
            n=SHORTEST_REASON,
        )
    return cleaned


# The SOP at an office


@transaction.atomic
def adopt(  # noqa: PLR0913 - the document, who its actors are, who, when, its mark
    office: Unit,
    source: bytes,
    bindings: Mapping[str, Iterable[Position]],
    *,
    by: Actor,
    at: datetime,
    mark: str = "",
) -> ProcedureVersion:
    """Let an SOP come into force at an office as an immutable, hashed version.

    ``bindings`` gives each actor of the SOP its positions of this office. ``mark`` is
    printed on form and papers ("CONTOH, belum disahkan"). Raises Refusal with the first
    error of the file, or with the actor that has no position.
    """
    checked = check(source)
    if checked.sop is None or checked.errors:
        first = checked.errors[0]
        raise Refusal(
            say("SOP belum dapat diberlakukan. Baris %(line)s: %(what)s"),
            line=first.line,
            what=first.sentence,
        )
    document = checked.sop
    bound = _bound(document, bindings, office)
    procedure, _ = Procedure.objects.get_or_create(
        unit=office, code=document.id, defaults={"name": _name(document)}
    )
    procedure.versions.filter(state=VersionState.ADOPTED).update(
        state=VersionState.SUPERSEDED
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=procedure.versions.count() + 1,
        source=source.decode(),
        fingerprint=fingerprint(document),
        plan=to_json(make_plan(document)),
        mark=mark,
        state=VersionState.ADOPTED,
        adopted_at=at,
        adopted_role=by.role,
    )
    ActorBinding.objects.bulk_create(
        ActorBinding(version=version, actor=actor, position=position)
        for actor, positions in bound.items()
        for position in positions
    )
    _keep_findings(version, document)
    ledger.record(
        f"sop:{office.pk}",
        "sop.adopted",
        by=by,
        at=at,
        data={
            "version": version.pk,
            "code": procedure.code,
            "number": version.number,
            "fingerprint": version.fingerprint,
            "bindings": {a: [p.pk for p in ps] for a, ps in bound.items()},
        },
    )
    return version


def _name(document: Sop) -> str:
    name = document.identitas.nama
    return name.teks if name else document.id


def _bound(
    document: Sop, bindings: Mapping[str, Iterable[Position]], office: Unit
) -> dict[str, list[Position]]:
    bound = {actor.id: list(bindings.get(actor.id, ())) for actor in document.pelaksana}
    for actor in document.pelaksana:
        if not bound[actor.id]:
            raise Refusal(
                say(
                    "Pelaksana %(actor)s belum dihubungkan dengan jabatan. "
                    "Pilih paling sedikit satu jabatan."
                ),
                actor=actor.label.teks,
            )
        for position in bound[actor.id]:
            if position.unit.office_id != office.pk:
                raise Refusal(
                    say("%(position)s bukan jabatan di %(office)s."),
                    position=position.title,
                    office=office.name,
                )
    return bound


def _keep_findings(version: ProcedureVersion, document: Sop) -> None:
    Finding.objects.bulk_create(
        Finding(
            version=version,
            code=found.id,
            place=found.di,
            problem=found.masalah,
            reading=found.tafsir,
            options=list(found.pilihan),
            needs_confirmation=found.status == "perlu-konfirmasi",
        )
        for found in document.temuan
    )


@transaction.atomic
def confirm_finding(finding: Finding, *, by: Person, at: datetime) -> None:
    """Confirm the reading of an oddity; the office's Kasubbag, Sekcam or Camat may."""
    office = finding.version.procedure.unit
    actor = _starter_or_head(by, office, at)
    if finding.confirmed_at:
        raise Refusal(say("Temuan ini sudah dikonfirmasi."))
    finding.confirmed_at, finding.confirmed_role = at, actor.role
    finding.save(update_fields=["confirmed_at", "confirmed_role"])
    ledger.record(
        f"sop:{office.pk}",
        "finding.confirmed",
        by=actor,
        at=at,
        data={"version": finding.version_id, "finding": finding.code},
    )


def _starter_or_head(person: Person, office: Unit, at: datetime) -> Actor:
    return _holder(
        person,
        office,
        rules.DECIDERS,
        at,
        say("Hanya Kasubbag, Sekcam, atau Camat kantor ini yang dapat melakukannya."),
    )


def _holder(
    person: Person,
    office: Unit,
    kinds: Iterable[PositionKind],
    at: datetime,
    otherwise: str,
) -> Actor:
    positions = Position.objects.filter(unit__office=office, kind__in=list(kinds))
    try:
        return organization.acting(person, positions.values_list("pk", flat=True), at)
    except Refusal:
        raise Refusal(otherwise) from None


# A case


@transaction.atomic
def start_case(
    version: ProcedureVersion, period: Period, *, by: Person, at: datetime
) -> Case:
    """Open a case of an SOP for a period and its first step.

    Kasubbag or Sekcam of the office may. Raises Refusal for a second case of the same
    SOP, office and period, for a period that has not begun, and when the calendar does
    not reach so far.
    """
    office = version.procedure.unit
    actor = _holder(
        by,
        office,
        rules.STARTERS,
        at,
        say("Kasus dimulai oleh Kasubbag atau Sekcam kantor ini."),
    )
    return _start(version, period, by=actor, at=at)


def _start(
    version: ProcedureVersion, period: Period, *, by: Actor, at: datetime
) -> Case:
    office = version.procedure.unit
    if version.state != VersionState.ADOPTED:
        raise Refusal(say("Versi SOP ini sudah digantikan. Pilih versi yang berlaku."))
    if period.start > organization.local_day(at, office):
        raise Refusal(say("%(period)s belum dimulai."), period=period.label)
    case = _new_case(version, period, by, at)
    plan = queries.plan_of(case)
    _make_checklist(case, plan, period)
    write_event(
        case,
        "case.opened",
        by=by,
        at=at,
        data={
            "version": version.pk,
            "fingerprint": version.fingerprint,
            "period": period.code,
            "unit": office.pk,
        },
    )
    _move(case, moves.start(plan), by=by, at=at)
    return case


def _position(case: Case) -> moves.Position:
    arrived = (moves.Arrival(*pair) for pair in case.position["arrived"])
    return moves.Position(frozenset(case.position["open"]), frozenset(arrived))


def _move(case: Case, to: moves.Position, *, by: Actor, at: datetime) -> None:
    """Keep where the case stands now and open the steps that have become open."""
    before = set(case.position["open"])
    case.position = {
        "open": sorted(to.open),
        "arrived": sorted([a.join, a.source] for a in to.arrived),
    }
    case.save(update_fields=["position"])
    for step in queries.plan_of(case).steps:
        if step.id in to.open - before:
            _open_step(case, step.id, by=by, at=at)


def _new_case(
    version: ProcedureVersion, period: Period, by: Actor, at: datetime
) -> Case:
    try:
        with transaction.atomic():
            return Case.objects.create(
                procedure=version.procedure,
                version=version,
                unit=version.procedure.unit,
                period_code=period.code,
                opened_at=at,
                opened_role=by.role,
            )
    except IntegrityError:
        raise Refusal(
            say(
                "%(name)s untuk %(period)s sudah ada. Lanjutkan kasus itu, atau "
                "batalkan dengan alasan bila keliru."
            ),
            name=version.procedure.name,
            period=period.label,
        ) from None


def _make_checklist(case: Case, plan: Plan, period: Period) -> None:
    """Make a line for each thing that a step needs; a monthly report has one a month.

    An item that `operasional.tidak_berlaku` names for this kind of period is closed by
    the reason that stands there.
    """
    for step in plan.steps:
        for item in step.items:
            reason = next(
                (e.reason for e in item.not_applicable if period.kind in e.periods), ""
            )
            for line in rules.lines(item.id, period):
                ChecklistItem.objects.create(
                    case=case,
                    step=step.id,
                    item=item.id,
                    line=line.code if line else "",
                    name=f"{item.name}, {line.label}" if line else item.name,
                    required=item.required,
                    source=item.source or "",
                    state=ItemState.NOT_APPLICABLE if reason else ItemState.OPEN,
                    reason=ledger.keep_text(reason) if reason else "",
                    decided_role="setelan operasional SOP" if reason else "",
                )


def _open_step(case: Case, step_id: str, *, by: Actor, at: datetime) -> Task:
    """Open a round of a step with its one deadline, and the work of its kinds."""
    plan = queries.plan_of(case)
    step = plan.step(step_id)
    number = queries.rounds_of(case, step_id) + 1
    due, version = _deadline(case.unit, step, plan, at)
    shared: dict[str, Any] = {
        "case": case,
        "step": step_id,
        "unit": case.unit,
        "round": number,
        "opened_at": at,
        "row_opened_at": at,
        "deadline": due.at,
        "deadline_firm": due.firm,
        "calendar_version": version,
    }
    work = Task.objects.create(part=Part.WORK, actor=step.responsible, **shared)
    for other in step.co_actors:
        if Part(other.way) in rules.ALONGSIDE:
            Task.objects.create(part=other.way, actor=other.actor, **shared)
    write_event(
        case,
        "step.opened",
        by=by,
        at=at,
        data={
            "step": step_id,
            "round": number,
            "deadline": due.at,
            "firm": due.firm,
            "calendar_version": version,
        },
    )
    for kind in registry.kinds(queries.kinds_of(case, step_id)):
        kind.opened(work, at=at)
    return work


def _deadline(
    office: Unit, step: Step, plan: Plan, at: datetime
) -> tuple[worktime.Deadline, int]:
    calendar = organization.calendar_of(office)
    try:
        due = worktime.deadline(
            calendar.calendar, at, step.amount, step.unit, plan.day_meaning
        )
    except worktime.OutsideCalendar as gap:
        raise Refusal(str(gap)) from None
    return due, calendar.version


@transaction.atomic
def cancel_case(case: Case, *, reason: str, by: Person, at: datetime) -> None:
    """Cancel a case started by mistake, before anything in it is signed; it stays."""
    actor = _starter_or_head(by, case.unit, at)
    case = lock(case)
    if queries.is_signed(case):
        raise Refusal(
            say("Kasus ini sudah memuat kertas bertanda tangan dan tidak dapat batal.")
        )
    text = ledger.keep_text(_reason(reason))
    case.state, case.ended_at, case.cancel_reason = CaseState.CANCELLED, at, text
    case.save(update_fields=["state", "ended_at", "cancel_reason"])
    case.tasks.filter(done_at__isnull=True).update(done_at=at, outcome="dibatalkan")
    write_event(case, "case.cancelled", by=actor, at=at, data={"reason": text})


def lock(case: Case) -> Case:
    """Return the case locked for this transaction; raises Refusal when it has ended."""
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if locked.state != CaseState.RUNNING:
        raise Refusal(say("Kasus ini sudah %(state)s."), state=locked.state)
    return locked


# The work of a step


def touch(case: Case, step: str, *, by: Actor, at: datetime) -> None:
    """Mark the start of a step's work: the first saved act of a holder, once a round."""
    task = queries.open_work(case, step)
    if task is None or task.started_at:
        return
    Task.objects.filter(pk=task.pk, started_at__isnull=True).update(started_at=at)
    write_event(
        case,
        "task.started",
        by=by,
        at=at,
        data={"task": task.pk, "step": step, "round": task.round},
    )


@transaction.atomic
def complete_task(task: Task, *, by: Person, at: datetime, outcome: str = "") -> None:
    """Close a task and open what follows.

    Exactly one of several people who try at once wins; the others get a Refusal that
    names the winner's role. Raises Incomplete with everything that is missing.
    """
    case = lock(task.case)
    task = Task.objects.select_related("case").get(pk=task.pk)
    _refuse_done(task)
    positions = queries.positions_of_actor(case.version_id, task.actor)
    actor = organization.acting(by, positions, at)
    missing = queries.missing_of(task, at)
    if missing:
        raise Incomplete(missing)
    _check_outcome(task, outcome)
    if task.part in rules.DOING:
        for kind in registry.kinds(queries.kinds_of(case, task.step)):
            kind.closing(task, by=actor, at=at)
        _check_outputs(task)
    _win(task, by=by, actor=actor, at=at, outcome=outcome)
    write_event(
        case,
        "task.done",
        by=actor,
        at=at,
        data={
            "task": task.pk,
            "step": task.step,
            "part": task.part,
            "actor": task.actor,
            "round": task.round,
            "outcome": outcome,
        },
    )
    _advance(case, task, by=actor, at=at, outcome=outcome)


def _refuse_done(task: Task) -> None:
    if task.done_at:
        raise Refusal(
            say("Tugas ini sudah ditutup oleh %(role)s."),
            role=task.done_role or "Himpun",
        )


def _win(task: Task, *, by: Person, actor: Actor, at: datetime, outcome: str) -> None:
    won = Task.objects.filter(pk=task.pk, done_at__isnull=True).update(
        started_at=task.started_at or at,
        done_at=at,
        done_by=by,
        done_role=actor.role,
        outcome=outcome,
    )
    if not won:
        task.refresh_from_db()
        _refuse_done(task)


def _check_outcome(task: Task, outcome: str) -> None:
    doing = task.part in rules.DOING
    names = [b.name for b in queries.step_of(task).outcomes] if doing else []
    if names and outcome not in names:
        raise Refusal(
            say("Pilih hasil langkah ini: %(names)s."), names=", ".join(names)
        )
    if outcome and not names:
        raise Refusal(
            say("Bagian ini tidak mempunyai pilihan hasil. Tutup tugas tanpa memilih.")
        )


def _check_outputs(task: Task) -> None:
    unmade = queries.unmade_outputs(task)
    if unmade:
        plan = queries.plan_of(task.case)
        raise Refusal(
            say("Hasil langkah ini belum ada: %(names)s."),
            names=", ".join(plan.artefact(a).name for a in unmade),
        )


def _advance(case: Case, task: Task, *, by: Actor, at: datetime, outcome: str) -> None:
    """Open what follows a closed task: a co-actor, the next steps, or the end."""
    step = queries.step_of(task)
    row = case.tasks.filter(step=task.step, round=task.round)
    if task.part in rules.DOING and row.filter(part=Part.EITHER).exists():
        row.filter(part__in=rules.DOING, done_at__isnull=True).update(
            done_at=at, outcome="tidak-diperlukan"
        )
    if row.filter(done_at__isnull=True).exists():
        return
    taken = set(row.values_list("part", "actor"))
    for other in step.co_actors:
        if (other.way, other.actor) not in taken:
            _open_co_actor(task, other, at)
            return
    chosen = outcome or _chosen(row)
    plan = queries.plan_of(case)
    position = moves.close(plan, _position(case), task.step, chosen or None)
    _move(case, position, by=by, at=at)
    if not position.open:
        _finish(case, by=by, at=at)


def _chosen(row: Any) -> str:  # noqa: ANN401 - a queryset of Task
    doing = row.filter(part__in=rules.DOING).exclude(outcome="tidak-diperlukan")
    done = doing.first()
    return done.outcome if done else ""


def _open_co_actor(task: Task, other: CoActor, at: datetime) -> None:
    """Open a co-actor's part; it shares the row's deadline and clock."""
    Task.objects.create(
        case=task.case,
        step=task.step,
        part=other.way,
        actor=other.actor,
        unit=task.unit,
        round=task.round,
        opened_at=at,
        row_opened_at=task.row_opened_at,
        deadline=task.deadline,
        deadline_firm=task.deadline_firm,
        calendar_version=task.calendar_version,
    )


def _finish(case: Case, *, by: Actor, at: datetime) -> None:
    Case.objects.filter(pk=case.pk).update(state=CaseState.FINISHED, ended_at=at)
    write_event(case, "case.finished", by=by, at=at, data={})
    for kind in registry.kinds(queries.all_kinds_of(case)):
        kind.finished(case, at=at)


@transaction.atomic
def return_step(  # noqa: PLR0913 - what, whereto, why, which values, who, when
    task: Task,
    *,
    to: str,
    reason: str,
    values: Iterable[int] = (),
    by: Person,
    at: datetime,
) -> Task:
    """Send the work back with a reason; a counted round opens with a fresh deadline.

    From a step to an earlier one where the SOP's `pengembalian` allows it, or from a
    co-actor to the step's own maker. ``values`` are the entries that it reopens;
    accepted ones that are not named stay locked. Raises Refusal at the SOP's cap.
    """
    case = lock(task.case)
    task = Task.objects.select_related("case").get(pk=task.pk)
    _refuse_done(task)
    positions = queries.positions_of_actor(case.version_id, task.actor)
    actor = organization.acting(by, positions, at)
    _check_return(case, task, to)
    text = _reason(reason)
    hashed = ledger.keep_text(text)
    _close_returned(case, task, to, by=by, actor=actor, at=at)
    named = sorted(set(values))
    write_event(
        case,
        "step.returned",
        by=actor,
        at=at,
        data={"step": task.step, "to": to, "reason": hashed, "values": named},
    )
    if to == task.step:
        _open_step(case, to, by=actor, at=at)
    else:
        plan = queries.plan_of(case)
        position = moves.give_back(plan, _position(case), task.step, to)
        _move(case, position, by=actor, at=at)
    opened = case.tasks.get(step=to, part=Part.WORK, done_at__isnull=True)
    for kind in registry.kinds(queries.kinds_of(case, to)):
        kind.returned(opened, reason=text, values=named)
    return opened


def _close_returned(  # noqa: PLR0913 - what, whereto, who in which role, when
    case: Case, task: Task, to: str, *, by: Person, actor: Actor, at: datetime
) -> None:
    """Close the open tasks of a row that is given back, and of what goes back with it."""
    steps = {task.step}
    if to != task.step:
        plan = queries.plan_of(case)
        before = _position(case)
        after = moves.give_back(plan, before, task.step, to)
        steps |= before.open - after.open
    case.tasks.filter(step__in=steps, done_at__isnull=True).update(
        done_at=at, done_by=by, done_role=actor.role, outcome=f"kembali:{to}"
    )


def _check_return(case: Case, task: Task, to: str) -> None:
    if to == task.step and task.part != Part.WORK:
        return
    right = queries.right_to_return(case, task.step, to)
    if right is None or task.part != Part.WORK:
        raise Refusal(say("SOP ini tidak mengatur pengembalian ke langkah itu."))
    cap = case.return_caps.get(f"{task.step}>{to}", right.limit)
    made = queries.returns_made(case, task.step, to)
    if cap is not None and made >= cap:
        raise Refusal(
            say(
                "Langkah ini sudah dikembalikan %(made)s kali, batas menurut SOP. "
                "Sekcam dapat menaikkan batas untuk kasus ini dengan alasan."
            ),
            made=made,
        )


@transaction.atomic
def raise_cap(  # noqa: PLR0913 - which right, how far, why, who, when
    case: Case,
    *,
    source: str,
    to: str,
    limit: int,
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    """Let the Sekcam allow more returns in this one case, with a reason."""
    actor = _holder(
        by,
        case.unit,
        rules.CAP_RAISERS,
        at,
        say("Batas pengembalian dinaikkan oleh Sekcam."),
    )
    case = lock(case)
    right = queries.right_to_return(case, source, to)
    if right is None or right.limit is None or limit <= right.limit:
        raise Refusal(say("Batas baru harus lebih besar daripada batas menurut SOP."))
    text = ledger.keep_text(_reason(reason))
    case.return_caps = {**case.return_caps, f"{source}>{to}": limit}
    case.save(update_fields=["return_caps"])
    write_event(
        case,
        "return_cap.raised",
        by=actor,
        at=at,
        data={"step": source, "to": to, "limit": limit, "reason": text},
    )


# Kelengkapan, results, copies


@transaction.atomic
def attach(
    item: ChecklistItem,
    *,
    content: bytes,
    filename: str,
    by: Person,
    at: datetime,
) -> Attachment:
    """Attach a file to a line of the kelengkapan of the step that is being worked."""
    case = lock(item.case)
    actor = _worker(case, item.step, by, at)
    kind = recognised(content, filename)
    blob = ledger.keep_file(content, mime=kind.mime, at=at)
    name = ledger.keep_text(filename)
    attachment = Attachment.objects.create(
        item=item, blob=blob, name=name, added_at=at, added_by=by
    )
    ChecklistItem.objects.filter(pk=item.pk).update(state=ItemState.ATTACHED)
    touch(case, item.step, by=actor, at=at)
    write_event(
        case,
        "item.attached",
        by=actor,
        at=at,
        data={"item": item.item, "line": item.line, "blob": blob, "name": name},
    )
    return attachment


def recognised(content: bytes, filename: str) -> uploads.Kind:
    """Return what a file is; raises Refusal with the sentence why it is not taken."""
    try:
        return uploads.recognise(content, filename)
    except uploads.NotAccepted as wrong:
        raise Refusal(str(wrong), field="file") from None


def _worker(case: Case, step: str, person: Person, at: datetime) -> Actor:
    """Return the person as a worker of the step; raises Refusal when it is not open."""
    if queries.open_work(case, step) is None:
        raise Refusal(say("Langkah ini sedang tidak dikerjakan."))
    return organization.acting(person, queries.work_positions(case, step), at)


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Take a file off a line; the file and the act stay in the record."""
    item = attachment.item
    case = lock(item.case)
    actor = _worker(case, item.step, by, at)
    if attachment.removed_at:
        raise Refusal(say("Berkas ini sudah dilepas."))
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])
    if not item.attachments.filter(removed_at__isnull=True).exists():
        ChecklistItem.objects.filter(pk=item.pk).update(state=ItemState.OPEN)
    write_event(
        case,
        "item.detached",
        by=actor,
        at=at,
        data={"item": item.item, "line": item.line, "blob": attachment.blob},
    )


@transaction.atomic
def waive(item: ChecklistItem, *, reason: str, by: Person, at: datetime) -> None:
    """Close a line without its file, with a reason; it stands in the print.

    Only a co-actor of the step or the head of the office may.
    """
    case = lock(item.case)
    positions = queries.may_waive(by, case, item.step, at)
    if not positions:
        raise Refusal(
            say(
                "Pengecualian kelengkapan diputuskan oleh pejabat yang memaraf langkah "
                "ini atau oleh Camat."
            )
        )
    if item.state != ItemState.OPEN:
        raise Refusal(say("Butir ini sudah terpenuhi atau sudah dikecualikan."))
    actor = organization.acting(by, positions, at)
    text = ledger.keep_text(_reason(reason))
    item.state, item.reason = ItemState.WAIVED, text
    item.decided_role, item.decided_at = actor.role, at
    item.save(update_fields=["state", "reason", "decided_role", "decided_at"])
    write_event(
        case,
        "item.waived",
        by=actor,
        at=at,
        data={"item": item.item, "line": item.line, "reason": text},
    )


def fulfil(case: Case, step: str, item: str, *, note: str, at: datetime) -> None:
    """Close a line of the kelengkapan by what the case itself already holds."""
    rows = ChecklistItem.objects.filter(
        case=case, step=step, item=item, state=ItemState.OPEN
    )
    for row in rows:
        row.state, row.reason = ItemState.ATTACHED, ledger.keep_text(note)
        row.decided_role, row.decided_at = SYSTEM.role, at
        row.save(update_fields=["state", "reason", "decided_role", "decided_at"])


def produce(  # noqa: PLR0913 - where, what, who, when, the file
    case: Case,
    step: str,
    artefact: str,
    *,
    by: Actor,
    at: datetime,
    content: bytes | None = None,
    mime: str = "",
) -> Artefact:
    """Bring forth an artefact of a step, as a new version; inside the act's transaction."""
    blob = ledger.keep_file(content, mime=mime, at=at) if content is not None else ""
    row = Artefact.objects.create(
        case=case,
        artefact=artefact,
        step=step,
        number=case.artefacts.filter(artefact=artefact).count() + 1,
        blob=blob,
        made_at=at,
        made_role=by.role,
    )
    write_event(
        case,
        "artefact.made",
        by=by,
        at=at,
        data={"artefact": artefact, "number": row.number, "step": step, "blob": blob},
    )
    return row


@transaction.atomic
def hand_in(  # noqa: PLR0913 - what, its name, who, when
    task: Task,
    artefact: str,
    *,
    content: bytes,
    filename: str,
    by: Person,
    at: datetime,
) -> Artefact:
    """Upload the result of a plain step, one that no app of Himpun makes itself."""
    case = lock(task.case)
    actor = _worker(case, task.step, by, at)
    if artefact not in queries.step_of(task).outputs:
        raise Refusal(say("Langkah ini tidak menghasilkan itu menurut SOP."))
    kind = recognised(content, filename)
    touch(case, task.step, by=actor, at=at)
    return produce(
        case, task.step, artefact, by=actor, at=at, content=content, mime=kind.mime
    )


def send_copies(task: Task, *, by: Actor, at: datetime) -> list[Receipt]:
    """Send the step's copies (tembusan) to the actors that the SOP names; once a round."""
    case = task.case
    sent = []
    for actor in queries.step_of(task).copies_to:
        receipt, new = Receipt.objects.get_or_create(
            case=case,
            step=task.step,
            actor=actor,
            round=task.round,
            defaults={"sent_at": at},
        )
        if new:
            sent.append(receipt)
            write_event(
                case,
                "copy.sent",
                by=by,
                at=at,
                data={"step": task.step, "actor": actor, "round": task.round},
            )
    return sent


@transaction.atomic
def receive_copy(receipt: Receipt, *, by: Person, at: datetime) -> None:
    """Record that a copy was received by a holder of the actor's positions."""
    case = lock(receipt.case)
    positions = queries.positions_of_actor(case.version_id, receipt.actor)
    actor = organization.acting(by, positions, at)
    won = Receipt.objects.filter(pk=receipt.pk, received_at__isnull=True).update(
        received_at=at, received_by=by, received_role=actor.role
    )
    if not won:
        raise Refusal(say("Tembusan ini sudah dicatat diterima."))
    write_event(
        case,
        "copy.received",
        by=actor,
        at=at,
        data={"step": receipt.step, "actor": receipt.actor, "round": receipt.round},
    )


# The calendar


@transaction.atomic
def confirm_calendar(
    office: Unit, calendar: worktime.Calendar, *, by: Person, at: datetime
) -> int:
    """Put a confirmed calendar into force and recompute open deadlines, each by an event.

    Return how many deadlines moved or became firm. The tenant's administrator may.
    """
    office_actions.may_administer(by, office.tenant_id, at)
    actor = organization.own_role(by, at)
    row = office_actions.set_calendar(office, calendar, by=actor, at=at)
    moved = 0
    open_rows = Task.objects.filter(
        case__unit=office, done_at__isnull=True, case__state=CaseState.RUNNING
    ).select_related("case")
    for task in open_rows:
        moved += _recompute(task, row.version, calendar, by=actor, at=at)
    return moved


def _recompute(
    task: Task,
    version: int,
    calendar: worktime.Calendar,
    *,
    by: Actor,
    at: datetime,
) -> int:
    plan = queries.plan_of(task.case)
    step = plan.step(task.step)
    try:
        due = worktime.deadline(
            calendar, task.row_opened_at, step.amount, step.unit, plan.day_meaning
        )
    except worktime.OutsideCalendar as gap:
        raise Refusal(str(gap)) from None
    if (due.at, due.firm) == (task.deadline, task.deadline_firm):
        return 0
    before = task.deadline
    task.deadline, task.deadline_firm = due.at, due.firm
    task.calendar_version = version
    task.save(update_fields=["deadline", "deadline_firm", "calendar_version"])
    write_event(
        task.case,
        "deadline.recomputed",
        by=by,
        at=at,
        data={
            "task": task.pk,
            "before": before,
            "deadline": due.at,
            "firm": due.firm,
            "calendar_version": version,
        },
    )
    return 1


def start_due_cases(at: datetime) -> list[Case]:
    """Start the cases that the SOPs' schedules call for; safe to repeat.

    A case starts on the n-th working day after its period ended (later when nothing ran
    that day); a period that has or had a case is left alone, and so is one whose day
    came before the SOP was adopted. An office whose calendar does not reach that day, or
    the deadline of the first step, is skipped and holds nobody else up: `himpun doctor`
    names it.
    """
    started = []
    rows = ProcedureVersion.objects.filter(state=VersionState.ADOPTED).select_related(
        "procedure__unit"
    )
    for version in rows:
        period = _due_period(version, at)
        if period is None:
            continue
        taken = Case.objects.filter(
            procedure=version.procedure,
            period_code=period.code,
        ).exists()
        if not taken:
            with suppress(Refusal), transaction.atomic():
                started.append(_start(version, period, by=SYSTEM, at=at))
    return started


def _due_period(version: ProcedureVersion, at: datetime) -> Period | None:
    schedule = queries.plan_of_version(version).schedule
    if schedule is None:
        return None
    office = version.procedure.unit
    today = organization.local_day(at, office)
    period = worktime.period_of(PeriodKind(schedule.period), today).before()
    try:
        calendar = organization.calendar_of(office).calendar
        day = worktime.nth_working_day(calendar, period.end, schedule.working_day)
    except (Refusal, worktime.OutsideCalendar):
        return None
    in_force = organization.local_day(version.adopted_at, office) <= day
    return period if in_force and day <= today else None
