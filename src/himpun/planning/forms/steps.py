"""The grid of a rencana aksi: target, activity and person in charge by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.http import sentence, told
from himpun.shared.refusals import Refusal

from .. import queries, rules
from ..rules import ActionStep
from .fields import LineField, NumberedForm

if TYPE_CHECKING:
    from himpun.wording import Sentence
    from himpun.worktime.periods import Period

    from ..models import ActionPlan, AgreementIndicator, PerjanjianKinerja

COLUMNS = {
    "target": (lazy("Target"), 120),
    "kegiatan": (lazy("Kegiatan"), 1000),
    "pj": (lazy("Penanggung jawab"), 160),
}
"""What is asked for each period, and how long it may be."""


@dataclass(frozen=True)
class StepLine:
    """A line of the grid: a row of the PK in a period, with its three cells."""

    row: AgreementIndicator
    period: Period
    cells: list[forms.BoundField]


class StepsForm(NumberedForm):
    """The rencana aksi of a PK. A period without target and activity is left out.

    ``number`` is the version that the page showed.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        agreement: PerjanjianKinerja,
        plan: ActionPlan | None,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        self.plan = plan
        self.rows = queries.promised_rows(agreement)
        sheet = queries.steps_of(plan, self.rows, agreement.year)
        aims = {} if plan else self._aims(sheet)
        initial: dict[str, Any] = {"number": plan.number if plan else 0}
        self.places = [(one.row, period) for one in sheet for period, _x in one.steps]
        for one in sheet:
            for period, step in one.steps:
                aim = step.aim if step else aims.get((one.row.pk, period.code))
                typed = (rules.write_aim(aim), "", one.row.meaning.in_charge)
                if step:
                    typed = (typed[0], step.activity, step.in_charge)
                elif plan:
                    typed = ("", "", "")
                initial |= dict(zip(_names(one.row, period), typed, strict=True))
        super().__init__(*args, initial=initial, **kwargs)
        for row, period in self.places:
            where = f"{row.meaning.name}, {told(period.label)}"
            for name, (label, longest) in zip(
                _names(row, period), COLUMNS.values(), strict=True
            ):
                look = "in num" if label == COLUMNS["target"][0] else "in"
                self.fields[name] = LineField(
                    label=f"{where}, {label}",
                    required=False,
                    max_length=longest,
                    widget=forms.TextInput(
                        attrs={"class": look, "autocomplete": "off"}
                    ),
                )
        self.steps: list[ActionStep] = []

    def _aims(self, sheet: list[queries.PlannedSteps]) -> dict[tuple[int, str], Any]:
        """Return the targets of the quarters as the plan has them, to begin with."""
        ids = {one.row.meaning.indicator_id: one.row.pk for one in sheet}
        codes = {period.code for one in sheet for period, _x in one.steps}
        known = queries.targets(ids, codes)
        return {(ids[pk], code): found.aim for (pk, code), found in known.items()}

    def clean(self) -> dict[str, Any]:
        """Read every line; one with a target or an activity is a step."""
        data = self.cleaned_data
        for row, period in self.places:
            names = _names(row, period)
            target, activity, in_charge = (data.get(name, "") for name in names)
            if not (target or activity):
                continue
            meaning = row.meaning
            try:
                printed = rules.read_aim(
                    target,
                    unit=meaning.unit_of_measure,
                    decimals=meaning.decimals,
                    grades=queries.grades_of(meaning),
                )
            except Refusal as refusal:
                self.add_error(names[0], sentence(refusal))
                continue
            self._must(names[1], activity, _("Tulis kegiatan periode ini."))
            self._must(names[2], in_charge, _("Tulis penanggung jawabnya."))
            self.steps.append(
                ActionStep(
                    meaning.indicator.code,
                    period.code,
                    printed.aim if printed else None,
                    activity,
                    in_charge,
                )
            )
        return data

    def _must(self, name: str, text: str, missing: str) -> None:
        if not text and name not in self.errors:
            self.add_error(name, missing)

    def doubts(self) -> tuple[Sentence, ...]:
        """Return where what is typed does not make what the PK promised."""
        if not self.is_bound and self.plan is None:
            return ()
        steps = self.steps if self.is_bound else self._kept()
        return rules.step_doubts(steps, queries.promised_of(self.rows))

    def _kept(self) -> list[ActionStep]:
        sheet = queries.steps_of(self.plan, self.rows, self.places[0][1].year)
        return [
            ActionStep(
                one.row.meaning.indicator.code,
                period.code,
                step.aim,
                step.activity,
                step.in_charge,
            )
            for one in sheet
            for period, step in one.steps
            if step
        ]

    def groups(self) -> list[tuple[AgreementIndicator, list[StepLine]]]:
        """Return the lines of each row of the PK."""
        found: dict[int, tuple[AgreementIndicator, list[StepLine]]] = {}
        for row, period in self.places:
            cells = [self[name] for name in _names(row, period)]
            found.setdefault(row.pk, (row, []))[1].append(StepLine(row, period, cells))
        return list(found.values())


def _names(row: AgreementIndicator, period: Period) -> list[str]:
    """Return the names of the three cells of a line: "7.2026-TW1.target", ..."""
    return [f"{row.pk}.{period.code}.{column}" for column in COLUMNS]
