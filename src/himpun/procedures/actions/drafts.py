"""Drafts of SOPs: begun, corrected part by part, thrown away, adopted.

A draft is not yet a record of the office: who began and ended it is an event, what was
typed on the way is not.
"""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.documents import grids
from himpun.documents.inspecting.office import OPENXML
from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.shared.refusals import Conflict, Refusal, say
from himpun.sop import bpmn, drafting, editing
from himpun.sop.check import check
from himpun.sop.reading import MAX_BYTES, read
from himpun.sop.shipped import shipped
from himpun.sop.writing import tree_of

from .. import rules
from ..models import Draft
from ..queries import adopting
from ..queries import drafts as drafted
from ..rules import DraftOrigin, DraftState
from .adopting import adopt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Position, Unit

    from ..models import ProcedureVersion

LONGEST_NAME = 200
TEXT = {
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "txt": "text/plain",
    "bpmn": "application/xml",
}


def drafter(person: Person, office: Unit, at: datetime) -> Actor:
    """Return the person as one who may write the office's SOPs, or raise Refusal."""
    positions = drafted.drafting_positions(person, office, at)
    if not positions:
        raise Refusal(
            say(
                "Draf SOP ditulis oleh Kasubbag atau Sekcam kantor ini, atau oleh "
                "administrator kabupaten."
            )
        )
    return organization.acting(person, positions, at)


@transaction.atomic
def draft_from_file(
    office: Unit, *, content: bytes, filename: str, by: Person, at: datetime
) -> Draft:
    """Begin a draft with what stands in an office file, or with a YAML file.

    Raises Refusal with a sentence for a file that cannot be read.
    """
    actor = drafter(by, office, at)
    ending = PurePosixPath(filename.lower()).suffix.lstrip(".")
    name = filename[-LONGEST_NAME:]
    try:
        tree = _read(content, name, ending)
    except (grids.NotAccepted, bpmn.NotBpmn, drafting.NotDraftable) as why:
        raise Refusal(str(why), field="file") from None
    mime = TEXT.get(ending) or OPENXML[ending]
    return _open(
        office,
        tree,
        DraftOrigin.FILE,
        by=by,
        actor=actor,
        at=at,
        file=ledger.keep_file(content, mime=mime, at=at),
        file_name=ledger.keep_text(name),
    )


def _read(content: bytes, name: str, ending: str) -> editing.Tree:
    """Return the values of a file; raises what its reader raises, or Refusal."""
    if ending in ("yaml", "yml"):
        return tree_of_yaml(content)
    digest = hashlib.sha256(content).hexdigest()
    if ending != "bpmn":
        return drafting.read(grids.read(content, name), name, digest).tree
    if len(content) > grids.MOST_BYTES:
        raise Refusal(
            say("Berkas ini lebih besar dari 10 MB. Kirim satu SOP saja."), field="file"
        )
    root = bpmn.opened(content)
    if document := bpmn.read_own(root):
        return tree_of(document)
    tree = bpmn.drafted(root, name, digest).tree
    if wrong := editing.editable(tree):
        raise Refusal(wrong, field="file")
    return tree


def tree_of_yaml(content: bytes | str) -> editing.Tree:
    """Return the values of a YAML file; raises Refusal with the line that is wrong."""
    reading = read(content)
    if reading.findings:
        first = reading.findings[0]
        raise Refusal(
            say("Baris %(line)s: %(what)s"),
            field="file",
            line=first.line,
            what=first.sentence,
        )
    wrong = editing.editable(reading.tree)
    if wrong or not isinstance(reading.tree, dict):
        raise Refusal(wrong or say("Berkas ini bukan SOP."), field="file")
    return reading.tree


@transaction.atomic
def draft_from_version(version: ProcedureVersion, *, by: Person, at: datetime) -> Draft:
    """Begin a revision of an adopted version, letter for letter as it was adopted."""
    office = version.procedure.unit
    return _open(
        office,
        drafted.tree_of_source(version.source),
        DraftOrigin.VERSION,
        by=by,
        actor=drafter(by, office, at),
        at=at,
        content=version.source,
        based_on=version,
    )


@transaction.atomic
def draft_from_template(office: Unit, name: str, *, by: Person, at: datetime) -> Draft:
    """Begin a draft with an SOP that comes with the product."""
    actor = drafter(by, office, at)
    source = shipped().get(name)
    if source is None:
        raise Refusal(
            say("Templat itu tidak ada. Pilih dari daftar."), field="template"
        )
    tree = drafted.tree_of_source(source)
    return _open(office, tree, DraftOrigin.TEMPLATE, by=by, actor=actor, at=at)


@transaction.atomic
def blank_draft(office: Unit, *, by: Person, at: datetime) -> Draft:
    """Begin a draft with an empty form."""
    actor = drafter(by, office, at)
    return _open(office, editing.blank(), DraftOrigin.BLANK, by=by, actor=actor, at=at)


def _open(  # noqa: PLR0913 - the columns of a draft, all named
    office: Unit,
    tree: editing.Tree,
    origin: DraftOrigin,
    *,
    by: Person,
    actor: Actor,
    at: datetime,
    content: str = "",
    **more: Any,  # noqa: ANN401 - columns of the draft
) -> Draft:
    draft = Draft.objects.create(
        unit=office,
        title=drafted.title_of(tree),
        content=content or _written(tree),
        origin=origin,
        opened_at=at,
        opened_role=actor.role,
        changed_at=at,
        changed_by=by,
        **more,
    )
    _record(draft, "draft.opened", by=actor, at=at, origin=origin.value)
    return draft


def _written(tree: editing.Tree) -> str:
    try:
        return drafted.content_of(tree)
    except drafting.NotDraftable as why:
        raise Refusal(str(why)) from None


def _record(draft: Draft, kind: str, *, by: Actor, at: datetime, **data: Any) -> None:  # noqa: ANN401 - the event's own
    ledger.record(
        f"sop:{draft.unit_id}", kind, by=by, at=at, data={"draft": draft.pk, **data}
    )


def _locked(draft: Draft, by: Person, at: datetime) -> tuple[Draft, Actor]:
    """Return an open draft locked, and who acts; raises Refusal."""
    rows = Draft.objects.select_for_update(of=("self",)).select_related("unit")
    locked = rows.get(pk=draft.pk)
    actor = drafter(by, locked.unit, at)
    obstacle = rules.draft_obstacle(DraftState(locked.state))
    if obstacle:
        raise Refusal(obstacle)
    return locked, actor


def _keep(
    draft: Draft, tree: editing.Tree, content: str, *, by: Person, at: datetime
) -> None:
    if content == draft.content:
        return
    draft.content, draft.title = content, drafted.title_of(tree)
    draft.changed_at, draft.changed_by = at, by
    draft.save(update_fields=["content", "title", "changed_at", "changed_by"])


@transaction.atomic
def save_part(  # noqa: PLR0913 - which part, what was typed, what was seen, who, when
    draft: Draft,
    part: str,
    step: str,
    typed: Mapping[str, str],
    *,
    seen: str,
    by: Person,
    at: datetime,
) -> Draft:
    """Save a part of a draft as it was typed.

    ``seen`` is the stamp of the part that the form showed. Raises Conflict when somebody
    else has changed the part since, Refusal when its step is gone.
    """
    draft, _actor = _locked(draft, by, at)
    before = drafted.tree_of(draft)
    if seen != editing.stamp(before, part, step):
        raise Conflict(
            say(
                "Bagian ini sudah diubah %(who)s sementara Anda mengisi. Tidak ada yang "
                "ditimpa: bandingkan, lalu pilih."
            ),
            current=draft,
            who=_changer(draft),
        )
    tree = _edited(lambda: editing.save(before, part, step, typed))
    if tree != before:
        _keep(draft, tree, _written(tree), by=by, at=at)
    return draft


@transaction.atomic
def change_draft(
    draft: Draft, deed: str, name: str, *, by: Person, at: datetime
) -> Draft:
    """Do what a button of the form says: add, move or remove; raises Refusal."""
    draft, _actor = _locked(draft, by, at)
    before = drafted.tree_of(draft)
    tree = _edited(lambda: editing.act(before, deed, name))
    if tree != before:
        _keep(draft, tree, _written(tree), by=by, at=at)
    return draft


def _edited(edit: Callable[[], editing.Tree]) -> editing.Tree:
    try:
        return edit()
    except editing.NotEdited as why:
        raise Refusal(str(why)) from None


def _changer(draft: Draft) -> str:
    return draft.changed_by.name if draft.changed_by else "Himpun"


@transaction.atomic
def save_source(
    draft: Draft, text: str, *, seen: str, by: Person, at: datetime
) -> Draft:
    """Save a draft as its YAML was typed; raises Refusal at the line that is wrong."""
    draft, _actor = _locked(draft, by, at)
    if seen != editing.stamp(drafted.tree_of(draft), "yaml"):
        raise Conflict(
            say("Draf ini sudah diubah %(who)s sementara Anda menulis."),
            current=draft,
            who=_changer(draft),
        )
    if len(text.encode()) > MAX_BYTES:
        raise Refusal(say("Teks ini lebih besar dari 256 KB, batas untuk satu SOP."))
    content = text.replace("\r\n", "\n")
    _keep(draft, tree_of_yaml(content), content, by=by, at=at)
    return draft


@transaction.atomic
def discard_draft(draft: Draft, *, by: Person, at: datetime) -> Draft:
    """Throw a draft away; it stays kept and can no longer be changed."""
    draft, actor = _locked(draft, by, at)
    draft.state = DraftState.DISCARDED
    draft.save(update_fields=["state"])
    _record(draft, "draft.discarded", by=actor, at=at)
    return draft


@transaction.atomic
def adopt_draft(  # noqa: PLR0913 - the draft, who its actors are, what was seen, by whom
    draft: Draft,
    bindings: Mapping[str, Iterable[Position]],
    *,
    seen: str,
    mark: str,
    by: Person,
    at: datetime,
) -> ProcedureVersion:
    """Let a draft come into force; raises Refusal while it lacks something."""
    draft, actor = _locked(draft, by, at)
    tree = drafted.tree_of(draft)
    if seen != editing.stamp(tree, "yaml"):
        raise Refusal(
            say("Draf ini berubah sejak halaman dibuka. Periksa lagi, lalu berlakukan.")
        )
    gaps, _warnings = editing.gaps(tree, draft.content)
    document = check(draft.content.encode()).sop
    changed = document is None or adopting.differs(
        document, adopting.in_force(draft, document)
    )
    obstacle = rules.adoption_obstacle(missing=len(gaps), errors=0, changed=changed)
    if obstacle:
        raise Refusal(obstacle)
    version = adopt(
        draft.unit, draft.content.encode(), bindings, by=actor, at=at, mark=mark
    )
    draft.state, draft.version = DraftState.ADOPTED, version
    draft.save(update_fields=["state", "version"])
    return version
