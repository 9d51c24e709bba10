"""The parts of a draft: its head, a tujuan, a sasaran."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.forms import OfficeForm
from himpun.shared.http import told
from himpun.worktime.periods import Period, PeriodKind

from ... import queries, rules
from ...rules import GoalPlan, OutcomePlan, RenstraPlan, Stage
from ..fields import chosen
from .fields import code_field, origin_field, text_field, year_field

if TYPE_CHECKING:
    from himpun.organization.models import Unit


class PartForm(OfficeForm):
    """A part of a draft, ``key`` naming which one; an empty key adds one.

    ``seal`` is that of the draft which the page showed: what a colleague changed
    meanwhile is not overwritten unseen.
    """

    kind = ""
    seal = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - Django's own signature
        plan: RenstraPlan,
        office: Unit,
        key: str = "",
        above: str = "",
        **kwargs: Any,  # noqa: ANN401 - Django's own signature
    ) -> None:
        self.before, self.office, self.key, self.above = plan, office, key, above
        initial = {"seal": rules.plan_seal(plan), **self.now()}
        super().__init__(*args, initial=initial, **kwargs)
        self.prepare()

    def now(self) -> dict[str, Any]:
        """Return what the fields begin with."""
        raise NotImplementedError

    def prepare(self) -> None:
        """Fill the choices."""

    def plan(self) -> RenstraPlan:
        """Return the whole document with this part as it is written."""
        raise NotImplementedError

    def rest(self) -> RenstraPlan:
        """Return the whole document without this part; raises Refusal as rules do."""
        return self.before

    @property
    def missing(self) -> bool:
        """Whether the key names a part that is not there."""
        return False

    @property
    def removable(self) -> bool:
        """Whether it is a part that can be taken away."""
        return bool(self.key) and not self.missing

    def follow(self, plan: RenstraPlan) -> None:
        """Let the next saving change ``plan``, as it stands now; what was typed stays.

        What this part says by now is told beside it.
        """
        data = MultiValueDict(dict(self.data.lists()))  # type: ignore[attr-defined]  # a QueryDict
        data["seal"] = rules.plan_seal(plan)
        self.before, self.data = plan, data
        if self.missing:
            self.add_error(
                None, _("Bagian ini sudah dihapus; menyimpan menambahkannya lagi.")
            )
        elif now := self.now().get("text"):
            self.add_error(None, _("Sekarang berbunyi: %s") % now)


class HeadForm(PartForm):
    """Origin and years; a perubahan keeps the years of its Renstra."""

    kind = "pokok"
    first_year = year_field(lazy("Tahun awal"))
    last_year = year_field(lazy("Tahun akhir"))
    origin = origin_field()

    def now(self) -> dict[str, Any]:
        """Return what stands."""
        plan = self.before
        return {
            "first_year": plan.first_year,
            "last_year": plan.last_year,
            "origin": plan.origin,
        }

    def prepare(self) -> None:
        """Ask for years of a Renstra murni only."""
        if self.before.stage is Stage.CHANGED:
            del self.fields["first_year"], self.fields["last_year"]

    def plan(self) -> RenstraPlan:
        """Return the whole document with this head."""
        data = self.cleaned_data
        return replace(
            self.before,
            first_year=data.get("first_year", self.before.first_year),
            last_year=data.get("last_year", self.before.last_year),
            origin=data["origin"],
        )


class PlacedForm(PartForm):
    """A part with indicators and a place among its siblings."""

    indicators = forms.MultipleChoiceField(
        label=lazy("Indikator"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": lazy("Indikator itu tidak ada lagi. Pilih yang lain.")
        },
    )
    place = forms.IntegerField(
        label=lazy("Urutan"),
        min_value=1,
        max_value=999,
        help_text=lazy("1 adalah yang paling atas."),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            lazy("Tulis angka 1 sampai 999."),
        ),
    )

    def prepare(self) -> None:
        """Offer the office's indicators, saying where each hangs now."""
        end = Period(PeriodKind.YEAR, self.before.last_year).end
        named = queries.named_indicators(self.office, end)
        hung = rules.hung(self.before, queries.programme_names(self.office))
        own = set(self.own())
        choices = [
            (
                row.code,
                _label(
                    row.code, name, "" if row.code in own else hung.get(row.code, "")
                ),
            )
            for row, name in named
        ]
        self.fields["indicators"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's own

    def own(self) -> tuple[str, ...]:
        """Return the codes of the indicators that hang here now."""
        raise NotImplementedError

    def codes(self) -> tuple[str, ...]:
        """Return the chosen indicators, those that hung here first and in their order."""
        picked = self.cleaned_data["indicators"]
        own = [code for code in self.own() if code in picked]
        return (*own, *(code for code in picked if code not in own))


def _label(code: str, name: str, place: str) -> str:
    said = f"{code}  {name}" if name != code else code
    if not place:
        return said
    return _("%(indicator)s (kini pada %(place)s, akan dipindah ke sini)") % {
        "indicator": said,
        "place": told(place),
    }


class GoalForm(PlacedForm):
    """A tujuan."""

    kind = "tujuan"
    code = code_field(lazy("Kode"))
    text = text_field(lazy("Tujuan"))
    field_order = ("code", "text", "indicators", "place")

    @property
    def stood(self) -> GoalPlan | None:
        """The tujuan that is changed, None for a new one."""
        return next((one for one in self.before.goals if one.code == self.key), None)

    @property
    def missing(self) -> bool:
        """Whether there is no such tujuan."""
        return bool(self.key) and self.stood is None

    def now(self) -> dict[str, Any]:
        """Return what stands, or the next code."""
        many = len(self.before.goals) + 1
        if (goal := self.stood) is None:
            return {
                "code": _free("T", [x.code for x in self.before.goals]),
                "place": many,
            }
        place = self.before.goals.index(goal) + 1
        return {
            "code": goal.code,
            "text": goal.text,
            "indicators": list(goal.indicators),
            "place": place,
        }

    def own(self) -> tuple[str, ...]:
        """Return the codes of the indicators that hang here now."""
        return self.stood.indicators if self.stood else ()

    def plan(self) -> RenstraPlan:
        """Return the whole document with this tujuan."""
        data = self.cleaned_data
        goal = GoalPlan(data["code"], data["text"], (), self.codes())
        return rules.with_goal(self.before, self.key, goal, data["place"])

    def rest(self) -> RenstraPlan:
        """Return the whole document without it."""
        return rules.without_goal(self.before, self.key)


class OutcomeForm(PlacedForm):
    """A sasaran below its tujuan."""

    kind = "sasaran"
    goal = chosen(lazy("Tujuan"), [])
    code = code_field(lazy("Kode"))
    text = text_field(lazy("Sasaran"))
    field_order = ("goal", "code", "text", "indicators", "place")

    @property
    def stood(self) -> tuple[GoalPlan, OutcomePlan] | None:
        """The sasaran that is changed with its tujuan, None for a new one."""
        pairs = ((goal, one) for goal in self.before.goals for one in goal.outcomes)
        return next((pair for pair in pairs if pair[1].code == self.key), None)

    @property
    def missing(self) -> bool:
        """Whether there is no such sasaran."""
        return bool(self.key) and self.stood is None

    def now(self) -> dict[str, Any]:
        """Return what stands, or the next code below the tujuan that is asked for."""
        if self.stood is None:
            goals = self.before.goals
            goal = next((x for x in goals if x.code == self.above), goals[-1])
            code = _free("S", [x.code for x in self.before.outcomes])
            return {"goal": goal.code, "code": code, "place": len(goal.outcomes) + 1}
        goal, outcome = self.stood
        return {
            "goal": goal.code,
            "code": outcome.code,
            "text": outcome.text,
            "indicators": list(outcome.indicators),
            "place": goal.outcomes.index(outcome) + 1,
        }

    def prepare(self) -> None:
        """Offer the tujuan of the draft."""
        super().prepare()
        choices = [(one.code, f"{one.code}  {one.text}") for one in self.before.goals]
        self.fields["goal"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField's own

    def own(self) -> tuple[str, ...]:
        """Return the codes of the indicators that hang here now."""
        return self.stood[1].indicators if self.stood else ()

    def plan(self) -> RenstraPlan:
        """Return the whole document with this sasaran."""
        data = self.cleaned_data
        outcome = OutcomePlan(data["code"], data["text"], self.codes())
        return rules.with_outcome(
            self.before, self.key, outcome, goal=data["goal"], place=data["place"]
        )

    def rest(self) -> RenstraPlan:
        """Return the whole document without it."""
        return rules.without_outcome(self.before, self.key)


def _free(letter: str, codes: list[str]) -> str:
    """Return the next code of a document: T1, T2, ..."""
    number = len(codes) + 1
    while f"{letter}{number}" in codes:
        number += 1
    return f"{letter}{number}"
