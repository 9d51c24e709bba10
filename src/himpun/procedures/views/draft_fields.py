"""The fields of the SOP editor: what each part of a draft shows, and what is said of it.

The names of the fields are those that `himpun.sop.editing` reads back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from himpun.shared.http import told
from himpun.sop.editing import identity, office, rows, steps, values
from himpun.sop.editing.values import group, items, shown_number, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from himpun.procedures.queries.drafts import State
    from himpun.sop.editing import Tree

Choices = list[tuple[str, str]]

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
LISTS = {
    "dasar_hukum": lazy("Dasar hukum"),
    "kualifikasi": lazy("Kualifikasi pelaksana"),
    "keterkaitan": lazy("Keterkaitan dengan SOP lain"),
    "peralatan": lazy("Peralatan dan perlengkapan"),
    "peringatan": lazy("Peringatan"),
    "pencatatan": lazy("Pencatatan dan pendataan"),
}
TITLES = {
    "identitas": lazy("Identitas"),
    "daftar": lazy("Dasar dan daftar"),
    "pelaksana": lazy("Pelaksana"),
    "langkah": lazy("Langkah"),
    "kantor": lazy("Pengaturan kantor"),
    "temuan": lazy("Temuan"),
    "yaml": lazy("YAML"),
}


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
    """A group of fields under a title."""

    title: str
    fields: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    notes: tuple[Note, ...] = ()
    help: str = ""
    tail: list[Field] = field(default_factory=list)


class Editor:
    """Makes the fields of one part of a draft, each with what is said of its place."""

    def __init__(self, tree: Tree, state: State) -> None:
        self.tree = tree
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
    ) -> Field:
        """Return a field for a text of the file, with its wording in the source."""
        return Field(
            name,
            str(label),
            words(value),
            kind,
            help=help,
            source=values.source(value),
            notes=self.notes(place) if place else (),
            wide=wide,
        )

    def choice(  # noqa: PLR0913 - the parts of a field
        self,
        name: str,
        label: object,
        value: object,
        choices: Iterable[tuple[str, object]],
        place: str = "",
        *,
        help: str = "",
    ) -> Field:
        """Return a field to choose from; a value that is no choice is shown as well."""
        chosen = "" if value is None else str(value)
        offered = [(key, str(text)) for key, text in choices]
        if chosen not in dict(offered):
            offered.append((chosen, chosen or "–"))  # noqa: RUF001 - an Indonesian dash
        notes = self.notes(place) if place else ()
        return Field(name, str(label), chosen, "pilih", offered, help, notes=notes)

    def part(self, part: str, step: str) -> list[Group]:
        """Return the groups of a part; of one step in part `langkah`."""
        if part == "langkah":
            row = next((s for s in self.steps if s["id"] == step), None)
            return self.step(row) if row else []
        makers = {
            "identitas": self.identity,
            "daftar": self.lists,
            "pelaksana": self.actors,
            "kantor": self.office,
        }
        return makers[part]() if part in makers else []

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

    def step_choices(self, empty: str, *, without: str = "") -> Choices:
        """Return the steps to choose from, after an entry for none."""
        named = [(s["id"], steps.called(s)) for s in self.steps if s["id"] != without]
        return [("", empty), *named]

    # Identity and lists

    def identity(self) -> list[Group]:
        """Return the fields of the identity part."""
        of = group(self.tree, "identitas")
        at = "identitas"
        lines = Field(
            "instansi",
            _("Instansi"),
            values.lines_of(of.get("instansi")),
            "baris",
            help=_("Satu baris satu tingkat, yang tertinggi di atas."),
            notes=self.notes(f"{at}.instansi"),
        )
        texts = [
            self.text(
                key, IDENTITY[key], of.get(key), f"{at}.{key}", wide=key == "nama"
            )
            for key in identity.TEXTS
        ]
        dates = [
            self._date(key, IDENTITY[key], of.get(key), f"{at}.{key}")
            for key in identity.DATES
        ]
        block = group(of, "pengesahan")
        signer = [
            self._date(f"ttd-{key}", label, block.get(key), f"{at}.pengesahan.{key}")
            if key == "tanggal"
            else self.text(
                f"ttd-{key}", label, block.get(key), f"{at}.pengesahan.{key}"
            )
            for key, label in SIGNER.items()
        ]
        code = [
            Field(
                "kode",
                _("Kode SOP"),
                words(self.tree.get("id")),
                help=_("Dibuat dari nama. SOP dengan kode sama menjadi versi baru."),
                notes=self.notes("id"),
            ),
            Field(
                "versi",
                _("Versi naskah"),
                words(self.tree.get("versi")),
                notes=self.notes("versi"),
            ),
        ]
        return [
            Group(_("Identitas SOP"), [*texts[:2], *dates, texts[5], texts[2]]),
            Group(_("Kop"), [lines, texts[4], texts[3]]),
            Group(_("Pengesahan"), signer, notes=self.notes(f"{at}.pengesahan")),
            Group(_("Kode dan versi"), code, notes=self.notes(at)),
        ]

    def _date(self, name: str, label: object, value: object, place: str) -> Field:
        return Field(
            name,
            str(label),
            values.shown_date(value),
            help=_("Misalnya 2 Maret 2020."),
            source=values.source(value) if isinstance(value, dict) else "",
            notes=self.notes(place),
        )

    def lists(self) -> list[Group]:
        """Return the six blocks, a line for each item."""
        tools = group(self.tree, "peralatan").get("butir")
        made = [
            Field(
                key,
                str(label),
                values.lines_of(tools if key == "peralatan" else self.tree.get(key)),
                "baris",
                notes=self.notes(key),
                wide=True,
            )
            for key, label in LISTS.items()
        ]
        return [Group(_("Satu baris satu butir"), made, notes=self.notes("label"))]

    # Actors

    def actors(self) -> list[Group]:
        """Return the actors with their order, and a field for one more."""
        made = []
        listed = items(self.tree, "pelaksana")
        for n, actor in enumerate(listed):
            label = words(actor.get("label")) or actor["id"]
            name = actor["id"]
            buttons = [
                Button("pelaksana-kiri", name, _("Geser ke kiri"), "arrow-left"),
                Button("pelaksana-kanan", name, _("Geser ke kanan"), "arrow-right"),
                Button("pelaksana-hapus", name, _("Hapus"), "x"),
            ]
            skipped = ({0} if n == 0 else set()) | (
                {1} if n == len(listed) - 1 else set()
            )
            fields = [
                Field(f"pelaksana-{n}-id", "", name, "simpan"),
                self.text(
                    f"pelaksana-{n}-label",
                    _("Pelaksana %(n)s") % {"n": n + 1},
                    actor.get("label"),
                    f"pelaksana.{name}",
                ),
            ]
            left = tuple(b for i, b in enumerate(buttons) if i not in skipped)
            made.append(Row(label, fields, left))
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
                rows=made,
                notes=self.notes("pelaksana"),
                tail=[new],
                help=_("Jabatan atau tim yang mengerjakan, bukan nama orang."),
            )
        ]

    # One step

    def step(self, row: Tree) -> list[Group]:
        """Return the fields of one step."""
        at = f"langkah.{row['id']}"
        what = [
            self.text(
                "kegiatan",
                _("Kegiatan"),
                row.get("kegiatan"),
                f"{at}.kegiatan",
                kind="panjang",
                wide=True,
            ),
            self.choice("jenis", _("Jenis"), row.get("jenis"), KINDS, f"{at}.jenis"),
            self.choice(
                "penanggung_jawab",
                _("Penanggung jawab"),
                row.get("penanggung_jawab"),
                [("", _("Pilih pelaksana")), *self.actor_choices],
                f"{at}.penanggung_jawab",
            ),
        ]
        made = [
            Group(_("Kegiatan"), what),
            self._others(row, at),
            self._needs(row, at),
            self._time(row, at),
            self._outputs(row, at),
            self._leads(row, at),
            Group(
                _("Keterangan"),
                [self.text("ket", _("Keterangan"), row.get("ket"), f"{at}.ket")],
            ),
        ]
        made[0] = Group(_("Kegiatan"), what, notes=self.notes(at))
        return made

    def _others(self, row: Tree, at: str) -> Group:
        """Return the co-actors; how many people is asked of those who work together."""
        before = {o.get("pelaksana"): o for o in items(row, "bersama")}
        made: list[Field] = []
        for actor, label in self.actor_choices:
            if actor == row.get("penanggung_jawab") and actor not in before:
                continue
            way = words(before[actor].get("cara")) if actor in before else ""
            macam, _sign, people = way.partition("(")
            undecided = actor in before and not way
            choices = [*WAYS]
            if undecided:
                choices.append((steps.UNDECIDED, lazy("perannya belum dipilih")))
            made.append(
                self.choice(
                    f"cara-{actor}",
                    label,
                    steps.UNDECIDED if undecided else macam,
                    choices,
                )
            )
            if people:
                made.append(
                    Field(
                        f"orang-{actor}",
                        _("%(label)s, jumlah orang") % {"label": label},
                        people.removesuffix(")"),
                    )
                )
            elif macam == "bersama":
                made.append(
                    Field(
                        f"orang-{actor}",
                        _("%(label)s, jumlah orang") % {"label": label},
                        "",
                        help=_("Kosong berarti satu orang."),
                    )
                )
        return Group(
            _("Pelaksana lain pada langkah ini"),
            made,
            notes=self.notes(f"{at}.bersama"),
        )

    def _needs(self, row: Tree, at: str) -> Group:
        needs = row.get("kelengkapan")
        made = []
        listed = [
            *items(group(row, "kelengkapan"), "butir"),
            {"id": "", "nama": "", "wajib": True},
        ]
        for n, item in enumerate(listed):
            legend = _("Butir %(n)s") % {"n": n + 1} if item["id"] else _("Butir baru")
            name = f"butir-{n}"
            made.append(
                Row(
                    legend,
                    [
                        Field(f"{name}-id", "", words(item.get("id")), "simpan"),
                        self.text(f"{name}-nama", legend, item.get("nama"), wide=True),
                        self.choice(
                            f"{name}-dari",
                            _("Berasal dari"),
                            item.get("dari"),
                            [("", _("luar SOP ini")), *self._things()],
                        ),
                        _tick(f"{name}-wajib", _("Wajib"), on=bool(item.get("wajib"))),
                    ],
                )
            )
        cell = self.text(
            "kelengkapan", _("Kelengkapan pada formulir"), needs, f"{at}.kelengkapan"
        )
        return Group(
            _("Kelengkapan"),
            [cell],
            made,
            help=_(
                "Butir dicentang saat kasus berjalan. Kosongkan nama untuk menghapus, "
                "tekan Simpan untuk menambah baris lagi."
            ),
        )

    def _things(self) -> Choices:
        things = group(self.tree, "artefak")
        return [(name, words(thing.get("nama"))) for name, thing in things.items()]

    def _time(self, row: Tree, at: str) -> Group:
        time = group(row, "waktu")
        written = words(time.get("asli"))
        amount = Field(
            "jumlah",
            _("Jumlah"),
            shown_number(time.get("jumlah")),
            source=written,
            notes=self.notes(f"{at}.waktu"),
        )
        unit = self.choice(
            "satuan", _("Satuan"), time.get("satuan"), [("", _("Pilih")), *UNITS]
        )
        return Group(_("Waktu baku"), [amount, unit])

    def _outputs(self, row: Tree, at: str) -> Group:
        things = group(self.tree, "artefak")
        names = [n for n in items(group(row, "output"), "artefak") if n in things]
        made = []
        for n, name in enumerate([*names, ""]):
            thing = things.get(name, {"jenis": "dokumen", "bentuk": ["digital"]})
            legend = _("Hasil %(n)s") % {"n": n + 1} if name else _("Hasil baru")
            at_thing = f"artefak.{name}" if name else ""
            forms = items(thing, "bentuk")
            made.append(
                Row(
                    legend,
                    [
                        Field(f"artefak-{n}-id", "", name, "simpan"),
                        self.text(
                            f"artefak-{n}-nama",
                            legend,
                            thing.get("nama"),
                            at_thing,
                            wide=True,
                        ),
                        self.choice(
                            f"artefak-{n}-jenis",
                            _("Jenis"),
                            thing.get("jenis"),
                            THINGS,
                        ),
                        self.choice(
                            f"artefak-{n}-tanda_tangan",
                            _("Ditandatangani"),
                            thing.get("tanda_tangan"),
                            [("", _("tidak")), *self.actor_choices],
                        ),
                        *(
                            _tick(f"artefak-{n}-{form}", form, on=form in forms)
                            for form in steps.FORMS
                        ),
                    ],
                )
            )
        cell = self.text(
            "output", _("Output pada formulir"), row.get("output"), f"{at}.output"
        )
        return Group(
            _("Output"),
            [cell],
            made,
            help=_("Hasil diunggah atau dibuat saat langkah ditutup."),
        )

    def _leads(self, row: Tree, at: str) -> Group:
        others = self.step_choices(_("tidak ada"), without=row["id"])
        if row.get("jenis") == "keputusan":
            branches = [*items(row, "cabang"), {}]
            least = 2 - len(branches)
            branches += [{}] * max(least, 0)
            made = [
                Row(
                    _("Hasil keputusan %(n)s") % {"n": n + 1},
                    [
                        self.text(
                            f"cabang-{n}-hasil",
                            _("Hasil keputusan %(n)s") % {"n": n + 1},
                            branch.get("hasil"),
                        ),
                        self.choice(
                            f"cabang-{n}-ke", _("Menuju"), branch.get("ke"), others
                        ),
                    ],
                )
                for n, branch in enumerate(branches)
            ]
            return Group(
                _("Hasil keputusan"),
                rows=made,
                notes=(*self.notes(f"{at}.cabang"), *self.notes(f"{at}.berikut")),
                help=_("Misalnya Ya dan Tidak, masing-masing menuju satu langkah."),
            )
        onward = [*rows.targets(row), ""]
        fields = [
            self.choice(
                f"berikut-{n}-ke",
                _("Langkah berikut") if not n else _("Serentak dengan"),
                name,
                others,
            )
            for n, name in enumerate(onward)
        ]
        if row.get("jenis") == "selesai" and len(onward) == 1:
            fields = []
        return Group(
            _("Setelah langkah ini"),
            fields,
            notes=(*self.notes(f"{at}.berikut"), *self.notes(f"{at}.cabang")),
            help=_("Dua langkah berikut atau lebih dikerjakan serentak.")
            if fields
            else _("SOP selesai di langkah ini."),
        )

    # The office's settings

    def office(self) -> list[Group]:
        """Return the settings of the office."""
        of = group(self.tree, "operasional")
        at = "operasional"
        schedule = group(of, "jadwal")
        verify = group(of, "verifikasi")
        late = items(group(of, "eskalasi"), "lewat_tenggat")
        told_of = [
            ("penanggung_jawab", _("Penanggung jawab")),
            ("atasan", _("Atasannya")),
            *self.actor_choices,
        ]
        return [
            Group(
                _("Waktu dan jadwal"),
                [
                    self.choice(
                        "tafsir_hari",
                        _("Satu hari berarti"),
                        of.get("tafsir_hari") or "hari-kerja",
                        DAYS,
                        f"{at}.tafsir_hari",
                    ),
                    self.choice(
                        "jadwal-periode",
                        _("Kasus dimulai"),
                        schedule.get("periode"),
                        PERIODS,
                        f"{at}.jadwal",
                    ),
                    Field(
                        "jadwal-hari",
                        _("Hari kerja ke berapa setelah periode"),
                        office.schedule_day(of),
                    ),
                ],
            ),
            Group(
                _("Pemeriksaan nilai"),
                [
                    self.choice(
                        "verifikasi-pada",
                        _("Nilai diperiksa pada"),
                        verify.get("pada"),
                        self.step_choices(_("tidak diperiksa satu per satu")),
                        f"{at}.verifikasi",
                    ),
                    self.choice(
                        "verifikasi-oleh",
                        _("Oleh"),
                        verify.get("oleh"),
                        [("", _("tidak ada")), *self.actor_choices],
                    ),
                ],
            ),
            self._returns(of, at),
            self._rounds(of, at),
            self._per_unit(of, at),
            self._copies(of, at),
            Group(
                _("Pengingat"),
                [
                    Field(
                        "ingatkan",
                        _("Ingatkan setelah berapa persen waktu"),
                        shown_number(office.reminder_percent(of)),
                        notes=self.notes(f"{at}.eskalasi"),
                    ),
                    *(
                        _tick(
                            f"lewat-{name}",
                            _("Beri tahu bila lewat: %(who)s") % {"who": label},
                            on=name in late,
                        )
                        for name, label in told_of
                    ),
                ],
                notes=self.notes(at),
            ),
        ]

    def _returns(self, of: Tree, at: str) -> Group:
        choices = self.step_choices(_("tidak ada"))
        made = [
            Row(
                _("Pengembalian %(n)s") % {"n": n + 1},
                [
                    self.choice(
                        f"kembali-{n}-dari", _("Dari"), row.get("dari"), choices
                    ),
                    self.choice(f"kembali-{n}-ke", _("Ke"), row.get("ke"), choices),
                    Field(
                        f"kembali-{n}-maks",
                        _("Paling banyak berapa kali"),
                        words(row.get("maks")),
                    ),
                    _tick(
                        f"kembali-{n}-wajib_alasan",
                        _("Alasan wajib"),
                        on=bool(row.get("wajib_alasan", True)),
                    ),
                ],
            )
            for n, row in enumerate([*items(of, "pengembalian"), {}])
        ]
        return Group(
            _("Pengembalian"), rows=made, notes=self.notes(f"{at}.pengembalian")
        )

    def _rounds(self, of: Tree, at: str) -> Group:
        choices = self.step_choices(_("tidak ada"))
        listed = [*group(of, "batas_putaran").items(), ("", None)]
        made = [
            Row(
                _("Batas putaran %(n)s") % {"n": n + 1},
                [
                    self.choice(f"putaran-{n}-langkah", _("Langkah"), step, choices),
                    Field(f"putaran-{n}-kali", _("Paling banyak putaran"), words(most)),
                ],
            )
            for n, (step, most) in enumerate(listed)
        ]
        return Group(
            _("Batas putaran keputusan"),
            rows=made,
            notes=self.notes(f"{at}.batas_putaran"),
        )

    def _per_unit(self, of: Tree, at: str) -> Group:
        choices = self.step_choices(_("tidak ada"))
        empty: Tree = {"sumber": "", "selesai_bila": "semua"}
        listed = [*group(of, "per_unit").items(), ("", empty)]
        made = [
            Row(
                _("Langkah per unit %(n)s") % {"n": n + 1},
                [
                    self.choice(f"unit-{n}-langkah", _("Langkah"), step, choices),
                    Field(f"unit-{n}-sumber", _("Unit"), words(row.get("sumber"))),
                    self.choice(
                        f"unit-{n}-selesai_bila",
                        _("Selesai bila"),
                        row.get("selesai_bila"),
                        COMPLETE,
                    ),
                    Field(
                        f"unit-{n}-minimum", _("Jumlah unit"), words(row.get("minimum"))
                    ),
                ],
            )
            for n, (step, row) in enumerate(listed)
        ]
        return Group(
            _("Dikerjakan per unit"), rows=made, notes=self.notes(f"{at}.per_unit")
        )

    def _copies(self, of: Tree, at: str) -> Group:
        choices = self.step_choices(_("tidak ada"))
        listed = [
            (step, actor)
            for step, actors in group(of, "tembusan").items()
            for actor in actors
        ]
        made = [
            Row(
                _("Tembusan %(n)s") % {"n": n + 1},
                [
                    self.choice(f"tembusan-{n}-langkah", _("Langkah"), step, choices),
                    self.choice(
                        f"tembusan-{n}-pelaksana",
                        _("Kepada"),
                        actor,
                        [("", _("tidak ada")), *self.actor_choices],
                    ),
                ],
            )
            for n, (step, actor) in enumerate([*listed, ("", "")])
        ]
        return Group(_("Tembusan"), rows=made, notes=self.notes(f"{at}.tembusan"))


def _tick(name: str, label: object, *, on: bool) -> Field:
    return Field(name, str(label), "1" if on else "", "centang")


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
