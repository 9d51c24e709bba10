"""`make bench`: runs the benchmarks and prints what they found.

`BENCH=full` measures longer. Fifteen minutes at most otherwise.
"""

from __future__ import annotations

import os
import platform
import tempfile
from pathlib import Path

from bench import engine, forms, pages, papers, rollups, saves


def main():
    full = os.environ.get("BENCH") == "full"
    print(f"Himpun bench: {platform.platform()}, {os.cpu_count()} cores")
    # On the disk, not in memory: what is measured is durable saving.
    build = Path(__file__).resolve().parent.parent / "build"
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=build) as folder:
        print("\n1. Durable value saves over HTTP")
        saves.run(Path(folder) / "saves", seconds=20 if full else 6)
        print("\n2. Pages with 1 and with 100 cases")
        pages.run(Path(folder) / "pages", times=60 if full else 20)
        print("\n3. Tasks closed and the inbox, with 10 to 100,000 cases")
        engine.run(folder, times=200 if full else 50)
        print("\n4. Totals of a kabupaten, and of every kabupaten")
        rollups.run(folder, full=full)
    print("\n5. The PDF of the Laporan Kinerja")
    papers.run(times=60 if full else 15)
    print("\n6. An SOP of 200 steps")
    forms.run(times=30 if full else 9)


if __name__ == "__main__":
    main()
