"""What the shipped fonts can show, and how the rest is shown."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any

from fontTools.ttLib import TTFont

from himpun.documents.fonts import FONT_DIR

SPACES = {"\n": "\n", "\r": "", "\t": " ", "\u2028": "\n", "\u2029": "\n"}
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories that print nothing, or turn what is around them."""


def printable(text: str) -> str:
    """Return a text in which every character can be seen on paper.

    What the fonts lack, and what prints nothing or turns the text around, becomes its
    code point, "[U+1F600]": nothing a person wrote is left out silently.
    """
    return "".join(map(_shown, unicodedata.normalize("NFC", text)))


def print_tree(value: Any) -> Any:  # noqa: ANN401 - a tree of plain data
    """Return plain data with every text in it `printable`."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: print_tree(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [print_tree(item) for item in value]
    return value


def _shown(letter: str) -> str:
    if letter in SPACES:
        return SPACES[letter]
    if unicodedata.category(letter) in INVISIBLE or ord(letter) not in _glyphs():
        return f"[U+{ord(letter):04X}]"
    return letter


@cache
def _glyphs() -> frozenset[int]:
    """The code points that both weights can print."""
    maps = [
        set(TTFont(FONT_DIR / f"LiberationSans-{weight}.ttf").getBestCmap())
        for weight in ("Regular", "Bold")
    ]
    return frozenset(maps[0] & maps[1])
