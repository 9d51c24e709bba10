"""The budget of an office: pagu, realisasi and serapan."""

from datetime import date
from typing import Any, Literal

from ninja import Field, Query, Router

from himpun.organization.api import office_asked, unit_out
from himpun.shared.api import AskedYear, Number, Shape, UnitOut, answers, number
from himpun.shared.http import MemberRequest, told
from himpun.shared.refusals import say
from himpun.worktime.periods import PeriodKind

from .. import queries
from ..queries import MoneyLine

router = Router(tags=["Rencana"])


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


@router.get(
    "/anggaran",
    response=answers(BudgetOut),
    url_name="money",
    summary=say("Pagu, realisasi, dan serapan setahun"),
    description=say("Baris induk memuat jumlah bagiannya; jangan dijumlahkan lagi."),
)
def money(request: MemberRequest, asked: Query[AskedMoney]) -> BudgetOut:
    """Return the budget of a year."""
    office, day = office_asked(request, asked)
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
