"""The rows of the sheet PK: those with the same head are one Perjanjian Kinerja."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from himpun.shared.refusals import Refusal, say

from ... import queries, rules
from ...rules import AgreementDraft, Change, Kept, RevisionReason, workbook
from ..agreements import make_agreement
from .programmes import unclear

if TYPE_CHECKING:
    from ...rules.workbook import Line
    from .run import Run

HEAD = (
    "tahun",
    "pihak pertama",
    "pihak kedua",
    "tanggal",
    "DPA disahkan",
    "tempat",
    "alasan",
)


def keep(run: Run) -> None:
    """Make the agreements that are new; those that were made stay as they are."""
    lines = run.book.of(workbook.PROMISES)
    if not lines:
        return
    made = set(queries.agreement_drafts(run.unit))
    named = queries.position_names(run.unit)
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        groups.setdefault(tuple(line.text(title) for title in HEAD), []).append(line)
    for group in groups.values():
        if any(line.bad for line in group):
            run.count(workbook.PROMISES, None)
            continue
        before = len(run.conflicts)
        draft = _draft(run, group, named)
        if draft is None or len(run.conflicts) > before:
            run.count(workbook.PROMISES, None)
            continue
        run.kept(group[0], "tahun", partial(_make, run, draft, made))


def _make(run: Run, draft: AgreementDraft, made: set[AgreementDraft]) -> Kept[Any]:
    if draft in made:
        return Kept(None, Change.UNCHANGED)
    return make_agreement(draft, by=run.by, at=run.at)


def _draft(run: Run, group: list[Line], named: dict[str, int]) -> AgreementDraft | None:
    """Return what the rows agree on; None, with its conflicts noted, where they do not."""
    head = group[0]
    try:
        head.filled("tanggal")
        agreed = head.day("tanggal")
        if agreed is None:
            raise ValueError("a filled cell says something")
        draft = AgreementDraft(
            head.year("tahun"),
            _position(head, "pihak pertama", named),
            _position(head, "pihak kedua", named),
            agreed,
            (),
            (),
            head.day("DPA disahkan"),
            head.text("tempat"),
            head.choice("alasan", RevisionReason),
        )
    except Refusal as refusal:
        run.refuse(head, refusal.field, refusal.sentence)
        return None
    for line in group:
        try:
            draft = _with_row(run, draft, line)
        except Refusal as refusal:
            run.refuse(line, refusal.field or "isi", refusal.sentence)
    return draft


def _position(line: Line, title: str, named: dict[str, int]) -> int:
    found = named.get(rules.folded(line.text(title)))
    if found is None:
        raise Refusal(
            say(
                "Jabatan %(name)s tidak dikenal. Tulis seperti pada daftar jabatan; bila "
                "beberapa kantor memilikinya, tambahkan nama kantornya dalam kurung."
            ),
            field=title,
            name=rules.cut(line.text(title)),
        )
    return found


def _with_row(run: Run, draft: AgreementDraft, line: Line) -> AgreementDraft:
    named, kind = line.text("isi"), line.text("jenis").casefold()
    if kind == "indikator":
        run.version(named, "isi")
        return replace(draft, indicators=(*draft.indicators, named))
    if kind != "program":
        raise Refusal(say("Tulis indikator atau program."), field="jenis")
    found = run.work_named(named)
    if len(found) != 1:
        raise Refusal(unclear(named, len(found)))
    row = (found[0].pk, line.text("keterangan"))
    return replace(draft, programmes=(*draft.programmes, row))
