"""The fields of the office's settings: how the SOP is run here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.sop.editing import office
from himpun.sop.editing.values import group, items, shown_number, words

from . import links
from .editor import repeated, tick
from .pieces import Field, Group

if TYPE_CHECKING:
    from himpun.sop.editing import Tree

    from .editor import Editor

AT = "operasional"
DAYS = [
    ("hari-kerja", lazy("Hari kerja")),
    ("hari-kalender", lazy("Hari kalender")),
    ("tutup", lazy("Sampai tutup kantor")),
]
PERIODS = [
    ("", lazy("Dimulai dengan tangan")),
    ("bulan", lazy("Setiap bulan")),
    ("triwulan", lazy("Setiap triwulan")),
    ("semester", lazy("Setiap semester")),
    ("tahun", lazy("Setiap tahun")),
]
COMPLETE = [
    ("semua", lazy("Semua unit menjawab")),
    ("minimum", lazy("Sejumlah unit menjawab")),
    ("tenggat", lazy("Tenggat tiba")),
]


def groups(editor: Editor) -> list[Group]:
    """Return the settings of the office."""
    of = group(editor.tree, AT)
    made = [
        _time(editor, of),
        _verification(editor, of),
        _returns(editor, of),
        _rounds(editor, of),
        _per_unit(editor, of),
        _copies(editor, of),
        _exceptions(editor, of),
        *links.groups(editor, of),
        _roles(editor, of),
        _reminders(editor, of),
    ]
    return [replace(one, folded=one.folded or _is_empty(one)) for one in made]


def _is_empty(one: Group) -> bool:
    return one.more and len(one.rows) == 1 and not one.notes


def _time(editor: Editor, of: Tree) -> Group:
    schedule = group(of, "jadwal")
    return Group(
        _("Waktu dan jadwal"),
        [
            editor.choice(
                "tafsir_hari",
                _("Satu hari berarti"),
                of.get("tafsir_hari") or "hari-kerja",
                DAYS,
                f"{AT}.tafsir_hari",
            ),
            editor.choice(
                "jadwal-periode",
                _("Kasus dimulai"),
                schedule.get("periode"),
                PERIODS,
                f"{AT}.jadwal",
            ),
            editor.text(
                "jadwal-hari",
                _("Hari kerja ke berapa setelah periode"),
                office.schedule_day(of),
                when="terisi",
            ),
            editor.text(
                "kalender",
                _("Nama kalender kerja"),
                of.get("kalender"),
                f"{AT}.kalender",
                help=_("Catatan saja: tenggat mengikuti kalender kerja kantor."),
            ),
            tick(
                "mendahului",
                _("Kasus boleh dimulai sebelum periodenya, untuk rencana"),
                on=bool(of.get("mendahului")),
            ),
        ],
    )


def _verification(editor: Editor, of: Tree) -> Group:
    rule = group(of, "verifikasi")
    steps = editor.step_choices(_("tidak diperiksa satu per satu"))
    return Group(
        _("Pemeriksaan nilai"),
        [
            editor.choice(
                "verifikasi-pada",
                _("Nilai diperiksa pada"),
                rule.get("pada"),
                steps,
                f"{AT}.verifikasi",
            ),
            editor.choice(
                "verifikasi-oleh",
                _("Oleh"),
                rule.get("oleh"),
                editor.actors_or(_("tidak ada")),
            ),
        ],
    )


def _returns(editor: Editor, of: Tree) -> Group:
    steps = editor.step_choices(_("tidak ada"))

    def fields(name: str, row: Tree) -> list[Field]:
        must = bool(row.get("wajib_alasan", True))
        return [
            editor.choice(f"{name}-dari", _("Dari"), row.get("dari"), steps),
            editor.choice(f"{name}-ke", _("Ke"), row.get("ke"), steps),
            editor.text(
                f"{name}-maks", _("Paling banyak berapa kali"), row.get("maks")
            ),
            tick(f"{name}-wajib_alasan", _("Alasan wajib"), on=must),
        ]

    listed = [*items(of, "pengembalian"), {}]
    return Group(
        _("Pengembalian"),
        rows=repeated("kembali", _("Pengembalian %(n)s"), listed, fields),
        notes=editor.notes(f"{AT}.pengembalian"),
        help=_("Hak mengembalikan pekerjaan ke langkah yang lebih awal."),
        more=True,
    )


def _rounds(editor: Editor, of: Tree) -> Group:
    steps = editor.step_choices(_("tidak ada"))

    def fields(name: str, row: tuple[str, object]) -> list[Field]:
        return [
            editor.choice(f"{name}-langkah", _("Langkah"), row[0], steps),
            editor.text(f"{name}-kali", _("Paling banyak putaran"), row[1]),
        ]

    listed = [*group(of, "batas_putaran").items(), ("", None)]
    return Group(
        _("Batas putaran keputusan"),
        rows=repeated("putaran", _("Batas putaran %(n)s"), listed, fields),
        notes=editor.notes(f"{AT}.batas_putaran"),
        help=_("Berapa kali keputusan boleh membuka lagi langkah yang sama."),
        more=True,
    )


def _per_unit(editor: Editor, of: Tree) -> Group:
    steps = editor.step_choices(_("tidak ada"))

    def fields(name: str, row: tuple[str, Tree]) -> list[Field]:
        rule = row[1]
        done = rule.get("selesai_bila")
        return [
            editor.choice(f"{name}-langkah", _("Langkah"), row[0], steps),
            editor.text(f"{name}-sumber", _("Unit"), rule.get("sumber")),
            editor.choice(f"{name}-selesai_bila", _("Selesai bila"), done, COMPLETE),
            editor.text(
                f"{name}-minimum",
                _("Jumlah unit"),
                rule.get("minimum"),
                when="minimum",
            ),
        ]

    empty: Tree = {"sumber": "", "selesai_bila": "semua"}
    listed = [*group(of, "per_unit").items(), ("", empty)]
    return Group(
        _("Dikerjakan per unit"),
        rows=repeated("unit", _("Langkah per unit %(n)s"), listed, fields),
        notes=editor.notes(f"{AT}.per_unit"),
        help=_(
            "Setiap unit mengerjakan langkah itu sendiri. Unit yang kosong berarti semua "
            "unit kecamatan."
        ),
        more=True,
    )


def _copies(editor: Editor, of: Tree) -> Group:
    steps = editor.step_choices(_("tidak ada"))
    actors = editor.actors_or(_("tidak ada"))

    def fields(name: str, row: tuple[str, str]) -> list[Field]:
        return [
            editor.choice(f"{name}-langkah", _("Langkah"), row[0], steps),
            editor.choice(f"{name}-pelaksana", _("Kepada"), row[1], actors),
        ]

    copies = group(of, "tembusan").items()
    listed = [(step, actor) for step, named in copies for actor in named]
    return Group(
        _("Tembusan"),
        rows=repeated("tembusan", _("Tembusan %(n)s"), [*listed, ("", "")], fields),
        notes=editor.notes(f"{AT}.tembusan"),
        help=_(
            "Yang menerima salinan setelah langkah selesai; tanda terimanya dicatat."
        ),
        more=True,
    )


def _exceptions(editor: Editor, of: Tree) -> Group:
    offered = [("", _("tidak ada")), *links.own_items(editor)]

    def fields(name: str, row: Tree) -> list[Field]:
        named = items(row, "periode")
        return [
            editor.choice(
                f"{name}-butir",
                _("Butir kelengkapan"),
                row.get("butir"),
                offered,
                wide=True,
            ),
            *(
                tick(f"{name}-{period}", links.PERIODS[period], on=period in named)
                for period in office.PERIODS
            ),
            editor.text(f"{name}-alasan", _("Alasan"), row.get("alasan"), wide=True),
        ]

    listed = [*items(of, "tidak_berlaku"), {}]
    return Group(
        _("Butir yang tidak berlaku"),
        rows=repeated("kecuali", _("Butir tidak berlaku %(n)s"), listed, fields),
        notes=editor.notes(f"{AT}.tidak_berlaku"),
        help=_(
            "Butir yang belum mungkin ada pada kasus jenis periode itu, misalnya "
            "laporan tahunan pada kasus triwulan."
        ),
        more=True,
    )


def _roles(editor: Editor, of: Tree) -> Group:
    roles = group(of, "peran")
    labels = dict(editor.actor_choices)
    made = [
        editor.lines(
            f"peran-{actor}",
            labels.get(actor, actor),
            roles.get(actor),
            f"{AT}.peran.{actor}",
        )
        for actor in dict.fromkeys([*labels, *roles])
    ]
    return Group(
        _("Jabatan setiap pelaksana"),
        made,
        notes=editor.notes(f"{AT}.peran"),
        help=_(
            "Satu baris satu jabatan. Jabatan yang ada di kantor dicentangkan saat SOP "
            "diberlakukan; di sana masih dapat diganti."
        ),
        folded=True,
    )


def _reminders(editor: Editor, of: Tree) -> Group:
    late = items(group(of, "eskalasi"), "lewat_tenggat")
    told_of = [
        ("penanggung_jawab", _("Penanggung jawab")),
        ("atasan", _("Atasannya")),
        *editor.actor_choices,
    ]
    share = Field(
        "ingatkan",
        _("Ingatkan setelah berapa persen waktu"),
        shown_number(office.reminder_percent(of)),
        notes=editor.notes(f"{AT}.eskalasi"),
    )
    ticks = [
        tick(
            f"lewat-{name}",
            _("Beri tahu bila lewat: %(who)s") % {"who": words(label)},
            on=name in late,
        )
        for name, label in told_of
    ]
    return Group(_("Pengingat"), [share, *ticks], notes=editor.notes(AT))
