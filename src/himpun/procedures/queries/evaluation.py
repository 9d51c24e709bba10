"""What the record knows for the yearly evaluation of an SOP: facts, never the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.ledger import queries as ledger
from himpun.organization import queries as organization
from himpun.wording import say

from ..models import ActorBinding, ChecklistItem, Evaluation, Finding, Procedure
from ..rules import QUESTIONS, Criterion, ItemState, VersionState
from . import statistics

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.wording import Sentence

    from ..models import ProcedureVersion


@dataclass(frozen=True)
class Question:
    """A question of the form, the fact beside it, and the answer that was kept."""

    criterion: Criterion
    text: Sentence
    fact: Sentence
    yes: bool | None
    remark: str


def newest(version: ProcedureVersion, year: int) -> Evaluation | None:
    """Return the evaluation of a year that counts, None without one."""
    return Evaluation.objects.filter(version=version, year=year).first()


def questions(
    version: ProcedureVersion, year: int, at: datetime, kept: Evaluation | None = None
) -> list[Question]:
    """Return the form of a year with the facts of the record, in its order."""
    facts = _facts(version, year, at)
    answers = kept.answers if kept else {}
    said = ledger.texts(a["catatan"] for a in answers.values() if a["catatan"])
    return [
        Question(
            criterion=criterion,
            text=text,
            fact=facts[criterion],
            yes=answers[criterion]["ya"] if criterion in answers else None,
            remark=said.get(answers.get(criterion, {}).get("catatan", ""), ""),
        )
        for criterion, text in QUESTIONS.items()
    ]


def _facts(
    version: ProcedureVersion, year: int, at: datetime
) -> dict[Criterion, Sentence]:
    now = statistics.rows([version.procedure_id], year)
    before = statistics.rows([version.procedure_id], year - 1)
    slow = [t.number for t in statistics.by_step(version, now) if t.on_time < t.count]
    opened, finished, returned = statistics.finished_cases(version, year)
    waived = ChecklistItem.objects.filter(
        case__procedure=version.procedure_id,
        case__opened_at__year=year,
        state=ItemState.WAIVED,
    ).count()
    doubts = Finding.objects.filter(
        version=version, needs_confirmation=True, confirmed_at=None
    ).count()
    others = (
        Procedure.objects.filter(
            unit=version.procedure.unit_id, versions__state=VersionState.ADOPTED
        )
        .exclude(pk=version.procedure_id)
        .distinct()
        .count()
    )
    return {
        Criterion.IMPROVES: _punctual(now, before, year),
        Criterion.UNDERSTOOD: say("%(n)s temuan naskah belum dikonfirmasi.", n=doubts),
        Criterion.DOABLE: say(
            "Langkah yang pernah lewat waktu: %(steps)s.",
            steps=", ".join(map(str, slow)),
        )
        if slow
        else say("Tidak ada langkah yang lewat waktu."),
        Criterion.ROLES: say(
            "%(n)s jabatan dalam SOP ini sekarang tanpa pejabat.",
            n=_empty_seats(version, at),
        ),
        Criterion.SOLVES: say(
            "%(returned)s kasus dikembalikan, %(waived)s kelengkapan dikecualikan.",
            returned=returned,
            waived=waived,
        ),
        Criterion.NEEDED: say(
            "%(finished)s dari %(opened)s kasus yang dibuka sudah selesai.",
            finished=finished,
            opened=opened,
        ),
        Criterion.TOGETHER: say("%(n)s SOP lain berlaku di kantor ini.", n=others),
    }


def _punctual(
    now: list[statistics.Row], before: list[statistics.Row], year: int
) -> Sentence:
    this = say(
        "%(on_time)s dari %(count)s putaran langkah tepat waktu",
        on_time=sum(row.on_time for row in now),
        count=len(now),
    )
    if not before:
        return say("%(this)s; tahun %(year)s belum ada.", this=this, year=year - 1)
    return say(
        "%(this)s; tahun %(year)s %(on_time)s dari %(count)s.",
        this=this,
        year=year - 1,
        on_time=sum(row.on_time for row in before),
        count=len(before),
    )


def _empty_seats(version: ProcedureVersion, at: datetime) -> int:
    bound = set(
        ActorBinding.objects.filter(version=version).values_list("position", flat=True)
    )
    day = organization.local_day(at, version.procedure.unit)
    return len(bound - {t.position for t in organization.holders_of(bound, day)})
