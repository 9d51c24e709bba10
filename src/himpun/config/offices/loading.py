"""Putting an office file into force by the ordinary actions, all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from himpun import sop, worktime
from himpun.ledger.rules import SYSTEM
from himpun.organization import actions
from himpun.organization.models import Person, Position, Tenant, Unit
from himpun.organization.rules import UnitKind
from himpun.planning import actions as planning
from himpun.planning.rules import AimKind
from himpun.procedures import actions as procedures
from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import read_period

from .indicators import aim

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from himpun.procedures.models import ProcedureVersion

    from . import form


@dataclass
class Office:
    """What was made: positions by their ``kunci``, people by their ``akun``."""

    unit: Unit
    regency: Unit
    positions: dict[str, Position] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    procedures: list[ProcedureVersion] = field(default_factory=list)


@transaction.atomic
def load(kantor: form.Kantor, *, beside: Path | None = None, at: datetime) -> Office:
    """Make the office; raises Refusal, and then nothing of it was made.

    ``beside`` is the folder in which SOP files are looked for; None: shipped SOPs only.
    The kabupaten may be there already, the office may not.
    """
    regency = _regency(kantor.kabupaten, at)
    units = _units(kantor, regency, at)
    office = Office(units[kantor.kantor.kode], regency)
    for seat in kantor.jabatan:
        office.positions[seat.kunci] = actions.create_position(
            units[seat.unit or kantor.kantor.kode],
            seat.jenis,
            seat.nama,
            superior=office.positions.get(seat.atasan or ""),
            at=at,
        )
    for row in kantor.pegawai:
        _employ(office, row, at)
    calendar = worktime.shipped_calendar(kantor.zona)
    actions.set_calendar(office.unit, calendar, by=SYSTEM, at=at)
    for one in kantor.sop:
        office.procedures.append(_adopt(office, one, beside, at))
    if kantor.perencana:
        _plan(office, kantor, office.people[kantor.perencana], at)
    return office


def _regency(kabupaten: form.Kabupaten, at: datetime) -> Unit:
    tenant = Tenant.objects.filter(code=kabupaten.kode).first()
    if tenant is None:
        code, name = kabupaten.kode, kabupaten.nama
        return actions.create_tenant(code, name, kabupaten.singkat, at=at)
    if tenant.name != kabupaten.nama:
        raise Refusal(
            say("Kode %(code)s sudah dipakai %(name)s. Periksa kode kabupatennya."),
            code=kabupaten.kode,
            name=tenant.name,
        )
    return tenant.units.get(kind=UnitKind.REGENCY)


def _units(kantor: form.Kantor, regency: Unit, at: datetime) -> dict[str, Unit]:
    if Unit.objects.filter(tenant=regency.tenant, code=kantor.kantor.kode).exists():
        raise Refusal(
            say("%(name)s (%(code)s) sudah ada. Tidak ada yang diubah."),
            name=kantor.kantor.nama,
            code=kantor.kantor.kode,
        )
    units = {kantor.kabupaten.kode: regency}
    desa = [row.model_copy(update={"jenis": UnitKind.VILLAGE}) for row in kantor.desa]
    for row in (kantor.kantor, *kantor.bagian, *desa):
        top = kantor.kabupaten.kode if row is kantor.kantor else kantor.kantor.kode
        units[row.kode] = actions.create_unit(
            units[row.induk or top],
            row.jenis,
            row.kode,
            row.nama,
            short_name=row.singkat or row.kode.lower().replace(".", "-"),
            address=row.alamat,
            at=at,
        )
    return units


def _employ(office: Office, row: form.Pegawai, at: datetime) -> None:
    if Person.objects.filter(username=row.akun).exists():
        raise Refusal(
            say("Nama pengguna %(name)s sudah dipakai. Pilih yang lain."), name=row.akun
        )
    person = Person.objects.create_user(
        row.akun, name=row.nama, nip=row.nip, rank=row.pangkat
    )
    actions.appoint(
        person,
        office.positions[row.jabatan],
        status=row.status,
        since=row.sejak,
        until=row.sampai,
        letter=row.surat,
        at=at,
    )
    office.people[row.akun] = person


def _adopt(
    office: Office, one: form.Sop, beside: Path | None, at: datetime
) -> ProcedureVersion:
    return procedures.adopt(
        office.unit,
        _source(one.berkas, beside),
        {
            actor: [office.positions[seat] for seat in seats]
            for actor, seats in one.pelaksana.items()
        },
        by=SYSTEM,
        at=at,
        mark=one.tanda,
    )


def _source(name: str, beside: Path | None) -> bytes:
    shipped = sop.shipped()
    if name in shipped:
        return shipped[name]
    try:
        if beside is not None:
            return (beside / name).read_bytes()
    except OSError:
        pass
    raise Refusal(
        say("Berkas SOP %(name)s tidak ditemukan. SOP bawaan: %(known)s."),
        name=name,
        known=", ".join(shipped),
    )


def _plan(office: Office, kantor: form.Kantor, by: Person, at: datetime) -> None:
    for order, row in enumerate(kantor.indikator, 1):
        version = planning.define_indicator(
            office.unit,
            row.definition(order),
            scale=planning.keep_scale(row.scale),
            grade_scale=planning.keep_grades(row.grades) if row.grades else None,
            by=by,
            at=at,
        )
        for kind, planned in (
            (AimKind.TARGET, row.target),
            (AimKind.BASELINE, row.kondisi_awal),
        ):
            for code, one in planned.items():
                planning.set_target(
                    version.indicator,
                    read_period(code),
                    aim(one),
                    kind=kind,
                    origin=row.sumber,
                    by=by,
                    at=at,
                )
