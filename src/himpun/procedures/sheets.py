"""The official form of an adopted SOP: SVG for the screen, PDF and PNG for paper.

A version never changes, so its drawing is made once. What is live is laid over it by
`position` and never becomes part of the form.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from himpun.documents import drawing as printing
from himpun.documents import fonts
from himpun.sop.check import check
from himpun.sop.drawing import Page, layout
from himpun.sop.drawing.svg import svg

from . import position

if TYPE_CHECKING:
    from .models import ProcedureVersion
    from .position import Live


@lru_cache(maxsize=32)
def _form(source: str, mark: str) -> tuple[tuple[Page, str], ...]:
    """Draw the form of a source once; the version's number would not do in tests."""
    document = check(source.encode()).sop
    if document is None:  # it was checked before it was adopted
        raise ValueError("the source of an adopted SOP can no longer be read")
    made = layout(document, fonts.measure, mark=mark or None)
    return tuple((page, svg(page)) for page in made)


def _pages(version: ProcedureVersion) -> tuple[tuple[Page, str], ...]:
    return _form(version.source, version.mark)


def identity(version: ProcedureVersion) -> list[SafeString]:
    """Return the pages before the table of steps."""
    return [
        _safe(position.framed(page, text))
        for page, text in _pages(version)
        if not page.symbols
    ]


def flow(version: ProcedureVersion, live: Live | None = None) -> list[SafeString]:
    """Return the pages with the table of steps, the live position laid over them."""
    return [
        _safe(position.over(page, text, live) if live else position.framed(page, text))
        for page, text in _pages(version)
        if page.symbols
    ]


def _safe(text: str) -> SafeString:
    """Let a drawing stand in a page: the writers escape every text of the SOP."""
    return mark_safe(text)  # noqa: S308 - see above; a test draws a hostile SOP


def pdf(version: ProcedureVersion) -> tuple[bytes, str]:
    """Return the whole form as a PDF, with its media type."""
    pages = [text for _page, text in _pages(version)]
    return printing.svg_to_pdf(pages, title=str(version.procedure)), "application/pdf"


def png(version: ProcedureVersion) -> tuple[bytes, str]:
    """Return the first page with the table of steps as a picture."""
    first = next(text for page, text in _pages(version) if page.symbols)
    return printing.svg_to_png(first), "image/png"
