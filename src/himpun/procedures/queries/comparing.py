"""A version of an SOP beside a later one: what differs is marked over the official forms.

Marks are laid over the drawing as the live position is; they never become part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from himpun.sop.difference import difference

from . import position, running, sheets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.utils.safestring import SafeString

    from himpun.sop.difference import Change
    from himpun.sop.drawing.geometry import Cell, Page, Symbol
    from himpun.sop.model import Sop

    from ..models import ProcedureVersion

AROUND = 0.8
"""Millimetres that the mark of a symbol or a name stands away from it."""


@dataclass(frozen=True)
class Pair:
    """A page of the older form and one of the newer; None where one has fewer."""

    old: SafeString | None
    new: SafeString | None


def changes(old: ProcedureVersion, new: Sop) -> list[Change]:
    """Return in words what an SOP changes of a version."""
    return list(difference(running.document_of(old), new))


def pairs(old: ProcedureVersion, source: str, mark: str) -> list[Pair]:
    """Return the pages of a version and of a source, what the other lacks marked.

    `mark` is printed on the pages of the source. Raises Refusal when no sheet of paper
    can show one of them.
    """
    before, now = sheets.pages_of(old), sheets.drawn(source, mark)
    there, here = _parts(p for p, _text in before), _parts(p for p, _text in now)
    return [
        Pair(*sides)
        for sides in zip_longest(
            (_marked(page, text, here, "lama") for page, text in before),
            (_marked(page, text, there, "baru") for page, text in now),
        )
    ]


def _parts(pages: Iterable[Page]) -> set[tuple[object, ...]]:
    """Return what the pages of a form say, without where it stands."""
    found: set[tuple[object, ...]] = set()
    for page in pages:
        found |= {_said(cell) for cell in page.cells}
        found |= {_drawn(symbol) for symbol in page.symbols}
        found |= {("panah", line.source, line.target) for line in page.connectors}
    return found


def _said(cell: Cell) -> tuple[object, ...]:
    return cell.name, cell.step, " ".join(text.words for text in cell.texts)


def _drawn(symbol: Symbol) -> tuple[object, ...]:
    return symbol.shape, symbol.step, symbol.actor


def _marked(
    page: Page, drawn: str, other: set[tuple[object, ...]], name: str
) -> SafeString:
    body = "".join(_marks(page, other, name))
    laid = f'{drawn.removesuffix("</svg>")}<g class="perbedaan">{body}</g></svg>'
    return sheets.safe(position.framed(page, laid))


def _marks(page: Page, other: set[tuple[object, ...]], name: str) -> Iterator[str]:
    for cell in page.cells:
        if cell.texts and cell.name != "halaman" and _said(cell) not in other:
            yield position.rect(
                cell.box, f"beda {name}", more=f'data-sel="{cell.name}"'
            )
    for symbol in page.symbols:
        if symbol.actor and _drawn(symbol) not in other:
            box = symbol.box
            around = type(box)(
                box.left - AROUND,
                box.top - AROUND,
                box.right + AROUND,
                box.bottom + AROUND,
            )
            whose = f'data-langkah="{symbol.step}" data-pelaksana="{symbol.actor}"'
            yield position.rect(around, f"beda {name}", more=whose)
    for line in page.connectors:
        if ("panah", line.source, line.target) not in other:
            points = " ".join(
                f"{position.mm(x)},{position.mm(y)}" for x, y in line.points
            )
            yield f'<polyline class="panah-beda {name}" points="{points}"/>'
