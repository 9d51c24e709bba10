"""In-app notices and the e-mails that carry some of them.

Nothing here knows cases: a notice is a sentence and a link.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from himpun.organization.models import Person, Unit


class Notice(models.Model):
    """A sentence for one person, with the page that it is about.

    ``about`` is the sender's own word for the thing ("task:12"), so that its page can
    tell how often it was asked for.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="notices")
    sender_role = models.CharField(max_length=240, blank=True)
    text = models.CharField(max_length=400)
    link = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=60, blank=True, db_index=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["person"],
                condition=models.Q(read_at__isnull=True),
                name="unread_notices",
            )
        ]

    def __str__(self) -> str:
        """Return the sentence."""
        return self.text


class Mail(models.Model):
    """The outbox: a notice that also goes out by e-mail, once it is recorded here.

    ``message_id`` stays the same when a mail is sent again after a crash, so that the
    receiving side can tell that it is the same one.
    """

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="mail")
    message_id = models.CharField(max_length=200, unique=True)
    due_at = models.DateTimeField(help_text="not tried before")
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(sent_at__isnull=True),
                name="unsent_mail",
            )
        ]

    def __str__(self) -> str:
        """Return its lasting name."""
        return self.message_id
