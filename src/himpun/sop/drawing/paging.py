"""The flow part of the form: pages of rows, joined by lettered connectors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from ..model import Langkah, Sop
from . import content, lines
from .flow import Flow, Key, Mark, Spot, crossing_keys, flow_of, gate_of, shapes_of
from .geometry import Box, Cell, Connector, Page, Shape, Symbol
from .labels import Surroundings, name_height, place_labels
from .lines import Across, Down, Drawn
from .routes import Grid, find_routes, node_of
from .sheet import Sheet
from .table import HEAD, Columns, RowTexts, columns_of, head, row_texts
from .wording import Paragraph, fit, fit_words

_TITLE = 13.0
_FOOT = 4.0
_BAND = 10.0
_SIGNATURE = 43.0
_SIGNATURE_WIDTH = 80.0
_ABOVE = 4.3
"""From the rule to a symbol: room for an arrow head and the line before it."""
_STEM, _STEM_NAMED = 2.1, 1.2
"""From a symbol to the first track under it; or beyond the names of outcomes."""
_SYMBOL_SHARE = 0.64
_SYMBOL_MOST = 16.0
_GUTTER_LEAST = 1.4 + lines.ARROW_ROOM
_HEIGHTS = {"kapsul": 8.4, "kotak": 8.4, "belah-ketupat": 12.0}
_SLIMNESS = {"kapsul": 0.7, "kotak": 0.7, "belah-ketupat": 0.9}
"""The greatest height of a symbol as a share of its width."""
_PENTAGON = 7.4
_LETTER = 3.4


@dataclass(frozen=True, slots=True)
class _Form:
    """What all flow pages of an SOP share."""

    sop: Sop
    sheet: Sheet
    columns: Columns
    rows: tuple[RowTexts, ...]
    stems: tuple[float, ...]
    """The room under the symbols of each row, before the first track."""

    @property
    def top(self) -> float:
        """Where the rows begin on a page without an upper band."""
        return self.sheet.frame.top + _TITLE + HEAD

    @property
    def bottom(self) -> float:
        """Where the table ends at the latest."""
        return self.sheet.frame.bottom - _FOOT


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows `first` to `end` (not included) of the form, laid out on a page."""

    first: int
    end: int
    flow: Flow
    drawn: Drawn

    @property
    def bottom(self) -> float:
        """Where the table ends."""
        band = _BAND if "bawah" in self.flow.bands else 0
        return self.drawn.down.edges[-1] + band


def flow_pages(sop: Sop, sheet: Sheet) -> list[Page]:
    """Lay out the table of steps with its symbols and arrows."""
    columns = columns_of(sop, sheet)
    form = _Form(sop, sheet, columns, (), ())
    most = form.bottom - form.top - 2 * _BAND - _SIGNATURE
    rows = (row_texts(sop, step, sheet, columns, most) for step in sop.langkah)
    stems = tuple(_stem(step, form) for step in sop.langkah)
    form = replace(form, rows=tuple(rows), stems=stems)
    parts = list(_parts(form))
    keys = crossing_keys(sop, [(part.first, part.end) for part in parts])
    letters = {key: letter(i) for i, key in enumerate(keys)}
    pages = [_page(form, part, letters) for part in parts]
    pages[-1] = _signed(form, pages[-1], parts[-1].bottom)
    return pages


def _stem(step: Langkah, form: _Form) -> float:
    names = [branch.hasil for branch in step.cabang]
    if not names:
        return _STEM
    edges = form.columns.actor_edges
    return _STEM_NAMED + name_height(names, edges, form.sheet)


def letter(number: int) -> str:
    """Return the name of the off-page connector `number`, from 0: A ... Z, AA ..."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        name = ascii_uppercase[rest] + name
    return name


def _parts(form: _Form) -> Iterator[_Part]:
    """Yield as many rows for each page as fit; the signature goes with the last row."""
    first, count = 0, len(form.rows)
    while first < count:
        end = _at_most(form, first)
        part = _laid_out(form, first, end)
        while end > first + 1 and part.bottom > _limit(form, end):
            end = max(first + 1, min(end - 1, first + _fitting(form, part)))
            part = _laid_out(form, first, end)
        yield part
        first = end


def _limit(form: _Form, end: int) -> float:
    return form.bottom - (_SIGNATURE if end == len(form.rows) else 0)


def _fitting(form: _Form, part: _Part) -> int:
    """Return how many of a page's rows fit as high as they are drawn there."""
    edges = part.drawn.down.edges
    over = part.bottom - edges[-1]
    return sum(edge + over <= form.bottom for edge in edges[1:])


def _at_most(form: _Form, first: int) -> int:
    """Return the end of the rows that could fit if no arrow needed any room."""
    end, room = first, form.bottom - form.top
    while end < len(form.rows):
        room -= _row_parts(form, end, 0, 0)[0]
        if room < 0:
            break
        end += 1
    return max(end, first + 1)


def _laid_out(form: _Form, first: int, end: int) -> _Part:
    flow = flow_of(form.sop, first, end)
    top = form.top + (_BAND if "atas" in flow.bands else 0)

    def rows(strips: Sequence[float], over: float) -> Down:
        return _down(form, first, top, strips, over)

    edges = form.columns.actor_edges
    across = Across(edges, _symbol_width(form.columns))
    expected = rows([lines.strip_height(1)] * flow.rows, 0)
    routes = find_routes(_grid(flow, across, expected), flow.links)
    return _Part(first, end, flow, lines.draw(flow, routes, across, rows))


def _grid(flow: Flow, across: Across, down: Down) -> Grid:
    xs = [across.line(lane) for lane in range(2 * flow.columns + 1)]
    ys = [down.edges[0]]
    for middle, edge in zip(down.middles, down.edges[1:], strict=True):
        ys += [middle, edge]
    return Grid(
        tuple(round(10 * x) for x in xs),
        tuple(round(10 * y) for y in ys),
        frozenset(node_of(mark.spot) for mark in flow.marks),
    )


def _down(
    form: _Form, first: int, top: float, strips: Sequence[float], over: float
) -> Down:
    edges, middles, symbols = [top], [], []
    for i, strip in enumerate(strips):
        height, middle, symbol = _row_parts(form, first + i, strip, 0 if i else over)
        middles.append(edges[-1] + middle)
        edges.append(edges[-1] + height)
        symbols.append(symbol)
    return Down(tuple(edges), tuple(middles), tuple(symbols))


def _row_parts(
    form: _Form, row: int, strip: float, over: float
) -> tuple[float, float, float]:
    """Return a row's height, the middle of its symbols, and the symbols' height."""
    step = form.sop.langkah[row]
    width = _symbol_width(form.columns)
    symbol = max(_symbol_height(shape, width) for shape in shapes_of(step))
    above = _ABOVE + over
    below = max(_ABOVE, strip + form.stems[row])
    needed = above + symbol + below
    height = max(needed, form.rows[row].height)
    return height, above + (height - needed) / 2 + symbol / 2, symbol


def _symbol_width(columns: Columns) -> float:
    edges = columns.actor_edges
    column = edges[1] - edges[0]
    share = min(_SYMBOL_SHARE * column, _SYMBOL_MOST)
    return min(share, column - 2 * _GUTTER_LEAST)


def _symbol_height(shape: Shape, width: float) -> float:
    return min(_HEIGHTS[shape], _SLIMNESS[shape] * width)


def _page(form: _Form, part: _Part, letters: Mapping[Key, str]) -> Page:
    sheet, flow = form.sheet, part.flow
    drawn = part.drawn
    frame = Box(sheet.frame.left, sheet.frame.top + _TITLE, sheet.frame.right, 0)
    frame = replace(frame, bottom=part.bottom)
    symbols = _symbols(flow, drawn)
    gates = _pentagons(sheet, flow, drawn, letters)
    connectors = _connectors(flow, drawn, symbols, gates, letters)
    edges = form.columns.actor_edges
    top = frame.top + HEAD
    everything = (*symbols.values(), *gates.values())
    around = Surroundings(
        room=Box(edges[0], top, edges[-1], frame.bottom),
        symbols=everything,
        columns=edges,
        rows=drawn.down.edges,
    )
    names = [link.label for link in flow.links]
    return Page(
        width=sheet.width,
        height=sheet.height,
        title=content.heading(form.sop),
        cells=tuple(_cells(form, part, frame)),
        frames=(frame,),
        symbols=everything,
        connectors=connectors,
        labels=place_labels(list(zip(connectors, names, strict=True)), around, sheet),
        room=around.room,
    )


def _cells(form: _Form, part: _Part, frame: Box) -> Iterator[Cell]:
    sheet, edges = form.sheet, part.drawn.down.edges
    title = Box(frame.left, sheet.frame.top, frame.right, frame.top - 3)
    words = content.heading(form.sop)
    block = fit_words(words, title.width, title.height, sheet.font(4.8, bold=True))
    yield Cell("judul", title, block.in_middle(title), framed=False)
    yield from head(form.sop, sheet, form.columns, frame.top)
    tops = [(frame.top + HEAD, edges[0]), (edges[-1], part.bottom)]
    for top, bottom in tops:
        if bottom > top:
            yield Cell("sambungan", Box(frame.left, top, frame.right, bottom))
    rows = form.rows[part.first : part.end]
    for row, top, bottom in zip(rows, edges, edges[1:], strict=False):
        yield from row.cells(form.columns, Box(frame.left, top, frame.right, bottom))


def _symbols(flow: Flow, drawn: Drawn) -> dict[Spot, Symbol]:
    return {
        mark.spot: Symbol(mark.shape, _room(mark, drawn), mark.step, mark.actor)
        for mark in flow.marks
    }


def _room(mark: Mark, drawn: Drawn) -> Box:
    x = drawn.across.line(2 * mark.spot.column + 1)
    y = drawn.down.middles[mark.spot.row]
    half = drawn.across.symbol / 2
    tall = _symbol_height(mark.shape, drawn.across.symbol) / 2
    return Box(x - half, y - tall, x + half, y + tall)


def _pentagons(
    sheet: Sheet, flow: Flow, drawn: Drawn, letters: Mapping[Key, str]
) -> dict[int, Symbol]:
    """Return the pentagon of each link that has one, by the link's place."""
    found = {}
    for i, x in drawn.gates.items():
        gate = gate_of(flow.links[i])
        edge = drawn.down.edges[0 if gate.band == "atas" else -1]
        y = edge + (-_BAND / 2 if gate.band == "atas" else _BAND / 2)
        half, tall = drawn.gate_width / 2, _PENTAGON / 2
        box = Box(x - half, y - tall, x + half, y + tall)
        name = letters[gate.key]
        font = sheet.font(_LETTER, bold=True)
        upper = replace(box, bottom=box.bottom - 1.2)
        block = fit_words(name, box.width - 0.8, upper.height - 0.4, font)
        written = block.in_middle(upper)[0]
        found[i] = Symbol("segilima", box, gate.key[0], letter=written)
    return found


def _connectors(
    flow: Flow,
    drawn: Drawn,
    symbols: Mapping[Spot, Symbol],
    gates: Mapping[int, Symbol],
    letters: Mapping[Key, str],
) -> tuple[Connector, ...]:
    found = []
    for i, (link, runs) in enumerate(zip(flow.links, drawn.runs, strict=True)):
        ends = [
            symbols[place] if isinstance(place, Spot) else gates[i]
            for place in (link.start, link.end)
        ]
        name = letters[gate_of(link).key] if i in gates else ""
        points = lines.points_of(runs, *ends)
        found.append(Connector(points, link.source, link.target, link.beside, name))
    return tuple(found)


def _signed(form: _Form, page: Page, bottom: float) -> Page:
    """Add the signature block under the table."""
    frame, identity = form.sheet.frame, form.sop.identitas
    left = frame.right - _SIGNATURE_WIDTH
    rows = (
        ([content.signed_at(identity)], 3.0, 5.0, False),
        ([content.signer(identity)], 8.0, 9.0, True),
        (content.signature(identity), 27.5, 15.0, False),
    )
    cells = []
    for words, top, height, bold in rows:
        at = bottom + top
        box = Box(left, at, frame.right, at + height)
        room = [Paragraph(word) for word in words]
        block = fit(room, box.width, box.height, form.sheet.font(bold=bold))
        texts = block.centered(box.center[0], box.top)
        cells.append(Cell("tanda-tangan", box, texts, framed=False))
    return replace(page, cells=(*page.cells, *cells))
