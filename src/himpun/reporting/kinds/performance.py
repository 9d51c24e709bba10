"""Laporan Kinerja: output of row 3, signed in row 4.

It compares target and realisasi of the period and realisasi of earlier ones
(PermenPANRB 53/2014 lampiran II), and freezes what each indicator meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from himpun.collection import queries as collection
from himpun.documents import papers
from himpun.measurement import queries as measurement
from himpun.measurement.models import Achievement
from himpun.organization import queries as organization
from himpun.planning import queries as planning
from himpun.procedures import queries as procedures

from .. import rules
from . import parts, texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from himpun.collection.queries import AcceptedValue, Meaning
    from himpun.formula import Component
    from himpun.planning.rules import Figure
    from himpun.procedures.models import Case
    from himpun.worktime import Period

    from .parts import Content, Made

PAST = 4
"""How many earlier periods the comparison shows at most."""


class Performance:
    """Achievement, comparison, notes, evidence, and the frozen definitions."""

    kind: ClassVar = rules.ReportKind.PERFORMANCE
    work: ClassVar = rules.WORK_REPORT

    def gather(self, case: Case, step: str, made: Made) -> Content:
        """Return what the paper says now; raises Refusal without any accepted value."""
        found = collection.accepted_values(case)
        zone = organization.zone_of(case.unit)
        scale = parts.scale(found, case.unit)
        if scale is None:
            raise rules.nothing_accepted()
        paper = papers.LaporanKinerja(
            head=parts.head(case, made),
            rows=tuple(_row(value) for value in found),
            scale=scale,
            signatory=signatory(case, made),
            comparison=comparison(case, found),
            notes=tuple(
                papers.IndicatorNote(v.meaning.code, v.meaning.name, v.note)
                for v in found
                if v.note
            ),
            evidence=parts.evidence(found),
            waivers=parts.waivers(case),
            exemptions=parts.exemptions(case, zone),
            initials=parts.initials(case, step, made),
            definitions=tuple(definition(value) for value in found),
        )
        return parts.Content(paper, parts.exact(found))


def signatory(case: Case, made: Made) -> papers.Signatory:
    """Return the block of who signs: a holder of the position, never by mandate."""
    seated = procedures.signers(case, made.at)
    return parts.signatory(case, seated, procedures.signer_positions(case), made)


def _row(value: AcceptedValue) -> papers.Measured:
    meaning, measured = value.meaning, value.measured
    return papers.Measured(
        group=meaning.group,
        code=meaning.code,
        name=meaning.name,
        unit=meaning.unit_of_measure,
        target=texts.aim(value.target, meaning.decimals),
        actual=texts.aim(value.value, meaning.decimals),
        achievement=texts.reached(measured),
        rank=measured.band,
        formula=measured.formula,
        reason=measured.reason,
    )


def comparison(case: Case, found: Sequence[AcceptedValue]) -> papers.Comparison | None:
    """Return realisasi over the periods of which anything is known; None without any."""
    past = _past(case.period)
    known = _figures([v.meaning for v in found], past)
    shown = [period for period in past if any(k[1] == period.code for k in known)]
    if not shown:
        return None
    return papers.Comparison(
        periods=(
            *(_earlier(period, known) for period in shown),
            papers.EarlierPeriod(case.period.label),
        ),
        rows=tuple(_compared(value, shown, known) for value in found),
    )


def _earlier(
    period: Period, known: dict[tuple[int, str], tuple[Figure, bool]]
) -> papers.EarlierPeriod:
    prior = any(
        from_before
        for (_, code), (_, from_before) in known.items()
        if code == period.code
    )
    return papers.EarlierPeriod(period.label, planning.PRIOR_LABEL if prior else "")


def _past(period: Period) -> list[Period]:
    past, before = [], period
    for _ in range(PAST):
        before = before.before()
        past.append(before)
    return past[::-1]


def _figures(
    meanings: list[Meaning], periods: list[Period]
) -> dict[tuple[int, str], tuple[Figure, bool]]:
    """Return (figure, whether from before Himpun) by indicator and period code.

    What was measured in another unit then is left out: percent are not persons.
    """
    measures = {one.indicator: one.unit_of_measure for one in meanings}
    rows = Achievement.objects.filter(
        indicator__in=measures,
        period_code__in=[period.code for period in periods],
    )
    return {
        (row.indicator_id, row.period_code): (row.figure, row.prior)
        for row, measure in measurement.with_measures(rows)
        if row.figure is not None
        and (row.prior or row.verified)
        and measure == measures[row.indicator_id]
    }


def _compared(
    value: AcceptedValue,
    shown: list[Period],
    known: dict[tuple[int, str], tuple[Figure, bool]],
) -> papers.ComparisonRow:
    meaning = value.meaning
    past = [known.get((meaning.indicator, period.code)) for period in shown]
    figures = [figure[0] if figure else None for figure in past]
    return papers.ComparisonRow(
        meaning.code,
        meaning.name,
        tuple(texts.aim(f, meaning.decimals) for f in (*figures, value.value)),
    )


def definition(value: AcceptedValue) -> papers.Definition:
    """Return an indicator as it stood, for the annex."""
    meaning = value.meaning
    target = texts.aim(value.target, meaning.decimals) or "tidak ditetapkan"
    origin = f"; {value.target_origin}" if value.target_origin else ""
    facts = [
        ("Definisi", meaning.definition),
        ("Satuan, frekuensi", f"{meaning.unit_of_measure}; per {meaning.frequency}"),
        ("Rumus capaian", value.measured.formula),
        ("Arah", ". ".join((meaning.polarity_words, *meaning.rule_words[2:]))),
        ("Target dan asalnya", f"{target}{origin}"),
        ("Penanggung jawab", meaning.in_charge),
        ("Mekanisme perhitungan", meaning.mechanism),
        ("Rumus", meaning.formula),
        ("Komponen", "; ".join(map(_component, meaning.components))),
        ("Cara menghitung", _worked_out(value)),
        ("Media", meaning.medium),
        ("Data dukung", meaning.evidence_rule),
        ("Skala", f"{meaning.scale}, versi {meaning.scale_version}"),
        ("Skala tingkat", _grades(meaning)),
        ("Versi", _version(meaning)),
    ]
    return papers.Definition(
        meaning.code,
        meaning.name,
        tuple(papers.Fact(label, text) for label, text in facts if text),
    )


def _worked_out(value: AcceptedValue) -> str:
    """Return step by step how a figure with a formula became its capaian."""
    if not value.meaning.formula:
        return ""
    return "\n".join((*value.calculation, *value.measured.steps))


def _grades(meaning: Meaning) -> str:
    if not meaning.grade_scale:
        return ""
    return f"{meaning.grade_scale}, versi {meaning.grade_scale_version}"


def _component(one: Component) -> str:
    unit = f", {one.unit}" if one.unit else ""
    return f"{one.code} ({one.name}{unit})"


def _version(meaning: Meaning) -> str:
    return f"{meaning.version}, berlaku sejak {texts.day(meaning.since)}"
