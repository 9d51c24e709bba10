"""`himpun export plan --unit CODE -o FILE.xlsx`: an office's plan as sheets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from himpun.config.commands.report import which
from himpun.config.terminal import refuse, tell
from himpun.organization import queries as organization
from himpun.planning import queries
from himpun.shared import clock
from himpun.wording import say

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `plan --unit CODE [--template] -o FILE.xlsx [--json]`."""
    parser.add_argument("what", choices=["plan"], metavar="plan")
    parser.add_argument(
        "--unit",
        required=True,
        help=say("kode wilayah atau nama pendek, misalnya muncar"),
    )
    parser.add_argument(
        "--template", action="store_true", help=say("templat kosong untuk diisi")
    )
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 1 when there is no such office, or the file cannot be written."""
    output: Path = arguments.output
    if output.suffix.lower() != ".xlsx":
        return refuse(
            say("Lembar disimpan sebagai XLSX. Ganti akhiran %(name)s.", name=output)
        )
    units = organization.planners_named(arguments.unit)
    if len(units) != 1:
        return refuse(which(arguments.unit, units))
    year = organization.local_day(clock.now(), units[0]).year
    sheets = queries.sheets_of(units[0], queries.years_around(year))
    rows = {sheet.name: len(sheet.rows) for sheet in sheets}
    content = queries.written(sheets, blank=arguments.template)
    try:
        output.write_bytes(content)
    except OSError as error:
        return refuse(
            say(
                "%(file)s: tidak dapat dipakai (%(why)s).",
                file=error.filename,
                why=error.strerror,
            )
        )
    if arguments.json:
        print(json.dumps({"file": str(output), "rows": rows}))
    else:
        tell(str(output))
    return 0
