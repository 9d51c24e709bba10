"""From text to tree, with sentences for what cannot be read.

    rumus  = suku (("+" | "-") suku)*
    suku   = faktor (("×" | "/") faktor)*
    faktor = "-" faktor | angka | komponen | "(" rumus ")" | fungsi "(" isian ")"
    isian  = rumus (";" rumus)+

As offices write it: the decimal mark is a comma, parts of a function are divided by a
semicolon, ``x``, ``X`` and ``*`` are ``×``, ``:`` and ``÷`` are ``/``, ``100 %`` is
``100%``. Length and depth are bounded, so that no text costs more than a moment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from himpun.formula.numbers import Ambiguous, NumberProblem, read_number
from himpun.wording import Sentence, say

from .tree import (
    PAIRS,
    SUMS,
    Call,
    Chain,
    Function,
    Name,
    Negative,
    Node,
    Number,
    Sign,
    names_in,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    _Part = Callable[[], Node]

MAX_LENGTH = 1000
"""No formula of an office is longer; a longer one is refused before it is read."""
MAX_DEPTH = 20
"""How deep parentheses, functions and minuses may stand in one another."""
MAX_CODE = 40

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9](?:[0-9.,]*[0-9])?(?:\s*%)?)"
    r"|(?P<word>rata-rata(?=\s*\()|[A-Za-z_][A-Za-z_0-9]*)"
    r"|(?P<sign>[-+*/:;()\u2212\u2013\u00d7\u00f7])"
    r"|(?P<other>\S))",
    re.IGNORECASE,
)
_SIGNS = {
    "+": Sign.PLUS,
    "-": Sign.MINUS,
    "\N{MINUS SIGN}": Sign.MINUS,
    "\N{EN DASH}": Sign.MINUS,
    "*": Sign.TIMES,
    "\N{MULTIPLICATION SIGN}": Sign.TIMES,
    "x": Sign.TIMES,
    "/": Sign.OVER,
    ":": Sign.OVER,
    "\N{DIVISION SIGN}": Sign.OVER,
}
_FUNCTIONS = {str(name): name for name in Function}
RESERVED = frozenset({"x", "rata", *_FUNCTIONS})
"""Words that no component may have as its code."""
_HINTS = {
    "=": say("tulis hanya yang di sebelah kanan tanda sama dengan"),
    ",": say("isian fungsi dipisahkan titik koma, misalnya min(a; b)"),
    "%": say("tanda persen hanya boleh langsung setelah angka, misalnya 100%"),
    "^": say("tulis pangkat sebagai perkalian, misalnya a x a"),
}
_BRACKETS = say("pakai kurung biasa, ( dan )")


class BadFormula(ValueError):
    """A formula that cannot be read; ``str()`` is a sentence for the user.

    ``column`` is where, counted from 1; 0 when the whole text is meant.
    """

    def __init__(self, sentence: Sentence, column: int = 0) -> None:
        self.column = column
        if column:
            sentence = say(
                "Kolom %(column)s: %(problem)s", column=column, problem=sentence
            )
        super().__init__(sentence)


@dataclass(frozen=True)
class Formula:
    """A formula that was read; ``text`` is its one way of being written."""

    tree: Node

    @cached_property
    def text(self) -> str:
        """The formula written again, with the signs of the paper."""
        return written(self.tree)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The components it needs, each once, in the order of their first mention."""
        found: dict[str, str] = {}
        for name in names_in(self.tree):
            found.setdefault(name.key, name.code)
        return tuple(found.values())


def read_formula(text: str) -> Formula:
    """Return the formula a person wrote; raises BadFormula and nothing else."""
    if not text.strip():
        raise BadFormula(
            say("Rumus belum diisi. Tulis misalnya selesai / masuk x 100%.")
        )
    if len(text) > MAX_LENGTH:
        raise BadFormula(
            say("Rumus paling panjang %(most)s huruf dan tanda.", most=MAX_LENGTH)
        )
    reader = _Reader([*_tokens(text)], len(text.rstrip()) + 1)
    tree = reader.sum()
    reader.end()
    return Formula(tree)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        found.append(_Token(kind, match[kind], match.start(kind) + 1))
    return found


class _Reader:
    """Reads the tokens from left to right; ``depth`` is how deep it stands."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens = tokens
        self.end_at = end
        self.place = 0
        self.depth = 0

    @property
    def now(self) -> _Token:
        if self.place < len(self.tokens):
            return self.tokens[self.place]
        return _Token("end", "", self.end_at)

    def sum(self) -> Node:
        return self._chain(self._product, adds=True)

    def _product(self) -> Node:
        return self._chain(self._factor, adds=False)

    def _chain(self, part: _Part, *, adds: bool) -> Node:
        at = self.now.at
        first = part()
        rest = []
        while (sign := self._sign()) and (sign in SUMS) is adds:
            self.place += 1
            rest.append((sign, part()))
        return Chain(first, tuple(rest), at) if rest else first

    def _sign(self) -> Sign | None:
        return _SIGNS.get(self.now.text.casefold())

    def _factor(self) -> Node:
        token = self.now
        if self._sign() is Sign.MINUS:
            return Negative(self._within(self._factor))
        if token.text == "(":
            tree = self._within(self.sum)
            self._close(token)
            return tree
        if token.kind == "number":
            self.place += 1
            return _number(token)
        if token.kind == "word" and self._sign() is None:
            self.place += 1
            return self._call(token) if self.now.text == "(" else _name(token)
        raise BadFormula(_unexpected_start(token), token.at)

    def _within(self, part: _Part) -> Node:
        """Read a part one deeper, after the sign or parenthesis that opens it."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise BadFormula(
                say(
                    "rumus bertumpuk lebih dari %(most)s tingkat; bagi menjadi "
                    "komponen",
                    most=MAX_DEPTH,
                ),
                self.now.at,
            )
        self.place += 1
        tree = part()
        self.depth -= 1
        return tree

    def _call(self, word: _Token) -> Node:
        function = _FUNCTIONS.get(word.text.casefold())
        if function is None:
            raise BadFormula(
                say(
                    "fungsi %(name)s tidak dikenal; yang ada: %(known)s. Untuk "
                    "perkalian tulis tanda x",
                    name=_short(word.text),
                    known=", ".join(_FUNCTIONS),
                ),
                word.at,
            )
        opening = self.now
        parts = [self._within(self.sum)]
        while self.now.text == ";":
            parts.append(self._within(self.sum))
        self._close(opening)
        _check_count(function, len(parts), word.at)
        return Call(function, tuple(parts), word.at)

    def _close(self, opening: _Token) -> None:
        if self.now.text == ")":
            self.place += 1
        elif self.now.kind == "end":
            raise BadFormula(say("kurung ini belum ditutup"), opening.at)
        else:
            raise BadFormula(_unexpected_next(self.now), self.now.at)

    def end(self) -> None:
        if self.now.kind != "end":
            raise BadFormula(_unexpected_next(self.now), self.now.at)


def _check_count(function: Function, count: int, at: int) -> None:
    if function in PAIRS and count != 2:  # noqa: PLR2004 - a pair
        wanted = say("tepat dua isian")
    elif count < 2:  # noqa: PLR2004 - what would it sum up
        wanted = say("sedikitnya dua isian")
    else:
        return
    raise BadFormula(
        say(
            "%(name)s memerlukan %(wanted)s, dipisahkan titik koma: %(name)s(a; b)",
            name=str(function),
            wanted=wanted,
        ),
        at,
    )


def _number(token: _Token) -> Number:
    bare = token.text.removesuffix("%").rstrip()
    try:
        value = read_number(bare)
    except Ambiguous as doubt:
        raise BadFormula(doubt.question, token.at) from None
    except NumberProblem as problem:
        raise BadFormula(say("%(problem)s", problem=str(problem)), token.at) from None
    return Number(value, percent=bare != token.text)


def _name(token: _Token) -> Name:
    word = token.text.casefold()
    if word in RESERVED:
        raise BadFormula(
            say(
                "%(name)s nama fungsi; tulis isiannya di dalam kurung: %(name)s(a; b)",
                name=str(Function.AVERAGE) if word == "rata" else word,
            ),
            token.at,
        )
    if len(token.text) > MAX_CODE:
        raise BadFormula(
            say("kode komponen paling panjang %(most)s huruf", most=MAX_CODE), token.at
        )
    return Name(token.text, token.at)


def _unexpected_start(token: _Token) -> Sentence:
    """Say what is wrong where a number, a component or a parenthesis should begin."""
    if token.kind == "end":
        return say("rumus belum selesai; di sini perlu angka atau komponen")
    if token.kind == "other":
        return _stranger(token.text)
    return say(
        "di sini perlu angka atau komponen, bukan %(found)s", found=_short(token.text)
    )


def _unexpected_next(token: _Token) -> Sentence:
    """Say what is wrong behind a part that is complete."""
    if token.kind == "other":
        return _stranger(token.text)
    if token.text == ")":
        return say("kurung tutup ini tidak ada pembukanya")
    if token.text == ";":
        return say("titik koma hanya dipakai di dalam fungsi")
    return say(
        "sebelum %(found)s perlu tanda hitung (+ - x /); kode komponen ditulis tanpa "
        "spasi, misalnya pengaduan_selesai",
        found=_short(token.text),
    )


def _stranger(text: str) -> Sentence:
    if text in "[]{}":
        hint = _BRACKETS
    else:
        hint = _HINTS.get(text, say("pakai huruf, angka, + - x / dan kurung"))
    return say(
        "tanda %(found)s tidak dipakai di dalam rumus; %(hint)s", found=text, hint=hint
    )


def _short(text: str) -> str:
    return text if len(text) <= MAX_CODE else f"{text[:MAX_CODE]}..."
