"""What linked SOPs give to a case, and what the end of a case opens."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from himpun.ledger import actions as ledger
from himpun.ledger.models import Blob
from himpun.ledger.rules import SYSTEM

from ..models import Attachment, Case
from ..queries import links
from ..rules import CaseState, ItemState
from .desk import write_event

if TYPE_CHECKING:
    from datetime import datetime

    from ..models import Artefact, ChecklistItem


def bring(case: Case, *, at: datetime) -> None:
    """Fulfil open lines of a case by what finished cases of linked SOPs brought forth."""
    for found in links.to_bring(case):
        _bring(case, found.item, found.artefact, at)


def _bring(case: Case, item: ChecklistItem, artefact: Artefact, at: datetime) -> None:
    """Put the artefact's own file on a line: the same bytes, no copy."""
    mime = Blob.objects.get(pk=artefact.blob).mime
    source = artefact.case
    title = f"{links.name_of(artefact)}, {source.period.label}"
    Attachment.objects.create(
        item=item,
        blob=artefact.blob,
        name=ledger.keep_text(title + (mimetypes.guess_extension(mime) or "")),
        origin=artefact,
        added_at=at,
    )
    item.state = ItemState.ATTACHED
    item.save(update_fields=["state"])
    write_event(
        case,
        "item.brought",
        by=SYSTEM,
        at=at,
        data={
            "step": item.step,
            "item": item.item,
            "line": item.line,
            "blob": artefact.blob,
            "from_case": source.pk,
            "from_step": artefact.step,
            "artefact": artefact.artefact,
            "number": artefact.number,
        },
    )


def feed(case: Case, *, at: datetime) -> None:
    """Let the running cases of linked SOPs take what a finished case brought forth."""
    waiting = Case.objects.select_for_update().filter(pk__in=links.fed(case))
    for other in waiting.order_by("pk"):
        if other.state == CaseState.RUNNING:
            bring(other, at=at)
