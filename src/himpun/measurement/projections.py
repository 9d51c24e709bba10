"""The stored achievement follows the record: every event that changes a figure.

No rule stands here. Each handler writes what the event says, so that a replay from the
first event gives the same rows. The target of a figure that is not verified is read
from the plan; a later ``target.set`` corrects it in either order.
"""

from __future__ import annotations

from typing import Any

from himpun.collection.models import Entry
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.ledger.registry import Projection
from himpun.planning import queries as planning
from himpun.planning.actions import stream_of
from himpun.planning.models import IndicatorVersion
from himpun.planning.rules import Aim, aim_of, figure_of, number_of

from .models import Achievement

Data = dict[str, Any]


def reset() -> None:
    """Empty the table before a replay."""
    Achievement.objects.all().delete()


def _reach(row: Achievement, event: Event, figure: object, inputs: Data) -> None:
    """Note what was reached, from which components, by which event."""
    reached = figure_of(figure)
    row.actual, row.grade = number_of(reached), ""
    if isinstance(reached, str):
        row.grade = reached
    row.inputs, row.event = inputs, event.hash


def _row(data: Data) -> Achievement:
    """Return the row of an event's figure, a new unsaved one when there is none."""
    found = Achievement.objects.filter(
        indicator=data["indicator"], unit=data["unit"], period_code=data["period"]
    ).first()
    return found or Achievement(
        indicator_id=data["indicator"], unit_id=data["unit"], period_code=data["period"]
    )


def _write(row: Achievement, *, target: Aim | None) -> None:
    """Calculate and store, by the version of the indicator that the row names."""
    version = IndicatorVersion.objects.select_related(*planning.SCALES).get(
        indicator=row.indicator_id, number=row.indicator_version
    )
    found = planning.measured(version, actual=row.figure, target=target)
    row.target = target
    row.value, row.averaged = found.value, found.averaged
    row.formula = found.formula
    row.steps, row.reason = list(found.steps), found.reason
    row.scale, row.band = str(version.scale), found.band
    row.save()


def _current_target(row: Achievement) -> Aim | None:
    return planning.target_of(row.indicator_id, row.period_code)


def _case_of(event: Event) -> int:
    return int(event.stream_id.removeprefix("case:"))


def value_saved(event: Event, data: Data) -> None:
    """Show a new figure at once; it is provisional until it is accepted."""
    row = _row(data)
    row.case, row.prior, row.verified = _case_of(event), False, False
    row.indicator_version = data["version"]
    _reach(row, event, data["new"], data.get("inputs", {}))
    _write(row, target=_current_target(row))


def value_accepted(event: Event, data: Data) -> None:
    """Mark a figure as verified, with the target it was accepted against."""
    row = _row(data)
    row.case, row.prior, row.verified = _case_of(event), False, True
    row.indicator_version = data["version"]
    _reach(row, event, data["value"], data.get("inputs", {}))
    _write(row, target=aim_of(data["target"]))


def value_returned(event: Event, data: Data) -> None:
    """Make a figure provisional again."""
    row = _row(data)
    if row.pk:
        _reopen(row, event)


def step_returned(event: Event, data: Data) -> None:
    """Make the figures that a return names provisional again."""
    entries = Entry.objects.filter(
        pk__in=data["values"], round__case=_case_of(event)
    ).select_related("version", "round")
    for entry in entries:
        for row in Achievement.objects.filter(
            indicator=entry.version.indicator_id,
            unit=entry.unit_id,
            period_code=entry.round.period_code,
            verified=True,
        ):
            _reopen(row, event)


def _reopen(row: Achievement, event: Event) -> None:
    row.verified, row.event = False, event.hash
    _write(row, target=_current_target(row))


def case_cancelled(event: Event, data: Data) -> None:  # noqa: ARG001 - the registry's shape
    """Drop the figures of a case that was started by mistake.

    A figure from before Himpun that they had covered is shown again.
    """
    rows = Achievement.objects.filter(case=_case_of(event))
    dropped = set(rows.values_list("indicator", "period_code"))
    streams = {stream_of(unit) for unit in rows.values_list("unit", flat=True)}
    rows.delete()
    recorded = Event.objects.filter(stream__in=streams, type="actual.recorded")
    for older in recorded.order_by("seq"):
        before = ledger.data_of(older)
        if (before["indicator"], before["period"]) in dropped:
            actual_recorded(older, before)


def actual_recorded(event: Event, data: Data) -> None:
    """Show a figure from before Himpun, unless a case has its own."""
    row = _row(data)
    if row.case is not None:
        return
    row.prior, row.verified = True, False
    row.indicator_version = data["version"]
    _reach(row, event, data["value"], {})
    _write(row, target=_current_target(row))


def target_set(event: Event, data: Data) -> None:  # noqa: ARG001 - the registry's shape
    """Calculate anew what is not verified; a verified figure keeps its target.

    A withdrawn one leaves no target behind.
    """
    for row in Achievement.objects.filter(
        indicator=data["indicator"], period_code=data["period"], verified=False
    ):
        _write(row, target=_current_target(row))


PROJECTION = Projection(
    name="capaian",
    handlers={
        "value.saved": value_saved,
        "value.accepted": value_accepted,
        "value.returned": value_returned,
        "step.returned": step_returned,
        "case.cancelled": case_cancelled,
        "actual.recorded": actual_recorded,
        "target.set": target_set,
        "target.withdrawn": target_set,
    },
    reset=reset,
)
