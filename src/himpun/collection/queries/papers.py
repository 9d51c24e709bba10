"""What the papers say of a case's values: plain frozen data, roles and no names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.planning import queries as planning
from himpun.planning.rules import Level

from ..rules import EntryState
from . import grid, hands, rounds

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from himpun.formula import Component
    from himpun.planning.models import IndicatorVersion
    from himpun.planning.queries import Earlier
    from himpun.planning.rules import Aim, Figure, Measured
    from himpun.procedures.models import Case

    from .grid import Row
    from .hands import ExemptionShown


@dataclass(frozen=True)
class Meaning:
    """The definition of an indicator as it was pinned by the round."""

    indicator: int
    code: str
    level: str
    group: str
    version: int
    since: date
    name: str
    definition: str
    unit_of_measure: str
    decimals: int
    polarity: str
    polarity_words: str
    zero_target: str
    zero_actual: str
    cap: Decimal | None
    cap_on: str
    rule_words: tuple[str, ...]
    formula: str
    components: tuple[Component, ...]
    over_time: str
    over_units: str
    frequency: str
    in_charge: str
    mechanism: str
    medium: str
    evidence_rule: str
    origin: str
    scale: str
    scale_version: int
    scale_source: str
    grade_scale: str
    grade_scale_version: int | None
    grade_rule: str


@dataclass(frozen=True)
class AcceptedValue:
    """An accepted value with all that a paper says of it.

    ``target`` is the one that stood when the value was accepted; ``measured`` holds
    achievement, formula and rank against it. ``evidence`` is (name, sha256, size).
    """

    entry: int
    meaning: Meaning
    target: Aim | None
    target_origin: str
    value: Figure
    inputs: tuple[tuple[str, Decimal | None], ...]
    calculation: tuple[str, ...]
    measured: Measured
    previous: Earlier | None
    note: str
    author_role: str
    verifier_role: str
    verified_at: datetime
    evidence: tuple[tuple[str, str, int], ...]
    exemption: ExemptionShown | None


def accepted_values(case: Case) -> list[AcceptedValue]:
    """Return the accepted values of a case in print order; constant queries."""
    round_ = rounds.round_of(case)
    if round_ is None:
        return []
    shown = {row.number: row for row in hands.exemptions_shown(round_)}
    found = [row for row in grid.rows(round_) if row.state is EntryState.ACCEPTED]
    return [value for row in found if (value := _accepted(row, shown))]


def _accepted(row: Row, shown: dict[int, ExemptionShown]) -> AcceptedValue | None:
    decision, value = row.decision, row.entry.figure
    if decision is None or value is None:
        return None
    exemption = decision.exemption
    return AcceptedValue(
        entry=row.entry.pk,
        meaning=meaning(row.version),
        target=decision.target,
        target_origin=row.target.origin if row.target else "",
        value=value,
        inputs=tuple((one.component.code, one.value) for one in row.variables),
        calculation=row.calculation,
        measured=planning.measured(row.version, actual=value, target=decision.target),
        previous=row.previous,
        note=row.note,
        author_role=row.entry.author_role,
        verifier_role=decision.role,
        verified_at=decision.at,
        evidence=tuple((file.name, file.sha256, file.size) for file in row.files),
        exemption=shown.get(exemption.pk) if exemption else None,
    )


def meaning(version: IndicatorVersion) -> Meaning:
    """Return a definition as plain values, for the frozen annex of a paper."""
    indicator, scale, grades = version.indicator, version.scale, version.grade_scale
    rule = planning.rule_of(version)
    return Meaning(
        indicator=indicator.pk,
        code=indicator.code,
        level=Level(indicator.level).value,
        group=indicator.group,
        version=version.number,
        since=version.since,
        name=version.name,
        definition=version.definition,
        unit_of_measure=version.unit_of_measure,
        decimals=version.decimals,
        polarity=version.polarity,
        polarity_words=planning.way_of(version),
        zero_target=version.zero_target,
        zero_actual=version.zero_actual,
        cap=version.cap,
        cap_on=version.cap_on,
        rule_words=rule.sentences if rule else (),
        formula=version.formula,
        components=planning.components_of(version),
        over_time=version.over_time,
        over_units=version.over_units,
        frequency=version.frequency,
        in_charge=version.in_charge,
        mechanism=version.mechanism,
        medium=version.medium,
        evidence_rule=version.evidence_rule,
        origin=version.origin,
        scale=scale.name,
        scale_version=scale.version,
        scale_source=scale.source,
        grade_scale=grades.name if grades else "",
        grade_scale_version=grades.version if grades else None,
        grade_rule=version.grade_rule if grades else "",
    )


@dataclass(frozen=True)
class UnitAnswer:
    """What a unit was asked and how it answered, for the paper of step 5."""

    unit: str
    what: str
    due: date | None
    state: str
    received_via: str
    received_on: date | None
    waiver: str
    closed_role: str


def unit_answers(case: Case) -> list[UnitAnswer]:
    """Return what was asked of whom, in the units' order; two queries."""
    round_ = rounds.round_of(case)
    if round_ is None:
        return []
    return [
        UnitAnswer(
            unit=row.request.unit.name,
            what=row.what,
            due=row.request.due,
            state=row.request.state,
            received_via=row.via,
            received_on=row.request.received_on,
            waiver=row.waiver,
            closed_role=row.request.closed_role,
        )
        for row in rounds.requests(round_)
    ]


@dataclass(frozen=True)
class TeamShown:
    """The collection team as a paper names it: roles, never names."""

    name: str
    decree_number: str
    decree_date: date | None
    members: tuple[str, ...]


def team_of(case: Case) -> TeamShown | None:
    """Return the team of a case, None when none was named yet."""
    round_ = rounds.round_of(case)
    if round_ is None or round_.team is None:
        return None
    team = round_.team
    return TeamShown(
        name=team.name,
        decree_number=team.decree_number,
        decree_date=team.decree_date,
        members=tuple(str(member) for member in rounds.team_members(team)),
    )


def exemptions(case: Case) -> list[ExemptionShown]:
    """Return the exemptions of a case, for every paper of it."""
    round_ = rounds.round_of(case)
    return hands.exemptions_shown(round_) if round_ else []
