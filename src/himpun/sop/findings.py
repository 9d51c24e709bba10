"""What a check of an SOP file finds: code, line, place and a sentence in Indonesian."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from himpun.wording import Sentence, joined, opened, say

Path = tuple[str | int, ...]
"""Keys and list positions from the top of the file: `("langkah", 2, "waktu")`."""

Plain = None | bool | int | Decimal | str | list["Plain"] | dict[str, "Plain"]
"""A value as read from the file, before it has the shape of an SOP."""

MAX_WORD = 48
MAX_LISTED = 5


class Remark(NamedTuple):
    """A finding before its line is known."""

    code: str
    path: Path
    sentence: Sentence


@dataclass(frozen=True, order=True)
class Finding:
    """One thing found in a file, at the line (from 1) where it has to be mended."""

    line: int
    code: str
    path: str
    """The place in the words of the form: `langkah.l3.waktu`."""
    sentence: Sentence

    @property
    def is_error(self) -> bool:
        """Errors (E..) refuse the file, warnings (W..) do not."""
        return self.code.startswith("E")


def place(remark: Remark, tree: Plain, lines: dict[Path, int]) -> Finding:
    """Give a remark its line: its own, or that of the nearest part that exists."""
    path = remark.path
    while path not in lines:
        path = path[:-1]
    where = spell(tree, remark.path)
    return Finding(lines[path], remark.code, where, opened(remark.sentence))


def spell(tree: Plain, path: Path) -> str:
    """Write a path for people; list items go by their id, else by their position."""
    words = ""
    for part in path:
        if isinstance(part, int):
            if isinstance(tree, str):
                continue  # a single name that stands for a list of one
            tree = _child(tree, part)
            name = tree.get("id") if isinstance(tree, dict) else None
            named = isinstance(name, str) and name
            words += f".{shorten(str(name))}" if named else f"[{part + 1}]"
        else:
            tree = _child(tree, part)
            words += f".{shorten(part)}"
    return words.lstrip(".")


def shorten(word: str) -> str:
    """Cut a word of the file to a length that a sentence can hold."""
    if len(word) <= MAX_WORD:
        return word
    return word[: MAX_WORD - 1] + "\N{HORIZONTAL ELLIPSIS}"


def listed(words: Sequence[str]) -> str:
    """Join words as Indonesian does; a long list ends in the number left out."""
    shown = [*words[:MAX_LISTED]]
    if len(words) > MAX_LISTED:
        shown.append(say("%(n)s lainnya", n=len(words) - MAX_LISTED))
    head, last = joined(shown[:-1], ", "), shown[-1]
    return say("%(head)s dan %(last)s", head=head, last=last) if head else last


def value_at(tree: Plain, path: Path) -> Plain:
    """Return the value at a path; None where the file has none."""
    for part in path:
        tree = _child(tree, part)
    return tree


def _child(tree: Plain, part: str | int) -> Plain:
    if isinstance(tree, dict) and isinstance(part, str):
        return tree.get(part)
    if isinstance(tree, list) and isinstance(part, int) and part < len(tree):
        return tree[part]
    return None
