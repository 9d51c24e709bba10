"""A case begins, by a person or by the SOP's schedule, or is cancelled."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun import worktime
from himpun.ledger import actions as ledger
from himpun.ledger.rules import SYSTEM, Actor
from himpun.notices import actions as notices
from himpun.organization import queries as organization
from himpun.shared.refusals import Refusal, say
from himpun.sop import moves
from himpun.worktime.periods import Period, PeriodKind

from .. import queries, rules
from ..models import Case, ProcedureVersion
from ..queries import links
from ..rules import CaseState, VersionState
from .checklist import make_lines
from .desk import decider, holder, lock, reason_given, write_event
from .linked import bring, feed
from .moving import move_to

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person


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
    actor = holder(
        by,
        office,
        rules.STARTERS,
        at,
        say("Kasus dimulai oleh Kasubbag atau Sekcam kantor ini."),
    )
    return _start(version, period, by=actor, at=at)


def _start(
    version: ProcedureVersion,
    period: Period,
    *,
    by: Actor,
    at: datetime,
    cause: Case | None = None,
) -> Case:
    office = version.procedure.unit
    if version.state != VersionState.ADOPTED:
        raise Refusal(say("Versi SOP ini sudah digantikan. Pilih versi yang berlaku."))
    plan = queries.plan_of_version(version)
    today = organization.local_day(at, office)
    if not rules.may_begin(period, today, ahead=plan.ahead):
        raise Refusal(say("%(period)s belum dimulai."), period=period.label)
    case = _new_case(version, period, by, at, cause)
    for step in plan.steps:
        make_lines(case, step)
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
            **({"cause": cause.pk} if cause else {}),
        },
    )
    bring(case, at=at)
    move_to(case, moves.start(plan), by=by, at=at)
    return case


def _new_case(
    version: ProcedureVersion,
    period: Period,
    by: Actor,
    at: datetime,
    cause: Case | None,
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
                cause=cause,
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


def follow(case: Case, *, at: datetime) -> None:
    """Do for linked SOPs what the end of a case calls for: open a case, hand on results.

    A case that cannot be opened holds nobody up: those who start cases are told why.
    """
    for link, version in links.outgoing(case.procedure):
        period = rules.period_started(link, case.period)
        if period and version:
            _follow_up(case, version, period, at)
    feed(case, at=at)


def _follow_up(
    cause: Case, version: ProcedureVersion, period: Period, at: datetime
) -> None:
    words = {"done": str(cause), "next": f"{version.procedure} {period.label}"}
    try:
        with transaction.atomic():
            _refuse_known(version, period)
            opened = _start(version, period, by=SYSTEM, at=at, cause=cause)
    except Refusal as why:
        text = _("%(done)s selesai. %(next)s tidak dibuka: %(why)s")
        words["why"] = str(why)
        link = reverse("procedures:case", args=[cause.pk])
    else:
        text = _("%(done)s selesai, dan %(next)s dibuka karenanya.")
        link = reverse("procedures:case", args=[opened.pk])
    notices.notify(
        links.starters(cause.unit, at),
        unit=cause.unit,
        text=text % words,
        link=link,
        about=f"terkait:{cause.pk}:{version.procedure_id}",
        by=SYSTEM,
        at=at,
    )


def _refuse_known(version: ProcedureVersion, period: Period) -> None:
    """Refuse a period that has or had a case; also one that was cancelled stays so."""
    cases = Case.objects.filter(procedure=version.procedure, period_code=period.code)
    if cases.exists():
        raise Refusal(say("kasus untuk periode itu sudah pernah dibuka."))


@transaction.atomic
def cancel_case(case: Case, *, reason: str, by: Person, at: datetime) -> None:
    """Cancel a case started by mistake, before anything in it is signed; it stays."""
    actor = decider(by, case.unit, at)
    case = lock(case)
    if queries.is_signed(case):
        raise Refusal(
            say("Kasus ini sudah memuat kertas bertanda tangan dan tidak dapat batal.")
        )
    text = ledger.keep_text(reason_given(reason))
    case.state, case.ended_at, case.cancel_reason = CaseState.CANCELLED, at, text
    case.save(update_fields=["state", "ended_at", "cancel_reason"])
    case.tasks.filter(done_at__isnull=True).update(done_at=at, outcome="dibatalkan")
    waiting = case.pauses.filter(ended_at__isnull=True)
    waiting.update(ended_at=at, ended_role=actor.role)
    write_event(case, "case.cancelled", by=actor, at=at, data={"reason": text})


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
