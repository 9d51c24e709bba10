"""Where cases stand and in whose hands, for many cases with a fixed number of running."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from himpun import worktime
from himpun.formula import say_number
from himpun.organization import queries as organization
from himpun.organization import rules as offices
from himpun.organization.models import WorkCalendar
from himpun.shared.journey import Stage, Stop
from himpun.shared.templatetags.himpun import tanggal
from himpun.sop import moves
from himpun.wording import say

from ..models import Case, Task
from ..rules import CaseState
from . import deadlines, hands, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from himpun.organization.models import Absence
    from himpun.sop.plan import Step

NOT_A_DAY = frozenset({"menit", "jam"})
"""Units of *Waktu* that are measured in minutes, not in working days."""
RETURNED = "kembali:"
TENTH = Decimal("0.1")
REMIND_AT = Decimal("0.8")
"""The share of the time after which a light turns, where the SOP names none."""

Calendars = dict[int, worktime.Calendar]
"""The newest calendar of each office, by the office's id."""


def calendars(cases: Iterable[Case]) -> Calendars:
    """Return the calendars of the cases' offices, one query."""
    return calendars_of(case.unit_id for case in cases)


def calendars_of(units: Iterable[int]) -> Calendars:
    """Return the newest calendars of these offices (ids), one query."""
    rows = WorkCalendar.objects.filter(office__in=set(units))
    newest: dict[int, WorkCalendar] = {}
    for row in rows.order_by("version"):
        newest[row.office_id] = row
    return {k: organization.calendar_from(row.data) for k, row in newest.items()}


def journey(case: Case, at: datetime) -> list[Stop]:
    """Return the steps of one case with their times; four queries."""
    return journeys([case], at)[case.pk]


def journeys(
    cases: Sequence[Case], at: datetime, known: Calendars | None = None
) -> dict[int, list[Stop]]:
    """Return the steps of each case with their times; four queries for any number."""
    known = calendars(cases) if known is None else known
    by_id = {case.pk: case for case in cases}
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in Task.objects.filter(case__in=by_id).order_by("round", "pk"):
        task.case = by_id[task.case_id]  # else each would ask for its case again
        tasks[task.case_id].append(task)
    paused = deadlines.pauses(by_id)
    return {
        case.pk: _stops(case, tasks[case.pk], known.get(case.unit_id), paused, at)
        for case in cases
    }


def _stops(
    case: Case,
    tasks: list[Task],
    calendar: worktime.Calendar | None,
    paused: dict[tuple[int, str, int], deadlines.Times],
    at: datetime,
) -> list[Stop]:
    plan = running.plan_of(case)
    names = {actor.id: actor.label for actor in plan.actors}
    here = case.position["open"]
    coming = moves.ahead(plan, here)
    stops = []
    for step in plan.steps:
        own = [t for t in tasks if t.step == step.id]
        last = max((t.round for t in own), default=0)
        who = [step.responsible, *(other.actor for other in step.co_actors)]
        blank = Stop(
            step=step.id,
            number=step.number,
            name=step.activity,
            stage=Stage.AHEAD,
            who=", ".join(names[actor] for actor in who),
            standard=say("standar %(time)s", time=standard(step)),
            short=say("standar %(time)s", time=standard(step)),
        )
        row = [t for t in own if t.round == last]
        if not _stands(case, row) or (step.id in coming and not _open(row)):
            passed = step.id not in coming and step.id not in here
            revised = step.id in case.passed and not row
            stops.append(_skipped(blank, revised=revised) if passed else blank)
        else:
            waited = paused.get((case.pk, step.id, last), [])
            stops.append(_timed(blank, row, calendar, waited, at))
    return stops


def _stands(case: Case, row: list[Task]) -> bool:
    """Whether a round counts: it was opened, and neither given back nor cancelled."""
    gone = any(t.outcome.startswith(RETURNED) for t in row)
    broken = case.state == CaseState.CANCELLED and any(
        t.outcome == CaseState.CANCELLED and t.done_by_id is None for t in row
    )
    return bool(row) and not gone and not broken


def _open(row: list[Task]) -> bool:
    return any(t.done_at is None for t in row)


def _skipped(blank: Stop, *, revised: bool) -> Stop:
    short = _("dilewati karena revisi") if revised else _("dilewati")
    return replace(blank, stage=Stage.SKIPPED, short=short)


def _timed(
    blank: Stop,
    row: list[Task],
    calendar: worktime.Calendar | None,
    waited: deadlines.Times,
    at: datetime,
) -> Stop:
    """Fill in how long the newest round took, or has been taking."""
    step = running.step_of(row[0])
    first, done = row[0], [t.done_at for t in row if t.done_at]
    over = len(done) == len(row)
    end = max(done) if over else first.paused_at or at
    norm = standard_of(first.case, step, row)
    took = spent(calendar, first.row_opened_at, end, step.unit, waited)
    stage = Stage.DONE if over else Stage.NOW
    blank = replace(blank, round=first.round)
    if over:
        light = worktime.Light.LATE if end > first.deadline else worktime.Light.SAFE
        return replace(
            blank,
            stage=stage,
            spent=took,
            light=light,
            short=say("%(spent)s dari %(standard)s", spent=took, standard=norm),
            standard=say("standar %(time)s", time=norm),
        )
    return replace(
        blank,
        stage=stage,
        spent=_("menunggu") if first.paused_at else _running(took),
        light=light_of(first, calendar, at),
        short=left(first, calendar, at),
    )


def _running(took: str) -> str:
    if took == worktime.say_hours(0):
        return say("baru dimulai")
    return say("%(time)s berjalan", time=took) if took else ""


UNITS = {
    "menit": say("menit"),
    "jam": say("jam"),
    "hari": say("hari"),
    "minggu": say("minggu"),
    "bulan": say("bulan"),
}


def standard(step: Step) -> str:
    """Return the step's *Waktu* in words: "1 hari", "60 menit"."""
    return _standard(step.amount, step.unit)


def _standard(amount: Decimal, unit: str) -> str:
    words = say_number(amount, None)
    return say("%(amount)s %(unit)s", amount=words, unit=UNITS[unit])


def standard_of(case: Case, step: Step, row: Sequence[Task]) -> str:
    """Return the *Waktu* that a row had; done before its case moved, that of its time."""
    ends = [task.done_at for task in row if task.done_at]
    before = case.standards.get(step.id)
    if not before or case.moved_at is None or len(ends) < len(row):
        return standard(step)
    return standard(step) if max(ends) > case.moved_at else _kept(before)


def _kept(words: Sequence[str]) -> str:
    amount, unit = words
    return _standard(Decimal(amount), unit)


def spent(
    calendar: worktime.Calendar | None,
    start: datetime,
    end: datetime,
    unit: str,
    waited: deadlines.Times | None = None,
) -> str:
    """Return the working time between two moments: "0,8 hari", "2 jam 5 menit".

    Without the pauses ``waited``. Empty when no calendar reaches that far.
    """
    if calendar is None:
        return ""
    try:
        whole = worktime.in_working_words(calendar, start, end)
        lost = [worktime.in_working_words(calendar, a, b) for a, b in waited or []]
    except worktime.OutsideCalendar:
        return ""
    length = whole.days - sum(pause.days for pause in lost)
    days = Decimal(length.numerator) / length.denominator
    if unit in NOT_A_DAY or days < TENTH:
        return worktime.say_hours(whole.seconds - sum(p.seconds for p in lost))
    return say(
        "%(days)s hari",
        days=say_number(days.quantize(TENTH, ROUND_HALF_UP), None),
    )


def light_of(
    task: Task, calendar: worktime.Calendar | None, at: datetime
) -> worktime.Light:
    """Return the light of an open task; without a calendar only "lewat" is known."""
    if task.paused_at:
        return worktime.Light.WAITING
    escalation = running.plan_of(task.case).escalation
    threshold = escalation.remind_at if escalation else REMIND_AT
    try:
        if calendar:
            return worktime.light(
                calendar, task.row_opened_at, at, task.deadline, threshold
            )
    except worktime.OutsideCalendar:
        pass
    return worktime.Light.LATE if at > task.deadline else worktime.Light.SAFE


def left(task: Task, calendar: worktime.Calendar | None, at: datetime) -> str:
    """Return "Sisa 1 hari kerja", "Lewat 0,3 hari" or "Menunggu pihak luar"."""
    if task.paused_at:
        return _("Menunggu pihak luar")
    if calendar is None:
        return _("Tenggat belum dapat dihitung")
    return worktime.say_remaining(calendar, at, task.deadline)


@dataclass(frozen=True)
class Holder:
    """Somebody who may work a task: the role as printed, and the person.

    ``away`` is what keeps him or her from it today, with its last day; ``giver`` is in
    whose name it is, where it is by mandate.
    """

    role: str
    person: int
    name: str
    away: str = ""
    giver: int = 0


def holders(tasks: Sequence[Task], at: datetime) -> dict[int, list[Holder]]:
    """Return who may work each of these tasks today; six queries for any number."""
    found = hands.hands_of(tasks, at)
    names = organization.people(h.person for own in found.values() for h in own)
    return {
        pk: [
            Holder(h.title, h.person, names[h.person].name, away_words(h.away), h.giver)
            for h in own
        ]
        for pk, own in found.items()
    }


def away_words(absence: Absence | None) -> str:
    """Return "dinas luar sampai 3 Mei 2026"; empty for somebody who is there."""
    if absence is None:
        return ""
    kind = _(offices.AWAY[offices.AbsenceKind(absence.kind)])
    return _("%(kind)s sampai %(day)s") % {"kind": kind, "day": tanggal(absence.until)}


def open_tasks(cases: Sequence[Case]) -> list[Task]:
    """Return the open tasks of these cases, the most urgent first, one query."""
    rows = Task.objects.filter(case__in=cases, done_at__isnull=True)
    return list(
        rows.select_related(
            "case", "case__procedure", "case__version", "case__unit"
        ).order_by("deadline", "pk")
    )
