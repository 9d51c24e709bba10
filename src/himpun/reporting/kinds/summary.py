"""What the signer reads first: the mean, what needs attention, who has checked.

All of it comes from the frozen paper, so that screen and paper cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from himpun import formula
from himpun.collection import queries as collection
from himpun.documents import papers
from himpun.procedures import queries as procedures
from himpun.procedures.rules import Part

from .. import queries, rules
from . import frozen, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from himpun.documents.papers import Exemption
    from himpun.procedures.models import Case

    from ..models import Snapshot


@dataclass(frozen=True)
class Attention:
    """A value that is not of the best rank, or cannot be judged."""

    name: str
    achievement: Decimal | None
    rank: str
    sentence: str


@dataclass(frozen=True)
class Checked:
    """Somebody who had a hand in the report before it was signed."""

    role: str
    act: str
    at: datetime


@dataclass(frozen=True)
class Bar:
    """A rank's share of the bar: from where and how wide, of 1000."""

    rank: str
    start: int
    width: int


@dataclass(frozen=True)
class Capped:
    """A value of which the mean takes only its cap; both in percent."""

    code: str
    achievement: Decimal
    averaged: Decimal


@dataclass(frozen=True)
class Summary:
    """A report as its signer sees it first."""

    mean: formula.Mean
    capped: tuple[Capped, ...]
    ranks: tuple[tuple[str, int], ...]
    unranked: int
    attention: tuple[Attention, ...]
    exemptions: tuple[Exemption, ...]
    number: str
    size: str

    @property
    def concerns(self) -> int:
        """How many things the signer should look at first."""
        return len(self.attention) + len(self.exemptions)

    @property
    def bars(self) -> list[Bar]:
        """The parts of the bar, one for each rank that occurs, the best first."""
        shares = [*self.ranks, ("", self.unranked)]
        total = max(sum(count for _rank, count in shares), 1)
        found, start = [], 0
        for rank, count in shares:
            width = 1000 * count // total
            if count:
                found.append(Bar(rank, start, width))
            start += width
        return found


@dataclass(frozen=True)
class PlanSummary:
    """An RKT or PK as its signer sees it first: what is promised, with which money.

    ``rests`` says which version it is, and on what it rests or why it was changed.
    """

    promises: tuple[papers.Promise, ...]
    funding: tuple[papers.Funding, ...]
    parties: tuple[papers.Party, ...]
    rests: str
    size: str


def summary(snapshot: Snapshot) -> Summary | PlanSummary:
    """Return the summary of the paper that is signed."""
    read = frozen.thaw(snapshot.data)
    paper = read.paper
    size = texts.size(queries.size_of(snapshot.pdf))
    if isinstance(paper, papers.PerjanjianKinerja):
        return PlanSummary(
            promises=paper.promises,
            funding=paper.funding,
            parties=(paper.first, paper.second),
            rests=paper.change,
            size=size,
        )
    if isinstance(paper, papers.RencanaKinerja):
        return PlanSummary(paper.promises, paper.funding, (), paper.version, size)
    if not isinstance(paper, papers.LaporanKinerja):
        raise TypeError(f"{snapshot.report.kind} is not what is signed")
    found = [_decimal(row["averaged"]) for row in read.values]
    names = [band.name for band in paper.scale.bands]
    ranks = [row["rank"] for row in read.values]
    notes = {note.code: note.text for note in paper.notes}
    attention = [
        _attention(row, line, notes.get(line.code, ""))
        for row, line in zip(read.values, paper.rows, strict=True)
        if row["rank"] != names[0]
    ]
    return Summary(
        mean=formula.mean_of_achievements(found),
        capped=capped_of(read.values),
        ranks=tuple((name, ranks.count(name)) for name in names),
        unranked=sum(not rank for rank in ranks),
        attention=tuple(sorted(attention, key=_worst_first)),
        exemptions=paper.exemptions,
        number=paper.head.number,
        size=size,
    )


def capped_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Capped, ...]:
    """Return the values of which a mean takes less than was reached."""
    return tuple(
        Capped(row["code"], Decimal(row["achievement"]), Decimal(row["averaged"]))
        for row in rows
        if row["averaged"] != row["achievement"]
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _attention(row: dict[str, Any], line: papers.Measured, note: str) -> Attention:
    words = f"{line.actual} dari target {line.target}." if line.target else ""
    return Attention(
        name=line.name,
        achievement=_decimal(row["achievement"]),
        rank=line.rank,
        sentence=" ".join(part for part in (words, line.reason, note) if part),
    )


def _worst_first(row: Attention) -> Decimal:
    """Sort what cannot be judged before the lowest achievement."""
    return Decimal("-Infinity") if row.achievement is None else row.achievement


def checked(case: Case) -> list[Checked]:
    """Return who worked, verified and initialled before the paper came to be signed.

    Of a paper of the plan: what was done since it was made, in the SOP's words.
    """
    kind = queries.signed_kind(case)
    if kind in rules.PLANS:
        return _since_made(case, queries.snapshot_of(case, kind))
    step = queries.step_for(case, rules.WORK_REPORT)
    last = procedures.last_work(case, step) if step else None
    if last is None:
        return []
    row = case.tasks.filter(step=last.step, round=last.round, done_at__isnull=False)
    acts = {Part.WORK: "mengumpulkan dan menyusun", Part.PARAF: "memaraf"}
    found = [
        Checked(task.done_role, acts.get(Part(task.part), task.part), task.done_at)
        for task in row.order_by("done_at")
        if task.done_at
    ]
    return sorted([*found, *_verifiers(case)], key=lambda c: c.at)


def _since_made(case: Case, snapshot: Snapshot | None) -> list[Checked]:
    if snapshot is None:
        return []
    done = case.tasks.filter(done_at__gte=snapshot.made_at).order_by("done_at", "pk")
    return [
        Checked(task.done_role, procedures.step_of(task).activity, task.done_at)
        for task in done
        if task.done_at
    ]


def _verifiers(case: Case) -> list[Checked]:
    by_role: dict[str, list[datetime]] = {}
    for value in collection.accepted_values(case):
        by_role.setdefault(value.verifier_role, []).append(value.verified_at)
    return [
        Checked(role, f"memverifikasi {len(times)} nilai", max(times))
        for role, times in by_role.items()
    ]
