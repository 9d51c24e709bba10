"""The form of an indicator, new or in a new version, and a row of its components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.formula import (
    CAP_ON,
    GRADE_RULES,
    OVER_TIME,
    OVER_UNITS,
    ZERO_ACTUAL,
    ZERO_TARGET,
    CapOn,
    Component,
    GradeRule,
    OverTime,
    OverUnits,
    Polarity,
    ZeroActual,
    ZeroTarget,
)
from himpun.shared.forms import OfficeForm
from himpun.shared.http import told
from himpun.wording import opened
from himpun.worktime.periods import PeriodKind

from .. import rules
from ..rules import Definition, Level, Purpose
from .fields import DayField, LineField, LinesField, NumberField, chosen, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from himpun.formula import GradeScale, Scale
    from himpun.shared.forms import Words

MOST_COMPONENTS = 20
QUALITATIVE = "tingkat"
"""The choice of direction that means: judged on a scale of grades."""
OF_THE_INDICATOR = ("level", "group", "code", "order")
"""What belongs to the indicator itself: no version changes it."""
DIRECTIONS: tuple[tuple[str, Words], ...] = (
    ("", lazy("Pilih")),
    *((polarity.value, words) for polarity, words in rules.POLARITY_WORDS.items()),
    (QUALITATIVE, lazy("kualitatif: tingkat pada skala, misalnya WTP atau predikat")),
)
PURPOSES = (
    (Purpose.FUTURE.value, lazy("Mengubah mulai periode ini atau sesudahnya")),
    (Purpose.PAST.value, lazy("Membetulkan yang lalu")),
)


class ComponentForm(OfficeForm):
    """A variable of the formula; an empty row is none. ``example`` is for the sample."""

    code = LineField(label=lazy("Kode"), max_length=40)
    name = LineField(label=lazy("Nama"), max_length=200)
    unit = LineField(label=lazy("Satuan"), max_length=40, required=False)
    least = NumberField(label=lazy("Nilai terendah"))
    over_time = chosen(lazy("Setahun"), named(OVER_TIME), initial=OverTime.SUM.value)
    example = NumberField(label=lazy("Contoh angka"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's own signature
        super().__init__(*args, empty_permitted=True, **kwargs)
        for name in ("code", "name"):
            self.fields[name].error_messages["required"] = lazy(
                "Isi, atau hapus baris."
            )

    @property
    def component(self) -> Component | None:
        """What was filled in; None for an empty row."""
        data = self.cleaned_data
        if not data.get("code"):
            return None
        return Component(
            data["code"],
            data["name"],
            data["unit"],
            data["least"],
            OverTime(data["over_time"]),
        )


class DefinitionForm(OfficeForm):
    """All that an indicator means; ``revises``: a new version of one that is there."""

    level = chosen(
        lazy("Tingkat dalam rencana"),
        [(level.value, opened(words)) for level, words in rules.LEVEL_WORDS.items()],
        initial=Level.OUTCOME.value,
    )
    group = LineField(
        label=lazy("Tujuan, sasaran, atau program yang diukur"),
        max_length=200,
        help_text=lazy("Contoh: Meningkatnya kualitas pelayanan publik kecamatan"),
    )
    code = LineField(
        label=lazy("Kode indikator"), max_length=40, help_text=lazy("Contoh: IKU-1")
    )
    order = forms.IntegerField(
        label=lazy("Urutan cetak"),
        min_value=0,
        max_value=999,
        required=False,
        help_text=lazy("Contoh: 1. Boleh kosong."),
    )
    name = LineField(
        label=lazy("Nama indikator"),
        max_length=300,
        help_text=lazy("Contoh: Indeks Kepuasan Masyarakat"),
    )
    definition = LinesField(
        label=lazy("Definisi"),
        max_length=2000,
        required=False,
        help_text=lazy("Apa yang dihitung, apa yang tidak. Boleh kosong."),
    )
    unit_of_measure = LineField(
        label=lazy("Satuan"), max_length=40, help_text=lazy("Contoh: %, nilai, desa")
    )
    decimals = forms.IntegerField(
        label=lazy("Angka di belakang koma"), min_value=0, max_value=8, initial=2
    )
    polarity = chosen(
        lazy("Arah"),
        DIRECTIONS,
        help_text=lazy("Kapan dikatakan baik. Ini menentukan rumus capaian."),
    )
    grade_scale = chosen(
        lazy("Skala tingkat"),
        [],
        required=False,
        help_text=lazy("Hanya untuk indikator kualitatif."),
    )
    grade_rule = chosen(
        lazy("Capaian tingkat"),
        [(rule.value, choice.name) for rule, choice in GRADE_RULES.items()],
        required=False,
        help_text=lazy("Hanya untuk indikator kualitatif."),
    )
    zero_target = chosen(
        lazy("Bila target 0"),
        [(zero.value, choice.name) for zero, choice in ZERO_TARGET.items()],
        required=False,
    )
    zero_actual = chosen(
        lazy("Bila realisasi 0"),
        [(zero.value, choice.name) for zero, choice in ZERO_ACTUAL.items()],
        required=False,
        help_text=lazy("Dipakai bila target dibagi realisasi."),
    )
    cap = NumberField(
        label=lazy("Batas capaian (%)"),
        help_text=lazy("Contoh: 120. Kosong berarti tidak dibatasi."),
    )
    cap_on = chosen(lazy("Batas itu berlaku untuk"), named(CAP_ON), required=False)
    scale = chosen(lazy("Skala peringkat capaian"), [])
    formula = LineField(
        label=lazy("Rumus"),
        max_length=2000,
        required=False,
        help_text=lazy(
            "Contoh: persen(selesai; masuk). Kosong berarti angkanya diisi langsung."
        ),
    )
    over_time = chosen(
        lazy("Nilai setahun dari periodenya"),
        named(OVER_TIME),
        initial=OverTime.LAST.value,
    )
    over_units = chosen(
        lazy("Nilai gabungan beberapa unit"),
        named(OVER_UNITS),
        initial=OverUnits.AVERAGE.value,
    )
    frequency = chosen(
        lazy("Frekuensi"),
        [(kind.value, opened(words)) for kind, words in rules.FREQUENCY_WORDS.items()],
        initial=PeriodKind.QUARTER.value,
    )
    in_charge = LineField(
        label=lazy("Penanggung jawab"),
        max_length=160,
        help_text=lazy("Jabatannya, bukan nama orang. Contoh: Kasi Pelayanan Umum"),
    )
    mechanism = LinesField(
        label=lazy("Mekanisme perhitungan"),
        max_length=2000,
        help_text=lazy("Contoh: Nilai survei kepuasan pada akhir triwulan"),
    )
    medium = LineField(
        label=lazy("Media"),
        max_length=160,
        help_text=lazy("Dari mana angkanya. Contoh: Laporan hasil survei"),
    )
    evidence_required = forms.BooleanField(
        label=lazy("Bukti wajib dilampirkan"), required=False, initial=True
    )
    evidence_rule = LineField(
        label=lazy("Bukti yang diminta"),
        max_length=300,
        required=False,
        help_text=lazy("Contoh: Laporan survei yang ditandatangani"),
    )
    since = DayField(
        label=lazy("Berlaku sejak"),
        help_text=lazy(
            "Hari pertama periode. Periode diukur dengan versi hari terakhirnya."
        ),
    )
    origin = LineField(
        label=lazy("Asal teks"),
        max_length=300,
        help_text=lazy("Contoh: Renstra Kecamatan 2025-2029, tabel 4.1"),
    )
    purpose = forms.ChoiceField(
        label=lazy("Untuk apa versi baru ini"),
        choices=PURPOSES,
        widget=forms.RadioSelect,
        error_messages={
            "required": lazy("Pilih salah satu."),
            "invalid_choice": lazy("Pilih salah satu."),
        },
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        scales: Sequence[Scale],
        grade_scales: Sequence[GradeScale],
        revises: bool,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scales = {_key(scale): scale for scale in scales}
        self.grade_scales = {_key(scale): scale for scale in grade_scales}
        offered: dict[str, Iterable[tuple[str, Any]]] = {
            "scale": _names(self.scales),
            "grade_scale": [("", lazy("tidak dipakai")), *_names(self.grade_scales)],
        }
        for name, choices in offered.items():
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a ChoiceField's own
        for name in OF_THE_INDICATOR if revises else ("purpose",):
            del self.fields[name]
        for field in self.fields.values():
            field.error_messages.setdefault("required", lazy("Bagian ini belum diisi."))
            if (
                field.error_messages["required"]
                == forms.Field.default_error_messages["required"]
            ):
                field.error_messages["required"] = lazy("Bagian ini belum diisi.")

    def clean_purpose(self) -> str:
        """Answer who wants to correct the past with what to do instead."""
        if self.cleaned_data["purpose"] == Purpose.PAST.value:
            raise ValidationError(told(rules.INSTEAD))
        return str(self.cleaned_data["purpose"])

    def clean(self) -> dict[str, Any]:
        """Ask for the scale that the direction needs."""
        data = self.cleaned_data
        qualitative = data.get("polarity") == QUALITATIVE
        if qualitative and not data.get("grade_scale"):
            self.add_error(
                "grade_scale", lazy("Pilih skala untuk indikator kualitatif.")
            )
        return data

    @property
    def chosen_scale(self) -> Scale:
        """The scale of ranks that was chosen."""
        return self.scales[self.cleaned_data["scale"]]

    @property
    def chosen_grades(self) -> GradeScale | None:
        """The scale of grades that was chosen, None without one."""
        return self.grade_scales.get(self.cleaned_data["grade_scale"])

    def definition_with(
        self, components: tuple[Component, ...], known: Definition | None
    ) -> Definition:
        """Return what was filled in; ``known`` is the version before, if any."""
        data = dict(self.cleaned_data)
        if known is not None:
            data |= {name: getattr(known, name) for name in OF_THE_INDICATOR}
        polarity = data["polarity"]
        return Definition(
            code=data["code"],
            level=Level(data["level"]),
            group=data["group"],
            order=data["order"] or 0,
            name=data["name"],
            definition=data["definition"],
            unit_of_measure=data["unit_of_measure"],
            decimals=data["decimals"],
            polarity=None if polarity == QUALITATIVE else Polarity(polarity),
            zero_target=ZeroTarget(data["zero_target"] or "unknown"),
            zero_actual=ZeroActual(data["zero_actual"] or "unknown"),
            cap=data["cap"],
            cap_on=CapOn(data["cap_on"] or "value"),
            formula=data["formula"],
            components=components,
            over_time=OverTime(data["over_time"]),
            over_units=OverUnits(data["over_units"]),
            frequency=PeriodKind(data["frequency"]),
            in_charge=data["in_charge"],
            mechanism=data["mechanism"],
            medium=data["medium"],
            evidence_rule=data["evidence_rule"],
            evidence_required=data["evidence_required"],
            grade_rule=GradeRule(data["grade_rule"] or GradeRule.REACHED.value),
            since=data["since"],
            origin=data["origin"],
        )


class PlaceForm(OfficeForm):
    """Where an indicator stands in the plan and in print."""

    level = DefinitionForm.base_fields["level"]
    group = DefinitionForm.base_fields["group"]
    order = DefinitionForm.base_fields["order"]


def _key(scale: Scale | GradeScale) -> str:
    return f"{scale.name}|{scale.version}"


def _names(
    scales: dict[str, Any],
) -> list[tuple[str, str]]:
    return [(key, _words(scale)) for key, scale in scales.items()]


def _words(scale: Scale | GradeScale) -> str:
    """Return how a scale is offered; a first version does not name its number."""
    if scale.version == 1:
        return f"{scale.name} ({scale.source})"
    said = _("%(name)s versi %(version)s (%(source)s)")
    named = {"name": scale.name, "version": scale.version}
    return said % {**named, "source": scale.source}


def initial_of(
    definition: Definition, scale: str, grade_scale: str
) -> dict[str, object]:
    """Return the fields as a version says; ``scale`` is "name|version" of its scale."""
    shown = {
        name: getattr(definition, name)
        for name in DefinitionForm.base_fields
        if hasattr(definition, name)
    }
    polarity = definition.polarity
    return shown | {
        "polarity": polarity.value if polarity else QUALITATIVE,
        "cap": rules.write_aim(definition.cap),
        "scale": scale,
        "grade_scale": grade_scale,
    }
