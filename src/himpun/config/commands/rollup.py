"""`himpun rollup --indicator CODE --by kecamatan|kabupaten|province`: totals by place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from himpun.config.terminal import refuse, tell, told
from himpun.formula import say_number
from himpun.measurement import queries
from himpun.shared.fields import plain
from himpun.wording import joined, say
from himpun.worktime.periods import read_period

if TYPE_CHECKING:
    import argparse

    from himpun.measurement.queries import Place

LEVELS = {
    "kecamatan": queries.of_offices,
    "kabupaten": queries.of_regencies,
    "province": queries.of_provinces,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the indicator, the level and the period."""
    parser.add_argument(
        "--indicator", required=True, metavar="CODE", help=say("kode indikator")
    )
    parser.add_argument(
        "--by", required=True, choices=sorted(LEVELS), help=say("tingkat wilayah")
    )
    parser.add_argument(
        "--period",
        metavar="PERIODE",
        help=say("misalnya 2026 atau 2026-TW3; tanpa ini periode terakhir yang terisi"),
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each place; 1 when there is nothing to add up."""
    code = arguments.period or queries.newest_period(arguments.indicator)
    if code is None:
        return refuse(
            say(
                "Belum ada angka indikator %(code)s. Periksa kodenya.",
                code=arguments.indicator,
            )
        )
    try:
        period = read_period(code)
    except ValueError:
        return refuse(
            say("%(code)s bukan periode. Tulis misalnya 2026 atau 2026-TW3.", code=code)
        )
    places = LEVELS[arguments.by](arguments.indicator, period)
    if not places:
        return refuse(
            say(
                "Belum ada indikator kabupaten berkode %(code)s pada %(period)s.",
                code=arguments.indicator,
                period=period.label,
            )
        )
    if arguments.json:
        tell(json.dumps([_plain(one, period.code) for one in places], indent=1))
    else:
        tell(joined([arguments.indicator, period.label], ", "), *map(_line, places))
    return 0


def _plain(place: Place, period: str) -> dict[str, object]:
    total = place.total
    return {
        "code": place.code,
        "name": place.name,
        "indicator": place.version.indicator.code,
        "version": place.version.number,
        "period": period,
        "value": None if total.value is None else plain(total.value),
        "counted": total.counted,
        "total": total.total,
        "rule": total.rule,
        "reason": told(total.reason),
    }


def _line(place: Place) -> str:
    total = place.total
    shown = total.reason
    if total.value is not None:
        shown = say(
            "%(value)s %(unit)s",
            value=say_number(total.value, place.version.decimals),
            unit=place.version.unit_of_measure,
        )
    parts = [place.code, place.name, shown, say("%(n)s unit", n=total.coverage)]
    return joined([part for part in parts if part], "  ")
