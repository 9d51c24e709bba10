"""The form of a Perjanjian Kinerja: parties, day, and what is chosen for its annex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.organization.rules import PositionKind
from himpun.shared.http import told

from .. import queries, rules
from ..rules import AgreementDraft, RevisionReason
from .fields import DayField, LineField, NumberedForm, chosen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms.boundfield import BoundWidget

    from himpun.organization.models import Position, Unit

    from ..models import PerjanjianKinerja

REASONS = {
    RevisionReason.OFFICIAL: lazy("Pergantian atau mutasi pejabat"),
    RevisionReason.STRATEGY: lazy(
        "Perubahan strategi yang memengaruhi tujuan dan sasaran: program, kegiatan, "
        "alokasi anggaran"
    ),
    RevisionReason.PRIORITY: lazy(
        "Perubahan prioritas atau asumsi yang berakibat signifikan"
    ),
}
"""The three reasons of PermenPANRB 53/2014."""
NOTE = "ket-"
"""Before the id of a programme: the name of its Keterangan."""


@dataclass(frozen=True)
class ProgrammeChoice:
    """A programme that can be ticked, with its budget and, in a PK, its Keterangan."""

    choice: BoundWidget
    depth: int
    budget: int | None
    note: forms.BoundField | None = None

    @property
    def ticked(self) -> bool:
        """Whether it is chosen now."""
        return bool(self.choice.data["selected"])


def grouped(
    rows: Iterable[ProgrammeChoice],
) -> list[tuple[ProgrammeChoice, list[ProgrammeChoice]]]:
    """Return each programme with what follows it further in."""
    found: list[tuple[ProgrammeChoice, list[ProgrammeChoice]]] = []
    for row in rows:
        if row.depth == 0 or not found:
            found.append((row, []))
        else:
            found[-1][1].append(row)
    return found


class AgreementForm(NumberedForm):
    """A PK of a year, new or the next version of ``row`` with its legal reason.

    Only what has a target, or a pagu, can be chosen. ``number`` is the version that the
    page showed.
    """

    reason = chosen(
        lazy("Alasan perubahan"),
        [(reason.value, words) for reason, words in REASONS.items()],
        widget=forms.RadioSelect,
    )
    first = chosen(lazy("Pihak pertama"), [])
    second = chosen(
        lazy("Pihak kedua, atasan pihak pertama"),
        [],
        help_text=lazy("Untuk Camat: Bupati. Untuk jabatan lain: atasannya."),
    )
    agreed_on = DayField(label=lazy("Tanggal perjanjian"))
    budgeted_on = DayField(
        label=lazy("Tanggal DPA disahkan"),
        required=False,
        help_text=lazy("Perjanjian disusun paling lambat satu bulan sesudahnya."),
    )
    place = LineField(label=lazy("Tempat"), required=False, max_length=80)
    indicators = forms.MultipleChoiceField(
        label=lazy("Indikator dan targetnya"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": lazy("Pilih sedikitnya satu indikator dengan targetnya."),
            "invalid_choice": lazy("Indikator itu tidak ada lagi. Pilih yang lain."),
        },
    )
    programmes = forms.MultipleChoiceField(
        label=lazy("Program dan anggarannya"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": lazy("Program itu tidak ada lagi. Pilih yang lain.")
        },
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        office: Unit,
        year: int,
        row: PerjanjianKinerja | None = None,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        self.year, self.row = year, row
        self.offered = queries.offered(office, year)
        initial = _now(row) if row else _proposed(office, year, self.offered)
        initial |= kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        own = list(queries.positions_of(office))
        parties = list(queries.parties_of(office))
        if row is None:
            del self.fields["reason"]
            first = self.initial.get("first") or next((one.pk for one in own), None)
            self.initial.update(first=first, second=_above(first, parties))
        else:
            own = [row.first]
        choices = {
            "first": _titles(own),
            "second": [("", _("Pilih")), *_titles(parties)],
            "indicators": [
                (version.indicator.code, version.name)
                for version, _aim in self.offered.indicators
            ],
            "programmes": [
                (str(one.pk), one.name)
                for one, _depth, _budget in self.offered.programmes
            ],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]  # a ChoiceField's own
        for one, _depth, _budget in self.offered.programmes:
            self.fields[f"{NOTE}{one.pk}"] = LineField(
                label=_("Keterangan %s") % one.name,
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"class": "in"}),
            )

    def indicator_rows(self) -> list[tuple[Any, str]]:
        """Return each choice of an indicator with its target in words."""
        targets = [
            f"{told(rules.say_aim(aim, version.decimals))} {version.unit_of_measure}"
            for version, aim in self.offered.indicators
        ]
        return list(zip(self["indicators"], targets, strict=True))

    def programme_groups(self) -> list[tuple[ProgrammeChoice, list[ProgrammeChoice]]]:
        """Return each programme with the activities and sub-activities within it."""
        rows = [
            ProgrammeChoice(choice, depth, budget, self[f"{NOTE}{one.pk}"])
            for choice, (one, depth, budget) in zip(
                self["programmes"], self.offered.programmes, strict=True
            )
        ]
        return grouped(rows)

    def draft(self) -> AgreementDraft:
        """Return the PK as it was filled in."""
        data = self.cleaned_data
        return AgreementDraft(
            self.year,
            int(data["first"]),
            int(data["second"]),
            data["agreed_on"],
            tuple(data["indicators"]),
            tuple((int(pk), data[f"{NOTE}{pk}"]) for pk in data["programmes"]),
            data["budgeted_on"],
            data["place"],
            RevisionReason(data["reason"]) if self.row else None,
        )


def _above(first: int | None, parties: list[Position]) -> int | None:
    """Return the superior of a position; of the office's highest, the kabupaten's head."""
    own = next((one for one in parties if one.pk == first), None)
    if own is None or own.superior_id:
        return own.superior_id if own else None
    heads = (one for one in parties if one.kind == PositionKind.HEAD)
    return next((one.pk for one in heads if one.unit_id != own.unit_id), None)


def _titles(positions: list[Position]) -> list[tuple[str, str]]:
    return [(str(one.pk), one.title) for one in positions]


def _now(row: PerjanjianKinerja) -> dict[str, Any]:
    """Return the form of the next version, filled with this one."""
    programmes = list(row.programmes.all())
    return {
        "first": row.first_id,
        "second": row.second_id,
        "place": row.place,
        "budgeted_on": row.budgeted_on,
        "indicators": [
            one.meaning.indicator.code
            for one in row.indicators.select_related("meaning__indicator")
        ],
        "programmes": [str(one.programme_id) for one in programmes],
        "number": row.number,
        **{f"{NOTE}{one.programme_id}": one.note for one in programmes},
    }


def _proposed(office: Unit, year: int, offered: queries.Offered) -> dict[str, Any]:
    """Return what a new PK begins with: the RKT of the year, else all indicators with a
    target and the programmes themselves.
    """
    plan = queries.annual_plan(office, year)
    if plan is None:
        return {
            "indicators": [x.indicator.code for x, _aim in offered.indicators],
            "programmes": [
                str(one.pk) for one, depth, _budget in offered.programmes if not depth
            ],
        }
    rows = plan.indicators.select_related("meaning__indicator")
    return {
        "indicators": [row.meaning.indicator.code for row in rows],
        "programmes": [str(row.programme_id) for row in plan.programmes.all()],
    }
