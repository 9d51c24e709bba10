"""The identity part: labels with their values, blocks with their items, the signer."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from himpun.sop.findings import Plain
from himpun.wording import say

from .findings import Ledger
from .rows import Table
from .signature import dated, place_and_date, read_signature
from .source import Block, Cell, Line, lines
from .words import (
    BLOCKS,
    COLUMN_TITLES,
    COLUMNS,
    IDENTITY,
    IDENTITY_TITLES,
    Match,
    bare,
    match,
    official,
    text,
)

_OFFICE = re.compile(
    r"(?:PEMERINTAH|KEMENTERIAN|KECAMATAN|KELURAHAN|DESA|DINAS|BADAN|BIRO|BAGIAN|"
    r"BIDANG|KANTOR|SEKRETARIAT|INSPEKTORAT|PROVINSI|KABUPATEN|KOTA)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:JLN|JL|JALAN)\b", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:SOP|STANDAR|STANDARD|MEKANISME|PROSEDUR|ALUR|BAGAN|FLOWCHART|LAYANAN)\b",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^(?:[0-9]{1,2}[.)]|[a-z][.)]|[-*\N{BULLET}])\s+")
_ALONE = re.compile(r"[0-9]{1,2}[.)]?|[a-z][.)]|[-*\N{BULLET}]")
_RUN_ON = {
    "dasar_hukum": re.compile(r"\b(?:Undang-Undang|Peraturan|Keputusan|Instruksi)\b"),
    "keterkaitan": re.compile(r"\bSOP\b"),
}


class Heading(NamedTuple):
    """A label found in a line: the part of the form it names, and what follows it."""

    line: Line
    match: Match
    title: str
    rest: str
    block: Block


def read_identity(
    blocks: Sequence[Block], table: Table | None, ledger: Ledger
) -> dict[str, Plain]:
    """Return `identitas`, `label` and the six blocks, as far as they are known."""
    reader = _Reader(blocks, table, ledger)
    label = reader.labels()
    parts = {key: reader.block(key) for key in BLOCKS}
    tools = parts["peralatan"]
    written = [_asli(item) for item in tools]
    parts_plain: dict[str, Plain] = dict(parts)
    parts_plain["peralatan"] = {"asli": "\n".join(written), "butir": tools}
    identity = reader.identity()
    return {"identitas": identity, "label": label, **parts_plain}


def _asli(item: Plain) -> str:
    return str(item["asli"]) if isinstance(item, dict) else str(item)


class _Reader:
    def __init__(
        self, blocks: Sequence[Block], table: Table | None, ledger: Ledger
    ) -> None:
        self._ledger = ledger
        self._table = table
        covered = table.covered if table else {}
        self._lines: list[tuple[int, Block, Line]] = [
            (position, block, line)
            for position, block in enumerate(blocks)
            if not block.hidden
            for cell in sorted(block.cells, key=lambda c: (c.row, c.column))
            if cell.row not in covered.get(position, range(0))
            for line in lines(cell)
            if ledger.is_free(line)
        ]
        self._begin = min(covered, default=len(blocks))
        self._first = covered[self._begin].start if covered else 0
        self._end = max(covered, default=-1)
        self._last = covered[self._end].stop if covered else 0
        self._headings: dict[str, Heading] = {}
        self._all = [*self._found()]
        for heading in self._all:
            if heading.match.key not in self._headings:
                self._headings[heading.match.key] = heading
        self._taken = {(id(h.line.cell), h.line.number) for h in self._all}

    def _found(self) -> Iterator[Heading]:
        for position, block, line in self._lines:
            if self._is_after(position, line):
                continue
            title, colon, rest = line.text.partition(":")
            found = match(title, IDENTITY_TITLES)
            if found and found.guessed and bare(title) in COLUMN_TITLES:
                continue  # "Kelengkapan" is no misspelt "Perlengkapan"
            if found and (colon or not found.guessed or found.key in BLOCKS):
                yield Heading(line, found, title.strip(), rest.strip(), block)

    def _is_after(self, position: int, line: Line) -> bool:
        return self._table is not None and (position, line.cell.row) >= (
            self._end,
            self._last,
        )

    def _is_before(self, position: int, line: Line) -> bool:
        return (position, line.cell.row) < (self._begin, self._first)

    def labels(self) -> dict[str, Plain]:
        """Return the titles: as written, official where the source has none."""
        found: dict[str, Plain] = {}
        absent: list[str] = []
        for key in (*BLOCKS, *COLUMNS):
            name = official(key)
            titled = self._titled(key)
            if titled is None:
                absent.append(name)
                found[key] = name
                continue
            written, line_cell, guessed = titled
            shown = " ".join(written.split()).rstrip(":").strip()
            differs = shown.casefold() != name.casefold()
            found[key] = {"teks": name, "asli": written} if differs else text(written)
            if differs:
                self._ledger.note(
                    "D03",
                    [line_cell],
                    f"label.{key}",
                    say('tertulis "%(title)s", salah eja', title=shown)
                    if guessed
                    else say('tertulis "%(title)s"', title=shown),
                    say('judul formulir resmi "%(name)s"', name=name),
                    [shown],
                    sure=True,
                )
        if absent:
            self._ledger.note(
                "D04",
                [],
                "label",
                say("tidak ditemukan judul %(titles)s", titles=", ".join(absent)),
                say("dicetak dengan judul formulir resmi"),
            )
        return found

    def _titled(self, key: str) -> tuple[str, Cell, bool] | None:
        if key in BLOCKS:
            heading = self._headings.get(key)
            if heading is None:
                return None
            self._ledger.use_line(heading.line, ("label", key))
            return heading.title, heading.line.cell, heading.match.guessed
        layout = self._table.layout if self._table else None
        if layout is None or key not in layout.named:
            return None
        cell = layout.named[key].title
        self._ledger.use(cell, ("label", key))
        return cell.text, cell, layout.matches[key].guessed

    def block(self, key: str) -> list[Plain]:
        """Return the items of a block, one for each line under its title."""
        heading = self._headings.get(key)
        if heading is None:
            return []
        items: list[Plain] = []
        if heading.rest:
            items.append(self._item(heading.rest, heading.line, key, items))
        number: Line | None = None
        for line in self._under(heading):
            if _ALONE.fullmatch(line.text) and number is None:
                number = line  # a number in a cell of its own, before its item
                continue
            beside = number is not None and number.cell.row == line.cell.row
            written = f"{number.text} {line.text}" if number and beside else line.text
            items.append(self._item(written, line, key, items))
            if number and beside:
                self._ledger.use_line(number, (key, len(items) - 1))
                items[-1] = {"teks": line.text, "asli": written}
            number = None
        return items

    def _item(self, written: str, line: Line, key: str, items: list[Plain]) -> Plain:
        self._ledger.use_line(line, (key, len(items)))
        pattern = _RUN_ON.get(key)
        starts = [m.start() for m in pattern.finditer(written)] if pattern else []
        if len(starts) > 1:
            ends = [*starts[1:], len(written)]
            pieces = [written[a:b].strip() for a, b in zip(starts, ends, strict=True)]
            self._ledger.note(
                "D22",
                [line.cell],
                key,
                say(
                    '"%(written)s" mungkin memuat %(count)s butir',
                    written=written,
                    count=len(pieces),
                ),
                say("dibaca satu butir seperti tertulis"),
                pieces,
            )
        shown = _ITEM.sub("", written)
        return {"teks": shown, "asli": written} if shown != written else written

    def _under(self, heading: Heading) -> list[Line]:
        """Return the free lines that belong to a title: its cell's rest, or below it."""
        cell = heading.line.cell
        same = [
            line
            for line in lines(cell)
            if line.number > heading.line.number and self._is_open(line)
        ]
        stops = [
            h.line.number
            for h in self._all
            if h.line.cell is cell and h.line.number > heading.line.number
        ]
        same = [line for line in same if line.number < min(stops, default=1 << 30)]
        if same or heading.rest:
            return same
        return self._below(heading)

    def _below(self, heading: Heading) -> list[Line]:
        cell, block = heading.line.cell, heading.block
        beside = [h for h in self._all if h.block is block and h.line.cell is not cell]
        right = min(
            (
                h.line.cell.column
                for h in beside
                if h.line.cell.row == cell.row and h.line.cell.column > cell.column
            ),
            default=1 << 30,
        )
        columns = range(cell.column, right)
        stop = min(
            (
                h.line.cell.row
                for h in beside
                if h.line.cell.row > cell.row and h.line.cell.column in columns
            ),
            default=1 << 30,
        )
        return [
            line
            for position, of, line in self._lines
            if of is block
            and cell.row < line.cell.row < stop
            and line.cell.column in columns
            and self._is_open(line)
            and not self._is_title(line)
            and (self._table is None or self._is_before(position, line))
        ]

    def _is_open(self, line: Line) -> bool:
        key = (id(line.cell), line.number)
        return self._ledger.is_free(line) and key not in self._taken

    def _is_title(self, line: Line) -> bool:
        """Whether a line is the last before the flow table and reads like its title."""
        title = self._table_title()
        return title is not None and title == line

    def _table_title(self) -> Line | None:
        before = [
            (block, line)
            for position, block, line in self._lines
            if self._is_before(position, line)
        ]
        if self._table is None or not before or not _TITLE.match(before[-1][1].text):
            return None
        block, line = before[-1]
        labelled = any(
            h.block is block
            and h.line.cell.row == line.cell.row
            and h.line.cell.column < line.cell.column
            for h in self._all
        )
        return None if labelled else line

    def identity(self) -> dict[str, Plain]:
        """Return `identitas`; what the source does not say is None."""
        title = self._table_title()
        title = title if title and self._is_open(title) else None
        if title:
            self._ledger.use_line(title, ("identitas", "judul_tabel"))
        approved = self._value("disahkan_oleh")
        dates = {
            key: self._date(key)
            for key in ("tgl_pembuatan", "tgl_revisi", "tgl_efektif")
        }
        number, name = self._single("nomor"), self._single("nama")
        head, signer = approved[:1], approved[1:]
        self._use(head, "disahkan_oleh")
        office = self._office()
        return {
            **office,
            "nomor": number,
            **dates,
            "disahkan_oleh": text(head[0][1]) if head else None,
            "nama": name,
            "judul_tabel": title.text if title else None,
            "pengesahan": self._signature(signer),
        }

    def _value(self, key: str) -> list[tuple[Line, str]]:
        """Return the lines that a label names: after its colon, below, or beside it."""
        heading = self._headings.get(key)
        if heading is None:
            return []
        self._ledger.use_line(heading.line, ("identitas", key))
        if heading.match.guessed:
            self._ledger.note(
                "D03",
                [heading.line.cell],
                f"identitas.{key}",
                say('tertulis "%(title)s", salah eja', title=heading.title),
                say('dibaca sebagai "%(name)s"', name=IDENTITY[key][0]),
                sure=True,
            )
        if heading.rest:
            self._tell_labels_within(heading, key)
            found = [(heading.line, heading.rest)]
            if key == "disahkan_oleh":
                found += [(line, line.text) for line in self._under(heading)]
            return found
        same = self._under_in_cell(heading)
        if same:
            return [(line, line.text) for line in same]
        return [
            (line, value)
            for line in self._beside(heading, key)
            if (value := line.text.removeprefix(":").strip()) or self._drop(line, key)
        ]

    def _tell_labels_within(self, heading: Heading, key: str) -> None:
        """Tell of a second label on the same line: `Nomor: 1  Tgl Efektif: 2 Mei`."""
        before, colon, _ = heading.rest.partition(":")
        words = before.split()
        ends = [" ".join(words[-count:]) for count in range(1, min(len(words), 3) + 1)]
        known = [found for end in ends if (found := match(end, IDENTITY_TITLES))]
        if colon and any(not found.guessed for found in known):
            self._ledger.note(
                "D22",
                [heading.line.cell],
                f"identitas.{key}",
                say('"%(written)s" memuat judul lain', written=heading.rest),
                say("dibaca satu isian seperti tertulis"),
                [say("pisahkan dengan tangan")],
            )

    def _drop(self, line: Line, key: str) -> bool:
        """Take a cell that holds nothing but the colon of the form."""
        self._ledger.use_line(line, ("identitas", key))
        return False

    def _under_in_cell(self, heading: Heading) -> list[Line]:
        stops = [
            h.line.number
            for h in self._all
            if h.line.cell is heading.line.cell and h.line.number > heading.line.number
        ]
        return [
            line
            for line in lines(heading.line.cell)
            if heading.line.number < line.number < min(stops, default=1 << 30)
            and self._is_open(line)
        ]

    def _beside(self, heading: Heading, key: str) -> list[Line]:
        cell, block, row = heading.line.cell, heading.block, heading.line.cell.row
        nexts = [
            h.line.cell
            for h in self._all
            if h.block is block and h.line.cell is not cell
        ]
        right = min(
            (c.column for c in nexts if c.row == row and c.column > cell.column),
            default=1 << 30,
        )
        below = min((c.row for c in nexts if c.row > row), default=row + 1)
        rows = range(row, below if key == "disahkan_oleh" else row + 1)
        return [
            line
            for position, of, line in self._lines
            if of is block
            and line.cell.row in rows
            and cell.column < line.cell.column < right
            and self._is_open(line)
            and (self._table is None or self._is_before(position, line))
        ]

    def _use(self, found: Sequence[tuple[Line, str]], key: str) -> None:
        for line, _ in found:
            self._ledger.use_line(line, ("identitas", key))

    def _single(self, key: str) -> Plain:
        found = self._value(key)
        self._use(found, key)
        return text("\n".join(value for _, value in found)) if found else None

    def _date(self, key: str) -> Plain:
        found = self._value(key)
        self._use(found, key)
        written = " ".join(value for _, value in found)
        of = [line.cell for line, _ in found]
        return dated(written, of, f"identitas.{key}", self._ledger)

    def _office(self) -> dict[str, Plain]:
        """Return the names of the office, its address and the title over them."""
        found: dict[str, list[Line]] = {"instansi": [], "alamat": [], "judul_kop": []}
        for position, _, line in self._lines:
            known = self._is_open(line) and not self._is_after(position, line)
            if not known:
                continue
            if _ADDRESS.match(line.text) and not found["alamat"]:
                found["alamat"].append(line)
            elif _OFFICE.match(line.text) and not found["judul_kop"]:
                found["instansi"].append(line)
            elif _TITLE.match(line.text) and not found["judul_kop"]:
                found["judul_kop"].append(line)
        for key, taken in found.items():
            for n, line in enumerate(taken):
                path = (
                    ("identitas", key, n) if key == "instansi" else ("identitas", key)
                )
                self._ledger.use_line(line, path)
        single = {
            key: found[key][0].text if found[key] else None
            for key in ("alamat", "judul_kop")
        }
        offices: list[Plain] = [line.text for line in found["instansi"]]
        return {"instansi": offices or None, **single}

    def _signature(self, extra: Sequence[tuple[Line, str]]) -> Plain:
        """Return the signature: under the table, else what follows *Disahkan oleh*."""
        after = [
            (line, line.text)
            for position, _, line in self._lines
            if self._is_after(position, line) and self._ledger.is_free(line)
        ]
        begin = next(
            (n for n, (_, value) in enumerate(after) if place_and_date(value)), None
        )
        return read_signature(extra, self._ledger) or (
            read_signature(after[begin:], self._ledger) if begin is not None else None
        )
