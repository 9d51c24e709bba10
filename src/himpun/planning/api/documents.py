"""The documents of the plan: Renstra, RKT, Perjanjian Kinerja, pohon kinerja, anggaran."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router

from himpun.organization import queries as organization
from himpun.organization.api import unit_out
from himpun.organization.models import Unit
from himpun.shared import clock
from himpun.shared.api import (
    BIGGEST,
    Asked,
    AskedYear,
    Id,
    Number,
    Shape,
    UnitOut,
    answers,
    chosen,
    number,
)
from himpun.shared.http import MemberRequest, told
from himpun.shared.refusals import say
from himpun.worktime.periods import Period, PeriodKind

from .. import queries
from ..models import AnnualPlan, PerjanjianKinerja, RenstraVersion
from ..models.agreements import Funded, Pinned
from ..queries import Line, MoneyLine, RenstraRow
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


class AgreementOut(Shape):
    """A version of a Perjanjian Kinerja; ``alasan`` why it replaced the one before."""

    id: int
    tahun: int
    versi: int
    alasan: str | None
    jabatan_pertama: str
    nama_pertama: str
    jabatan_kedua: str
    nama_kedua: str
    tempat: str
    tanggal: date


class AgreementsOut(Shape):
    """All versions of a year's Perjanjian Kinerja, the newest of each position first."""

    kantor: UnitOut
    tahun: int
    perjanjian: list[AgreementOut]


class StepOut(Shape):
    """What is done for an indicator in a period."""

    kode: str
    periode: str
    target: AimOut | None
    kegiatan: str
    penanggung_jawab: str


class WholeAgreementOut(AgreementOut):
    """A Perjanjian Kinerja with its annex and its rencana aksi."""

    kantor: UnitOut
    indikator: list[PinnedOut]
    program: list[FundedOut]
    rencana_aksi: list[StepOut]


class NodeOut(Shape):
    """A condition of the tree; ``induk`` is the number of what it causes."""

    id: int
    induk: int | None
    kedalaman: int
    jenjang: str
    kondisi: str
    indikator: list[str]
    jabatan: str | None
    crosscutting: bool
    mitra: str | None
    asal: str
    catatan: list[str]


class NodeTreeOut(Shape):
    """A pohon kinerja, each condition after what it causes."""

    kantor: UnitOut
    kondisi: list[NodeOut]
    catatan: list[str]


class AskedMoney(AskedYear):
    """Of which office and year, in which periods."""

    per: Literal["triwulan", "bulan", "tahun"] | None = Field(
        None, description=say("Tanpa ini menurut pencatatannya.")
    )


class MoneyOut(Shape):
    """Pagu in force, realisasi and serapan in percent; null where nobody keyed any."""

    pagu_murni: Number | None
    pagu: Number | None
    realisasi: Number | None
    serapan: Number | None
    sisa: Number | None
    realisasi_periode: dict[str, Number | None]
    keraguan: list[str]


class MoneyRowOut(MoneyOut):
    """A programme, activity or sub-activity, after the one that it is a part of."""

    id: int
    jenis: str
    kedalaman: int
    kode: str
    nama: str


class BudgetOut(Shape):
    """The budget of an office in a year, in rupiah."""

    kantor: UnitOut
    tahun: int
    perubahan_sejak: date | None
    sumber: list[str]
    baris: list[MoneyRowOut]
    jumlah: MoneyOut | None


def _of(request: MemberRequest, asked: Asked) -> tuple[Unit, date]:
    """Return the office that is asked for, and its day."""
    at = clock.now()
    rows = organization.visible_offices(request.user, at).order_by("name")
    office = chosen(rows, asked)
    return office, organization.local_day(at, office)


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
    office, day = _of(request, asked)
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
    office, day = _of(request, asked)
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
        indikator=[_pinned(row) for row in rows],
        program=[_funded(row) for row in plan.programmes.all()],
    )


def _pinned(row: Pinned) -> PinnedOut:
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


def _funded(row: Funded) -> FundedOut:
    return FundedOut(program=row.name, anggaran=number(row.amount))


@router.get(
    "/perjanjian-kinerja",
    response=answers(AgreementsOut),
    url_name="agreements",
    summary=say("Perjanjian Kinerja para pejabat satu kantor"),
    description=say("Setiap versi; lampirannya pada alamat masing-masing."),
)
def agreements(request: MemberRequest, asked: Query[AskedYear]) -> AgreementsOut:
    """Return all versions of a year's Perjanjian Kinerja."""
    office, day = _of(request, asked)
    year = asked.tahun or day.year
    rows = queries.agreements(office, year)
    return AgreementsOut(
        kantor=unit_out(office),
        tahun=year,
        perjanjian=[AgreementOut(**_head(row)) for row in rows],
    )


@router.get(
    "/perjanjian-kinerja/{nomor}",
    response=answers(WholeAgreementOut),
    url_name="agreement",
    summary=say("Satu Perjanjian Kinerja dengan lampiran dan rencana aksinya"),
    description=say(
        "Sebagaimana disepakati: definisi, target, dan anggaran pada waktu itu."
    ),
)
def agreement(request: MemberRequest, nomor: Path[Id]) -> WholeAgreementOut:
    """Return one version as it was agreed."""
    offices = organization.visible_offices(request.user, clock.now())
    shown = PerjanjianKinerja.objects.filter(first__unit__office__in=offices)
    found = shown.select_related(*queries.PARTIES, "first__unit__office")
    row = get_object_or_404(found, pk=nomor)
    office = row.first.unit.office
    if office is None:
        raise Http404
    rows = queries.promised_rows(row)
    steps = queries.steps_of(queries.action_plan(row), rows, row.year)
    return WholeAgreementOut(
        **_head(row),
        kantor=unit_out(office),
        indikator=[_pinned(one) for one in rows],
        program=[_funded(one) for one in row.programmes.all()],
        rencana_aksi=[
            StepOut(
                kode=planned.row.meaning.indicator.code,
                periode=period.code,
                target=aim_out(step.aim),
                kegiatan=step.activity,
                penanggung_jawab=step.in_charge,
            )
            for planned in steps
            for period, step in planned.steps
            if step is not None
        ],
    )


def _head(row: PerjanjianKinerja) -> dict[str, Any]:
    return {
        "id": row.pk,
        "tahun": row.year,
        "versi": row.number,
        "alasan": row.reason or None,
        "jabatan_pertama": row.first_role,
        "nama_pertama": row.first_official.person.name,
        "jabatan_kedua": row.second_role,
        "nama_kedua": row.second_official.person.name,
        "tempat": row.place,
        "tanggal": row.agreed_on,
    }


@router.get(
    "/pohon-kinerja",
    response=answers(NodeTreeOut),
    url_name="nodes",
    summary=say("Pohon kinerja satu kantor"),
    description=say("`catatan` menyebut apa yang masih kurang, seperti pada layar."),
)
def nodes(request: MemberRequest, asked: Query[Asked]) -> NodeTreeOut:
    """Return the tree with what is amiss, as its page does."""
    office, day = _of(request, asked)
    tree = queries.node_tree(office, day)
    return NodeTreeOut(
        kantor=unit_out(office),
        kondisi=[_node(line) for line in tree.lines],
        catatan=[told(remark.sentence) for remark in tree.whole],
    )


def _node(line: Line) -> NodeOut:
    node = line.node
    return NodeOut(
        id=node.number,
        induk=node.parent,
        kedalaman=line.depth,
        jenjang=node.level,
        kondisi=node.condition,
        indikator=list(node.indicators),
        jabatan=node.position or None,
        crosscutting=node.crosscutting,
        mitra=node.partner or None,
        asal=line.row.origin,
        catatan=[told(remark.sentence) for remark in line.remarks],
    )


@router.get(
    "/anggaran",
    response=answers(BudgetOut),
    url_name="money",
    summary=say("Pagu, realisasi, dan serapan setahun"),
    description=say("Baris induk memuat jumlah bagiannya; jangan dijumlahkan lagi."),
)
def money(request: MemberRequest, asked: Query[AskedMoney]) -> BudgetOut:
    """Return the budget of a year."""
    office, day = _of(request, asked)
    kind = PeriodKind(asked.per) if asked.per else None
    sheet = queries.money_sheet(office, asked.tahun or day.year, kind)
    codes = [period.code for period in sheet.periods]
    return BudgetOut(
        kantor=unit_out(office),
        tahun=sheet.year,
        perubahan_sejak=sheet.since,
        sumber=sheet.sources,
        baris=[
            MoneyRowOut(
                id=line.programme.pk,
                jenis=line.programme.level,
                kedalaman=line.depth,
                kode=line.programme.code,
                nama=line.programme.name,
                **_money(line, codes),
            )
            for line in sheet.shown
        ],
        jumlah=MoneyOut(**_money(sheet.total, codes)) if sheet.total else None,
    )


def _money(line: MoneyLine, codes: list[str]) -> dict[str, Any]:
    spent = zip(codes, map(number, line.spent), strict=True)
    return {
        "pagu_murni": number(line.original),
        "pagu": number(line.money.budget),
        "realisasi": number(line.money.spent),
        "serapan": number(line.money.percent),
        "sisa": number(line.left),
        "realisasi_periode": dict(spent),
        "keraguan": [told(doubt) for doubt in line.money.doubts],
    }
