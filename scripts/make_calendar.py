"""Make the shipped working calendar: ``.venv/bin/python scripts/make_calendar.py``.

2026 comes from the decree's list (`libur_2026.csv`); 2025 and the proposal for 2027
from the `holidays` package, categories public and government. A test compares the
shipped file with what this script makes, so a change of either is seen.
"""

from __future__ import annotations

import csv
import json
from datetime import date, time
from pathlib import Path

import holidays

from himpun.worktime import (
    Calendar,
    Holiday,
    HolidayKind,
    Segment,
    Span,
    SpecialWeeks,
)

DATA = Path(__file__).parents[1] / "src" / "himpun" / "worktime" / "data"
FILE = DATA / "indonesia-5hari.json"
DECREE_2025 = (
    "SKB 3 Menteri Nomor 1017 Tahun 2024, Nomor 2 Tahun 2024, Nomor 2 Tahun 2024"
)
DECREE_2025_AUGUST = "perubahan SKB 3 Menteri tentang libur 2025 (nomor belum dicatat)"
DECREE_2026 = (
    "SKB 3 Menteri Nomor 1497 Tahun 2025, Nomor 2 Tahun 2025, Nomor 5 Tahun 2025 "
    "(19 September 2025)"
)
KINDS = {
    "libur_nasional": HolidayKind.NATIONAL,
    "cuti_bersama": HolidayKind.COLLECTIVE,
    "public": HolidayKind.NATIONAL,
    "government": HolidayKind.COLLECTIVE,
}
RAMADAN = (
    ("Ramadan 1446 H", date(2025, 3, 1), date(2025, 3, 30), "sidang isbat 2025"),
    (
        "Ramadan 1447 H",
        date(2026, 2, 19),
        date(2026, 3, 20),
        "sidang isbat 17 Februari 2026; sebagian umat mulai 18 Februari, "
        "kantor dapat mengubahnya",
    ),
    (
        "Ramadan 1448 H",
        date(2027, 2, 8),
        date(2027, 3, 9),
        "perkiraan; menunggu sidang isbat",
    ),
)
NOTES = (
    "Jam kerja: Perpres 21/2023, 5 hari, 37 jam 30 menit seminggu tanpa istirahat, "
    "mulai 07.30, istirahat 60 menit (Jumat 90 menit). Rincian jam ditetapkan pimpinan "
    "instansi; sesuaikan dengan ketetapan kantor.",
    "Ramadan: 32 jam 30 menit seminggu, mulai 08.00, istirahat 30 menit (Jumat 60 "
    "menit).",
    "Libur 2025: paket Python holidays, kategori public dan government; ditetapkan "
    "untuk data contoh, belum dicocokkan dengan naskah SKB.",
    "Libur 2026: SKB 3 Menteri 19 September 2025, 17 libur nasional, 8 cuti bersama.",
    "Libur 2027: usulan dari paket Python holidays; tanggal hari raya Islam perkiraan. "
    "Tetapkan setelah SKB 2027 dicocokkan.",
)


def _hours(*pairs: str) -> tuple[Segment, ...]:
    bounds = [[time.fromisoformat(part) for part in pair.split("-")] for pair in pairs]
    return tuple(Segment(start, end) for start, end in bounds)


def _week(
    ordinary: tuple[Segment, ...], friday: tuple[Segment, ...]
) -> tuple[tuple[Segment, ...], ...]:
    return (*[ordinary] * 4, friday, (), ())


ORDINARY = _week(
    _hours("07:30-12:00", "13:00-16:00"), _hours("07:30-11:30", "13:00-16:30")
)
FASTING = _week(
    _hours("08:00-12:00", "12:30-15:00"), _hours("08:00-11:30", "12:30-15:30")
)


def _from_package(year: int) -> list[Holiday]:
    found = []
    for category in ("public", "government"):
        days = holidays.country_holidays(
            "ID", years=year, categories=(category,), language="id"
        )
        found += [
            Holiday(day, name, KINDS[category], _decree(day))
            for day, name in days.items()
        ]
    return found


def _decree(day: date) -> str:
    if day == date(2025, 8, 18):
        return DECREE_2025_AUGUST
    return DECREE_2025 if day.year == 2025 else ""  # noqa: PLR2004 - a year


def _from_decree() -> list[Holiday]:
    with (DATA / "libur_2026.csv").open(encoding="utf-8", newline="") as file:
        return [
            Holiday(
                date.fromisoformat(row["tanggal"]),
                row["nama"],
                KINDS[row["jenis"]],
                DECREE_2026,
            )
            for row in csv.DictReader(file)
        ]


def make() -> Calendar:
    """Return the calendar that ships with the product."""
    days = [*_from_package(2025), *_from_decree(), *_from_package(2027)]
    return Calendar(
        name="indonesia-5hari",
        version=1,
        zone="Asia/Jakarta",
        week=ORDINARY,
        confirmed=Span(date(2025, 1, 1), date(2026, 12, 31)),
        proposed=Span(date(2027, 1, 1), date(2027, 12, 31)),
        special_weeks=tuple(
            SpecialWeeks(name, Span(first, last), FASTING, source)
            for name, first, last, source in RAMADAN
        ),
        holidays=tuple(sorted(days, key=lambda holiday: holiday.day)),
        notes=NOTES,
    )


def text() -> str:
    """Return the content of the shipped file."""
    return json.dumps(make().to_json(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
