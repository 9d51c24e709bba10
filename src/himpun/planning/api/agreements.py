"""Perjanjian Kinerja with their annex and rencana aksi."""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router

from himpun.organization import queries as organization
from himpun.organization.api import office_asked, unit_out
from himpun.shared import clock
from himpun.shared.api import AskedYear, Id, Shape, UnitOut, answers
from himpun.shared.http import MemberRequest
from himpun.shared.refusals import say

from .. import queries
from ..models import PerjanjianKinerja
from .documents import FundedOut, PinnedOut, funded, pinned
from .shapes import AimOut, aim_out

router = Router(tags=["Rencana"])


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


@router.get(
    "/perjanjian-kinerja",
    response=answers(AgreementsOut),
    url_name="agreements",
    summary=say("Perjanjian Kinerja para pejabat satu kantor"),
    description=say("Setiap versi; lampirannya pada alamat masing-masing."),
)
def agreements(request: MemberRequest, asked: Query[AskedYear]) -> AgreementsOut:
    """Return all versions of a year's Perjanjian Kinerja."""
    office, day = office_asked(request, asked)
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
        indikator=[pinned(one) for one in rows],
        program=[funded(one) for one in row.programmes.all()],
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
