"""The HTTP API of this app: capaian of an office, of a kabupaten, and one explained.

Every figure carries its inputs, its formulas, its rule and, when it is null, the reason.
"""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from himpun.organization import queries as organization
from himpun.organization.api import office_asked, unit_out
from himpun.planning import queries as planning
from himpun.planning.api.shapes import (
    AimOut,
    RuleOut,
    ScaleOut,
    VersionOut,
    aim_out,
    period_out,
    rule_out,
    scale_out,
    version_out,
)
from himpun.planning.models import IndicatorVersion
from himpun.shared import clock
from himpun.shared.api import (
    AskedPeriod,
    Id,
    Number,
    PeriodOut,
    Shape,
    UnitOut,
    answers,
    chosen,
    number,
)
from himpun.shared.http import MemberRequest, told
from himpun.shared.refusals import say
from himpun.worktime.periods import Period, PeriodKind, read_period

from . import queries
from .models import Achievement
from .queries import Line, Portion, RollUp

router = Router(tags=["Capaian"])


class FiguresOut(Shape):
    """One figure with all that made it.

    Its inputs are ``target`` (for a verified figure that of its day), ``realisasi`` or
    ``tingkat``, and the ``komponen``. ``id`` is the number at /api/capaian/{nomor}.
    """

    id: int | None
    indikator_id: int
    kode: str
    indikator: str
    versi: int
    satuan: str
    desimal: int
    target: AimOut | None
    realisasi: Number | None
    tingkat: str | None
    komponen: dict[str, Number | None]
    capaian: Number | None
    alasan: str | None
    peringkat: str | None
    keadaan: str | None
    rumus_realisasi: str | None
    rumus_capaian: str
    aturan: RuleOut
    skala: ScaleOut


class MeanOut(Shape):
    """A mean over ``dihitung`` of ``dari`` indicators."""

    nilai: Number | None
    dihitung: int
    dari: int
    alasan: str | None


class TableOut(Shape):
    """Capaian of an office in a period."""

    kantor: UnitOut
    periode: PeriodOut
    rata_rata: MeanOut
    peringkat: dict[str, int]
    sementara: int
    baris: list[FiguresOut]


class ExplanationOut(FiguresOut):
    """One figure, step by step; ``kejadian`` is the hash of the event that made it."""

    kantor: UnitOut
    periode: PeriodOut
    asal_target: str | None
    perhitungan_realisasi: list[str]
    langkah: list[str]
    definisi: VersionOut
    kejadian: str | None


class PortionOut(Shape):
    """What one office gives to a total; ``tidak_dihitung`` says why it gives nothing."""

    kantor: UnitOut
    realisasi: Number | None
    komponen: dict[str, Number | None]
    bobot: Number | None
    tidak_dihitung: str | None


class WithinOut(Shape):
    """The total of a shorter period."""

    periode: str
    realisasi: Number | None
    dihitung: int
    dari: int
    alasan: str | None


class RollUpOut(Shape):
    """An indicator of a kabupaten from ``dihitung`` of ``dari`` offices.

    ``dari_periode``: it follows from the shorter periods, else from the offices' own
    figures. ``cara`` says how they are combined.
    """

    indikator_id: int
    kode: str
    indikator: str
    versi: int
    satuan: str
    desimal: int
    target: AimOut | None
    realisasi: Number | None
    capaian: Number | None
    alasan: str | None
    peringkat: str | None
    dihitung: int
    dari: int
    sementara: int
    cara: str
    dari_periode: bool
    langkah: list[str]
    rumus_realisasi: str | None
    rumus_capaian: str
    aturan: RuleOut
    skala: ScaleOut
    bagian: list[PortionOut]
    periode: list[WithinOut]


class RegencyOut(Shape):
    """The totals of a kabupaten in a period."""

    kabupaten: UnitOut
    periode: PeriodOut
    baris: list[RollUpOut]


@router.get(
    "/capaian",
    response=answers(TableOut),
    url_name="achievement",
    summary=say("Capaian satu kantor dalam satu periode"),
    description=say(
        "Sama dengan halaman Capaian dan lembarnya. Indikator tanpa angka tetap disebut."
    ),
)
def achievement(request: MemberRequest, asked: Query[AskedPeriod]) -> TableOut:
    """Return the table of a period, as page and sheet show it."""
    office, today = office_asked(request, asked)
    period = asked.period() or queries.opening_period(office, today)
    table = queries.capaian(office, period)
    return TableOut(
        kantor=unit_out(office),
        periode=period_out(period),
        rata_rata=MeanOut(
            nilai=number(table.mean.value),
            dihitung=table.mean.counted,
            dari=table.mean.total,
            alasan=None if table.mean.counted else told(queries.NOTHING_MEASURED),
        ),
        peringkat=table.bands,
        sementara=table.provisional,
        baris=[_line(line) for line in table.lines],
    )


def _line(line: Line) -> FiguresOut:
    row, version = line.achievement, line.version
    if row is None:
        empty = planning.measured(version, actual=None, target=line.aim)
        row = Achievement(
            indicator_id=version.indicator_id,
            indicator_version=version.number,
            target=line.aim,
            formula=empty.formula,
            reason=empty.reason,
        )
    return FiguresOut(**_figures(row, version))


def _figures(row: Achievement, version: IndicatorVersion) -> dict[str, Any]:
    """Return a figure by the version that measured it."""
    return {
        "id": row.pk,
        "indikator_id": version.indicator_id,
        "kode": version.indicator.code,
        "indikator": version.name,
        "versi": version.number,
        "satuan": version.unit_of_measure,
        "desimal": version.decimals,
        "target": aim_out(row.target),
        "realisasi": number(row.actual),
        "tingkat": row.grade or None,
        "komponen": row.inputs,
        "capaian": number(row.value),
        "alasan": told(row.reason) or None,
        "peringkat": row.band or None,
        "keadaan": queries.standing(row) if row.pk else None,
        "rumus_realisasi": version.formula or None,
        "rumus_capaian": told(row.formula),
        "aturan": rule_out(version),
        "skala": scale_out(version.scale),
    }


@router.get(
    "/capaian/kabupaten",
    response=answers(RegencyOut),
    url_name="regency",
    summary=say("Capaian kabupaten, gabungan dari kantor-kantornya"),
    description=say(
        "`unit` di sini nomor kabupaten. Kantor yang tidak ikut disebut beserta sebabnya."
    ),
)
def regency(request: MemberRequest, asked: Query[AskedPeriod]) -> RegencyOut:
    """Return the totals of a kabupaten."""
    at = clock.now()
    rows = organization.visible_regencies(request.user, at)
    if not rows:
        raise Http404
    found = chosen(rows, asked)
    years = queries.years_below(found) or [organization.local_day(at).year]
    period = asked.period() or Period(PeriodKind.YEAR, years[0])
    return RegencyOut(
        kabupaten=unit_out(found),
        periode=period_out(period),
        baris=[_rolled_up(one) for one in queries.roll_ups(found, period)],
    )


def _rolled_up(one: RollUp) -> RollUpOut:
    version, total, measured = one.version, one.total, one.measured
    lines = total.calculation.lines if total.calculation else ()
    return RollUpOut(
        indikator_id=version.indicator_id,
        kode=version.indicator.code,
        indikator=version.name,
        versi=version.number,
        satuan=version.unit_of_measure,
        desimal=version.decimals,
        target=aim_out(one.aim),
        realisasi=number(total.value),
        capaian=number(measured.value),
        alasan=told(total.reason) or told(measured.reason) or None,
        peringkat=measured.band or None,
        dihitung=total.counted,
        dari=total.total,
        sementara=one.provisional,
        cara=told(total.rule),
        dari_periode=one.by_time,
        langkah=[told(step) for step in (*lines, *measured.steps)],
        rumus_realisasi=version.formula or None,
        rumus_capaian=told(measured.formula),
        aturan=rule_out(version),
        skala=scale_out(version.scale),
        bagian=[_portion(each) for each in one.portions],
        periode=[
            WithinOut(
                periode=period.code,
                realisasi=number(each.value),
                dihitung=each.counted,
                dari=each.total,
                alasan=told(each.reason) or None,
            )
            for period, each in one.periods
        ],
    )


def _portion(one: Portion) -> PortionOut:
    row = one.achievement
    return PortionOut(
        kantor=unit_out(one.unit),
        realisasi=number(row.actual) if row else None,
        komponen={code: number(value) for code, value in one.inputs.items()},
        bobot=number(one.weight),
        tidak_dihitung=told(one.left_out) or None,
    )


@router.get(
    "/capaian/{nomor}",
    response=answers(ExplanationOut),
    url_name="explanation",
    summary=say("Bagaimana satu capaian dihitung"),
    description=say(
        "Masukan, rumus, aturan, langkah, skala, dan versi indikator yang dipakai."
    ),
)
def explanation(request: MemberRequest, nomor: Path[Id]) -> ExplanationOut:
    """Return how one figure came to be."""
    offices = organization.visible_offices(request.user, clock.now())
    rows = Achievement.objects.filter(unit__in=offices).select_related("unit")
    row = get_object_or_404(rows, pk=nomor)
    found = queries.explain(row)
    return ExplanationOut(
        **_figures(row, found.version),
        kantor=unit_out(row.unit),
        periode=period_out(read_period(row.period_code)),
        asal_target=found.target_origin or None,
        perhitungan_realisasi=[told(line) for line in found.calculation],
        langkah=[told(step) for step in found.steps],
        definisi=version_out(found.version),
        kejadian=found.event.hash if found.event else None,
    )
