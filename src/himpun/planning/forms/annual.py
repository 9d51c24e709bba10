"""The forms of the RKT of a year and of the decision that sets the IKU."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.http import told

from .. import queries, rules
from ..rules import AnnualPlanDraft, IndicatorSetDraft
from .agreements import ProgrammeChoice, grouped
from .fields import DayField, LineField, NumberedForm

if TYPE_CHECKING:
    from datetime import date

    from himpun.organization.models import Unit

    from ..models import AnnualPlan, IndicatorVersion


def indicators_field() -> forms.MultipleChoiceField:
    """Return a field for one indicator or more."""
    return forms.MultipleChoiceField(
        label=lazy("Indikator"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": lazy("Pilih sedikitnya satu indikator."),
            "invalid_choice": lazy("Indikator itu tidak ada lagi. Pilih yang lain."),
        },
    )


class AnnualPlanForm(NumberedForm):
    """The RKT of a year, the first one or the next version of ``row``.

    Only indicators with a target of the year can be chosen.
    """

    indicators = indicators_field()
    programmes = forms.MultipleChoiceField(
        label=lazy("Program dan anggarannya"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": lazy("Program itu tidak ada lagi. Pilih yang lain.")
        },
    )
    origin = LineField(
        label=lazy("Asal"),
        required=False,
        max_length=300,
        help_text=lazy("Contoh: Renja 2026. Boleh kosong."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        office: Unit,
        year: int,
        row: AnnualPlan | None,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        self.year, self.row = year, row
        self.offered = queries.annual_offer(office, year)
        codes, works = list(self.offered.codes), list(self.offered.works)
        if row is not None:
            codes, works = queries.annual_plan_content(row)
        initial = {
            "number": row.number if row else 0,
            "indicators": codes,
            "programmes": [str(pk) for pk in works],
            "origin": row.origin if row else "",
        }
        super().__init__(*args, initial=initial, **kwargs)
        choices = {
            "indicators": [
                (version.indicator.code, version.name)
                for version, _aim, _serves in self.offered.indicators
            ],
            "programmes": [
                (str(one.pk), one.name)
                for one, _depth, _amount in self.offered.programmes
            ],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]  # a ChoiceField's own

    def indicator_rows(self) -> list[tuple[Any, str, str]]:
        """Return each choice of an indicator with its target and sasaran in words."""
        return [
            (
                choice,
                f"{told(rules.say_aim(aim, version.decimals))} {version.unit_of_measure}",
                serves,
            )
            for choice, (version, aim, serves) in zip(
                self["indicators"], self.offered.indicators, strict=True
            )
        ]

    def programme_groups(self) -> list[tuple[ProgrammeChoice, list[ProgrammeChoice]]]:
        """Return each programme with the activities and sub-activities within it."""
        rows = [
            ProgrammeChoice(choice, depth, amount)
            for choice, (_one, depth, amount) in zip(
                self["programmes"], self.offered.programmes, strict=True
            )
        ]
        return grouped(rows)

    def draft(self) -> AnnualPlanDraft:
        """Return the RKT as it was filled in."""
        data = self.cleaned_data
        return AnnualPlanDraft(
            self.year,
            tuple(data["indicators"]),
            tuple(int(pk) for pk in data["programmes"]),
            data["origin"],
        )


class IndicatorSetForm(NumberedForm):
    """The decision that sets the IKU of an office, and which they are."""

    decision = LineField(
        label=lazy("Nomor keputusan"),
        max_length=160,
        help_text=lazy("Contoh: Keputusan Camat Nomor 188/7/2026."),
        error_messages={"required": lazy("Isi nomor keputusannya.")},
    )
    decided_on = DayField(label=lazy("Tanggal keputusan"))
    since = DayField(label=lazy("Berlaku sejak"))
    indicators = indicators_field()

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        office: Unit,
        day: date,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        self.offered = queries.set_offer(office, day.year)
        newest = self.offered.newest
        initial = {
            "number": newest.number if newest else 0,
            "decided_on": day,
            "since": day,
            "indicators": list(self.offered.codes),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["indicators"].choices = [  # type: ignore[attr-defined]  # a ChoiceField's own
            (one.indicator.code, one.name) for one in self.offered.indicators
        ]

    def indicator_rows(self) -> list[tuple[Any, IndicatorVersion]]:
        """Return each choice of an indicator with what it means."""
        return list(zip(self["indicators"], self.offered.indicators, strict=True))

    def draft(self) -> IndicatorSetDraft:
        """Return the decision as it was filled in."""
        data = self.cleaned_data
        return IndicatorSetDraft(
            data["decision"],
            data["decided_on"],
            data["since"],
            tuple(data["indicators"]),
        )
