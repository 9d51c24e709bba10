"""Forms of SOP and case pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import OfficeForm
from himpun.sop.migration import proposal
from himpun.worktime.periods import Period, PeriodKind, period_of, read_period

from . import queries
from .rules import Criterion, EvaluationResult

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from himpun.organization.models import Official, Position, Unit
    from himpun.sop.plan import Plan

    from .models import Evaluation, ProcedureVersion
    from .queries.evaluation import Question

OFFERED = {
    PeriodKind.YEAR: 5,
    PeriodKind.SEMESTER: 4,
    PeriodKind.QUARTER: 8,
    PeriodKind.MONTH: 12,
}
"""How many periods of each length the start page offers, the present one first."""
LONGEST_REASON = 1000


def offered_periods(
    today: date, *, ahead: bool = False
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the periods that have begun, and with ``ahead`` the next, by length."""
    groups = []
    for kind, many in OFFERED.items():
        period = period_of(kind, today)
        coming = period.after()
        rows = [(coming.code, str(coming.label))] if ahead else []
        for _n in range(many):
            rows.append((period.code, period.label))
            period = period.before()
        groups.append((kind.value.capitalize(), rows))
    return groups


class StartForm(OfficeForm):
    """Which SOP, for which period."""

    version = forms.ChoiceField(
        label=lazy("SOP"),
        error_messages={
            "required": lazy("Pilih SOP."),
            "invalid_choice": lazy("SOP itu tidak dapat dimulai di sini. Pilih lagi."),
        },
    )
    period = forms.ChoiceField(
        label=lazy("Periode"),
        help_text=lazy("Masa yang data kinerjanya dikumpulkan."),
        error_messages={
            "required": lazy("Pilih periode."),
            "invalid_choice": lazy("Periode itu tidak ada dalam daftar. Pilih lagi."),
        },
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        versions: Iterable[ProcedureVersion],
        today: date,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        version, period = self.fields["version"], self.fields["period"]
        version.choices = [  # type: ignore[attr-defined]  # a ChoiceField's own
            (str(v.pk), f"{v.procedure.name} ({v.procedure.unit.name})")
            for v in versions
        ]
        ahead = any(queries.plan_of_version(v).ahead for v in versions)
        offered = offered_periods(today, ahead=ahead)
        period.choices = [("", _("Pilih periode")), *offered]  # type: ignore[attr-defined]  # a ChoiceField's own

    def clean_period(self) -> Period:
        """Return the period behind the chosen code."""
        return read_period(self.cleaned_data["period"])


class ReasonForm(OfficeForm):
    """Why. How short a reason may be is the action's business."""

    reason = forms.CharField(
        label=lazy("Alasan"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=lazy("Paling sedikit 10 huruf. Tercatat dan tercetak."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": lazy("Alasan paling panjang 1000 huruf.")},
    )


class ReturnForm(ReasonForm):
    """To which step, and why."""

    field_order = ("to", "reason")
    to = forms.ChoiceField(
        label=lazy("Kembalikan ke"),
        error_messages={
            "required": lazy("Pilih langkah."),
            "invalid_choice": lazy("SOP ini tidak mengatur pengembalian ke sana."),
        },
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        targets: list[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = targets  # type: ignore[attr-defined]  # a ChoiceField's own


class PauseForm(ReasonForm):
    """For whom a row waits, and why."""

    field_order = ("waits_for", "reason")
    waits_for = forms.CharField(
        label=lazy("Yang ditunggu"),
        max_length=160,
        required=False,
        help_text=lazy("Orang atau instansi di luar kantor, misalnya Dinas Kesehatan."),
        error_messages={"max_length": lazy("Nama paling panjang 160 huruf.")},
    )


class AssignForm(ReasonForm):
    """To whom a task goes, and why."""

    field_order = ("to", "reason")
    to = forms.ChoiceField(
        label=lazy("Alihkan ke"),
        help_text=lazy(
            "Hanya yang ada hari ini. Satu pejabat, atau semua di jabatannya."
        ),
        error_messages={
            "required": lazy("Pilih jabatan atau pejabat."),
            "invalid_choice": lazy("Itu tidak ada dalam daftar. Pilih lagi."),
        },
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        positions: Iterable[Position],
        officials: Iterable[Official],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known: dict[str, Position | Official] = {
            **{f"jabatan-{p.pk}": p for p in positions},
            **{f"pejabat-{o.pk}": o for o in officials},
        }
        seats = [(f"jabatan-{p.pk}", p.title) for p in positions]
        people = [(f"pejabat-{o.pk}", f"{o.person.name}, {o}") for o in officials]
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # a ChoiceField's own
            ("", _("Pilih")),
            (_("Jabatan"), seats),
            (_("Pejabat"), people),
        ]

    def clean_to(self) -> Position | Official:
        """Return what the choice names."""
        return self.known[self.cleaned_data["to"]]


class ExceptionForm(ReasonForm):
    """Why the maker of a row may approve it, and on which letter."""

    letter = forms.CharField(
        label=lazy("Nomor surat kabupaten"),
        max_length=120,
        required=False,
        help_text=lazy("Wajib bila administrator kabupaten yang memutuskan."),
        error_messages={"max_length": lazy("Nomor surat paling panjang 120 huruf.")},
    )


class MoveForm(ReasonForm):
    """Where each step of the old version goes in the new one, and why."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        plans: tuple[Plan, Plan],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        old, new = plans
        proposed = proposal(old, new)
        targets = [(s.id, f"{s.number}. {s.activity}") for s in new.steps]
        self.steps = [step.id for step in old.steps]
        for step in old.steps:
            self.fields[f"ke-{step.id}"] = forms.ChoiceField(
                label=f"{step.number}. {step.activity}",
                choices=[("", _("Tidak ada padanannya")), *targets],
                initial=proposed.get(step.id, ""),
                required=False,
                widget=forms.Select(attrs={"class": "in"}),
                error_messages={
                    "invalid_choice": lazy("Langkah itu tidak ada. Pilih lagi.")
                },
            )

    def targets(self) -> list[forms.BoundField]:
        """Return a field for each step of the old version."""
        return [self[f"ke-{step}"] for step in self.steps]

    @property
    def way(self) -> dict[str, str]:
        """The map from old steps to new ones, as it was sent."""
        chosen = {step: self.cleaned_data[f"ke-{step}"] for step in self.steps}
        return {step: to for step, to in chosen.items() if to}


class CapForm(ReasonForm):
    """How often a step may be returned in this one case."""

    field_order = ("limit", "reason")
    limit = forms.IntegerField(
        label=lazy("Batas yang baru"),
        min_value=1,
        max_value=99,
        error_messages={
            "required": lazy("Tulis batas baru."),
            "invalid": lazy("Tulis bilangan bulat."),
            "min_value": lazy("Batas paling sedikit 1."),
            "max_value": lazy("Batas paling banyak 99."),
        },
    )


class FileForm(OfficeForm):
    """One file."""

    file = forms.FileField(
        label=lazy("Berkas"),
        max_length=200,
        error_messages={
            "required": lazy("Pilih berkas lebih dahulu."),
            "empty": lazy("Berkas ini kosong. Pilih berkas lain."),
            "max_length": lazy("Nama berkas terlalu panjang. Pendekkan namanya."),
        },
    )


ANSWERS = {True: "ya", False: "tidak", None: ""}
"""What the form shows for an answer that was kept."""


class EvaluationForm(OfficeForm):
    """Yes or no and a remark for each question, and what becomes of the SOP."""

    hasil = forms.ChoiceField(
        label=lazy("Hasil evaluasi"),
        choices=[
            (EvaluationResult.KEEP.value, lazy("SOP dipertahankan")),
            (EvaluationResult.REVISE.value, lazy("SOP diperbaiki")),
            (EvaluationResult.WITHDRAW.value, lazy("SOP dicabut")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": lazy("Pilih hasil evaluasi."),
            "invalid_choice": lazy("Pilih hasil evaluasi."),
        },
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        questions: Iterable[Question],
        kept: Evaluation | None,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        if kept:
            self.fields["hasil"].initial = kept.result
        for question in questions:
            name = question.criterion.value
            self.fields[name] = forms.ChoiceField(
                label=question.text,
                choices=[("ya", lazy("Ya")), ("tidak", lazy("Tidak"))],
                widget=forms.RadioSelect,
                required=False,
                initial=ANSWERS[question.yes],
                error_messages={"invalid_choice": lazy("Jawab ya atau tidak.")},
            )
            self.fields[f"{name}-catatan"] = forms.CharField(
                label=_("Catatan: %(question)s") % {"question": question.text},
                required=False,
                max_length=LONGEST_REASON,
                initial=question.remark,
                widget=forms.TextInput(attrs={"class": "in"}),
                error_messages={
                    "max_length": lazy("Catatan paling panjang 1000 huruf.")
                },
            )

    def rows(
        self, questions: Iterable[Question]
    ) -> list[tuple[Question, forms.BoundField, forms.BoundField]]:
        """Return each question with its two fields."""
        return [
            (q, self[q.criterion.value], self[f"{q.criterion.value}-catatan"])
            for q in questions
        ]

    def answers(self) -> dict[Criterion, tuple[bool, str]]:
        """Return what was answered; a question left open is left out."""
        data = self.cleaned_data
        return {
            criterion: (data[criterion] == "ya", data[f"{criterion}-catatan"])
            for criterion in Criterion
            if data[criterion]
        }

    def result(self) -> EvaluationResult:
        """Return what becomes of the SOP."""
        return EvaluationResult(self.cleaned_data["hasil"])


class BeginForm(OfficeForm):
    """How a draft of an SOP begins: a file, a version in force, a template, nothing."""

    way = forms.ChoiceField(
        label=lazy("Mulai dari"),
        choices=[
            ("berkas", lazy("Berkas SOP (Word, Excel, teks, BPMN, YAML)")),
            ("berlaku", lazy("SOP yang berlaku di kantor ini")),
            ("templat", lazy("Templat dari Himpun")),
            ("kosong", lazy("Formulir kosong")),
        ],
        initial="berkas",
        widget=forms.RadioSelect,
        error_messages={
            "required": lazy("Pilih dari mana draf dimulai."),
            "invalid_choice": lazy("Pilih salah satu cara."),
        },
    )
    office = forms.ChoiceField(
        label=lazy("Kantor"),
        error_messages={
            "required": lazy("Pilih kantor."),
            "invalid_choice": lazy("Anda tidak menulis SOP untuk kantor itu."),
        },
    )
    file = forms.FileField(
        label=lazy("Berkas"),
        required=False,
        max_length=200,
        help_text=lazy("DOCX, XLSX, TXT, BPMN, atau YAML, paling besar 10 MB."),
        error_messages={
            "empty": lazy("Berkas ini kosong. Pilih berkas lain."),
            "max_length": lazy("Nama berkas terlalu panjang. Pendekkan namanya."),
        },
    )
    version = forms.ChoiceField(
        label=lazy("SOP yang berlaku"),
        required=False,
        error_messages={"invalid_choice": lazy("SOP itu tidak berlaku lagi.")},
    )
    template = forms.ChoiceField(
        label=lazy("Templat"),
        required=False,
        error_messages={"invalid_choice": lazy("Templat itu tidak ada.")},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        offices: Iterable[Unit],
        versions: Iterable[ProcedureVersion],
        templates: list[tuple[str, str]],
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(office.pk): office for office in offices}
        self.versions = {str(version.pk): version for version in versions}
        chosen = {
            "office": [(pk, office.name) for pk, office in self.offices.items()],
            "version": [
                ("", _("Pilih SOP")),
                *(
                    (pk, f"{v.procedure.name} ({v.procedure.unit.name})")
                    for pk, v in self.versions.items()
                ),
            ],
            "template": [("", _("Pilih templat")), *templates],
        }
        for name, choices in chosen.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's own

    def clean_office(self) -> Unit:
        """Return the office behind the chosen number."""
        return self.offices[self.cleaned_data["office"]]

    def clean_version(self) -> ProcedureVersion | None:
        """Return the version behind the chosen number."""
        return self.versions.get(self.cleaned_data["version"])

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen way needs."""
        typed = super().clean() or {}
        needed = {
            "berkas": ("file", _("Pilih berkas lebih dahulu.")),
            "berlaku": ("version", _("Pilih SOP yang berlaku.")),
            "templat": ("template", _("Pilih templat.")),
        }
        name, sentence = needed.get(typed.get("way", ""), ("", ""))
        if name and not typed.get(name) and name not in self.errors:
            self.add_error(name, sentence)
        return typed
