"""How long the steps of an SOP really take: by step, month and unit, never by person.

Waiting runs from the opening of a row to the first saved act of a holder, working from
there to the last part of the row. Both are working time, by the office's calendar,
without the times in which the row waited for somebody outside.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from himpun import worktime
from himpun.formula import say_number
from himpun.organization import queries as organization
from himpun.wording import say
from himpun.worktime.periods import MONTHS

from ..models import Case, Procedure, ProcedureVersion, Task
from ..rules import DOING, CaseState
from . import deadlines, journey, past, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import Any

    from himpun.sop.plan import Step
    from himpun.worktime import Calendar, Spread

DAY, MINUTE = "hari", "menit"
A_MINUTE = 60


@dataclass(frozen=True)
class Row:
    """A round of a step that was done: three lengths, in the step's own ``unit``."""

    step: str
    office: int
    month: int
    unit: str
    waiting: Fraction
    working: Fraction
    whole: Fraction
    standard: Fraction
    on_time: bool


@dataclass(frozen=True)
class StepTimes:
    """What the rows of one step say; ``fair`` is a proposed *Waktu*, None: keep it."""

    number: int
    activity: str
    standard: str
    unit: str
    length: Fraction
    waiting: Spread | None
    working: Spread | None
    whole: Spread | None
    on_time: int
    fair: Fraction | None

    @property
    def count(self) -> int:
        """How many rounds were done."""
        return self.whole.count if self.whole else 0


@dataclass(frozen=True)
class Share:
    """How many rounds of a month or a unit were done, and how many in time."""

    name: str
    count: int
    on_time: int


def years(version: ProcedureVersion) -> list[int]:
    """Return the years in which rows of this SOP were opened, the newest first."""
    found = Task.objects.filter(case__procedure=version.procedure_id)
    return [day.year for day in found.dates("row_opened_at", "year", order="DESC")]


def rows(procedures: Iterable[int], year: int) -> list[Row]:
    """Return the rounds of these SOPs (ids) opened in a year and done; six queries.

    A round that was returned counts as done when it was given back.
    """
    tasks = list(
        Task.objects.filter(
            case__procedure__in=list(procedures), row_opened_at__year=year
        )
        .exclude(case__state=CaseState.CANCELLED)
        .select_related("case__version", "case__unit")
        .order_by("case", "step", "round", "pk")
    )
    known = journey.calendars_of({task.case.unit_id for task in tasks})
    grouped: dict[tuple[int, str, int], list[Task]] = defaultdict(list)
    for task in tasks:
        grouped[task.case_id, task.step, task.round].append(task)
    paused = deadlines.pauses({task.case_id for task in tasks})
    find = past.steps_named()
    measured = (
        _row(
            group,
            find(group[0].case, group[0].step),
            known.get(group[0].case.unit_id),
            paused.get(key, []),
        )
        for key, group in grouped.items()
    )
    return [row for row in measured if row]


def _row(
    tasks: list[Task],
    step: Step,
    calendar: Calendar | None,
    paused: deadlines.Times,
) -> Row | None:
    """Measure a round; None while it is open, or beyond what the calendar holds."""
    if calendar is None or any(task.done_at is None for task in tasks):
        return None
    first = tasks[0]
    unit = unit_of(step)
    opened, deadline = first.row_opened_at, first.deadline
    done = max(task.done_at for task in tasks if task.done_at)
    begun = [t.started_at for t in tasks if t.part in DOING and t.started_at]
    started = min(begun, default=done)
    try:
        return Row(
            step=first.step,
            office=first.case.unit_id,
            month=opened.astimezone(calendar.tz).month,
            unit=unit,
            waiting=_net(calendar, opened, started, unit, paused),
            working=_net(calendar, started, done, unit, paused),
            whole=_net(calendar, opened, done, unit, paused),
            standard=length(calendar, opened, deadline, unit)
            - _paused(calendar, opened, done, unit, paused),
            on_time=done <= deadline,
        )
    except worktime.OutsideCalendar:
        return None


def _net(
    calendar: Calendar,
    start: datetime,
    end: datetime,
    unit: str,
    paused: deadlines.Times,
) -> Fraction:
    """Return the working time between two moments without what was spent waiting."""
    spent = length(calendar, start, end, unit)
    return spent - _paused(calendar, start, end, unit, paused)


def _paused(
    calendar: Calendar,
    start: datetime,
    end: datetime,
    unit: str,
    paused: deadlines.Times,
) -> Fraction:
    """Return the working time of the pauses that lie between two moments."""
    within = ((max(start, a), min(end, b)) for a, b in paused)
    return sum(
        (length(calendar, a, b, unit) for a, b in within if a < b), start=Fraction(0)
    )


def unit_of(step: Step) -> str:
    """Return in what the times of a step are measured: "menit" or "hari"."""
    return MINUTE if step.unit in journey.NOT_A_DAY else DAY


def length(calendar: Calendar, start: datetime, end: datetime, unit: str) -> Fraction:
    """Return the working time between two moments in minutes or working days."""
    took = worktime.in_working_words(calendar, start, end)
    return took.days if unit == DAY else Fraction(took.seconds, A_MINUTE)


def by_step(version: ProcedureVersion, found: Sequence[Row]) -> list[StepTimes]:
    """Return the times of each step of a version, in its order."""
    plan = running.plan_of_version(version)
    return [
        _times(step, [row for row in found if row.step == step.id])
        for step in plan.steps
    ]


def _times(step: Step, found: list[Row]) -> StepTimes:
    unit = unit_of(step)
    own = [row for row in found if row.unit == unit]
    whole = worktime.spread(row.whole for row in own)
    middle = worktime.spread(row.standard for row in own)
    standard = middle.median if middle else Fraction(0)
    return StepTimes(
        number=step.number,
        activity=step.activity,
        standard=journey.standard(step),
        unit=unit,
        length=standard,
        waiting=worktime.spread(row.waiting for row in own),
        working=worktime.spread(row.working for row in own),
        whole=whole,
        on_time=sum(row.on_time for row in own),
        fair=worktime.fair_standard(standard, whole, unit),
    )


def by_month(found: Iterable[Row]) -> list[Share]:
    """Return the months in which rows were opened, in order."""
    return _shares(found, "month", {n + 1: name for n, name in enumerate(MONTHS)})


def by_unit(found: Iterable[Row], names: dict[int, str]) -> list[Share]:
    """Return the offices (id -> name) whose rows these are, by name."""
    return sorted(_shares(found, "office", names), key=lambda share: share.name)


def _shares(found: Iterable[Row], key: str, names: dict[Any, str]) -> list[Share]:
    grouped: dict[Any, list[Row]] = defaultdict(list)
    for row in found:
        grouped[getattr(row, key)].append(row)
    return [
        Share(names[name], len(own), sum(row.on_time for row in own))
        for name, own in sorted(grouped.items())
    ]


def alike(version: ProcedureVersion, person: Any, at: datetime) -> list[Procedure]:  # noqa: ANN401 - may be anonymous
    """Return the SOPs of the same code at all offices that a person may read."""
    offices = organization.visible_offices(person, at)
    found = Procedure.objects.filter(code=version.procedure.code, unit__in=offices)
    return list(found.select_related("unit"))


@dataclass(frozen=True)
class Bar:
    """A step in the chart, in percent of its standard: median, slow tenth, widths."""

    number: int
    middle: int
    slow: int
    y: int


LONGEST = 300
"""Percent of the standard at which a bar is cut off."""
BAR_HEIGHT, HEAD = 34, 18
"""Heights in the chart: of a bar with its room, of the word above the standard's line."""


def bars(times: Iterable[StepTimes]) -> list[Bar]:
    """Return a bar for each step that was done: its time as a share of its standard."""
    drawn = [one for one in times if one.whole and one.length]
    return [
        Bar(
            one.number,
            min(round(one.whole.median / one.length * 100), LONGEST),
            min(round(one.whole.p90 / one.length * 100), LONGEST),
            place * BAR_HEIGHT,
        )
        for place, one in enumerate(drawn)
        if one.whole
    ]


def said(length: Fraction, unit: str) -> Decimal:
    """Return a length as it is shown: whole minutes, or days to a tenth."""
    exact = Decimal(length.numerator) / length.denominator
    return exact.quantize(Decimal(1) if unit == MINUTE else journey.TENTH)


def in_words(length: Fraction, unit: str) -> str:
    """Return a length with its unit: "0,8 hari", "35 menit"."""
    amount = say_number(said(length, unit), None)
    return say("%(amount)s %(unit)s", amount=amount, unit=journey.UNITS[unit])


def finished_cases(version: ProcedureVersion, year: int) -> tuple[int, int, int]:
    """Return how many cases were opened in a year, are finished, and had a return."""
    cases = Case.objects.filter(
        procedure=version.procedure_id, opened_at__year=year
    ).exclude(state=CaseState.CANCELLED)
    returned = cases.filter(tasks__outcome__startswith=journey.RETURNED).distinct()
    done = cases.filter(state=CaseState.FINISHED)
    return cases.count(), done.count(), returned.count()
