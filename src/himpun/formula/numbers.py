"""Reading and writing numbers the Indonesian way: 1.234,56.

Reading is strict: what could be meant in two ways is asked, never guessed. A null stays
a null: an empty text is no number here, and it is never zero.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING

from himpun.wording import Sentence, joined, say

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DIGITS = 20
"""No figure of an office has more digits; more are refused."""
SHOWN = 40
"""How much of a wrong text is repeated in the sentence."""
ALIKE = str.maketrans("OolI", "0011")
"""Letters that are typed or scanned instead of digits."""
HUNDRED = Decimal(100)
WIDE = Context(prec=500)
"""For rounding what is shown: wide enough for every value that can be written."""

_PLAIN = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")
_EITHER = re.compile(r"0*[1-9][0-9]{0,2}\.[0-9]{3}")
_ENGLISH = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_WITH_WORDS = re.compile(
    r"(?:rp\.?\s*)?([0-9.,]*[0-9])\s*(?:%|[a-z]+(?:\s+[a-z]+)*)?", re.IGNORECASE
)
_MULTIPLES = re.compile(r"ribu|juta|mil[iy]ar|triliun|rb|jt", re.IGNORECASE)
_SWAP = str.maketrans(",.", ".,")


class NumberProblem(ValueError):
    """A text that cannot be taken as one number; ``str()`` is a sentence for the user.

    ``text`` is what was typed.
    """

    def __init__(self, text: str, sentence: Sentence) -> None:
        self.text = text
        super().__init__(sentence)


class NotANumber(NumberProblem):
    """The text is no number; ``suggestion`` is a likely spelling, or empty."""

    def __init__(self, text: str, suggestion: str = "") -> None:
        self.suggestion = suggestion
        super().__init__(text, _refusal(text, suggestion))


class Ambiguous(NumberProblem):
    """The dot may group thousands or mark decimals.

    ``readings`` holds both values (thousands first), ``spellings`` how to write each
    without doubt, ``question`` the sentence that asks.
    """

    def __init__(self, text: str, thousands: Decimal, decimals: Decimal) -> None:
        self.readings = (thousands, decimals)
        self.spellings = (str(thousands), str(decimals).replace(".", ","))
        self.question = say(
            "Anda menulis %(text)s. Maksudnya %(thousands)s (titik pemisah "
            "ribuan) atau %(decimals)s (titik tanda desimal)? Tulis salah "
            "satunya.",
            text=text,
            thousands=self.spellings[0],
            decimals=self.spellings[1],
        )
        super().__init__(text, self.question)


def read_number(text: str, *, decimals: int | None = None) -> Decimal:
    """Return the number a person typed or pasted.

    Read: ``88,74`` ``88.74`` ``1.234,5`` ``1.234.567`` ``-3`` ``95%`` (a percentage is
    the number before the sign), with spaces around. A comma alone is always the
    decimal mark. One dot before exactly three digits (``1.234``) raises Ambiguous,
    except for an indicator that has no decimals (``decimals=0``): there it groups
    thousands. All else raises NotANumber: empty text, signs alone, exponents, NaN,
    infinity, digits of other scripts, spaces inside, English grouping, more than
    `MAX_DIGITS` digits.
    """
    body = text.strip().removesuffix("%").rstrip()
    negative = body.startswith(("-", "\N{MINUS SIGN}"))
    digits = body[1:] if negative or body.startswith("+") else body
    if sum(map(str.isdigit, digits)) > MAX_DIGITS:
        raise NotANumber(text)
    value = _value(digits, thousands=decimals == 0)
    if value is None:
        raise NotANumber(text, _suggestion(body))
    if isinstance(value, Decimal):
        return -value if negative else value
    grouped, fraction = value
    signed = (-grouped, -fraction) if negative else value
    raise Ambiguous(text.strip(), *signed)


def say_number(value: Decimal, decimals: int | None = 2) -> str:
    """Return "1.234,56": rounded half up to ``decimals``, None: all its digits.

    Only what is shown is rounded; a rounded zero has no sign. Raises ValueError for NaN
    and infinity.
    """
    if not value.is_finite():
        raise ValueError("only a finite number can be shown")
    if decimals is None:
        text = f"{value:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    else:
        step = Decimal(1).scaleb(-decimals)
        rounded = value.quantize(step, ROUND_HALF_UP, WIDE)
        text = f"{rounded:,f}"
    swapped = text.translate(_SWAP)
    return swapped if re.search("[1-9]", swapped) else swapped.removeprefix("-")


@dataclass(frozen=True)
class Slip:
    """A value that looks like a lost comma: what may be meant, and the question."""

    meant: Decimal
    question: Sentence


def likely_slip(value: Decimal, highest: Decimal = HUNDRED) -> Slip | None:
    """Return a hint when a whole number above ``highest`` fits once a comma is put in.

    For figures with an upper bound, such as a percentage: 973 gives 97,3. A hint only:
    the value itself is not refused. A value with decimals is no such slip: None.
    """
    if value <= highest or value != value.to_integral_value():
        return None
    meant = value
    while meant > highest:
        meant = meant.scaleb(-1)
    question = say(
        "Anda menulis %(value)s, maksudnya %(meant)s?",
        value=f"{value:.0f}",
        meant=say_number(meant, None),
    )
    return Slip(meant, question)


def _value(digits: str, *, thousands: bool) -> Decimal | tuple[Decimal, Decimal] | None:
    """Return the value, both values where the dot has two meanings, or None."""
    if _EITHER.fullmatch(digits):
        grouped = Decimal(digits.replace(".", ""))
        return grouped if thousands else (grouped, Decimal(digits))
    if _GROUPED.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _PLAIN.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    return None


def _suggestion(body: str) -> str:
    """Return a spelling that reads without doubt and is near what was typed."""
    for spelling in _spellings(body):
        bare = re.sub("^[+-]", "", spelling)
        if isinstance(_value(bare, thousands=False), Decimal):
            return spelling
    return ""


def _spellings(body: str) -> Iterator[str]:
    body = body.replace("\N{MINUS SIGN}", "-")
    ascii_digits = "".join(str(unicodedata.digit(char, char)) for char in body)
    if not re.search("[0-9]", ascii_digits):
        return
    yield ascii_digits
    yield ascii_digits.translate(ALIKE)
    yield re.sub(r"(?<=[0-9.,+-])\s+(?=[0-9])", "", ascii_digits)
    if _ENGLISH.fullmatch(ascii_digits):
        yield ascii_digits.translate(_SWAP)
    yield re.sub(r"^[.,]", "0,", ascii_digits).rstrip(".,")
    found = _WITH_WORDS.fullmatch(ascii_digits)
    if found and not _MULTIPLES.search(ascii_digits):
        yield found[1]


def _refusal(text: str, suggestion: str) -> Sentence:
    typed = text.strip()[:SHOWN]
    if not typed:
        return say("Angka belum diisi. Tulis misalnya 88,74 atau 1.234,5.")
    sentence = say(
        "%(typed)s tidak dapat dibaca sebagai angka. Tulis dengan koma desimal "
        "dan paling banyak %(most)s angka, misalnya 88,74 atau 1.234,5.",
        typed=typed,
        most=MAX_DIGITS,
    )
    if not suggestion:
        return sentence
    return joined(
        [sentence, say("Maksudnya %(suggestion)s?", suggestion=suggestion)], " "
    )
