"""What the events of a round are about, in words: which indicator, unit and figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from himpun.organization.models import Unit
from himpun.planning.rules import aim_of, say_aim

from ..models import Entry, Proposal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from himpun.planning.models import IndicatorVersion
    from himpun.procedures.models import Case


def told(case: Case, acts: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
    """Return for each (type, data) of the case's events what it is about; three queries.

    Empty for events that this app did not record.
    """
    entries = {
        row.pk: row.version
        for row in Entry.objects.filter(round__case=case).select_related(
            "version__indicator"
        )
    }
    proposals = {
        row.pk: row.version
        for row in Proposal.objects.filter(round__case=case).select_related(
            "version__indicator"
        )
    }
    asked = {data["unit"] for kind, data in acts if kind.startswith("request.")}
    units = {unit.pk: unit.name for unit in Unit.objects.filter(pk__in=asked)}
    return [_told(kind, data, entries, proposals, units) for kind, data in acts]


def _told(
    kind: str,
    data: dict[str, Any],
    entries: dict[int, IndicatorVersion],
    proposals: dict[int, IndicatorVersion],
    units: dict[int, str],
) -> str:
    if kind.startswith("request."):
        return units.get(data["unit"], "")
    if kind == "values.submitted":
        return ", ".join(
            entries[pk].indicator.code for pk in data["entries"] if pk in entries
        )
    version = entries.get(data.get("entry", 0)) or proposals.get(
        data.get("proposal", 0)
    )
    if version is None:
        return ""
    named = f"{version.indicator.code} {version.name}"
    figure = _figure(data, version)
    return f"{named}: {figure}" if figure else named


def _figure(data: dict[str, Any], version: IndicatorVersion) -> str:
    """Return the figure of an event, with the one before it when it was another."""
    if "evaluation" in data:
        return str(data["evaluation"])
    if "new" in data:
        old, new = (_said(data[name], version) for name in ("old", "new"))
        if data["old"] is None:
            return new
        return _("%(old)s menjadi %(new)s") % {"old": old, "new": new}
    return _said(data["value"], version) if data.get("value") is not None else ""


def _said(value: object, version: IndicatorVersion) -> str:
    figure = aim_of(value)
    if figure is None:
        return _("kosong")
    said = say_aim(figure, version.decimals)
    return said if isinstance(figure, str) else f"{said} {version.unit_of_measure}"
