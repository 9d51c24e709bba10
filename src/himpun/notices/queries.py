"""Reading notices. A person sees only the own ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from .models import Notice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from himpun.organization.models import Person

SHOWN = 100


def notices_of(person: Person) -> QuerySet[Notice]:
    """Return a person's newest notices, `SHOWN` at most."""
    return Notice.objects.filter(person=person)[:SHOWN]


def unread(person: Person) -> int:
    """Return how many notices the person has not read."""
    return Notice.objects.filter(person=person, read_at__isnull=True).count()


def times_asked(about: Iterable[str]) -> dict[str, int]:
    """Return how often people were asked about each thing; things never asked miss.

    One asking may reach several people: it counts once.
    """
    rows = Notice.objects.filter(about__in=set(about)).order_by()
    counted = rows.values("about").annotate(times=Count("made_at", distinct=True))
    return {row["about"]: row["times"] for row in counted}
