"""What an indicator and a target look like in the API."""

from datetime import date

from himpun.formula import Span
from himpun.shared.api import Number, PeriodOut, Shape, number
from himpun.shared.http import told
from himpun.worktime.periods import Period

from .. import queries
from ..models import IndicatorVersion
from ..models.scales import KeptScale
from ..rules import Aim


class AimOut(Shape):
    """A target: a number, a range (``dari`` and ``sampai``), or a grade; one of them."""

    nilai: Number | None = None
    dari: Number | None = None
    sampai: Number | None = None
    tingkat: str | None = None


class RuleOut(Shape):
    """What turns target and realisasi into a capaian.

    ``polaritas`` is empty for an indicator of grades, which has ``aturan_tingkat``.
    """

    arah: str
    polaritas: str | None
    target_nol: str
    realisasi_nol: str
    batas: Number | None
    batas_pada: str
    aturan_tingkat: str | None


class ScaleOut(Shape):
    """A named, versioned scale and where it comes from."""

    nama: str
    versi: int
    sumber: str


class ComponentOut(Shape):
    """A variable of a formula."""

    kode: str
    nama: str
    satuan: str
    terendah: Number | None
    gabungan_waktu: str


class VersionOut(Shape):
    """What an indicator means from a day on."""

    nomor: int
    berlaku_sejak: date
    nama: str
    definisi: str
    satuan: str
    desimal: int
    aturan: RuleOut
    rumus: str | None
    komponen: list[ComponentOut]
    gabungan_waktu: str
    gabungan_unit: str
    frekuensi: str
    penanggung_jawab: str
    cara_perhitungan: str
    media: str
    skala: ScaleOut
    skala_tingkat: ScaleOut | None
    asal: str


def aim_out(aim: Aim | None) -> AimOut | None:
    """Return a target; null where none was set."""
    if aim is None:
        return None
    if isinstance(aim, Span):
        return AimOut(dari=number(aim.low), sampai=number(aim.high))
    if isinstance(aim, str):
        return AimOut(tingkat=aim)
    return AimOut(nilai=number(aim))


def period_out(period: Period) -> PeriodOut:
    """Return a period with its name and days."""
    return PeriodOut(
        kode=period.code,
        nama=told(period.label),
        mulai=period.start,
        selesai=period.end,
    )


def rule_out(version: IndicatorVersion) -> RuleOut:
    """Return by which rule a version is measured."""
    graded = version.grade_scale_id is not None
    return RuleOut(
        arah=told(queries.way_of(version)),
        polaritas=version.polarity or None,
        target_nol=version.zero_target,
        realisasi_nol=version.zero_actual,
        batas=number(version.cap),
        batas_pada=version.cap_on,
        aturan_tingkat=version.grade_rule if graded else None,
    )


def scale_out(scale: KeptScale) -> ScaleOut:
    """Return a scale by its name and version."""
    return ScaleOut(nama=scale.name, versi=scale.version, sumber=scale.source)


def version_out(version: IndicatorVersion) -> VersionOut:
    """Return a version; its scales and components are read with it."""
    kept = version.grade_scale
    return VersionOut(
        nomor=version.number,
        berlaku_sejak=version.since,
        nama=version.name,
        definisi=version.definition,
        satuan=version.unit_of_measure,
        desimal=version.decimals,
        aturan=rule_out(version),
        rumus=version.formula or None,
        komponen=[
            ComponentOut(
                kode=one.code,
                nama=one.name,
                satuan=one.unit,
                terendah=number(one.least),
                gabungan_waktu=one.over_time,
            )
            for one in version.components.all()
        ],
        gabungan_waktu=version.over_time,
        gabungan_unit=version.over_units,
        frekuensi=version.frequency,
        penanggung_jawab=version.in_charge,
        cara_perhitungan=version.mechanism,
        media=version.medium,
        skala=scale_out(version.scale),
        skala_tingkat=scale_out(kept) if kept else None,
        asal=version.origin,
    )
