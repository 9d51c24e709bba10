"""Automatic list numbers of Word: counted, because the text does not hold them.

WordprocessingML (ECMA-376 part 1, 17.9): a paragraph, or its style, names a list
(`numId`) and a level; the list's definition says how each level is written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .package import attribute, child, inside, whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from .package import Package

LEVELS = 9
_PLACE = re.compile("%([1-9])")
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


class Numbering:
    """The lists of one document; `next` must be asked in document order."""

    def __init__(self, package: Package, folder: str) -> None:
        root = package.xml(f"{folder}/numbering.xml")
        definitions = {
            attribute(one, "abstractNumId"): one for one in inside(root, "abstractNum")
        }
        self._lists = {
            attribute(one, "numId"): (
                one,
                definitions.get(attribute(child(one, "abstractNumId"), "val")),
            )
            for one in inside(root, "num")
        }
        self._styles = {
            attribute(style, "styleId"): (
                attribute(child(style, "basedOn"), "val"),
                child(style, "pPr", "numPr"),
            )
            for style in inside(package.xml(f"{folder}/styles.xml"), "style")
        }
        self._levels: dict[str, tuple[dict[int, Element], list[int]]] = {}
        self._counters: dict[str, list[int]] = {}

    def next(self, paragraph: Element) -> str:
        """Return the number that Word prints before a paragraph; "" for none."""
        settings = child(paragraph, "pPr")
        how = child(settings, "numPr")
        if how is None:
            how = self._of_style(attribute(child(settings, "pStyle"), "val"))
        number, definition = self._lists.get(
            attribute(child(how, "numId"), "val"), (None, None)
        )
        if number is None or definition is None:
            return ""
        level = min(max(whole(attribute(child(how, "ilvl"), "val")), 0), LEVELS - 1)
        return self._written(number, definition, level)

    def _of_style(self, style: str) -> Element | None:
        for _ in range(LEVELS):
            style, how = self._styles.get(style, ("", None))
            if how is not None or not style:
                return how
        return None

    def _written(self, number: Element, definition: Element, level: int) -> str:
        name = attribute(number, "numId")
        if name not in self._levels:
            self._levels[name] = _levels(number, definition)
        levels, starts = self._levels[name]
        shared = child(number, "lvlOverride") is None
        key = f"a{attribute(definition, 'abstractNumId')}" if shared else f"n{name}"
        counters = self._counters.setdefault(key, [start - 1 for start in starts])
        counters[level] += 1
        counters[level + 1 :] = [start - 1 for start in starts[level + 1 :]]
        return self._spelled(levels, counters, level)

    @staticmethod
    def _spelled(levels: dict[int, Element], counters: list[int], level: int) -> str:
        own = levels.get(level)
        if attribute(child(own, "numFmt"), "val") == "bullet":
            return "\N{BULLET}"

        def written(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            form = attribute(child(levels.get(at), "numFmt"), "val")
            return _spell(max(counters[at], 1 if at < level else 0), form)

        return _PLACE.sub(written, attribute(child(own, "lvlText"), "val"))


def _levels(
    number: Element, definition: Element
) -> tuple[dict[int, Element], list[int]]:
    """Return how each level of a list is written, and where each starts."""
    levels = {
        whole(attribute(one, "ilvl")): one
        for one in (*inside(definition, "lvl"), *inside(number, "lvl"))
    }
    starts = [
        whole(attribute(child(levels.get(at), "start"), "val"), 1)
        for at in range(LEVELS)
    ]
    for over in inside(number, "lvlOverride"):
        at, start = whole(attribute(over, "ilvl")), child(over, "startOverride")
        if start is not None and 0 <= at < LEVELS:
            starts[at] = whole(attribute(start, "val"), 1)
    return levels, starts


def _spell(count: int, form: str) -> str:
    if form == "none":
        return ""
    if form in {"lowerLetter", "upperLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form.startswith("upper") else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < count < 4000:  # noqa: PLR2004 - the end of Roman numbers
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (count // value)
            count %= value
        return roman.upper() if form.startswith("upper") else roman
    return str(count)
