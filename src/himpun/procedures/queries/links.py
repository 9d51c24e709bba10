"""Keterkaitan at an office: which SOPs the end of a case starts or feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.sop.shipped import name_of as shipped_name

from .. import rules
from ..models import (
    Artefact,
    Attachment,
    Case,
    ChecklistItem,
    Procedure,
    ProcedureVersion,
)
from ..rules import CaseState, ItemState, VersionState
from .opened import step_words
from .running import plan_of_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.organization.models import Unit
    from himpun.sop.plan import Carried, Link


def in_force(office: int) -> list[ProcedureVersion]:
    """Return the versions in force at an office (id): their settings say what follows."""
    rows = ProcedureVersion.objects.filter(
        procedure__unit=office, state=VersionState.ADOPTED
    )
    return list(rows.select_related("procedure__unit").order_by("procedure__name"))


def outgoing(procedure: Procedure) -> list[tuple[Link, ProcedureVersion | None]]:
    """Return what the end of a case of an SOP means for others; None: not adopted."""
    versions = in_force(procedure.unit_id)
    by_code = {version.procedure.code: version for version in versions}
    own = by_code.get(procedure.code)
    links = plan_of_version(own).links if own else ()
    return [(link, by_code.get(link.sop)) for link in links]


def incoming(procedure: Procedure) -> list[tuple[Link, ProcedureVersion]]:
    """Return the SOPs in force at the office whose cases start or feed this one."""
    return [
        (link, version)
        for version in in_force(procedure.unit_id)
        for link in plan_of_version(version).links
        if link.sop == procedure.code
    ]


@dataclass(frozen=True)
class Brought:
    """An open line of a case and the artefact of a finished case that fulfils it."""

    item: ChecklistItem
    artefact: Artefact


def to_bring(case: Case) -> list[Brought]:
    """Return what finished cases of linked SOPs give to the open lines of a case.

    Only to steps that are not closed, and nothing that was taken off that line before.
    """
    carried = [
        (version.procedure_id, one)
        for link, version in incoming(case.procedure)
        for one in link.carries
    ]
    lines = _open_lines(case, carried) if carried else []
    if not lines:
        return []
    there = _results(case, [procedure for procedure, _one in carried], lines)
    found = []
    for line in lines:
        for procedure, one in carried:
            if (one.step, one.item) != (line.step, line.item):
                continue
            codes = rules.serving(line.line, case.period)
            keys = [(procedure, one.artefact, code) for code in codes]
            best = next((there[key] for key in keys if key in there), None)
            if best and best.pk not in _taken_off(line):
                found.append(Brought(line, best))
                break
    return found


def _taken_off(line: ChecklistItem) -> set[int | None]:
    """Return the artefacts (ids) whose files somebody took off an open line."""
    return {file.origin_id for file in line.attachments.all()}


def _closed(case: Case) -> set[str]:
    """Return the steps that were worked on and are not open now."""
    return set(case.tasks.values_list("step", flat=True)) - set(case.position["open"])


def _open_lines(
    case: Case, carried: Iterable[tuple[int, Carried]]
) -> list[ChecklistItem]:
    wanted = {(one.step, one.item) for _procedure, one in carried}
    rows = case.items.filter(state=ItemState.OPEN, source="")
    rows = rows.exclude(step__in=_closed(case))
    return [
        row
        for row in rows.prefetch_related("attachments")
        if (row.step, row.item) in wanted
    ]


def _results(
    case: Case, procedures: Iterable[int], lines: Iterable[ChecklistItem]
) -> dict[tuple[int, str, str], Artefact]:
    """Return the newest artefacts by procedure, id and period of their finished cases."""
    codes = {code for row in lines for code in rules.serving(row.line, case.period)}
    rows = Artefact.objects.filter(
        case__procedure__in=set(procedures),
        case__state=CaseState.FINISHED,
        case__period_code__in=codes,
    ).exclude(blob="")
    rows = rows.select_related("case__procedure", "case__version").order_by("number")
    return {(a.case.procedure_id, a.artefact, a.case.period_code): a for a in rows}


def starters(office: Unit, at: datetime) -> set[int]:
    """Return the people (ids) who may start cases at an office today."""
    kinds = [kind.value for kind in rules.STARTERS]
    seats = Position.objects.filter(unit__office=office, kind__in=kinds)
    day = organization.local_day(at, office)
    held = organization.holders_of(seats.values_list("pk", flat=True), day)
    return {one.person for one in held}


def name_of(artefact: Artefact) -> str:
    """Return the name of an artefact in the plan that its case has pinned."""
    return plan_of_version(artefact.case.version).artefact(artefact.artefact).name


def fed(case: Case) -> list[int]:
    """Return the running cases (ids) that a finished case may feed, oldest first."""
    codes = [link.sop for link, version in outgoing(case.procedure) if link.carries]
    rows = Case.objects.filter(
        unit=case.unit_id, state=CaseState.RUNNING, procedure__code__in=codes
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class Relation:
    """A linked SOP as pages show it: what its case or ours gives to the other."""

    name: str
    version: int | None
    mark: str
    says: list[str]
    broken: list[str]


def relations(version: ProcedureVersion) -> tuple[list[Relation], list[Relation]]:
    """Return (what follows this SOP, what leads to it) at its office."""
    own = version.procedure
    after = [
        _relation(link, version, target, shown=target) for link, target in outgoing(own)
    ]
    before = [
        _relation(link, source, version, shown=source) for link, source in incoming(own)
    ]
    return after, before


def _relation(
    link: Link,
    source: ProcedureVersion,
    target: ProcedureVersion | None,
    *,
    shown: ProcedureVersion | None,
) -> Relation:
    says, broken = [], []
    if link.starts and link.period:
        says.append(
            _("Kasus periode terakhir membuka kasus %(kind)s yang berakhir bersamanya.")
            % {"kind": link.period}
        )
    elif link.starts:
        says.append(_("Selesainya kasus membuka kasus periode yang sama."))
    for one in link.carries:
        name = plan_of_version(source).artefact(one.artefact).name
        place = _place(one, target)
        if place:
            says.append(
                _("%(thing)s menjadi kelengkapan %(place)s.")
                % {"thing": name, "place": place}
            )
        elif target:
            broken.append(
                _(
                    "%(thing)s tidak dapat dibawa: %(step)s.%(item)s tidak ada pada SOP "
                    "itu, atau sudah terisi dari langkahnya sendiri. Perbaiki setelan."
                )
                % {"thing": name, "step": one.step, "item": one.item}
            )
    return Relation(
        name=shown.procedure.name if shown else shipped_name(link.sop),
        version=shown.pk if shown else None,
        mark=shown.mark if shown else "",
        says=says,
        broken=broken,
    )


def _place(one: Carried, target: ProcedureVersion | None) -> str:
    """Return where an artefact goes in words; empty when there is no such open item."""
    if target is None:
        return ""
    for step in plan_of_version(target).steps:
        for item in step.items:
            if (step.id, item.id) == (one.step, one.item) and not item.source:
                return f"{step_words(step)}, {item.name}"
    return ""


@dataclass(frozen=True)
class Tied:
    """A case tied to the one that is shown, and how."""

    case: Case
    says: str


def around(case: Case) -> list[Tied]:
    """Return the cases tied to a case: its cause, its sources, what it opened or fed."""
    files = Attachment.objects.filter(removed_at=None, origin__isnull=False)
    sources = files.filter(item__case=case).values_list("origin__case", flat=True)
    users = files.filter(origin__case=case).values_list("item__case", flat=True)
    ties: dict[int, list[str]] = {}
    if case.cause_id:
        ties[case.cause_id] = [_("selesainya membuka kasus ini")]
    for pk in sorted(set(sources)):
        ties.setdefault(pk, []).append(_("hasilnya dipakai di sini"))
    for pk in case.followers.order_by("pk").values_list("pk", flat=True):
        ties.setdefault(pk, []).append(_("dibuka karena kasus ini selesai"))
    for pk in sorted(set(users)):
        ties.setdefault(pk, []).append(_("memakai hasil kasus ini"))
    rows = Case.objects.filter(pk__in=ties).select_related("procedure").in_bulk()
    return [Tied(rows[pk], "; ".join(says)) for pk, says in ties.items()]
