"""Keeping a Renstra as a draft, and letting it come into force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from himpun.ledger import actions as ledger
from himpun.shared.refusals import Conflict, say

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

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit

    from ..models import Indicator
    from ..rules import RenstraPlan


@transaction.atomic
def keep_renstra(
    unit: Unit,
    plan: RenstraPlan,
    *,
    in_force: bool = False,
    by: Person,
    at: datetime,
) -> Kept[RenstraVersion]:
    """Keep a Renstra, or its change, as a draft; the same plan makes nothing new.

    A draft of its stage is replaced as a whole, also by what is in force already: the
    draft says afterwards what was handed in. ``in_force`` says that the document is no
    draft: one that is in force with the same content is then what is meant. Its
    indicators and programmes are there already. Raises Refusal as `rules.settle_plan`
    does, for an indicator that is not there, and for another plan than the one that is
    in force.
    """
    actor = desk.planning(unit, by, at)
    settled, indicators = settle(unit, plan)
    renstra, _made = Renstra.objects.get_or_create(
        unit=unit, first_year=plan.first_year, last_year=plan.last_year
    )
    versions = list(renstra.versions.filter(stage=plan.stage.value))
    drafts = [version for version in versions if version.since is None]
    begun = [version for version in versions if version.since is not None]
    for version in begun + drafts if in_force else drafts or begun:
        if queries.plan_of(queries.tree_of(version)) == settled:
            return Kept(version, Change.UNCHANGED, queries.plan_doubts(version))
    if begun and plan.stage is Stage.ORIGINAL:
        rules.refuse_rewriting(plan.stage)
    change = Change.UPDATED if drafts else Change.CREATED
    version = drafts[0] if drafts else new_version(renstra, settled)
    write(version, settled, indicators, actor, at)
    return Kept(version, change, queries.plan_doubts(version))


def settle(unit: Unit, plan: RenstraPlan) -> tuple[RenstraPlan, dict[str, Indicator]]:
    """Return a plan as it is kept, and its indicators by code; raises Refusal."""
    programmes = Programme.objects.filter(
        unit=unit, pk__in=[planned.programme for planned in plan.programmes]
    )
    settled = rules.settle_plan(plan, queries.works(programmes))
    indicators = pinning.indicators_of(unit, settled.attached())
    desk.fitting([RenstraVersion(origin=settled.origin)])
    return settled, indicators


def new_version(renstra: Renstra, plan: RenstraPlan) -> RenstraVersion:
    """Make a draft with the next number, to be written."""
    last = renstra.versions.aggregate(last=Max("number"))["last"] or 0
    return RenstraVersion.objects.create(
        renstra=renstra, number=last + 1, stage=plan.stage.value, origin=plan.origin
    )


def write(
    version: RenstraVersion,
    plan: RenstraPlan,
    indicators: dict[str, Indicator],
    actor: Actor,
    at: datetime,
) -> RenstraVersion:
    """Let a draft say what a settled plan says, and nothing else; record it."""
    version.indicators.all().delete()
    version.programmes.all().delete()
    version.goals.all().delete()
    version.origin = plan.origin
    version.save()
    _write(version, plan, indicators)
    ledger.record(
        desk.stream_of(version.renstra.unit_id),
        "renstra.kept",
        by=actor,
        at=at,
        data=_kept(version, plan),
    )
    return version


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
def enact_renstra(  # noqa: PLR0913 - what, from when, by what, as seen, by whom
    version: RenstraVersion,
    since: date,
    *,
    decision: str = "",
    seen: str = "",
    by: Person,
    at: datetime,
) -> Kept[RenstraVersion]:
    """Let a Renstra come into force; from then on nothing of it changes.

    The targets of its years are pinned as they stand. ``decision`` names what set it;
    ``seen`` is the seal of the `queries.enactment` that was looked at, where one was.
    Raises Conflict where that is not what stands now, Refusal for a change without a
    plan before it, a day that does not follow that one's or lies after the plan's last
    year, and another day or decision for a plan that is in force.
    """
    renstra = version.renstra
    actor = desk.planning(renstra.unit, by, at)
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
    _refuse_unseen(version, seen)
    version.since, version.decision = since, decision
    desk.fitting([version])
    version.save()
    pinned = _pin(version)
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


def _refuse_unseen(version: RenstraVersion, seen: str) -> None:
    """Refuse to put into force what is not what was looked at; raises Conflict."""
    if seen and seen != queries.enactment(version).seal:
        raise Conflict(
            say(
                "Konsep ini atau targetnya baru saja diubah. Periksa lagi apa yang "
                "ditetapkan di bawah, lalu berlakukan."
            ),
            current=version,
        )


def _pin(version: RenstraVersion) -> list[dict[str, Any]]:
    """Pin the targets of the plan's years; return them as the ledger has them."""
    rows = [
        PlannedTarget(
            planned=one.planned, meaning=one.meaning, period_code=one.year, aim=one.aim
        )
        for one in queries.standing_targets(version)
    ]
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
