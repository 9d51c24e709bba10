"""`himpun ledger verify|show|rebuild`: the record checked, read, replayed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun import proof
from himpun.config.terminal import refuse, tell, told
from himpun.documents import verifying
from himpun.ledger import actions as ledger
from himpun.ledger import queries
from himpun.ledger.models import Stream, Text
from himpun.proof import Word
from himpun.reporting import queries as reporting
from himpun.wording import Sentence, joined, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from himpun.proof import Anchor, Verdict

Row = dict[str, Any]
ANCHOR = "himpun.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `verify [--against FILE ...]`, `show STREAM` and `rebuild`."""
    acts = parser.add_subparsers(dest="act", metavar="verify|show|rebuild")
    acts.required = True
    verify = acts.add_parser("verify", help=told(say("memeriksa jejak")))
    verify.add_argument(
        "--against",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help=say("PDF bersegel atau lembar segel yang disimpan di luar peladen"),
    )
    verify.add_argument("--json", action="store_true")
    show = acts.add_parser(
        "show", help=told(say("menampilkan peristiwa sebuah aliran"))
    )
    show.add_argument("stream", help=say("misalnya case:12"))
    show.add_argument("--json", action="store_true")
    rebuild = acts.add_parser(
        "rebuild", help=told(say("membangun ulang tabel turunan"))
    )
    rebuild.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when something was changed, refused or is unknown."""
    act = {"verify": _verify, "show": _show, "rebuild": _rebuild}[arguments.act]
    return act(arguments)


def _print(answer: Any, lines: Iterable[str], *, as_json: bool) -> None:  # noqa: ANN401 - any JSON
    if as_json:
        lines = [json.dumps(answer, ensure_ascii=False, indent=1, default=str)]
    tell(*lines)


# verify


def _verify(arguments: argparse.Namespace) -> int:
    anchors, refused = _anchors(arguments.against)
    streams = check_streams(anchors)
    texts = changed_texts()
    answer = {
        "word": str(_worst(streams, texts)),
        "streams": streams,
        "texts": texts,
        "refused": refused,
    }
    _print(answer, _lines(answer), as_json=arguments.json)
    for file, sentence in refused.items():
        refuse(joined([file, sentence], ": "))
    changed = answer["word"] == Word.CHANGED
    return 1 if changed or refused else 0


def _anchors(files: list[Path]) -> tuple[list[Anchor], dict[str, str]]:
    """Return the anchors of the given papers and, by file, why others were refused."""
    anchors: list[Anchor] = []
    refused: dict[str, str] = {}
    for file in files:
        try:
            anchors.append(_anchor(file.read_bytes()))
        except OSError as error:
            refused[str(file)] = say(
                "tidak dapat dibaca (%(why)s).", why=error.strerror
            )
        except (_Refused, proof.BadAnchor) as error:
            refused[str(file)] = str(error)
    return anchors, refused


WORDS = {
    Word.MATCHES: say("cocok"),
    Word.UNANCHORED: say("belum berjangkar"),
    Word.CHANGED: say("BERUBAH"),
}


class _Refused(Exception):
    """A paper that proves nothing here; the text says why."""


def _anchor(pdf: bytes) -> Anchor:
    """Return the anchor in a paper that one of the installation's own keys sealed.

    The seal must be the first signature: it is what covers the anchor. A second one, of
    the test authority, may follow; a foreign key is refused.
    """
    own = reporting.certificates()
    trusted = [*own.values(), *reporting.test_certificates()]
    verdict = verifying.verify(pdf, trusted=trusted)
    if not (verdict.ok and _sealed(verdict, own)):
        raise _Refused(joined(verifying.lines(verdict)[:2], "; "))
    data = verdict.files.get(ANCHOR)
    if data is None:
        raise _Refused(say("PDF ini tidak membawa jangkar himpun.json."))
    return proof.parse_anchor(data).anchor


def _sealed(verdict: verifying.Verdict, own: Iterable[str]) -> bool:
    return bool(verdict.signatures) and verdict.signatures[0].fingerprint in own


def check_streams(anchors: Iterable[Anchor]) -> list[Row]:
    """Return for every stream its word, how far it is anchored, and what is wrong."""
    by_stream: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        by_stream.setdefault(anchor.stream, []).append(anchor)
    known = queries.rows_for_proof()
    names = sorted(set(known) | set(by_stream))
    return [_stream(name, by_stream.get(name, []), known) for name in names]


def _stream(name: str, anchors: list[Anchor], known: dict[str, Any]) -> Row:
    row, records = known.get(name) or ({"name": name}, [])
    found: set[Verdict] = set()
    given: list[Anchor | None] = [*anchors] or [None]
    for anchor in given:
        found.update(proof.check_chain(row, records, anchor))
    wrong = sorted(
        (v for v in found if v.word is Word.CHANGED),
        key=lambda v: (v.seq is None, v.seq or 0, v.field),
    )
    anchored = {v.seq for v in found if v.word is Word.MATCHES}
    loose = {v.seq for v in found if v.word is Word.UNANCHORED} - anchored
    if wrong:
        word = Word.CHANGED
    else:
        word = Word.UNANCHORED if loose or not anchored else Word.MATCHES
    return {
        "stream": name,
        "word": str(word),
        "events": len(records),
        "anchored": max((a.count for a in anchors), default=0),
        "changed": [
            {"seq": v.seq, "column": v.field, "detail": v.detail} for v in wrong
        ],
    }


def changed_texts() -> list[str]:
    """Return the hashes of free texts that no longer say what an event recorded."""
    rows = Text.objects.filter(erased_at__isnull=True)
    return [
        row.hash for row in rows.iterator() if _salted(row.text, row.salt) != row.hash
    ]


def _salted(text: str, salt: str) -> str:
    try:
        return proof.salted(text, salt)
    except ValueError:
        return ""


def _worst(streams: list[Row], texts: list[str]) -> Word:
    words = {row["word"] for row in streams}
    if texts or Word.CHANGED in words:
        return Word.CHANGED
    return Word.UNANCHORED if Word.UNANCHORED in words else Word.MATCHES


def _lines(answer: Row) -> list[str]:
    lines = [line for row in answer["streams"] for line in _stream_lines(row)]
    lines += [
        say(
            "teks %(digest)s  %(word)s  kolom text: isi teks berubah",
            digest=digest[:16],
            word=WORDS[Word.CHANGED],
        )
        for digest in answer["texts"]
    ]
    return [*lines, say("Seluruh jejak: %(word)s", word=WORDS[answer["word"]])]


def _stream_lines(row: Row) -> list[str]:
    name, events, anchored = row["stream"], row["events"], row["anchored"]
    if row["changed"]:
        return [
            say(
                "%(stream)s  %(word)s  %(place)s, kolom %(column)s: %(what)s",
                stream=name,
                word=WORDS[Word.CHANGED],
                place=_place(wrong["seq"]),
                column=wrong["column"],
                what=wrong["detail"],
            )
            for wrong in row["changed"]
        ]
    if not anchored:
        return [_range(name, Word.UNANCHORED, 1, events)]
    lines: list[str] = [_range(name, Word.MATCHES, 1, anchored)]
    if events > anchored:
        lines.append(_range(name, Word.UNANCHORED, anchored + 1, events))
    return lines


def _range(stream: str, word: Word, first: int, last: int) -> Sentence:
    return say(
        "%(stream)s  %(word)s  peristiwa %(first)s sampai %(last)s",
        stream=stream,
        word=WORDS[word],
        first=first,
        last=last,
    )


def _place(seq: int | None) -> Sentence:
    return say("baris aliran") if seq is None else say("peristiwa ke-%(seq)s", seq=seq)


# show, rebuild


def _show(arguments: argparse.Namespace) -> int:
    if not Stream.objects.filter(pk=arguments.stream).exists():
        return refuse(say("Aliran %(stream)s tidak ada.", stream=arguments.stream))
    rows = [
        {
            "seq": event.seq,
            "at": event.at.isoformat(),
            "type": event.type,
            "actor": event.actor,
            "official": event.official,
            "role": event.role,
            "unit": event.unit,
            "tenant": event.tenant,
            "data": queries.data_of(event),
            "hash": event.hash,
        }
        for event in queries.events_of(arguments.stream)
    ]
    lines = [f"{r['seq']:>5}  {r['at']}  {r['type']:<22}  {r['role']}" for r in rows]
    _print(rows, lines, as_json=arguments.json)
    return 0


def _rebuild(arguments: argparse.Namespace) -> int:
    with transaction.atomic():
        counts = ledger.rebuild()
    lines = [
        say("%(name)s: %(count)s peristiwa", name=name, count=count)
        for name, count in counts.items()
    ]
    _print(counts, lines, as_json=arguments.json)
    return 0
