"""What is promised and what was reached: a number, a range or a grade by its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import Polarity, Span
from himpun.formula.targets import OutOf
from himpun.shared.refusals import Refusal
from himpun.wording import joined, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from himpun.wording import Sentence

Aim = Decimal | Span | str
"""A target: a number, a range (kisaran), or the code of a grade such as "WTP"."""
Figure = Decimal | str
"""What was reached: a number, or the code of a grade."""


class AimKind(StrEnum):
    """What a planned figure is: what to reach, where it started, what to compare with.

    A medium-term target is that of the plan's last year, which is its period; a
    national standard holds from its year until a later one is noted.
    """

    TARGET = "target"
    BASELINE = "kondisi awal"
    MEDIUM_TERM = "akhir renstra"
    STANDARD = "standar"


@dataclass(frozen=True)
class Printed:
    """A target with the "100 dari 110 Organisasi" it was printed as, if it was."""

    aim: Aim
    out_of: OutOf | None = None


def plain(aim: Aim | None) -> object:
    """Return a target or figure as the ledger keeps it; `aim_of` reads it back.

    A number is its text, "91.5"; a range {"low", "high"}; a grade {"grade"}.
    """
    if aim is None:
        return None
    if isinstance(aim, Span):
        return {"low": str(aim.low), "high": str(aim.high)}
    return {"grade": aim} if isinstance(aim, str) else str(aim)


def aim_of(data: object) -> Aim | None:
    """Read what `plain` gave; raises ValueError for anything else."""
    if data is None:
        return None
    if isinstance(data, Mapping):
        row = dict(data)
        if set(row) == {"grade"}:
            return str(row["grade"])
        if set(row) == {"low", "high"}:
            return Span(Decimal(row["low"]), Decimal(row["high"]))
    if isinstance(data, str):
        return Decimal(data)
    raise ValueError(f"no target: {data!r}")


def figure_of(data: object) -> Figure | None:
    """Read a figure that `plain` gave; a range is none."""
    found = aim_of(data)
    if isinstance(found, Span):
        raise ValueError("a range is no figure")  # noqa: TRY004 - the data is wrong
    return found


def number_of(aim: Aim | None) -> Decimal | None:
    """Return the number of a target or figure; None for a range and a grade."""
    return aim if isinstance(aim, Decimal) else None


def say_aim(aim: Aim | None, decimals: int | None) -> str:
    """Write a target or figure: "91,33", "3,00 sampai 5,00", "WTP"; empty for none."""
    if aim is None or isinstance(aim, str):
        return aim or ""
    if isinstance(aim, Span):
        return say(
            "%(low)s sampai %(high)s",
            low=formula.say_number(aim.low, decimals),
            high=formula.say_number(aim.high, decimals),
        )
    return formula.say_number(aim, decimals)


def refuse_aim(
    aim: Aim, polarity: Polarity | None, grades: formula.GradeScale | None
) -> None:
    """Raise Refusal for a target of another kind than the indicator is measured by."""
    if grades is not None:
        if not isinstance(aim, str):
            raise Refusal(say("Target indikator kualitatif berupa tingkat pada skala."))
        try:
            grades.read(aim)
        except formula.UnknownGrade as unknown:
            raise Refusal(str(unknown)) from None
        return
    if isinstance(aim, str):
        raise Refusal(say("Target indikator ini berupa angka, bukan tingkat."))
    if isinstance(aim, Span) is not (polarity is Polarity.RANGE):
        raise Refusal(
            say(
                "Indikator dengan kisaran memerlukan dua batas, misalnya 3 - 5; "
                "indikator lain memerlukan satu angka."
            )
        )


def refuse_figure(figure: Figure, grades: formula.GradeScale | None) -> None:
    """Raise Refusal for a realisasi of another kind than the indicator is measured by."""
    if grades is None:
        if isinstance(figure, str):
            raise Refusal(say("Realisasi indikator ini berupa angka, bukan tingkat."))
        return
    if not isinstance(figure, str):
        raise Refusal(say("Realisasi indikator kualitatif berupa tingkat pada skala."))
    try:
        grades.read(figure)
    except formula.UnknownGrade as unknown:
        raise Refusal(str(unknown)) from None


def read_aim(
    text: str, *, unit: str, decimals: int, grades: formula.GradeScale | None
) -> Printed | None:
    """Return the target that a person wrote, None for nothing.

    "100 dari 110" is its share where the indicator is in percent, else the 100. Raises
    Refusal with the question to answer.
    """
    if not text.strip():
        return None
    try:
        if grades is not None:
            return Printed(grades.read(text).code)
        found = formula.read_target(text, decimals=decimals)
    except (formula.UnknownGrade, formula.NumberProblem) as problem:
        raise Refusal(str(problem)) from None
    if isinstance(found, OutOf):
        share = found.percent if unit.strip() == "%" else found.numerator
        return Printed(share, found)
    return Printed(found)


def refuse_change(stands: str, *, seen: str, wanted: str) -> None:
    """Refuse to change a cell of a plan that somebody else changed, or to empty it.

    ``stands`` is the target as it is now, ``seen`` as it was shown, ``wanted`` as it is
    to be. Raises Refusal: a promise is replaced, not deleted, and never unseen.
    """
    refuse_unseen(stands, seen=seen)
    if not wanted:
        raise Refusal(
            say(
                "Target yang sudah ditetapkan tidak dihapus dengan mengosongkan selnya. "
                "Tulis nilai penggantinya; target yang keliru dicabut lewat tautan Cabut "
                "pada halaman target indikator ini."
            )
        )


def refuse_rested(what: Sequence[Sentence]) -> None:
    """Refuse to withdraw a target on which something rests; ``what``, in words."""
    if what:
        raise Refusal(
            say(
                "Target ini tidak dapat dicabut, karena dipakai oleh: %(what)s. Ubah "
                "nilainya bila keliru; yang sudah dicetak tetap seperti adanya."
            ),
            what=joined(what, "; "),
        )


def refuse_unseen(stands: str, *, seen: str) -> None:
    """Refuse to change a cell that somebody else changed since it was shown."""
    if seen != stands:
        raise Refusal(
            say("Sudah diubah orang lain menjadi %(now)s. Tulis ulang bila perlu."),
            now=stands or say("kosong"),
        )


def write_aim(aim: Aim | None, out_of: OutOf | None = None) -> str:
    """Return a target as a person types it; `read_aim` gives the same target again.

    Numbers stand without dots for thousands, which would read in two ways; none is "".
    """
    if out_of is not None:
        words = (_typed(out_of.numerator), "dari", _typed(out_of.denominator))
        return " ".join([*words, out_of.unit]).strip()
    if isinstance(aim, Span):
        return f"{_typed(aim.low)} - {_typed(aim.high)}"
    return aim or "" if aim is None or isinstance(aim, str) else _typed(aim)


def _typed(value: Decimal) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",")
