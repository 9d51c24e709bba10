"""Which part of the editor shows which groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as lazy

from . import actors, identity, lists, office, step

if TYPE_CHECKING:
    from .editor import Editor
    from .pieces import Group

TITLES = {
    "identitas": lazy("Identitas"),
    "daftar": lazy("Dasar dan daftar"),
    "pelaksana": lazy("Pelaksana"),
    "langkah": lazy("Langkah"),
    "kantor": lazy("Pengaturan kantor"),
    "temuan": lazy("Temuan"),
    "yaml": lazy("YAML"),
}
_MAKERS = {
    "identitas": identity.groups,
    "daftar": lists.groups,
    "pelaksana": actors.groups,
    "kantor": office.groups,
}


def groups(editor: Editor, part: str, name: str = "") -> list[Group]:
    """Return the groups of a part; of one step (by its id) in part `langkah`."""
    if part == "langkah":
        row = next((s for s in editor.steps if s["id"] == name), None)
        return step.groups(editor, row) if row else []
    return _MAKERS[part](editor) if part in _MAKERS else []
