"""Indicators and their targets."""

from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from himpun.organization import queries as organization
from himpun.organization.api import unit_out
from himpun.shared import clock
from himpun.shared.api import (
    AskedYear,
    Id,
    PeriodOut,
    Shape,
    UnitOut,
    Year,
    answers,
    chosen,
)
from himpun.shared.http import MemberRequest, told
from himpun.shared.refusals import say
from himpun.worktime.periods import Period, PeriodKind

from .. import queries
from ..models import Indicator, IndicatorVersion
from ..queries import Planned, Promise
from .shapes import AimOut, VersionOut, aim_out, period_out, version_out

router = Router(tags=["Indikator"])


class ListedOut(Shape):
    """An indicator with its targets of a year, by the code of the period."""

    id: int
    kode: str
    jenjang: str
    kelompok: str
    nama: str
    versi: int
    satuan: str
    desimal: int
    frekuensi: str
    arah: str
    target: dict[str, AimOut]


class ListingOut(Shape):
    """The indicators of an office that hold at the end of a year, in print order."""

    kantor: UnitOut
    tahun: int
    indikator: list[ListedOut]


class PartOut(Shape):
    """What one unit or category should reach of a target."""

    nama: str
    target: AimOut


class TargetOut(Shape):
    """A planned figure: ``jenis`` is target, or kondisi awal; null where none was set."""

    jenis: str
    periode: PeriodOut
    target: AimOut | None
    asal: str | None
    bagian: list[PartOut]


class IndicatorOut(Shape):
    """An indicator with all that it meant, newest first, and the targets of a year."""

    id: int
    kode: str
    kantor: UnitOut
    jenjang: str
    kelompok: str
    versi: list[VersionOut]
    tahun: int
    target: list[TargetOut]


@router.get(
    "/indikator",
    response=answers(ListingOut),
    url_name="indicators",
    summary=say("Indikator satu kantor dengan targetnya setahun"),
    description=say(
        "Yang berlaku pada akhir tahun. Periode tanpa target tidak disebut."
    ),
)
def listing(request: MemberRequest, asked: Query[AskedYear]) -> ListingOut:
    """Return an office's indicators that hold at the end of a year."""
    at = clock.now()
    office = chosen(organization.visible_planners(request.user, at), asked)
    year = asked.tahun or organization.local_day(at, office).year
    whole = Period(PeriodKind.YEAR, year)
    versions = queries.versions_in_force(office, whole.end)
    codes = [p.code for kind in PeriodKind for p in whole.within(kind)]
    found = queries.targets([v.indicator_id for v in versions], codes)
    return ListingOut(
        kantor=unit_out(office),
        tahun=year,
        indikator=[_listed(version, codes, found) for version in versions],
    )


def _listed(
    version: IndicatorVersion,
    codes: list[str],
    found: dict[tuple[int, str], Promise],
) -> ListedOut:
    row = version.indicator
    return ListedOut(
        id=row.pk,
        kode=row.code,
        jenjang=row.level,
        kelompok=row.group,
        nama=version.name,
        versi=version.number,
        satuan=version.unit_of_measure,
        desimal=version.decimals,
        frekuensi=version.frequency,
        arah=told(queries.way_of(version)),
        target={
            code: aim
            for code in codes
            if (promise := found.get((row.pk, code))) and (aim := aim_out(promise.aim))
        },
    )


@router.get(
    "/indikator/{nomor}",
    response=answers(IndicatorOut),
    url_name="indicator",
    summary=say("Satu indikator: setiap versi definisinya, dan targetnya setahun"),
    description=say(
        "Versi terbaru lebih dahulu; tiap versi menyebut rumus, aturan, dan skalanya."
    ),
)
def indicator(
    request: MemberRequest, nomor: Path[Id], tahun: Query[Year | None] = None
) -> IndicatorOut:
    """Return an indicator with all its versions."""
    at = clock.now()
    units = organization.visible_planners(request.user, at).order_by()
    rows = Indicator.objects.filter(unit__in=units).select_related("unit")
    row = get_object_or_404(rows, pk=nomor)
    versions = queries.versions_of(row)
    year = tahun or organization.local_day(at, row.unit).year
    plan = queries.year_plan(versions, year)
    lines = (plan.baseline, plan.whole, *plan.periods)
    return IndicatorOut(
        id=row.pk,
        kode=row.code,
        kantor=unit_out(row.unit),
        jenjang=row.level,
        kelompok=row.group,
        versi=[version_out(version) for version in versions],
        tahun=year,
        target=[_target(line) for line in lines],
    )


def _target(line: Planned) -> TargetOut:
    parts = [(part.name, aim_out(part.aim)) for part in line.parts]
    return TargetOut(
        jenis=line.kind,
        periode=period_out(line.period),
        target=aim_out(line.aim),
        asal=line.target.origin if line.target else None,
        bagian=[PartOut(nama=name, target=aim) for name, aim in parts if aim],
    )
