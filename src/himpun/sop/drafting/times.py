"""Times, dates and NIP as offices write them; what is not clear gets no value."""

import difflib
import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from himpun.sop.model import MAX_AMOUNT
from himpun.wording import say

UNITS = {
    "menit": ("menit", "mnt", "min", "mnit"),
    "jam": ("jam",),
    "hari": ("hari", "hr", "hari kerja"),
    "minggu": ("minggu", "mgg", "pekan"),
    "bulan": ("bulan", "bln"),
}
FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
MOST_OPTIONS = 7

_ONE = re.compile(
    r"([0-9]{1,4}(?:[.,][0-9]{1,4})?|[½¼¾])\s*(?:\([A-Za-z ]{1,40}\))?\s*([A-Za-z ]*)\.?"
)
_RANGE = re.compile(
    r"([0-9]{1,4})\s*(?:-|\N{EN DASH}|\N{EM DASH}|s\.?\s?/?\s?d\.?|sampai)\s*"
    r"([0-9]{1,4})\s*([A-Za-z ]*)\.?"
)
_PART = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,4})?\s*[A-Za-z]{2,}")
_SPACES = re.compile(r"\s+")


class Time(NamedTuple):
    """A time as read: no amount where it is not clear, and then what it could be."""

    amount: Decimal | None
    unit: str | None
    code: str = ""
    masalah: str = ""
    options: tuple[str, ...] = ()
    sure: bool = False
    """Whether it can only be read so: told, but no question."""


def unit_of(words: str) -> tuple[str | None, bool]:
    """Return the unit that a word names, and whether its spelling was guessed."""
    plain = _SPACES.sub(" ", words.lower()).strip()
    known = {name: unit for unit, names in UNITS.items() for name in names}
    if plain in known:
        return known[plain], False
    near = difflib.get_close_matches(plain, known, n=2, cutoff=0.75)
    units = {known[name] for name in near}
    return (units.pop(), True) if len(units) == 1 else (None, False)


def unit_in_title(title: str) -> str | None:
    """Return the unit that a column's title names: `Waktu (menit)`."""
    found = {unit for word in re.findall("[A-Za-z]+", title) if (unit := _exact(word))}
    return found.pop() if len(found) == 1 else None


def _exact(word: str) -> str | None:
    unit, guessed = unit_of(word)
    return None if guessed else unit


def read_time(written: str, titled: str | None) -> Time:
    """Read a cell of the column Waktu; `titled` is the unit that its title names."""
    plain = _SPACES.sub(" ", written).strip()
    if not plain or set(plain) <= set("-. "):
        told = say('waktu kosong (tertulis "%(written)s")', written=written)
        return Time(None, None, "D08", told if plain else say("waktu kosong"))
    if span := _RANGE.fullmatch(plain):
        return _ranged(plain, span, titled)
    one = _ONE.fullmatch(plain)
    amount = _amount(one[1]) if one else None
    if one is None or amount is None:
        return Time(
            None,
            None,
            "D06",
            say('"%(written)s" tidak pasti', written=written),
            _parts(plain),
        )
    if not one[2].strip():
        return _without_unit(plain, amount, titled)
    return _with_unit(written, amount, one[2])


def _with_unit(written: str, amount: Decimal, word: str) -> Time:
    unit, guessed = unit_of(word)
    if unit is None:
        return Time(
            None,
            None,
            "D06",
            say('satuan pada "%(written)s" tidak dikenal', written=written),
        )
    if guessed:
        return Time(
            amount,
            unit,
            "D07",
            say('"%(written)s" dibaca satuan %(unit)s', written=written, unit=unit),
        )
    if amount != int(amount):
        return Time(
            amount,
            unit,
            "D07",
            say(
                '"%(written)s" adalah bagian dari satu %(unit)s',
                written=written,
                unit=unit,
            ),
            sure=True,
        )
    return Time(amount, unit)


def _amount(word: str) -> Decimal | None:
    amount = Decimal(FRACTIONS.get(word, word.replace(",", ".")))
    thousands = "." in word and len(word.rpartition(".")[2]) == 3  # noqa: PLR2004 - 1.500 may be 1500
    return amount if 0 < amount <= MAX_AMOUNT and not thousands else None


def _without_unit(plain: str, amount: Decimal, titled: str | None) -> Time:
    if titled:
        masalah = say(
            '"%(plain)s" tanpa satuan; satuan %(unit)s hanya ada pada judul kolom',
            plain=plain,
            unit=titled,
        )
        return Time(amount, titled, "D05", masalah)
    options = tuple(f"{plain} {unit}" for unit in UNITS)
    return Time(
        None, None, "D05", say('"%(plain)s" tanpa satuan', plain=plain), options
    )


def _ranged(plain: str, span: re.Match[str], titled: str | None) -> Time:
    first, last = int(span[1]), int(span[2])
    unit = unit_of(span[3])[0] if span[3].strip() else titled
    ends = range(first, last + 1)
    if not 0 < len(ends) <= MOST_OPTIONS:
        ends = range(first, last + 1, max(last - first, 1))
    options = tuple(f"{n} {unit or ''}".strip() for n in ends if n)
    return Time(
        None, None, "D06", say('"%(plain)s" adalah rentang', plain=plain), options
    )


def _parts(plain: str) -> tuple[str, ...]:
    """Return the clear times that stand in an unclear one."""
    return tuple(
        part
        for part in (found.strip() for found in _PART.findall(plain))
        if (one := _ONE.fullmatch(part)) and _amount(one[1]) and unit_of(one[2])[0]
    )


_MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
_SHORT = {
    **{name[:3]: n for n, name in enumerate(_MONTHS, 1)},
    **{name: n for n, name in enumerate(_MONTHS, 1)},
    **{"pebruari": 2, "peb": 2, "nopember": 11, "nop": 11, "agu": 8, "agt": 8},
}
_WORDS = re.compile(r"([0-9]{1,2})\s+([A-Za-z]{3,9})\.?\s+([0-9]{4})")
_DIGITS = re.compile(r"([0-9]{1,2})\s*[-/.]\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4})")
_ISO = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")


def read_date(written: str) -> tuple[date | None, str]:
    """Return a date, or None and why; day before month, as Indonesia writes it."""
    plain = _SPACES.sub(" ", written).strip()
    if found := _ISO.fullmatch(plain):
        parts: list[int | None] = [int(part) for part in found.groups()]
    elif found := _WORDS.fullmatch(plain):
        parts = [int(found[3]), _SHORT.get(found[2].lower()), int(found[1])]
    elif found := _DIGITS.fullmatch(plain):
        parts = [int(found[3]), int(found[2]), int(found[1])]
    else:
        return None, say('"%(plain)s" tidak terbaca sebagai tanggal', plain=plain)
    try:
        year, month, day = (part or 0 for part in parts)
        return date(year, month, day), ""
    except ValueError:
        return None, say('tanggal "%(plain)s" tidak ada di kalender', plain=plain)
