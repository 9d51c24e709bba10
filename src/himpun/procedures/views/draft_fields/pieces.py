"""What a part of the editor is made of: groups of fields, and rows that repeat."""

from __future__ import annotations

from dataclasses import dataclass, field

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Note:
    """What is said of a field: an error, a warning, or an oddity of the source."""

    kind: str
    sentence: str
    finding: str = ""
    reading: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """A field: `kind` is teks, panjang, baris, pilih, centang or simpan (hidden)."""

    name: str
    label: str
    value: str
    kind: str = "teks"
    choices: Choices = field(default_factory=list)
    help: str = ""
    source: str = ""
    notes: tuple[Note, ...] = ()
    wide: bool = False
    by_button: bool = False
    """Whether it counts only when a button is pressed, not while it is typed."""
    at_once: bool = False
    """Whether another choice shows other fields: the part is saved and shown anew."""
    when: str = ""
    """What the field before it must say for this one to be shown: a value, or
    "terisi" for any. Without style sheets it is always shown."""

    @property
    def wrong(self) -> bool:
        """Whether something must be mended here."""
        return any(note.kind == "salah" for note in self.notes)


@dataclass(frozen=True)
class Button:
    """A button of a row: what it does, to what, how it is called."""

    deed: str
    name: str
    label: str
    icon: str


@dataclass(frozen=True)
class Row:
    """Fields that belong together: an item, an outcome, an actor."""

    legend: str
    fields: list[Field]
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Group:
    """A group of fields under a title; `more` says that its last row is an empty one."""

    title: str
    fields: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: tuple[Note, ...] = ()
    help: str = ""
    tail: list[Field] = field(default_factory=list)
    more: bool = False
    folded: bool = False
    """Whether it is rarely needed and shown on demand."""
