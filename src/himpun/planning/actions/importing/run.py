"""One import: what was found so far, and how a record of it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from himpun.shared.refusals import Refusal, say

from ... import rules
from ...rules import Change, workbook
from ...rules.workbook import Finding, Line, Tally

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from himpun.organization.models import Person, Unit
    from himpun.wording import Sentence

    from ...models import IndicatorVersion, Programme
    from ...rules import Kept
    from ...rules.workbook import Book

Row = TypeVar("Row")

COLUMNS = {
    "code": "kode",
    "level": "tingkat",
    "name": "indikator",
    "frequency": "frekuensi",
    "in_charge": "penanggung jawab",
    "mechanism": "mekanisme perhitungan",
    "medium": "media",
    "polarity": "arah",
    "since": "berlaku sejak",
    "parent": "induk",
    "outcome": "induk",
    "indicators": "isi",
    "programmes": "isi",
    "second": "pihak kedua",
    "agreed_on": "tanggal",
    "reason": "alasan",
    "year": "tahun",
    "formula": "rumus",
    "cap": "batas capaian",
    "over_units": "gabungan",
    "indicator": "indikator",
    "period": "periode",
    "activity": "kegiatan",
    "decision": "keputusan",
}
"""Which column the field of a refusal is."""


@dataclass
class Run:
    """An import under way."""

    unit: Unit
    by: Person
    at: datetime
    book: Book
    conflicts: list[Finding] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    refused: dict[tuple[str, str], str] = field(default_factory=dict)
    """What could not be kept, by sheet and name, and where it stands."""
    versions: dict[str, IndicatorVersion] = field(default_factory=dict)
    """The newest version of each indicator, by code."""
    works: dict[int, Programme] = field(default_factory=dict)
    names: dict[str, list[Programme]] = field(default_factory=dict)
    """The programmes by code, by name and by path, names folded."""

    def __post_init__(self) -> None:
        self.conflicts += self.book.conflicts

    def tally(self, sheet: str) -> Tally:
        """Return the counts of a sheet."""
        return self.tallies.get(sheet, Tally())

    def count(self, sheet: str, change: Change | None, many: int = 1) -> None:
        """Count records; None: refused."""
        self.tallies[sheet] = self.tally(sheet).plus(change, many)

    def refuse(self, line: Line, title: str, sentence: Sentence) -> None:
        """Note what hinders at a cell."""
        self.conflicts.append(Finding((line.at(title),), sentence))

    def origin(self, line: Line, known: str | None = None) -> str:
        """Return the source of a row: as written, as it stood, else the file's name."""
        stood = self.book.name[:300] if known is None else known
        return line.text("sumber") or stood

    def missing(self, sheet: str, name: str, otherwise: Sentence) -> Sentence:
        """Return why something is not there: its own row was refused, or it never was."""
        place = self.refused.get((sheet, name))
        if place is None:
            return otherwise
        return say("Menunggu %(place)s dibetulkan.", place=place)

    def version(self, code: str, column: str = "kode") -> IndicatorVersion:
        """Return the newest version of an indicator; raises Refusal where none is."""
        found = self.versions.get(code)
        if found is None:
            raise Refusal(self.no_indicator(code), field=column)
        return found

    def no_indicator(self, code: str) -> Sentence:
        """Return why there is no indicator of a code."""
        other = say(
            "Indikator %(code)s belum ada. Tambahkan pada lembar Indikator.",
            code=rules.cut(code),
        )
        return self.missing(workbook.INDICATORS, code, other)

    def kept(
        self,
        line: Line,
        title: str,
        act: Callable[[], Kept[Row]],
        *,
        at: str = "",
    ) -> Row | None:
        """Do an act for a record, count what became of it, and note what it told.

        ``title`` is the column of a refusal that names none, ``at`` says it outright.
        """
        try:
            kept = act()
        except Refusal as refusal:
            column = COLUMNS.get(refusal.field, refusal.field)
            where = at or (column if column in line.spec.most else title)
            self.refuse(line, where, refusal.sentence)
            self.count(line.spec.name, None)
            return None
        self.count(line.spec.name, kept.change)
        places = (line.at(at or title),)
        self.doubts += [Finding(places, doubt) for doubt in kept.doubts]
        return kept.row

    def know(self, row: Programme) -> None:
        """Add a programme to those that can be named."""
        self.works[row.pk] = row
        for name in {row.code, rules.folded(row.name), rules.folded(self.path(row))}:
            known = self.names.setdefault(name, [])
            known[:] = [*(one for one in known if one.pk != row.pk), row]

    def work_named(self, text: str, part_of: str = "") -> list[Programme]:
        """Return what a code, a path or a name means; several where it is not clear.

        ``part_of`` is the code or name of what it belongs to, at any height.
        """
        if not text:
            return []
        named = self.names.get(text) or self.names.get(rules.folded(text), [])
        if part_of:
            above = {row.pk for row in self.work_named(part_of)}
            named = [row for row in named if above & set(self.chain(row))]
        return named

    def chain(self, row: Programme) -> list[int]:
        """Return the ids of a row and of all above it."""
        found, above = [row.pk], row.parent_id
        while above is not None:
            found.append(above)
            above = self.works[above].parent_id
        return found

    def path(self, row: Programme) -> str:
        """Return the names from the programme down to a row."""
        return workbook.PATH.join(
            self.works[pk].name for pk in reversed(self.chain(row))
        )
