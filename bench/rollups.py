"""Totals of a kabupaten (on PostgreSQL with `BENCH=full`) and of all of them.

`offices`: 26 offices x 20 indicators x 4 quarters are entered, verified and rolled up by
the ordinary actions, beside the same writes as plain SQL. `national`: the totals of 514
kabupaten from 7,300 kecamatan x 50 indicators x 12 months, beside a statement by hand.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from scripts import suite
from tests.installation import Installation

from bench.timing import ratio

HERE = Path(__file__).parent
NATION = (514, 7_300, 50)
REGENCY = (26, 20)


def run(room, *, full):
    _on_one_database(room, "SQLite", full=full, offices=True)
    with suite.postgresql() as url:
        os.environ["HIMPUN_TEST_DATABASE_URL"] = url
        try:
            _on_one_database(room, "PostgreSQL", full=full, offices=full)
        finally:
            del os.environ["HIMPUN_TEST_DATABASE_URL"]


def _on_one_database(room, name, *, full, offices):
    print(f"   {name}")
    if offices:
        _regency(_measured(room, "measure_offices.py", *REGENCY))
    rounds = 5 if full else 1
    _nation(_measured(room, "measure_national.py", rounds, *NATION))


def _measured(room, script, *arguments):
    with TemporaryDirectory(dir=room) as home:
        made = Installation(Path(home), "gabung")
        made.environ["DJANGO_SETTINGS_MODULE"] = "himpun.config.settings"
        made.environ["PYTHONPATH"] += f":{HERE.parent}"
        made.himpun("init")
        done = made.python(HERE / script, *arguments)
        out, err = done.communicate()
        made.remove()
        if done.returncode:
            sys.exit(err)
    return json.loads(out)


def _regency(found):
    ours = found["entered"] + found["rolled_up"]
    plain = found["plain"] + found["plain_sums"]
    print(
        f"   {found['values']:,} values entered, verified ({found['entered']:.1f} s) and "
        f"rolled up ({found['rolled_up'] * 1000:.0f} ms, {found['statements']} "
        f"statements a roll-up), totals checked: {ours:.1f} s, the same "
        f"{found['writes']:,} writes as plain SQL {plain:.1f} s, "
        f"ratio {ratio(ours, plain)}"
    )


def _nation(found):
    ours, by_hand = median(found["ours"]), median(found["by_hand"])
    print(
        f"   {found['figures']:,} figures (loaded in {found['loaded']:.0f} s) to "
        f"{found['totals']:,} totals of kabupaten, all checked: {ours:.1f} s, by hand "
        f"{by_hand:.1f} s, ratio {ratio(ours, by_hand)}"
    )
