"""Telling people something, and their taking note of it."""

from __future__ import annotations

from email.utils import make_msgid, parseaddr
from smtplib import SMTPException
from textwrap import shorten
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from himpun.organization.models import Person

from . import rules
from .models import Mail, Notice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.ledger.rules import Actor
    from himpun.organization.models import Unit


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
    mail: bool = False,
    by: Actor,
    at: datetime,
) -> int:
    """Put a sentence with a link before people (ids); return how many were told.

    ``link`` is a page of this product: raises ValueError for any other. Nobody is told
    what he or she did. A notice is no act of an office: it leaves no event. ``mail``:
    it also goes out by e-mail, to those with an address, where a mail server is set.
    """
    if not rules.is_own_page(link):
        raise ValueError("a notice links to pages of this product only")
    told = sorted(set(people) - {by.person})
    made = Notice.objects.bulk_create(
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
    if mail and settings.HIMPUN_MAIL_FROM:
        _put_into_outbox(made, at)
    return len(told)


def _put_into_outbox(made: list[Notice], at: datetime) -> None:
    people = Person.objects.filter(pk__in=[n.person_id for n in made], is_active=True)
    reached = set(people.exclude(email="").values_list("pk", flat=True))
    Mail.objects.bulk_create(
        Mail(notice=notice, message_id=make_msgid(domain=_domain()), due_at=at)
        for notice in made
        if notice.person_id in reached
    )


def _domain() -> str:
    return parseaddr(settings.HIMPUN_MAIL_FROM)[1].partition("@")[2] or "himpun"


def send_mail(mail: Mail, *, at: datetime) -> bool:
    """Send a mail of the outbox and record it; return whether it went out.

    The sending lies outside any transaction: a crash before the record sends it once
    more, with the same Message-ID. What fails is tried again, later each time.
    """
    notice = mail.notice
    link = f"{settings.HIMPUN_PUBLIC_URL}{notice.link}"
    message = EmailMessage(
        subject=rules.subject(notice.text),
        body=rules.mail_text(notice.text, link, form=_(rules.MAIL)),
        from_email=settings.HIMPUN_MAIL_FROM,
        to=[notice.person.email],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (OSError, SMTPException, ValueError) as trouble:
        mail.tries = min(mail.tries + 1, rules.MOST_TRIES)
        mail.due_at = at + rules.pause_before(mail.tries)
        mail.trouble = shorten(f"{type(trouble).__name__}: {trouble}", 200)
        mail.save(update_fields=["tries", "due_at", "trouble"])
        return False
    Mail.objects.filter(pk=mail.pk).update(sent_at=at, trouble="")
    return True


def mark_read(notice: Notice, *, at: datetime) -> None:
    """Note that its person has read it."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=at)


def mark_all_read(person: Person, *, at: datetime) -> None:
    """Note that the person has read everything."""
    Notice.objects.filter(person=person, read_at__isnull=True).update(read_at=at)
