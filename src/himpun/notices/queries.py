"""Reading notices. A person sees only the own ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count

from .models import Mail, Notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

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


def waiting_mail(at: datetime) -> list[Mail]:
    """Return the mails that may be tried now, `SHOWN` at most, the oldest first."""
    rows = Mail.objects.filter(sent_at__isnull=True, due_at__lte=at)
    open_accounts = rows.filter(notice__person__is_active=True)
    reachable = open_accounts.exclude(notice__person__email="")
    return list(reachable.select_related("notice__person")[:SHOWN])


def failing_mail() -> tuple[int, str]:
    """Return how many mails failed and wait for another try, and the last trouble."""
    rows = Mail.objects.filter(sent_at__isnull=True).exclude(trouble="")
    last = rows.order_by("-due_at").first()
    return rows.count(), last.trouble if last else ""
