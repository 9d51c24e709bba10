"""Drafts of SOPs: who may write them, what they still lack, how they look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from himpun.documents import fonts
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.sop import drafting, editing
from himpun.sop.check import check
from himpun.sop.drawing import NotDrawable, layout
from himpun.sop.drawing.svg import svg
from himpun.sop.plan import plan
from himpun.sop.reading import read
from himpun.sop.shipped import shipped
from himpun.wording import Sentence, say

from .. import rules
from ..models import Draft, ProcedureVersion
from ..rules import DraftState, VersionState
from . import links, position
from .running import plan_of_version
from .sheets import safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from himpun.organization.models import Person, Unit
    from himpun.sop.findings import Finding
    from himpun.sop.plan import Plan

MARK = say("DRAF, belum diberlakukan")


def drafting_positions(person: Person, office: Unit, at: datetime) -> list[int]:
    """Return the person's positions that may write the office's SOPs."""
    held = organization.positions_of(person, organization.local_day(at))
    own = Position.objects.filter(
        pk__in=held,
        unit__office=office,
        kind__in=[kind.value for kind in rules.DRAFTERS],
    )
    above = Position.objects.filter(
        pk__in=held, kind=PositionKind.ADMINISTRATOR, unit__tenant=office.tenant_id
    )
    return [*own.values_list("pk", flat=True), *above.values_list("pk", flat=True)]


def offices_to_draft_for(person: Person, at: datetime) -> list[Unit]:
    """Return the offices for which a person may write SOPs, by name."""
    visible = organization.visible_offices(person, at).select_related("tenant")
    return [
        office
        for office in visible.order_by("name")
        if drafting_positions(person, office, at)
    ]


def may_draft(person: Person, at: datetime) -> bool:
    """Whether a person may write SOPs of any office, in one query for all of them."""
    held = organization.positions_of(person, organization.local_day(at))
    kinds = [*rules.DRAFTERS, PositionKind.ADMINISTRATOR]
    return Position.objects.filter(pk__in=held, kind__in=kinds).exists()


def visible_drafts(person: Any, at: datetime) -> QuerySet[Draft]:  # noqa: ANN401 - may be anonymous
    """Return the drafts of the offices that a person may read."""
    return Draft.objects.filter(organization.visible_to(person, at)).select_related(
        "unit", "unit__tenant", "based_on", "based_on__procedure", "changed_by"
    )


def versions_to_revise(offices: Iterable[Unit]) -> QuerySet[ProcedureVersion]:
    """Return the versions in force at these offices."""
    rows = ProcedureVersion.objects.filter(
        procedure__unit__in=[office.pk for office in offices],
        state=VersionState.ADOPTED,
    )
    return rows.select_related("procedure", "procedure__unit").order_by(
        "procedure__name", "pk"
    )


def templates() -> list[tuple[str, str]]:
    """Return the SOPs that come with the product: name of the file, name of the SOP."""
    return [(name, _named(source)) for name, source in shipped().items()]


@lru_cache(maxsize=32)
def _named(source: bytes) -> str:
    return title_of(tree_of_source(source))


def tree_of_source(source: bytes | str) -> editing.Tree:
    """Return the values of a file that was checked before it was kept."""
    tree = read(source).tree
    if not isinstance(tree, dict):
        raise TypeError("the content of a draft can no longer be read")
    return tree


def tree_of(draft: Draft) -> editing.Tree:
    """Return the values of a draft."""
    return tree_of_source(draft.content)


def title_of(tree: editing.Tree) -> str:
    """Return the name of an SOP as far as the draft has one."""
    identity = tree.get("identitas")
    name = identity.get("nama") if isinstance(identity, dict) else None
    if isinstance(name, dict):
        name = name.get("teks") or name.get("asli")
    return str(name or "")


@dataclass(frozen=True)
class State:
    """What a draft lacks, what the check warns of, what its source left open."""

    gaps: list[editing.Gap]
    warnings: list[Finding]
    findings: list[dict[str, Any]]

    @property
    def unsettled(self) -> int:
        """How many oddities of the source nobody has looked at yet."""
        return sum(f.get("status") == "perlu-konfirmasi" for f in self.findings)


def state_of(tree: editing.Tree, content: str) -> State:
    """Return what a draft lacks and what was found in it."""
    gaps, warnings = editing.gaps(tree, content)
    found = tree.get("temuan")
    return State(gaps, warnings, list(found) if isinstance(found, list) else [])


@dataclass(frozen=True)
class Partner:
    """An SOP that another may be linked with: its id, its name, its open items.

    `items` gives (`langkah.butir`, name, number of the step); an item that comes from a
    step of its own SOP takes nothing from outside.
    """

    code: str
    name: str
    items: tuple[tuple[str, str, int], ...]


def partners(draft: Draft, tree: editing.Tree) -> list[Partner]:
    """Return the office's other SOPs in force, then the templates it has not adopted."""
    made: dict[str, Partner] = {}
    for version in links.in_force(draft.unit_id):
        code, name = version.procedure.code, version.procedure.name
        made[code] = Partner(code, name, _open_items(plan_of_version(version)))
    for partner in _shipped_partners():
        made.setdefault(partner.code, partner)
    return [partner for code, partner in made.items() if code != tree.get("id")]


@lru_cache(maxsize=1)
def _shipped_partners() -> tuple[Partner, ...]:
    found = (check(source).sop for source in shipped().values())
    return tuple(
        Partner(sop.id, sop.identitas.nama.teks, _open_items(plan(sop)))
        for sop in found
        if sop and sop.identitas.nama
    )


def _open_items(of: Plan) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (f"{step.id}.{item.id}", item.name, step.number)
        for step in of.steps
        for item in step.items
        if not item.source
    )


def content_of(tree: editing.Tree) -> str:
    """Return the file of a draft; raises `drafting.NotDraftable` when too large."""
    return drafting.to_yaml(tree)


@dataclass(frozen=True)
class Drawing:
    """The official form of a draft, or a sentence why it cannot be drawn yet."""

    sheets: list[SafeString]
    why: Sentence | None = None


@lru_cache(maxsize=64)
def _drawn(content: str, *, flow: bool) -> tuple[tuple[str, ...], Sentence | None]:
    made = editing.preview(tree_of_source(content))
    if isinstance(made, Sentence):
        return (), made
    try:
        pages = layout(made, fonts.measure, mark=MARK)
    except NotDrawable as why:
        return (), Sentence(str(why))
    return (
        tuple(
            position.framed(page, svg(page))
            for page in pages
            if bool(page.symbols) is flow
        ),
        None,
    )


def drawing_of(content: str, *, flow: bool = True) -> Drawing:
    """Return the pages of steps, or of the identity part, as far as they are known."""
    texts, why = _drawn(content, flow=flow)
    return Drawing([safe(text) for text in texts], why)


def is_open(draft: Draft) -> bool:
    """Whether a draft can still be changed."""
    return draft.state == DraftState.OPEN
