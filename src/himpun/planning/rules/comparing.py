"""What a version of a Renstra changed against the one before it, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.wording import say

from .editing import hung
from .keeping import cut
from .money import say_rupiah

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from himpun.wording import Sentence

    from .tree import RenstraPlan


@dataclass(frozen=True)
class SaidPlan:
    """A Renstra as it can be compared.

    ``programmes`` are names by id, ``indicators`` names by code, ``targets`` the targets
    in words by indicator's code and year.
    """

    plan: RenstraPlan
    programmes: Mapping[int, str]
    indicators: Mapping[str, str]
    targets: Mapping[tuple[str, str], str]

    def goals(self) -> dict[str, str]:
        """Return the texts of the tujuan by code."""
        return {goal.code: goal.text for goal in self.plan.goals}

    def outcomes(self) -> dict[str, str]:
        """Return the texts of the sasaran by code."""
        return {outcome.code: outcome.text for outcome in self.plan.outcomes}

    def above(self) -> dict[str, str]:
        """Return the tujuan of each sasaran, by code."""
        return {o.code: goal.code for goal in self.plan.goals for o in goal.outcomes}

    def hung(self) -> dict[str, str]:
        """Return where each indicator hangs, in words, by its code."""
        return hung(self.plan, self.programmes)


def plan_changes(old: SaidPlan, new: SaidPlan) -> tuple[Sentence, ...]:
    """Return what differs between two versions, from the top of the plan down."""
    return (
        *_origin(old, new),
        *_texts(say("Tujuan"), old.goals(), new.goals()),
        *_texts(say("Sasaran"), old.outcomes(), new.outcomes()),
        *_moved(old, new),
        *_indicators(old, new),
        *_targets(old, new),
        *_programmes(old, new),
        *_order(old, new),
    )


def _origin(old: SaidPlan, new: SaidPlan) -> Iterator[Sentence]:
    if old.plan.origin != new.plan.origin:
        yield say(
            "Asal diubah dari %(old)s menjadi %(new)s.",
            old=old.plan.origin,
            new=new.plan.origin,
        )


def _texts(
    what: Sentence, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Sentence]:
    for code, text in new.items():
        if code not in old:
            yield say(
                "%(what)s %(code)s ditambahkan: %(text)s",
                what=what,
                code=code,
                text=text,
            )
        elif old[code] != text:
            yield say(
                "%(what)s %(code)s diubah dari %(old)s menjadi %(new)s",
                what=what,
                code=code,
                old=old[code],
                new=text,
            )
    for code, text in old.items():
        if code not in new:
            yield say(
                "%(what)s %(code)s dihapus: %(text)s", what=what, code=code, text=text
            )


def _moved(old: SaidPlan, new: SaidPlan) -> Iterator[Sentence]:
    before = old.above()
    for code, goal in new.above().items():
        if before.get(code, goal) != goal:
            yield say(
                "Sasaran %(code)s dipindah dari Tujuan %(old)s ke Tujuan %(new)s.",
                code=code,
                old=before[code],
                new=goal,
            )


def _indicators(old: SaidPlan, new: SaidPlan) -> Iterator[Sentence]:
    before, now = old.hung(), new.hung()
    for code, place in now.items():
        name = new.indicators.get(code, code)
        if code not in before:
            yield say(
                "Indikator %(name)s ditambahkan pada %(place)s.", name=name, place=place
            )
        elif before[code] != place:
            yield say(
                "Indikator %(name)s dipindah dari %(old)s ke %(new)s.",
                name=name,
                old=before[code],
                new=place,
            )
    for code in before:
        if code not in now:
            name = old.indicators.get(code, code)
            yield say("Indikator %(name)s dikeluarkan.", name=name)


def _targets(old: SaidPlan, new: SaidPlan) -> Iterator[Sentence]:
    before = old.hung()
    for code in new.hung():
        if code not in before:
            continue
        for year in range(new.plan.first_year, new.plan.last_year + 1):
            was, now = (one.targets.get((code, str(year)), "") for one in (old, new))
            if was != now:
                yield say(
                    "Target %(name)s tahun %(year)s diubah dari %(old)s menjadi "
                    "%(new)s.",
                    name=new.indicators.get(code, code),
                    year=year,
                    old=was or say("kosong"),
                    new=now or say("kosong"),
                )


def _programmes(old: SaidPlan, new: SaidPlan) -> Iterator[Sentence]:
    before = {one.programme: one for one in old.plan.programmes}
    for now in new.plan.programmes:
        name = new.programmes[now.programme]
        was = before.pop(now.programme, None)
        if was is None:
            yield say("%(name)s ditambahkan.", name=name)
            continue
        if was.outcome != now.outcome:
            yield say(
                "Sasaran %(name)s diubah dari %(old)s menjadi %(new)s.",
                name=name,
                old=was.outcome or say("kosong"),
                new=now.outcome or say("kosong"),
            )
        if was.result != now.result:
            yield say(
                "Hasil %(name)s diubah dari %(old)s menjadi %(new)s.",
                name=name,
                old=cut(was.result) or say("kosong"),
                new=cut(now.result) or say("kosong"),
            )
        yield from _funding(name, dict(was.funding), dict(now.funding))
    for planned in before:
        yield say("%(name)s dikeluarkan.", name=old.programmes[planned])


def _funding(
    name: str, old: Mapping[int, int], new: Mapping[int, int]
) -> Iterator[Sentence]:
    for year in sorted(old.keys() | new.keys()):
        was, now = old.get(year), new.get(year)
        if was != now:
            yield say(
                "Pagu indikatif %(name)s tahun %(year)s diubah dari %(old)s menjadi "
                "%(new)s.",
                name=name,
                year=year,
                old=say("kosong") if was is None else say_rupiah(was),
                new=say("kosong") if now is None else say_rupiah(now),
            )


def _order(old: SaidPlan, new: SaidPlan) -> Iterator[Sentence]:
    for before, now in (
        ([*old.goals()], [*new.goals()]),
        ([*old.outcomes()], [*new.outcomes()]),
        (
            [str(one.programme) for one in old.plan.programmes],
            [str(one.programme) for one in new.plan.programmes],
        ),
    ):
        kept = [one for one in now if one in before]
        if kept != [one for one in before if one in now]:
            yield say("Urutan tujuan, sasaran, atau program diubah.")
            return
