"""Verification value by value, and the way out when three people are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.rules import acting_title, holders
from himpun.planning import queries as planning
from himpun.planning.rules import plain
from himpun.procedures import queries as cases
from himpun.procedures.actions import decider_of_exception, lock, write_event
from himpun.shared.refusals import Conflict, Refusal, say

from .. import queries, rules
from ..models import Entry, Exemption, Verdict
from ..rules import EntryState, ExemptionKind
from .desk import reason
from .values import inputs_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Official, Person
    from himpun.procedures.models import Case

    from ..models import Round
    from ..queries import Hands


def _verifier(round_: Round, now: Hands, person: Person, at: datetime) -> Actor:
    """Return the person as a verifier of this case; raises Refusal otherwise."""
    if not queries.is_verifying(round_.case):
        raise Refusal(say("Verifikasi di kasus ini sedang tidak dibuka."))
    if now.by_position(person.pk):
        return cases.acting(person, cases.verifiers(round_.case, at), round_.case)
    named = now.named.get(person.pk)
    if named is None or named.verifier is None:
        raise Refusal(
            say("Nilai di kasus ini diverifikasi oleh pejabat lain menurut SOP.")
        )
    return organization.acting(person, [named.verifier.position_id], at)


def _exemption(entry: Entry, now: Hands, person: Person) -> Exemption | None:
    """Return the exemption that a person needs to verify; Refusal when he has none."""
    authors = queries.authors_of([entry.pk])[entry.pk]
    obstacle = now.obstacle(person.pk, authors)
    if obstacle:
        raise Refusal(obstacle)
    for one in now.responsible(person.pk):
        if rules.verifier_obstacle(one, authors=authors, signers=now.signers):
            return now.excepted[one]
    return None if now.by_position(person.pk) else now.named.get(person.pk)


def _waiting(entry: Entry, row_version: int, *states: EntryState) -> Entry:
    row = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("version__indicator", "round")
        .get(pk=entry.pk)
    )
    if row.row_version != row_version:
        raise Conflict(
            say("%(name)s berubah sejak halaman ini dibuka. Periksa lagi nilainya."),
            current=row,
            name=row.version.name,
        )
    if EntryState(row.state) not in states:
        raise Refusal(
            say("%(name)s sedang tidak menunggu verifikasi."), name=row.version.name
        )
    return row


@transaction.atomic
def accept_value(
    entry: Entry, *, row_version: int, by: Person, at: datetime
) -> Verdict:
    """Accept one value as verified; it is locked from then on.

    The verifier is neither its author nor the one who will sign, unless an exemption of
    the round says so; the exemption is then named in the verdict.
    """
    lock(entry.round.case)
    now = queries.hands_of(entry.round, at)
    actor = _verifier(entry.round, now, by, at)
    row = _waiting(entry, row_version, EntryState.SUBMITTED)
    exemption = _exemption(row, now, by)
    target = planning.target_of(row.version.indicator_id, row.round.period_code)
    verdict = Verdict.objects.create(
        entry=row,
        accepted=True,
        value=row.figure,
        target=target,
        verifier=by,
        verifier_role=actor.role,
        decided_at=at,
        exemption=exemption,
    )
    _move(row, EntryState.ACCEPTED)
    write_event(
        entry.round.case,
        "value.accepted",
        by=actor,
        at=at,
        data=_about(row)
        | {
            "target": plain(target),
            "exemption": exemption.pk if exemption else None,
        },
    )
    return verdict


def _move(row: Entry, state: EntryState) -> None:
    row.state = state.value
    row.row_version += 1
    row.save(update_fields=["state", "row_version"])


def _about(row: Entry) -> dict[str, object]:
    return {
        "entry": row.pk,
        "indicator": row.version.indicator_id,
        "version": row.version.number,
        "unit": row.unit_id,
        "period": row.round.period_code,
        "value": plain(row.figure),
        **inputs_of(row),
    }


def accept_all_fit(
    round_: Round, *, seen: Mapping[int, int], by: Person, at: datetime
) -> list[Verdict]:
    """Accept at once what is *sesuai* among what the verifier saw (entry: row version).

    Each is an act of its own with its event. Rows that changed since, that are not
    *sesuai*, or that this person may not verify are left for a look of their own.
    """
    rows = queries.rows(round_)
    now = queries.hands_of(round_, at)
    chosen = [
        row.entry
        for row in rows
        if row.fits
        and row.state is EntryState.SUBMITTED
        and seen.get(row.entry.pk) == row.entry.row_version
        and not now.obstacle(by.pk, row.authors)
    ]
    return [
        accept_value(entry, row_version=entry.row_version, by=by, at=at)
        for entry in chosen
    ]


@transaction.atomic
def return_value(
    entry: Entry, *, why: str, row_version: int, by: Person, at: datetime
) -> Verdict:
    """Send one value back to its author with a reason; the rest stays locked."""
    lock(entry.round.case)
    now = queries.hands_of(entry.round, at)
    actor = _verifier(entry.round, now, by, at)
    text = reason(why)
    row = _waiting(entry, row_version, EntryState.SUBMITTED, EntryState.ACCEPTED)
    verdict = Verdict.objects.create(
        entry=row,
        accepted=False,
        reason=ledger.keep_text(text),
        value=row.figure,
        verifier=by,
        verifier_role=actor.role,
        decided_at=at,
    )
    _move(row, EntryState.RETURNED)
    write_event(
        entry.round.case,
        "value.returned",
        by=actor,
        at=at,
        data=_about(row) | {"reason": verdict.reason},
    )
    return verdict


# The way out


@transaction.atomic
def name_other_verifier(  # noqa: PLR0913 - a decision is all of these
    round_: Round,
    official: Official,
    *,
    instead_of: Person,
    why: str,
    letter: str = "",
    by: Person,
    at: datetime,
) -> Exemption:
    """Let another official of the office verify in this round, with a reason.

    Decided by Sekcam, Camat or the tenant's administrator (on a letter from the
    kabupaten), and by nobody whom it concerns.
    """
    case = lock(round_.case)
    day = organization.local_day(at, case.unit)
    now = queries.hands_of(round_, at)
    if official.position.unit.office_id != case.unit_id:
        raise Refusal(say("Verifikator lain dipilih dari kantor ini."))
    if now.signers == {official.person_id}:
        raise Refusal(
            say("Pejabat itu yang akan menandatangani. Pilih pejabat lain."),
            field="official",
        )
    known = organization.tenures([official.position_id])
    if all(
        t.official != official.pk for t in holders(known, official.position_id, day)
    ):
        raise Refusal(say("Pejabat itu hari ini tidak memegang jabatannya."))
    return _decide(
        case,
        Exemption(
            round=round_,
            kind=ExemptionKind.OTHER_VERIFIER,
            concerns=instead_of,
            verifier=official,
            letter=letter.strip()[:120],
        ),
        frozenset({instead_of.pk, official.person_id}),
        why=why,
        by=by,
        at=at,
    )


@transaction.atomic
def grant_exception(  # noqa: PLR0913 - a decision is all of these
    round_: Round,
    person: Person,
    *,
    why: str,
    letter: str,
    by: Person,
    at: datetime,
) -> Exemption:
    """Let one person be two of author, verifier and signer in this round.

    Needs a reason and a letter number; decided by somebody whom it does not concern.
    """
    case = lock(round_.case)
    if not letter.strip():
        raise Refusal(
            say("Tulis nomor surat yang menjadi dasar pengecualian."), field="letter"
        )
    return _decide(
        case,
        Exemption(
            round=round_,
            kind=ExemptionKind.EXCEPTION,
            concerns=person,
            letter=letter.strip()[:120],
        ),
        frozenset({person.pk}),
        why=why,
        by=by,
        at=at,
    )


def _decide(  # noqa: PLR0913 - a decision is all of these
    case: Case,
    exemption: Exemption,
    concerns: frozenset[int],
    *,
    why: str,
    by: Person,
    at: datetime,
) -> Exemption:
    actor = decider_of_exception(
        case, concerns=concerns, letter=exemption.letter, by=by, at=at
    )
    exemption.reason = ledger.keep_text(reason(why))
    exemption.concerns_role = _roles(exemption.concerns, case, at)
    exemption.decided_by, exemption.decided_role = by, actor.role
    exemption.decided_at = at
    exemption.save()
    write_event(
        case,
        "exemption.granted",
        by=actor,
        at=at,
        data={
            "exemption": exemption.pk,
            "kind": exemption.kind,
            "concerns": exemption.concerns_id,
            "verifier": exemption.verifier_id,
            "reason": exemption.reason,
            "letter": ledger.keep_text(exemption.letter) if exemption.letter else "",
        },
    )
    return exemption


def _roles(person: Person, case: Case, at: datetime) -> str:
    """Return the positions that a person holds today, as trail and print call them."""
    tenures = organization.tenures_of(person, organization.local_day(at, case.unit))
    titles = [acting_title(t.title, t.status, t.letter) for t in tenures]
    return " dan ".join(titles)[:240]
