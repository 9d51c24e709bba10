"""The fields of the six blocks under the identity part, and the titles of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.sop.editing.values import group

from .pieces import Group

if TYPE_CHECKING:
    from .editor import Editor

LISTS = {
    "dasar_hukum": lazy("Dasar hukum"),
    "kualifikasi": lazy("Kualifikasi pelaksana"),
    "keterkaitan": lazy("Keterkaitan dengan SOP lain"),
    "peralatan": lazy("Peralatan dan perlengkapan"),
    "peringatan": lazy("Peringatan"),
    "pencatatan": lazy("Pencatatan dan pendataan"),
}
COLUMNS = {
    "nomor": lazy("Kolom nomor"),
    "kegiatan": lazy("Kolom kegiatan"),
    "pelaksana": lazy("Kolom pelaksana"),
    "mutu_baku": lazy("Kolom mutu baku"),
    "kelengkapan": lazy("Kolom kelengkapan"),
    "waktu": lazy("Kolom waktu"),
    "output": lazy("Kolom output"),
    "ket": lazy("Kolom keterangan"),
}


def groups(editor: Editor) -> list[Group]:
    """Return the six blocks, a line for each item."""
    tree = editor.tree
    tools = group(tree, "peralatan").get("butir")
    made = [
        editor.lines(
            key, label, tools if key == "peralatan" else tree.get(key), key, wide=True
        )
        for key, label in LISTS.items()
    ]
    label = group(tree, "label")
    named = {key: _("Judul %(block)s") % {"block": LISTS[key]} for key in LISTS}
    titles = [
        editor.text(f"label-{key}", title, label.get(key), f"label.{key}")
        for key, title in (named | COLUMNS).items()
    ]
    return [
        Group(_("Satu baris satu butir"), made),
        Group(
            _("Judul bagian dan kolom formulir"),
            titles,
            notes=editor.notes("label"),
            help=_(
                "Judul resmi sudah terisi. Ubah hanya bila formulir kantor berbeda."
            ),
            folded=True,
        ),
    ]
