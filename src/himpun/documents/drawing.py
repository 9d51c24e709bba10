"""Drawn pages as PDF and PNG: SVG in, bytes out, text stays text.

Only the shipped font is used (see `fonts`); a warning of the typesetter is an error,
so that a page never silently looks different from what was laid out.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import typst

from .fonts import FAMILY, FONT_DIR

F4_LANDSCAPE = (330, 215)
"""Width and height of the usual office paper, in millimetres."""

_SOURCE = """
#set document(title: sys.inputs.title, date: none)
#set page(
  width: float(sys.inputs.width) * 1mm,
  height: float(sys.inputs.height) * 1mm,
  margin: 0mm,
)
#set text(font: sys.inputs.family, lang: "id")
#for number in range(int(sys.inputs.count)) {
  if number > 0 { pagebreak() }
  image(
    bytes(sys.inputs.at("page" + str(number))),
    format: "svg",
    width: 100%,
    height: 100%,
    alt: sys.inputs.title + ", halaman " + str(number + 1),
  )
}
"""


class DrawingError(Exception):
    """The pages cannot be rendered as they are."""


def svg_to_pdf(
    pages: Sequence[str], *, title: str, size: tuple[float, float] = F4_LANDSCAPE
) -> bytes:
    """Return SVG pages as one PDF; `size` is the paper in millimetres.

    Equal arguments give equal bytes: no date is written. The PDF is tagged and has a
    title; it claims no PDF/A or PDF/UA level. Raises `DrawingError`.
    """
    return _render(pages, title, size, format="pdf")


def svg_to_png(
    page: str, *, ppi: float = 150, size: tuple[float, float] = F4_LANDSCAPE
) -> bytes:
    """Return one SVG page as PNG with `ppi` pixels to the inch of paper.

    Raises `DrawingError`.
    """
    return _render([page], "", size, format="png", ppi=ppi)


@cache
def _fonts() -> typst.Fonts:
    """Return our font alone: not the machine's, nor those inside the typesetter."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(FONT_DIR)],
    )


def _render(
    pages: Sequence[str],
    title: str,
    size: tuple[float, float],
    **output: Any,  # noqa: ANN401 (options of the typesetter, of several types)
) -> bytes:
    if not pages:
        raise DrawingError("there is no page to render")
    width, height = size
    inputs = {
        "title": title,
        "family": FAMILY,
        "width": str(width),
        "height": str(height),
        "count": str(len(pages)),
    } | {f"page{number}": page for number, page in enumerate(pages)}
    try:
        rendered, warnings = typst.compile_with_warnings(
            _SOURCE.encode(),
            font_paths=_fonts(),
            sys_inputs=inputs,
            **output,
        )
    except typst.TypstError as error:
        raise DrawingError(error.message) from error
    if warnings:
        raise DrawingError("; ".join(warning.message for warning in warnings))
    if not isinstance(rendered, bytes):
        raise DrawingError("one page was rendered as several")
    return rendered
