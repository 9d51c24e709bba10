"""The official SOP AP form drawn (PermenPANRB 35/2012): an SOP in, SVG pages out.

Layout and writing are apart: `layout` gives geometry in millimetres (`geometry`), `svg`
writes it. Reading order: `content` (which words), `table` and `identity` (cells), `flow`
(what is joined), `routes` (which way), `tracks` and `lines` (where exactly), `labels`
(names of outcomes), `paging` (pages and their lettered connectors).
"""

from ..model import Sop
from .geometry import Page
from .layout import NotDrawable, layout
from .svg import svg
from .wording import Measure


def pages(sop: Sop, measure: Measure, *, mark: str | None = None) -> list[str]:
    """Return the form as SVG documents, one for each F4 landscape page.

    First the identity part, then the table of steps. `sop` is one that `check`
    accepts; only what the office signed is drawn. `measure` gives the width of a text
    in the font that will print it. `mark` stands on every page of a form that is not
    in force ("CONTOH, belum disahkan"). Equal arguments give equal text. Raises
    `NotDrawable`, with a sentence for the user, for an SOP of absurdly many arrows.
    """
    return [svg(page) for page in layout(sop, measure, mark=mark)]


__all__ = ["Measure", "NotDrawable", "Page", "layout", "pages"]
