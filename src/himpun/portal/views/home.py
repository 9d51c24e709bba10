"""Beranda: what a person should do now, then everything quieter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from himpun.organization.rules import PositionKind
from himpun.portal import queries, rules
from himpun.portal.queries import frame, staff, standing_in
from himpun.procedures.queries import journey, overview
from himpun.reporting.queries import keys
from himpun.shared.http import MemberRequest, member
from himpun.worktime import Light

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Person
    from himpun.portal.queries import Job
    from himpun.procedures.models import Case
    from himpun.procedures.queries.overview import Row

OVERSEERS = frozenset(
    {PositionKind.SUBHEAD, PositionKind.SECRETARY, PositionKind.ADMINISTRATOR}
)


@require_safe
@member
def home(request: MemberRequest) -> HttpResponse:
    """Show the home page of the person's role."""
    around = frame.of(request)
    desk, kinds, at = around.desk, around.kinds, around.now
    cases = list(queries.running(desk)[: queries.SHOWN])
    known = journey.calendars([*cases, *desk.cases])
    jobs = queries.jobs(desk, known)
    stops = journey.journeys(cases, at, known)
    shown = _shown(jobs, cases, desk)
    context: dict[str, Any] = {
        "here": "home",
        "at": at,
        "greeting": _(rules.greeting(timezone.localtime(at).hour)),
        "first": jobs[0] if jobs else None,
        "next": jobs[1:],
        "shown": shown,
        "journey": _journey(shown, stops, at),
        "done": queries.done_this_week(desk.person, at),
        "upcoming": queries.upcoming(desk),
        "vacant": standing_in.vacant(desk),
    }
    rows = [overview.row(case, stops[case.pk]) for case in cases]
    if PositionKind.STAFF in kinds:
        context |= _of_staff(desk.person, jobs, cases, known, at)
    if kinds & OVERSEERS:
        context |= {"rows": rows, "hands": _hands(cases, at)}
    if PositionKind.ADMINISTRATOR in kinds:
        context["administers"] = _of_administrator(desk)
    if PositionKind.HEAD in kinds:
        context |= _of_head(shown, rows)
    return render(request, "portal/home.html", context)


def _shown(
    jobs: Sequence[Job], cases: Sequence[Case], desk: queries.Desk
) -> Case | None:
    """Return the case whose journey stands beside the tasks."""
    if jobs:
        return jobs[0].case
    return cases[0] if cases else queries.last_finished(desk)


def _journey(
    shown: Case | None, stops: dict[int, list[Any]], at: datetime
) -> list[Any]:
    if shown is None:
        return []
    return stops.get(shown.pk) or journey.journey(shown, at)


def _of_staff(
    person: Person,
    jobs: Sequence[Job],
    cases: Sequence[Case],
    known: journey.Calendars,
    at: datetime,
) -> dict[str, Any]:
    """Return what came back, what others hold, and how much data is there."""
    return {
        "returned": queries.returned_values([job.task for job in jobs]),
        "awaited": queries.awaited(person, cases, known, at),
        "supplies": queries.supplies(jobs[0].case) if jobs else [],
    }


def _hands(cases: Sequence[Case], at: datetime) -> dict[int, str]:
    """Return in whose hands each case is, by the case's id."""
    tasks = journey.open_tasks(cases)
    seated = journey.holders(tasks, at)
    found: dict[int, str] = {}
    for task in tasks:
        names = ", ".join(holder.name for holder in seated[task.pk])
        found.setdefault(task.case_id, names or _("belum ada yang memegang jabatan"))
    return found


def _of_administrator(desk: queries.Desk) -> dict[str, Any]:
    """Return what only an administrator looks after: the backup, the offices' seats."""
    tenant, at = staff.administered_by(desk.held), desk.at
    return {
        "backup": keys.last_backup(),
        "offices": staff.offices_of(tenant, at)[: queries.SHOWN] if tenant else [],
    }


def _of_head(shown: Case | None, rows: Sequence[Row]) -> dict[str, Any]:
    """Return the office's performance and what is late."""
    return {
        "performance": queries.performance(shown) if shown else None,
        "late": [row for row in rows if row.now and row.now.light == Light.LATE],
    }
