"""Keeping what follows from a PK and before it: rencana aksi, and the set of IKU."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.shared.refusals import Refusal, say
from himpun.worktime.words import say_day

from .. import queries, rules
from ..models import ActionPlan, ActionPlanStep, IndicatorSet, KeyIndicator
from ..rules import ActionStep, Change, IndicatorSetDraft, Kept
from . import desk, pinning
from .targets import must_suit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.organization.models import Person, Unit
    from himpun.wording import Sentence

    from ..models import (
        AgreementIndicator,
        Indicator,
        IndicatorVersion,
        PerjanjianKinerja,
    )


@transaction.atomic
def keep_action_plan(
    agreement: PerjanjianKinerja,
    steps: Sequence[ActionStep],
    *,
    shown: int | None = None,
    by: Person,
    at: datetime,
) -> Kept[ActionPlan]:
    """Keep the rencana aksi of a PK; other steps than the newest's are a new one.

    ``shown`` is the version that they were made from, 0 for none; None: whatever stands.
    Periods that do not make what the PK promised are told. Raises Refusal as
    `rules.settle_steps` does, for a target of another kind than its indicator's, for a PK
    that a later one has replaced, and for a version that is not the newest any more.
    """
    unit = agreement.first.unit.office
    if unit is None:
        raise ValueError("a position with an agreement belongs to an office")
    actor = desk.planning(unit, by, at)
    rows = _rows(agreement)
    settled = rules.settle_steps(steps, agreement.year, rows)
    for step in settled:
        if step.aim is not None:
            must_suit(rows[step.indicator].meaning, step.aim)
    promised = queries.promised_of(list(rows.values()))
    doubts = rules.step_doubts(settled, promised)
    newest = queries.action_plan(agreement)
    if newest and queries.steps_in(newest) == settled:
        return Kept(newest, Change.UNCHANGED, doubts)
    _refuse_replaced(agreement)
    desk.refuse_unseen(newest.number if newest else 0, shown)
    plan = ActionPlan.objects.create(
        agreement=agreement, number=newest.number + 1 if newest else 1, made_at=at
    )
    ActionPlanStep.objects.bulk_create(
        desk.fitting(
            ActionPlanStep(
                plan=plan,
                row=rows[step.indicator],
                period_code=step.period,
                aim=step.aim,
                activity=step.activity,
                in_charge=step.in_charge,
                order=order,
            )
            for order, step in enumerate(settled, 1)
        )
    )
    ledger.record(
        desk.stream_of(unit.pk),
        "action_plan.kept",
        by=actor,
        at=at,
        data={
            "plan": plan.pk,
            "agreement": agreement.pk,
            "number": plan.number,
            "steps": [
                {
                    "indicator": rows[step.indicator].meaning.indicator_id,
                    "period": step.period,
                    "aim": rules.plain(step.aim),
                }
                for step in settled
            ],
            "words": desk.words([[s.activity, s.in_charge] for s in settled]),
        },
    )
    return Kept(plan, Change.UPDATED if newest else Change.CREATED, doubts)


def _rows(agreement: PerjanjianKinerja) -> dict[str, AgreementIndicator]:
    rows = queries.promised_rows(agreement)
    return {row.meaning.indicator.code: row for row in rows}


def _refuse_replaced(agreement: PerjanjianKinerja) -> None:
    newest = queries.agreement(agreement.first_id, agreement.year)
    if newest != agreement:
        raise Refusal(
            say(
                "Perjanjian Kinerja ini sudah diganti yang lebih baru. Susun rencana "
                "aksi untuk perjanjian yang terakhir."
            )
        )


@transaction.atomic
def keep_indicator_set(
    unit: Unit,
    draft: IndicatorSetDraft,
    *,
    shown: int | None = None,
    by: Person,
    at: datetime,
) -> Kept[IndicatorSet]:
    """Keep the IKU that a decision set; the same decision again makes nothing new.

    An indicator without a formal definition is told. ``shown`` is the set that this one
    follows, 0 for none; None: whatever stands. Raises Refusal for a decision without
    number or indicators, an indicator that is not in force, a set that does not begin
    after the one before, and where another one came meanwhile.
    """
    actor = desk.planning(unit, by, at)
    if not draft.decision.strip() or not draft.indicators:
        raise Refusal(
            say("Isi nomor keputusan dan sedikitnya satu indikator."), field="decision"
        )
    rules.refuse_repeated(draft.indicators, "indicators")
    known = pinning.indicators_of(unit, draft.indicators)
    sets = list(IndicatorSet.objects.filter(unit=unit))
    for row in sets:
        if _set_of(row) == draft:
            return Kept(row, Change.UNCHANGED, _undefined(row))
    desk.refuse_unseen(sets[0].number if sets else 0, shown)
    rules.refuse_far(draft)
    if sets and draft.since <= sets[0].since:
        raise Refusal(
            say("IKU sebelumnya berlaku sejak %(day)s. Tulis tanggal sesudahnya."),
            field="since",
            day=say_day(sets[0].since),
        )
    [row] = desk.fitting(
        [
            IndicatorSet(
                unit=unit,
                number=len(sets) + 1,
                decision=draft.decision,
                decided_on=draft.decided_on,
                since=draft.since,
            )
        ]
    )
    row.save()
    chosen = KeyIndicator.objects.bulk_create(
        KeyIndicator(chosen=row, meaning=meaning, order=order)
        for order, meaning in enumerate(_meanings(draft, known), 1)
    )
    ledger.record(
        desk.stream_of(unit.pk),
        "indicator_set.kept",
        by=actor,
        at=at,
        data={
            "set": row.pk,
            "number": row.number,
            "decided_on": row.decided_on.isoformat(),
            "since": row.since.isoformat(),
            "indicators": [
                {"indicator": one.meaning.indicator_id, "version": one.meaning.number}
                for one in chosen
            ],
            "words": desk.words({"decision": row.decision}),
        },
    )
    change = Change.UPDATED if sets else Change.CREATED
    return Kept(row, change, _undefined(row))


def _meanings(
    draft: IndicatorSetDraft, known: dict[str, Indicator]
) -> list[IndicatorVersion]:
    """Return the version of each indicator that measures the year the set begins in."""
    meanings = queries.meanings_of([row.pk for row in known.values()])
    found = []
    for code in draft.indicators:
        meaning = meanings.of(known[code].pk, draft.since.year)
        if meaning is None:
            raise Refusal(
                say("Indikator %(code)s belum berlaku pada tahun %(year)s."),
                field="indicators",
                code=code,
                year=draft.since.year,
            )
        found.append(meaning)
    return found


def _set_of(row: IndicatorSet) -> IndicatorSetDraft:
    codes = row.indicators.values_list("meaning__indicator__code", flat=True)
    return IndicatorSetDraft(row.decision, row.decided_on, row.since, tuple(codes))


def _undefined(row: IndicatorSet) -> tuple[Sentence, ...]:
    rows = row.indicators.filter(meaning__definition="")
    return tuple(
        say("IKU %(code)s belum mempunyai definisi formal.", code=code)
        for code in rows.values_list("meaning__indicator__code", flat=True)
    )
