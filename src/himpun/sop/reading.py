"""Safe reading of YAML: plain values, and the line on which each one stands.

PyYAML gives only its event stream here, made by libyaml (a twentieth of the time of
its Python parser); the values are built from it in this module. `yaml.safe_load` reads
YAML 1.1, where `no:` is False and `16:00` is 960; and in the events aliases and tags can
still be seen and refused. Plain words are resolved by the YAML 1.2 core schema
(https://yaml.org/spec/1.2.2/#103-core-schema), fractions as `Decimal`; dates stay text.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import yaml

from himpun.wording import Sentence, say

from .findings import Finding, Path, Plain, shorten, spell

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
"""The schema itself nests no deeper than seven levels."""

_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_WORDS: dict[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,20}|0x[0-9a-fA-F]{1,16}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,6})?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")

_TOO_BIG = say(
    "Berkas lebih besar dari 256 KB, batas untuk satu SOP. Pastikan berkas yang "
    "dipilih benar dan berisi satu SOP saja."
)
_NOT_UTF8 = say(
    "Berkas bukan teks UTF-8. Simpan ulang dari penyunting teks dengan pilihan UTF-8."
)
_CONTROL = say(
    "Ada karakter kendali yang tidak terlihat. Hapus karakter itu, lalu simpan "
    "berkas sebagai teks biasa."
)
_ALIAS = say(
    "Rujukan YAML (tanda * atau &) tidak diterima karena dapat menyembunyikan "
    "isi. Tulis isinya langsung di tempat ini."
)
_TAG = say(
    "Tanda jenis YAML (%(tag)s) tidak diterima karena dapat menjalankan perintah. "
    "Hapus tanda itu."
)
_TWICE = say(
    'Kunci "%(key)s" ditulis dua kali pada bagian yang sama (pertama di baris '
    "%(first)s). Hapus salah satunya."
)
_DEEP = say(
    "Isi bersarang lebih dari %(most)s tingkat, lebih dalam daripada SOP mana "
    "pun. Periksa tanda kurung dan jarak masuk baris.",
    most=MAX_DEPTH,
)
_SECOND = say(
    "Berkas memuat lebih dari satu dokumen YAML (tanda ---). Simpan satu SOP "
    "dalam satu berkas."
)
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
"""What ends a line in YAML."""
_EMPTY = say("Berkas kosong. Isi dengan SOP berskema sop-ap/1.")
_KEY = say("Kunci harus satu kata, bukan daftar atau kelompok. Periksa penulisannya.")
_NOT_YAML = say(
    "Penulisan YAML rusak mulai sekitar baris ini. Periksa titik dua, kurung, "
    "tanda kutip dan jarak masuk (pakai spasi, bukan tab) di baris ini dan "
    "sebelumnya."
)


@dataclass(frozen=True)
class Reading:
    """The values of a file, the line of each path, and what forbids using them."""

    tree: Plain
    lines: dict[Path, int]
    findings: tuple[Finding, ...]


def read(source: bytes | str) -> Reading:
    """Read one YAML document; never raises.

    A file with an alias, anchor, tag, key written twice, control character, second
    document, more than 256 KB or more than 12 levels is E16; one that is not YAML
    is E15. With any finding the tree is None.
    """
    builder = _Builder()
    tree: Plain = None
    text = ""
    try:
        text = _decode(source)
        tree = builder.document(text)
    except _RefusedError as refused:
        builder.note("E16", refused.sentence, refused.line or builder.line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # PyYAML counts one more line where a file ends without a line break.
        last = len(_BREAK.split(text.rstrip()))
        builder.note(
            "E15", _NOT_YAML, min(mark.line + 1, last) if mark else builder.line
        )
    except (ValueError, OverflowError):
        # PyYAML, on escapes beyond Unicode and on absurd numbers in %YAML.
        builder.note("E15", _NOT_YAML, builder.line)
    findings = tuple(sorted(set(builder.findings)))
    return Reading(None if findings else tree, builder.lines, findings)


class _RefusedError(Exception):
    """The file is refused at once, without reading on."""

    def __init__(self, sentence: Sentence, line: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.line = sentence, line


def _decode(source: bytes | str) -> str:
    try:
        data = source if isinstance(source, bytes) else source.encode()
        if len(data) > MAX_BYTES:
            raise _RefusedError(_TOO_BIG)
        text = data.decode()
    except UnicodeError:
        raise _RefusedError(_NOT_UTF8) from None
    if bad := _UNPRINTABLE.search(text):
        raise _RefusedError(_CONTROL, text.count("\n", 0, bad.start()) + 1)
    return text


class _Builder:
    """Builds plain values from PyYAML's events and notes what is refused."""

    def __init__(self) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.findings: list[Finding] = []
        self.line = 1
        self._path: Path = ()
        self._events: Iterator[yaml.Event] = iter(())

    def note(self, code: str, sentence: Sentence, line: int) -> None:
        """Keep a finding at the place that is being read."""
        self.findings.append(Finding(line, code, spell(None, self._path), sentence))

    def document(self, text: str) -> Plain:
        """Return the value of the only document in the text."""
        self._events = yaml.parse(text, Loader=yaml.CSafeLoader)
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            self.note("E15", _EMPTY, 1)
            return None
        tree = self._value(self._next(), ())
        self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            raise _RefusedError(_SECOND)
        return tree

    def _next(self) -> yaml.Event:
        event = next(self._events)
        if event.start_mark:
            self.line = event.start_mark.line + 1
        return event

    def _value(self, event: yaml.Event, path: Path) -> Plain:
        self._path = path
        if len(path) > MAX_DEPTH:
            raise _RefusedError(_DEEP)
        self._refuse_tricks(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else None

    def _refuse_tricks(self, event: yaml.Event) -> None:
        if getattr(event, "anchor", None) is not None:
            self.note("E16", _ALIAS, self.line)
        if (tag := getattr(event, "tag", None)) is not None:
            self.note("E16", say(_TAG, tag=shorten(tag)), self.line)

    def _sequence(self, path: Path) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            place = (*path, len(items))
            self.lines[place] = self.line
            items.append(self._value(event, place))
        return items

    def _mapping(self, path: Path) -> dict[str, Plain]:
        values: dict[str, Plain] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, path)
            place = (*path, key)
            if key in values:
                self._path = place
                said = say(_TWICE, key=shorten(key), first=self.lines[place])
                self.note("E16", said, self.line)
            self.lines.setdefault(place, self.line)
            values[key] = self._value(self._next(), place)
        return values

    def _key(self, event: yaml.Event, path: Path) -> str:
        """Return a key as written: `no` and `2020` are words here."""
        self._path = path
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_tricks(event)
            return str(self._printable(event.value))
        if isinstance(event, yaml.CollectionStartEvent):
            self.note("E15", _KEY, self.line)
        self._value(event, (*path, "?"))
        return "?"

    def _scalar(self, event: yaml.ScalarEvent) -> Plain:
        word = self._printable(event.value)
        return plain_value(word) if event.implicit[0] else word

    def _printable(self, word: str) -> str:
        if _UNPRINTABLE.search(word):
            self.note("E16", _CONTROL, self.line)
        return word


def plain_value(word: str) -> Plain:
    """Give a plain word its YAML 1.2 core value."""
    if word in _WORDS:
        return _WORDS[word]
    if _INT.fullmatch(word):
        return int(word, {"0o": 8, "0x": 16}.get(word[:2], 10))
    if _FLOAT.fullmatch(word):
        return Decimal(word)
    if _NOT_FINITE.fullmatch(word):
        return Decimal(word.replace(".", ""))
    return word
