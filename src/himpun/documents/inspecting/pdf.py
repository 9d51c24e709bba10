"""PDF: no password, no programs, nothing behind its end, nothing unknown inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pikepdf

from himpun.documents import bounds
from himpun.wording import say

from .refusal import NotAccepted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_PAGES = 2000
MOST_OBJECTS = 300_000
ANCHOR = "himpun.json"
"""What Himpun's own papers carry; it is data and opens no program."""
ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"}
)
PROGRAMS = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
AFTER_END = b" \t\r\n\0"


def check_pdf(content: bytes, inside: Callable[[bytes, str], object]) -> None:
    """Raise NotAccepted for a PDF that is damaged or may do harm.

    ``inside`` is asked about each attached file (content, name) and refuses likewise.
    """
    _, found, tail = content.rpartition(b"%%EOF")
    if not found:
        raise NotAccepted(say("PDF ini rusak atau terpotong. Kirim salinan lain."))
    if tail.strip(AFTER_END):
        raise NotAccepted(
            say(
                "PDF ini memuat data lain di belakang akhirnya. Cetak ulang menjadi "
                "PDF biasa, lalu kirim."
            )
        )
    try:
        with bounds.open_pdf(content) as pdf:
            _check_open(pdf, inside)
    except pikepdf.PasswordError:
        raise NotAccepted(LOCKED) from None
    except (pikepdf.PdfError, RuntimeError, TypeError, AttributeError, KeyError):
        raise NotAccepted(
            say("PDF ini rusak dan tidak dapat dibuka. Kirim salinan lain.")
        ) from None


LOCKED = say("PDF ini terkunci kata sandi. Kirim salinan tanpa kata sandi.")


def _check_open(pdf: pikepdf.Pdf, inside: Callable[[bytes, str], object]) -> None:
    if pdf.is_encrypted:
        raise NotAccepted(LOCKED)
    if not 0 < len(pdf.pages) <= MOST_PAGES or len(pdf.objects) > MOST_OBJECTS:
        raise NotAccepted(
            say(
                "PDF ini kosong atau terlalu besar (paling banyak %(most)s halaman).",
                most=MOST_PAGES,
            )
        )
    if any(map(_is_active, _dictionaries(pdf))):
        raise NotAccepted(
            say(
                "PDF ini memuat program (skrip atau perintah). Cetak ulang menjadi "
                "PDF biasa, lalu kirim."
            )
        )
    for name, spec in pdf.attachments.items():
        if name != ANCHOR:
            inside(spec.get_file().read_bytes(), name)
    if bounds.swells(pdf):
        raise NotAccepted(
            say("PDF ini mengembang terlalu besar. Cetak ulang, lalu kirim.")
        )


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield every dictionary of the file, reached from a page or not."""
    waiting: list[Any] = list(pdf.objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Stream):
            item = item.stream_dict
        if isinstance(item, pikepdf.Dictionary):
            yield item
            parts = list(item.values())
        else:
            parts = list(item) if isinstance(item, pikepdf.Array) else []
        waiting += [
            part
            for part in parts
            if isinstance(part, pikepdf.Object) and not part.is_indirect
        ]


def _is_active(item: Any) -> bool:  # noqa: ANN401 - pikepdf's dictionaries are untyped
    return not PROGRAMS.isdisjoint(item.keys()) or str(item.get("/S", "")) in ACTIONS
