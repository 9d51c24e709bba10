"""The tables of two real plans as the rules of plausibility take them."""

import csv
from pathlib import Path

import himpun
from himpun.formula import PrintedCell
from himpun.planning.rules import CodedRow, PrintedRow, PrintedYear

HERE = Path(__file__).parent / "data"
MUNCAR = (
    Path(himpun.__file__).parent / "config/demo/data/muncar_indikator_2020_2024.csv"
)
BANYUWANGI = HERE / "banyuwangi_indikator_2020_2024.csv"
BUDGET = MUNCAR.with_name("muncar_anggaran_2020_2024.csv")
PROGRAMMES = HERE / "muncar_program_2025_2030.csv"
YEARS = range(2020, 2025)


def lines(path):
    """Return (number of the row as a sheet counts it, row by column)."""
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return [(number, row) for number, row in enumerate(rows, 2)]


def cell(number, row, column):
    return PrintedCell(f"{column} baris {number}", row[column])


def _years(number, row, target, ratio):
    return tuple(
        PrintedYear(
            year,
            cell(number, row, f"{target}_{year}"),
            cell(number, row, f"realisasi_{year}"),
            cell(number, row, ratio.format(year)),
        )
        for year in YEARS
    )


def indicators(path):
    return [
        PrintedRow(row["indikator"], _years(n, row, "target", "rasio_{}_as_printed"))
        for n, row in lines(path)
    ]


def budget():
    return [
        PrintedRow(
            row["uraian"],
            _years(n, row, "anggaran", "rasio_{}_pct_as_printed"),
            growth=(
                cell(n, row, "growth_anggaran_pct_as_printed"),
                cell(n, row, "growth_realisasi_pct_as_printed"),
            ),
        )
        for n, row in lines(BUDGET)
    ]


def programmes():
    titles = [f"pagu_{year}" for year in range(2025, 2031)]
    return [
        CodedRow(
            cell(n, row, "kode"),
            row["nama"],
            tuple((title, cell(n, row, title)) for title in titles),
        )
        for n, row in lines(PROGRAMMES)
    ]
