"""What a reminder may say outside Himpun, and when a mail is tried again."""

from datetime import timedelta
from textwrap import shorten
from urllib.parse import urlsplit

from himpun.shared.refusals import say

TEXT = say(
    "Pengingat dari Himpun\n"
    "Tugas: %(task)s\n"
    "Tenggat: %(due)s\n"
    "Buka: %(link)s\n"
    "Masuk dengan akun sendiri. Jangan kirim angka atau sandi lewat pesan ini."
)


MAIL = say(
    "%(text)s\n\n"
    "Buka: %(link)s\n\n"
    "Masuk dengan akun sendiri. Surel ini dikirim otomatis oleh Himpun, tidak perlu "
    "dibalas."
)
LONGEST_SUBJECT = 120
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
MOST_TRIES = 1000
"""The count of tries stops here, the tries do not."""


def mail_text(text: str, link: str, *, form: str = MAIL) -> str:
    """Return the body of a reminder's mail: what it says, its page, nothing else.

    Raises ValueError for a link that could carry a token.
    """
    refuse_token(link)
    return form % {"text": text, "link": link}


def subject(text: str) -> str:
    """Return a reminder's first words on one line."""
    return f"Himpun: {shorten(text, LONGEST_SUBJECT, placeholder='...')}"


def pause_before(tries: int) -> timedelta:
    """Return how long to wait after so many failed tries: doubled up to six hours."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 10)), LONGEST_PAUSE)


def whatsapp_text(task: str, due: str, link: str, *, form: str = TEXT) -> str:
    """Return a reminder to copy into WhatsApp: the task, when it is due, its page.

    It holds no value and no token: raises ValueError for a link with a query or a
    fragment, because a forwarded message must open the sign-in page and nothing else.
    ``form`` is `TEXT` in the reader's language.
    """
    refuse_token(link)
    return form % {"task": task, "due": due, "link": link}


def refuse_token(link: str) -> None:
    """Raise ValueError for a link with a query, a fragment or an account in it."""
    parts = urlsplit(link)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("a reminder's link carries no token")


def is_own_page(link: str) -> bool:
    """Whether a link leads to a page of this product, or nowhere."""
    return not link or (link.startswith("/") and not link.startswith(("//", "/\\")))
