"""The fields of the identity part: what stands in the head of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.sop.editing import identity
from himpun.sop.editing.values import group

from .pieces import Field, Group

if TYPE_CHECKING:
    from himpun.sop.editing import Tree

    from .editor import Editor

IDENTITY = {
    "nama": lazy("Nama SOP"),
    "nomor": lazy("Nomor SOP"),
    "judul_tabel": lazy("Judul di atas tabel"),
    "judul_kop": lazy("Judul pada kop"),
    "alamat": lazy("Alamat"),
    "disahkan_oleh": lazy("Disahkan oleh (jabatan)"),
    "tgl_pembuatan": lazy("Tanggal pembuatan"),
    "tgl_revisi": lazy("Tanggal revisi"),
    "tgl_efektif": lazy("Tanggal efektif"),
}
SIGNER = {
    "tempat": lazy("Tempat"),
    "tanggal": lazy("Tanggal"),
    "jabatan": lazy("Jabatan"),
    "nama": lazy("Nama pejabat"),
    "pangkat": lazy("Pangkat"),
    "nip": lazy("NIP"),
}
_FORM = (
    *("nama", "nomor", "tgl_pembuatan", "tgl_revisi", "tgl_efektif"),
    *("disahkan_oleh", "judul_tabel"),
)
"""The fields of the first group in the order of the paper."""


def groups(editor: Editor) -> list[Group]:
    """Return the fields of the identity part."""
    of = group(editor.tree, "identitas")
    made = {key: _field(editor, of, key) for key in IDENTITY}
    offices = editor.lines(
        "instansi",
        _("Instansi"),
        of.get("instansi"),
        "identitas.instansi",
        help=_("Satu baris satu tingkat, yang tertinggi di atas."),
    )
    return [
        Group(_("Identitas SOP"), [made[key] for key in _FORM]),
        Group(_("Kop"), [offices, made["alamat"], made["judul_kop"]]),
        Group(
            _("Pengesahan"),
            _signer(editor, group(of, "pengesahan")),
            notes=editor.notes("identitas.pengesahan"),
        ),
        Group(_("Kode dan versi"), _code(editor), notes=editor.notes("identitas")),
    ]


def _field(editor: Editor, of: Tree, key: str) -> Field:
    label, value, place = IDENTITY[key], of.get(key), f"identitas.{key}"
    if key in identity.DATES:
        return editor.date(key, label, value, place)
    return editor.text(key, label, value, place, wide=key == "nama")


def _signer(editor: Editor, block: Tree) -> list[Field]:
    made = []
    for key, label in SIGNER.items():
        field = editor.date if key == "tanggal" else editor.text
        place = f"identitas.pengesahan.{key}"
        made.append(field(f"ttd-{key}", label, block.get(key), place))
    return made


def _code(editor: Editor) -> list[Field]:
    return [
        editor.text(
            "kode",
            _("Kode SOP"),
            editor.tree.get("id"),
            "id",
            help=_("Dibuat dari nama. SOP dengan kode sama menjadi versi baru."),
        ),
        editor.text("versi", _("Versi naskah"), editor.tree.get("versi"), "versi"),
    ]
