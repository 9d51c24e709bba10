"""What a draft's coming into force means: for its actors, its cases and its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.organization.models import Position
from himpun.shared.refusals import say
from himpun.sop.check import check
from himpun.sop.document import fingerprint
from himpun.sop.plan import plan as make_plan

from ..models import ActorBinding, Case, ProcedureVersion
from ..rules import CaseState, VersionState
from . import links, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from himpun.organization.models import Unit
    from himpun.sop.model import Sop
    from himpun.sop.plan import Plan
    from himpun.wording import Sentence

    from ..models import Draft


def in_force(draft: Draft, document: Sop) -> ProcedureVersion | None:
    """Return the version that adopting the document at its office would replace."""
    return (
        ProcedureVersion.objects.filter(
            procedure__unit=draft.unit_id,
            procedure__code=document.id,
            state=VersionState.ADOPTED,
        )
        .select_related("procedure")
        .first()
    )


def differs(document: Sop, version: ProcedureVersion | None) -> bool:
    """Whether a document says something else than a version, settings included."""
    if version is None:
        return True
    old = check(version.source.encode()).sop
    return (
        old is None
        or version.fingerprint != fingerprint(document)
        or old.operasional != document.operasional
        or old.temuan != document.temuan
    )


def proposed_bindings(
    draft: Draft,
    document: Sop,
    version: ProcedureVersion | None,
    positions: Iterable[Position],
) -> dict[str, set[int]]:
    """Return actor -> positions as the version before has them, else by equal title.

    The title is the actor's own, or one that the settings (`peran`) give him.
    """
    before = version or draft.based_on
    rows = ActorBinding.objects.filter(
        version=before, position__unit__office=draft.unit_id
    )
    known: dict[str, set[int]] = {}
    for name, seat in rows.values_list("actor", "position"):
        known.setdefault(name, set()).add(seat)
    titled = [(_bare(position.title), position.pk) for position in positions]
    made = {}
    for actor in document.pelaksana:
        named = (actor.label.teks, *document.operasional.peran.get(actor.id, ()))
        titles = {_bare(title) for title in named}
        alike = {pk for title, pk in titled if title in titles}
        made[actor.id] = known.get(actor.id) or alike
    return made


def _bare(title: str) -> str:
    return " ".join(title.casefold().split())


def positions_to_bind(office: Unit) -> list[Position]:
    """Return the positions of an office, in the order of its units."""
    rows = Position.objects.filter(unit__office=office).select_related("unit")
    return list(rows.order_by("unit__order", "pk"))


def running_now(version: ProcedureVersion | None) -> int:
    """Return how many cases of an SOP run, of whichever version."""
    if version is None:
        return 0
    rows = Case.objects.filter(procedure=version.procedure_id)
    return rows.filter(state=CaseState.RUNNING).count()


def broken_links(draft: Draft, document: Sop) -> list[Sentence]:
    """Return what is carried between an SOP and the office's others to no open line."""
    own = make_plan(document)
    name = document.identitas.nama.teks if document.identitas.nama else document.id
    found: list[Sentence] = []
    for version in links.in_force(draft.unit_id):
        other, title = running.plan_of_version(version), version.procedure.name
        if other.sop != own.sop:
            found += _nowhere(other, own, title, name)
            found += _nowhere(own, other, name, title)
    return found


def _nowhere(of: Plan, to: Plan, source: str, target: str) -> Iterator[Sentence]:
    """Tell each thing that the end of one SOP's case carries to no open line of another."""
    there = {
        (step.id, item.id)
        for step in to.steps
        for item in step.items
        if not item.source
    }
    for link in of.links:
        for one in link.carries if link.sop == to.sop else ():
            if (one.step, one.item) not in there:
                yield say(
                    "%(source)s membawa %(thing)s ke %(target)s, tetapi butir "
                    "%(step)s.%(item)s tidak ada di sana atau terisi dari langkahnya "
                    "sendiri. Perbaiki di Pengaturan kantor.",
                    source=source,
                    thing=of.artefact(one.artefact).name,
                    target=target,
                    step=one.step,
                    item=one.item,
                )
