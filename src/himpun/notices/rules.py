"""What a reminder may say outside Himpun."""

from urllib.parse import urlsplit

from himpun.shared.refusals import say

TEXT = say(
    "Pengingat dari Himpun\n"
    "Tugas: %(task)s\n"
    "Tenggat: %(due)s\n"
    "Buka: %(link)s\n"
    "Masuk dengan akun sendiri. Jangan kirim angka atau sandi lewat pesan ini."
)


def whatsapp_text(task: str, due: str, link: str, *, form: str = TEXT) -> str:
    """Return a reminder to copy into WhatsApp: the task, when it is due, its page.

    It holds no value and no token: raises ValueError for a link with a query or a
    fragment, because a forwarded message must open the sign-in page and nothing else.
    ``form`` is `TEXT` in the reader's language.
    """
    parts = urlsplit(link)
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("a reminder's link carries no token")
    return form % {"task": task, "due": due, "link": link}


def is_own_page(link: str) -> bool:
    """Whether a link leads to a page of this product, or nowhere."""
    return not link or (link.startswith("/") and not link.startswith(("//", "/\\")))
