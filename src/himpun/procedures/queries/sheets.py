"""The official form of an adopted SOP: SVG for the screen, PDF and PNG for paper.

A version never changes, so its drawing is made once. What is live is laid over it by
`position` and never becomes part of the form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from himpun.documents import drawing as printing
from himpun.documents import fonts
from himpun.shared.refusals import Refusal
from himpun.sop.check import check
from himpun.sop.drawing import NotDrawable, Page, layout
from himpun.sop.drawing.svg import svg

from . import position, running

if TYPE_CHECKING:
    from decimal import Decimal

    from ..models import ProcedureVersion
    from .position import Live


@lru_cache(maxsize=32)
def drawn(source: str, mark: str) -> tuple[tuple[Page, str], ...]:
    """Return the drawn pages of a source that the check accepts, made once.

    Raises Refusal when no sheet of paper can show it.
    """
    document = check(source.encode()).sop
    if document is None:  # it was checked before it was adopted
        raise ValueError("the source of an adopted SOP can no longer be read")
    try:
        made = layout(document, fonts.measure, mark=mark or None)
    except NotDrawable as why:
        raise Refusal(str(why)) from None
    return tuple((page, svg(page)) for page in made)


def pages_of(version: ProcedureVersion) -> tuple[tuple[Page, str], ...]:
    """Return the drawn pages; raises Refusal when no sheet of paper can show the SOP."""
    return drawn(version.source, version.mark)


@dataclass(frozen=True)
class Row:
    """A step in words, for a page that cannot show the drawing."""

    number: int
    activity: str
    actors: tuple[str, ...]
    amount: Decimal
    unit: str
    leads: tuple[str, ...]


def table(version: ProcedureVersion) -> list[Row]:
    """Return the steps in words: who, in which time, leading where."""
    plan = running.plan_of_version(version)
    labels = {actor.id: actor.label for actor in plan.actors}
    numbers = {step.id: str(step.number) for step in plan.steps}
    return [
        Row(
            number=step.number,
            activity=step.activity,
            actors=(
                labels[step.responsible],
                *(f"{labels[other.actor]} ({other.way})" for other in step.co_actors),
            ),
            amount=step.amount,
            unit=step.unit,
            leads=(
                *(numbers[name] for name in step.next),
                *(f"{out.name}: {numbers[out.to]}" for out in step.outcomes),
            ),
        )
        for step in plan.steps
    ]


def identity(version: ProcedureVersion) -> list[SafeString]:
    """Return the pages before the table of steps."""
    return [
        safe(position.framed(page, text))
        for page, text in pages_of(version)
        if not page.symbols
    ]


def flow(version: ProcedureVersion, live: Live | None = None) -> list[SafeString]:
    """Return the pages with the table of steps, the live position laid over them."""
    return [
        safe(position.over(page, text, live) if live else position.framed(page, text))
        for page, text in pages_of(version)
        if page.symbols
    ]


def safe(text: str) -> SafeString:
    """Let a drawing stand in a page: the writers escape every text of the SOP."""
    return mark_safe(text)  # noqa: S308 - see above; a test draws a hostile SOP


def pdf(version: ProcedureVersion) -> tuple[bytes, str]:
    """Return the whole form as a PDF, with its media type."""
    pages = [text for _page, text in pages_of(version)]
    return printing.svg_to_pdf(pages, title=str(version.procedure)), "application/pdf"


def png(version: ProcedureVersion) -> tuple[bytes, str]:
    """Return the first page with the table of steps as a picture."""
    first = next(text for page, text in pages_of(version) if page.symbols)
    return printing.svg_to_png(first), "image/png"
