"""Whose hands are on the values of a case, and who may put his or hers there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.ledger import queries as ledger
from himpun.organization import queries as organization
from himpun.procedures import queries as procedures
from himpun.shared.refusals import say

from .. import rules
from ..models import Entry, Evidence, Exemption, Verdict
from ..rules import EntryState, ExemptionKind, Hand

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.organization.models import Person
    from himpun.procedures.models import Case

    from ..models import Round
    from ..rules import RoleConflict


def people_in(hands: Iterable[procedures.Hand]) -> frozenset[int]:
    """Return whose hands these are."""
    return frozenset(hand.person for hand in hands)


def authors_of(entries: Iterable[int]) -> dict[int, frozenset[int]]:
    """Return by entry who typed its value or added evidence that still counts."""
    ids = list(entries)
    found: dict[int, set[int]] = {entry: set() for entry in ids}
    typed = Entry.objects.filter(pk__in=ids, author__isnull=False)
    added = Evidence.objects.filter(entry__in=ids, removed_at__isnull=True)
    for entry, person in typed.values_list("pk", "author"):
        found[entry].add(person)
    for entry, person in added.values_list("entry", "added_by"):
        found[entry].add(person)
    return {entry: frozenset(people) for entry, people in found.items()}


def exemptions_of(round_: Round) -> list[Exemption]:
    """Return the round's exemptions, oldest first."""
    rows = round_.exemptions.select_related(
        "verifier", "concerns", "verifier__position"
    )
    return list(rows.order_by("pk"))


@dataclass(frozen=True)
class Hands:
    """Who may be which hand in a case today, and what was exempted."""

    authors: frozenset[int]
    verifiers: frozenset[int]
    behalf: dict[int, int]
    """Verifiers by mandate, with the one in whose name."""
    signers: frozenset[int]
    named: dict[int, Exemption]
    """People named as other verifier, with the exemption that names them."""
    excepted: dict[int, Exemption]
    """People who may be two of the three in this round, with the exemption."""

    def obstacle(self, person: int, authors: frozenset[int]) -> str:
        """Return why a person may not verify what these authors made; empty: may.

        Who verifies by mandate does so in the place of who gave it and stays responsible.
        """
        found = self._obstacle(person, authors)
        others = [one for one in self.responsible(person) if one != person]
        if found or not any(self._obstacle(one, authors) for one in others):
            return found
        return say(
            "Anda memeriksa atas nama pejabat yang mengisi nilai ini atau yang akan "
            "menandatangani laporannya, jadi orang lain yang memeriksa. Minta verifikator "
            "lain atau pengecualian di halaman verifikasi."
        )

    def responsible(self, person: int) -> tuple[int, ...]:
        """Return whose verification it is: the person's, by mandate also the giver's."""
        if person in self.named or person not in self.behalf:
            return (person,)
        return (person, self.behalf[person])

    def needs_naming(self, person: int) -> bool:
        """Whether a person verifies in the own name only when a decision says so."""
        return person not in self.verifiers or person in self.behalf

    def by_position(self, person: int) -> bool:
        """Whether a person verifies by position or mandate, not as named by a decision."""
        named = person in self.behalf and person in self.named
        return person in self.verifiers and not named

    def _obstacle(self, person: int, authors: frozenset[int]) -> str:
        if person in self.excepted:
            return rules.exception_obstacle(
                person,
                authors=authors,
                verifiers=frozenset({person}),
                signers=self.signers,
            )
        return rules.verifier_obstacle(person, authors=authors, signers=self.signers)


def hands_of(round_: Round, at: datetime) -> Hands:
    """Return who may author, verify and sign in a case today."""
    case = round_.case
    day = organization.local_day(at, case.unit)
    now = procedures.case_hands(case, at)
    exemptions = exemptions_of(round_)
    named = {
        row.verifier.person_id: row
        for row in exemptions
        if row.kind == ExemptionKind.OTHER_VERIFIER
        and row.verifier
        and row.verifier.since <= day
        and (row.verifier.until is None or day <= row.verifier.until)
    }
    return Hands(
        authors=people_in(now.workers),
        verifiers=people_in(now.verifiers),
        behalf={hand.person: hand.giver for hand in now.verifiers if hand.mandate},
        signers=people_in(now.signers),
        named=named,
        excepted={
            row.concerns_id: row
            for row in exemptions
            if row.kind == ExemptionKind.EXCEPTION
        },
    )


@dataclass(frozen=True)
class Doubled:
    """A person who would be two of the three hands, with name and hands."""

    person: Person
    hands: tuple[Hand, ...]


def roles_in_conflict(round_: Round, at: datetime) -> list[Doubled]:
    """Return who would be two of author, verifier and signer if nothing is decided.

    Acting officials count; somebody is named only when nobody else can take one of the
    hands. Asked before the verifying step opens, and as long as it runs.
    """
    now = hands_of(round_, at)
    verifiers = (now.verifiers - frozenset(now.behalf)) | frozenset(now.named)
    found = [
        conflict
        for conflict in rules.conflicts(now.authors, verifiers, now.signers)
        if conflict.person not in now.excepted
    ]
    return _named(found)


def _named(found: list[RoleConflict]) -> list[Doubled]:
    people = organization.people(conflict.person for conflict in found)
    return [Doubled(people[conflict.person], conflict.hands) for conflict in found]


def may_verify(person: Person, round_: Round, at: datetime) -> bool:
    """Whether a person verifies in this case: by position, or named by an exemption."""
    now = hands_of(round_, at)
    return person.pk in now.verifiers or person.pk in now.named


def may_sign(case: Case, person: Person) -> str | None:
    """Return why a person may not sign the values of a case, None when allowed.

    Nobody signs what he or she typed, gave evidence for or verified, unless an
    exemption of the round says so; even then nobody is all three hands of a value.
    """
    entries = Entry.objects.filter(round__case=case, state=EntryState.ACCEPTED)
    typed = authors_of(entries.values_list("pk", flat=True))
    verdicts = Verdict.objects.filter(entry__in=entries, accepted=True)
    verified = _ruling(verdicts.values_list("entry", "pk", "verifier"))
    excepted = Exemption.objects.filter(
        round__case=case, kind=ExemptionKind.EXCEPTION, concerns=person
    )
    if excepted.exists():
        obstacles = (
            rules.exception_obstacle(
                person.pk,
                authors=authors,
                verifiers=frozenset({verified.get(entry, 0)}),
                signers=frozenset({person.pk}),
            )
            for entry, authors in typed.items()
        )
        return next(filter(None, obstacles), None)
    obstacle = rules.signer_obstacle(
        person.pk,
        authors=frozenset().union(*typed.values()),
        verifiers=frozenset(verified.values()),
    )
    return obstacle or None


def _ruling(verdicts: Iterable[tuple[int, int, int]]) -> dict[int, int]:
    """Return by entry who gave its newest verdict."""
    newest: dict[int, tuple[int, int]] = {}
    for entry, number, verifier in verdicts:
        newest[entry] = max(newest.get(entry, (0, 0)), (number, verifier))
    return {entry: verifier for entry, (_number, verifier) in newest.items()}


@dataclass(frozen=True)
class ExemptionShown:
    """An exemption as page, trail and paper show it; roles, never names."""

    number: int
    kind: str
    concerns_role: str
    verifier_role: str
    reason: str
    letter: str
    decided_role: str
    decided_at: datetime


def exemptions_shown(round_: Round) -> list[ExemptionShown]:
    """Return the round's exemptions with their texts; two queries."""
    rows = exemptions_of(round_)
    texts = ledger.texts(row.reason for row in rows)
    return [
        ExemptionShown(
            number=row.pk,
            kind=row.kind,
            concerns_role=row.concerns_role,
            verifier_role=str(row.verifier) if row.verifier else "",
            reason=texts.get(row.reason, ""),
            letter=row.letter,
            decided_role=row.decided_role,
            decided_at=row.decided_at,
        )
        for row in rows
    ]
