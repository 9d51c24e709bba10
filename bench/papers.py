"""The PDF of the Laporan Kinerja (Typst) beside WeasyPrint with the same content.

Both make an accessible PDF/A from the same data: letterhead, tables, notes, evidence,
signature blocks, annex, and the QR with its line on every page. The words of both files
are compared before anything is timed.
"""

from __future__ import annotations

import importlib.util
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from bench.timing import middle, ratio

EQUAL = 0.97
"""Share of the words of either PDF that must stand in the other one."""


def run(*, times):
    if importlib.util.find_spec("weasyprint") is None:
        print(
            "   Left out: WeasyPrint is not installed. `make bench` installs it "
            "(dependency group bench)."
        )
        return
    from bench import webpage
    from himpun.documents.papers import render
    from himpun.documents.tests.builders import STAMP, performance

    paper = performance()
    sides = {
        "Himpun": lambda: render(paper, STAMP),
        "WeasyPrint": lambda: webpage.render(paper, STAMP),
    }
    made = {name: side() for name, side in sides.items()}
    shared = likeness(*made.values())
    print(f"   Same content: {shared:.1%} of the words stand in both files")
    if shared < EQUAL:
        raise SystemExit("The two files do not say the same; nothing is compared.")
    taken = {name: [] for name in sides}
    for _ in range(times):
        for name, side in sides.items():  # in turns, so that a slow minute hits both
            start = time.perf_counter()
            side()
            taken[name].append((time.perf_counter() - start) * 1000)
    for name, values in taken.items():
        print(f"   {name:10} {middle(values)}, {len(made[name]) // 1024} KB")
    ours, theirs = median(taken["Himpun"]), median(taken["WeasyPrint"])
    print(f"   Himpun takes {ratio(ours, theirs)} the time of WeasyPrint")


def words(pdf):
    """Return how often each word stands in a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pdf"
        path.write_bytes(pdf)
        text = subprocess.run(
            ["pdftotext", path, "-"], capture_output=True, text=True, check=True
        ).stdout
    return Counter(text.replace("\N{ZERO WIDTH SPACE}", "").split())


def likeness(one, other):
    """Return the share of the words that both files have in common."""
    counts = words(one), words(other)
    shared = (counts[0] & counts[1]).total()
    return shared / max(count.total() for count in counts)
