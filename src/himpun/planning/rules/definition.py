"""What an indicator means, and whether a definition may be used like that."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula import (
    CapOn,
    GradeRule,
    OverTime,
    OverUnits,
    ZeroActual,
    ZeroTarget,
)
from himpun.shared.refusals import Refusal
from himpun.wording import joined, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from himpun.formula import Component, Polarity
    from himpun.wording import Sentence
    from himpun.worktime.periods import PeriodKind


class Level(StrEnum):
    """Where in the plan an indicator stands."""

    GOAL = "tujuan"
    OUTCOME = "sasaran"
    PROGRAMME = "program"
    ACTIVITY = "kegiatan"
    SUB_ACTIVITY = "sub kegiatan"


LONGEST_FORMULA = 1000
MEANING = 16
"""Digits of the fingerprint of a meaning: offices are told apart by it, not proved."""
POLARITY_WORDS = {polarity: form.name for polarity, form in formula.FORMS.items()}


@dataclass(frozen=True)
class Definition:
    """What an indicator means from ``since`` on, as a person wrote it.

    The five attributes of PermenPANRB 53/2014 lampiran II H are the indicator itself,
    ``frequency``, ``in_charge``, ``mechanism`` (how it is calculated) and ``medium``.
    ``polarity`` is None for a qualitative indicator, which is judged on a scale of
    grades by ``grade_rule``. An empty ``formula``: the figure is typed directly.
    """

    code: str
    level: Level
    group: str
    name: str
    unit_of_measure: str
    polarity: Polarity | None
    frequency: PeriodKind
    in_charge: str
    mechanism: str
    medium: str
    since: date
    origin: str
    order: int = 0
    decimals: int = 2
    zero_target: ZeroTarget = ZeroTarget.UNKNOWN
    zero_actual: ZeroActual = ZeroActual.UNKNOWN
    cap: Decimal | None = None
    cap_on: CapOn = CapOn.VALUE
    formula: str = ""
    components: tuple[Component, ...] = ()
    over_time: OverTime = OverTime.LAST
    over_units: OverUnits = OverUnits.AVERAGE
    grade_rule: GradeRule = GradeRule.REACHED
    definition: str = ""
    evidence_rule: str = ""
    evidence_required: bool = True

    @property
    def meaning(self) -> str:
        """The fingerprint of what is measured; only figures of one meaning are combined.

        Code, name, unit of measure, formula and its components, whatever the spaces and
        the capital letters. Direction, scale, target and people may differ between offices.
        """
        parts = [
            self.code,
            _folded(self.name),
            _folded(self.unit_of_measure),
            self.formula,
            [
                [one.key, _folded(one.unit), one.over_time.value]
                for one in self.components
            ],
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:MEANING]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Settled:
    """A definition that may be used, its formula in its one way of being written.

    ``warnings`` are told and do not hinder.
    """

    definition: Definition
    warnings: tuple[Sentence, ...]


REQUIRED = {
    "name": say("nama indikator"),
    "frequency": say("frekuensi"),
    "in_charge": say("penanggung jawab"),
    "mechanism": say("mekanisme perhitungan"),
    "medium": say("media"),
}
"""The five attributes of collection: PermenPANRB 53/2014 lampiran II H."""


def settle(definition: Definition, *, qualitative: bool) -> Settled:
    """Return the definition as it is kept; ``qualitative``: it has a scale of grades.

    Raises Refusal, with the field, for what is missing or does not fit together.
    """
    for field, name in REQUIRED.items():
        if not str(getattr(definition, field)).strip():
            raise Refusal(
                say(
                    "Isi %(name)s: PermenPANRB 53/2014 memintanya untuk setiap "
                    "indikator."
                ),
                field=field,
                name=name,
            )
    _check_kind(definition, qualitative=qualitative)
    if definition.cap is not None and definition.cap <= 0:
        raise Refusal(
            say("Batas capaian lebih dari 0, atau kosong bila tidak dibatasi."),
            field="cap",
        )
    return _with_formula(definition)


def _check_kind(definition: Definition, *, qualitative: bool) -> None:
    if qualitative is not (definition.polarity is None):
        raise Refusal(
            say(
                "Indikator kualitatif memakai skala tingkat tanpa arah; indikator "
                "lain memakai arah tanpa skala tingkat. Pilih salah satu."
            ),
            field="polarity",
        )
    if qualitative and definition.formula.strip():
        raise Refusal(
            say("Indikator kualitatif tidak memakai rumus. Kosongkan rumusnya."),
            field="formula",
        )


def _with_formula(definition: Definition) -> Settled:
    if not definition.formula.strip():
        if definition.components:
            raise Refusal(
                say("Komponen dipakai oleh rumus. Isi rumusnya, atau hapus komponen."),
                field="formula",
            )
        if definition.over_units is OverUnits.COMPONENTS:
            raise Refusal(
                say("Penggabungan unit menurut komponen memerlukan rumus."),
                field="over_units",
            )
        return Settled(replace(definition, formula=""), ())
    try:
        read = formula.read_formula(definition.formula)
    except formula.BadFormula as bad:
        raise Refusal(str(bad), field="formula") from None
    if len(read.text) > LONGEST_FORMULA:
        raise Refusal(
            say("Rumus paling panjang %(most)s huruf dan tanda."),
            field="formula",
            most=LONGEST_FORMULA,
        )
    found = formula.check_formula(
        read, definition.components, definition.unit_of_measure
    )
    if wrong := [finding.sentence for finding in found if finding.hinders]:
        raise Refusal(joined(wrong, " "), field="formula")
    told = tuple(finding.sentence for finding in found)
    return Settled(replace(definition, formula=read.text), told)


def seal_of(warnings: Sequence[str]) -> str:
    """Return what a person sends back who has read just these warnings."""
    return sha256("\n".join(map(str, warnings)).encode()).hexdigest()[:16]


def refuse_unread(warnings: Sequence[str], read: str) -> None:
    """Refuse to keep a definition whose warnings nobody has read.

    ``read`` is the `seal_of` the warnings that were confirmed. Raises Refusal.
    """
    if warnings and read != seal_of(warnings):
        raise Refusal(
            say("Baca peringatan pada Pemeriksaan, centang bila memang begitu, simpan.")
        )


def way_words(
    polarity: Polarity | None, grade_rule: GradeRule = GradeRule.REACHED
) -> Sentence:
    """Return which way an indicator is good, or how its grades are judged."""
    if polarity is None:
        return formula.GRADE_RULES[grade_rule].name
    return POLARITY_WORDS[polarity]
