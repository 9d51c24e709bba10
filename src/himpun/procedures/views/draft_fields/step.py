"""The fields of one step: who, what, with what, in which time, where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.sop.editing import rows, steps
from himpun.sop.editing.values import group, items, words

from .editor import repeated, tick
from .pieces import Choices, Field, Group, Note, Row

if TYPE_CHECKING:
    from himpun.sop.editing import Tree

    from .editor import Editor

KINDS = [
    ("mulai", lazy("Mulai (kapsul)")),
    ("proses", lazy("Kegiatan (kotak)")),
    ("keputusan", lazy("Keputusan (belah ketupat)")),
    ("selesai", lazy("Selesai (kapsul)")),
]
WAYS = [
    ("", lazy("tidak ikut")),
    ("paraf", lazy("memaraf")),
    ("bersama", lazy("mengerjakan bersama")),
    ("mengetahui", lazy("mengetahui")),
    ("salah-satu", lazy("salah satu mengerjakan")),
]
UNITS = [(unit, unit) for unit in ("menit", "jam", "hari", "minggu", "bulan")]
THINGS = [
    ("dokumen", lazy("Dokumen")),
    ("himpunan-data", lazy("Himpunan data")),
    ("barang", lazy("Barang")),
]
FEWEST_OUTCOMES = 2


def groups(editor: Editor, row: Tree) -> list[Group]:
    """Return the fields of one step."""
    at = f"langkah.{row['id']}"
    what = _what(editor, row, at)
    made = [
        _others(editor, row, at),
        _needs(editor, row, at),
        _time(editor, row, at),
        _outputs(editor, row, at),
        _leads(editor, row, at),
        Group(
            _("Keterangan"),
            [editor.text("ket", _("Keterangan"), row.get("ket"), f"{at}.ket")],
        ),
    ]
    return [Group(_("Kegiatan"), what, notes=editor.notes(at)), *made]


def _what(editor: Editor, row: Tree, at: str) -> list[Field]:
    return [
        editor.text(
            "kegiatan",
            _("Kegiatan"),
            row.get("kegiatan"),
            f"{at}.kegiatan",
            kind="panjang",
            wide=True,
        ),
        editor.choice(
            "jenis", _("Jenis"), row.get("jenis"), KINDS, f"{at}.jenis", at_once=True
        ),
        editor.choice(
            "penanggung_jawab",
            _("Penanggung jawab"),
            row.get("penanggung_jawab"),
            editor.actors_or(_("Pilih pelaksana")),
            f"{at}.penanggung_jawab",
        ),
    ]


def _others(editor: Editor, row: Tree, at: str) -> Group:
    """Return the co-actors; how many people is asked of those who work together."""
    before = {other.get("pelaksana"): other for other in items(row, "bersama")}
    made: list[Field] = []
    for actor, label in editor.actor_choices:
        if actor != row.get("penanggung_jawab") or actor in before:
            made += _other(editor, actor, label, before.get(actor))
    title = _("Pelaksana lain pada langkah ini")
    return Group(title, made, notes=editor.notes(f"{at}.bersama"))


def _other(editor: Editor, actor: str, label: str, known: Tree | None) -> list[Field]:
    way, _sign, people = words((known or {}).get("cara")).partition("(")
    choices = [*WAYS]
    if known and not way:
        way = steps.UNDECIDED
        choices.append((way, lazy("perannya belum dipilih")))
    return [
        editor.choice(f"cara-{actor}", label, way, choices),
        editor.text(
            f"orang-{actor}",
            _("%(label)s, jumlah orang") % {"label": label},
            people.removesuffix(")") or "1",
            when="bersama",
        ),
    ]


def _needs(editor: Editor, row: Tree, at: str) -> Group:
    needs = group(row, "kelengkapan")
    sources = [("", _("luar SOP ini")), *_things(editor)]

    def fields(name: str, item: Tree) -> list[Field]:
        label = _("Nama butir") if item["id"] else _("Nama butir baru")
        return [
            Field(f"{name}-id", "", words(item.get("id")), "simpan"),
            editor.text(f"{name}-nama", label, item.get("nama"), wide=True),
            editor.choice(f"{name}-dari", _("Berasal dari"), item.get("dari"), sources),
            tick(f"{name}-wajib", _("Wajib"), on=bool(item.get("wajib"))),
        ]

    new = {"id": "", "nama": "", "wajib": True}
    return Group(
        _("Kelengkapan"),
        [
            editor.text(
                "kelengkapan",
                _("Kelengkapan pada formulir"),
                row.get("kelengkapan"),
                f"{at}.kelengkapan",
                wide=True,
            )
        ],
        repeated("butir", _("Butir %(n)s"), [*items(needs, "butir"), new], fields),
        help=_(
            "Butir dicentang saat kasus berjalan. Kosongkan namanya untuk menghapus."
        ),
        more=True,
    )


def _things(editor: Editor) -> Choices:
    things = group(editor.tree, "artefak")
    return [(name, words(thing.get("nama")) or name) for name, thing in things.items()]


def _time(editor: Editor, row: Tree, at: str) -> Group:
    time = group(row, "waktu")
    amount = Field(
        "jumlah",
        _("Jumlah"),
        editor.text("jumlah", "", time.get("jumlah")).value,
        source=words(time.get("asli")),
        notes=editor.notes(f"{at}.waktu"),
    )
    units = [("", _("Pilih")), *UNITS]
    unit = editor.choice("satuan", _("Satuan"), time.get("satuan"), units)
    return Group(_("Waktu baku"), [amount, unit])


def _outputs(editor: Editor, row: Tree, at: str) -> Group:
    things = group(editor.tree, "artefak")
    named = [n for n in items(group(row, "output"), "artefak") if n in things]
    others = [(name, label) for name, label in _things(editor) if name not in named]
    made = [
        Row(
            _("Hasil %(n)s") % {"n": n},
            _thing(editor, f"artefak-{n - 1}", name, things.get(name)),
        )
        for n, name in enumerate([*named, ""], 1)
    ]
    if others:
        made[-1].fields.insert(
            1,
            editor.choice(
                f"artefak-{len(named)}-ada",
                _("Hasil yang sudah ada"),
                "",
                [("", _("bukan, hasil baru")), *others],
                at_once=True,
            ),
        )
    cell = editor.text(
        "output",
        _("Output pada formulir"),
        row.get("output"),
        f"{at}.output",
        wide=True,
    )
    return Group(
        _("Output"),
        [cell],
        made,
        help=_(
            "Hasil diunggah atau dibuat saat langkah ditutup. Kosongkan namanya untuk "
            "menghapus."
        ),
        more=True,
    )


def _thing(editor: Editor, name: str, known: str, thing: Tree | None) -> list[Field]:
    of = thing or {"jenis": "dokumen", "bentuk": ["digital"]}
    forms = items(of, "bentuk")
    return [
        Field(f"{name}-id", "", known, "simpan"),
        editor.text(
            f"{name}-nama",
            _("Nama hasil") if known else _("Nama hasil baru"),
            of.get("nama"),
            f"artefak.{known}" if known else "",
            wide=True,
        ),
        editor.choice(f"{name}-jenis", _("Jenis hasil"), of.get("jenis"), THINGS),
        editor.choice(
            f"{name}-tanda_tangan",
            _("Ditandatangani"),
            of.get("tanda_tangan"),
            editor.actors_or(_("tidak")),
        ),
        *(
            tick(f"{name}-{form}", form.capitalize(), on=form in forms)
            for form in steps.FORMS
        ),
    ]


def _leads(editor: Editor, row: Tree, at: str) -> Group:
    others = editor.step_choices(_("tidak ada"), without=row["id"])
    notes = (*editor.notes(f"{at}.cabang"), *editor.notes(f"{at}.berikut"))
    if row.get("jenis") == "keputusan":
        return _outcomes(editor, row, others, notes=notes)
    onward = [*rows.targets(row), ""]
    if row.get("jenis") == "selesai" and len(onward) == 1:
        end = _("SOP selesai di langkah ini.")
        return Group(_("Setelah langkah ini"), notes=notes, help=end)
    fields = [
        editor.choice(
            f"berikut-{n}-ke",
            _("Serentak dengan") if n else _("Langkah berikut"),
            name,
            others,
        )
        for n, name in enumerate(onward)
    ]
    return Group(
        _("Setelah langkah ini"),
        fields,
        notes=notes,
        help=_("Dua langkah berikut atau lebih dikerjakan serentak."),
        more=True,
    )


def _outcomes(
    editor: Editor, row: Tree, others: Choices, *, notes: tuple[Note, ...]
) -> Group:
    branches: list[Tree] = [*items(row, "cabang"), {}]
    branches += [{}] * (FEWEST_OUTCOMES - len(branches))

    def fields(name: str, branch: Tree) -> list[Field]:
        to = editor.choice(f"{name}-ke", _("Menuju"), branch.get("ke"), others)
        return [editor.text(f"{name}-hasil", _("Hasil"), branch.get("hasil")), to]

    return Group(
        _("Hasil keputusan"),
        rows=repeated("cabang", _("Hasil keputusan %(n)s"), branches, fields),
        notes=notes,
        help=_(
            "Misalnya Ya dan Tidak, masing-masing menuju satu langkah. Kosongkan hasil "
            "dan tujuannya untuk menghapus."
        ),
        more=True,
    )
