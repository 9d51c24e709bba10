"""Holidays that a year will probably have, from the `holidays` package (MIT).

It knows Indonesia's public holidays and, as far as decreed when it was released, cuti
bersama. Dates that follow the moon are estimates: their names end with "(perkiraan)".
Only the decree of the three ministers (SKB 3 Menteri) makes them days off.
"""

from __future__ import annotations

import holidays

from .parts import Holiday, HolidayKind

KINDS = {
    "public": HolidayKind.NATIONAL,
    "government": HolidayKind.COLLECTIVE,
}
FIRST_YEAR, LAST_YEAR = 1946, 2099
"""The years that the package knows of Indonesia."""


def probable_holidays(year: int) -> tuple[Holiday, ...]:
    """Return the days off of a year without decree, in order; a day stands once.

    Raises ValueError for a year that the package does not know.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no holidays are known for {year}")
    found: dict[object, Holiday] = {}
    for category, kind in KINDS.items():
        days = holidays.country_holidays(
            "ID", years=year, categories=(category,), language="id"
        )
        for day, name in days.items():
            found.setdefault(day, Holiday(day, name, kind))
    return tuple(sorted(found.values(), key=lambda holiday: holiday.day))
