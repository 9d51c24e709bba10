"""The fields of the actors: the columns of the form from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from himpun.sop.editing.values import items, words

from .pieces import Button, Field, Group, Row

if TYPE_CHECKING:
    from himpun.sop.editing import Tree

    from .editor import Editor


def groups(editor: Editor) -> list[Group]:
    """Return the actors with their order, and a field for one more."""
    listed = items(editor.tree, "pelaksana")
    last = len(listed) - 1
    new = Field(
        "pelaksana-baru",
        _("Pelaksana baru"),
        "",
        help=_("Tulis namanya, lalu tekan Simpan."),
        by_button=True,
    )
    return [
        Group(
            _("Kolom pelaksana, dari kiri ke kanan"),
            rows=[
                _row(editor, n, actor, first=n == 0, last=n == last)
                for n, actor in enumerate(listed)
            ],
            notes=editor.notes("pelaksana"),
            tail=[new],
            help=_("Jabatan atau tim yang mengerjakan, bukan nama orang."),
        )
    ]


def _row(editor: Editor, n: int, actor: Tree, *, first: bool, last: bool) -> Row:
    name = actor["id"]
    buttons = []
    if not first:
        left = _("Geser ke kiri")
        buttons.append(Button("pelaksana-kiri", name, left, "arrow-left"))
    if not last:
        right = _("Geser ke kanan")
        buttons.append(Button("pelaksana-kanan", name, right, "arrow-right"))
    buttons.append(Button("pelaksana-hapus", name, _("Hapus"), "x"))
    fields = [
        Field(f"pelaksana-{n}-id", "", name, "simpan"),
        editor.text(
            f"pelaksana-{n}-label",
            _("Pelaksana %(n)s") % {"n": n + 1},
            actor.get("label"),
            f"pelaksana.{name}",
            wide=True,
        ),
    ]
    return Row(words(actor.get("label")) or name, fields, tuple(buttons))
