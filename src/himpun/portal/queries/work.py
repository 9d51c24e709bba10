"""What Beranda shows: the one thing to do first, what comes next, who else is awaited.

Everything is bounded, so that a hundred times the cases cost the same queries.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.collection.models import Entry, Exemption
from himpun.collection.rules import EntryState, ExemptionKind
from himpun.ledger import queries as ledger
from himpun.measurement import queries as measurement
from himpun.notices import queries as notices
from himpun.organization import queries as organization
from himpun.procedures import queries as procedures
from himpun.procedures.models import ActorBinding, Case, Task
from himpun.procedures.queries import journey, overview
from himpun.procedures.rules import CaseState, Part, VersionState
from himpun.wording import joined
from himpun.worktime import OutsideCalendar, nth_working_day, period_of
from himpun.worktime.periods import PeriodKind

from .. import rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from himpun.organization.models import Person
    from himpun.organization.queries import Held
    from himpun.procedures.models import Delegation

SHOWN = 12
"""How many rows a list on Beranda has at most; the rest is behind "Semua kasus"."""
A_LIST = 200
"""How many open tasks are looked through for a door of the menu."""
A_WEEK = timedelta(days=7)
COLLECTION, SIGNATURE = "pengumpulan", "tanda-tangan"
"""Kinds of steps (`himpun.sop.kinds`): values are collected, a paper is signed."""


@dataclass(frozen=True)
class Job:
    """Something that this person has to do, with its time and the page to do it on.

    ``parts`` of ``whole`` feed the bar, by colour; ``whole`` 0: nothing to count.
    ``verify``: the values of the task's case wait for a verdict.
    """

    task: Task
    title: str
    link: str
    label: str
    icon: str
    light: str
    left: str
    chip: str = ""
    text: str = ""
    parts: tuple[tuple[str, int], ...] = ()
    whole: int = 0
    verify: bool = False

    @property
    def case(self) -> Case:
        """The case it belongs to."""
        return self.task.case

    @property
    def number(self) -> int:
        """The number of the step it belongs to."""
        return procedures.step_of(self.task).number

    @property
    def steps(self) -> int:
        """How many steps the case has."""
        return len(procedures.plan_of(self.task.case).steps)


@dataclass(frozen=True)
class Awaited:
    """An open task in other hands; ``times``: how often it was asked for."""

    task: Task
    title: str
    holders: list[journey.Holder]
    light: str
    left: str
    times: int


@dataclass(frozen=True)
class Returned:
    """A value that came back to its author, with the reason."""

    name: str
    reason: str
    role: str
    link: str


@dataclass(frozen=True)
class Supply:
    """Who supplies figures in a round, and how many of them are there."""

    name: str
    filled: int
    total: int


@dataclass(frozen=True)
class Upcoming:
    """A case that the schedule will start."""

    title: str
    day: date


@dataclass(frozen=True)
class Desk:
    """What lies before a person at a moment: read once, for the menu and for Beranda.

    ``tasks`` are the own ones, `SHOWN` at most; ``verdicts`` the steps whose values this
    person may verify now, with their counts.
    """

    person: Person
    at: datetime
    held: Held
    tasks: tuple[Task, ...]
    verdicts: tuple[tuple[Task, dict[str, int]], ...]

    @property
    def cases(self) -> list[Case]:
        """The cases of all that."""
        tasks = [*self.tasks, *(task for task, _numbers in self.verdicts)]
        return [task.case for task in tasks]


def desk(person: Person, at: datetime) -> Desk:
    """Return what lies before the person; a fixed number of queries."""
    held = organization.held_in_request(person, organization.local_day(at))
    mandates = procedures.mandates_of(person, at)
    return Desk(
        person,
        at,
        held,
        tuple(procedures.inbox(person, at, held, mandates)[:SHOWN]),
        tuple(_waiting_for_verdicts(person, at, held, mandates)),
    )


def jobs(desk: Desk, known: journey.Calendars) -> list[Job]:
    """Return what the person has to do, the most urgent first.

    Only the first tells how far it has come: its kind is asked, with a fixed number of
    queries; the others are told by their step. ``known``: calendars of the desk's cases.
    """
    at = desk.at
    found = [_of_task(task, known, at) for task in desk.tasks]
    found += [_of_verdicts(task, counts, known, at) for task, counts in desk.verdicts]
    found.sort(key=lambda job: (job.task.deadline, not job.verify))
    return [_told(job) if n == 0 else job for n, job in enumerate(found)]


def counts(desk: Desk) -> dict[str, int]:
    """Return by menu key how much this person has to do there; one query."""
    kinds = [(t, procedures.kinds_of(t.case, t.step)) for t in desk.tasks]
    work = [(t, k) for t, k in kinds if t.part == Part.WORK]
    filling = [t.case_id for t, k in work if COLLECTION in k]
    unfilled = Entry.objects.filter(
        round__case__in=filling, state__in=[EntryState.EMPTY, EntryState.RETURNED]
    )
    return {
        "home": len(desk.tasks) + len(desk.verdicts),
        "entries": unfilled.count() if filling else 0,
        "verify": sum(numbers["waiting"] for _task, numbers in desk.verdicts),
        "sign": sum(SIGNATURE in k for _task, k in work),
    }


def _of_task(task: Task, known: journey.Calendars, at: datetime) -> Job:
    calendar = known.get(task.case.unit_id)
    step = procedures.step_of(task)
    part = overview.PARTS[Part(task.part)]
    look = rules.look(procedures.kinds_of(task.case, task.step), Part(task.part))
    return Job(
        task=task,
        title=f"{part}: {step.activity}" if part else step.activity,
        link=reverse("procedures:case", args=[task.case_id]),
        label=_(look.label),
        icon=look.icon,
        light=journey.light_of(task, calendar, at),
        left=journey.left(task, calendar, at),
        chip=_(look.chip) if look.chip else "",
    )


def _told(job: Job) -> Job:
    """Add to the first job what its kind says of it."""
    if job.verify:
        return job
    summary = procedures.summary_of(job.task)
    return replace(
        job,
        title=summary.title,
        text=summary.text,
        link=summary.link,
        parts=(("nila", summary.done),),
        whole=summary.total,
    )


def _of_verdicts(
    task: Task, counts: dict[str, int], known: journey.Calendars, at: datetime
) -> Job:
    calendar = known.get(task.case.unit_id)
    words = _("%(yes)s diterima, %(no)s dikembalikan, %(open)s menunggu putusan")
    return Job(
        task=task,
        title=_("Verifikasi %s nilai") % counts["waiting"],
        link=reverse("collection:verify", args=[task.case_id]),
        label=_("Mulai verifikasi"),
        icon="checklist",
        light=journey.light_of(task, calendar, at),
        left=journey.left(task, calendar, at),
        text=words
        % {"yes": counts["yes"], "no": counts["no"], "open": counts["waiting"]},
        parts=(("hijau", counts["yes"]), ("kuning", counts["no"])),
        whole=counts["total"],
        verify=True,
    )


def _waiting_for_verdicts(
    person: Person, at: datetime, held: Held, mandates: Sequence[Delegation]
) -> list[tuple[Task, dict[str, int]]]:
    """Return the steps whose values this person may verify now, with their counts."""
    counts = _counts_by_case(person, at, held)
    if not counts:
        return []
    tasks = Task.objects.filter(
        case__in=counts, part=Part.WORK, done_at__isnull=True
    ).select_related("case", "case__procedure", "case__version", "case__unit")
    asked = list(tasks)
    mine = set(held.positions)
    rows = ActorBinding.objects.filter(
        version__in={t.case.version_id for t in asked},
        position__in=mine | {row.position_id for row in mandates},
    )
    bound = {
        (version, actor)
        for version, actor, procedure, position in rows.values_list(
            "version", "actor", "version__procedure", "position"
        )
        if position in mine
        or any(
            row.position_id == position and row.procedure_id in {None, procedure}
            for row in mandates
        )
    }
    named = set(
        Exemption.objects.filter(
            round__case__in=counts,
            kind=ExemptionKind.OTHER_VERIFIER,
            verifier__person=person,
        ).values_list("round__case", flat=True)
    )
    return [
        (task, counts[task.case_id])
        for task in asked
        if (verifier := procedures.step_of(task).verifier)
        and ((task.case.version_id, verifier) in bound or task.case_id in named)
    ]


def _counts_by_case(
    person: Person, at: datetime, held: Held
) -> dict[int, dict[str, int]]:
    visible = procedures.visible_cases(person, at, held)
    cases = visible.filter(state=CaseState.RUNNING)
    rows = (
        Entry.objects.filter(round__case__in=cases)
        .order_by()
        .values("round__case")
        .annotate(
            total=Count("pk"),
            waiting=Count("pk", filter=Q(state=EntryState.SUBMITTED)),
            yes=Count("pk", filter=Q(state=EntryState.ACCEPTED)),
            no=Count("pk", filter=Q(state=EntryState.RETURNED)),
        )
        .filter(waiting__gt=0)
    )
    return {
        row["round__case"]: {
            "total": row["total"],
            "waiting": row["waiting"],
            "yes": row["yes"],
            "no": row["no"],
        }
        for row in rows[:SHOWN]
    }


def returned_values(tasks: Sequence[Task]) -> list[Returned]:
    """Return the values that came back in the work of these tasks, with the reasons."""
    cases = {t.case_id for t in tasks if t.part == Part.WORK}
    entries = list(
        Entry.objects.filter(round__case__in=cases, state=EntryState.RETURNED)
        .select_related("version", "round")
        .prefetch_related("verdicts")[:SHOWN]
    )
    last = {e.pk: max(e.verdicts.all(), key=lambda v: v.pk) for e in entries}
    texts = ledger.texts(v.reason for v in last.values())
    return [
        Returned(
            name=entry.version.name,
            reason=texts.get(last[entry.pk].reason, ""),
            role=last[entry.pk].verifier_role,
            link=reverse("collection:entries", args=[entry.round.case_id])
            + f"#isian-{entry.pk}",
        )
        for entry in entries
    ]


def running(desk: Desk) -> QuerySet[Case]:
    """Return the running cases that the person may read, the most urgent first."""
    soonest = Min("tasks__deadline", filter=Q(tasks__done_at__isnull=True))
    rows = _cases(desk).filter(state=CaseState.RUNNING)
    return rows.annotate(soonest=soonest).order_by("soonest", "pk")


def _cases(desk: Desk) -> QuerySet[Case]:
    return procedures.visible_cases(desk.person, desk.at, desk.held)


def awaited(
    person: Person, cases: Sequence[Case], known: journey.Calendars, at: datetime
) -> list[Awaited]:
    """Return what others hold in these cases, the most urgent first."""
    tasks = journey.open_tasks(cases)
    seated = journey.holders(tasks, at)
    others = [t for t in tasks if all(h.person != person.pk for h in seated[t.pk])][
        :SHOWN
    ]
    times = notices.times_asked(f"task:{t.pk}" for t in others)
    return [
        Awaited(
            task=task,
            title=procedures.step_of(task).activity,
            holders=seated[task.pk],
            light=journey.light_of(task, known.get(task.case.unit_id), at),
            left=journey.left(task, known.get(task.case.unit_id), at),
            times=times.get(f"task:{task.pk}", 0),
        )
        for task in others
    ]


def supplies(case: Case) -> list[Supply]:
    """Return how many figures are there by who is in charge of them, one query."""
    rows = (
        Entry.objects.filter(round__case=case)
        .order_by("version__in_charge")
        .values("version__in_charge")
        .annotate(total=Count("pk"), filled=Count("value"))
    )
    return [
        Supply(row["version__in_charge"], row["filled"], row["total"])
        for row in rows[:SHOWN]
    ]


def last_finished(desk: Desk) -> Case | None:
    """Return the case that ended last, None when none has."""
    rows = _cases(desk).filter(state=CaseState.FINISHED)
    return rows.order_by("-ended_at").first()


def done_this_week(person: Person, at: datetime) -> list[Task]:
    """Return what the person closed in the last seven days, newest first."""
    rows = Task.objects.filter(done_by=person, done_at__gt=at - A_WEEK)
    return list(
        rows.select_related("case", "case__procedure", "case__version").order_by(
            "-done_at"
        )[:SHOWN]
    )


def upcoming(desk: Desk) -> list[Upcoming]:
    """Return the cases that the schedules of the own SOPs will start next."""
    versions = procedures.visible_versions(desk.person, desk.at, desk.held)
    rows = list(versions.filter(state=VersionState.ADOPTED)[:SHOWN])
    known = journey.calendars_of(v.procedure.unit_id for v in rows)
    found = []
    for version in rows:
        schedule = procedures.plan_of_version(version).schedule
        calendar = known.get(version.procedure.unit_id)
        if schedule is None or calendar is None:
            continue
        today = desk.at.astimezone(calendar.tz).date()
        period = period_of(PeriodKind(schedule.period), today)
        try:
            day = nth_working_day(calendar, period.end, schedule.working_day)
        except OutsideCalendar:
            continue
        found.append(
            Upcoming(joined([version.procedure.name, period.label], ", "), day)
        )
    return found


def performance(case: Case) -> measurement.Table:
    """Return the achievement of the case's office in the case's period."""
    return measurement.capaian(case.unit, case.period)


def collecting(person: Person, at: datetime) -> list[Case]:
    """Return the running cases whose values are being collected, the most urgent first."""
    return _at_work(person, at, lambda task: bool(procedures.step_of(task).verifier))


def signing(person: Person, at: datetime) -> list[Case]:
    """Return the running cases in which a paper waits for this person's signature."""
    mine = {task.pk for task in procedures.inbox(person, at)[:SHOWN]}
    return _at_work(
        person,
        at,
        lambda task: (
            task.pk in mine and SIGNATURE in procedures.kinds_of(task.case, task.step)
        ),
    )


def _at_work(
    person: Person, at: datetime, wanted: Callable[[Task], bool]
) -> list[Case]:
    tasks = Task.objects.filter(
        case__in=procedures.visible_cases(person, at),
        case__state=CaseState.RUNNING,
        part=Part.WORK,
        done_at__isnull=True,
    ).select_related("case", "case__procedure", "case__version", "case__unit")
    rows = tasks.order_by("deadline", "pk")[:A_LIST]
    return [task.case for task in rows if wanted(task)]
