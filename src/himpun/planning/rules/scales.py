"""A scale as it is typed: ranks from the highest to the lowest, or grades in order.

What a table of a regulation prints ("91 - 100", "76 - 90") has gaps between its whole
numbers; a scale here has lower bounds alone, and whoever types an upper one as well is
told where values would have no rank, or two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import Band, Grade
from himpun.shared.refusals import Refusal
from himpun.wording import say

from .versions import fits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

MOST_BANDS = 10
"""Rows of a scale that the form has; no scale that was found has so many."""
FEWEST = 2
ABOVE = (">", "di atas ")
"""How people write that the bound itself belongs to the rank below."""


@dataclass(frozen=True)
class TypedBand:
    """A row of the table: the rank's name, where it begins, where it ends, as typed."""

    name: str
    lower: str
    upper: str = ""


def bands_of(rows: Sequence[TypedBand]) -> tuple[Band, ...]:
    """Return the ranks that were typed, from the highest to the lowest.

    Raises Refusal, with the row's field, for a bound that is no number, for one that is
    missing, descends or stands twice, and for a gap or an overlap between two ranks.
    """
    if len(rows) < FEWEST:
        raise Refusal(say("Tulis sedikitnya dua peringkat."), field="name-0")
    bands: list[Band] = []
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        band = _band(number, row, last=last)
        _refuse_name(number, band, bands)
        if bands:
            _refuse_order(number, band, bands[-1])
        _refuse_upper(number, row, bands[-1] if bands else None)
        bands.append(band)
    return tuple(bands)


def _band(number: int, row: TypedBand, *, last: bool) -> Band:
    if not row.name:
        raise Refusal(say("Tulis nama peringkat ini."), field=f"name-{number}")
    if last:
        if row.lower:
            raise Refusal(
                say(
                    "Kosongkan batas bawah %(name)s: peringkat terendah menampung semua "
                    "nilai di bawahnya, serendah apa pun."
                ),
                field=f"lower-{number}",
                name=row.name,
            )
        return Band(row.name, None)
    if not row.lower:
        raise Refusal(
            say("Tulis mulai berapa peringkat %(name)s."),
            field=f"lower-{number}",
            name=row.name,
        )
    text, above = row.lower.casefold(), False
    for sign in ABOVE:
        if text.startswith(sign):
            text, above = text.removeprefix(sign).strip(), True
    return Band(row.name, _number(f"lower-{number}", text), above=above)


def _number(field: str, text: str) -> Decimal:
    try:
        number = formula.read_number(text)
    except formula.NumberProblem as problem:
        raise Refusal(str(problem), field=field) from None
    if not fits(number):
        raise Refusal(
            say("Angka itu terlalu panjang. Tulis paling banyak 8 angka desimal."),
            field=field,
        )
    return number


def _refuse_name(number: int, band: Band, before: Sequence[Band]) -> None:
    if band.name.casefold() in {one.name.casefold() for one in before}:
        raise Refusal(
            say("Peringkat %(name)s disebut dua kali."),
            field=f"name-{number}",
            name=band.name,
        )


def _refuse_order(number: int, band: Band, higher: Band) -> None:
    if band.lower is None or higher.lower is None or band.lower < higher.lower:
        return
    raise Refusal(
        say(
            "Batas %(name)s (%(lower)s) harus lebih kecil dari batas %(higher)s "
            "(%(bound)s) di atasnya. Tulis dari peringkat tertinggi."
        ),
        field=f"lower-{number}",
        name=band.name,
        lower=formula.say_number(band.lower, None),
        higher=higher.name,
        bound=formula.say_number(higher.lower, None),
    )


def _refuse_upper(number: int, row: TypedBand, higher: Band | None) -> None:
    """Raise Refusal where an upper bound is not the lower one of the rank above."""
    if not row.upper:
        return
    field = f"upper-{number}"
    if higher is None or higher.lower is None:
        raise Refusal(
            say(
                "Kosongkan batas atas %(name)s: peringkat tertinggi menampung semua nilai "
                "di atasnya."
            ),
            field=field,
            name=row.name,
        )
    upper = _number(field, row.upper)
    if upper == higher.lower:
        return
    values = {
        "name": row.name,
        "higher": higher.name,
        "upper": formula.say_number(upper, None),
        "lower": formula.say_number(higher.lower, None),
    }
    if upper < higher.lower:
        sentence = say(
            "Ada celah: nilai antara %(upper)s dan %(lower)s tidak punya peringkat. Tulis "
            "%(lower)s sebagai batas atas %(name)s, atau kosongkan."
        )
    else:
        sentence = say(
            "Tumpang tindih: nilai antara %(lower)s dan %(upper)s masuk %(name)s dan "
            "%(higher)s. Tulis %(lower)s sebagai batas atas %(name)s, atau kosongkan."
        )
    raise Refusal(sentence, field=field, **values)


def grades_of_rows(rows: Sequence[tuple[str, str]]) -> tuple[Grade, ...]:
    """Return the grades that were typed as (code, name), from the best to the worst.

    A grade without a name has its code as its name. Raises Refusal, with the row's
    field, for a missing code and for a word that would mean two grades.
    """
    if len(rows) < FEWEST:
        raise Refusal(say("Tulis sedikitnya dua tingkat."), field="code-0")
    found: list[Grade] = []
    seen: set[str] = set()
    for number, (code, name) in enumerate(rows):
        if not code:
            raise Refusal(say("Tulis kode tingkat ini."), field=f"code-{number}")
        words = {code.casefold(), (name or code).casefold()}
        if words & seen:
            raise Refusal(
                say("Kode atau nama %(name)s disebut dua kali."),
                field=f"code-{number}",
                name=code,
            )
        seen |= words
        found.append(Grade(code, name or code))
    return tuple(found)


def refuse_follower(name: str, known: int, after: int) -> None:
    """Refuse a version that does not follow the newest one of its name.

    ``known`` is the newest version there is, 0 for none; ``after`` the one that was
    shown, 0 for a new scale. It answers a form that is sent twice as well.
    """
    if known == after:
        return
    if not after:
        raise Refusal(
            say(
                "Skala %(name)s sudah ada, versi %(known)s. Buat versi berikutnya dari "
                "daftar skala, atau pakai nama lain."
            ),
            field="name",
            name=name,
            known=known,
        )
    raise Refusal(
        say("Skala %(name)s sudah berversi %(known)s. Mulai dari versi itu."),
        name=name,
        known=known,
    )
