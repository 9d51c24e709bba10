"""What a flow page joins: symbols in rows and columns, and the links between them."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Langkah, Sop
from .geometry import Shape

Band = Literal["atas", "bawah"]
"""The strip over or under the rows in which off-page connectors stand."""
Key = tuple[str, Band]
"""An off-page connector: the step it leads to, and the band it stands in there.

Each has one letter. Every arrow that goes there from another page ends on a
pentagon with that letter; on the page of the step one pentagon begins the way on.
"""


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """The place of a symbol: row on the page and actor's column, from 0."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Gate:
    """The place of an off-page connector, in a band of this page."""

    band: Band
    key: Key


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow to be drawn. `source` is empty when it comes from another page."""

    start: Spot | Gate
    end: Spot | Gate
    source: str
    target: str
    label: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """One symbol to be drawn."""

    spot: Spot
    shape: Shape
    step: str
    actor: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The symbols and links of one page."""

    rows: int
    columns: int
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]

    @property
    def bands(self) -> frozenset[Band]:
        """The bands that this page needs."""
        places = [place for link in self.links for place in (link.start, link.end)]
        return frozenset(p.band for p in places if isinstance(p, Gate))


def flow_of(sop: Sop, first: int, end: int) -> Flow:
    """Return what the page with the rows `first` to `end` (not included) joins."""
    steps = sop.langkah[first:end]
    columns = {actor.id: i for i, actor in enumerate(sop.pelaksana)}
    spots = {
        step.id: [Spot(row, columns[actor]) for actor in actors_of(step)]
        for row, step in enumerate(steps)
    }
    marks = tuple(
        Mark(spot, shape, step.id, actor)
        for step in steps
        for spot, shape, actor in zip(
            spots[step.id], shapes_of(step), actors_of(step), strict=True
        )
    )
    links = [
        *_beside(spots),
        *_leaving(steps, spots, places_of(sop)),
        *_arriving(sop, spots),
    ]
    return Flow(len(steps), len(columns), marks, tuple(links))


def actors_of(step: Langkah) -> list[str]:
    """Return who takes part in a step: the responsible actor, then co-actors."""
    return [step.penanggung_jawab, *(other.pelaksana for other in step.bersama)]


def shapes_of(step: Langkah) -> list[Shape]:
    """Return the symbols of a row, in the order of its actors.

    The procedure begins in the first symbol of its first step and ends in the last
    symbol of its last one. Who takes part in a decision stands as a decision: the
    outcomes leave from the last symbol of the row.
    """
    plain: Shape = "belah-ketupat" if step.jenis == "keputusan" else "kotak"
    shapes = [plain for _ in actors_of(step)]
    if step.jenis == "mulai":
        shapes[0] = "kapsul"
    if step.jenis == "selesai":
        shapes[-1] = "kapsul"
    return shapes


def places_of(sop: Sop) -> dict[str, int]:
    """Return the place of every step in the table, from 0."""
    return {step.id: i for i, step in enumerate(sop.langkah)}


def crossing_keys(sop: Sop, pages: Sequence[tuple[int, int]]) -> list[Key]:
    """Return the off-page connectors of the whole form, in the order of use."""
    places = places_of(sop)
    page_of = {
        place: number
        for number, (first, end) in enumerate(pages)
        for place in range(first, end)
    }
    keys = [
        key_of(places, step.id, target)
        for step in sop.langkah
        for target in step.tujuan
        if page_of[places[step.id]] != page_of[places[target]]
    ]
    return list(dict.fromkeys(keys))


def key_of(places: Mapping[str, int], source: str, target: str) -> Key:
    """Return the connector by which a step on another page reaches `target`."""
    return target, "atas" if places[source] < places[target] else "bawah"


def gate_of(link: Link) -> Gate:
    """Return the off-page connector of a link that has one."""
    gate = link.start if isinstance(link.start, Gate) else link.end
    assert isinstance(gate, Gate)  # noqa: S101 (asked only of a link that has one)
    return gate


def _beside(spots: Mapping[str, list[Spot]]) -> Iterator[Link]:
    for step, chain in spots.items():
        for one, next_one in itertools.pairwise(chain):
            yield Link(one, next_one, step, step, beside=True)


def _leaving(
    steps: Sequence[Langkah],
    spots: Mapping[str, list[Spot]],
    places: Mapping[str, int],
) -> Iterator[Link]:
    for step in steps:
        start = spots[step.id][-1]
        for target in step.tujuan:
            outcomes = [branch.hasil for branch in step.cabang if branch.ke == target]
            label = " / ".join(outcomes)
            end: Spot | Gate
            if target in spots:
                end = spots[target][0]
            else:
                key = key_of(places, step.id, target)
                end = Gate("bawah" if key[1] == "atas" else "atas", key)
            yield Link(start, end, step.id, target, label)


def _arriving(sop: Sop, spots: Mapping[str, list[Spot]]) -> Iterator[Link]:
    places = places_of(sop)
    keys = [
        key_of(places, step.id, target)
        for step in sop.langkah
        for target in step.tujuan
        if step.id not in spots and target in spots
    ]
    for key in dict.fromkeys(keys):
        yield Link(Gate(key[1], key), spots[key[0]][0], "", key[0])
