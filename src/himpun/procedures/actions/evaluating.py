"""An SOP is evaluated for a year, as PermenPANRB 35/2012 asks at least yearly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.shared.refusals import Refusal, say

from ..models import Evaluation
from ..rules import QUESTIONS, Criterion, EvaluationResult
from .desk import decider

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from himpun.organization.models import Person

    from ..models import ProcedureVersion


@transaction.atomic
def evaluate(  # noqa: PLR0913 - the columns of an evaluation, all named
    version: ProcedureVersion,
    year: int,
    answers: Mapping[Criterion, tuple[bool, str]],
    result: EvaluationResult,
    *,
    by: Person,
    at: datetime,
) -> Evaluation:
    """Keep the evaluation of an SOP for a year; Kasubbag, Sekcam or Camat may.

    ``answers`` holds (yes or no, a remark or nothing) for every criterion; a no needs
    its remark. The SOP itself does not change: a result other than "dipertahankan" is
    carried out by a new version, or by ending its use.
    """
    office = version.procedure.unit
    actor = decider(by, office, at)
    if year > organization.local_day(at, office).year:
        raise Refusal(say("Tahun %(year)s belum dimulai."), year=year)
    for criterion, question in QUESTIONS.items():
        if criterion not in answers:
            raise Refusal(
                say("Jawab ya atau tidak: %(question)s.", question=question),
                field=criterion.value,
            )
        yes, remark = answers[criterion]
        if not yes and not remark.strip():
            raise Refusal(
                say(
                    "Tulis catatan untuk jawaban tidak: %(question)s.",
                    question=question,
                ),
                field=f"{criterion.value}-catatan",
            )
    kept = {
        criterion.value: {
            "ya": yes,
            "catatan": ledger.keep_text(remark.strip()) if remark.strip() else "",
        }
        for criterion, (yes, remark) in answers.items()
    }
    made = Evaluation.objects.create(
        version=version,
        year=year,
        answers=kept,
        result=result,
        evaluated_at=at,
        evaluated_role=actor.role,
    )
    ledger.record(
        f"sop:{office.pk}",
        "sop.evaluated",
        by=actor,
        at=at,
        data={
            "version": version.pk,
            "year": year,
            "result": result.value,
            "answers": kept,
        },
    )
    return made
