"""The grid of a year's targets: a cell for each period, and for each part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from himpun import formula
from himpun.formula import OverTime, OverUnits, Polarity
from himpun.organization.models import Unit
from himpun.shared.forms import OfficeForm, one_line
from himpun.shared.http import sentence, told
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import PeriodKind

from .. import queries, rules
from ..actions import Plan
from ..rules import AimKind
from .fields import LineField

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from himpun.wording import Sentence

    from ..models import Category
    from ..queries import Planned, YearPlan
    from ..rules import Aim, Printed

    Member = Unit | Category

SEEN = "lihat-"
"""Before the name of a cell: what stood in it when the page was shown."""
LONGEST = 120
SPLIT = frozenset({AimKind.TARGET, AimKind.BASELINE})
"""What is broken down into parts."""
NAMED = {
    AimKind.TARGET: "",
    AimKind.BASELINE: lazy("Kondisi awal, akhir"),
    AimKind.MEDIUM_TERM: lazy("Akhir rencana,"),
    AimKind.STANDARD: lazy("Standar nasional mulai"),
}
"""What a cell says before its period, so that no two cells have one name."""


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: its field, and what stands there now."""

    field: forms.BoundField
    stands: str

    @property
    def seen(self) -> str:
        """The name of the field that holds what was shown."""
        return f"{SEEN}{self.field.name}"


@dataclass(frozen=True)
class Line:
    """A line of the grid: a period, its cell and those of its parts, what does not fit.

    Without cells no version holds in the period.
    """

    planned: Planned
    cells: tuple[Cell, ...]
    doubt: Sentence | None


class PlanForm(OfficeForm):
    """Targets of one or several indicators in a year.

    ``members`` are the parts that are shown beside each; ``baselines`` whether where it
    started is asked as well. A cell that somebody else changed since the page was shown
    is not overwritten, and one that is emptied keeps its target.
    """

    origin = LineField(
        label=lazy("Asal target"),
        max_length=300,
        help_text=lazy(
            "Contoh: Perjanjian Kinerja 2026. Dicatat pada target yang diubah."
        ),
        error_messages={"required": lazy("Tulis dari dokumen mana target ini.")},
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        sheets: Sequence[YearPlan],
        members: Sequence[Member] = (),
        baselines: bool = True,
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sheets, self.members = sheets, members
        self.baselines = baselines
        shown = [line for sheet in sheets for line in self._asked(sheet)]
        self.open = [line for line in shown if line.version is not None]
        self.changed: dict[str, Printed] = {}
        for line in self.open:
            for name, label, stands in self._cells(line):
                self.fields[name] = LineField(
                    label=label,
                    required=False,
                    max_length=LONGEST,
                    initial=stands,
                    widget=forms.TextInput(
                        attrs={"class": "in num", "autocomplete": "off"}
                    ),
                )

    def _asked(self, sheet: YearPlan) -> tuple[Planned, ...]:
        return sheet.lines if self.baselines else sheet.lines[1:]

    def _cells(self, line: Planned) -> Iterator[tuple[str, str, str]]:
        """Yield name, label and present text of each cell of a line."""
        label = f"{NAMED[line.kind]} {told(line.period.label)}".strip()
        if line.version and len(self.sheets) > 1:
            label = f"{line.version.indicator.code}, {label}"
        yield _name(line), label, line.typed
        for member in self._members(line):
            stands = rules.write_aim(_part_of(line, member))
            yield _name(line, member), f"{label}, {member.name}", stands

    def _members(self, line: Planned) -> Sequence[Member]:
        """Return the parts of a line: what is only compared with has none."""
        return self.members if line.kind in SPLIT else ()

    def clean(self) -> dict[str, Any]:
        """Read every cell by what its period's version measures."""
        for line in self.open:
            for name, _label, stands in self._cells(line):
                typed = self.cleaned_data.get(name)
                if typed is None or typed == self._seen(name):
                    continue
                try:
                    self._take(line, name, typed, stands)
                except Refusal as refusal:
                    self.add_error(name, sentence(refusal))
        return self.cleaned_data

    def _seen(self, name: str) -> str:
        return one_line(self.data.get(f"{SEEN}{name}", ""))

    def _take(self, line: Planned, name: str, typed: str, stands: str) -> None:
        """Keep what a changed cell says; raises Refusal for what it cannot be."""
        printed = _read(line, typed)
        written = rules.write_aim(printed.aim, printed.out_of) if printed else ""
        if written == stands:
            return
        rules.refuse_change(stands, seen=self._seen(name), wanted=written)
        if printed is not None:
            self.changed[name] = printed

    def plans(self) -> list[Plan]:
        """Return what is to be written: the lines with a cell that changed."""
        found = []
        for line in self.open:
            split = any(_name(line, one) in self.changed for one in self._members(line))
            if line.version and (split or _name(line) in self.changed):
                found.append(
                    Plan(
                        indicator=line.version.indicator,
                        key=_name(line),
                        kind=line.kind,
                        period=line.period,
                        printed=self.changed.get(_name(line)),
                        parts=self._parts(line) if split else None,
                        stood=line.target,
                    )
                )
        return found

    def _parts(self, line: Planned) -> tuple[tuple[Member, Aim], ...]:
        """Return all parts of a line as they are to be: the shown ones and the others."""
        shown = {member: self._aim(line, member) for member in self.members}
        known = {part.member: part.aim for part in line.parts}
        whole = {**known, **shown}
        return tuple((member, aim) for member, aim in whole.items() if aim is not None)

    def _aim(self, line: Planned, member: Member | None = None) -> Aim | None:
        """Return what a cell says: what was typed, else what stands there."""
        name = _name(line, member)
        if name in self.changed:
            return self.changed[name].aim
        return _part_of(line, member) if member else line.aim

    def lines(self, sheet: YearPlan) -> list[Line]:
        """Return a sheet with what does not fit in what stands and was typed."""
        return [
            Line(line, self._shown(line), self._doubt(sheet, line))
            for line in self._asked(sheet)
        ]

    def _shown(self, line: Planned) -> tuple[Cell, ...]:
        if line.version is None:
            return ()
        return tuple(
            Cell(self[name], stands) for name, _label, stands in self._cells(line)
        )

    def _doubt(self, sheet: YearPlan, line: Planned) -> Sentence | None:
        if line.version is None:
            return None
        whole = rules.number_of(self._aim(line))
        parts = [
            formula.Part(member.name, rules.number_of(self._aim(line, member)))
            for member in self._members(line)
        ]
        found = rules.parts_doubt(whole, parts, OverUnits(line.version.over_units))
        if found is None and line is sheet.whole:
            return rules.periods_doubt(
                whole,
                [
                    formula.Part(p.period.label, rules.number_of(self._aim(p)))
                    for p in sheet.periods
                ],
                PeriodKind(line.version.frequency),
                OverTime(line.version.over_time),
            )
        return found


def _name(line: Planned, member: Member | None = None) -> str:
    """Return the name of a cell: "7.2026-TW1", of a part "7.2026-TW1.u12"."""
    indicator = line.version.indicator_id if line.version else 0
    whole = f"{indicator}.{line.key}"
    if member is None:
        return whole
    return f"{whole}.{'u' if isinstance(member, Unit) else 'k'}{member.pk}"


def _part_of(line: Planned, member: Member) -> Aim | None:
    return next((part.aim for part in line.parts if part.member == member), None)


def _read(line: Planned, typed: str) -> Printed | None:
    """Return what a text says in this line, None for nothing; raises Refusal."""
    version = line.version
    if version is None:
        return None
    grades = queries.grades_of(version)
    found = rules.read_aim(
        typed, unit=version.unit_of_measure, decimals=version.decimals, grades=grades
    )
    if found is not None:
        polarity = Polarity(version.polarity) if version.polarity else None
        rules.refuse_aim(found.aim, polarity, grades)
    return found
