"""Tasks closed per second and the inbox, with 10 to 100,000 cases, on both databases.

References in the same run: a bare transaction with one insert for a closed task, and the
rows of the inbox by one statement written by hand. The cases lie in as many offices as
have fifty of them, five running; the person asked has the inbox of one office.
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
SIZES = (10, 1_000, 100_000)


def run(room, *, times):
    on_one_database(room, "SQLite", times)
    with suite.postgresql() as url:
        os.environ["HIMPUN_TEST_DATABASE_URL"] = url
        try:
            on_one_database(room, "PostgreSQL", times)
        finally:
            del os.environ["HIMPUN_TEST_DATABASE_URL"]


def on_one_database(room, name, times):
    with TemporaryDirectory(dir=room) as home:
        made = Installation(Path(home), "mesin")
        made.environ["DJANGO_SETTINGS_MODULE"] = "himpun.config.settings"
        made.himpun("init")
        done = made.python(HERE / "measure_engine.py", times, *SIZES)
        out, err = done.communicate()
        made.remove()
        if done.returncode:
            sys.exit(err)
    print(f"   {name}")
    for size, found in json.loads(out).items():
        inbox, by_hand = median(found["inbox"]), median(found["by_hand"])
        print(
            f"   {int(size):7} cases: {found['tasks']:6.1f} tasks/s, bare insert "
            f"{found['bare']:7.1f}/s, ratio {found['tasks'] / found['bare']:.3f} x; "
            f"inbox {inbox:.1f} ms, {found['queries']} queries, by hand {by_hand:5.2f} ms, "
            f"ratio {ratio(inbox, by_hand)}"
        )
