"""The indicators of an office file, and what each becomes."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, model_validator

from himpun import formula
from himpun.formula import (
    CapOn,
    Component,
    GradeRule,
    GradeScale,
    OverTime,
    OverUnits,
    Polarity,
    Scale,
    Span,
    ZeroActual,
    ZeroTarget,
)
from himpun.planning.rules import Aim, Definition, Level
from himpun.wording import joined, say
from himpun.worktime.periods import PeriodKind, read_period

from .parts import Bagian, Kode, Teks

SCALES = {scale.name: scale for scale in formula.ACHIEVEMENT_SCALES}
GRADE_SCALES = {scale.name: scale for scale in formula.GRADE_SCALES}


class Kisaran(Bagian):
    """A target that is a range, both bounds included."""

    dari: Decimal
    sampai: Decimal


Sasaran = Annotated[Decimal | Kisaran | Kode, Field(union_mode="left_to_right")]
"""A number, a range, or the code of a grade."""


class Komponen(Bagian):
    """A variable of the formula; ``terendah`` is the lowest value it can have."""

    kode: Kode
    nama: Annotated[str, Field(min_length=1, max_length=200)]
    satuan: Annotated[str, Field(max_length=40)] = ""
    terendah: Decimal | None = None
    agregasi: OverTime = OverTime.SUM


class Indikator(Bagian):
    """An indicator with its targets by period code ("2026", "2026-TW3").

    With ``skala_tingkat`` it is qualitative: its targets are grades.
    """

    kode: Kode
    tingkat: Level
    kelompok: Annotated[str, Field(min_length=1, max_length=200)]
    nama: Teks
    satuan: Kode
    polaritas: Polarity = Polarity.HIGHER
    nol_target: ZeroTarget = ZeroTarget.UNKNOWN
    nol_realisasi: ZeroActual = ZeroActual.UNKNOWN
    batas: Decimal | None = None
    batas_pada: CapOn = CapOn.VALUE
    rumus: str = ""
    komponen: tuple[Komponen, ...] = ()
    frekuensi: PeriodKind
    agregasi: OverTime = OverTime.LAST
    antar_unit: OverUnits = OverUnits.AVERAGE
    skala: str = formula.PERMENDAGRI_86_2017.name
    skala_tingkat: str = ""
    aturan_tingkat: GradeRule = GradeRule.REACHED
    desimal: Annotated[int, Field(ge=0, le=8)] = 2
    penanggung_jawab: Annotated[str, Field(min_length=1, max_length=160)]
    definisi: Teks
    cara_hitung: Teks
    media: Annotated[str, Field(min_length=1, max_length=160)]
    bukti: Teks
    sejak: date
    sumber: Teks
    target: dict[str, Sasaran] = Field(default_factory=dict)
    kondisi_awal: dict[str, Sasaran] = Field(default_factory=dict)

    @property
    def scale(self) -> Scale:
        """The shipped scale that ranks its achievement."""
        return SCALES[self.skala]

    @property
    def grades(self) -> GradeScale | None:
        """The shipped scale of grades of a qualitative indicator."""
        return GRADE_SCALES[self.skala_tingkat] if self.skala_tingkat else None

    def definition(self, order: int) -> Definition:
        """Return what it means, for the action that defines it."""
        return Definition(
            code=self.kode,
            level=self.tingkat,
            group=self.kelompok,
            name=self.nama,
            unit_of_measure=self.satuan,
            polarity=None if self.skala_tingkat else self.polaritas,
            zero_target=self.nol_target,
            zero_actual=self.nol_realisasi,
            cap=self.batas,
            cap_on=self.batas_pada,
            formula=self.rumus,
            components=tuple(
                Component(one.kode, one.nama, one.satuan, one.terendah, one.agregasi)
                for one in self.komponen
            ),
            frequency=self.frekuensi,
            in_charge=self.penanggung_jawab,
            mechanism=self.cara_hitung,
            medium=self.media,
            since=self.sejak,
            origin=self.sumber,
            order=order,
            decimals=self.desimal,
            over_time=self.agregasi,
            over_units=self.antar_unit,
            grade_rule=self.aturan_tingkat,
            definition=self.definisi,
            evidence_rule=self.bukti,
        )

    @model_validator(mode="after")
    def _scales_exist(self) -> "Indikator":
        for key, name, known in (
            ("skala", self.skala, [*SCALES]),
            ("skala_tingkat", self.skala_tingkat or None, [None, *GRADE_SCALES]),
        ):
            if name not in known:
                names = joined([one for one in known if one], ", ")
                raise ValueError(
                    say(
                        "%(key)s: pilih salah satu dari %(known)s", key=key, known=names
                    )
                )
        return self

    @model_validator(mode="after")
    def _targets_are_targets(self) -> "Indikator":
        for key, sasaran in (
            ("target", self.target),
            ("kondisi_awal", self.kondisi_awal),
        ):
            for code, one in sasaran.items():
                _check_period(code)
                if isinstance(one, str) and not self.skala_tingkat:
                    raise ValueError(
                        say(
                            "%(key)s, %(code)s: tulis angka dengan titik desimal, "
                            "misalnya 91.33",
                            key=key,
                            code=code,
                        )
                    )
                if isinstance(one, Kisaran) and one.sampai < one.dari:
                    raise ValueError(
                        say(
                            "%(key)s, %(code)s: batas atas lebih kecil daripada batas "
                            "bawah",
                            key=key,
                            code=code,
                        )
                    )
        return self


def _check_period(code: str) -> None:
    try:
        read_period(code)
    except ValueError:
        raise ValueError(
            say(
                "periode %(code)s tidak dikenal; tulis misalnya 2026 atau 2026-TW3",
                code=repr(code),
            )
        ) from None


def aim(one: Decimal | Kisaran | str) -> Aim:
    """Return a target of the file as planning takes it."""
    return Span(one.dari, one.sampai) if isinstance(one, Kisaran) else one
