"""Reading a Renstra that is being written: its parts with their doubts, its seal, and
what it would change once it is in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.shared.http import told

from .. import rules
from ..models import Programme, RenstraVersion
from ..rules import Level, SaidPlan
from .indicators import meanings_of, targets
from .tree import places, plan_of, tree_of, works

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from himpun.organization.models import Unit
    from himpun.wording import Sentence

    from ..models import IndicatorVersion, PlannedIndicator
    from ..rules import Aim, Place, RenstraPlan
    from .tree import PlannedAims, ProgrammeBranch, Tree


@dataclass(frozen=True)
class Hanging:
    """An indicator at its place; ``without`` are the years that have no target yet."""

    indicator: int
    code: str
    name: str
    without: tuple[str, ...]
    doubts: tuple[Sentence, ...]


@dataclass(frozen=True)
class DraftPart:
    """A tujuan, sasaran or programme: ``kind`` and ``key`` name it in an address.

    ``money`` is its indicative budget of all years, None where nothing is written.
    """

    level: Level
    kind: str
    key: str
    code: str
    text: str
    result: str
    money: int | None
    indicators: tuple[Hanging, ...]
    doubts: tuple[Sentence, ...]
    parts: tuple[DraftPart, ...]


@dataclass(frozen=True)
class Draft:
    """A version as its form shows it; ``loose`` are programmes that serve no sasaran."""

    version: RenstraVersion
    seal: str
    goals: tuple[DraftPart, ...]
    loose: tuple[DraftPart, ...]
    doubts: int


def draft_of(version: RenstraVersion) -> Draft:
    """Return a version part by part; a fixed number of queries, whatever its size."""
    tree = tree_of(version)
    plan = plan_of(tree)
    known = works(branch.row.programme for branch in tree.programmes)
    found = rules.placed_doubts(plan, known)
    parts = _Parts(tree, found)
    said = sum(len(x.doubts) for x in parts.hung.values()) + len(found)
    goals, loose = tuple(parts.goals()), tuple(parts.loose())
    return Draft(version, rules.plan_seal(plan), goals, loose, said)


class _Parts:
    """How a tree becomes parts with their doubts."""

    def __init__(self, tree: Tree, found: Iterable[tuple[Place, Sentence]]) -> None:
        self.tree = tree
        self.doubts: dict[Place, list[Sentence]] = {}
        for place, sentence in found:
            self.doubts.setdefault(place, []).append(sentence)
        self.hung = _hanging(tree)
        planned = {branch.row.programme_id for branch in tree.programmes}
        self.below: dict[int | None, list[ProgrammeBranch]] = {}
        for branch in tree.programmes:
            above = branch.row.programme.parent_id
            whole = above if above in planned else None
            self.below.setdefault(whole, []).append(branch)

    def goals(self) -> Iterator[DraftPart]:
        for goal in self.tree.goals:
            outcomes = tuple(
                self._part(
                    Level.OUTCOME,
                    one.row.code,
                    one.row.text,
                    one.indicators,
                    tuple(map(self._programme, one.programmes)),
                )
                for one in goal.outcomes
            )
            yield self._part(
                Level.GOAL, goal.row.code, goal.row.text, goal.indicators, outcomes
            )

    def loose(self) -> Iterator[DraftPart]:
        for branch in self.below.get(None, ()):
            if branch.row.outcome_id is None:
                yield self._programme(branch)

    def _part(
        self,
        level: Level,
        code: str,
        text: str,
        hung: Iterable[PlannedAims],
        parts: tuple[DraftPart, ...],
    ) -> DraftPart:
        return DraftPart(
            level,
            level.value,
            code,
            code,
            text,
            "",
            None,
            tuple(self.hung[one.code] for one in hung),
            tuple(self.doubts.get((level, code), ())),
            parts,
        )

    def _programme(self, branch: ProgrammeBranch) -> DraftPart:
        one = branch.row.programme
        below = self.below.get(one.pk, ())
        return DraftPart(
            Level(one.level),
            Level.PROGRAMME.value,
            str(one.pk),
            one.code,
            one.name,
            branch.row.result,
            sum(branch.funding.values()) if branch.funding else None,
            tuple(self.hung[x.code] for x in branch.indicators),
            tuple(self.doubts.get((Level.PROGRAMME, str(one.pk)), ())),
            tuple(self._programme(x) for x in below if x.row.outcome_id is None),
        )


def _hanging(tree: Tree) -> dict[str, Hanging]:
    renstra = tree.version.renstra
    years = [str(y) for y in range(renstra.first_year, renstra.last_year + 1)]
    rows = [one.row for one in tree.hanging()]
    ids = [row.indicator_id for row in rows]
    meanings, aims = meanings_of(ids), targets(ids, years)
    place = {one[0]: one for one in places(tree)}
    found = {}
    for row in rows:
        pk = row.indicator_id
        meaning = meanings.of(pk, renstra.last_year)
        found[row.indicator.code] = Hanging(
            pk,
            row.indicator.code,
            meaning.name if meaning else row.indicator.code,
            tuple(year for year in years if (pk, year) not in aims),
            rules.place_doubts([place[row.indicator.code]]),
        )
    return found


@dataclass(frozen=True)
class Standing:
    """A target of a planned indicator as it stands, and what measures its year."""

    planned: PlannedIndicator
    meaning: IndicatorVersion
    year: str
    aim: Aim


def standing_targets(version: RenstraVersion) -> list[Standing]:
    """Return the targets that are pinned when a version comes into force; three queries."""
    renstra = version.renstra
    years = [str(y) for y in range(renstra.first_year, renstra.last_year + 1)]
    planned = list(version.indicators.select_related("indicator"))
    ids = [row.indicator_id for row in planned]
    aims, meanings = targets(ids, years), meanings_of(ids)
    found = []
    for row in planned:
        for year in years:
            promise = aims.get((row.indicator_id, year))
            meaning = meanings.of(row.indicator_id, int(year))
            if promise and meaning:
                found.append(Standing(row, meaning, year, promise.aim))
    return found


@dataclass(frozen=True)
class Enactment:
    """What a version would do: ``changes`` against ``before``, the one in force.

    ``seal`` is of all that would be fixed, the targets too.
    """

    before: RenstraVersion | None
    changes: tuple[Sentence, ...]
    without: tuple[Hanging, ...]
    seal: str


def enactment(version: RenstraVersion) -> Enactment:
    """Return what letting a version come into force changes and fixes."""
    begun = version.renstra.versions.exclude(since=None).order_by("-since", "-number")
    before = begun.first()
    tree, standing = tree_of(version), standing_targets(version)
    aims = {(x.planned.indicator.code, x.year): x.aim for x in standing}
    old = tree_of(before) if before else None
    hanging = [*tree.hanging(), *(old.hanging() if old else ())]
    ids = {one.row.indicator_id for one in hanging}
    words = _Words(meanings_of(ids).by_indicator)
    now = words.said(tree, aims)
    then = words.said(old, _pinned(old)) if old else None
    fixed = [f"{code} {year} {rules.plain(aim)}" for (code, year), aim in aims.items()]
    return Enactment(
        before,
        rules.plan_changes(then, now) if then else (),
        tuple(x for x in _hanging(tree).values() if x.without),
        rules.seal_of([rules.plan_seal(now.plan), *fixed]),
    )


def _pinned(tree: Tree) -> dict[tuple[str, str], Aim]:
    return {
        (one.code, year): aim
        for one in tree.hanging()
        for year, aim in one.aims.items()
    }


class _Words:
    """Names and targets as they are told, by what the indicators mean last."""

    def __init__(self, versions: Mapping[int, list[IndicatorVersion]]) -> None:
        newest = (max(rows, key=lambda row: row.number) for rows in versions.values())
        self.meanings = {row.indicator.code: row for row in newest}

    def said(self, tree: Tree, aims: Mapping[tuple[str, str], Aim]) -> SaidPlan:
        return SaidPlan(
            plan_of(tree),
            {x.row.programme_id: x.row.programme.name for x in tree.programmes},
            {code: row.name for code, row in self.meanings.items()},
            {
                (code, year): told(rules.say_aim(aim, self._decimals(code)))
                for (code, year), aim in aims.items()
            },
        )

    def _decimals(self, code: str) -> int | None:
        meaning = self.meanings.get(code)
        return meaning.decimals if meaning else None


def programme_names(office: Unit) -> dict[int, str]:
    """Return the names of an office's programmes by id."""
    return dict(Programme.objects.filter(unit=office).values_list("pk", "name"))


def programme_choices(
    office: Unit, plan: RenstraPlan, own: int | None
) -> list[Programme]:
    """Return the programmes that a part of a draft can be about: those not planned yet,
    and its own.
    """
    planned = {one.programme for one in plan.programmes} - {own}
    rows = Programme.objects.filter(unit=office)
    return [row for row in rows if row.pk not in planned]
