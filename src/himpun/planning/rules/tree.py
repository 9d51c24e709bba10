"""The Renstra as a document: goals, outcomes, programmes, and the indicators on them.

The chain is the one of PermenPANRB 53/2014 and of every Renstra: tujuan, sasaran,
program, each with indicators; a programme serves one sasaran, and its activities and
sub-activities serve it with the programme.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal
from himpun.wording import joined, say
from himpun.worktime.words import say_day

from .definition import Level
from .keeping import one_line, refuse_year
from .money import Stage, whole_rupiah

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from himpun.wording import Sentence

LONGEST_PLAN = 10
"""Years; a Renstra is for five, a transitional one for fewer."""


@dataclass(frozen=True)
class OutcomePlan:
    """A sasaran: its code in the document ("S1"), its text, its indicators' codes."""

    code: str
    text: str
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoalPlan:
    """A tujuan with the sasaran that serve it."""

    code: str
    text: str
    outcomes: tuple[OutcomePlan, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProgrammePlan:
    """A programme, activity or sub-activity (``programme``: its id) as planned.

    ``outcome`` is the code of the sasaran it serves, for programmes only; ``result``
    what it brings forth (outcome, output); ``funding`` the indicative budget by year in
    whole rupiah: a year that is missing was left empty, 0 was written.
    """

    programme: int
    outcome: str = ""
    result: str = ""
    indicators: tuple[str, ...] = ()
    funding: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class RenstraPlan:
    """A Renstra from its first to its last year, or its change, as a whole."""

    first_year: int
    last_year: int
    stage: Stage
    origin: str
    goals: tuple[GoalPlan, ...]
    programmes: tuple[ProgrammePlan, ...] = ()

    @property
    def outcomes(self) -> list[OutcomePlan]:
        """All sasaran in their order."""
        return [outcome for goal in self.goals for outcome in goal.outcomes]

    def attached(self) -> Iterator[str]:
        """Return the codes of all indicators, in the order of the document."""
        for goal in self.goals:
            yield from goal.indicators
            for outcome in goal.outcomes:
                yield from outcome.indicators
        for programme in self.programmes:
            yield from programme.indicators


@dataclass(frozen=True)
class Work:
    """What a check needs to know of a programme, activity or sub-activity."""

    level: Level
    name: str


def settle_plan(plan: RenstraPlan, works: Mapping[int, Work]) -> RenstraPlan:
    """Return the plan as it is kept; ``works`` are the office's own, by id.

    Raises Refusal for years the wrong way round, for what is named twice or not at all,
    and for a sasaran chosen below a programme.
    """
    refuse_year(plan.first_year, "first_year")
    refuse_year(plan.last_year, "last_year")
    if not 0 <= plan.last_year - plan.first_year < LONGEST_PLAN:
        raise Refusal(say("Periksa tahun awal dan akhir Renstra."), field="last_year")
    if not plan.outcomes:
        raise Refusal(say("Renstra memuat sedikitnya satu tujuan dengan satu sasaran."))
    _refuse_twice([goal.code for goal in plan.goals], say("tujuan"))
    _refuse_twice([outcome.code for outcome in plan.outcomes], say("sasaran"))
    _refuse_twice(list(plan.attached()), say("indikator"))
    known = {outcome.code for outcome in plan.outcomes}
    for planned in plan.programmes:
        _check_programme(planned, works, known, plan)
    _refuse_twice([works[p.programme].name for p in _once(plan)], say("program"))
    return replace(
        plan,
        goals=tuple(_tidy_goal(goal) for goal in plan.goals),
        programmes=tuple(
            replace(p, result=one_line(p.result), funding=tuple(sorted(p.funding)))
            for p in plan.programmes
        ),
    )


def _once(plan: RenstraPlan) -> list[ProgrammePlan]:
    many = Counter(p.programme for p in plan.programmes)
    return [p for p in plan.programmes if many[p.programme] > 1]


def _refuse_twice(names: Iterable[str], what: Sentence) -> None:
    for name, many in Counter(names).items():
        if many > 1:
            raise Refusal(
                say("%(what)s %(name)s disebut dua kali. Sisakan satu."),
                what=what,
                name=name,
            )
        if not name.strip():
            raise Refusal(say("Isi kode setiap %(what)s."), what=what)


def _check_programme(
    planned: ProgrammePlan,
    works: Mapping[int, Work],
    outcomes: set[str],
    plan: RenstraPlan,
) -> None:
    work = works.get(planned.programme)
    if work is None:
        raise Refusal(say("Program itu bukan program kantor ini."))
    if planned.outcome and work.level is not Level.PROGRAMME:
        raise Refusal(
            say(
                "Sasaran dipilih pada program; %(name)s mengikuti programnya. Kosongkan "
                "sasarannya."
            ),
            field="outcome",
            name=work.name,
        )
    if planned.outcome and planned.outcome not in outcomes:
        raise Refusal(
            say("Sasaran %(code)s pada %(name)s tidak ada dalam Renstra ini."),
            field="outcome",
            code=planned.outcome,
            name=work.name,
        )
    for year, amount in planned.funding:
        whole_rupiah(Decimal(amount))
        if not plan.first_year <= year <= plan.last_year:
            raise Refusal(
                say("Pagu %(name)s tahun %(year)s di luar masa Renstra."),
                field="funding",
                name=work.name,
                year=year,
            )


def _tidy_goal(goal: GoalPlan) -> GoalPlan:
    outcomes = tuple(replace(o, text=_text(o.text, o.code)) for o in goal.outcomes)
    return replace(goal, text=_text(goal.text, goal.code), outcomes=outcomes)


def _text(text: str, code: str) -> str:
    if not text.strip():
        raise Refusal(say("Isi bunyi %(code)s."), field="text", code=code)
    return one_line(text)


Place = tuple[Level, str]
"""What a doubt is about: a tujuan or sasaran by its code, a programme by its id."""


def placed_doubts(
    plan: RenstraPlan, works: Mapping[int, Work]
) -> tuple[tuple[Place, Sentence], ...]:
    """Return what a Renstra lacks that a complete one has; nothing of it hinders."""
    return (
        *(((Level.GOAL, one.code), x) for one in plan.goals for x in _of_goal(one)),
        *(
            ((Level.OUTCOME, one.code), x)
            for one in plan.outcomes
            for x in _of_outcome(one, plan)
        ),
        *(
            ((Level.PROGRAMME, str(one.programme)), x)
            for one in plan.programmes
            for x in _of_programme(one, works[one.programme])
        ),
    )


def _of_goal(goal: GoalPlan) -> Iterator[Sentence]:
    if not goal.outcomes:
        yield say("Tujuan %(code)s belum mempunyai sasaran.", code=goal.code)
    if not goal.indicators:
        yield say("Tujuan %(code)s belum mempunyai indikator.", code=goal.code)


def _of_outcome(outcome: OutcomePlan, plan: RenstraPlan) -> Iterator[Sentence]:
    if not outcome.indicators:
        yield say("Sasaran %(code)s belum mempunyai indikator.", code=outcome.code)
    served = any(planned.outcome == outcome.code for planned in plan.programmes)
    if plan.programmes and not served:
        yield say("Sasaran %(code)s belum didukung program.", code=outcome.code)


def _of_programme(planned: ProgrammePlan, work: Work) -> Iterator[Sentence]:
    if work.level is Level.PROGRAMME and not planned.outcome:
        yield say("%(name)s belum dikaitkan dengan sasaran.", name=work.name)
    if not planned.indicators:
        yield say("%(name)s belum mempunyai indikator.", name=work.name)


def plan_doubts(plan: RenstraPlan, works: Mapping[int, Work]) -> tuple[Sentence, ...]:
    """Return what a Renstra lacks, without the place of each."""
    return tuple(sentence for _place, sentence in placed_doubts(plan, works))


def place_doubts(
    places: Iterable[tuple[str, Level, Level]],
) -> tuple[Sentence, ...]:
    """Return which indicators (code, own level, level of their place) stand elsewhere."""
    return tuple(
        say(
            "Indikator %(code)s ditetapkan untuk %(own)s, tetapi dipasang pada "
            "%(place)s.",
            code=code,
            own=own.value,
            place=place.value,
        )
        for code, own, place in places
        if own is not place
    )


def refuse_enacting(
    stage: Stage, since: date, before: date | None, *, last_year: int
) -> None:
    """Refuse to let a Renstra come into force that does not follow the one ``before``.

    ``before`` is the day since which the version before it holds, None for the first;
    ``last_year`` the plan's own: from a later day on it would never hold.
    """
    if since.year > last_year:
        raise Refusal(
            say("Renstra ini berakhir tahun %(year)s. Tulis tanggal sebelumnya."),
            field="since",
            year=last_year,
        )
    if (stage is Stage.CHANGED) is (before is None):
        raise Refusal(
            say(
                "Renstra perubahan mengikuti Renstra murni yang sudah berlaku. "
                "Berlakukan dahulu Renstra murninya."
            )
        )
    if before is not None and since <= before:
        raise Refusal(
            say("Renstra sebelumnya berlaku sejak %(day)s. Tulis tanggal sesudahnya."),
            field="since",
            day=say_day(before),
        )


def refuse_rewriting(stage: Stage) -> None:
    """Refuse to change a Renstra that has come into force; raises Refusal."""
    said = {
        Stage.ORIGINAL: say("Renstra murni ini sudah berlaku dan tidak diubah lagi."),
        Stage.CHANGED: say(
            "Renstra perubahan ini sudah berlaku dan tidak diubah lagi."
        ),
    }
    way = say("Simpan perubahannya sebagai Renstra perubahan yang baru.")
    raise Refusal(joined([said[stage], way], " "))
