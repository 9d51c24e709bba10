"""The form of an indicator: a new one, or a new version of one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.formula.language import FUNCTIONS
from himpun.organization import queries as organization
from himpun.shared import clock
from himpun.shared.forms import whole
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import PeriodKind

from .. import actions, queries, rules
from ..forms import MOST_COMPONENTS, ComponentForm, DefinitionForm, initial_of
from ..rules import Purpose
from . import lookup

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from django.http import HttpResponse, QueryDict

    from himpun.formula import Calculation, Component
    from himpun.organization.models import Unit
    from himpun.wording import Sentence

    from ..models import Indicator, IndicatorVersion
    from ..rules import Definition, Settled

FEWEST_ROWS = 2
ADD, REMOVE, CHECK = "tambah", "hapus", "periksa"
"""What the buttons ask for beside saving; ``hapus:2`` names the row."""


@dataclass(frozen=True)
class Place:
    """Where the form belongs: an office or the kabupaten, one of ``offices`` to choose;
    of a new version the indicator and what it meant before, of a copy what it copies.
    """

    office: Unit
    indicator: Indicator | None
    known: Definition | None
    offices: tuple[Unit, ...] = ()


@dataclass
class Sheet:
    """The form with the rows of its components, and what was found out about it."""

    place: Place
    form: DefinitionForm
    rows: list[ComponentForm]
    warnings: tuple[Sentence, ...] = ()
    sample: Calculation | None = None
    checked: bool = False

    @property
    def wrong(self) -> bool:
        """Whether anything is to be corrected."""
        return bool(self.form.errors) or any(row.errors for row in self.rows)

    @property
    def seal(self) -> str:
        """What a person sends back who has read these warnings."""
        return rules.seal_of(self.warnings)


@FORM
@member
def define(request: MemberRequest) -> HttpResponse:
    """Take a new indicator of an office or of the kabupaten; it may begin as a copy."""
    at = clock.now()
    office = lookup.office(request, at)
    if office is None:
        return refused(request, Refusal(lookup.NO_OFFICE))
    back = reverse("measurement:indicators")
    try:
        actions.planner(office, request.user, at)
    except Refusal as refusal:
        return refused(request, refusal, back=back)
    offices = _offices(request, office, at)
    begun = {"order": queries.next_order(office)}
    if request.GET.get("dari"):
        copied = lookup.indicator(request, whole(request.GET["dari"]), at)
        version = queries.versions_of(copied)[0]
        place = Place(office, None, queries.definition_of(version), offices)
        initial = _initial(version, version.since) | begun | _source(version)
    else:
        place = Place(office, None, None, offices)
        first = organization.local_day(at, office).replace(month=1, day=1)
        initial = begun | {"since": first}
    sheet = _sheet(request, place, initial)
    return _answered(request, sheet, at) or _page(request, sheet)


def _offices(request: MemberRequest, office: Unit, at: datetime) -> tuple[Unit, ...]:
    """Return for whom a person may define an indicator: an administrator for all."""
    if not organization.administers(request.user, office.tenant_id, at):
        return (office,)
    rows = organization.visible_planners(request.user, at)
    return tuple(rows.filter(tenant=office.tenant_id))


def _source(version: IndicatorVersion) -> dict[str, object]:
    """Return where the text of a copy comes from."""
    said = _("Disalin dari %(code)s %(office)s, versi %(n)s")
    named = {"code": version.indicator.code, "office": version.indicator.unit.name}
    return {"origin": said % {**named, "n": version.number}}


@FORM
@member
def revise(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a new version of an indicator; the past is not changed here."""
    at = clock.now()
    row = lookup.indicator(request, pk, at)
    try:
        actions.planner(row.unit, request.user, at)
    except Refusal as refusal:
        back = reverse("measurement:indicator", args=[pk])
        return refused(request, refusal, back=back)
    version = queries.versions_of(row)[0]
    known = queries.definition_of(version)
    first = rules.first_day(
        PeriodKind(version.frequency),
        version.since,
        organization.local_day(at, row.unit),
    )
    initial = _initial(version, first)
    sheet = _sheet(request, Place(row.unit, row, known), initial)
    return _answered(request, sheet, at) or _page(request, sheet)


def _initial(version: IndicatorVersion, first: date) -> dict[str, object]:
    grading = version.grade_scale
    return initial_of(
        queries.definition_of(version),
        f"{version.scale.name}|{version.scale.version}",
        f"{grading.name}|{grading.version}" if grading else "",
    ) | {"since": first}


def _sheet(request: MemberRequest, place: Place, initial: dict[str, Any]) -> Sheet:
    """Return the form as it was sent, or as it begins."""
    known = place.known
    scales: dict[str, Any] = {
        "scales": queries.scales(place.office),
        "grade_scales": queries.grade_scales(place.office),
        "revises": place.indicator is not None,
    }
    if request.method != "POST":
        filled = [_filled(one) for one in known.components] if known else []
        rows = _blank(filled, max(FEWEST_ROWS, len(filled)))
        return Sheet(place, DefinitionForm(initial=initial, **scales), rows)
    data, deed = request.POST, request.POST.get("tindakan", "")
    count = min(max(whole(data.get("baris", "")), 0), MOST_COMPONENTS)
    if deed == ADD or deed.startswith(f"{REMOVE}:"):
        form = DefinitionForm(initial=_typed(data), **scales)
        return Sheet(place, form, _other_rows(data, count, deed))
    rows = [ComponentForm(data, prefix=f"k{n}") for n in range(count)]
    return Sheet(place, DefinitionForm(data, **scales), rows)


def _typed(data: QueryDict, prefix: str = "") -> dict[str, object]:
    """Return what was typed, to be shown again before it is complete."""
    names = ComponentForm.base_fields if prefix else DefinitionForm.base_fields
    typed: dict[str, object] = {name: data.get(f"{prefix}{name}", "") for name in names}
    if not prefix:
        typed["evidence_required"] = "evidence_required" in data
    return typed


def _filled(one: Component) -> dict[str, object]:
    least = rules.write_aim(one.least)
    return {
        "code": one.code,
        "name": one.name,
        "unit": one.unit,
        "least": least,
        "over_time": one.over_time.value,
    }


def _blank(filled: list[dict[str, object]], count: int) -> list[ComponentForm]:
    rows = [*filled, *({} for _ in range(count - len(filled)))]
    return [
        ComponentForm(prefix=f"k{n}", initial=row or None) for n, row in enumerate(rows)
    ]


def _other_rows(data: QueryDict, count: int, deed: str) -> list[ComponentForm]:
    """Return the rows with one more, or without the one that a button names."""
    rows = [_typed(data, f"k{n}-") for n in range(count)]
    if deed == ADD:
        return _blank(rows, min(count + 1, MOST_COMPONENTS))
    gone = whole(deed.partition(":")[2])
    return _blank([row for n, row in enumerate(rows) if n != gone], 1)


def _answered(
    request: MemberRequest, sheet: Sheet, at: datetime
) -> HttpResponse | None:
    """Do what was sent, if that can be done; None: the form is shown (again)."""
    if not sheet.form.is_bound or not _is_whole(sheet):
        return None
    try:
        settled = _settled(sheet)
        if request.POST.get("tindakan") == CHECK:
            sheet.checked = True
            return None
        rules.refuse_unread(settled.warnings, request.POST.get("yakin", ""))
        return _saved(request, sheet, settled.definition, at)
    except Refusal as refusal:
        place = refusal.field if refusal.field in sheet.form.fields else None
        sheet.form.add_error(place, sentence(refusal))
    return None


def _is_whole(sheet: Sheet) -> bool:
    """Whether every field is filled as it must be."""
    rows = [row.is_valid() for row in sheet.rows]
    return sheet.form.is_valid() and all(rows)


def _settled(sheet: Sheet) -> Settled:
    """Return the definition as it may be used, with a sample; raises Refusal."""
    components = tuple(c for row in sheet.rows if (c := row.component))
    known = sheet.place.known if sheet.place.indicator else None
    wanted = sheet.form.definition_with(components, known)
    qualitative = sheet.form.chosen_grades is not None
    settled = rules.settle(wanted, qualitative=qualitative)
    sheet.warnings = settled.warnings
    if settled.definition.formula:
        sheet.sample = rules.sample(
            settled.definition.formula, components, _examples(sheet)
        )
    return settled


def _examples(sheet: Sheet) -> dict[str, Decimal | None]:
    return {
        row.component.code: row.cleaned_data["example"]
        for row in sheet.rows
        if row.component
    }


def _saved(
    request: MemberRequest, sheet: Sheet, definition: Definition, at: datetime
) -> HttpResponse:
    form, place = sheet.form, sheet.place
    grades = form.chosen_grades
    how: dict[str, Any] = {
        "scale": actions.keep_scale(form.chosen_scale, place.office),
        "grade_scale": actions.keep_grades(grades, place.office) if grades else None,
        "by": request.user,
        "at": at,
    }
    if place.indicator is None:
        kept = actions.define_indicator(place.office, definition, **how)
    else:
        kept = actions.revise_indicator(
            place.indicator,
            definition,
            purpose=Purpose(form.cleaned_data["purpose"]),
            **how,
        )
    words = _("Indikator disimpan: versi %(n)s.") % {"n": kept.number}
    messages.success(request, words)
    return redirect("measurement:indicator", kept.indicator_id)


def _page(request: MemberRequest, sheet: Sheet) -> HttpResponse:
    context = {
        "here": "indicators",
        "sheet": sheet,
        "form": sheet.form,
        "office": sheet.place.office,
        "indicator": sheet.place.indicator,
        "functions": FUNCTIONS.items(),
    }
    status = UNPROCESSABLE if sheet.wrong else 200
    return render(request, "planning/definition.html", context, status=status)
