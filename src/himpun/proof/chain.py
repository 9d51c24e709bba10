"""Checking a stream: does the record still say what it said?

Each event is checked against its own body, its neighbours, the stream's row and, where
a paper anchors it, the hash on that paper. Three words answer: *cocok* (the paper
proves it), *belum berjangkar* (consistent, but no paper holds it yet: whoever owns the
database could have rewritten it), *BERUBAH* (with event and field).

An anchor proves events 1..n. Without one, a rewritten tail or a removed last event
whose stream row was corrected too cannot be seen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.wording import Sentence, say

from .canon import NotCanonical, canonical, read_canonical
from .hashes import event_hash, is_hex_hash, stream_start

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .seal import Anchor

COLUMNS = (
    "stream",
    "seq",
    "type",
    "actor",
    "official",
    "role",
    "unit",
    "tenant",
    "at",
)
"""The columns that every event has and that its body repeats."""
OWN = frozenset({"body", "prev", "hash"})
"""The columns that the body cannot repeat."""


class Word(StrEnum):
    """The three answers."""

    MATCHES = "cocok"
    UNANCHORED = "belum berjangkar"
    CHANGED = "BERUBAH"


@dataclass(frozen=True)
class Verdict:
    """The answer for one event, or for the stream's row (``seq`` None).

    ``field`` names the column that is wrong ("seq" for a missing or doubled event), and
    is empty otherwise; ``detail`` is a sentence for the user.
    """

    word: Word
    seq: int | None
    field: str = ""
    detail: str = ""


_FOREIGN = say("peristiwa ke-%(place)s berasal dari rantai lain")
_DOUBLED = say("peristiwa ke-%(place)s bernomor ganda atau tidak sah")
_ALTERED = say("peristiwa ke-%(place)s berubah pada %(field)s")

Record = Mapping[str, object]
"""The plain columns of a row: hashes as hex texts, ``body`` as bytes."""


def check_chain(
    stream: Record, records: Iterable[Record], anchor: Anchor | None = None
) -> list[Verdict]:
    """Return a verdict for each event, and further ones for what is missing or wrong.

    ``stream`` holds ``name``, ``header`` (bytes), ``count`` and ``head``; a record
    holds the `COLUMNS`, ``body``, ``prev`` and ``hash``. Every other column of a record
    must stand in the body as well. Sorted by event, the stream's row last. Raises
    ValueError for an anchor of another stream.
    """
    if anchor is not None and anchor.stream != stream.get("name"):
        raise ValueError("the anchor belongs to another stream")
    links = sorted(map(_link, records), key=lambda link: link.place)
    own, foreign = _sift(links, stream.get("name"))
    start, verdicts = _start(stream, own, anchor)
    verdicts += [link.changed("stream", _FOREIGN) for link in foreign]
    last, found = _walk(own, start, stream, anchor)
    verdicts += found
    verdicts += _stream_row(stream, last)
    return sorted(verdicts, key=lambda v: (v.seq is None, v.seq or 0))


def summary(verdicts: Iterable[Verdict]) -> Word:
    """Return the word for a whole stream: the worst of its verdicts."""
    words = {verdict.word for verdict in verdicts}
    if Word.CHANGED in words:
        return Word.CHANGED
    return Word.UNANCHORED if Word.UNANCHORED in words else Word.MATCHES


@dataclass(frozen=True)
class _Link:
    """A record as read: ``said`` is its body (empty when that cannot be read)."""

    columns: Record
    body: bytes
    said: Record
    prev: str
    hash: str
    place: int
    whole: bool
    """Whether body, prev and hash belong together."""

    def changed(self, field: str, detail: Sentence) -> Verdict:
        said = say(detail, place=self.place, field=field)
        return Verdict(Word.CHANGED, self.place, field, said)

    def wrong_column(self) -> str:
        """Return the first column that differs from the body; empty: none does."""
        others = sorted(set(self.columns) - set(COLUMNS))
        for name in (*COLUMNS, *others):
            if name not in self.columns or name not in self.said:
                return name
            if not _same(self.columns[name], self.said[name]):
                return name
        return ""


def _link(record: Record) -> _Link:
    columns = {name: value for name, value in record.items() if name not in OWN}
    body, said = _read_body(record.get("body"))
    prev, digest = _hash_text(record.get("prev")), _hash_text(record.get("hash"))
    whole = bool(said and prev and digest) and _hashed(prev, body) == digest
    seq = said.get("seq") if whole else columns.get("seq")
    place = seq if type(seq) is int else 0
    return _Link(columns, body, said, prev, digest, place, whole)


def _sift(links: list[_Link], name: object) -> tuple[list[_Link], list[_Link]]:
    """Separate events that were moved here from another stream."""
    own: list[_Link] = []
    foreign: list[_Link] = []
    for link in links:
        here = not link.whole or link.said.get("stream") == name
        (own if here else foreign).append(link)
    return own, foreign


def _read_body(value: object) -> tuple[bytes, Record]:
    if not isinstance(value, bytes | bytearray | memoryview):
        return b"", {}
    try:
        said = read_canonical(bytes(value))
    except NotCanonical:
        said = None
    return bytes(value), said if isinstance(said, dict) else {}


def _hash_text(value: object) -> str:
    return value if isinstance(value, str) and is_hex_hash(value) else ""


def _hashed(prev: str, body: bytes) -> str:
    return event_hash(bytes.fromhex(prev), body).hex()


def _same(column: object, said: object) -> bool:
    if type(column) is type(said) and column == said:
        return True
    try:
        return canonical(column) == canonical(said)
    except NotCanonical:
        return False


def _start(
    stream: Record, links: list[_Link], anchor: Anchor | None
) -> tuple[str, list[Verdict]]:
    """Return what must stand before event 1, which may prove the header wrong."""
    body, said = _read_body(stream.get("header"))
    start = stream_start(body).hex()
    broken = said.get("stream") != stream.get("name")
    if links and links[0].place == 1 and links[0].whole:
        proof = anchor.hashes[0] if anchor else _witness(links, 0, stream)
        if links[0].hash == proof and links[0].prev != start:
            start, broken = links[0].prev, True
    wrong = Verdict(Word.CHANGED, None, "header", say("kepala baris rantai berubah"))
    return start, [wrong] if broken else []


def _witness(links: list[_Link], index: int, stream: Record) -> object:
    """Return this event's hash as the next event, or the head, knows it."""
    if index + 1 == len(links):
        return stream.get("head")
    follows = links[index + 1]
    return follows.prev if follows.place == links[index].place + 1 else None


@dataclass(frozen=True)
class _End:
    """Where the walk along the chain ended: the last event and its true hash."""

    place: int
    hash: str


def _walk(
    links: list[_Link], start: str, stream: Record, anchor: Anchor | None
) -> tuple[_End, list[Verdict]]:
    proven = anchor.hashes if anchor else ()
    end, verdicts = _End(0, start), []
    for index, link in enumerate(links):
        if link.place <= end.place:
            verdicts.append(link.changed("seq", _DOUBLED))
            continue
        verdicts += _gap(end.place, link.place)
        before = _before(end, link.place, proven)
        if link.place <= len(proven):
            truth = proven[link.place - 1]
            field = _against_proof(link, before, truth)
        else:
            witness = _witness(links, index, stream)
            field, truth = _against_neighbours(link, before, witness)
        verdicts.append(_verdict(link, field, anchored=link.place <= len(proven)))
        end = _End(link.place, truth)
    missing = _gap(end.place, len(proven) + 1)
    if missing:
        end = _End(len(proven), proven[-1])
    return end, [*verdicts, *missing]


def _gap(last: int, following: int) -> list[Verdict]:
    missing = following - last - 1
    if missing <= 0:
        return []
    detail = say("peristiwa ke-%(place)s hilang", place=last + 1)
    if missing > 1:
        detail = say(
            "peristiwa ke-%(place)s sampai ke-%(last)s hilang",
            place=last + 1,
            last=following - 1,
        )
    return [Verdict(Word.CHANGED, last + 1, "seq", detail)]


def _before(end: _End, place: int, proven: tuple[str, ...]) -> str:
    """Return the true hash before this place; empty when the event before is gone."""
    if end.place == place - 1:
        return end.hash
    return proven[place - 2] if place - 2 < len(proven) else ""


def _against_proof(link: _Link, before: str, truth: str) -> str:
    """Return which of body, prev and hash is not what the paper proves."""
    if _hashed(before, link.body) != truth:
        return "body"
    if link.prev != before:
        return "prev"
    return "" if link.hash == truth else "hash"


def _against_neighbours(link: _Link, before: str, witness: object) -> tuple[str, str]:
    """Return which of body, prev and hash does not fit, and the hash to go on with.

    ``before`` is empty when the event before is gone: then only the event itself and
    the one that follows can speak.
    """
    if link.whole:
        return "prev" if before and link.prev != before else "", link.hash
    if not (before or link.prev):
        return "prev", link.hash
    expected = _hashed(before or link.prev, link.body) if link.said else ""
    if expected == link.hash != "":
        return "prev", link.hash
    return ("hash", expected) if expected == witness != "" else ("body", link.hash)


def _verdict(link: _Link, field: str, *, anchored: bool) -> Verdict:
    field = field or link.wrong_column()
    if field:
        return link.changed(field, _ALTERED)
    return Verdict(Word.MATCHES if anchored else Word.UNANCHORED, link.place)


def _stream_row(stream: Record, end: _End) -> list[Verdict]:
    """Compare count and head of the stream's row with the last event."""
    count, head = stream.get("count"), stream.get("head")
    if head != end.hash and isinstance(count, int) and count > end.place:
        return _gap(end.place, count + 1)
    wrong = []
    if not _same(count, end.place):
        wrong.append(
            Verdict(Word.CHANGED, None, "count", say("jumlah peristiwa berubah"))
        )
    if head != end.hash:
        wrong.append(Verdict(Word.CHANGED, None, "head", say("kepala rantai berubah")))
    return wrong
