"""Kelengkapan: files on its lines, and lines closed without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.documents import uploads
from himpun.ledger import actions as ledger
from himpun.ledger.rules import SYSTEM
from himpun.organization import queries as organization
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import Attachment, Case, ChecklistItem
from ..rules import ItemState
from .desk import lock, reason_given, touch, worker, write_event

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person
    from himpun.sop.plan import Step


@transaction.atomic
def attach(
    item: ChecklistItem,
    *,
    content: bytes,
    filename: str,
    by: Person,
    at: datetime,
) -> Attachment:
    """Attach a file to a line of the kelengkapan of the step that is being worked."""
    case = lock(item.case)
    actor = worker(case, item.step, by, at)
    kind = recognised(content, filename)
    blob = ledger.keep_file(content, mime=kind.mime, at=at)
    name = ledger.keep_text(filename)
    attachment = Attachment.objects.create(
        item=item, blob=blob, name=name, added_at=at, added_by=by
    )
    ChecklistItem.objects.filter(pk=item.pk).update(state=ItemState.ATTACHED)
    touch(case, item.step, by=actor, at=at)
    write_event(
        case,
        "item.attached",
        by=actor,
        at=at,
        data={"item": item.item, "line": item.line, "blob": blob, "name": name},
    )
    return attachment


def recognised(content: bytes, filename: str) -> uploads.Kind:
    """Return what a file is; raises Refusal with the sentence why it is not taken."""
    try:
        return uploads.recognise(content, filename)
    except uploads.NotAccepted as wrong:
        raise Refusal(str(wrong), field="file") from None


@transaction.atomic
def remove_attachment(attachment: Attachment, *, by: Person, at: datetime) -> None:
    """Take a file off a line; the file and the act stay in the record."""
    item = attachment.item
    case = lock(item.case)
    actor = worker(case, item.step, by, at)
    if attachment.removed_at:
        raise Refusal(say("Berkas ini sudah dilepas."))
    attachment.removed_at = at
    attachment.save(update_fields=["removed_at"])
    if not item.attachments.filter(removed_at__isnull=True).exists():
        ChecklistItem.objects.filter(pk=item.pk).update(state=ItemState.OPEN)
    write_event(
        case,
        "item.detached",
        by=actor,
        at=at,
        data={"item": item.item, "line": item.line, "blob": attachment.blob},
    )


@transaction.atomic
def waive(item: ChecklistItem, *, reason: str, by: Person, at: datetime) -> None:
    """Close a line without its file, with a reason; it stands in the print.

    Only a co-actor of the step or the head of the office may.
    """
    case = lock(item.case)
    positions = queries.may_waive(by, case, item.step, at)
    if not positions:
        raise Refusal(
            say(
                "Pengecualian kelengkapan diputuskan oleh pejabat yang memaraf langkah "
                "ini atau oleh Camat."
            )
        )
    if item.state != ItemState.OPEN:
        raise Refusal(say("Butir ini sudah terpenuhi atau sudah dikecualikan."))
    actor = organization.acting(by, positions, at)
    text = ledger.keep_text(reason_given(reason))
    item.state, item.reason = ItemState.WAIVED, text
    item.decided_role, item.decided_at = actor.role, at
    item.save(update_fields=["state", "reason", "decided_role", "decided_at"])
    write_event(
        case,
        "item.waived",
        by=actor,
        at=at,
        data={"item": item.item, "line": item.line, "reason": text},
    )


def fulfil(case: Case, step: str, item: str, *, note: str, at: datetime) -> None:
    """Close a line of the kelengkapan by what the case itself already holds."""
    rows = ChecklistItem.objects.filter(
        case=case, step=step, item=item, state=ItemState.OPEN
    )
    for row in rows:
        row.state, row.reason = ItemState.ATTACHED, ledger.keep_text(note)
        row.decided_role, row.decided_at = SYSTEM.role, at
        row.save(update_fields=["state", "reason", "decided_role", "decided_at"])


SETTINGS = "setelan operasional SOP"
"""Who closed a line that cannot exist in this kind of period."""


def make_lines(case: Case, step: Step) -> None:
    """Make a line for each thing that a step needs; a monthly report has one a month.

    An item that `operasional.tidak_berlaku` names for this kind of period is closed by
    the reason that stands there. Lines that exist take name and duty from the step.
    """
    known = {(line.item, line.line): line for line in case.items.filter(step=step.id)}
    for item in step.items:
        reason = next(
            (e.reason for e in item.not_applicable if case.period.kind in e.periods), ""
        )
        for line in rules.lines(item.id, case.period):
            code = line.code if line else ""
            row = known.get((item.id, code)) or ChecklistItem(
                case=case, step=step.id, item=item.id, line=code
            )
            row.name = f"{item.name}, {line.label}" if line else item.name
            row.required, row.source = item.required, item.source or ""
            if row.state == ItemState.OPEN and reason:
                row.state, row.decided_role = ItemState.NOT_APPLICABLE, SETTINGS
                row.reason = ledger.keep_text(reason)
            elif row.decided_role == SETTINGS and not reason:
                row.state, row.decided_role, row.reason = ItemState.OPEN, "", ""
            row.save()
