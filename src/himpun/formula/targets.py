"""What offices write as a target or a figure beside plain numbers.

"100 dari 110 Organisasi" is a numerator and a denominator, "3 sampai 5" a range. A text
with two figures in it, an error of a spreadsheet or a number with a remark is asked
about, never guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.wording import Sentence, joined, say

from .arithmetic import EXACT, say_figure
from .numbers import HUNDRED, SHOWN, NumberProblem, read_number
from .polarity import Span

if TYPE_CHECKING:
    from decimal import Decimal

MAX_LENGTH = 200
_NUMBER = r"[0-9](?:[0-9.,]*[0-9])?"
_OUT_OF = re.compile(
    rf"({_NUMBER})\s+dari\s+({_NUMBER})(?:\s+([^0-9()]+))?", re.IGNORECASE
)
_SPAN = re.compile(
    rf"({_NUMBER})\s*(?:%\s*)?(?:-|\u2013|\u2014|s/d|s\.d\.?|sampai(?:\s+dengan)?)\s*"
    rf"({_NUMBER})(?:\s*%)?",
    re.IGNORECASE,
)
_FIGURE = re.compile(rf"({_NUMBER})\s*([^0-9().,]*)")
_SHEET = re.compile(r"#[A-Z0-9/]+[!?]?", re.IGNORECASE)
_NOT_THERE = re.compile(
    r"-+|\u2013|\u2014|n/?a|nihil|kosong|belum(?:\s+ada)?|tidak\s+ada", re.IGNORECASE
)


class TwoNumbers(NumberProblem):
    """A text with several figures, of which one must be chosen; ``numbers`` has them."""

    def __init__(self, text: str, numbers: tuple[str, ...]) -> None:
        self.numbers = numbers
        super().__init__(
            text,
            say(
                "%(text)s memuat lebih dari satu angka: %(numbers)s. Mana yang "
                "ditargetkan? Tulis satu angka saja, menurut satuan indikatornya.",
                text=text[:SHOWN],
                numbers=joined(numbers, ", "),
            ),
        )


class SheetError(NumberProblem):
    """An error value of a spreadsheet, such as #DIV/0!, instead of a figure."""

    def __init__(self, text: str) -> None:
        super().__init__(
            text,
            say(
                "%(text)s pesan galat lembar kerja, bukan angka. Isi pembilang dan "
                "penyebutnya, atau kosongkan bila belum ada.",
                text=text[:SHOWN],
            ),
        )


class NotThere(NumberProblem):
    """A word or a dash for "none": empty and 0 are two things, so it is asked."""

    def __init__(self, text: str) -> None:
        super().__init__(
            text,
            say(
                "%(text)s belum tentu nol. Kosongkan bila angkanya belum ada, atau "
                "tulis 0 bila memang nol.",
                text=text[:SHOWN],
            ),
        )


class NotAPart(NumberProblem):
    """A numerator above its denominator, or a denominator of 0."""


@dataclass(frozen=True)
class OutOf:
    """A numerator of a denominator, above 0, with the unit of both: 100 dari 110."""

    numerator: Decimal
    denominator: Decimal
    unit: str = ""

    @property
    def percent(self) -> Decimal:
        """The share in percent, unrounded."""
        return EXACT.divide(EXACT.multiply(self.numerator, HUNDRED), self.denominator)

    def __str__(self) -> str:
        """Return "100 dari 110 Organisasi"."""
        bare = say(
            "%(numerator)s dari %(denominator)s",
            numerator=say_figure(self.numerator),
            denominator=say_figure(self.denominator),
        )
        return f"{bare} {self.unit}" if self.unit else bare


def read_target(text: str, *, decimals: int | None = None) -> Decimal | OutOf | Span:
    """Return the target or figure in a cell of a plan or report.

    A plain number is read as `read_number` does; "100 dari 110 Organisasi" gives
    `OutOf`, "3 - 5" and "3 s.d. 5" give `Span`. Raises NumberProblem with a question
    for all else: `Ambiguous`, `TwoNumbers`, `SheetError`, `NotThere`, `NotAPart`,
    `NotANumber`.
    """
    body = " ".join(text[: MAX_LENGTH + 1].split())
    if _SHEET.fullmatch(body):
        raise SheetError(body)
    if _NOT_THERE.fullmatch(body):
        raise NotThere(body)
    if len(body) > MAX_LENGTH:
        return read_number(text, decimals=decimals)
    if part := _OUT_OF.fullmatch(body):
        return _out_of(body, part, decimals)
    if span := _SPAN.fullmatch(body):
        return _span(body, span, decimals)
    numbers = _FIGURE.findall(body)
    if len(numbers) > 1 and not _is_one(body):
        raise TwoNumbers(
            body, tuple(f"{n} {word.strip()}".strip() for n, word in numbers)
        )
    return read_number(text, decimals=decimals)


def _is_one(body: str) -> bool:
    """Whether a text is no more than figures and marks: then it is one, or a misprint."""
    return not re.search(r"[^\W\d_]", body)


def _out_of(body: str, part: re.Match[str], decimals: int | None) -> OutOf:
    above, below = (read_number(part[n], decimals=decimals) for n in (1, 2))
    if not below:
        raise NotAPart(
            body, say("%(text)s: jumlah seluruhnya tidak boleh 0.", text=body)
        )
    if above > below:
        raise NotAPart(
            body,
            say(
                "%(text)s: bagian lebih besar daripada jumlah seluruhnya. Apakah "
                "kedua angka tertukar?",
                text=body,
            ),
        )
    return OutOf(above, below, (part[3] or "").strip())


def _span(body: str, span: re.Match[str], decimals: int | None) -> Span:
    low, high = (read_number(span[n], decimals=decimals) for n in (1, 2))
    if high < low:
        raise NumberProblem(body, _turned(body))
    return Span(low, high)


def _turned(body: str) -> Sentence:
    return say(
        "%(text)s: batas kedua lebih kecil daripada batas pertama. Apakah keduanya "
        "tertukar?",
        text=body,
    )
