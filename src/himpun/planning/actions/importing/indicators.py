"""The rows of the sheet Indikator: what is measured, with the variables of Komponen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from himpun import formula
from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import PeriodKind

from ... import queries, rules
from ...models import IndicatorVersion
from ...rules import Change, Definition, Kept, Level, workbook
from ..indicators import define_indicator
from ..scales import keep_grades, keep_scale
from .components import Variables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...models import KeptScale
    from ...rules.workbook import Line
    from .run import Run

TEXTS = {
    "name": "indikator",
    "unit_of_measure": "satuan",
    "in_charge": "penanggung jawab",
    "mechanism": "mekanisme perhitungan",
    "medium": "media",
    "group": "kelompok",
    "definition": "definisi",
    "evidence_rule": "bukti",
    "origin": "sumber",
}
"""Which column holds which text of a definition."""
CHOSEN: dict[str, tuple[str, dict[Any, str]]] = {
    "grade_rule": ("capaian tingkat", workbook.GRADE_RULES),
    "over_time": ("setahun", workbook.OVER_TIMES),
    "over_units": ("gabungan", workbook.OVER_UNITS),
    "zero_target": ("target 0", workbook.ZERO_TARGETS),
    "zero_actual": ("realisasi 0", workbook.ZERO_ACTUALS),
    "cap_on": ("lingkup batas", workbook.CAPS_ON),
    "evidence_required": ("bukti wajib", workbook.YES_NO),
}
"""Which column holds which choice, and its words."""
COLUMNS = (
    TEXTS
    | {name: title for name, (title, _words) in CHOSEN.items()}
    | {
        "level": "tingkat",
        "decimals": "desimal",
        "polarity": "arah",
        "formula": "rumus",
        "cap": "batas capaian",
        "frequency": "frekuensi",
        "since": "berlaku sejak",
    }
)
SCALES = {"scale": "skala peringkat", "grade_scale": "skala tingkat"}
MOST_DECIMALS = 8
S = TypeVar("S", formula.Scale, formula.GradeScale)


def keep(run: Run) -> None:
    """Define the indicators that are new; those that are there must say the same."""
    rows = IndicatorVersion.objects.filter(indicator__unit=run.unit)
    for version in (
        rows.select_related("indicator", *queries.SCALES)
        .prefetch_related("components")
        .order_by("number")
    ):
        run.versions[version.indicator.code] = version
    variables = Variables(run)
    seen: dict[str, str] = {}
    for line in run.book.of(workbook.INDICATORS):
        code = line.text("kode")
        if line.spoilt or not _is_named(run, line, code, seen):
            run.count(workbook.INDICATORS, None)
        elif code in run.versions:
            run.kept(line, "kode", partial(_same, run, line))
        else:
            made = run.kept(line, "kode", partial(_define, run, line, variables))
            if made is not None:
                run.versions[code] = made
        if code not in run.versions:
            run.refused[workbook.INDICATORS, code] = line.at("kode")
    variables.count(run)


def _is_named(run: Run, line: Line, code: str, seen: dict[str, str]) -> bool:
    if code and code not in seen:
        seen[code] = line.at("kode")
        return True
    sentence = say("Isi kode indikator.")
    if code:
        sentence = say(
            "Indikator %(code)s sudah ditulis di %(place)s. Sisakan satu.",
            code=code,
            place=seen[code],
        )
    run.refuse(line, "kode", sentence)
    return False


def _same(run: Run, line: Line) -> Kept[IndicatorVersion]:
    """Return that nothing changes; raises Refusal for another meaning.

    An empty cell leaves what stands.
    """
    version = run.versions[line.text("kode")]
    stands = queries.definition_of(version)
    written = _written(line, stands)
    for name, title in COLUMNS.items():
        old, new = getattr(stands, name), getattr(written, name)
        if (rules.one_line(old) if isinstance(old, str) else old) != new:
            raise _other(stands.code, title)
    for name, title in SCALES.items():
        kept: KeptScale | None = getattr(version, name)
        known = workbook.scale_name(kept.name, kept.version) if kept else ""
        if line.text(title) and rules.folded(line.text(title)) != rules.folded(known):
            raise _other(stands.code, title)
    return Kept(version, Change.UNCHANGED)


def _other(code: str, title: str) -> Refusal:
    return Refusal(
        say(
            "Indikator %(code)s sudah ada dengan %(what)s lain. Buat versi baru "
            "dari halaman indikator itu, atau samakan selnya."
        ),
        field=title,
        code=code,
        what=title,
    )


def _written(line: Line, base: Definition) -> Definition:
    """Return a definition with what the row says, ``base`` where it says nothing."""
    said: dict[str, Any] = {
        name: rules.one_line(line.text(title) or getattr(base, name))
        for name, title in TEXTS.items()
    }
    for name, (title, words) in CHOSEN.items():
        chosen = line.worded(title, words)
        said[name] = getattr(base, name) if chosen is None else chosen
    decimals = line.whole("desimal")
    if decimals is not None and decimals > MOST_DECIMALS:
        raise Refusal(say("Desimal paling banyak 8."), field="desimal")
    cap = line.number("batas capaian")
    return replace(
        base,
        **said,
        level=line.choice("tingkat", Level) or base.level,
        decimals=base.decimals if decimals is None else decimals,
        polarity=line.worded("arah", workbook.POLARITIES)
        if line.text("arah")
        else base.polarity,
        formula=_formula(line) or base.formula,
        cap=base.cap if cap is None else cap,
        frequency=line.choice("frekuensi", PeriodKind) or base.frequency,
        since=line.day("berlaku sejak") or base.since,
    )


def _formula(line: Line) -> str:
    """Return a formula in its one way of being written; raises Refusal."""
    text = line.text("rumus")
    try:
        return formula.read_formula(text).text if text else ""
    except formula.BadFormula as bad:
        raise Refusal(str(bad), field="rumus") from None


def _define(run: Run, line: Line, variables: Variables) -> Kept[IndicatorVersion]:
    line.filled("arah", "berlaku sejak")
    since = line.day("berlaku sejak")
    if since is None:
        raise ValueError("a filled cell says something")
    code = line.text("kode")
    empty: dict[str, Any] = dict.fromkeys(TEXTS, "")
    blank = Definition(
        code=code,
        level=line.chosen("tingkat", Level),
        since=since,
        frequency=line.chosen("frekuensi", PeriodKind),
        polarity=None,
        order=len(run.versions) + 1,
        components=variables.of(code),
        **empty,
    )
    definition = replace(_written(line, blank), origin=run.origin(line))
    grades = _named(line, "skala tingkat", queries.grade_scales(run.unit))
    version = define_indicator(
        run.unit,
        definition,
        scale=keep_scale(
            _named(line, "skala peringkat", queries.scales(run.unit))
            or formula.PERMENDAGRI_86_2017,
            run.unit,
        ),
        grade_scale=keep_grades(grades, run.unit) if grades else None,
        by=run.by,
        at=run.at,
    )
    told = rules.settle(definition, qualitative=grades is not None).warnings
    return Kept(version, Change.CREATED, told)


def _named(line: Line, title: str, scales: Iterable[S]) -> S | None:
    """Return the scale that a cell names, None for an empty cell; raises Refusal."""
    wanted = line.text(title)
    if not wanted:
        return None
    for scale in scales:
        known = workbook.scale_name(scale.name, scale.version)
        if rules.folded(known) == rules.folded(wanted):
            return scale
    raise Refusal(
        say("%(title)s %(name)s tidak dikenal. Pilih dari daftar."),
        field=title,
        title=title.capitalize(),
        name=rules.cut(wanted),
    )
