"""An office's plan as the sheets in which it is brought in; empty ones are a template."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from himpun.documents import sheets as files
from himpun.organization.models import Position
from himpun.organization.rules import UnitKind
from himpun.wording import joined, say

from ...rules import workbook
from ..scales import grade_scales, scales
from .indicators import (
    indicator_sheets,
    named_units,
    sharing_units,
    unit_labels,
    weighed_units,
)
from .papers import (
    agreement_drafts,
    annual_plan_drafts,
    paper_sheets,
    position_names,
    position_titles,
)
from .plan import paths_of, plan_sheets
from .targets import target_sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from himpun import formula
    from himpun.documents.sheets import Sheet
    from himpun.organization.models import Unit
    from himpun.wording import Sentence

__all__ = [
    "agreement_drafts",
    "annual_plan_drafts",
    "named_units",
    "position_names",
    "sharing_units",
    "sheets_of",
    "weighed_units",
    "written",
    "years_around",
]


def sheets_of(unit: Unit, years: Iterable[int]) -> tuple[Sheet, ...]:
    """Return all sheets of an office, with columns for ``years`` and what it has.

    A kabupaten has those of indicators and targets. Of an indicator, an RKT and a
    rencana aksi the newest version is written. Reading them back changes nothing.
    """
    paths = paths_of(unit)
    choices = _choices(unit)
    filled = (
        *indicator_sheets(unit),
        *target_sheets(unit, years),
    )
    if unit.kind != UnitKind.REGENCY:
        filled += plan_sheets(unit, paths, years) + paper_sheets(unit, paths)
    return tuple(_with(sheet, choices) for sheet in filled)


Choices = dict[tuple[str, str], tuple[str, ...]]


def _choices(unit: Unit) -> Choices:
    """Return what an office has to choose from, by sheet and heading."""
    titles = position_titles(unit)
    own = Position.objects.filter(unit__office=unit).values_list("pk", flat=True)
    positions = tuple(sorted({titles[pk] for pk in own}))
    units = tuple(unit_labels(weighed_units(unit)).values())
    return {
        (workbook.INDICATORS, "skala peringkat"): _names(scales(unit)),
        (workbook.INDICATORS, "skala tingkat"): _names(grade_scales(unit)),
        (workbook.WEIGHTS, "unit"): units,
        (workbook.PROMISES, "pihak pertama"): positions,
        (workbook.ACTIONS, "pihak pertama"): positions,
    }


def _names(
    known: Sequence[formula.Scale] | Sequence[formula.GradeScale],
) -> tuple[str, ...]:
    return tuple(workbook.scale_name(scale.name, scale.version) for scale in known)


def _with(sheet: Sheet, choices: Choices) -> Sheet:
    return replace(
        sheet,
        columns=tuple(
            replace(column, choices=choices.get((sheet.name, column.title), ()))
            if (sheet.name, column.title) in choices
            else column
            for column in sheet.columns
        ),
    )


NOTES = (
    say("Rencana kantor dalam lembar: isi, lalu kirim di Indikator, Impor."),
    say(
        "Judul kolom, nama lembar, dan pilihan tidak diubah. Kolom periode ditulis "
        "seperti 2026, 2026-TW1, 2026-S1, atau 2026-B01; tambahkan kolom bila perlu."
    ),
    say(
        "Sel kosong membiarkan yang sudah ada. Nol ditulis 0. Impor tidak menghapus "
        "apa pun, dan bila satu sel ditolak, tidak ada yang disimpan."
    ),
    say(
        "Indikator: satu baris tiap indikator. Tanpa rumus, angkanya diisi langsung; "
        "tanpa skala peringkat dipakai Permendagri 86/2017. Indikator yang sudah ada "
        "tidak diubah: buat versi baru di halamannya."
    ),
    say("Komponen: satu baris tiap variabel rumus, dengan kode seperti di rumusnya."),
    say(
        "Bobot: hanya untuk indikator dengan gabungan rata-rata berbobot; unit "
        "langsung di bawah kantor."
    ),
    say(
        "Target: kondisi awal, target, akhir renstra, standar (nasional), dan realisasi "
        "sebelum Himpun; rasio tercetak dan target pembanding hanya diperiksa."
    ),
    say(
        "Pemilahan: cara kantor memilah angka, dengan bagian-bagiannya menurut urutan."
    ),
    say(
        "Bagian target: bagian dari target yang ada. Tanpa pemilahan, isi bagian dengan "
        "nama unit."
    ),
    say(
        "Program: kode menurut nomenklatur. Tanpa kode, isi induk dengan nama "
        "di atasnya; jalur ditulis Program > Kegiatan."
    ),
    say(
        "Renstra: baris renstra (kode 2025-2029, induk murni atau perubahan), "
        "lalu tujuan, sasaran, dan program dengan pagu indikatifnya. Beberapa indikator "
        "dipisah titik koma. Berlaku sejak diisi bila Renstra sudah ditetapkan."
    ),
    say(
        "Anggaran: pagu per tahun, realisasi per periode, rupiah penuh. Realisasi "
        "disimpan bila yang mengimpor Bendahara atau administrator kabupaten."
    ),
    say(
        "RKT: satu baris tiap indikator atau program; baris dari satu tahun adalah satu "
        "RKT. Target dan pagunya diambil seperti adanya."
    ),
    say(
        "PK: satu baris tiap indikator atau program; baris dengan tahun, pihak, dan "
        "tanggal yang sama adalah satu Perjanjian Kinerja."
    ),
    say(
        "Rencana aksi: satu baris tiap indikator dan periode, untuk Perjanjian Kinerja "
        "terakhir pihak pertama pada tahun itu."
    ),
    say(
        "IKU: satu baris tiap indikator; baris dengan keputusan yang sama satu himpunan."
    ),
)
"""What the first sheet tells, before an example of each sheet."""


def _examples() -> list[Sentence]:
    return [
        say(
            "Contoh %(sheet)s: %(cells)s.",
            sheet=name,
            cells=joined([f"{title} = {value}" for title, value in row.items()], "; "),
        )
        for name, rows in workbook.SAMPLES.items()
        for row in rows
    ]


def years_around(year: int) -> range:
    """Return the years that a template has columns for: five back, five ahead."""
    return range(year - 5, year + 6)


def written(sheets: Iterable[Sheet], *, blank: bool = False) -> bytes:
    """Return sheets as an XLSX with its instructions; ``blank``: without their rows."""
    rows = [replace(sheet, rows=()) if blank else sheet for sheet in sheets]
    notes = [str(note) for note in (*NOTES, *_examples())]
    return files.write(rows, notes=notes, about=workbook.ABOUT)
