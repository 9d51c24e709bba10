"""What reading an SOP finds, and the ledger that no cell of the source leaves unseen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from himpun.sop.findings import Path, Plain
from himpun.wording import joined, say

from .source import Block, Cell, Line, Source, is_filled, lines

CODES = {
    "D01": say("teks atau gambar pada sumber belum mendapat tempat dalam draf"),
    "D02": say(
        "bagian yang hanya mengulang formulir: judul berulang, baris nomor kolom"
    ),
    "D03": say("judul kolom atau blok berbeda dari formulir resmi"),
    "D04": say("judul pada formulir resmi tidak ada di sumber"),
    "D05": say("waktu ditulis tanpa satuan"),
    "D06": say("waktu tidak pasti: rentang, dua waktu, atau tidak terbaca"),
    "D07": say("waktu salah eja atau bagian dari satu satuan"),
    "D08": say("waktu kosong"),
    "D09": say("baris tanpa tanda pelaksana"),
    "D10": say("lebih dari satu pelaksana pada satu baris"),
    "D11": say("judul kolom pelaksana sama atau kosong"),
    "D12": say("bentuk simbol atau panah tidak ada; dibaca menurut nomor urut"),
    "D13": say("lompatan, syarat, atau pekerjaan serentak hanya ditulis dengan kata"),
    "D14": say("keputusan tanpa hasil atau tujuan yang lengkap"),
    "D15": say("panah yang tidak tersambung atau hilang"),
    "D16": say("tanggal tidak ada di kalender atau tidak terbaca"),
    "D17": say("NIP tidak terdiri atas 18 angka"),
    "D18": say("nomor kegiatan hilang, berulang, atau tidak urut"),
    "D19": say("bagian yang tersembunyi atau terhapus pada sumber"),
    "D20": say("gambar yang letaknya tidak dapat dipastikan"),
    "D21": say("tabel atau SOP lain dalam berkas yang sama"),
    "D22": say("satu sel mungkin memuat beberapa butir"),
    "D23": say("kelengkapan atau output kosong"),
    "D24": say("angka sisa baris nomor kolom"),
    "D25": say("kolom pelaksana berisi kata, bukan tanda"),
    "D26": say("satu sel gabungan mencakup beberapa kegiatan"),
    "D27": say("beberapa panah keluar dari simbol yang bukan keputusan"),
}
"""Code -> what it means. All of them are questions to the office, none is an error."""


@dataclass(frozen=True)
class Finding:
    """An oddity of the source: where it stands, how it was read, what else it can be.

    `di` is the place in the draft (`langkah.l3.waktu`), `cells` the names of the cells
    of the source that it speaks of.
    """

    code: str
    di: str
    masalah: str
    tafsir: str
    pilihan: tuple[str, ...] = ()
    status: str = "perlu-konfirmasi"
    cells: tuple[str, ...] = ()


@dataclass
class Ledger:
    """Which line of which cell went into the draft, and what was found on the way."""

    places: dict[Path, tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    _used: set[tuple[int, int]] = field(default_factory=set)
    _shapes: set[int] = field(default_factory=set)

    def use(self, cell: Cell, path: Path | None = None) -> None:
        """Count the text of a cell as taken into the draft, its shapes not."""
        for line in lines(cell):
            self._used.add((id(cell), line.number))
        self._used.add((id(cell), -1))
        if path:
            self.place(path, cell)

    def use_shapes(self, cell: Cell, ids: set[str]) -> None:
        """Count the shapes of these ids as taken into the draft."""
        self._shapes.update(id(shape) for shape in cell.shapes if shape.id in ids)

    def place(self, path: Path, cell: Cell) -> None:
        """Keep that a part of the draft comes from a cell."""
        known = self.places.get(path, ())
        if cell.name not in known:
            self.places[path] = (*known, cell.name)

    def use_line(self, line: Line, path: Path | None = None) -> None:
        """Count one line as taken into the draft."""
        self._used.add((id(line.cell), line.number))
        if path:
            self.place(path, line.cell)

    def is_free(self, line: Line) -> bool:
        """Whether nothing has taken a line yet."""
        return (id(line.cell), line.number) not in self._used

    def note(  # noqa: PLR0913, PLR0917 - the parts of a finding
        self,
        code: str,
        cells: Iterable[Cell],
        di: str,
        masalah: str,
        tafsir: str,
        pilihan: Sequence[str] = (),
        *,
        sure: bool = False,
    ) -> None:
        """Keep a finding; `sure` ones were read in the only way possible."""
        names = tuple(dict.fromkeys(cell.name for cell in cells))
        where = _where(names)
        self.findings.append(
            Finding(
                code,
                di,
                joined([where, masalah], ": ") if where else masalah,
                tafsir,
                tuple(dict.fromkeys(pilihan)),
                "dipakai" if sure else "perlu-konfirmasi",
                names,
            )
        )

    def close(self, source: Source) -> None:
        """Name every line and shape that nothing has taken."""
        for block in source.blocks:
            if block.hidden:
                self._hidden(block)
                continue
            for cell in block.cells:
                self._left(cell)
            self._unseen([c for c in block.cells if c.hidden and is_filled(c)])

    def _hidden(self, block: Block) -> None:
        cells = [cell for cell in block.cells if is_filled(cell)]
        if cells:
            self.note(
                "D19",
                cells,
                "sumber",
                say(
                    "bagian tersembunyi atau terhapus (%(name)s) berisi %(texts)s",
                    name=block.name,
                    texts="; ".join(shown(cell) for cell in cells),
                ),
                say("tidak ikut dibaca"),
                [say("masukkan ke draf dengan tangan")],
            )

    def _unseen(self, cells: Sequence[Cell]) -> None:
        if cells:
            self.note(
                "D19",
                cells,
                "sumber",
                say("baris atau kolom ini disembunyikan pada lembar"),
                say("tetap dibaca"),
                [say("buang dari draf")],
            )

    def _left(self, cell: Cell) -> None:
        free = [line.text for line in lines(cell) if self.is_free(line)]
        if not cell.text.strip() and (id(cell), -1) not in self._used:
            free += [number for number in cell.numbers if number]
        shapes = [s for s in cell.shapes if id(s) not in self._shapes]
        if free:
            text = "; ".join(f'"{line}"' for line in free)
            self.note(
                "D01",
                [cell],
                "sumber",
                say("%(text)s belum mendapat tempat", text=text),
                say("tidak ikut dalam draf"),
                [say("masukkan ke draf dengan tangan"), say("abaikan")],
            )
        if shapes:
            text = ", ".join(
                f'{s.name} "{s.text}"' if s.text else s.name for s in shapes
            )
            self.note(
                "D20",
                [cell],
                "sumber",
                say("%(text)s tidak dapat dipastikan maknanya", text=text),
                say("tidak ikut dalam draf"),
                [say("masukkan ke draf dengan tangan"), say("abaikan")],
            )


def shown(cell: Cell) -> str:
    """Return what a cell shows, in quotation marks."""
    parts = [cell.text, *(n for n in cell.numbers if n and not cell.text)]
    parts += [shape.text or shape.name for shape in cell.shapes]
    return " ".join(f'"{part}"' for part in parts if part.strip())


MOST_NAMED = 3


def _where(names: Sequence[str]) -> str:
    if len(names) > MOST_NAMED:
        return say(
            "%(first)s sampai %(last)s (%(count)s sel)",
            first=names[0],
            last=names[-1],
            count=len(names),
        )
    return "; ".join(names)


def as_plain(findings: Sequence[Finding]) -> list[Plain]:
    """Return findings as the `temuan` of a file, each with an id of its own."""
    counts: dict[str, int] = {}
    entries: list[Plain] = []
    for found in findings:
        counts[found.code] = counts.get(found.code, 0) + 1
        entries.append(
            {
                "id": f"{found.code}-{counts[found.code]}",
                "di": found.di,
                "masalah": found.masalah,
                "tafsir": found.tafsir,
                "pilihan": list(found.pilihan),
                "status": found.status,
            }
        )
    return entries
