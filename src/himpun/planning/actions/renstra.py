"""Keeping a Renstra as a draft, and letting it come into force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.ledger import actions as ledger

from .. import queries, rules
from ..models import (
    Goal,
    Outcome,
    PlannedFunding,
    PlannedIndicator,
    PlannedProgramme,
    PlannedTarget,
    Programme,
    Renstra,
    RenstraVersion,
)
from ..rules import Change, Kept, Stage
from . import desk, pinning

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun.organization.models import Person, Unit

    from ..models import Indicator
    from ..rules import RenstraPlan


@transaction.atomic
def keep_renstra(
    unit: Unit, plan: RenstraPlan, *, by: Person, at: datetime
) -> Kept[RenstraVersion]:
    """Keep a Renstra, or its change, as a draft; the same plan makes nothing new.

    A draft of its stage is replaced as a whole. Its indicators and programmes are there
    already. Raises Refusal as `rules.settle_plan` does, for an indicator that is not
    there, and for another plan than the one that is in force.
    """
    actor = desk.planner(unit, by, at)
    programmes = Programme.objects.filter(
        unit=unit, pk__in=[planned.programme for planned in plan.programmes]
    )
    settled = rules.settle_plan(plan, queries.works(programmes))
    indicators = pinning.indicators_of(unit, settled.attached())
    desk.fitting([RenstraVersion(origin=settled.origin)])
    desk.locked(unit)
    renstra, _made = Renstra.objects.get_or_create(
        unit=unit, first_year=plan.first_year, last_year=plan.last_year
    )
    versions = list(renstra.versions.filter(stage=plan.stage.value))
    for version in versions:
        if queries.plan_of(queries.tree_of(version)) == settled:
            return Kept(version, Change.UNCHANGED, queries.plan_doubts(version))
    version, change = _draft(renstra, settled, versions)
    _write(version, settled, indicators)
    ledger.record(
        desk.stream_of(unit.pk),
        "renstra.kept",
        by=actor,
        at=at,
        data=_kept(version, settled),
    )
    return Kept(version, change, queries.plan_doubts(version))


def _draft(
    renstra: Renstra, plan: RenstraPlan, versions: list[RenstraVersion]
) -> tuple[RenstraVersion, Change]:
    """Return an empty draft to write the plan into: the one that is there, or a new one."""
    for version in versions:
        if version.since is None:
            version.indicators.all().delete()
            version.programmes.all().delete()
            version.goals.all().delete()
            version.origin = plan.origin
            version.save()
            return version, Change.UPDATED
    if versions and plan.stage is Stage.ORIGINAL:
        rules.refuse_rewriting(plan.stage)
    number = renstra.versions.count() + 1
    version = RenstraVersion.objects.create(
        renstra=renstra, number=number, stage=plan.stage.value, origin=plan.origin
    )
    return version, Change.CREATED


def _write(
    version: RenstraVersion, plan: RenstraPlan, indicators: dict[str, Indicator]
) -> None:
    goals = Goal.objects.bulk_create(
        desk.fitting(
            Goal(version=version, code=goal.code, text=goal.text, order=order)
            for order, goal in enumerate(plan.goals, 1)
        )
    )
    pairs = [
        (row, outcome)
        for row, goal in zip(goals, plan.goals, strict=True)
        for outcome in goal.outcomes
    ]
    outcomes = Outcome.objects.bulk_create(
        desk.fitting(
            Outcome(version=version, goal=goal, code=o.code, text=o.text, order=order)
            for order, (goal, o) in enumerate(pairs, 1)
        )
    )
    programmes = _write_programmes(version, plan, {o.code: o for o in outcomes})
    places: list[tuple[dict[str, Any], tuple[str, ...]]] = [
        *(({"goal": g}, p.indicators) for g, p in zip(goals, plan.goals, strict=True)),
        *(
            ({"outcome": row}, outcome.indicators)
            for row, (_goal, outcome) in zip(outcomes, pairs, strict=True)
        ),
        *(
            ({"programme": row}, planned.indicators)
            for row, planned in zip(programmes, plan.programmes, strict=True)
        ),
    ]
    hung = [(place, code) for place, codes in places for code in codes]
    PlannedIndicator.objects.bulk_create(
        PlannedIndicator(
            version=version, indicator=indicators[code], order=order, **place
        )
        for order, (place, code) in enumerate(hung, 1)
    )


def _write_programmes(
    version: RenstraVersion, plan: RenstraPlan, outcomes: dict[str, Outcome]
) -> list[PlannedProgramme]:
    rows = PlannedProgramme.objects.bulk_create(
        PlannedProgramme(
            version=version,
            programme_id=planned.programme,
            outcome=outcomes.get(planned.outcome),
            result=planned.result,
            order=order,
        )
        for order, planned in enumerate(plan.programmes, 1)
    )
    PlannedFunding.objects.bulk_create(
        PlannedFunding(planned=row, year=year, amount=amount)
        for row, planned in zip(rows, plan.programmes, strict=True)
        for year, amount in planned.funding
    )
    return rows


def _kept(version: RenstraVersion, plan: RenstraPlan) -> dict[str, Any]:
    texts = {
        "goals": {goal.code: goal.text for goal in plan.goals},
        "outcomes": {outcome.code: outcome.text for outcome in plan.outcomes},
        "results": {str(p.programme): p.result for p in plan.programmes},
        "origin": plan.origin,
    }
    return {
        "renstra": version.renstra_id,
        "years": [plan.first_year, plan.last_year],
        "version": version.number,
        "stage": version.stage,
        "goals": [
            {
                "code": goal.code,
                "indicators": list(goal.indicators),
                "outcomes": [
                    {"code": outcome.code, "indicators": list(outcome.indicators)}
                    for outcome in goal.outcomes
                ],
            }
            for goal in plan.goals
        ],
        "programmes": [
            {
                "programme": planned.programme,
                "outcome": planned.outcome,
                "indicators": list(planned.indicators),
                "funding": {str(year): amount for year, amount in planned.funding},
            }
            for planned in plan.programmes
        ],
        "words": desk.words(texts),
    }


@transaction.atomic
def enact_renstra(
    version: RenstraVersion,
    since: date,
    *,
    decision: str = "",
    by: Person,
    at: datetime,
) -> Kept[RenstraVersion]:
    """Let a Renstra come into force; from then on nothing of it changes.

    The targets of its years are pinned as they stand. ``decision`` names what set it.
    Raises Refusal for a change without a plan before it, a day that does not follow that
    one's or lies after the plan's last year, and another day or decision for a plan that
    is in force.
    """
    renstra = version.renstra
    actor = desk.planner(renstra.unit, by, at)
    desk.locked(renstra.unit)
    version.refresh_from_db()
    if version.since is not None:
        if version.since == since and decision in {"", version.decision}:
            return Kept(version, Change.UNCHANGED)
        rules.refuse_rewriting(Stage(version.stage))
    begun = [row.since for row in renstra.versions.all() if row.since]
    rules.refuse_enacting(
        Stage(version.stage),
        since,
        max(begun, default=None),
        last_year=renstra.last_year,
    )
    version.since, version.decision = since, decision
    desk.fitting([version])
    version.save()
    pinned = _pin(version, renstra)
    ledger.record(
        desk.stream_of(renstra.unit_id),
        "renstra.enacted",
        by=actor,
        at=at,
        data={
            "renstra": renstra.pk,
            "version": version.number,
            "stage": version.stage,
            "since": since.isoformat(),
            "targets": pinned,
            "words": desk.words({"decision": decision}),
        },
    )
    return Kept(version, Change.UPDATED, queries.plan_doubts(version))


def _pin(version: RenstraVersion, renstra: Renstra) -> list[dict[str, Any]]:
    """Pin the targets of the plan's years; return them as the ledger has them."""
    years = [str(y) for y in range(renstra.first_year, renstra.last_year + 1)]
    planned = list(version.indicators.all())
    ids = [row.indicator_id for row in planned]
    aims = queries.targets(ids, years)
    meanings = queries.meanings_of(ids)
    rows = []
    for row in planned:
        for year in years:
            promise = aims.get((row.indicator_id, year))
            meaning = meanings.of(row.indicator_id, int(year))
            if promise and meaning:
                rows.append(
                    PlannedTarget(
                        planned=row,
                        meaning=meaning,
                        period_code=year,
                        aim=promise.aim,
                    )
                )
    PlannedTarget.objects.bulk_create(rows)
    return [
        {
            "indicator": row.planned.indicator_id,
            "version": row.meaning.number,
            "period": row.period_code,
            "aim": rules.plain(row.aim),
        }
        for row in rows
    ]
