"""Telling people something, and their taking note of it."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING

from django.db import transaction

from . import rules
from .models import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Person, Unit


LONGEST = 400
"""Letters of a notice: what an SOP calls a step may be longer than that."""


@transaction.atomic
def notify(  # noqa: PLR0913 - whom, where, what, the page, who, when
    people: Iterable[int],
    *,
    unit: Unit,
    text: str,
    link: str = "",
    about: str = "",
    by: Actor,
    at: datetime,
) -> int:
    """Put a sentence with a link before people (ids); return how many were told.

    ``link`` is a page of this product: raises ValueError for any other. Nobody is told
    what he or she did. A notice is no act of an office: it leaves no event.
    """
    if not rules.is_own_page(link):
        raise ValueError("a notice links to pages of this product only")
    told = sorted(set(people) - {by.person})
    Notice.objects.bulk_create(
        Notice(
            unit=unit,
            person_id=person,
            sender_role=by.role,
            text=shorten(text, LONGEST, placeholder="..."),
            link=link,
            about=about,
            made_at=at,
        )
        for person in told
    )
    return len(told)


def mark_read(notice: Notice, *, at: datetime) -> None:
    """Note that its person has read it."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(person: Person, *, at: datetime) -> None:
    """Note that the person has read everything."""
    Notice.objects.filter(person=person, read_at__isnull=True).update(read_at=at)
