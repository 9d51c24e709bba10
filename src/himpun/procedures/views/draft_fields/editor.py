"""Makes the fields of a draft, each with its source and what is said of its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from himpun.shared.http import told
from himpun.sop.editing import steps, values
from himpun.sop.editing.values import items, shown_number, words

from .pieces import Choices, Field, Note, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from himpun.procedures.queries.drafts import Partner, State
    from himpun.sop.editing import Tree


class Editor:
    """A draft, what is said of its places, and the SOPs that it may be linked with."""

    def __init__(
        self, tree: Tree, state: State, partners: Iterable[Partner] = ()
    ) -> None:
        self.tree = tree
        self.partners = list(partners)
        self._said: list[tuple[str, Note]] = [
            *((g.place, Note("salah", told(g.sentence))) for g in state.gaps),
            *((w.path, Note("janggal", told(w.sentence))) for w in state.warnings),
            *((str(f.get("di")), _oddity(f)) for f in state.findings if _is_open(f)),
        ]
        self._told: set[int] = set()

    def notes(self, place: str, *, within: bool = True) -> tuple[Note, ...]:
        """Return what is said of a place; of what lies in it too, each once a page."""
        made = []
        for n, (where, note) in enumerate(self._said):
            inside = within and where.startswith((f"{place}.", f"{place}["))
            if n not in self._told and (where == place or inside):
                self._told.add(n)
                made.append(note)
        return tuple(made)

    def text(  # noqa: PLR0913 - the parts of a field
        self,
        name: str,
        label: object,
        value: object,
        place: str = "",
        *,
        kind: str = "teks",
        help: str = "",
        wide: bool = False,
        when: str = "",
    ) -> Field:
        """Return a field for a text of the file, with its wording in the source."""
        return Field(
            name,
            str(label),
            shown_number(value),
            kind,
            help=help,
            source=values.source(value),
            notes=self.notes(place) if place else (),
            wide=wide,
            when=when,
        )

    def lines(  # noqa: PLR0913 - the parts of a field
        self,
        name: str,
        label: object,
        value: object,
        place: str,
        *,
        help: str = "",
        wide: bool = False,
    ) -> Field:
        """Return a field for a list of texts, one in each line."""
        shown = values.lines_of(value)
        notes = self.notes(place)
        return Field(
            name, str(label), shown, "baris", help=help, notes=notes, wide=wide
        )

    def date(self, name: str, label: object, value: object, place: str) -> Field:
        """Return a field for a date, written out as the form prints it."""
        return Field(
            name,
            str(label),
            values.shown_date(value),
            help=_("Misalnya 2 Maret 2020."),
            source=values.source(value) if isinstance(value, dict) else "",
            notes=self.notes(place),
        )

    def choice(  # noqa: PLR0913 - the parts of a field
        self,
        name: str,
        label: object,
        value: object,
        choices: Iterable[tuple[str, object]],
        place: str = "",
        *,
        at_once: bool = False,
        wide: bool = False,
    ) -> Field:
        """Return a field to choose from; a value that is no choice is shown as well."""
        chosen = "" if value is None else str(value)
        offered = [(key, str(text)) for key, text in choices]
        if chosen not in dict(offered):
            offered.append((chosen, chosen or "–"))  # noqa: RUF001 - an Indonesian dash
        return Field(
            name,
            str(label),
            chosen,
            "pilih",
            offered,
            notes=self.notes(place) if place else (),
            at_once=at_once,
            wide=wide,
        )

    @property
    def steps(self) -> list[Any]:
        """The rows of the form."""
        return items(self.tree, "langkah")

    @property
    def actor_choices(self) -> Choices:
        """The actors to choose from."""
        return [
            (actor["id"], words(actor.get("label")) or actor["id"])
            for actor in items(self.tree, "pelaksana")
        ]

    def actors_or(self, none: str) -> Choices:
        """Return the actors to choose from, after an entry for none."""
        return [("", none), *self.actor_choices]

    def step_choices(self, none: str, *, without: str = "") -> Choices:
        """Return the steps to choose from, after an entry for none."""
        named = [(s["id"], steps.called(s)) for s in self.steps if s["id"] != without]
        return [("", none), *named]


def tick(name: str, label: object, *, on: bool) -> Field:
    """Return a box to tick."""
    return Field(name, str(label), "1" if on else "", "centang")


def repeated(
    name: str,
    legend: str,
    listed: Iterable[Any],
    fields: Callable[[str, Any], list[Field]],
) -> list[Row]:
    """Return a row for each part of a list; `legend` says its number as %(n)s.

    `fields` takes the beginning of the names ("butir-0") and the part.
    """
    return [
        Row(legend % {"n": n}, fields(f"{name}-{n - 1}", part))
        for n, part in enumerate(listed, 1)
    ]


def _is_open(found: Tree) -> bool:
    return found.get("status") == "perlu-konfirmasi"


def _oddity(found: Tree) -> Note:
    options = found.get("pilihan")
    return Note(
        "temuan",
        words(found.get("masalah")),
        words(found.get("id")),
        words(found.get("tafsir")),
        tuple(map(words, options)) if isinstance(options, list) else (),
    )
