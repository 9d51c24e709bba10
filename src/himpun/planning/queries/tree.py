"""Reading the Renstra: the version in force, its tree, and where an indicator stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import rules
from ..models import (
    PlannedFunding,
    PlannedIndicator,
    PlannedProgramme,
    PlannedTarget,
    Programme,
    RenstraVersion,
)
from ..rules import (
    GoalPlan,
    Level,
    OutcomePlan,
    ProgrammePlan,
    RenstraPlan,
    Stage,
    Work,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from himpun.organization.models import Unit
    from himpun.wording import Sentence

    from ..models import Goal, IndicatorVersion, Outcome
    from ..rules import Aim


@dataclass(frozen=True)
class PlannedAims:
    """An indicator at its place, with its targets by period code; none in a draft.

    ``meaning`` is the version that the target of the last year was pinned with.
    """

    row: PlannedIndicator
    aims: dict[str, Aim]
    meaning: IndicatorVersion | None = None

    @property
    def code(self) -> str:
        """The indicator's code."""
        return self.row.indicator.code


@dataclass(frozen=True)
class OutcomeBranch:
    """A sasaran with its indicators and the programmes that serve it."""

    row: Outcome
    indicators: tuple[PlannedAims, ...]
    programmes: tuple[ProgrammeBranch, ...]


@dataclass(frozen=True)
class ProgrammeBranch:
    """A planned programme, activity or sub-activity with its indicative budget."""

    row: PlannedProgramme
    indicators: tuple[PlannedAims, ...]
    funding: dict[int, int]


@dataclass(frozen=True)
class GoalBranch:
    """A tujuan with its indicators and its sasaran."""

    row: Goal
    indicators: tuple[PlannedAims, ...]
    outcomes: tuple[OutcomeBranch, ...]


@dataclass(frozen=True)
class Tree:
    """A version of a Renstra as a whole; ``programmes`` in the order of the document."""

    version: RenstraVersion
    goals: tuple[GoalBranch, ...]
    programmes: tuple[ProgrammeBranch, ...]

    def hanging(self) -> list[PlannedAims]:
        """Return all indicators at their places, in the order of the document."""
        found: list[PlannedAims] = []
        for goal in self.goals:
            found += goal.indicators
            for outcome in goal.outcomes:
                found += outcome.indicators
        for branch in self.programmes:
            found += branch.indicators
        return found


def renstra_in_force(office: Unit | int, day: date) -> RenstraVersion | None:
    """Return the version that holds on a day; None before the first, and after the last
    year of the plan.
    """
    rows = RenstraVersion.objects.filter(
        renstra__unit=office,
        renstra__first_year__lte=day.year,
        renstra__last_year__gte=day.year,
        since__lte=day,
    ).select_related("renstra")
    return max(rows, key=lambda row: (row.since or day, row.number), default=None)


def tree_of(version: RenstraVersion) -> Tree:
    """Return a version with all that hangs on it, six queries whatever its size."""
    hung = _indicators(version)
    programmes = _programmes(version, hung)
    serving: dict[int | None, list[ProgrammeBranch]] = {}
    for branch in programmes:
        serving.setdefault(branch.row.outcome_id, []).append(branch)
    outcomes: dict[int, list[OutcomeBranch]] = {}
    for row in version.outcomes.all():
        outcomes.setdefault(row.goal_id, []).append(
            OutcomeBranch(
                row,
                tuple(hung.get(("outcome", row.pk), ())),
                tuple(serving.get(row.pk, ())),
            )
        )
    goals = tuple(
        GoalBranch(
            row, tuple(hung.get(("goal", row.pk), ())), tuple(outcomes.get(row.pk, ()))
        )
        for row in version.goals.all()
    )
    return Tree(version, goals, programmes)


Hung = dict[tuple[str, int], list[PlannedAims]]


def _indicators(version: RenstraVersion) -> Hung:
    aims: dict[int, dict[str, Aim]] = {}
    meanings: dict[int, IndicatorVersion] = {}
    for pinned in PlannedTarget.objects.filter(planned__version=version).select_related(
        "meaning__indicator"
    ):
        aims.setdefault(pinned.planned_id, {})[pinned.period_code] = pinned.aim
        meanings[pinned.planned_id] = pinned.meaning
    found: Hung = {}
    for row in version.indicators.select_related("indicator"):
        place = next(
            (name, key)
            for name in ("goal", "outcome", "programme")
            if (key := getattr(row, f"{name}_id")) is not None
        )
        found.setdefault(place, []).append(
            PlannedAims(row, aims.get(row.pk, {}), meanings.get(row.pk))
        )
    return found


def _programmes(version: RenstraVersion, hung: Hung) -> tuple[ProgrammeBranch, ...]:
    funding: dict[int, dict[int, int]] = {}
    for row in PlannedFunding.objects.filter(planned__version=version):
        funding.setdefault(row.planned_id, {})[row.year] = row.amount
    return tuple(
        ProgrammeBranch(
            row, tuple(hung.get(("programme", row.pk), ())), funding.get(row.pk, {})
        )
        for row in version.programmes.select_related("programme")
    )


def plan_of(tree: Tree) -> RenstraPlan:
    """Return a tree as the document it was kept from."""
    renstra = tree.version.renstra
    code = {o.row.pk: o.row.code for goal in tree.goals for o in goal.outcomes}
    return RenstraPlan(
        renstra.first_year,
        renstra.last_year,
        Stage(tree.version.stage),
        tree.version.origin,
        tuple(_goal_plan(goal) for goal in tree.goals),
        tuple(
            ProgrammePlan(
                branch.row.programme_id,
                code.get(branch.row.outcome_id or 0, ""),
                branch.row.result,
                _codes(branch.indicators),
                tuple(branch.funding.items()),
            )
            for branch in tree.programmes
        ),
    )


def _goal_plan(goal: GoalBranch) -> GoalPlan:
    outcomes = tuple(
        OutcomePlan(o.row.code, o.row.text, _codes(o.indicators)) for o in goal.outcomes
    )
    return GoalPlan(goal.row.code, goal.row.text, outcomes, _codes(goal.indicators))


def _codes(planned: Iterable[PlannedAims]) -> tuple[str, ...]:
    return tuple(one.code for one in planned)


def works(programmes: Iterable[Programme]) -> dict[int, Work]:
    """Return what a check needs to know of programmes, by id."""
    return {row.pk: Work(Level(row.level), row.name) for row in programmes}


@dataclass(frozen=True)
class Serving:
    """What an indicator serves: the sasaran (None where it stands elsewhere), in words."""

    outcome: int | None
    text: str


def serving(
    version: RenstraVersion | None, indicators: Iterable[int]
) -> dict[int, Serving]:
    """Return what indicators serve by a version of the Renstra, one query.

    One that stands on a programme serves that programme's sasaran, where it has one.
    """
    if version is None:
        return {}
    rows = version.indicators.filter(indicator__in=indicators).select_related(
        "goal", "outcome", "programme__programme", "programme__outcome"
    )
    return {row.indicator_id: _served(row) for row in rows}


def _served(row: PlannedIndicator) -> Serving:
    if row.outcome is not None:
        return Serving(row.outcome_id, row.outcome.text)
    if row.goal is not None:
        return Serving(None, row.goal.text)
    planned = row.programme
    if planned is None:
        raise ValueError("an indicator stands somewhere")
    return Serving(planned.outcome_id, planned.result or planned.programme.name)


def funding(version: RenstraVersion | None, year: int) -> dict[int, int]:
    """Return the indicative budget of a year by programme id."""
    if version is None:
        return {}
    rows = PlannedFunding.objects.filter(planned__version=version, year=year)
    return dict(rows.values_list("planned__programme", "amount"))


def plan_doubts(version: RenstraVersion) -> tuple[Sentence, ...]:
    """Return what a version lacks that a complete one has, and indicators misplaced."""
    tree = tree_of(version)
    known = works(branch.row.programme for branch in tree.programmes)
    return rules.plan_doubts(plan_of(tree), known) + rules.place_doubts(places(tree))


def places(tree: Tree) -> list[tuple[str, Level, Level]]:
    """Return each indicator's code, its own level, and the level of its place."""
    found = [(one, Level.GOAL) for goal in tree.goals for one in goal.indicators]
    for goal in tree.goals:
        for outcome in goal.outcomes:
            found += [(one, Level.OUTCOME) for one in outcome.indicators]
    for branch in tree.programmes:
        level = Level(branch.row.programme.level)
        found += [(one, level) for one in branch.indicators]
    return [(one.code, Level(one.row.indicator.level), level) for one, level in found]
