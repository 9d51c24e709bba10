"""A laid out page as SVG.

Only presentation attributes: no style sheet, no `style=`, no script and no links, so
that the drawing may stand in a page under a strict content security policy. Every
symbol carries `data-langkah` and `data-pelaksana`, so that the page's own style sheet
can colour the live position.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from .geometry import (
    PENTAGON_SHOULDER,
    Box,
    Cell,
    Connector,
    Label,
    Page,
    Point,
    Symbol,
    Text,
)
from .labels import HEAD
from .lines import ARROW
from .wording import clean

_UNIT = 10
"""Drawing units for one millimetre: browsers handle tiny type sizes badly."""
_INK, _SHADE, _PAPER, _PALE = "#000", "#ececec", "#fff", "#e9e9e9"
_THIN, _THICK, _LINE = 0.2, 0.55, 0.32
_FAMILY = "Liberation Sans, Arimo, Arial, Helvetica, sans-serif"
_PIXELS = 96 / 25.4
_SLANT = -28


def svg(page: Page) -> str:
    """Return the page as an SVG document."""
    return "".join(_document(page))


def _document(page: Page) -> Iterator[str]:
    wide, tall = page.width, page.height
    yield _tag(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        width=_number(wide * _PIXELS),
        height=_number(tall * _PIXELS),
        viewBox=f"0 0 {_mm(wide)} {_mm(tall)}",
        role="group",
        **{"class": "sop-halaman", "aria-label": clean(page.title)},
    )
    yield _tag("g", font_family=_FAMILY, fill=_INK, stroke="none")
    yield _rect(Box(0, 0, wide, tall), fill=_PAPER)
    yield from _mark(page)
    for cell in page.cells:
        yield from _cell(cell)
    for frame in page.frames:
        yield _rect(frame, fill="none", stroke=_INK, stroke_width=_mm(_THICK))
    for label in page.labels:
        yield _rect(label.box, fill=_PAPER)
    for connector in page.connectors:
        yield from _connector(connector)
    for symbol in page.symbols:
        yield from _symbol(symbol)
    for label in page.labels:
        yield from _label(label)
    yield "</g></svg>"


def _mark(page: Page) -> Iterator[str]:
    if page.mark:
        place = f"translate({_mm(page.width / 2)} {_mm(page.height / 2)})"
        turned = f"{place} rotate({_SLANT})"
        yield _tag("g", transform=turned, fill=_PALE, **{"class": "sop-tanda"})
        yield from map(_text, page.mark)
        yield "</g>"


def _cell(cell: Cell) -> Iterator[str]:
    yield _tag("g", **{"class": f"sop-sel sop-{cell.name}"}, data_langkah=cell.step)
    if cell.framed:
        fill = _SHADE if cell.shaded else "none"
        yield _rect(cell.box, fill=fill, stroke=_INK, stroke_width=_mm(_THIN))
    yield from map(_text, cell.texts)
    yield "</g>"


def _symbol(symbol: Symbol) -> Iterator[str]:
    shared = {
        "class": f"sop-simbol sop-{symbol.shape}",
        "data_langkah": symbol.step,
        "data_pelaksana": symbol.actor,
        "fill": _PAPER,
        "stroke": _INK,
        "stroke_width": _mm(_LINE),
    }
    if symbol.shape == "kotak":
        yield _rect(symbol.box, **shared)
    elif symbol.shape == "kapsul":
        yield _rect(symbol.box, rx=_mm(symbol.box.height / 2), **shared)
    else:
        yield _tag("polygon", points=_points(_corners(symbol)), **shared, end="/")
    if symbol.letter:
        yield _text(symbol.letter)


def _corners(symbol: Symbol) -> list[Point]:
    box = symbol.box
    x, y = box.center
    if symbol.shape == "belah-ketupat":
        return [(x, box.top), (box.right, y), (x, box.bottom), (box.left, y)]
    shoulder = box.top + box.height * PENTAGON_SHOULDER
    return [
        (box.left, box.top),
        (box.right, box.top),
        (box.right, shoulder),
        (x, box.bottom),
        (box.left, shoulder),
    ]


def _connector(connector: Connector) -> Iterator[str]:
    yield _tag(
        "g",
        **{"class": "sop-garis"},
        data_dari=connector.source,
        data_ke=connector.target,
    )
    tip = connector.points[-1]
    (x, y), _ = connector.parts[-1]
    dx, dy = _sign(tip[0] - x), _sign(tip[1] - y)
    neck = (tip[0] - dx * ARROW, tip[1] - dy * ARROW)
    yield _tag(
        "polyline",
        points=_points([*connector.points[:-1], neck]),
        fill="none",
        stroke=_INK,
        stroke_width=_mm(_LINE),
        end="/",
    )
    wings = [
        (neck[0] + dy * HEAD, neck[1] + dx * HEAD),
        (neck[0] - dy * HEAD, neck[1] - dx * HEAD),
    ]
    yield _tag("polygon", points=_points([tip, *wings]), end="/")
    yield "</g>"


def _label(label: Label) -> Iterator[str]:
    yield _tag(
        "g",
        **{"class": "sop-hasil"},
        data_dari=label.source,
        data_ke=label.target,
    )
    yield from map(_text, label.texts)
    yield "</g>"


def _text(text: Text) -> str:
    opened = _tag(
        "text",
        x=_mm(text.x),
        y=_mm(text.y),
        font_size=_mm(text.size),
        font_weight="bold" if text.bold else "",
        font_style="italic" if text.italic else "",
        textLength=_mm(text.width) if text.width else "",
        lengthAdjust="spacingAndGlyphs",
    )
    return f"{opened}{escape(text.words)}</text>"


def _rect(box: Box, **attributes: str) -> str:
    place = {
        "x": _mm(box.left),
        "y": _mm(box.top),
        "width": _mm(box.width),
        "height": _mm(box.height),
    }
    return _tag("rect", **place, **attributes, end="/")


def _tag(name: str, *, end: str = "", **attributes: str) -> str:
    """Write a tag; an attribute without a value is left out."""
    written = "".join(
        f" {key.replace('_', '-')}={quoteattr(value)}"
        for key, value in attributes.items()
        if value
    )
    return f"<{name}{written}{end}>"


def _points(points: list[Point]) -> str:
    return " ".join(f"{_mm(x)},{_mm(y)}" for x, y in points)


def _mm(value: float) -> str:
    return _number(value * _UNIT)


HALF_STEP = 0.05
"""Below it a number rounds to nothing and must not be written as -0."""


def _number(value: float) -> str:
    written = f"{value:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)
