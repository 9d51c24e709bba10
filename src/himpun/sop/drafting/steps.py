"""Steps of the draft: what each row says, and a finding for what it leaves open."""

import re
from collections.abc import Sequence

from himpun.sop.findings import Plain
from himpun.sop.model import MAX_STEPS
from himpun.wording import say

from .findings import Ledger
from .jumps import in_words
from .marks import WAYS, Mark, read_marks
from .rows import Row, Table
from .source import Cell, lines
from .times import Time, read_time, unit_in_title
from .words import slug, spelled, text

_BETWEEN = re.compile(r"\s*[,;\n]\s*")
_ITEM = re.compile(r"^(?:[0-9]{1,2}[.)]|[a-z][.)]|[-*\N{BULLET}])\s+")
WAY_CHOICES = ("paraf", "bersama", "mengetahui", "salah-satu")


class NotDraftable(ValueError):
    """The source is no SOP that a draft can hold; `str()` is a sentence."""


def read_steps(table: Table, ledger: Ledger) -> tuple[list[Plain], list[Plain]]:
    """Return the actors and the steps of a table."""
    if len(table.rows) > MAX_STEPS:
        raise NotDraftable(
            say(
                "Tabel ini memuat lebih dari %(most)s kegiatan. Bagi menjadi beberapa "
                "SOP, lalu baca satu per satu.",
                most=MAX_STEPS,
            )
        )
    actors = _actors(table, ledger)
    reader = _Reader(table, actors, ledger)
    steps: list[Plain] = [reader.step(row) for row in table.rows]
    _numbers(table, ledger)
    return [dict(actor) for actor in actors], steps


def _actors(table: Table, ledger: Ledger) -> list[dict[str, Plain]]:
    """Return the actors: the titles of their columns, or the words in one column."""
    found: list[dict[str, Plain]] = []
    taken: set[str] = set()
    labels: set[str] = set()
    for column in table.layout.actors:
        label = column.title.text
        if spelled(label) in labels or not label.strip():
            ledger.note(
                "D11",
                [column.title],
                "pelaksana",
                say(
                    'judul kolom pelaksana "%(label)s" sama dengan kolom lain atau '
                    "kosong",
                    label=label,
                ),
                say("dibaca sebagai pelaksana tersendiri"),
                [say("satukan kolomnya"), say("ganti judulnya")],
            )
        labels.add(spelled(label))
        name = slug(label, taken)
        taken.add(name)
        found.append({"id": name, "label": text(label)})
        ledger.use(column.title, ("pelaksana", len(found) - 1))
    return found or _worded(table, taken)


def _worded(table: Table, taken: set[str]) -> list[dict[str, Plain]]:
    found: list[dict[str, Plain]] = []
    known: set[str] = set()
    for row in table.rows:
        for cell in row.actors.get(0, ()):
            for word in names_in(cell):
                if word.casefold() not in known:
                    known.add(word.casefold())
                    name = slug(word, taken)
                    taken.add(name)
                    found.append({"id": name, "label": word})
    return found


def names_in(cell: Cell) -> list[str]:
    """Return the names of actors written in a cell, parted by commas or lines."""
    parts = (" ".join(part.split()) for part in _BETWEEN.split(cell.text))
    return [part for part in parts if any(letter.isalnum() for letter in part)]


class _Reader:
    def __init__(
        self, table: Table, actors: list[dict[str, Plain]], ledger: Ledger
    ) -> None:
        self._table = table
        self._actors = actors
        self._ledger = ledger
        column = table.layout.named.get("waktu")
        self._unit = unit_in_title(column.title.text) if column else None

    def step(self, row: Row) -> Plain:
        """Return one step; every cell of its row is used or named by a finding."""
        position = row.position
        for key, cells in row.cells.items():
            for cell in cells:
                self._ledger.use(cell, ("langkah", position, key))
        if row.number_cell:
            self._ledger.place(("langkah", position, "nomor"), row.number_cell)
        marks = self._marks(row)
        who, others = self._people(marks, row)
        written = row.text("kegiatan")
        if not written:
            self._note(
                "D18", row, row.place, say("kegiatan kosong"), say("belum diisi")
            )
        self._words(row)
        self._tell_shared(row)
        return {
            "id": f"l{position + 1}",
            "nomor": row.number if row.number is not None else position + 1,
            "jenis": self._kind(marks, row),
            "kegiatan": text(written) if written else None,
            "penanggung_jawab": who,
            "bersama": others,
            "kelengkapan": self._needs(row),
            "waktu": self._time(row),
            "output": self._output(row),
            "ket": self._remark(row),
        }

    def _note(  # noqa: PLR0913, PLR0917 - the parts of a finding
        self,
        code: str,
        row: Row,
        di: str,
        masalah: str,
        tafsir: str,
        options: Sequence[str] = (),
        *,
        key: str = "",
        sure: bool = False,
    ) -> None:
        cells = row.cells.get(key, []) if key else []
        cells = cells or [c for c in [row.number_cell] if c] or row.all_cells()[:1]
        self._ledger.note(code, cells, di, masalah, tafsir, options, sure=sure)

    def _marks(self, row: Row) -> list[tuple[int, Mark]]:
        """Return the marks of a row by actor, from left to right."""
        found: list[tuple[int, Mark]] = []
        for actor in sorted(row.actors):
            for cell in row.actors[actor]:
                if self._table.layout.actors:
                    found += self._marked(actor, cell, row)
                elif names_in(cell):
                    self._ledger.use(cell)
                    found += self._named(cell)
        once = {actor: (actor, mark) for actor, mark in reversed(found)}
        return [once[actor] for actor in sorted(once)] if found else []

    def _marked(self, actor: int, cell: Cell, row: Row) -> list[tuple[int, Mark]]:
        marks = read_marks(cell)
        if any(mark.shape for mark in marks):
            loose = "".join(f' "{line.text}"' for line in lines(cell))
            inner = "".join(f' "{s.text}"' for s in cell.shapes if s.text)
            self._ledger.use(cell)
            self._ledger.use_shapes(cell, {mark.shape for mark in marks})
            if loose or inner:
                self._worded_mark(cell, row.place, loose + inner)
        elif marks:
            self._ledger.use(cell)
        elif cell.text.strip():
            words = "".join(f' "{line.text}"' for line in lines(cell))
            for line in lines(cell):
                self._ledger.use_line(line)
            self._worded_mark(cell, row.place, words)
        return [(actor, mark) for mark in marks]

    def _worded_mark(self, cell: Cell, place: str, words: str) -> None:
        self._ledger.note(
            "D25",
            [cell],
            place,
            say("kolom pelaksana berisi kata%(words)s", words=words),
            say("kata itu tidak ikut dalam draf"),
            [say("hasil keputusan"), say("tanda pelaksana"), say("abaikan")],
        )

    def _named(self, cell: Cell) -> list[tuple[int, Mark]]:
        labels = {str(a["label"]).casefold(): n for n, a in enumerate(self._actors)}
        return [(labels[w.casefold()], Mark("", "", cell)) for w in names_in(cell)]

    def _people(
        self, marks: list[tuple[int, Mark]], row: Row
    ) -> tuple[Plain, list[Plain]]:
        labels = [_label(actor) for actor in self._actors]
        if not marks:
            told = row.text("kegiatan").lower()
            near = [label for label in labels if label.lower() in told]
            self._note(
                "D09",
                row,
                f"{row.place}.penanggung_jawab",
                say("tidak ada tanda pelaksana pada baris ini"),
                say("pelaksana belum diisi"),
                near or labels,
            )
            return None, []
        ids = [str(self._actors[actor]["id"]) for actor, _ in marks]
        for n, (_, mark) in enumerate(marks):
            part = ("bersama", n - 1) if n else ("penanggung_jawab",)
            self._ledger.place(("langkah", row.position, *part), mark.cell)
        others: list[Plain] = [
            {"pelaksana": ids[n], "cara": WAYS.get(mark.way)}
            for n, (_, mark) in enumerate(marks)
            if n
        ]
        if others:
            named = ", ".join(labels[actor] for actor, _ in marks)
            cells = [mark.cell for _, mark in marks]
            self._ledger.note(
                "D10",
                cells,
                f"{row.place}.bersama",
                say("ditandai %(named)s tanpa keterangan peran", named=named),
                say("yang paling kiri penanggung jawab; peran yang lain belum dipilih"),
                WAY_CHOICES,
            )
        return ids[0], others

    def _kind(self, marks: list[tuple[int, Mark]], row: Row) -> str:
        """Return the kind: drawn decisions; ends by the form's rule, first and last."""
        kinds = {mark.kind for _, mark in marks}
        position = row.position
        last = position == len(self._table.rows) - 1
        if "keputusan" in kinds:
            return "keputusan"
        if "kapsul" in kinds and position and not last:
            self._note(
                "D12",
                row,
                f"{row.place}.jenis",
                say("simbol kapsul di tengah alur"),
                say("dibaca sebagai proses"),
                ["mulai", "selesai", "proses"],
            )
        if position == 0:
            return "mulai"
        return "selesai" if last else "proses"

    def _needs(self, row: Row) -> Plain:
        written = row.text("kelengkapan")
        if not written:
            self._empty(row, "kelengkapan")
            return {"asli": "", "butir": []}
        parts = [line for line in written.split("\n") if line.strip()]
        names = [_ITEM.sub("", part).strip() or part for part in parts]
        split = [piece for name in names for piece in _BETWEEN.split(name) if piece]
        if len(split) > len(names):
            self._note(
                "D22",
                row,
                f"{row.place}.kelengkapan",
                say(
                    '"%(written)s" mungkin memuat %(count)s butir',
                    written=written,
                    count=len(split),
                ),
                say("dibaca %(count)s butir seperti tertulis", count=len(names)),
                split,
                key="kelengkapan",
            )
        items: list[Plain] = [
            {"id": f"k{n}", "nama": text(name), "wajib": True}
            for n, name in enumerate(names, 1)
        ]
        shown = text(written)
        base = shown if isinstance(shown, dict) else {"asli": written}
        return {**base, "butir": items}

    def _tell_shared(self, row: Row) -> None:
        """Tell each merged cell that stands beside several steps."""
        for cell in row.all_cells():
            last = row.shared.get(id(cell))
            if last is None:
                continue
            timed = cell in row.cells.get("waktu", ())
            self._ledger.note(
                "D26",
                [cell],
                f"{row.place}.waktu" if timed else row.place,
                say(
                    '"%(written)s" berdiri dalam satu sel untuk kegiatan %(first)s sampai '
                    "%(last)s",
                    written=cell.text,
                    first=row.position + 1,
                    last=last + 1,
                ),
                say("waktu belum dibagi")
                if timed
                else say("untuk kegiatan %(first)s saja", first=row.position + 1),
                [say("bagi waktunya")] if timed else [say("isi juga kegiatan lainnya")],
            )

    def _time(self, row: Row) -> Plain:
        written = row.text("waktu")
        time = read_time(written, self._unit)
        if any(id(cell) in row.shared for cell in row.cells.get("waktu", ())):
            time = Time(None, None)  # whose share it is, nobody says
        if time.code:
            read = say(
                "dibaca %(amount)s %(unit)s",
                amount=str(time.amount).replace(".", ","),
                unit=time.unit,
            )
            self._note(
                time.code,
                row,
                f"{row.place}.waktu",
                time.masalah,
                say("waktu belum diisi") if time.amount is None else read,
                time.options,
                key="waktu",
                sure=time.sure,
            )
        if not written:
            return None
        amount_ = time.amount
        whole = amount_ is not None and amount_ == int(amount_)
        jumlah = int(amount_) if amount_ is not None and whole else amount_
        return {"jumlah": jumlah, "satuan": time.unit, "asli": written}

    def _output(self, row: Row) -> Plain:
        written = row.text("output")
        if not written:
            self._empty(row, "output")
            return {"asli": "", "artefak": []}
        shown = text(written)
        base = shown if isinstance(shown, dict) else {"asli": written}
        return {**base, "artefak": []}

    def _empty(self, row: Row, key: str) -> None:
        self._note(
            "D23",
            row,
            f"{row.place}.{key}",
            say("%(part)s kosong", part=key),
            say("dibiarkan kosong"),
            [say("isi")],
        )

    def _remark(self, row: Row) -> Plain:
        written = row.text("ket")
        columns = self._table.layout
        width = len([k for k in columns.named if k not in {"pelaksana", "mutu_baku"}])
        if written == str(width + len(columns.actors)):
            self._note(
                "D24",
                row,
                f"{row.place}.ket",
                say(
                    'Ket berisi "%(written)s", sama dengan banyaknya kolom',
                    written=written,
                ),
                say("mungkin sisa baris nomor kolom; dibiarkan seperti tertulis"),
                [say("kosong"), written],
                key="ket",
            )
        return text(written) if written else None

    def _words(self, row: Row) -> None:
        for key in ("kegiatan", "ket", "output", "kelengkapan"):
            told = in_words(row.text(key))
            if told:
                self._note(
                    "D13",
                    row,
                    row.place,
                    say('"%(written)s" %(told)s', written=row.text(key), told=told[0]),
                    say("alur tetap menurut panah atau nomor urut"),
                    told[1],
                    key=key,
                )


def _label(actor: dict[str, Plain]) -> str:
    label = actor["label"]
    return str(label["teks"]) if isinstance(label, dict) else str(label)


def _numbers(table: Table, ledger: Ledger) -> None:
    """Tell each number that is missing or out of line."""
    for position, row in enumerate(table.rows):
        if row.number == position + 1:
            continue
        cells = [row.number_cell] if row.number_cell else row.all_cells()[:1]
        told = (
            say("tidak ada")
            if row.number is None
            else say("tertulis %(number)s", number=row.number)
        )
        ledger.note(
            "D18",
            cells,
            f"langkah.l{position + 1}.nomor",
            say(
                "nomor kegiatan %(told)s, menurut urutan %(position)s",
                told=told,
                position=position + 1,
            ),
            say("urutan baris dipertahankan"),
            [str(position + 1)],
        )
