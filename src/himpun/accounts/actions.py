"""Accounts: coming in, going out, passwords, slips, tokens, opening and closing.

Every act is an event in ``access:<tenant>``. It names the person by number only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from himpun.ledger import actions as ledger
from himpun.ledger.rules import SYSTEM, Actor
from himpun.organization import actions as office
from himpun.organization import queries as organization
from himpun.organization.models import Person
from himpun.shared.refusals import Refusal, say

from . import queries, rules
from .models import AccessToken, OneTimeCode

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun.organization.models import Position


def _self(person: Person, at: datetime) -> Actor:
    """Return the person in the own role; people between positions act without one."""
    try:
        return organization.own_role(person, at)
    except Refusal:
        tenant = queries.tenant_of(person)
        return Actor(person.pk, None, say("tanpa jabatan"), None, tenant)


def _event(
    kind: str, *, by: Actor, at: datetime, data: dict[str, Any] | None = None
) -> None:
    ledger.record(f"access:{by.tenant or 0}", kind, by=by, at=at, data=data or {})


@transaction.atomic
def note_sign_in(person: Person, *, at: datetime) -> None:
    """Record that the person came in with a password."""
    _event("access.signed_in", by=_self(person, at), at=at)


@transaction.atomic
def note_sign_out(person: Person, *, at: datetime) -> None:
    """Record that the person went out."""
    _event("access.signed_out", by=_self(person, at), at=at)


@transaction.atomic
def change_password(person: Person, new: str, *, at: datetime) -> None:
    """Set a checked password. All sessions and tokens made with the old one end by it."""
    person.set_password(new)
    person.save(update_fields=["password"])
    _end_tokens(person, at)
    _event("access.password_changed", by=_self(person, at), at=at)


def _end_tokens(person: Person, at: datetime) -> None:
    """Let no token work that was made with an earlier password."""
    person.tokens.filter(revoked_at=None).update(revoked_at=at)


@transaction.atomic
def make_token(person: Person, *, name: str, until: date, at: datetime) -> str:
    """Return a new token that reads the API in a person's name; only its hash is kept.

    Raises Refusal without a name and for a day that is past or more than a year ahead.
    """
    rules.check_token(name=name, until=until, today=organization.local_day(at))
    token = rules.new_token()
    row = AccessToken.objects.create(
        person=person,
        name=name,
        handle=rules.handle_of(token),
        hash=rules.token_hash(token),
        made_at=at,
        until=until,
    )
    data = {"token": row.pk, "until": until.isoformat()}
    _event("access.token_made", by=_self(person, at), at=at, data=data)
    return token


@transaction.atomic
def revoke_token(token: AccessToken, *, at: datetime) -> None:
    """Let a token work no longer, by the person whose it is; once is enough."""
    rows = AccessToken.objects.filter(pk=token.pk, revoked_at=None)
    if rows.update(revoked_at=at):
        by, data = _self(token.person, at), {"token": token.pk}
        _event("access.token_revoked", by=by, at=at, data=data)


def note_token_use(token: AccessToken, day: date) -> None:
    """Keep the day on which a token was last used: written once a day, no event."""
    if token.used_on != day:
        AccessToken.objects.filter(pk=token.pk).update(used_on=day)


def _administers(by: Person, person: Person, at: datetime) -> Actor:
    """Return the administrator's role; raises Refusal for anybody else."""
    office.may_administer(by, queries.tenant_of(person) or 0, at)
    return organization.own_role(by, at)


@transaction.atomic
def make_code(person: Person, *, by: Person | None, at: datetime) -> str:
    """Return a new one-time code for a person; only its hash is kept.

    An administrator of the person's tenant may, and who runs the server (None).
    Older codes stop working.
    """
    actor = SYSTEM if by is None else _administers(by, person, at)
    if not person.is_active:
        raise Refusal(say("Akun ini ditutup. Buka lagi sebelum membuat kode."))
    person.codes.filter(used_at__isnull=True, expires_at__gt=at).update(expires_at=at)
    code = rules.new_code()
    OneTimeCode.objects.create(
        person=person,
        hash=make_password(rules.plain_code(code)),
        made_at=at,
        made_role=actor.role,
        expires_at=rules.expires(at),
    )
    tenant = queries.tenant_of(person) or 0
    data = {"person": person.pk}
    ledger.record(f"access:{tenant}", "access.code_made", by=actor, at=at, data=data)
    return code


@transaction.atomic
def redeem_code(person: Person, code: str, new: str, *, at: datetime) -> None:
    """Use up a code and set the person's password with it; one of two at once wins."""
    found = queries.code_of(person.username, code, at)
    won = found and OneTimeCode.objects.filter(
        pk=found.pk, used_at__isnull=True, expires_at__gt=at
    ).update(used_at=at)
    if not won:
        raise Refusal(
            say("Kode ini sudah dipakai atau sudah lewat. Minta kode baru."),
            field="code",
        )
    _event("access.code_used", by=_self(person, at), at=at)
    change_password(person, new, at=at)


@transaction.atomic
def open_account(  # noqa: PLR0913 - the columns of an account, the seat, who, when
    *,
    username: str,
    name: str,
    position: Position,
    since: date,
    nip: str = "",
    rank: str = "",
    by: Person,
    at: datetime,
) -> Person:
    """Open an account without a password and put its owner into a position.

    The owner comes in with a printed code. An administrator of the position's tenant
    may. Raises Refusal for a user name that is taken.
    """
    office.may_administer(by, position.unit.tenant_id, at)
    actor = organization.own_role(by, at)
    try:
        with transaction.atomic():
            person: Person = Person.objects.create_user(
                username, name=name, nip=nip, rank=rank
            )
    except IntegrityError:
        raise Refusal(
            say("Nama pengguna itu sudah dipakai. Pilih yang lain."), field="username"
        ) from None
    _event("account.opened", by=actor, at=at, data={"person": person.pk})
    office.appoint(person, position, since=since, by=actor, at=at)
    return person


@transaction.atomic
def set_open(person: Person, *, open_: bool, by: Person, at: datetime) -> None:
    """Close an account, or open it again; a closed one's sessions end at once."""
    actor = _administers(by, person, at)
    if person.pk == by.pk:
        raise Refusal(
            say("Akun sendiri tidak dapat ditutup. Minta administrator lain.")
        )
    person.is_active = open_
    person.save(update_fields=["is_active"])
    kind = "account.reopened" if open_ else "account.closed"
    _event(kind, by=actor, at=at, data={"person": person.pk})
