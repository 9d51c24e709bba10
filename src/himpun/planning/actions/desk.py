"""Who may change an office's plan, and where that is recorded."""

from __future__ import annotations

import json
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Model, Q

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import PositionKind
from himpun.shared.refusals import Refusal, say

from .. import rules
from ..rules import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit
    from himpun.wording import Sentence


def stream_of(unit: int) -> str:
    """Return the name of the stream that records an office's plan."""
    return f"plan:{unit}"


def planner(unit: Unit, person: Person, at: datetime) -> Actor:
    """Return the person as one who may change the plan of this office.

    Raises Refusal for anyone but its Kasubbag and Sekcam and the administrator.
    """
    why = say(
        "Indikator, target, dan pohon kinerja diubah oleh Kasubbag, Sekcam, atau "
        "administrator kabupaten. Sampaikan usul perubahan kepada mereka."
    )
    return _one_of(rules.PLANNERS, why, unit=unit, person=person, at=at)


def planning(unit: Unit, person: Person, at: datetime) -> Actor:
    """Return the person as `planner` does, and hold the office's plan until the end.

    Each act on a plan begins so, within its transaction: the acts of an office follow
    one another, and each decides by what the one before it left.
    """
    return _holding(unit, planner(unit, person, at), at)


def keeping(unit: Unit, what: Money, person: Person, at: datetime) -> Actor:
    """Return the person as `keeper` does, and hold the office's plan as `planning`."""
    return _holding(unit, keeper(unit, what, person, at), at)


def _holding(unit: Unit, actor: Actor, at: datetime) -> Actor:
    held = _held.get()
    if held is None or unit.pk not in held:
        ledger.hold(stream_of(unit.pk), at)
    return actor


def keeper(unit: Unit, what: Money, person: Person, at: datetime) -> Actor:
    """Return the person as one who may key this part of the office's budget.

    Raises Refusal for others: the planners key pagu, the Bendahara realisasi.
    """
    if what is Money.BUDGET:
        return planner(unit, person, at)
    why = say(
        "Realisasi anggaran diisi oleh Bendahara. Bila jabatan itu belum ada, "
        "administrator kabupaten menambahkannya."
    )
    return _one_of(rules.KEEPERS[what], why, unit=unit, person=person, at=at)


_asked: ContextVar[dict[object, Actor] | None] = ContextVar("asked", default=None)
_held: ContextVar[frozenset[int] | None] = ContextVar("held", default=None)


@contextmanager
def planning_once(unit: Unit, person: Person, at: datetime) -> Iterator[None]:
    """Hold the plan of an office, and ask only once what a person may do at a moment.

    For hundreds of acts of one person in one transaction, which is open already.
    """
    planning(unit, person, at)
    asked, held = _asked.set({}), _held.set(frozenset([unit.pk]))
    try:
        yield
    finally:
        _asked.reset(asked)
        _held.reset(held)


def _one_of(
    kinds: Iterable[PositionKind],
    why: Sentence,
    *,
    unit: Unit,
    person: Person,
    at: datetime,
) -> Actor:
    asked = _asked.get()
    key = (frozenset(kinds), unit.pk, person.pk, at)
    if asked is not None and key in asked:
        return asked[key]
    actor = _looked_up(kinds, why, unit=unit, person=person, at=at)
    if asked is not None:
        asked[key] = actor
    return actor


def _looked_up(
    kinds: Iterable[PositionKind],
    why: Sentence,
    *,
    unit: Unit,
    person: Person,
    at: datetime,
) -> Actor:
    allowed = Position.objects.filter(
        Q(unit__office=unit, kind__in=[kind.value for kind in kinds])
        | Q(unit__tenant=unit.tenant_id, kind=PositionKind.ADMINISTRATOR)
    ).values_list("pk", flat=True)
    held = organization.positions_of(person, organization.local_day(at, unit))
    if not set(held) & set(allowed):
        raise Refusal(why)
    return organization.acting(person, allowed, at)


def refuse_unseen(newest: int, shown: int | None) -> None:
    """Refuse to follow a version that nobody has seen.

    ``newest`` is its number, ``shown`` that of the one that a page showed, 0 for none;
    None: whatever stands. Asked while the plan is held. Raises Refusal.
    """
    if shown not in {None, newest}:
        raise Refusal(
            say(
                "Sementara itu orang lain sudah menyimpan yang baru. Buka lagi halaman "
                "ini, lalu ulangi perubahan Anda."
            )
        )


def words(texts: object) -> str:
    """Keep texts of people apart from the record; return the hash that names them."""
    return ledger.keep_text(json.dumps(texts, ensure_ascii=False, sort_keys=True))


Row = TypeVar("Row", bound=Model)


def fitting(rows: Iterable[Row]) -> list[Row]:
    """Return the rows; raises Refusal for a text that is longer than its column."""
    found = list(rows)
    for row in found:
        for field in row._meta.concrete_fields:
            text = getattr(row, field.attname)
            if (
                field.max_length
                and isinstance(text, str)
                and len(text) > field.max_length
            ):
                raise Refusal(
                    say("Teks ini paling panjang %(most)s huruf: %(text)s"),
                    field=field.name,
                    most=field.max_length,
                    text=rules.cut(text),
                )
    return found
