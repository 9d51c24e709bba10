"""The rows of the sheet Indikator."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from himpun import formula
from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import PeriodKind

from ... import queries, rules
from ...models import IndicatorVersion
from ...rules import Change, Definition, Kept, Level, workbook
from ..indicators import define_indicator
from ..scales import keep_grades, keep_scale

if TYPE_CHECKING:
    from ...models import GradingScale
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
    "origin": "sumber",
}
"""Which column holds which text of a definition."""
REST = {
    "level": "tingkat",
    "decimals": "desimal",
    "polarity": "arah",
    "frequency": "frekuensi",
    "since": "berlaku sejak",
}
MOST_DECIMALS = 8


def keep(run: Run) -> None:
    """Define the indicators that are new; those that are there must say the same."""
    rows = IndicatorVersion.objects.filter(indicator__unit=run.unit)
    for version in rows.select_related("indicator", *queries.SCALES).order_by("number"):
        run.versions[version.indicator.code] = version
    seen: dict[str, str] = {}
    for line in run.book.of(workbook.INDICATORS):
        code = line.text("kode")
        if line.spoilt or not _is_named(run, line, code, seen):
            run.count(workbook.INDICATORS, None)
        elif code in run.versions:
            run.kept(line, "kode", partial(_same, run, line))
        else:
            made = run.kept(line, "kode", partial(_define, run, line))
            if made is not None:
                run.versions[code] = made
        if code not in run.versions:
            run.refused[workbook.INDICATORS, code] = line.at("kode")


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

    What the sheet has no column for (formula, scales, caps) stays as it stands, and an
    empty cell as well.
    """
    version = run.versions[line.text("kode")]
    stands = queries.definition_of(version)
    written = _written(line, stands)
    for name, title in (TEXTS | REST).items():
        old, new = getattr(stands, name), getattr(written, name)
        if (rules.one_line(old) if isinstance(old, str) else old) != new and (
            name != "polarity" or line.text("arah")
        ):
            raise Refusal(
                say(
                    "Indikator %(code)s sudah ada dengan %(what)s lain. Buat versi baru "
                    "dari halaman indikator itu, atau samakan selnya."
                ),
                field=title,
                code=stands.code,
                what=title,
            )
    scale = version.grade_scale
    wanted = line.text("skala tingkat")
    if wanted and wanted != (scale.name if scale else ""):
        raise Refusal(
            say("Skala tingkat indikator ini lain. Samakan selnya."),
            field="skala tingkat",
        )
    return Kept(version, Change.UNCHANGED)


def _written(line: Line, base: Definition) -> Definition:
    """Return a definition with what the row says, ``base`` where it says nothing."""
    texts: dict[str, Any] = {
        name: rules.one_line(line.text(title) or getattr(base, name))
        for name, title in TEXTS.items()
    }
    decimals = line.whole("desimal")
    if decimals is not None and decimals > MOST_DECIMALS:
        raise Refusal(say("Desimal paling banyak 8."), field="desimal")
    polarity = _polarity(line) if line.text("arah") else base.polarity
    return replace(
        base,
        **texts,
        level=line.choice("tingkat", Level) or base.level,
        decimals=base.decimals if decimals is None else decimals,
        polarity=polarity,
        frequency=line.choice("frekuensi", PeriodKind) or base.frequency,
        since=line.day("berlaku sejak") or base.since,
    )


def _polarity(line: Line) -> formula.Polarity | None:
    text = line.text("arah").casefold()
    if text == workbook.QUALITATIVE:
        return None
    for polarity, words in workbook.POLARITIES.items():
        if words.casefold() == text:
            return polarity
    raise Refusal(say("Pilih arah dari daftar pada templat."), field="arah")


def _define(run: Run, line: Line) -> Kept[IndicatorVersion]:
    line.filled("arah", "berlaku sejak")
    since = line.day("berlaku sejak")
    if since is None:
        raise ValueError("a filled cell says something")
    empty: dict[str, Any] = dict.fromkeys(TEXTS, "")
    blank = Definition(
        code=line.text("kode"),
        level=line.chosen("tingkat", Level),
        since=since,
        frequency=line.chosen("frekuensi", PeriodKind),
        polarity=None,
        order=len(run.versions) + 1,
        **empty,
    )
    definition = replace(_written(line, blank), origin=run.origin(line))
    version = define_indicator(
        run.unit,
        definition,
        scale=keep_scale(formula.PERMENDAGRI_86_2017),
        grade_scale=_grades(line),
        by=run.by,
        at=run.at,
    )
    return Kept(version, Change.CREATED)


def _grades(line: Line) -> GradingScale | None:
    name = line.text("skala tingkat")
    if not name:
        return None
    for scale in queries.grade_scales():
        if scale.name == name:
            return keep_grades(scale)
    raise Refusal(
        say("Skala tingkat %(name)s tidak dikenal. Pilih dari daftar."),
        field="skala tingkat",
        name=name,
    )
