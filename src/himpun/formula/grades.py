"""Qualitative targets: grades on an ordered scale (opini, predikat, ya/tidak).

Grades are compared by their place, never by a number somebody gave them. No national
rule turns a grade into a percentage; the two choices here are named and the plain one
is the default.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from himpun.wording import Sentence, joined, say

from .achievement import Achievement, nothing
from .arithmetic import EXACT, TIMES, ZERO, say_cut
from .numbers import HUNDRED, SHOWN, say_number
from .rating import (
    BadScale,
    check_format,
    fields,
    list_of,
    text_of,
    version_of,
)


@dataclass(frozen=True)
class Grade:
    """A grade: its short code and its name, e.g. WTP, Wajar Tanpa Pengecualian."""

    code: str
    name: str

    def __str__(self) -> str:
        """Return "WTP (Wajar Tanpa Pengecualian)"; a name alone when both are one."""
        return self.code if self.code == self.name else f"{self.code} ({self.name})"


class UnknownGrade(ValueError):
    """A text that is no grade of the scale; ``str()`` is a sentence for the user."""


@dataclass(frozen=True)
class GradeScale:
    """Grades from the best to the worst; named and versioned like a rating scale.

    Raises BadScale for fewer than two grades or a word that means two of them.
    """

    name: str
    version: int
    source: str
    grades: tuple[Grade, ...]

    def __post_init__(self) -> None:
        """Refuse a scale without an order or with words used twice."""
        if len(self.grades) < 2:  # noqa: PLR2004 - one grade has no order
            raise BadScale(say("Skala kualitatif perlu sedikitnya dua tingkat."))
        words = [word for grade in self.grades for word in _words(grade)]
        if "" in words or len(set(words)) != len(words):
            raise BadScale(
                say("Kode dan nama tingkat harus terisi dan tidak boleh kembar.")
            )

    def place(self, grade: Grade) -> int:
        """Return the place from below: 1 is the worst. Raises UnknownGrade."""
        if grade not in self.grades:
            raise self._unknown(str(grade))
        return len(self.grades) - self.grades.index(grade)

    def read(self, text: str) -> Grade:
        """Return the grade a person wrote by code or name; raises UnknownGrade."""
        wanted = _word(text)
        for grade in self.grades:
            if wanted in _words(grade):
                return grade
        raise self._unknown(text)

    def steps(self, now: str | None, other: str | None) -> int | None:
        """Return by how many places one grade stands above another; below is negative.

        Both by their codes. None where one is missing or no grade of this scale.
        """
        places = {grade.code: self.place(grade) for grade in self.grades}
        if now not in places or other not in places:
            return None
        return places[now] - places[other]

    def _unknown(self, text: str) -> UnknownGrade:
        return UnknownGrade(
            say(
                "%(text)s bukan tingkat pada skala %(scale)s. Pilih: %(known)s.",
                text=text.strip()[:SHOWN] or say("Isian kosong"),
                scale=self.name,
                known=joined([grade.code for grade in self.grades], ", "),
            )
        )

    def to_json(self) -> dict[str, object]:
        """Return the scale as plain values."""
        return {
            "format": FORMAT,
            "name": self.name,
            "version": self.version,
            "source": self.source,
            "grades": [{"code": g.code, "name": g.name} for g in self.grades],
        }

    @classmethod
    def from_json(cls, data: object) -> GradeScale:
        """Read what `to_json` gave (parsed JSON); raises BadScale."""
        row = fields(data, "format", "name", "version", "source", "grades")
        check_format(row["format"], FORMAT)
        rows = [fields(grade, "code", "name") for grade in list_of(row["grades"])]
        return cls(
            text_of(row["name"]),
            version_of(row["version"]),
            text_of(row["source"]),
            tuple(Grade(text_of(g["code"]), text_of(g["name"])) for g in rows),
        )


FORMAT = "himpun-grades/1"


class GradeRule(StrEnum):
    """How a grade becomes an achievement."""

    REACHED = "reached"
    PLACES = "places"


@dataclass(frozen=True)
class _GradeForm:
    name: Sentence
    formula: Sentence


GRADE_RULES = {
    GradeRule.REACHED: _GradeForm(
        say("tercapai atau tidak"),
        say("100 bila realisasi sama dengan target atau lebih baik, selain itu 0"),
    ),
    GradeRule.PLACES: _GradeForm(
        say("menurut urutan tingkat"),
        say(
            "tingkat realisasi / tingkat target %(times)s 100, dihitung dari tingkat "
            "terendah = 1",
            times=TIMES,
        ),
    ),
}
"""Both are the house's own: no regulation read here turns a grade into a percentage."""


def achievement_of_grade(
    actual: Grade | None,
    target: Grade | None,
    scale: GradeScale,
    rule: GradeRule = GradeRule.REACHED,
) -> Achievement:
    """Return the achievement of a grade against its target, in percent.

    None as input gives None with the reason. Raises UnknownGrade for a grade of
    another scale.
    """
    form = GRADE_RULES[rule]
    value, lines, reason = _calculated(actual, target, scale, rule)
    shown = say("tidak dapat dihitung") if value is None else say_number(value)
    return Achievement(
        value=value,
        raw=value,
        formula=form.formula,
        steps=(
            say("Rumus: %(formula)s", formula=form.formula),
            say(
                "Realisasi %(actual)s; target %(target)s",
                actual=say("belum ada") if actual is None else str(actual),
                target=say("belum ada") if target is None else str(target),
            ),
            *lines,
            say("Capaian: %(achievement)s", achievement=shown),
        ),
        reason=reason,
        actual=actual,
        target=target,
        rule=None,
    )


def _calculated(
    actual: Grade | None, target: Grade | None, scale: GradeScale, rule: GradeRule
) -> tuple[Decimal | None, tuple[str, ...], str]:
    if actual is None:
        return nothing(say("realisasi belum diisi"))
    if target is None:
        return nothing(say("target belum ditetapkan"))
    now, wanted = scale.place(actual), scale.place(target)
    places = say(
        "Tingkat %(now)s dari %(all)s; target tingkat %(wanted)s",
        now=now,
        wanted=wanted,
        all=len(scale.grades),
    )
    if rule is GradeRule.REACHED:
        return (HUNDRED if now >= wanted else ZERO), (places,), ""
    raw = EXACT.divide(Decimal(100 * now), Decimal(wanted))
    return raw, (places, f"{now} / {wanted} {TIMES} 100 = {say_cut(raw)}"), ""


def _word(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def _words(grade: Grade) -> set[str]:
    return {_word(grade.code), _word(grade.name)}
