"""Beranda and Isi data with 1 and with 100 cases: server time and queries.

The reference is the same page with one case. Cases are monthly ones of one office, each
in step 3, made by the ordinary actions.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.installation import Installation

from bench.timing import middle, ratio

HERE = Path(__file__).parent


def run(home, *, times):
    made = Installation(home, "bench")
    made.environ["DJANGO_SETTINGS_MODULE"] = "himpun.config.settings"
    made.himpun("init")
    done = made.python(HERE / "measure_pages.py", times)
    out, err = done.communicate()
    if done.returncode:
        sys.exit(err)
    found = json.loads(out)
    for page in ("Beranda", "Isi data"):
        few, many = found[page]
        print(
            f"   {page:9} 1 case:    {middle(few['ms'])}, {few['queries']} queries\n"
            f"   {'':9} 100 cases: {middle(many['ms'])}, {many['queries']} queries, "
            f"ratio {ratio(sorted(many['ms'])[times // 2], sorted(few['ms'])[times // 2])}"
        )
    made.remove()
