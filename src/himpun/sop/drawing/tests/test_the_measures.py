"""The measures that the other tests trust find the faults they are made for."""

from dataclasses import replace

import pytest

from himpun.sop.drawing import layout
from himpun.sop.drawing.tests import builders, measuring
from himpun.sop.drawing.tests.builders import width

SOP = builders.make_hard_sop()
PAGES = layout(SOP, width)
PAGE = next(page for page in PAGES if page.labels)


def with_first(page, part, change):
    """Return the page with the first of its parts changed."""
    first, *rest = getattr(page, part)
    return replace(page, **{part: (change(first), *rest)})


def moved(dx, dy):
    return lambda thing: replace(thing, box=thing.box.moved(dx, dy))


def on(symbol):
    return lambda thing: replace(thing, box=symbol.box)


def bent(*moves):
    """Return a change that moves corners of an arrow."""

    def change(connector):
        points = list(connector.points)
        for at, dx, dy in moves:
            points[at] = (points[at][0] + dx, points[at][1] + dy)
        return replace(connector, points=tuple(points))

    return change


def test_the_page_without_faults_has_none():
    assert measuring.all_faults(SOP, PAGES) == []


def test_a_text_that_leaves_its_cell_is_found():
    cell = next(cell for cell in PAGE.cells if cell.texts)
    wide = replace(cell.texts[0], width=400)
    page = replace(PAGE, cells=(replace(cell, texts=(wide,)),))
    assert measuring.texts_outside(page)


@pytest.mark.parametrize(
    ("rule", "faulty"),
    [
        (measuring.symbols_astray, with_first(PAGE, "symbols", moved(12, 0))),
        (measuring.symbols_astray, replace(PAGE, symbols=PAGE.symbols[:1] * 2)),
        (measuring.shared_lines, replace(PAGE, connectors=PAGE.connectors[:1] * 2)),
        (measuring.ends_off_symbols, with_first(PAGE, "connectors", bent((-1, 0, -3)))),
        (measuring.ends_off_symbols, with_first(PAGE, "connectors", bent((0, 9, 0)))),
        (
            measuring.lines_through_symbols,
            with_first(PAGE, "connectors", bent((-1, 0, 6))),
        ),
        (
            measuring.lines_through_symbols,
            with_first(PAGE, "connectors", bent((1, 9, 9))),
        ),
        (
            measuring.lines_through_symbols,
            with_first(PAGE, "connectors", bent((1, 0, 400), (2, 0, 400))),
        ),
        (measuring.names_astray, replace(PAGE, labels=PAGE.labels[:1] * 2)),
        (measuring.names_astray, with_first(PAGE, "labels", moved(200, 0))),
        (measuring.names_astray, with_first(PAGE, "labels", on(PAGE.symbols[0]))),
    ],
)
def test_a_fault_is_found(rule, faulty):
    assert rule(PAGE) == []
    assert rule(faulty) != []


def test_a_name_on_another_arrow_is_found():
    arrow = next(c for c in PAGE.connectors if c.source == "l1")
    x, y = arrow.points[1]
    box = replace(PAGE.labels[0].box, left=x - 1, right=x + 1, top=y - 1, bottom=y + 1)
    page = replace(PAGE, labels=(replace(PAGE.labels[0], box=box),))
    assert any("covers l1->l2" in fault for fault in measuring.names_astray(page))


@pytest.mark.parametrize("arrow", range(len(PAGE.connectors)))
def test_a_path_that_is_missing_or_drawn_twice_is_found(arrow):
    less = PAGE.connectors[:arrow] + PAGE.connectors[arrow + 1 :]
    more = (*PAGE.connectors, PAGE.connectors[arrow])
    for connectors in (less, more):
        page = replace(PAGE, connectors=connectors)
        pages = [page if other is PAGE else other for other in PAGES]
        assert measuring.missing_paths(SOP, pages)
