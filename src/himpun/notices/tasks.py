"""What happens by the clock: mails of the outbox go out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import actions, queries

if TYPE_CHECKING:
    from datetime import datetime


def send_waiting_mail(at: datetime) -> int:
    """Send what may be sent now; return how many mails went out.

    The round ends at the first failure: a server that does not answer is not asked a
    hundred times. Each mail is recorded by itself.
    """
    sent = 0
    for mail in queries.waiting_mail(at):
        if not actions.send_mail(mail, at=at):
            break
        sent += 1
    return sent
