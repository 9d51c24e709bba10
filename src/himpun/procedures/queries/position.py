"""The live position laid over the official form: a column beside it, marked symbols.

Drawn from the form's own geometry, in millimetres times ten as the form is; colours
and type come from the page's style sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from himpun.documents import fonts
from himpun.shared.http import told
from himpun.shared.journey import Stage
from himpun.wording import opened

from .. import rules
from ..models import Task
from . import running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from himpun.shared.journey import Stop
    from himpun.sop.drawing.geometry import Box, Page, Symbol

    from ..models import Case

UNIT = 10
"""Drawing units for one millimetre, as in the form."""
WIDE, EDGE, PAD = 62.0, 2.0, 2.0
"""Millimetres: the column, the margin around the page, the space beside the words."""
TYPE, LINE = 3.6, 4.4
HEAD = re.compile(r"<svg [^>]*>")
PLACE = re.compile(r' (?:width|height|viewBox)="[^"]*"')


@dataclass(frozen=True)
class Live:
    """Where a case stands: its period, its steps, each actor's part, who holds it."""

    period: str
    stops: Mapping[str, Stop]
    parts: Mapping[tuple[str, str], Stage]
    holders: Mapping[str, str]


def parts_of(case: Case, stops: Sequence[Stop]) -> dict[tuple[str, str], Stage]:
    """Return where each actor's part of each step stands on the way taken now."""
    found: dict[tuple[str, str], Stage] = {}
    rounds = {stop.step: stop.round for stop in stops if stop.round}
    for task in Task.objects.filter(case=case).order_by("pk"):
        if rounds.get(task.step) != task.round:
            continue
        stage = Stage.DONE if task.done_at else Stage.NOW
        spared = task.outcome == rules.SPARED and task.done_by_id is None
        found[task.step, task.actor] = Stage.SKIPPED if spared else stage
    passed = {stop.step for stop in stops if stop.stage is Stage.SKIPPED}
    for step in running.plan_of(case).steps:
        if step.id in passed:
            actors = (step.responsible, *(other.actor for other in step.co_actors))
            found |= {(step.id, actor): Stage.SKIPPED for actor in actors}
    return found


def over(page: Page, drawn: str, live: Live) -> str:
    """Return the drawn page, widened by the column and with its symbols marked."""
    rows = {cell.step: cell.box for cell in page.cells if cell.step}
    if not rows:
        return drawn
    left = max(cell.box.right for cell in page.cells if cell.step)
    body = "".join([*_marks(page.symbols, live), *_column(page, rows, left, live)])
    laid = f'{drawn.removesuffix("</svg>")}<g class="posisi">{body}</g></svg>'
    return framed(page, laid, right=left + WIDE)


def framed(page: Page, drawn: str, *, right: float = 0) -> str:
    """Return the drawing without the paper's margins and foot: a screen has its own."""
    boxes = [cell.box for cell in page.cells if cell.name != "halaman"]
    left, top = min(b.left for b in boxes) - EDGE, min(b.top for b in boxes) - EDGE
    right = max(right, *(b.right for b in boxes)) + EDGE
    bottom = max(b.bottom for b in boxes) + EDGE
    seen = f"{mm(left)} {mm(top)} {mm(right - left)} {mm(bottom - top)}"
    head = HEAD.search(drawn)
    if head is None:  # the writer begins every page with one
        raise ValueError("a drawn page has no head")
    bare = PLACE.sub("", head[0]).removesuffix(">")
    return f'{drawn[: head.start()]}{bare} viewBox="{seen}">{drawn[head.end() :]}'


def _marks(symbols: Sequence[Symbol], live: Live) -> Iterator[str]:
    for symbol in symbols:
        stage = live.parts.get((symbol.step, symbol.actor))
        if stage is None or not symbol.actor:
            continue
        yield _outline(symbol, stage)
        x, y = symbol.box.center
        if stage is Stage.DONE:
            yield (
                f'<path class="centang" d="M{mm(x - 2.6)} {mm(y)}'
                f'l{mm(1.8)} {mm(1.8)} {mm(3.4)} {mm(-3.6)}"/>'
            )
        elif stage is Stage.SKIPPED:
            yield f'<path class="lewat-garis" d="M{mm(x - 2.6)} {mm(y)}h{mm(5.2)}"/>'
        else:
            yield _words(x, y + TYPE / 3, _("di sini"), "di-sini")


def _outline(symbol: Symbol, stage: Stage) -> str:
    box = symbol.box
    whose = f'data-langkah="{symbol.step}" data-pelaksana="{symbol.actor}"'
    if symbol.shape == "belah-ketupat":
        x, y = box.center
        corners = [(x, box.top), (box.right, y), (x, box.bottom), (box.left, y)]
        points = " ".join(f"{mm(a)},{mm(b)}" for a, b in corners)
        return f'<polygon class="{stage}" points="{points}" {whose}/>'
    round_ = box.height / 2 if symbol.shape == "kapsul" else 0
    return rect(box, str(stage), round_, whose)


def _column(
    page: Page, rows: Mapping[str, Box], left: float, live: Live
) -> Iterator[str]:
    """Draw the head of the column and a cell for each row of the page."""
    first = min(box.top for box in rows.values())
    top = min(cell.box.top for cell in page.cells if cell.shaded)
    yield _plate(left, top, first, "kepala-posisi")
    middle = (top + first) / 2
    center = left + WIDE / 2
    yield _words(center, middle - 1, _("Posisi berjalan"), "judul-posisi")
    yield _words(center, middle + LINE - 1, live.period, "judul-posisi")
    for step, box in rows.items():
        stop = live.stops.get(step)
        if stop:
            yield _plate(left, box.top, box.bottom, f"sel-posisi {stop.stage}")
            yield from _cell(left, box, stop, live)


def _cell(left: float, box: Box, stop: Stop, live: Live) -> Iterator[str]:
    head = stop.spent or _("Belum mulai")
    if stop.stage is Stage.SKIPPED:
        head = opened(stop.short)
    if stop.round > 1:
        head = _("%(time)s, putaran %(n)s") % {"time": head, "n": stop.round}
    details = [stop.standard]
    if stop.stage is Stage.NOW:
        details = [stop.short, live.holders.get(stop.step, "")]
    lines = [line for text in details if text for line in _wrapped(text)]
    room = int((box.height - PAD) // LINE) - 1
    if len(lines) > room:
        lines = [*lines[: max(room - 1, 0)], f"{lines[max(room - 1, 0)]} ..."]
    y = (box.top + box.bottom - len(lines) * LINE) / 2 + TYPE / 3
    x = left + PAD
    yield _light(x, y - TYPE / 3, stop.light)
    yield _words(x + 5, y, head, f"lama {stop.light}", anchor="start")
    for number, line in enumerate(lines, 1):
        yield _words(x, y + number * LINE, line, "rincian", anchor="start")


def _light(x: float, y: float, light: str) -> str:
    """Draw the light's shape: circle, triangle, square, ring."""
    if light == "mendekati":
        foot = f"{mm(x)},{mm(y + 1.5)} {mm(x + 3.4)},{mm(y + 1.5)}"
        points = f"{foot} {mm(x + 1.7)},{mm(y - 1.6)}"
        return f'<polygon class="tanda {light}" points="{points}"/>'
    if light == "lewat":
        place = f'x="{mm(x)}" y="{mm(y - 1.5)}" width="{mm(3)}" height="{mm(3)}"'
        return f'<rect class="tanda {light}" {place}/>'
    return (
        f'<circle class="tanda {light}" cx="{mm(x + 1.5)}" cy="{mm(y)}" r="{mm(1.5)}"/>'
    )


def _wrapped(text: str) -> list[str]:
    """Break a text into lines that fit the column."""
    lines = [""]
    for word in told(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if fonts.measure(longer, TYPE) <= WIDE - 2 * PAD or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _plate(left: float, top: float, bottom: float, name: str) -> str:
    return (
        f'<rect class="{name}" x="{mm(left)}" y="{mm(top)}" '
        f'width="{mm(WIDE)}" height="{mm(bottom - top)}"/>'
    )


def rect(box: Box, name: str, round_: float = 0, more: str = "") -> str:
    """Return a rectangle of a class; `more` are further attributes."""
    return (
        f'<rect class="{name}" x="{mm(box.left)}" y="{mm(box.top)}" '
        f'width="{mm(box.width)}" height="{mm(box.height)}" rx="{mm(round_)}" '
        f"{more}/>"
    )


def _words(x: float, y: float, text: str, name: str, *, anchor: str = "middle") -> str:
    place = f'x="{mm(x)}" y="{mm(y)}" text-anchor="{anchor}"'
    said = escape(told(text))
    return f'<text class="{name}" {place} font-size="{mm(TYPE)}">{said}</text>'


def mm(value: float) -> str:
    """Return millimetres in the drawing's units."""
    return f"{value * UNIT:.1f}".removesuffix(".0")
