"""Drawn shapes and connectors: DrawingML and VML of Word, DrawingML of Excel.

Names of preset shapes: ECMA-376 part 1, 20.1.10.56 (ST_ShapeType); numbers of VML's
shape types: part 4, 19.1.2.19 and `o:spt` (`#_x0000_t110` is the decision).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .model import Arrow, Shape, ShapeKind
from .package import attribute, child, inside, tag, whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

KINDS: dict[str, ShapeKind] = {
    **dict.fromkeys(("rect", "flowChartProcess", "109", "1"), "kotak"),
    **dict.fromkeys(("flowChartPredefinedProcess", "112", "v:rect"), "kotak"),
    **dict.fromkeys(("diamond", "flowChartDecision", "110", "4"), "keputusan"),
    **dict.fromkeys(("flowChartTerminator", "116", "ellipse", "3"), "kapsul"),
    **dict.fromkeys(("roundRect", "2", "flowChartAlternateProcess", "176"), "kapsul"),
    **dict.fromkeys(("v:roundrect", "v:oval"), "kapsul"),
    **dict.fromkeys(("homePlate", "15", "pentagon", "56"), "penghubung"),
    **dict.fromkeys(("flowChartOffpageConnector", "177"), "penghubung"),
    **dict.fromkeys(("flowChartConnector", "120"), "penghubung"),
}
_LINES = re.compile("line|straight|bent|curvedConnector|Arrow|32|33|34|35|36|37|38|20")
_NUMBER = re.compile("_t([0-9]+)")
NEAR = 914_400
"""One inch in EMU: a shape moved farther may lie over another cell."""
_PAGE = frozenset(("page", "margin", "leftMargin", "rightMargin", "topMargin"))
_VML = ("shape", "rect", "roundrect", "oval", "line", "polyline")


def in_drawing(drawing: Element, place: str) -> tuple[list[Shape], list[Arrow]]:
    """Return the shapes and connectors of one drawing of Word anchored in a place."""
    outer = attribute(next(inside(drawing, "docPr"), None), "id")
    parts = [one for one in drawing.iter() if tag(one) in {"wsp", "pic"}]
    shapes, arrows = _drawn(parts, place, outer)
    if not shapes and not arrows:
        shapes = [Shape(outer, "lain", f"{place} (gambar)", _text(drawing))]
    return _unsure(shapes, sure=len(shapes) == 1 and _stays(drawing)), arrows


def _stays(drawing: Element) -> bool:
    """Whether a floating drawing lies near the paragraph that holds its anchor."""
    for anchor in inside(drawing, "anchor"):
        for side in ("positionH", "positionV"):
            position = child(anchor, side)
            offset = child(position, "posOffset")
            far = abs(whole((offset.text or "") if offset is not None else "")) > NEAR
            if far or attribute(position, "relativeFrom") in _PAGE:
                return False
    return True


def in_sheet(
    anchor: Element, place: str, *, scope: str, sure: bool
) -> tuple[list[Shape], list[Arrow]]:
    """Return the shapes and connectors of one anchor of a sheet's drawing.

    Ids count within one drawing (`scope`) only; `sure` says whether the anchor lies over
    one cell.
    """
    parts = [one for one in anchor.iter() if tag(one) in {"sp", "cxnSp", "pic"}]
    shapes, arrows = _drawn(parts, place, "")
    if not shapes and not arrows:  # a chart or a diagram, whose words lie elsewhere
        shapes = [Shape("", "lain", f"{place} (gambar)", _text(anchor))]
    known = [replace(one, id=_scoped(scope, one.id)) for one in shapes]
    led = [
        replace(one, start=_scoped(scope, one.start), end=_scoped(scope, one.end))
        for one in arrows
    ]
    return _unsure(known, sure=sure and len(shapes) == 1), led


def _scoped(scope: str, number: str) -> str:
    return f"{scope}#{number}" if number else ""


def in_vml(picture: Element, place: str) -> tuple[list[Shape], list[Arrow]]:
    """Return the shapes and connectors of VML, as Word 2007 and older wrote them."""
    shapes: list[Shape] = []
    arrows: list[Arrow] = []
    proxies = _proxies(picture)
    for one in (part for part in picture.iter() if tag(part) in _VML):
        number = _NUMBER.search(attribute(one, "type"))
        key = number[1] if number else f"v:{tag(one)}"
        if attribute(one, "connectortype") or tag(one) == "line" or key in {"32", "34"}:
            start, end = proxies.get(attribute(one, "id"), ("", ""))
            arrows.append(Arrow(f"{place} (panah)", start, end))
        else:
            kind = KINDS.get(key, "lain")
            name = f"{place} (bentuk {kind})"
            shapes.append(Shape(attribute(one, "id"), kind, name, _text(one)))
    return _unsure(shapes, sure=len(shapes) == 1), arrows


def _proxies(picture: Element) -> dict[str, tuple[str, str]]:
    """Return what VML's connector rules join: connector -> (start, end)."""
    joined = {}
    for rule in inside(picture, "r"):
        ends = {"start": "", "end": ""}
        for proxy in inside(rule, "proxy"):
            side = "start" if "start" in proxy.keys() else "end"  # noqa: SIM118 - Element has no __contains__ for keys
            ends[side] = attribute(proxy, "idref").lstrip("#")
        joined[attribute(rule, "idref").lstrip("#")] = (ends["start"], ends["end"])
    return joined


def _drawn(
    parts: Iterable[Element], place: str, outer: str
) -> tuple[list[Shape], list[Arrow]]:
    shapes: list[Shape] = []
    arrows: list[Arrow] = []
    for part in parts:
        own = next((attribute(one, "id") for one in inside(part, "cNvPr")), "") or outer
        preset = attribute(next(inside(part, "prstGeom"), None), "prst")
        if _is_line(part, preset):
            arrows.append(_arrow(part, place))
            continue
        kind = KINDS.get(preset, "lain")
        label = "gambar" if tag(part) == "pic" else f"bentuk {kind}"
        shapes.append(Shape(own, kind, f"{place} ({label})", _text(part)))
    return shapes, arrows


def _is_line(part: Element, preset: str) -> bool:
    return (
        tag(part) == "cxnSp"
        or child(part, "cNvCnPr") is not None
        or bool(_LINES.match(preset))
    )


def _arrow(part: Element, place: str) -> Arrow:
    start = attribute(next(inside(part, "stCxn"), None), "id")
    end = attribute(next(inside(part, "endCxn"), None), "id")
    heads = {
        side: attribute(next(inside(part, side), None), "type") not in {"", "none"}
        for side in ("headEnd", "tailEnd")
    }
    if heads["headEnd"] and not heads["tailEnd"]:
        start, end = end, start
    return Arrow(f"{place} (panah)", start, end)


def _text(part: Element) -> str:
    """Return the text inside a shape, a line for each paragraph."""
    lines = (
        "".join(piece.text or "" for piece in inside(paragraph, "t"))
        for paragraph in inside(part, "p")
    )
    return "\n".join(line.strip() for line in lines if line.strip())


def _unsure(shapes: list[Shape], *, sure: bool) -> list[Shape]:
    """Several shapes in one drawing: the file does not say which cell each is over."""
    return [replace(shape, sure=sure) for shape in shapes]
