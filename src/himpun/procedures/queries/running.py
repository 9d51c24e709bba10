"""What runs: cases, tasks, who may work them, what they still lack."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from himpun.ledger import queries as ledger
from himpun.organization import queries as organization
from himpun.shared.refusals import say
from himpun.sop.check import check
from himpun.sop.kinds import MAKING, work_of
from himpun.sop.plan import from_json
from himpun.wording import joined

from .. import registry, rules
from ..models import (
    ActorBinding,
    Artefact,
    Attachment,
    Case,
    ChecklistItem,
    ProcedureVersion,
    Receipt,
    Task,
)
from ..registry import Missing, Summary
from ..rules import ItemState, Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.ledger.models import Event
    from himpun.organization.models import Person, Unit
    from himpun.organization.queries import Held
    from himpun.sop.model import Sop
    from himpun.sop.plan import Plan, Return, Step


@lru_cache(maxsize=64)
def _plan(version: int, plan: str) -> Plan:
    """Read a stored plan once; ``version`` only keeps the cache's keys apart."""
    del version
    return from_json(plan)


def plan_of(case: Case) -> Plan:
    """Return the plan that the case pinned when it was opened."""
    return plan_of_version(case.version)


def plan_of_version(version: ProcedureVersion) -> Plan:
    """Return the plan of an adopted version."""
    return _plan(version.pk, version.plan)


def step_of(task: Task) -> Step:
    """Return the step of the pinned plan that the task belongs to."""
    return plan_of(task.case).step(task.step)


def document_of(version: ProcedureVersion) -> Sop:
    """Return the SOP of an adopted version as `himpun.sop` reads it."""
    document = check(version.source.encode()).sop
    if document is None:  # it was checked before it was adopted
        raise ValueError(f"the source of {version} can no longer be read")
    return document


@lru_cache(maxsize=64)
def _kinds(plan: Plan) -> dict[str, tuple[str, ...]]:
    return {
        step: tuple(work.value for work in works)
        for step, works in work_of(plan).items()
    }


def people_wanted(task: Task) -> int:
    """Return how many people a task needs, each by an act of his own."""
    others = step_of(task).co_actors if task.part != Part.WORK else ()
    return next((o.people for o in others if o.actor == task.actor), 1)


def kinds_of(case: Case, step: str) -> tuple[str, ...]:
    """Return the names of the kinds of work that a step of the case has."""
    return _kinds(plan_of(case))[step]


def takes_files(case: Case, step: str) -> bool:
    """Whether the outputs of a step are attached, because no kind of work makes them."""
    return not MAKING.intersection(kinds_of(case, step))


def all_kinds_of(case: Case) -> tuple[str, ...]:
    """Return the names of the kinds of work in the case, each once, in its order."""
    steps = _kinds(plan_of(case)).values()
    return tuple(dict.fromkeys(name for names in steps for name in names))


def visible_cases(
    person: Any,  # noqa: ANN401 - may be anonymous
    at: datetime,
    held: Held | None = None,
) -> QuerySet[Case]:
    """Return the cases that a person may read; ``held`` spares asking what he holds."""
    return Case.objects.filter(
        organization.visible_to(person, at, held)
    ).select_related("procedure", "version", "unit", "unit__tenant")


def visible_versions(
    person: Any,  # noqa: ANN401 - may be anonymous
    at: datetime,
    held: Held | None = None,
) -> QuerySet[ProcedureVersion]:
    """Return the SOP versions that a person may read."""
    offices = organization.visible_offices(person, at, held)
    return ProcedureVersion.objects.filter(procedure__unit__in=offices).select_related(
        "procedure", "procedure__unit"
    )


def open_tasks(case: Case) -> list[Task]:
    """Return what is open in the case, oldest first."""
    return list(case.tasks.filter(done_at__isnull=True))


def open_work(case: Case, step: str | None = None) -> Task | None:
    """Return the open task that does the work (of a step), None when there is none."""
    rows = case.tasks.filter(done_at__isnull=True, part=Part.WORK)
    return (rows.filter(step=step) if step else rows).first()


def last_work(case: Case, step: str) -> Task | None:
    """Return the newest round's work of a step, open or done."""
    return case.tasks.filter(step=step, part=Part.WORK).order_by("-round").first()


def rounds_of(case: Case, step: str) -> int:
    """Return how many rounds a step has had; 0 when it was never opened."""
    last = last_work(case, step)
    return last.round if last else 0


def may_start(person: Person, office: Unit, at: datetime) -> bool:
    """Whether the person may start a case at this office."""
    held = organization.held_by(person, organization.local_day(at))
    return rules.may_start(held.kinds(office.pk))


def artefact_of(case: Case, artefact: str) -> Artefact | None:
    """Return the newest version of an artefact of the case."""
    return case.artefacts.filter(artefact=artefact).order_by("-number").first()


def is_signed(case: Case) -> bool:
    """Whether anything in the case has been signed."""
    signed = [a.id for a in plan_of(case).artefacts if a.signed_by]
    return case.artefacts.filter(artefact__in=signed).exists()


@dataclass(frozen=True)
class Line:
    """A line of a step's kelengkapan with its files, as pages and papers show it."""

    item: ChecklistItem
    state: str
    reason: str
    files: tuple[tuple[int, str, str], ...]
    """(attachment id, file name, sha256) of each file that is attached."""
    origins: tuple[str, ...] = ()
    """Where the files come from that a finished case of a linked SOP gave."""


def checklist(case: Case, step: str | None = None) -> list[Line]:
    """Return the kelengkapan of the case (of a step); three queries.

    A line that comes from an artefact is there when the artefact is.
    """
    given = Attachment.objects.select_related(
        "origin__case__procedure", "origin__case__version"
    )
    rows = case.items.prefetch_related(Prefetch("attachments", given))
    items = list(rows.filter(step=step) if step else rows)
    made = set(case.artefacts.values_list("artefact", flat=True))
    files = [a for i in items for a in i.attachments.all() if a.removed_at is None]
    texts = ledger.texts([*(a.name for a in files), *(i.reason for i in items)])
    return [_line(item, made, texts) for item in items]


def _line(item: ChecklistItem, made: set[str], texts: dict[str, str]) -> Line:
    state = item.state
    if state == ItemState.OPEN and item.source and item.source in made:
        state = ItemState.ATTACHED.value
    return Line(
        item=item,
        state=state,
        reason=texts.get(item.reason, ""),
        files=tuple(
            (a.pk, texts.get(a.name, ""), a.blob)
            for a in item.attachments.all()
            if a.removed_at is None
        ),
        origins=tuple(
            _origin(a.origin)
            for a in item.attachments.all()
            if a.origin and a.removed_at is None
        ),
    )


def _origin(made: Artefact) -> str:
    """Return where a result of another case comes from, as page and paper say it."""
    step = plan_of(made.case).step(made.step)
    return _("dari %(case)s (kasus %(number)s), langkah %(step)s, sidik %(sha)s") % {
        "case": made.case,
        "number": made.case_id,
        "step": step.number,
        "sha": made.blob[:12],
    }


def missing_of(task: Task, at: datetime) -> list[Missing]:
    """Return everything that keeps a task from being closed at this moment."""
    found = _missing_lines(task) if task.part in rules.DOING else []
    for kind in registry.kinds(kinds_of(task.case, task.step)):
        found += kind.missing(task, at=at)
    if task.part in rules.DOING and takes_files(task.case, task.step):
        found += _missing_outputs(task)
    return found


def _missing_lines(task: Task) -> list[Missing]:
    return [
        Missing(
            say(
                "Kelengkapan belum ada: %(name)s. Lampirkan, atau minta dikecualikan.",
                name=line.item.name,
            ),
            f"/kasus/{task.case_id}#butir-{line.item.pk}",
        )
        for line in checklist(task.case, task.step)
        if line.item.required and line.state == ItemState.OPEN
    ]


def unmade_outputs(task: Task) -> list[str]:
    """Return the step's artefacts that this round has not brought forth yet."""
    made = task.case.artefacts.filter(made_at__gte=task.row_opened_at)
    known = set(made.values_list("artefact", flat=True))
    return [a for a in step_of(task).outputs if a not in known]


def _missing_outputs(task: Task) -> list[Missing]:
    plan = plan_of(task.case)
    return [
        Missing(
            say(
                "Hasil langkah ini belum ada: %(name)s. Unggah berkasnya.",
                name=plan.artefact(artefact).name,
            ),
            f"/kasus/{task.case_id}#hasil-{artefact}",
        )
        for artefact in unmade_outputs(task)
        if artefact not in things(task)
    ]


def things(task: Task) -> set[str]:
    """Return the outputs of a step that no file can hold: they are there by its close."""
    plan = plan_of(task.case)
    outputs = step_of(task).outputs
    return {name for name in outputs if set(plan.artefact(name).forms) == {"fisik"}}


def summary_of(task: Task) -> Summary:
    """Return the line about a task for lists; the step's own words when plain."""
    step = step_of(task)
    if task.part == Part.WORK:
        for kind in registry.kinds(kinds_of(task.case, task.step)):
            found = kind.summary(task)
            if found:
                return found
    words = {Part.PARAF.value: say("Paraf"), Part.ACKNOWLEDGE.value: say("Mengetahui")}
    prefix = words.get(task.part)
    title = joined([prefix, step.activity], ": ") if prefix else step.activity
    return Summary(title=title, text="", link=f"/kasus/{task.case_id}")


def right_to_return(case: Case, source: str, target: str) -> Return | None:
    """Return the SOP's right to send work back from one step to another, if any."""
    steps = plan_of(case).steps
    rights = (right for step in steps if step.id == source for right in step.returns)
    return next((right for right in rights if right.to == target), None)


def round_cap(case: Case, step: str) -> int | None:
    """Return how many rounds of a step decisions may open in this case; None: any."""
    limit = plan_of(case).step(step).round_limit
    cap: int | None = case.round_caps.get(step, limit)
    return cap


def returns_made(case: Case, source: str, target: str) -> int:
    """Return how often the case was returned from one step to another."""
    rows = case.tasks.filter(step=source, outcome=f"kembali:{target}")
    return rows.values("round").distinct().count()


def receipts(case: Case) -> list[Receipt]:
    """Return the copies sent in this case, newest round last."""
    return list(case.receipts.select_related("received_by").order_by("round", "pk"))


def events_of(case: Case) -> list[Event]:
    """Return the case's events in order."""
    return ledger.events_of(case.stream)


def told(case: Case, acts: Sequence[registry.Act]) -> list[str]:
    """Return for each event of the case what it is about, as those say who record it."""
    answers = [kind.told(case, acts) for kind in registry.kinds(all_kinds_of(case))]
    answers = answers or [[""] * len(acts)]
    return ["; ".join(filter(None, said)) for said in zip(*answers, strict=True)]


def orphans(at: datetime) -> list[tuple[ProcedureVersion, str]]:
    """Return (version, actor) of SOPs in force whose actor nobody fills today."""
    rows = ActorBinding.objects.filter(
        version__state=rules.VersionState.ADOPTED
    ).select_related("version", "version__procedure", "position__unit")
    by_actor: dict[tuple[int, str], list[ActorBinding]] = {}
    for row in rows:
        by_actor.setdefault((row.version_id, row.actor), []).append(row)
    return [
        (bound[0].version, actor)
        for (_version, actor), bound in by_actor.items()
        if not organization.holders_of(
            (b.position_id for b in bound),
            organization.local_day(at, bound[0].position.unit.office),
        )
    ]


def running_with_progress(person: Person, at: datetime) -> QuerySet[Case]:
    """Return the running cases that a person may read, with counts of done tasks."""
    return (
        visible_cases(person, at)
        .filter(state=rules.CaseState.RUNNING)
        .annotate(
            closed_steps=Count(
                "tasks__step",
                filter=Q(
                    tasks__part=Part.WORK,
                    tasks__done_at__isnull=False,
                    tasks__withdrawn_at__isnull=True,
                ),
                distinct=True,
            )
        )
    )
