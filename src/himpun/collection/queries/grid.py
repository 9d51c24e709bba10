"""The rows of entry grid and verification list, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.ledger import queries as ledger
from himpun.planning import queries as planning
from himpun.planning.queries import Promise

from .. import rules
from ..models import Entry, Evidence, Verdict
from ..rules import (
    Cell,
    EntryState,
    Evaluation,
    ExemptionKind,
    Figure,
    Graded,
    Readiness,
)
from .earlier import grade_of, previous_figures
from .variables import Variable, calculation_of, variables_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from decimal import Decimal

    from himpun.formula import GradeScale
    from himpun.planning.models import IndicatorVersion
    from himpun.planning.queries import Earlier
    from himpun.planning.rules import Aim, Measured
    from himpun.planning.rules import Figure as Reached
    from himpun.wording import Sentence

    from ..models import Exemption, Proposal, Round


@dataclass(frozen=True)
class File:
    """A piece of evidence as pages and papers name it."""

    evidence: int
    name: str
    sha256: str
    size: int
    mime: str
    added_at: datetime


@dataclass(frozen=True)
class Decision:
    """The newest verdict about a value."""

    accepted: bool
    reason: str
    role: str
    person: int
    at: datetime
    target: Aim | None
    exemption: Exemption | None


@dataclass(frozen=True)
class Row:
    """A value with everything that a person needs to fill or to judge it.

    ``remarks`` are odd about the value and ask for a note; ``hints`` are odd about the
    target, which is not in the hands of who fills, and ask for nothing.
    """

    entry: Entry
    version: IndicatorVersion
    target: Promise | None
    previous: Earlier | None
    measured: Measured
    note: str
    files: tuple[File, ...]
    decision: Decision | None
    proposal: Proposal | None
    remarks: tuple[Sentence, ...]
    hints: tuple[Sentence, ...]
    problem: str
    lacking: tuple[str, ...]
    authors: frozenset[int]
    variables: tuple[Variable, ...] = ()
    calculation: tuple[str, ...] = ()

    @property
    def aim(self) -> Aim | None:
        """What is aimed at, None without a target."""
        return self.target.aim if self.target else None

    @property
    def previous_figure(self) -> Reached | None:
        """The former period's figure, a number or a grade; None without one."""
        return self.previous.figure if self.previous else None

    @property
    def grades(self) -> GradeScale | None:
        """The grades of a qualitative indicator, None of any other."""
        return planning.grades_of(self.version)

    @property
    def state(self) -> EntryState:
        """Where the value stands."""
        return EntryState(self.entry.state)

    @property
    def editable(self) -> bool:
        """Whether the value may be typed over."""
        return self.state in rules.EDITABLE

    @property
    def fits(self) -> bool:
        """Whether the row is *sesuai*: evidence there, calculable, nothing odd."""
        required = self.version.evidence_required
        return (
            self.measured.value is not None
            and not self.remarks
            and not self.problem
            and (bool(self.files) or not required)
        )

    @property
    def difference(self) -> Decimal | None:
        """The change against the former period, None when one of the two is missing."""
        before = self.previous.value if self.previous else None
        if self.entry.value is None or before is None:
            return None
        return self.entry.value - before

    @property
    def steps(self) -> int | None:
        """By how many places a grade stands above the former period's."""
        scale = self.grades
        if scale is None:
            return None
        return scale.steps(grade_of(self.entry.figure), grade_of(self.previous_figure))


@dataclass(frozen=True)
class _Context:
    """What all rows of a round share, read once."""

    code: str
    before: str
    targets: dict[tuple[int, str], Promise]
    previous: dict[int, Earlier]
    proposals: dict[int, Proposal]
    texts: dict[str, str]
    exceptions: dict[int, Exemption]
    parts: dict[int, tuple[Sentence, ...]]
    promised: dict[int, tuple[Sentence, ...]]


_PARTS = ("components", "version__components")
"""What was filled in for the variables of a formula, and those variables."""
_JUDGED = tuple(f"version__{scale}" for scale in planning.SCALES)


def rows(round_: Round) -> list[Row]:
    """Return the rows of a round in print order; the same queries for any number."""
    return rows_of(
        round_,
        round_.entries.select_related(
            "version__indicator", *_JUDGED, "author", "changed_by"
        )
        .prefetch_related("evidence", "verdicts__exemption", *_PARTS)
        .order_by("version__indicator__order", "version__indicator__code"),
    )


def rows_of(round_: Round, entries: Iterable[Entry]) -> list[Row]:
    """Return rows for some entries of a round."""
    known = list(entries)
    context = _context(round_, known)
    return [_row(entry, context) for entry in known]


def row_of(entry: Entry) -> Row:
    """Return one row as it stands in the database now."""
    fresh = Entry.objects.select_related(
        "version__indicator", *_JUDGED, "author", "changed_by", "round__case"
    ).prefetch_related("evidence", "verdicts__exemption", *_PARTS)
    found = fresh.get(pk=entry.pk)
    return rows_of(found.round, [found])[0]


def _context(round_: Round, entries: Sequence[Entry]) -> _Context:
    period = round_.period
    before = period.before().code
    measures = {e.version.indicator_id: e.version.unit_of_measure for e in entries}
    targets = planning.targets(measures, [period.code, before])
    return _Context(
        code=period.code,
        before=before,
        targets=targets,
        promised=planning.agreement_doubts(
            {one: p.aim for (one, code), p in targets.items() if code == period.code},
            period,
        ),
        previous=previous_figures(round_, measures),
        proposals={row.version_id: row for row in round_.proposals.all()},
        texts=ledger.texts(_hashes(entries)),
        exceptions={
            row.concerns_id: row
            for row in round_.exemptions.filter(kind=ExemptionKind.EXCEPTION)
        },
        parts=planning.part_doubts((e.version for e in entries), period.code),
    )


def _hashes(entries: Sequence[Entry]) -> list[str]:
    found = [entry.note for entry in entries]
    found += [e.name for entry in entries for e in entry.evidence.all()]
    found += [v.reason for entry in entries for v in entry.verdicts.all()]
    return [text for text in found if text]


def _row(entry: Entry, context: _Context) -> Row:
    indicator = entry.version.indicator_id
    decision = _decision(entry, context)
    target = _target(entry, context, decision)
    previous = context.previous.get(indicator)
    proposal = context.proposals.get(entry.version_id)
    measured = planning.measured(
        entry.version, actual=entry.figure, target=target.aim if target else None
    )
    remarks = _remarks(entry, context, proposal, measured)
    files = tuple(_file(e, context.texts) for e in living(entry.evidence.all()))
    return Row(
        entry=entry,
        version=entry.version,
        target=target,
        previous=previous,
        measured=measured,
        note=context.texts.get(entry.note, ""),
        files=files,
        decision=decision,
        proposal=proposal,
        remarks=remarks,
        hints=_hints(entry, target, previous, context),
        problem=problem_of(entry),
        lacking=rules.lacking(
            Readiness(
                filled=entry.figure is not None,
                draft=bool(entry.draft),
                evidence=len(files),
                evidence_required=entry.version.evidence_required,
                odd=bool(remarks),
                note=bool(entry.note),
                answered=_answered(entry, decision),
            )
        ),
        authors=_authors(entry),
        variables=variables_of(entry),
        calculation=calculation_of(entry),
    )


def _target(
    entry: Entry, context: _Context, decision: Decision | None
) -> Promise | None:
    """Return the target in force; of an accepted value the one it was accepted with."""
    now = context.targets.get((entry.version.indicator_id, context.code))
    if entry.state != EntryState.ACCEPTED or decision is None:
        return now
    if decision.target is None or (now and now.aim == decision.target):
        return now if decision.target is not None else None
    return Promise(decision.target, "")


def living(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return the evidence that was not removed."""
    return [row for row in evidence if row.removed_at is None]


def _authors(entry: Entry) -> frozenset[int]:
    people = {row.added_by_id for row in living(entry.evidence.all())}
    return frozenset(people | ({entry.author_id} if entry.author_id else set()))


def problem_of(entry: Entry) -> str:
    """Return why the draft of an entry is not a value, empty when there is none."""
    if not entry.draft:
        return ""
    try:
        rules.read_figure(
            entry.draft, entry.version.decimals, planning.grades_of(entry.version)
        )
    except rules.NotAValue as problem:
        return str(problem)
    return ""


def _remarks(
    entry: Entry,
    context: _Context,
    proposal: Proposal | None,
    measured: Measured,
) -> tuple[Sentence, ...]:
    indicator = entry.version.indicator_id
    previous = context.previous.get(indicator)
    if entry.value is None:
        return _odd_grade(entry, previous, proposal)
    target = context.targets.get((indicator, context.code))
    before = context.targets.get((indicator, context.before))
    return rules.oddities(
        Figure(
            value=entry.value,
            unit_of_measure=entry.version.unit_of_measure,
            previous=previous.value if previous else None,
            target=target.value if target else None,
            previous_target=before.value if before else None,
            proposal=proposal.value if proposal else None,
            proposal_is_odd=bool(proposal and proposal.evaluation == Evaluation.ODD),
            achievement=measured.value,
        )
    )


def _odd_grade(
    entry: Entry, previous: Earlier | None, proposal: Proposal | None
) -> tuple[Sentence, ...]:
    scale = planning.grades_of(entry.version)
    if scale is None or not entry.grade:
        return ()
    return rules.odd_grade(
        Graded(
            grade=entry.grade,
            previous=grade_of(previous.figure if previous else None),
            proposal=grade_of(proposal.figure if proposal else None),
            proposal_is_odd=bool(proposal and proposal.evaluation == Evaluation.ODD),
        ),
        scale,
    )


def _hints(
    entry: Entry, target: Promise | None, previous: Earlier | None, context: _Context
) -> tuple[Sentence, ...]:
    low = planning.target_doubt(
        entry.version,
        target.aim if target else None,
        previous.figure if previous else None,
    )
    indicator = entry.version.indicator_id
    found = (*context.promised.get(indicator, ()), *context.parts.get(indicator, ()))
    return (low, *found) if low else found


def _answered(entry: Entry, decision: Decision | None) -> bool:
    """Whether a returned value was changed since; one never returned is."""
    if entry.state != EntryState.RETURNED or decision is None:
        return True
    return entry.changed_at is not None and entry.changed_at > decision.at


def _decision(entry: Entry, context: _Context) -> Decision | None:
    verdicts = sorted(entry.verdicts.all(), key=lambda row: row.pk)
    if not verdicts:
        return None
    hands = _authors(entry) | {verdicts[-1].verifier_id}
    needed = [row for person, row in context.exceptions.items() if person in hands]
    return _shown(verdicts[-1], context.texts, next(iter(needed), None))


def _shown(
    verdict: Verdict, texts: dict[str, str], exception: Exemption | None
) -> Decision:
    """Return a verdict with the exemption it rests on, or that touches its value.

    An author who may sign, or a verifier who was let sign later, is an exception that
    the verdict itself did not need.
    """
    return Decision(
        accepted=verdict.accepted,
        reason=texts.get(verdict.reason, ""),
        role=verdict.verifier_role,
        person=verdict.verifier_id,
        at=verdict.decided_at,
        target=verdict.target,
        exemption=verdict.exemption or exception,
    )


def _file(row: Evidence, texts: dict[str, str]) -> File:
    return File(
        evidence=row.pk,
        name=texts.get(row.name, ""),
        sha256=row.blob,
        size=row.size,
        mime=row.mime,
        added_at=row.added_at,
    )


def cells(round_: Round) -> list[Cell]:
    """Return the grid as a paste sees it, in print order; one query."""
    entries = round_.entries.select_related("version__indicator").order_by(
        "version__indicator__order", "version__indicator__code"
    )
    return [
        Cell(
            entry=entry.pk,
            code=entry.version.indicator.code,
            name=entry.version.name,
            state=EntryState(entry.state),
            value=entry.value,
            decimals=entry.version.decimals,
            row_version=entry.row_version,
            by_hand=bool(entry.version.formula or entry.version.grade_scale_id),
        )
        for entry in entries
    ]


@dataclass(frozen=True)
class Tally:
    """How many values of a round stand where."""

    total: int
    filled: int
    ready: int
    wrong: int
    without_evidence: int
    waiting: int
    accepted: int
    returned: int
    fitting: int


def tally(found: Sequence[Row]) -> Tally:
    """Return the counts for the bars of grid and verification."""

    def count(*states: EntryState) -> int:
        return sum(row.state in states for row in found)

    waiting = [row for row in found if row.state is EntryState.SUBMITTED]
    return Tally(
        total=len(found),
        filled=sum(row.entry.figure is not None for row in found),
        ready=sum(not row.lacking for row in found),
        wrong=sum(bool(row.problem) for row in found),
        without_evidence=sum(
            row.version.evidence_required and not row.files for row in found
        ),
        waiting=len(waiting),
        accepted=count(EntryState.ACCEPTED),
        returned=count(EntryState.RETURNED),
        fitting=sum(row.fits for row in waiting),
    )
