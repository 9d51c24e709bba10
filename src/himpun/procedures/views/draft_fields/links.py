"""The fields of keterkaitan: what the end of a case means for the office's other SOPs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.sop.editing import links
from himpun.sop.editing.values import group, items, words

from .editor import repeated
from .pieces import Choices, Field, Group

if TYPE_CHECKING:
    from himpun.sop.editing import Tree

    from .editor import Editor

AT = "operasional.terkait"
PERIODS = {
    "bulan": lazy("Bulan"),
    "triwulan": lazy("Triwulan"),
    "semester": lazy("Semester"),
    "tahun": lazy("Tahun"),
}
OPENINGS = [
    ("", lazy("tidak dibuka")),
    (links.SAME, lazy("dibuka untuk periode yang sama")),
    ("bulan", lazy("dibuka untuk bulan yang berakhir bersamanya")),
    ("triwulan", lazy("dibuka untuk triwulan yang berakhir bersamanya")),
    ("semester", lazy("dibuka untuk semester yang berakhir bersamanya")),
    ("tahun", lazy("dibuka untuk tahun yang berakhir bersamanya")),
]


PAPERS = [
    ("rkt", lazy("Rencana Kinerja Tahunan")),
    ("perjanjian-kinerja", lazy("Perjanjian Kinerja")),
]


def own_items(editor: Editor) -> Choices:
    """Return the items of kelengkapan of this SOP as the settings name them."""
    return [
        (
            f"{step['id']}.{item['id']}",
            _("%(item)s (langkah %(n)s)")
            % {"item": words(item.get("nama")), "n": step.get("nomor")},
        )
        for step in editor.steps
        for item in items(group(step, "kelengkapan"), "butir")
        if "id" in item
    ]


def groups(editor: Editor, of: Tree) -> list[Group]:
    """Return the SOPs whose cases are opened, and the things that are carried there."""
    return [_opened(editor, of), _carried(editor, of), _papers(editor, of)]


def _opened(editor: Editor, of: Tree) -> Group:
    offered = [("", _("tidak ada")), *((p.code, p.name) for p in editor.partners)]

    def fields(name: str, link: Tree) -> list[Field]:
        opening = links.opening(link)
        return [
            editor.choice(f"{name}-sop", _("SOP"), link.get("sop"), offered, wide=True),
            editor.choice(f"{name}-kasus", _("Kasusnya"), opening, OPENINGS, wide=True),
        ]

    listed = [*items(of, "terkait"), {}]
    return Group(
        _("SOP yang terkait"),
        rows=repeated("terkait", _("SOP terkait %(n)s"), listed, fields),
        notes=editor.notes(AT),
        help=_(
            "Saat kasus SOP ini selesai, kasus SOP lain dibuka. Hanya terjadi di kantor "
            "yang memberlakukan keduanya."
        ),
        more=True,
    )


def _things(editor: Editor) -> Choices:
    return [
        (name, words(thing.get("nama")) or name)
        for name, thing in group(editor.tree, "artefak").items()
    ]


def _papers(editor: Editor, of: Tree) -> Group:
    none = _("tidak ada")

    def fields(name: str, row: tuple[str, object]) -> list[Field]:
        things = [("", none), *_things(editor)]
        return [
            editor.choice(f"{name}-artefak", _("Hasil"), row[0], things, wide=True),
            editor.choice(
                f"{name}-kertas", _("Adalah"), row[1], [("", none), *PAPERS], wide=True
            ),
        ]

    listed = [*group(of, "kertas").items(), ("", "")]
    return Group(
        _("Kertas rencana"),
        rows=repeated("kertas", _("Kertas rencana %(n)s"), listed, fields),
        notes=editor.notes("operasional.kertas"),
        help=_(
            "Konsep dan kertas bertanda tangan dibuat Himpun dari data perencanaan, "
            "tidak diunggah."
        ),
        more=True,
    )


def _carried(editor: Editor, of: Tree) -> Group:
    things = _things(editor)
    places = [
        (
            f"{partner.code}/{path}",
            _("%(item)s (langkah %(n)s, %(sop)s)")
            % {"item": item, "n": number, "sop": partner.name},
        )
        for partner in editor.partners
        for path, item, number in partner.items
    ]

    def fields(name: str, row: tuple[str, str]) -> list[Field]:
        none = _("tidak ada")
        return [
            editor.choice(
                f"{name}-artefak", _("Hasil"), row[0], [("", none), *things], wide=True
            ),
            editor.choice(
                f"{name}-butir",
                _("Menjadi kelengkapan"),
                row[1],
                [("", none), *places],
                wide=True,
            ),
        ]

    return Group(
        _("Hasil yang dibawa ke SOP lain"),
        rows=repeated(
            "bawa", _("Hasil dibawa %(n)s"), [*links.carried(of), ("", "")], fields
        ),
        help=_(
            "Hasil SOP ini menjadi kelengkapan langkah SOP lain tanpa diunggah lagi."
        ),
        more=True,
    )
