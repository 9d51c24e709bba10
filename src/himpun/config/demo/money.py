"""The budget of the demo's Kecamatan Muncar, from its published table."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

from himpun.planning import actions as planning
from himpun.planning.rules import WORK, Level, ProgrammeLine, Stage
from himpun.worktime.periods import Period, PeriodKind

from .figures import FIRST, LAST, example, past
from .offices import DATA, people_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun.config.offices import Office
    from himpun.planning.models import Programme

TABLE = "muncar_anggaran_2020_2024.csv"
SOURCE = "Renstra Kecamatan Muncar 2025-2029, tabel anggaran dan realisasi 2020-2024"
DERIVED = (
    "contoh: pagu tahun 2024 Kecamatan Muncar, dipakai apa adanya "
    "(Renstra Kecamatan Muncar 2025-2029)"
)
LEVELS = {
    "program": Level.PROGRAMME,
    "kegiatan": Level.ACTIVITY,
    "sub_kegiatan": Level.SUB_ACTIVITY,
}
ABOVE = {Level.ACTIVITY: Level.PROGRAMME, Level.SUB_ACTIVITY: Level.ACTIVITY}


def load_muncar(office: Office, *, at: datetime) -> None:
    """Keep programmes, pagu and yearly realisasi 2020-2024 of the sub-activities; what
    they add up to is printed in the table too. Rows of Rp0 were not budgeted.
    """
    parts = _keep_programmes(office, at)
    who = people_of(office)
    for year in range(FIRST, LAST + 1):
        spent = Period(PeriodKind.YEAR, year)
        for column, place, by in (
            ("anggaran", Stage.ORIGINAL, who["kasubbag"]),
            ("realisasi", spent, who["bendahara"]),
        ):
            amounts = _amounts(parts, year, column, place)
            planning.keep_money(office.unit, year, amounts, origin=SOURCE, by=by, at=at)


def load_jekulo(office: Office, year: int, *, at: datetime, today: date) -> None:
    """Keep the pagu of the year by activity, that of Muncar in 2024, and a realisasi of
    the quarters before this one, as "contoh".
    """
    parts = _keep_programmes(office, at, lowest=Level.ACTIVITY)
    amounts = _amounts(parts, LAST, "anggaran", Stage.ORIGINAL)
    who = people_of(office)
    planning.keep_money(
        office.unit, year, amounts, origin=DERIVED, by=who["kasubbag"], at=at
    )
    file = example()
    for period, percent in zip(past(year, today), file["serapan"], strict=False):
        spent = [
            replace(
                one, place=period, amount=(one.amount or 0) * (percent + row % 5) // 100
            )
            for row, one in enumerate(amounts)
        ]
        planning.keep_money(
            office.unit, year, spent, origin=file["asal"], by=who["bendahara"], at=at
        )


Parts = list[tuple[dict[str, str], "Programme"]]


def _amounts(
    parts: Parts, year: int, column: str, place: Stage | Period
) -> list[planning.Amount]:
    return [
        planning.Amount(row["uraian"], one, place, int(row[f"{column}_{year}"]))
        for row, one in parts
        if int(row[f"anggaran_{year}"])
    ]


def by_programme(later: int = 0) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return (year, pagu) of each programme by name, some years ``later``."""
    years = range(FIRST, LAST + 1)
    return {
        row["uraian"]: tuple((y + later, int(row[f"anggaran_{y}"])) for y in years)
        for row in _rows()
        if row["level"] == "program"
    }


def _rows() -> list[dict[str, str]]:
    """Return the rows of programmes, without that of their total."""
    text = (DATA / TABLE).read_text("utf-8")
    return [row for row in csv.DictReader(text.splitlines()) if row["level"] in LEVELS]


def _keep_programmes(
    office: Office, at: datetime, lowest: Level = Level.SUB_ACTIVITY
) -> Parts:
    """Keep all rows, each within the last one of the level above; return the lowest."""
    by = people_of(office)["kasubbag"]
    above: dict[Level, Programme] = {}
    parts = []
    levels = WORK[: WORK.index(lowest) + 1]
    for order, row in enumerate(_rows(), 1):
        level = LEVELS[row["level"]]
        if level not in levels:
            continue
        whole = above.get(ABOVE[level]) if level in ABOVE else None
        line = ProgrammeLine(
            row["uraian"],
            level=level,
            parent=whole.pk if whole else None,
            order=order,
        )
        above[level] = planning.keep_programme(office.unit, line, by=by, at=at).row
        if level is lowest:
            parts.append((row, above[level]))
    return parts
