"""The documents of the plan: the Renstra, and the RKT of a year."""

from datetime import date, datetime

from django.http import Http404
from ninja import Field, Query, Router

from himpun.organization.api import office_asked, unit_out
from himpun.organization.models import Unit
from himpun.shared.api import (
    BIGGEST,
    AskedYear,
    Number,
    Shape,
    UnitOut,
    answers,
    number,
)
from himpun.shared.http import MemberRequest
from himpun.shared.refusals import say
from himpun.worktime.periods import Period, PeriodKind

from .. import queries
from ..models import AnnualPlan, RenstraVersion
from ..models.agreements import Funded, Pinned
from ..queries import RenstraRow
from .shapes import AimOut, aim_out

router = Router(tags=["Rencana"])


class RenstraRowOut(Shape):
    """A row: ``jenis`` a level of the plan or "indikator", ``kedalaman`` how far in.

    ``target`` and ``anggaran`` by year; a year of which the plan says nothing is left out.
    """

    jenis: str
    kedalaman: int
    kode: str
    uraian: str
    hasil: str
    satuan: str | None
    target: dict[str, AimOut]
    anggaran: dict[str, Number]


class RenstraOut(Shape):
    """A version of a Renstra, in the order of the document."""

    tahun_awal: int
    tahun_akhir: int
    versi: int
    tahap: str
    berlaku_sejak: date | None
    penetapan: str
    asal: str
    baris: list[RenstraRowOut]
    anggaran: dict[str, Number]


class RenstraOfYearOut(Shape):
    """The Renstra that a year belongs to; null where the office has made none."""

    kantor: UnitOut
    tahun: int
    renstra: RenstraOut | None


class AskedVersion(AskedYear):
    """Of which office and year, and which version."""

    versi: int | None = Field(
        None, ge=1, le=BIGGEST, description=say("Nomor versi; tanpa ini yang berlaku.")
    )


class PinnedOut(Shape):
    """An indicator and its target as the document says them."""

    kode: str
    indikator: str
    versi: int
    satuan: str
    sasaran: str
    target: AimOut


class FundedOut(Shape):
    """A programme and its budget as the document says them, in rupiah."""

    program: str
    anggaran: Number | None


class AnnualPlanOut(Shape):
    """The newest RKT of a year."""

    versi: int
    asal: str
    dibuat: datetime
    indikator: list[PinnedOut]
    program: list[FundedOut]


class AnnualPlanOfYearOut(Shape):
    """The RKT of a year; null where the office has made none."""

    kantor: UnitOut
    tahun: int
    rkt: AnnualPlanOut | None


@router.get(
    "/renstra",
    response=answers(RenstraOfYearOut),
    url_name="renstra",
    summary=say("Renstra yang memuat suatu tahun"),
    description=say(
        "Tujuan, sasaran, program, dan indikator menurut urutan dokumennya."
    ),
)
def renstra(request: MemberRequest, asked: Query[AskedVersion]) -> RenstraOfYearOut:
    """Return the Renstra that a year belongs to."""
    office, day = office_asked(request, asked)
    year = asked.tahun or day.year
    versions = queries.renstra_versions(office, year)
    if asked.versi not in {None, *(version.number for version in versions)}:
        raise Http404
    version = queries.version_shown(versions, asked.versi or 0, day)
    return RenstraOfYearOut(
        kantor=unit_out(office),
        tahun=year,
        renstra=_renstra(office, version) if version else None,
    )


def _renstra(office: Unit, version: RenstraVersion) -> RenstraOut:
    last = Period(PeriodKind.YEAR, version.renstra.last_year).end
    meanings = {v.indicator_id: v for v in queries.versions_in_force(office, last)}
    table = queries.renstra_table(version, meanings)
    return RenstraOut(
        tahun_awal=version.renstra.first_year,
        tahun_akhir=version.renstra.last_year,
        versi=version.number,
        tahap=version.stage,
        berlaku_sejak=version.since,
        penetapan=version.decision,
        asal=version.origin,
        baris=[_renstra_row(row, table.years) for row in table.rows],
        anggaran=_known(table.years, table.total),
    )


def _renstra_row(row: RenstraRow, years: tuple[int, ...]) -> RenstraRowOut:
    aims = zip(years, map(aim_out, row.aims), strict=False)
    return RenstraRowOut(
        jenis=row.kind,
        kedalaman=row.depth,
        kode=row.code,
        uraian=row.text,
        hasil=row.result,
        satuan=row.meaning.unit_of_measure if row.meaning else None,
        target={str(year): aim for year, aim in aims if aim},
        anggaran=_known(years, row.money),
    )


def _known(years: tuple[int, ...], money: tuple[int | None, ...]) -> dict[str, str]:
    amounts = zip(years, map(number, money), strict=False)
    return {str(year): amount for year, amount in amounts if amount is not None}


@router.get(
    "/rkt",
    response=answers(AnnualPlanOfYearOut),
    url_name="annual-plan",
    summary=say("Rencana Kinerja Tahunan"),
    description=say("Yang terbaru untuk tahun itu."),
)
def annual_plan(request: MemberRequest, asked: Query[AskedYear]) -> AnnualPlanOfYearOut:
    """Return the newest RKT of a year."""
    office, day = office_asked(request, asked)
    year = asked.tahun or day.year
    plan = queries.annual_plan(office, year)
    return AnnualPlanOfYearOut(
        kantor=unit_out(office), tahun=year, rkt=_annual_plan(plan) if plan else None
    )


def _annual_plan(plan: AnnualPlan) -> AnnualPlanOut:
    rows = plan.indicators.select_related("meaning__indicator")
    return AnnualPlanOut(
        versi=plan.number,
        asal=plan.origin,
        dibuat=plan.made_at,
        indikator=[pinned(row) for row in rows],
        program=[funded(row) for row in plan.programmes.all()],
    )


def pinned(row: Pinned) -> PinnedOut:
    """Return an indicator as a document holds it."""
    aim = aim_out(row.aim)
    if aim is None:
        raise ValueError("a document promises something")
    return PinnedOut(
        kode=row.meaning.indicator.code,
        indikator=row.meaning.name,
        versi=row.meaning.number,
        satuan=row.meaning.unit_of_measure,
        sasaran=row.serves,
        target=aim,
    )


def funded(row: Funded) -> FundedOut:
    """Return a programme as a document holds it."""
    return FundedOut(program=row.name, anggaran=number(row.amount))
