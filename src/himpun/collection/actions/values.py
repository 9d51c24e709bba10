"""Step 3: typing values, notes and evidence, pasting, sending to the verifier."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.planning import queries as planning
from himpun.planning.rules import number_of, plain
from himpun.procedures.actions import recognised, write_event
from himpun.shared.refusals import Conflict, Refusal, say

from .. import queries, rules
from ..models import Entry, Evidence
from ..rules import EntryState
from .desk import said, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.organization.models import Person
    from himpun.planning.rules import Figure

    from ..models import Round
    from ..rules import Preview
    from .desk import Desk

MOST_FILES = 30
LONGEST_NAME = 180


@dataclass(frozen=True)
class Current:
    """What stands in a row that somebody else changed first, and what was typed."""

    entry: Entry
    typed: str

    @property
    def person(self) -> Person | None:
        """Who changed it."""
        return self.entry.changed_by

    @property
    def at(self) -> datetime | None:
        """When it was changed."""
        return self.entry.changed_at


@transaction.atomic
def save_value(
    entry: Entry, *, text: str, row_version: int, by: Person, at: datetime
) -> Entry:
    """Save what was typed in a cell.

    A figure that can be read becomes the value and an event; other text is kept as the
    draft and shown, never an event. An empty text clears the value. Raises Conflict
    when the row is no longer ``row_version``: nothing is overwritten then.
    """
    desk = sit_down(entry.round.case, queries.COLLECTION, by=by, at=at)
    row = editable(entry)
    if row.version.formula:
        raise Refusal(
            say("%(name)s dihitung dari komponennya. Isi komponennya pada barisnya."),
            name=row.version.name,
        )
    typed = text.strip()[: rules.DRAFT_LENGTH]
    try:
        grades = planning.grades_of(row.version)
        figure = rules.read_figure(typed, row.version.decimals, grades)
    except rules.NotAValue:
        return _keep_draft(row, typed, row_version, by, at)
    if row.figure == figure and not row.draft:
        return row  # the same again: a repeated request does no harm
    refuse_stale(row, row_version, typed)
    old, row.draft = row.figure, ""
    row.value = number_of(figure)
    row.grade = figure if isinstance(figure, str) else ""
    take(row, desk, by, at, changed=old != figure)
    if old != figure:
        record_value(row, old, desk, at)
    return row


def take(row: Entry, desk: Desk, by: Person, at: datetime, *, changed: bool) -> None:
    """Keep a row; who changed its figure is its author from now on."""
    if changed:
        row.author, row.author_role, row.saved_at = by, desk.actor.role, at
        _set_state(row)
    _keep(row, by, at)


def editable(entry: Entry) -> Entry:
    """Return the row, locked; raises Refusal when it was sent or accepted."""
    row = (
        Entry.objects.select_for_update(of=("self",))
        .select_related(
            "version__indicator", "version__grade_scale", "round", "changed_by"
        )
        .get(pk=entry.pk)
    )
    if EntryState(row.state) not in rules.EDITABLE:
        raise Refusal(
            say(
                "%(name)s sudah dikirim dan terkunci. Nilai dapat diubah lagi setelah "
                "dikembalikan."
            ),
            name=row.version.name,
        )
    return row


def refuse_stale(row: Entry, row_version: int, typed: str) -> None:
    """Raise Conflict when the row is no longer the one that was shown."""
    if row.row_version == row_version:
        return
    raise Conflict(
        say("%(name)s baru saja diubah orang lain. Pilih nilai yang dipakai."),
        current=Current(row, typed),
        name=row.version.name,
    )


def _keep_draft(
    row: Entry, typed: str, row_version: int, by: Person, at: datetime
) -> Entry:
    if row.draft == typed:
        return row
    refuse_stale(row, row_version, typed)
    row.draft = typed
    _keep(row, by, at)
    return row


def _set_state(row: Entry) -> None:
    """Let the state follow the value; a returned row stays returned until resent."""
    if row.state != EntryState.RETURNED:
        filled = row.figure is not None
        row.state = (EntryState.SAVED if filled else EntryState.EMPTY).value


def _keep(row: Entry, by: Person, at: datetime) -> None:
    row.changed_by, row.changed_at = by, at
    row.row_version += 1
    row.save()


def record_value(row: Entry, old: Figure | None, desk: Desk, at: datetime) -> None:
    """Record a figure that was typed or calculated, with the one before it."""
    write_event(
        desk.case,
        "value.saved",
        by=desk.actor,
        at=at,
        data={
            "entry": row.pk,
            "indicator": row.version.indicator_id,
            "version": row.version.number,
            "unit": row.unit_id,
            "period": row.round.period_code,
            "old": plain(old),
            "new": plain(row.figure),
            **inputs_of(row),
        },
    )


def inputs_of(row: Entry) -> dict[str, object]:
    """Return for an event the components that a figure was calculated from, if any."""
    if not row.version.formula:
        return {}
    variables = queries.variables_of(row)
    return {"inputs": {one.component.code: plain(one.value) for one in variables}}


@transaction.atomic
def save_note(
    entry: Entry, *, text: str, row_version: int, by: Person, at: datetime
) -> Entry:
    """Save the note beside a value; an empty one removes it."""
    desk = sit_down(entry.round.case, queries.COLLECTION, by=by, at=at)
    row = editable(entry)
    note = said(text)
    refuse_stale(row, row_version, note)
    row.note = ledger.keep_text(note) if note else ""
    _keep(row, by, at)
    write_event(
        desk.case,
        "note.saved",
        by=desk.actor,
        at=at,
        data={"entry": row.pk, "note": row.note},
    )
    return row


@transaction.atomic
def add_evidence(
    entry: Entry, *, content: bytes, filename: str, by: Person, at: datetime
) -> Evidence:
    """Attach a file to a value; kept by its content, named by its SHA-256."""
    desk = sit_down(entry.round.case, queries.COLLECTION, by=by, at=at)
    row = editable(entry)
    kind = recognised(content, filename)
    living = row.evidence.filter(removed_at__isnull=True)
    if living.count() >= MOST_FILES:
        raise Refusal(
            say("Satu nilai paling banyak memuat %(n)s berkas."),
            field="file",
            n=MOST_FILES,
        )
    blob = ledger.keep_file(content, mime=kind.mime, at=at)
    if living.filter(blob=blob).exists():
        raise Refusal(say("Berkas yang sama sudah dilampirkan."), field="file")
    evidence = Evidence.objects.create(
        entry=row,
        blob=blob,
        mime=kind.mime,
        size=len(content),
        name=ledger.keep_text(_plain_name(filename)),
        added_at=at,
        added_by=by,
    )
    _keep(row, by, at)
    _record_evidence(evidence, "evidence.added", desk, at)
    return evidence


def _plain_name(filename: str) -> str:
    """Return the name without any folder, short enough to show."""
    name = PurePath(filename.replace("\\", "/")).name or "berkas"
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not dot:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _record_evidence(row: Evidence, kind: str, desk: Desk, at: datetime) -> None:
    write_event(
        desk.case,
        kind,
        by=desk.actor,
        at=at,
        data={
            "entry": row.entry_id,
            "evidence": row.pk,
            "sha256": row.blob,
            "size": row.size,
            "mime": row.mime,
            "name": row.name,
        },
    )


@transaction.atomic
def remove_evidence(evidence: Evidence, *, by: Person, at: datetime) -> None:
    """Take a file off a value; file and act stay in the record."""
    desk = sit_down(evidence.entry.round.case, queries.COLLECTION, by=by, at=at)
    row = editable(evidence.entry)
    won = Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).update(
        removed_at=at
    )
    if not won:
        raise Refusal(say("Berkas ini sudah dilepas."))
    _keep(row, by, at)
    _record_evidence(evidence, "evidence.removed", desk, at)


@dataclass(frozen=True)
class Pasted:
    """What a paste did: rows saved, and those where somebody else was first."""

    saved: tuple[Entry, ...]
    conflicts: tuple[Conflict, ...]


def paste(round_: Round, block: str, *, start: int | None = None) -> Preview:
    """Return what pasting a block from a spreadsheet would do; writes nothing."""
    return rules.read_block(
        block, queries.cells(round_), year=round_.period.year, start=start
    )


@transaction.atomic
def apply_paste(
    round_: Round,
    cells: Iterable[tuple[int, str, int]],
    *,
    by: Person,
    at: datetime,
) -> Pasted:
    """Save previewed cells: (entry, text, row version).

    A row that somebody changed since the preview is not overwritten: it comes back as a
    conflict with both values, the other rows are saved.
    """
    chosen = list(cells)
    known = round_.entries.in_bulk([entry for entry, _text, _version in chosen])
    saved, conflicts = [], []
    for number, text, row_version in chosen:
        if number not in known:
            raise Refusal(say("Baris tempelan itu bukan bagian dari kasus ini."))
        try:
            saved.append(
                save_value(
                    known[number], text=text, row_version=row_version, by=by, at=at
                )
            )
        except Conflict as conflict:
            conflicts.append(conflict)
    return Pasted(tuple(saved), tuple(conflicts))


class NotReady(Refusal):
    """Values that lack something; ``rows`` are the grid's rows that say what."""

    def __init__(self, rows: list[queries.Row]) -> None:
        self.rows = rows
        super().__init__(
            say("%(count)s isian belum lengkap. Lengkapi yang disebut di bawah ini."),
            count=len(rows),
        )


@transaction.atomic
def withdraw_value(entry: Entry, *, by: Person, at: datetime) -> Entry:
    """Take a sent value back before it is verified; only who typed it may.

    It can then be typed over again; one that was returned before is returned still.
    """
    desk = sit_down(entry.round.case, queries.COLLECTION, by=by, at=at)
    row = Entry.objects.select_related("version").get(pk=entry.pk)
    if row.state != EntryState.SUBMITTED:
        raise Refusal(
            say("%(name)s sedang tidak menunggu verifikasi. Muat ulang halaman."),
            name=row.version.name,
        )
    if row.author_id != by.pk:
        raise Refusal(
            say(
                "%(name)s diisi orang lain. Yang menarik kembali adalah pengisinya, "
                "atau minta verifikator mengembalikannya."
            ),
            name=row.version.name,
        )
    before = EntryState.RETURNED if row.verdicts.exists() else EntryState.SAVED
    row.state = before.value
    _keep(row, by, at)
    write_event(
        desk.case, "value.withdrawn", by=desk.actor, at=at, data={"entry": row.pk}
    )
    return row


@transaction.atomic
def submit_values(
    round_: Round,
    *,
    entries: Iterable[int] | None = None,
    by: Person,
    at: datetime,
) -> list[Entry]:
    """Send values to the verifier: all that are not sent yet, or just these.

    Raises NotReady with every row that lacks something; nothing is sent then.
    """
    desk = sit_down(round_.case, queries.COLLECTION, by=by, at=at)
    chosen = None if entries is None else set(entries)
    rows = [
        row
        for row in queries.rows(round_)
        if row.editable and (chosen is None or row.entry.pk in chosen)
    ]
    if not rows:
        raise Refusal(say("Tidak ada isian yang perlu dikirim."))
    unready = [row for row in rows if row.lacking]
    if unready:
        raise NotReady(unready)
    sent = [row.entry for row in rows]
    for entry in sent:
        entry.state = EntryState.SUBMITTED.value
        entry.row_version += 1
        entry.save(update_fields=["state", "row_version"])
    write_event(
        desk.case,
        "values.submitted",
        by=desk.actor,
        at=at,
        data={"entries": [entry.pk for entry in sent]},
    )
    return sent
