"""A definition in plain sentences, and what differs between two versions of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from himpun import formula
from himpun.formula.language import tree
from himpun.wording import joined, say
from himpun.worktime.periods import PeriodKind
from himpun.worktime.words import say_day

from .definition import Level, way_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from himpun.formula import Calculation, Component
    from himpun.wording import Sentence

    from .definition import Definition

NOTHING = say("tidak ada")
FREQUENCY_WORDS = {
    PeriodKind.MONTH: say("setiap bulan"),
    PeriodKind.QUARTER: say("setiap triwulan"),
    PeriodKind.SEMESTER: say("setiap semester"),
    PeriodKind.YEAR: say("setiap tahun"),
}
LEVEL_WORDS = {
    Level.GOAL: say("tujuan"),
    Level.OUTCOME: say("sasaran"),
    Level.PROGRAMME: say("program"),
}


@dataclass(frozen=True)
class Fact:
    """A line about an indicator: which ``part`` of the definition, its name, its words.

    ``part`` groups lines on a page: "meaning", "rule" or "collection".
    """

    part: str
    name: Sentence
    words: str


@dataclass(frozen=True)
class Difference:
    """What a version says otherwise than the one before it."""

    name: Sentence
    before: str
    after: str


def describe(
    definition: Definition, *, scale: str, grade_scale: str = ""
) -> tuple[Fact, ...]:
    """Return all that a definition says, in the order to read it.

    ``scale`` and ``grade_scale`` are the names of its scales. What is empty is told as
    "tidak ada", so that two descriptions of one kind have the same lines.
    """
    return (
        *_meaning(definition),
        *_judged(definition, scale, grade_scale),
        *_collected(definition),
    )


def differences(
    before: Sequence[Fact], after: Sequence[Fact]
) -> tuple[Difference, ...]:
    """Return what two descriptions say differently; a missing line is "tidak ada"."""
    old = {fact.name: fact.words for fact in before}
    new = {fact.name: fact.words for fact in after}
    return tuple(
        Difference(name, old.get(name, NOTHING), new.get(name, NOTHING))
        for name in {**old, **new}
        if old.get(name, NOTHING) != new.get(name, NOTHING)
    )


def _meaning(definition: Definition) -> tuple[Fact, ...]:
    decimals = say("%(n)s angka di belakang koma", n=definition.decimals)
    components = joined([_component(one) for one in definition.components], "; ")
    return (
        Fact("meaning", say("Nama"), definition.name),
        Fact("meaning", say("Definisi"), definition.definition or NOTHING),
        Fact("meaning", say("Satuan"), definition.unit_of_measure),
        Fact("meaning", say("Ketelitian"), decimals),
        Fact(
            "meaning", say("Rumus"), definition.formula or say("angka diisi langsung")
        ),
        Fact("meaning", say("Komponen"), components or NOTHING),
    )


def _component(one: Component) -> Sentence:
    least = NOTHING if one.least is None else formula.say_number(one.least, None)
    return say(
        "%(code)s = %(name)s (%(unit)s; terendah: %(least)s; setahun: %(time)s)",
        code=one.code,
        name=one.name,
        unit=one.unit or say("tanpa satuan"),
        least=least,
        time=formula.OVER_TIME[one.over_time],
    )


def _judged(definition: Definition, scale: str, grade_scale: str) -> tuple[Fact, ...]:
    facts = [
        Fact(
            "rule",
            say("Arah"),
            way_words(definition.polarity, definition.grade_rule),
        )
    ]
    if definition.polarity is None:
        facts.append(Fact("rule", say("Skala tingkat"), grade_scale))
    else:
        facts += _ratio(definition)
    return (
        *facts,
        Fact("rule", say("Peringkat capaian"), scale),
        Fact("rule", say("Nilai setahun"), formula.OVER_TIME[definition.over_time]),
        Fact(
            "rule",
            say("Nilai gabungan unit"),
            formula.OVER_UNITS[definition.over_units],
        ),
    )


def _ratio(definition: Definition) -> list[Fact]:
    """Return how a capaian comes about: its form, what zero gives, its cap."""
    if definition.polarity is None:
        return []
    form = formula.FORMS[definition.polarity]
    cap = say("tidak dibatasi")
    if definition.cap is not None:
        cap = say(
            "paling tinggi %(cap)s%%: %(what)s",
            cap=formula.say_number(definition.cap, None),
            what=formula.CAP_ON[definition.cap_on],
        )
    by_actual = definition.polarity is formula.Polarity.LOWER_RATIO
    zero = (
        Fact(
            "rule",
            say("Bila realisasi 0"),
            formula.ZERO_ACTUAL[definition.zero_actual].name,
        )
        if by_actual
        else Fact(
            "rule",
            say("Bila target 0"),
            formula.ZERO_TARGET[definition.zero_target].name,
        )
    )
    return [
        Fact("rule", say("Rumus capaian"), form.formula),
        zero,
        Fact("rule", say("Batas capaian"), cap),
    ]


def _collected(definition: Definition) -> tuple[Fact, ...]:
    evidence = say("wajib") if definition.evidence_required else say("tidak wajib")
    if definition.evidence_rule:
        evidence = joined([evidence, definition.evidence_rule], ": ")
    return (
        Fact("collection", say("Frekuensi"), FREQUENCY_WORDS[definition.frequency]),
        Fact("collection", say("Penanggung jawab"), definition.in_charge),
        Fact("collection", say("Mekanisme perhitungan"), definition.mechanism),
        Fact("collection", say("Media"), definition.medium),
        Fact("collection", say("Bukti"), evidence),
        Fact("collection", say("Berlaku sejak"), say_day(definition.since)),
        Fact("collection", say("Asal teks"), definition.origin),
    )


def in_words(text: str, components: Sequence[Component]) -> str:
    """Return a formula with the names of its components in the place of their codes.

    Raises BadFormula for a text that is none.
    """
    names = {one.key: one.name for one in components}
    return tree.written(_named(formula.read_formula(text).tree, names))


def _named(node: tree.Node, names: Mapping[str, str]) -> tree.Node:
    match node:
        case tree.Name():
            return tree.Name(names.get(node.key, node.code))
        case tree.Negative():
            return tree.Negative(_named(node.of, names))
        case tree.Chain():
            return replace(
                node,
                first=_named(node.first, names),
                rest=tuple((sign, _named(part, names)) for sign, part in node.rest),
            )
        case tree.Call():
            return replace(node, parts=tuple(_named(p, names) for p in node.parts))
    return node


SAMPLES = (45, 50, 20, 80, 10, 5)
"""What stands in for components of which nobody gave an example."""


def sample(
    text: str,
    components: Sequence[Component],
    given: Mapping[str, Decimal | None] | None = None,
) -> Calculation:
    """Return what a formula gives for examples, with every step.

    ``given`` holds examples by code; a component without one gets one of `SAMPLES`.
    Raises BadFormula for a text that is none.
    """
    known = given or {}
    values = {}
    for place, one in enumerate(components):
        example = known.get(one.code)
        if example is None:
            example = formula.read_number(str(SAMPLES[place % len(SAMPLES)]))
        values[one.code] = example
    return formula.calculate(formula.read_formula(text), components, values)
