"""Texts, dates, amounts and lists as a form shows them and as the file keeps them.

The file keeps the wording of the source beside a corrected text (`asli`). A text that
the source does not have, typed into a draft that was read from a paper, gets an empty
`asli`: the source has nothing there.
"""

import difflib
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from himpun.sop.drafting.times import read_date
from himpun.sop.model import Tanggal
from himpun.sop.reading import plain_value

Tree = dict[str, Any]
"""The values of a draft's file."""
Typed = Mapping[str, str]
"""What a form sent: one text for each name."""

_SPACES = re.compile(r"\s+")
MOST_ROWS = 200
LONGEST = 4000
"""Letters that a field of the form takes; a cell of a form has a few hundred."""


class NotEdited(ValueError):
    """Something that cannot be done to the draft; the message is for the user."""


def one_line(text: str) -> str:
    """Return the text with single spaces, no longer than a field may be."""
    return _SPACES.sub(" ", text).strip()[:LONGEST]


def words(value: object) -> str:
    """Return the text that is shown of a text of the file; "" for none."""
    if isinstance(value, dict):
        value = value["teks"] if "teks" in value else value.get("asli")
    return "" if value is None or isinstance(value, list | dict) else str(value)


def source(value: object) -> str:
    """Return the wording of the source where it differs from what is shown."""
    asli = value.get("asli") if isinstance(value, dict) else None
    return str(asli) if asli and str(asli) != words(value) else ""


def edited(old: Any, typed: str, *, sourced: bool) -> Any:  # noqa: ANN401 - values of a file
    """Return a text of the file after its field was typed; the same when unchanged."""
    new = one_line(typed)
    if new == one_line(words(old)):
        return old
    more = dict(old) if isinstance(old, dict) else {}
    asli = more.pop("asli", old if isinstance(old, str) else None)
    more.pop("teks", None)
    if asli is None and sourced:
        asli = ""
    if asli is None or not sourced or asli == new or (not new and not asli):
        return {**more, "teks": new} if more else (new or None)
    return {"teks": new, "asli": asli, **more}


def cell(old: Any, typed: str, *, sourced: bool) -> Tree:  # noqa: ANN401 - values of a file
    """Return a cell that may be empty (`kelengkapan`, `output`), as a group."""
    value = edited(old, typed, sourced=sourced)
    if isinstance(value, dict):
        return value
    return {} if value is None else {"teks": value}


def shown_date(value: object) -> str:
    """Return a date as the form shows it: "2 Maret 2020", or what was typed."""
    day = value.get("nilai") if isinstance(value, dict) else value
    if day is None:
        return ""
    try:
        return Tanggal.model_validate(str(day)).teks
    except ValueError:
        return str(day)


def edited_date(old: Any, typed: str, *, sourced: bool) -> Any:  # noqa: ANN401 - values of a file
    """Return a date of the file; what is no date is kept as it was typed."""
    new = one_line(typed)
    if new == shown_date(old):
        return old
    if not new:
        return None
    day = _day(new)
    value = day.isoformat() if day else new
    asli = old.get("asli") if isinstance(old, dict) else None
    if asli is None:
        asli = "" if sourced and old is None else None
    return {"nilai": value, "asli": asli} if asli is not None else {"nilai": value}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return read_date(text)[0]


def shown_number(value: object) -> str:
    """Return a number as it is typed in Indonesia: 0,5."""
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    return words(value)


def number(typed: str) -> Any:  # noqa: ANN401 - a number, or the text that is none
    """Return what was typed as a number; as text where it is none, None for nothing."""
    text = one_line(typed)
    value = plain_value(text.replace(",", "."))
    if isinstance(value, Decimal) and not value.is_finite():
        return text
    return value if isinstance(value, int | Decimal) else text or None


def lines_of(values: object) -> str:
    """Return a list of texts, one in each line."""
    if not isinstance(values, list):
        return ""
    return "\n".join(one_line(words(value)) for value in values)


def edited_lines(old: object, typed: str, *, sourced: bool) -> list[Any]:
    """Return a list of texts after its lines were typed; each keeps its own source."""
    before = list(old) if isinstance(old, list) else []
    shown = [one_line(words(value)) for value in before]
    after = [line for line in map(one_line, typed.splitlines()) if line][:MOST_ROWS]
    made: list[Any] = []
    match = difflib.SequenceMatcher(a=shown, b=after, autojunk=False)
    for what, first, last, start, end in match.get_opcodes():
        if what == "equal":
            made += before[first:last]
            continue
        paired = before[first:last] if last - first == end - start else []
        for n, line in enumerate(after[start:end]):
            own = paired[n] if paired else None
            made.append(edited(own, line, sourced=sourced))
    return made


def rows(typed: Typed, name: str, *columns: str) -> list[dict[str, str]]:
    """Return the rows `name-0-column`, `name-1-column` ... of a form, in order.

    An unticked box is not sent, so a missing column is "".
    """
    made = []
    for n in range(MOST_ROWS):
        if f"{name}-{n}-{columns[0]}" not in typed:
            break
        made.append({c: typed.get(f"{name}-{n}-{c}", "") for c in columns})
    return made


def group(tree: Tree, key: str) -> Tree:
    """Return a group of the file, {} where it is missing."""
    found = tree.get(key)
    return found if isinstance(found, dict) else {}


def items(tree: Tree, key: str) -> list[Any]:
    """Return a list of the file, [] where it is missing."""
    found = tree.get(key)
    return found if isinstance(found, list) else []


def is_sourced(tree: Tree) -> bool:
    """Whether the draft was read from a paper."""
    return bool(tree.get("sumber"))
