"""Rows of the sheets as they were uploaded, each cell with its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from himpun import formula
from himpun.documents.sheets import address
from himpun.formula import PrintedCell
from himpun.shared.refusals import Refusal
from himpun.wording import joined, say
from himpun.worktime.periods import read_period

from ..keeping import cut, one_line
from .columns import SPECS, Spec
from .found import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from enum import StrEnum

    from himpun.documents.grids import Cell
    from himpun.documents.sheets import Table
    from himpun.wording import Sentence

ABOUT = "Petunjuk"
"""The sheet of instructions; it is not read."""
HEAD_WITHIN = 10
"""Rows among which the headings are looked for."""
MOST_ROWS = 1000
DATES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y")
YEARS = range(1990, 2101)
Word = TypeVar("Word", bound="StrEnum")
Meant = TypeVar("Meant")


@dataclass
class Line:
    """A row: its cells by heading and by period code; ``bad`` ones were refused."""

    spec: Spec
    row: int
    places: dict[str, int]
    cells: dict[str, Cell] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)

    @property
    def periods(self) -> list[str]:
        """The periods that the row says something of, in the order of its columns."""
        return [t for t in self.places if t not in self.spec.most and t in self.cells]

    @property
    def many(self) -> int:
        """How many records of its sheet the row holds."""
        return len(self.periods) if self.spec.periods else 1

    @property
    def spoilt(self) -> bool:
        """Whether a cell beside those of periods was refused."""
        return any(title in self.spec.most for title in self.bad)

    def at(self, title: str = "") -> str:
        """Return the address of a cell; without one that of the row's first."""
        place = self.places.get(title, min(self.places.values(), default=0))
        return address(self.spec.name, self.row, place)

    def text(self, title: str) -> str:
        """Return the text of a cell in one line; empty for an empty cell."""
        cell = self.cells.get(title)
        return one_line(cell.text) if cell else ""

    def printed(self, title: str) -> PrintedCell:
        """Return a cell for the checks: typed numbers with a comma, never in two ways."""
        cell = self.cells.get(title)
        text = self.text(title)
        typed = cell is not None and cell.typed
        return PrintedCell(self.at(title), text.replace(".", ",") if typed else text)

    def number(self, title: str, *, decimals: int | None = None) -> Decimal | None:
        """Return the number of a cell, None for an empty one; raises Refusal to ask."""
        cell = self.cells.get(title)
        if cell is None:
            return None
        if cell.typed:
            return Decimal(cell.text.removesuffix("%"))
        try:
            found = formula.read_target(cell.text, decimals=decimals)
        except formula.NumberProblem as problem:
            raise Refusal(str(problem)) from None
        if not isinstance(found, Decimal):
            raise Refusal(
                say("%(text)s: tulis satu angka saja.", text=cut(one_line(cell.text)))
            )
        return found

    def day(self, title: str) -> date | None:
        """Return the date of a cell, None for an empty one; raises Refusal."""
        text = self.text(title)
        if not text:
            return None
        for form in DATES:
            try:
                found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if found.year in YEARS:
                return found
        raise Refusal(
            say("%(text)s bukan tanggal. Tulis misalnya 2026-01-31.", text=cut(text)),
            field=title,
        )

    def whole(self, title: str) -> int | None:
        """Return the small whole number of a cell; raises Refusal for another."""
        text = self.text(title)
        if not text:
            return None
        if not (text.isascii() and text.isdecimal()):
            raise Refusal(
                say("%(text)s bukan bilangan bulat.", text=cut(text)), field=title
            )
        return int(text)

    def year(self, title: str) -> int:
        """Return the year of a cell; raises Refusal for an empty one and for no year."""
        self.filled(title)
        found = self.whole(title)
        if found is None or found not in YEARS:
            raise Refusal(say("Tulis tahun dengan empat angka."), field=title)
        return found

    def filled(self, *titles: str) -> None:
        """Raise Refusal for the first of these cells that is empty."""
        for title in titles:
            if not self.text(title):
                raise Refusal(say("Isi %(what)s."), field=title, what=title)

    def chosen(self, title: str, words: type[Word]) -> Word:
        """Return the word that was chosen; raises Refusal for none and for another."""
        self.filled(title)
        word = self.choice(title, words)
        if word is None:
            raise ValueError("a filled cell says something")
        return word

    def choice(self, title: str, words: type[Word]) -> Word | None:
        """Return the word that was chosen, None for an empty cell; raises Refusal."""
        return self.worded(title, {word: word.value for word in words})

    def worded(self, title: str, words: Mapping[Meant, str]) -> Meant | None:
        """Return what the chosen word means, None for an empty cell; raises Refusal."""
        text = self.text(title)
        if not text:
            return None
        for meant, word in words.items():
            if word.casefold() == text.casefold():
                return meant
        raise Refusal(
            say(
                "%(text)s tidak ada dalam pilihan. Pilih salah satu: %(words)s.",
                text=cut(text),
                words=joined(list(words.values()), "; "),
            ),
            field=title,
        )


@dataclass(frozen=True)
class Book:
    """What was uploaded: rows by sheet, and what could not be read."""

    name: str
    lines: dict[str, list[Line]]
    conflicts: tuple[Finding, ...]

    def of(self, sheet: str) -> list[Line]:
        """Return the rows of a sheet; none of one that is not there."""
        return self.lines.get(sheet, [])


def read_book(tables: Iterable[Table], name: str) -> Book:
    """Return the rows of the sheets; ``name`` is the file's, told as the source.

    What is wrong with sheets, headings and single cells becomes a conflict. Raises
    Refusal for a file without any of the sheets.
    """
    lines: dict[str, list[Line]] = {}
    found: list[Finding] = []
    for table in tables:
        if table.name == ABOUT:
            continue
        spec = SPECS.get(table.name) if table.name else _recognized(table)
        if spec is None:
            sentence = say(
                "Lembar %(name)s tidak dikenal. Nama lembar yang dibaca: %(names)s.",
                name=cut(table.name or name),
                names=joined(list(SPECS), ", "),
            )
            found.append(Finding((f"{cut(table.name or name)}!A1",), sentence))
            continue
        lines[spec.name] = _lines(spec, table.cells, found)
    if not lines and not found:
        raise Refusal(
            say("Berkas ini tidak memuat lembar rencana. Pakai berkas templat.")
        )
    return Book(name, lines, tuple(found))


def _recognized(table: Table) -> Spec | None:
    """Return which sheet a table without a name is, by its headings."""
    heads = {_title(cell.text) for cell in table.cells if cell.row == 0}
    found = [spec for spec in SPECS.values() if {*map(_title, spec.titles)} <= heads]
    return max(found, key=lambda spec: len(spec.titles), default=None)


def _title(text: str) -> str:
    return one_line(text).casefold()


def _lines(spec: Spec, cells: Iterable[Cell], found: list[Finding]) -> list[Line]:
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    wanted = {_title(title) for title in spec.titles}
    likely = [row for row in sorted(rows) if row < HEAD_WITHIN]
    head = max(
        likely, key=lambda r: len(wanted & {_title(c.text) for c in rows[r]}), default=0
    )
    if len(rows) > MOST_ROWS:
        sentence = say(
            "Lembar ini memuat %(many)s baris, paling banyak %(most)s. Bagi menjadi "
            "beberapa berkas.",
            many=len(rows),
            most=MOST_ROWS,
        )
        found.append(Finding((address(spec.name, MOST_ROWS, 0),), sentence))
        return []
    places = _places(spec, rows.get(head, []), head, found)
    if places is None:
        return []
    return [
        line
        for row in sorted(rows)
        if row > head and (line := _line(spec, row, places, rows[row], found)).cells
    ]


def _places(
    spec: Spec, heads: list[Cell], row: int, found: list[Finding]
) -> dict[str, int] | None:
    """Return the column of each heading; None where one that is needed is missing."""
    known = {_title(title): title for title in spec.titles}
    places: dict[str, int] = {}
    for cell in heads:
        at = address(spec.name, row, cell.column)
        title = known.get(_title(cell.text)) or _period(spec, cell.text)
        if title is None:
            sentence = say(
                "Judul kolom %(title)s tidak dikenal. Hapus kolomnya, atau pakai judul "
                "dari templat.",
                title=cut(one_line(cell.text)),
            )
            found.append(Finding((at,), sentence))
        elif title in places:
            sentence = say("Kolom %(title)s ada dua. Sisakan satu.", title=title)
            found.append(Finding((at,), sentence))
        else:
            places[title] = cell.column
    missing = [title for title in spec.titles if title not in places]
    if missing:
        sentence = say(
            "Judul kolom ini tidak ada: %(titles)s. Salin dari templat.",
            titles=joined(missing, ", "),
        )
        found.append(Finding((address(spec.name, row, 0),), sentence))
        return None
    return places


def _period(spec: Spec, text: str) -> str | None:
    """Return the code of a period that heads a column, None for other words."""
    try:
        period = read_period(one_line(text))
        usable = spec.periods and period.year in YEARS
    except ValueError:
        return None
    return period.code if usable else None


def _line(
    spec: Spec,
    row: int,
    places: dict[str, int],
    cells: Iterable[Cell],
    found: list[Finding],
) -> Line:
    line = Line(spec, row, places)
    by_column = {column: title for title, column in places.items()}
    for cell in cells:
        title = by_column.get(cell.column)
        at = address(spec.name, row, cell.column)
        if title is None:
            sentence = say("Sel ini di luar kolom yang dibaca. Kosongkan.")
            found.append(Finding((at,), sentence))
            continue
        line.cells[title] = cell
        if wrong := _wrong(cell, spec.most.get(title, 200)):
            line.bad.add(title)
            found.append(Finding((at,), wrong))
    return line


def _wrong(cell: Cell, most: int) -> Sentence | None:
    if cell.rows * cell.columns > 1:
        return say("Sel ini gabungan beberapa sel. Pisahkan, lalu isi masing-masing.")
    if cell.text.startswith("=") and not cell.typed:
        return say("Sel ini berisi rumus tanpa nilai. Tempel nilainya saja.")
    if len(one_line(cell.text)) > most:
        return say(
            "Teks ini paling panjang %(most)s huruf: %(text)s",
            most=most,
            text=cut(one_line(cell.text)),
        )
    return None
