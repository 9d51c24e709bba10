"""Text set into lines: wrapped at words, broken inside a word only when it must be.

Everything is measured with the real widths of the font (see `Measure`), so what is
laid out here is what is printed. Text that would not fit its cell is set smaller,
never cut: a signed form loses no word.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from typing import Protocol

from .geometry import ASCENT, DESCENT, Box, Text

LEADING = 1.25
"""Distance of two base lines, as a share of the size."""
_SMALLER = 0.94
_GUESS = 1.05
"""A text of so many times the room's area needs the root of it as size, or nearly."""
_MARGIN = 0.002
_BREAK_AFTER = frozenset("/-_,.;:")
_UNPRINTABLE = {"Cc", "Cs", "Cn", "Co"}
_INVISIBLE = frozenset(
    "\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_REPLACEMENT = "\ufffd"


class Measure(Protocol):
    """The width of a line of text in millimetres: the sum of its letters' widths."""

    def __call__(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure `text` at `size` millimetres."""
        ...


@dataclass(frozen=True, slots=True)
class Font:
    """Size and weight of a text, with the way to measure it."""

    measure: Measure
    size: float
    bold: bool = False
    italic: bool = False

    def width(self, words: str) -> float:
        """Return the width of a line."""
        return self.measure(words, self.size, bold=self.bold)

    def sized(self, size: float) -> "Font":
        """Return the same font at another size."""
        return replace(self, size=size)

    def text(self, x: float, y: float, words: str) -> Text:
        """Return a line that begins at `x` on the base line `y`."""
        return Text(x, y, words, self.size, self.width(words), self.bold, self.italic)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text with the mark before it ("1.", "-"); the text hangs beside the mark."""

    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A set line: its mark, if it is the first of a marked paragraph, and its words."""

    words: str
    indent: float = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines in one font, ready to be placed."""

    lines: tuple[Line, ...]
    font: Font

    @property
    def height(self) -> float:
        """The room that the lines take, from the first ascender to the last descender."""
        if not self.lines:
            return 0
        return self.font.size * (ASCENT + DESCENT + LEADING * (len(self.lines) - 1))

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max((_right(line, self.font) for line in self.lines), default=0)

    def at(self, x: float, y: float) -> tuple[Text, ...]:
        """Place the lines with their left edge at `x` and their top at `y`."""
        return tuple(self._texts(lambda _line: x, y))

    def centered(self, x: float, y: float) -> tuple[Text, ...]:
        """Place each line with its middle at `x`, the top of the first at `y`."""
        return tuple(self._texts(lambda line: x - self.font.width(line.words) / 2, y))

    def in_middle(self, box: Box) -> tuple[Text, ...]:
        """Place the lines in the middle of `box`, each centred."""
        x, y = box.center
        return self.centered(x, y - self.height / 2)

    def _texts(self, left: "_Left", top: float) -> Iterator[Text]:
        y = top + ASCENT * self.font.size
        for line in self.lines:
            x = left(line)
            if line.mark:
                yield self.font.text(x, y, line.mark)
            if line.words:
                yield self.font.text(x + line.indent, y, line.words)
            y += LEADING * self.font.size


class _Left(Protocol):
    def __call__(self, line: Line, /) -> float: ...


def _right(line: Line, font: Font) -> float:
    return line.indent + font.width(line.words)


def clean(words: str) -> str:
    """Return `words` as they can be printed: what cannot be shown becomes a box.

    Control characters and the marks that turn the direction of writing would let the
    paper show another text than the file holds; each is replaced, not dropped.
    """
    flat = words.replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        letter if letter == "\n" or not _hidden(letter) else _REPLACEMENT
        for letter in flat
    )


def _hidden(letter: str) -> bool:
    if letter.isascii():
        return not letter.isprintable()
    return letter in _INVISIBLE or unicodedata.category(letter) in _UNPRINTABLE


def set_lines(
    paragraphs: Iterable[Paragraph], width: float, font: Font
) -> tuple[Block, bool]:
    """Set paragraphs in lines of at most `width`; say whether any word was broken."""
    lines: list[Line] = []
    broken = False
    for paragraph in paragraphs:
        words = clean(paragraph.words).strip()
        if not words:
            continue
        indent = font.width(f"{paragraph.mark}  ") if paragraph.mark else 0
        mark = paragraph.mark
        for line, cut in _wrap(words, width - indent, font):
            lines.append(Line(line, indent, mark))
            mark = ""
            broken = broken or cut
    return Block(tuple(lines), font), broken


def fit(
    paragraphs: Sequence[Paragraph],
    width: float,
    height: float,
    font: Font,
) -> Block:
    """Set paragraphs into a room, in a smaller size when they would not fit."""
    block, _ = set_lines(paragraphs, width, font)
    while not _holds(width, height, block):
        share = min(_SMALLER, _GUESS * sqrt(height / block.height))
        block, _ = set_lines(paragraphs, width, font.sized(block.font.size * share))
    return block


def _holds(width: float, height: float, block: Block) -> bool:
    return block.height <= height and block.width <= width + _MARGIN


def fit_words(words: str, width: float, height: float, font: Font) -> Block:
    """Set a short text, smaller rather than with a broken word while it is readable."""
    smallest = font.size * _SMALLER**6
    trial = font
    while trial.size >= smallest:
        block, broken = set_lines([Paragraph(words)], width, trial)
        if not broken and _holds(width, height, block):
            return block
        trial = trial.sized(trial.size * _SMALLER)
    return fit([Paragraph(words)], width, height, trial)


def _wrap(words: str, width: float, font: Font) -> Iterator[tuple[str, bool]]:
    """Yield lines, and whether the line ends (or begins) inside a word."""
    space = font.width(" ")
    for paragraph in words.split("\n"):
        line, used = "", 0.0
        for word in paragraph.split():
            size = font.width(word)
            if line and used + space + size <= width:
                line, used = f"{line} {word}", used + space + size
                continue
            if line:
                yield line, False
            *full, line = _pieces(word, size, width, font)
            yield from ((piece, True) for piece in full)
            used = font.width(line)
        yield line, False


def _pieces(word: str, size: float, width: float, font: Font) -> list[str]:
    """Break a word that is wider than a line, after a sign such as `/` if it can be."""
    if size <= width:
        return [word]
    pieces: list[str] = []
    piece, used = "", 0.0
    for cluster in _clusters(word):
        wide = font.width(cluster)
        if piece and used + wide > width:
            cut = _last_break(piece)
            pieces.append(piece[:cut])
            piece = piece[cut:]
            used = font.width(piece)
        piece, used = piece + cluster, used + wide
    return [*pieces, piece]


def _last_break(piece: str) -> int:
    for at in range(len(piece) - 1, 0, -1):
        if piece[at - 1] in _BREAK_AFTER:
            return at
    return len(piece)


def _clusters(word: str) -> Iterator[str]:
    """Yield letters with the accents that belong to them."""
    starts = [
        i
        for i, letter in enumerate(word)
        if i == 0 or unicodedata.category(letter) not in {"Mn", "Me", "Mc"}
    ]
    for start, end in pairwise([*starts, len(word)]):
        yield word[start:end]
