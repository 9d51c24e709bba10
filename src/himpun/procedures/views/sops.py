"""An SOP as its office adopted it: the official form, with the live position over it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from himpun.procedures import actions, queries
from himpun.procedures.queries import (
    drafts,
    eventlog,
    journey,
    links,
    migrating,
    overview,
    position,
    sheets,
    statistics,
)
from himpun.procedures.rules import CaseState, VersionState
from himpun.shared import clock
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import UNPROCESSABLE, download, refused
from himpun.shared.refusals import Refusal

from . import lookup

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.procedures.models import Case, ProcedureVersion, Task

YAML = "application/yaml"
"""RFC 9512."""
PARTS = ("bagan", "identitas", "kasus", "waktu", "temuan")


@require_safe
@member
def listing(request: MemberRequest) -> HttpResponse:
    """Show the SOPs of the offices that the person may read, those in force first."""
    versions = queries.visible_versions(request.user, clock.now())
    rows = versions.order_by("state", "procedure__unit__name", "procedure__name")
    context = {
        "here": "procedures",
        "versions": rows,
        "may_draft": drafts.may_draft(request.user, clock.now()),
    }
    return render(request, "procedures/sops.html", context)


@require_safe
@member
def version(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the form, its identity page, its running cases or its oddities."""
    at = clock.now()
    found = lookup.version(request, pk, at)
    part = request.GET.get("bagian", PARTS[0])
    cases = found.cases.filter(state=CaseState.RUNNING).select_related(
        "procedure", "version", "unit"
    )
    context: dict[str, Any] = {
        "here": "procedures",
        "version": found,
        "part": part if part in PARTS else PARTS[0],
        "running": len(cases),
        "findings": list(found.findings.all()),
    }
    context |= _versions(found, request, at)
    context["unconfirmed"] = sum(
        f.needs_confirmation and not f.confirmed_at for f in context["findings"]
    )
    try:
        context |= _part(context["part"], found, list(cases), request, at)
    except Refusal as undrawable:
        context |= {"undrawable": sentence(undrawable), "table": sheets.table(found)}
    return render(request, "procedures/sop.html", context)


def _versions(
    found: ProcedureVersion, request: MemberRequest, at: datetime
) -> dict[str, Any]:
    """Return with which version to compare, and the cases that still run by others."""
    others = found.procedure.versions.exclude(pk=found.pk).order_by("-number")
    before = others.filter(number__lt=found.number).first()
    kinds = overview.kinds_at(request.user, found.procedure.unit, at)
    adopted = found.state == VersionState.ADOPTED
    return {
        "other_version": before or others.first(),
        "waiting": len(migrating.waiting(found)) if adopted else 0,
        "may_move": bool(kinds & overview.DECIDERS),
    }


def _part(
    part: str,
    found: ProcedureVersion,
    cases: list[Case],
    request: MemberRequest,
    at: datetime,
) -> dict[str, Any]:
    """Return what one tab shows."""
    if part == "identitas":
        after, before = links.relations(found)
        return {"sheets": sheets.identity(found), "after": after, "before": before}
    if part == "kasus":
        ways = journey.journeys(cases, at)
        return {"rows": [overview.row(case, ways[case.pk]) for case in cases]}
    if part == "waktu":
        return _times(found, request, at)
    if part == "temuan":
        kinds = overview.kinds_at(request.user, found.procedure.unit, at)
        return {"may_confirm": bool(kinds & overview.DECIDERS)}
    return _chart(found, cases, request, at)


def _chart(
    found: ProcedureVersion, cases: list[Case], request: MemberRequest, at: datetime
) -> dict[str, Any]:
    """Return the form with the live position of a case over it."""
    shown = _shown(found, request.GET.get("kasus", "")) or next(iter(cases), None)
    hidden = request.GET.get("posisi") == "sembunyi"
    if shown is None or hidden:
        return {"sheets": sheets.flow(found), "hidden": hidden, "case": shown}
    stops = journey.journey(shown, at)
    tasks = journey.open_tasks([shown])
    seated = journey.holders(tasks, at)
    live = position.Live(
        period=shown.period.label,
        stops={stop.step: stop for stop in stops},
        parts=position.parts_of(shown, stops),
        holders=_holders(tasks, seated),
    )
    return {
        "sheets": sheets.flow(found, live),
        "case": shown,
        "cases": cases,
        "journey": stops,
    }


def _times(
    found: ProcedureVersion, request: MemberRequest, at: datetime
) -> dict[str, Any]:
    """Return how long the steps took in a year, here and at the offices alike."""
    offered = statistics.years(found)
    wanted = request.GET.get("tahun", "")
    year = next((y for y in offered if str(y) == wanted), next(iter(offered), None))
    if year is None:
        return {"years": []}
    procedures = statistics.alike(found, request.user, at)
    rows = statistics.rows((p.pk for p in procedures), year)
    own = [row for row in rows if row.office == found.procedure.unit_id]
    times = statistics.by_step(found, own)
    names = {p.unit_id: p.unit.name for p in procedures}
    return {
        "years": offered,
        "year": year,
        "times": times,
        "bars": statistics.bars(times),
        "months": statistics.by_month(own),
        "units": statistics.by_unit(rows, names) if len(procedures) > 1 else [],
    }


def _holders(
    tasks: list[Task], seated: dict[int, list[journey.Holder]]
) -> dict[str, str]:
    """Return by step the names of those who hold one of its open tasks."""
    names: dict[str, list[str]] = {}
    for task in tasks:
        names.setdefault(task.step, []).extend(h.name for h in seated[task.pk])
    return {step: ", ".join(dict.fromkeys(held)) for step, held in names.items()}


def _shown(found: ProcedureVersion, wanted: str) -> Case | None:
    """Return the case that the address asks for, running or done."""
    if not re.fullmatch(r"[0-9]{1,18}", wanted):
        return None
    rows = found.cases.exclude(state=CaseState.CANCELLED)
    return rows.select_related("procedure", "version", "unit").filter(pk=wanted).first()


@require_safe
@member
def paper(request: MemberRequest, pk: int, ending: str) -> HttpResponse:
    """Hand out the official form as a PDF, or its flow page as a PNG."""
    found = lookup.version(request, pk, clock.now())
    try:
        content, mime = sheets.pdf(found) if ending == "pdf" else sheets.png(found)
    except Refusal as undrawable:
        back = reverse("procedures:version", args=[pk])
        return refused(request, undrawable, back=back, status=UNPROCESSABLE)
    return download(content, filename=f"SOP-{found.procedure.code}.{ending}", mime=mime)


@require_safe
@member
def source(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand out the version's file, letter for letter as it was adopted."""
    found = lookup.version(request, pk, clock.now())
    name = f"SOP-{found.procedure.code}-versi-{found.number}.yaml"
    return download(found.source.encode(), filename=name, mime=YAML)


@require_safe
@member
def event_log(request: MemberRequest, pk: int, ending: str) -> HttpResponse:
    """Hand out what happened in this SOP's cases, for tools of process mining."""
    found = lookup.version(request, pk, clock.now())
    log = eventlog.changes([found.procedure_id])
    if ending == "csv":
        content, mime = eventlog.as_csv(log), "text/csv; charset=utf-8"
    else:
        content = eventlog.as_xes(log, str(found.procedure))
        mime = "application/xml"
    return download(
        content, filename=f"jejak-proses-{found.procedure.code}.{ending}", mime=mime
    )


@require_POST
@member
def confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm how an oddity of the text is read."""
    at = clock.now()
    found = lookup.finding(request, pk, at)
    try:
        actions.confirm_finding(found, by=request.user, at=at)
    except Refusal as refusal:
        show_refusal(request, refusal)
    else:
        messages.success(request, _("Tafsir dikonfirmasi: %s.") % found.code)
    page = reverse("procedures:version", args=[found.version_id])
    return redirect(f"{page}?bagian=temuan#{found.code}")
