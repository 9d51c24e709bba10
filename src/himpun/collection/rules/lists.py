"""Lists that leave the product: CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


PLAIN_NUMBER = re.compile(r"[+-]?[\d.,]+%?")


def safe_cell(text: str) -> str:
    """Return a CSV cell that no spreadsheet takes for a formula (CWE-1236)."""
    risky = text[:1] in {"=", "+", "-", "@", "\t", "\r"}
    return f"'{text}" if risky and not PLAIN_NUMBER.fullmatch(text) else text


def write_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as UTF-8 CSV with a byte order mark, as spreadsheets expect it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")
