"""Step 3, of an indicator with a formula: filling in its components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.planning import queries as planning
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import EntryComponent
from .desk import sit_down
from .values import editable, record_value, refuse_stale, take

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal

    from himpun.organization.models import Person

    from ..models import Entry

Filled = tuple["Decimal | None", str]
"""The number of a component, and the text that is not one (yet)."""


@transaction.atomic
def save_components(
    entry: Entry,
    *,
    texts: Mapping[str, str],
    row_version: int,
    by: Person,
    at: datetime,
) -> Entry:
    """Save what was typed for components (code: text); the figure follows from them.

    One that is not named stays. Text that is no number is kept as its draft, and there
    is no figure then, nor while one is missing. Raises Conflict when the row is no
    longer ``row_version``, Refusal for an indicator whose figure is typed.
    """
    desk = sit_down(entry.round.case, queries.COLLECTION, by=by, at=at)
    row = editable(entry)
    if not row.version.formula:
        raise Refusal(
            say("%(name)s tidak memakai komponen. Isi angkanya langsung."),
            name=row.version.name,
        )
    before = queries.variables_of(row)
    now = {
        one.component.code: (
            _read(texts[one.component.code])
            if one.component.code in texts
            else (one.value, one.draft)
        )
        for one in before
    }
    was = {one.component.code: (one.value, one.draft) for one in before}
    if now == was:
        return row  # the same again: a repeated request does no harm
    refuse_stale(row, row_version, _typed(texts))
    for code, (value, draft) in now.items():
        EntryComponent.objects.update_or_create(
            entry=row, code=code, defaults={"value": value, "draft": draft}
        )
    numbers = {code: value for code, (value, _draft) in now.items()}
    old, row.value = row.value, planning.calculated(row.version, numbers).value
    row.draft = next((draft for _value, draft in now.values() if draft), "")
    changed = numbers != {code: value for code, (value, _draft) in was.items()}
    take(row, desk, by, at, changed=changed)
    if changed:
        record_value(row, old, desk, at)
    return row


def _read(text: str) -> Filled:
    typed = text.strip()[: rules.DRAFT_LENGTH]
    try:
        return rules.read_value(typed), ""
    except rules.NotAValue:
        return None, typed


def _typed(texts: Mapping[str, str]) -> str:
    return "; ".join(f"{code}: {text.strip()}" for code, text in texts.items())
