"""In whose hands a task is now: the one place that answers who may act on it.

The SOP's actor is bound to positions; an assignment puts another position or one named
official in their place; a delegation adds somebody who acts by mandate. Absence takes no
right away: it only tells that nobody may be expected to act.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from himpun.ledger.rules import Actor
from himpun.organization import queries as organization
from himpun.organization import rules as offices
from himpun.organization.models import Position
from himpun.shared.refusals import Refusal

from .. import rules
from ..models import ActorBinding, Assignment, Case, Delegation, ProcedureVersion, Task
from . import actors, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from himpun.organization.models import Absence, Official, Person
    from himpun.organization.queries import Held
    from himpun.organization.rules import Tenure


@dataclass(frozen=True)
class Hand:
    """Somebody who may act: ``role`` as the record keeps it, ``title`` as lists show it.

    ``away`` is today's absence; ``mandate``: acts in the name of who holds the position
    (``giver``), ``own`` is then the title of the own one.
    """

    person: int
    official: int
    position: int
    role: str
    title: str
    away: Absence | None
    mandate: bool = False
    own: str = ""
    giver: int = 0


@dataclass(frozen=True)
class Roster:
    """Who holds these positions on a day, who acts for them by mandate, who is away."""

    seated: dict[int, list[Tenure]]
    mandates: dict[int, list[Delegation]]
    away: dict[int, Absence]

    def hands(
        self, positions: Iterable[int], procedure: int, *, signing: bool = False
    ) -> list[Hand]:
        """Return who may act in these positions in a case of an SOP, each person once.

        Holders before those with a mandate; nobody signs by mandate.
        """
        wanted = list(dict.fromkeys(positions))
        found = [self.hand(t) for p in wanted for t in self.seated.get(p, [])]
        if not signing:
            found += [
                self._by_mandate(row)
                for p in wanted
                for row in self.mandates.get(p, [])
                if row.procedure_id in {None, procedure}
            ]
        return _each_once(found)

    def hand(self, tenure: Tenure) -> Hand:
        """Return an official as somebody who may act in his own position."""
        return Hand(
            person=tenure.person,
            official=tenure.official,
            position=tenure.position,
            role=offices.acting_title(tenure.title, tenure.status, tenure.letter),
            title=offices.acting_title(tenure.title, tenure.status, ""),
            away=self.away.get(tenure.person),
        )

    def _by_mandate(self, row: Delegation) -> Hand:
        giver = next(
            t for t in self.seated[row.position_id] if t.person == row.giver_id
        )
        own = organization.tenure_of(row.receiver)
        for_whom = offices.acting_title(giver.title, giver.status, "")
        own_title = offices.acting_title(own.title, own.status, "")
        return Hand(
            person=row.receiver.person_id,
            official=row.receiver_id,
            position=row.position_id,
            role=offices.mandate_title(for_whom, own_title, row.letter),
            title=offices.mandate_title(for_whom, own_title, ""),
            away=self.away.get(row.receiver.person_id),
            mandate=True,
            own=own_title,
            giver=row.giver_id,
        )


def in_force(day: date) -> QuerySet[Delegation]:
    """Return the delegations of a day, whose receivers still hold their position."""
    rows = Delegation.objects.filter(
        Q(receiver__until__isnull=True) | Q(receiver__until__gte=day),
        cancelled_at__isnull=True,
        since__lte=day,
        until__gte=day,
        receiver__since__lte=day,
        receiver__person__is_active=True,
    )
    return rows.select_related("receiver__position")


def roster(
    positions: Iterable[int], day: date, officials: Iterable[int] = ()
) -> Roster:
    """Return who holds these positions on a day; three queries for any number.

    ``officials``: people whose absence is wanted too.
    """
    ids = set(positions)
    seated: dict[int, list[Tenure]] = defaultdict(list)
    for tenure in organization.holders_of(sorted(ids), day):
        seated[tenure.position].append(tenure)
    mandates: dict[int, list[Delegation]] = defaultdict(list)
    for row in in_force(day).filter(position__in=ids):
        if any(t.person == row.giver_id for t in seated[row.position_id]):
            mandates[row.position_id].append(row)
    people = {t.person for held in seated.values() for t in held} | set(officials)
    people |= {row.receiver.person_id for rows in mandates.values() for row in rows}
    return Roster(seated, mandates, organization.away(people, day))


def hands_of(tasks: Sequence[Task], at: datetime) -> dict[int, list[Hand]]:
    """Return by task who may act on it now; five queries for any number of tasks."""
    day = organization.local_day(at)
    bound = _bound(tasks)
    given = _assignments(tasks)
    named = {pk: row.official for pk, row in given.items() if row.official}
    places = {pk: _places(bound[pk], given.get(pk)) for pk in bound}
    known = roster(
        (p for own in places.values() for p in own),
        day,
        [official.person_id for official in named.values()],
    )
    return {
        task.pk: _holding(task, places[task.pk], named.get(task.pk), known, day)
        for task in tasks
    }


def _holding(
    task: Task,
    places: Iterable[int],
    named: Official | None,
    known: Roster,
    day: date,
) -> list[Hand]:
    """Return who may act on a task: the official it names, else who has its places."""
    if named is None:
        return known.hands(places, task.case.procedure_id, signing=signs(task))
    tenure = organization.tenure_of(named)
    active = tenure.covers(day) and named.person.is_active
    return [known.hand(tenure)] if active else []


def _bound(tasks: Sequence[Task]) -> dict[int, list[int]]:
    """Return by task the positions of its actor according to the SOP."""
    rows = ActorBinding.objects.filter(version__in={t.case.version_id for t in tasks})
    by_actor: dict[tuple[int, str], list[int]] = defaultdict(list)
    for version, actor, position in rows.values_list("version", "actor", "position"):
        by_actor[version, actor].append(position)
    return {t.pk: by_actor[t.case.version_id, t.actor] for t in tasks}


def _assignments(tasks: Sequence[Task]) -> dict[int, Assignment]:
    """Return by task the assignment in force."""
    ids = {t.assignment_id: t.pk for t in tasks if t.assignment_id}
    if not ids:
        return {}
    rows = Assignment.objects.select_related("official__person", "official__position")
    return {ids[row.pk]: row for row in rows.filter(pk__in=ids)}


def _places(bound: list[int], given: Assignment | None) -> list[int]:
    if given is None:
        return bound
    return [given.position_id] if given.position_id else []


def signs(task: Task) -> bool:
    """Whether the task's step is one in which a paper is signed."""
    return task.step in actors.signing_steps(running.plan_of(task.case))


def hands_for(
    case: Case, positions: Iterable[int], at: datetime, *, signing: bool = False
) -> list[Hand]:
    """Return who may act in a case for these positions today; three queries."""
    ids = list(positions)
    known = roster(ids, organization.local_day(at))
    return known.hands(ids, case.procedure_id, signing=signing)


def actor_hands(
    case: Case, actors: Iterable[str], at: datetime
) -> dict[str, list[Hand]]:
    """Return by actor of the SOP who may act for him in a case today, by mandate too.

    Four queries for any number of actors.
    """
    rows = ActorBinding.objects.filter(version=case.version_id, actor__in=set(actors))
    bound: dict[str, list[int]] = defaultdict(list)
    for actor, position in rows.values_list("actor", "position"):
        bound[actor].append(position)
    known = roster(
        (position for own in bound.values() for position in own),
        organization.local_day(at),
    )
    return {a: known.hands(own, case.procedure_id) for a, own in bound.items()}


@dataclass(frozen=True)
class CaseHands:
    """Who works the step in which values are verified, who verifies, who signs."""

    workers: list[Hand]
    verifiers: list[Hand]
    signers: list[Hand]


def case_hands(case: Case, at: datetime) -> CaseHands:
    """Return the three hands of a case today; by mandate too, but nobody signs so.

    Six queries: each of the three asked by itself takes as many.
    """
    step, day = actors.verifying_step(case), organization.local_day(at)
    bound = actors.positions_by_actor(case.version_id)
    verifying = [p for a in actors.verifying_actors(case) for p in bound[a]]
    signing = [p for a in actors.signing_actors(case) for p in bound[a]]
    tasks = _making(case, step) if step else []
    given = _assignments(tasks)
    named = {pk: row.official for pk, row in given.items() if row.official}
    own = {t.pk: _places(bound[t.actor], given.get(t.pk)) for t in tasks}
    working = [p for places in own.values() for p in places]
    if step and not tasks:
        working = [p for a in actors.working_actors(case, step) for p in bound[a]]
    known = roster(
        {*verifying, *signing, *working},
        day,
        [official.person_id for official in named.values()],
    )
    at_work = (_holding(t, own[t.pk], named.get(t.pk), known, day) for t in tasks)
    return CaseHands(
        workers=_each_once(hand for hands in at_work for hand in hands)
        if tasks
        else known.hands(working, case.procedure_id),
        verifiers=known.hands(verifying, case.procedure_id),
        signers=known.hands(signing, case.procedure_id, signing=True),
    )


def verifiers(case: Case, at: datetime) -> list[Hand]:
    """Return who verifies values in a case today, by mandate too."""
    return hands_for(case, actors.verifier_positions(case), at)


def signers(case: Case, at: datetime) -> list[Hand]:
    """Return who signs in a case today: holders only, a signature is never handed on."""
    return hands_for(case, actors.signer_positions(case), at, signing=True)


def step_hands(case: Case, step: str, at: datetime) -> list[Hand]:
    """Return who works a step: those of its open tasks, else those of the SOP."""
    tasks = _making(case, step)
    if not tasks:
        return hands_for(case, actors.work_positions(case, step), at)
    found = hands_of(tasks, at).values()
    return _each_once(hand for hands in found for hand in hands)


def _making(case: Case, step: str) -> list[Task]:
    """Return the open tasks in which what a step brings forth is made."""
    rows = case.tasks.filter(
        step=step, done_at__isnull=True, part__in=[p.value for p in rules.MAKING]
    )
    return list(rows.select_related("case__version"))


def _each_once(hands: Iterable[Hand]) -> list[Hand]:
    once: dict[int, Hand] = {}
    for hand in hands:
        once.setdefault(hand.person, hand)
    return list(once.values())


def acting(person: Person, hands: Iterable[Hand], case: Case) -> Actor:
    """Return the person as one of these hands; raises Refusal for everybody else."""
    for hand in hands:
        if hand.person == person.pk:
            return Actor(
                person=hand.person,
                official=hand.official,
                role=hand.role,
                unit=case.unit_id,
                tenant=case.unit.tenant_id,
            )
    raise Refusal(organization.NOT_YOURS)


def acting_on(person: Person, task: Task, at: datetime) -> Actor:
    """Return the person as one whose the task is; raises Refusal for others."""
    return acting(person, hands_of([task], at)[task.pk], task.case)


def acting_at(person: Person, case: Case, step: str, at: datetime) -> Actor:
    """Return the person as one who works a step; raises Refusal for others."""
    return acting(person, step_hands(case, step, at), case)


def may_work(person: Person, task: Task, at: datetime) -> bool:
    """Whether the person may act on the task now."""
    return any(hand.person == person.pk for hand in hands_of([task], at)[task.pk])


def mandates_of(person: Person, at: datetime) -> list[Delegation]:
    """Return the delegations by which a person acts for others today; two queries."""
    day = organization.local_day(at)
    rows = list(in_force(day).filter(receiver__person=person))
    if not rows:
        return []
    seated = organization.holders_of({row.position_id for row in rows}, day)
    held = {(t.position, t.person) for t in seated}
    return [row for row in rows if (row.position_id, row.giver_id) in held]


def inbox(
    person: Person,
    at: datetime,
    held: Held | None = None,
    mandates: Sequence[Delegation] | None = None,
) -> QuerySet[Task]:
    """Return the open tasks on which a person may act, the most urgent first.

    Without those in which the person did his or her part and others are awaited. One
    query, whatever the number of cases, beside those that ask what the person holds.
    """
    day = organization.local_day(at)
    live = Task.objects.filter(
        done_at__isnull=True, case__state=rules.CaseState.RUNNING
    ).order_by()
    held = held or organization.held_in_request(person, day)
    found = [_of_positions(live, held.positions)]
    named = live.filter(
        Q(assignment__official__until__isnull=True)
        | Q(assignment__official__until__gte=day),
        assignment__official__person=person,
        assignment__official__since__lte=day,
    )
    found.append([named])
    for row in mandates_of(person, at) if mandates is None else mandates:
        rows = live.exclude(_signing(row.position_id))
        if row.procedure_id:
            rows = rows.filter(case__procedure=row.procedure_id)
        found.append(_of_positions(rows, [row.position_id]))
    first, *others = (rows.values("pk") for group in found for rows in group)
    return (
        Task.objects.filter(pk__in=first.union(*others))
        .exclude(confirmations__person=person)
        .select_related("case", "case__procedure", "case__version", "case__unit")
        .order_by("deadline", "pk")
    )


def _of_positions(
    rows: QuerySet[Task], positions: Sequence[int]
) -> list[QuerySet[Task]]:
    bound = rows.filter(
        assignment__isnull=True,
        case__version__bindings__position__in=positions,
        case__version__bindings__actor=F("actor"),
    )
    return [bound, rows.filter(assignment__position__in=positions)]


def _signing(position: int) -> Q:
    """Return the condition "a step that signs", among the SOPs of a position."""
    found = Q(pk__in=[])
    for version in ProcedureVersion.objects.filter(bindings__position=position):
        steps = actors.signing_steps(running.plan_of_version(version))
        found |= Q(case__version=version, step__in=steps)
    return found


def places_of(tasks: Sequence[Task]) -> dict[int, list[int]]:
    """Return by task the positions whose it is, of a named official his own."""
    bound, given = _bound(tasks), _assignments(tasks)
    found = {}
    for pk, own in bound.items():
        row = given.get(pk)
        named = row.official if row else None
        found[pk] = [named.position_id] if named else _places(own, row)
    return found


def titles_of(tasks: Sequence[Task]) -> dict[int, str]:
    """Return by task the titles of the positions whose it is; two or three queries."""
    places = places_of(tasks)
    ids = {position for own in places.values() for position in own}
    names = dict(Position.objects.filter(pk__in=ids).values_list("pk", "title"))
    return {pk: ", ".join(names[p] for p in own) for pk, own in places.items()}
