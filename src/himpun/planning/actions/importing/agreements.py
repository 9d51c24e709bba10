"""The rows of the sheet PK: those with the same head are one Perjanjian Kinerja."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from himpun.shared.refusals import Refusal, say

from ... import queries, rules
from ...models import Programme
from ...rules import AgreementDraft, Change, Kept, RevisionReason, workbook
from ...rules.workbook import AnnexKind
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
        before = len(run.conflicts)
        spoilt = any(line.bad for line in group)
        draft = None if spoilt else _draft(run, group, named)
        if draft is None or len(run.conflicts) > before:
            run.count(workbook.PROMISES, None)
            run.refused[workbook.PROMISES, paper_name(group[0])] = group[0].at("tahun")
            continue
        if run.kept(group[0], "tahun", partial(_make, run, draft, made)) is None:
            run.refused[workbook.PROMISES, paper_name(group[0])] = group[0].at("tahun")


def paper_name(line: Line) -> str:
    """Return by what a rencana aksi names its PK: the year and the first party."""
    return f"{line.text('tahun')} {rules.folded(line.text('pihak pertama'))}"


def _make(run: Run, draft: AgreementDraft, made: set[AgreementDraft]) -> Kept[Any]:
    if draft in made:
        return Kept(draft, Change.UNCHANGED)
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
            position_named(head, "pihak pertama", named),
            position_named(head, "pihak kedua", named),
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


def position_named(line: Line, title: str, named: dict[str, int]) -> int:
    """Return the position that a cell names; raises Refusal."""
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


def annexed(run: Run, line: Line) -> str | Programme:
    """Return what a row of RKT or PK names: the code of an indicator, or a programme."""
    named = line.text("isi")
    if line.chosen("jenis", AnnexKind) is AnnexKind.INDICATOR:
        run.version(named, "isi")
        return named
    found = run.work_named(named)
    if len(found) != 1:
        raise Refusal(
            run.missing(workbook.PROGRAMMES, named, unclear(named, len(found))),
            field="isi",
        )
    return found[0]


def _with_row(run: Run, draft: AgreementDraft, line: Line) -> AgreementDraft:
    found = annexed(run, line)
    if isinstance(found, Programme):
        row = (found.pk, line.text("keterangan"))
        return replace(draft, programmes=(*draft.programmes, row))
    return replace(draft, indicators=(*draft.indicators, found))
