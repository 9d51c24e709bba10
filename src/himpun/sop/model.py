"""The SOP as data: schema `sop-ap/1` as frozen values.

The field names are the words of the official form (PermenPANRB 35/2012), the
same words that stand in the YAML file, so that an officer, the file and the code
speak of one thing; `docs/glossary.md` explains each.

Shape only: types, allowed words, unknown keys. What the parts mean together
(targets that exist, an end that is reached) is the business of `check`.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, cast

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from himpun.wording import say

MAX_STEPS = 200
"""No SOP form has more rows; the bound keeps every analysis fast."""
MAX_EXITS = 20
MAX_AMOUNT = Decimal(9999)

StepKind = Literal["mulai", "proses", "keputusan", "selesai"]
CoActorWay = Literal["paraf", "bersama", "mengetahui", "salah-satu"]
CO_ACTOR_WAYS = "paraf, bersama, bersama(2), mengetahui, salah-satu"
"""What stands in `cara`, as a sentence lists it; the number counts people."""
TimeUnit = Literal["menit", "jam", "hari", "minggu", "bulan"]
ArtefactKind = Literal["himpunan-data", "dokumen", "barang"]
ArtefactForm = Literal["digital", "cetak", "fisik"]
Period = Literal["bulan", "triwulan", "semester", "tahun"]
PlanPaper = Literal["rkt", "perjanjian-kinerja"]

_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_TEXT = say("harus teks (beri tanda kutip bila isinya angka) atau {teks, asli}")
_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WAY = re.compile(
    r"(paraf|bersama|mengetahui|salah-satu)|(bersama)\(([2-9]|[1-9][0-9])\)"
)
_START_RULE = re.compile(r"hari-kerja-ke-([1-9][0-9]?)-setelah-periode")


def _read_date(value: object) -> date:
    if not isinstance(value, str) or not _ISO_DATE.fullmatch(value):
        raise ValueError(say("tanggal ditulis TTTT-BB-HH, misalnya 2020-03-02"))
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(
            say("tanggal %(value)s tidak ada di kalender", value=value)
        ) from None


def _read_amount(value: object) -> Decimal:
    """Accept an exact number only: text, true/false and floats are refused."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(say("jumlah harus angka"))  # noqa: TRY004 (pydantic collects ValueError)
    amount = Decimal(value)
    if not amount.is_finite() or not 0 < amount <= MAX_AMOUNT:
        raise ValueError(
            say("jumlah harus lebih dari 0 dan paling banyak %(most)s", most=MAX_AMOUNT)
        )
    if amount != round(amount, 4):
        raise ValueError(say("jumlah paling banyak empat angka di belakang koma"))
    return amount


def _read_reference_number(value: object) -> object:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if whole else value


def _read_targets(value: object) -> object:
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


def _each_once(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(words)) < len(words):
        raise ValueError(say("setiap nama ditulis satu kali saja"))
    return words


def _empty_when_null(value: object) -> object:
    return {} if value is None else value


Word = Annotated[str, Field(strict=True)]
"""Text of the form, exactly as written."""
Name = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=64
    ),
]
"""An id inside the file. No dot: `l1.laporan-bulanan` joins two of them."""
SopId = Annotated[
    str,
    StringConstraints(
        strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=128
    ),
]
"""The id of a whole SOP, the same in all its versions."""
ItemPath = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"),
]
"""An item of *kelengkapan* of a step, `langkah.butir`."""
Whole = Annotated[int, Field(strict=True, ge=1, le=9999)]
YesNo = Annotated[bool, Field(strict=True)]
Amount = Annotated[Decimal, BeforeValidator(_read_amount)]
Names = Annotated[tuple[Name, ...], AfterValidator(_each_once)]


class Part(BaseModel):
    """A part of the form: frozen, and no key that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Teks(Part):
    """A text: `teks` as shown, `asli` as the source has it, letter for letter.

    In the file it is a string or `{teks, asli}`; one that is left out equals the
    other, so both are always filled here.
    """

    teks: Word
    asli: Word = ""

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, value: Any) -> Any:  # noqa: ANN401 (anything can stand in a file)
        if isinstance(value, str):
            value = {"teks": value}
        if not isinstance(value, Mapping):
            raise ValueError(_TEXT)  # noqa: TRY004 (pydantic collects ValueError)
        both = dict(value)
        if "teks" in both:
            both.setdefault("asli", both["teks"])
        elif "asli" in both:
            both["teks"] = both["asli"]
        return both


class Sel(Teks):
    """A text that may be left out altogether: an empty cell of the form."""

    teks: Word = ""


class Tanggal(Part):
    """A date; in the file null, `YYYY-MM-DD` or `{nilai, asli}`."""

    nilai: Annotated[date, BeforeValidator(_read_date)]
    asli: Word = ""

    @property
    def teks(self) -> str:
        """The date as it is printed: `2 Maret 2020`."""
        return f"{self.nilai.day} {_MONTHS[self.nilai.month - 1]} {self.nilai.year}"

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, value: Any) -> Any:  # noqa: ANN401 (anything can stand in a file)
        if isinstance(value, str):
            value = {"nilai": value}
        if isinstance(value, Mapping) and isinstance(value.get("nilai"), str):
            value = {"asli": value["nilai"], **value}
        return value


class Sumber(Part):
    """The file that the SOP was typed from, with its SHA-256."""

    berkas: Word
    sha256: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{64}$")]


class Pengesahan(Part):
    """The signature block under the form."""

    tempat: Teks | None
    tanggal: Tanggal | None
    jabatan: Teks | None
    nama: Teks | None
    pangkat: Teks | None
    nip: Teks | None


class Identitas(Part):
    """The identity part; what the office left empty is None."""

    instansi: tuple[Teks, ...] | None
    alamat: Teks | None
    judul_kop: Teks | None
    nomor: Teks | None
    tgl_pembuatan: Tanggal | None
    tgl_revisi: Tanggal | None
    tgl_efektif: Tanggal | None
    disahkan_oleh: Teks | None
    nama: Teks | None
    judul_tabel: Teks | None
    pengesahan: Pengesahan | None


class Label(Part):
    """The titles of blocks and columns."""

    dasar_hukum: Teks
    kualifikasi: Teks
    keterkaitan: Teks
    peralatan: Teks
    peringatan: Teks
    pencatatan: Teks
    nomor: Teks
    kegiatan: Teks
    pelaksana: Teks
    mutu_baku: Teks
    kelengkapan: Teks
    waktu: Teks
    output: Teks
    ket: Teks


class Rujukan(Part):
    """The regulation that a line of *dasar hukum* names."""

    jenis: Annotated[str, StringConstraints(strict=True, pattern=r"^[a-z]+$")]
    nomor: Annotated[Word, BeforeValidator(_read_reference_number)]
    tahun: Annotated[int, Field(strict=True, ge=1945, le=2999)]


class DasarHukum(Teks):
    """One regulation that the SOP rests on."""

    ref: Rujukan | None = None


class Keterkaitan(Teks):
    """A related SOP; `sambung` is the source's joining word after it ("dan")."""

    sambung: Word | None = None


class Peralatan(Sel):
    """The equipment: the cell as written, and its items."""

    butir: tuple[Teks, ...] = ()


class Pelaksana(Part):
    """An actor: one column of the form, in the order of the file."""

    id: Name
    label: Teks


class Artefak(Part):
    """A thing that flows between steps; `tanda_tangan` names the actor who signs it."""

    nama: Teks
    jenis: ArtefactKind
    bentuk: Annotated[tuple[ArtefactForm, ...], Field(min_length=1)]
    tanda_tangan: Name | None = None


class Bersama(Part):
    """A co-actor of a step and the way he takes part."""

    pelaksana: Name
    cara: Annotated[str, StringConstraints(strict=True, pattern=f"^({_WAY.pattern})$")]
    """A way as the form has it, or `bersama(n)`: n people of this actor, each himself."""

    @property
    def macam(self) -> CoActorWay:
        """The way without its number of people."""
        return cast("CoActorWay", self.cara.partition("(")[0])

    @property
    def orang(self) -> int:
        """How many people have to take part; 1 unless the way names a number."""
        return int(self.cara.partition("(")[2].removesuffix(")") or 1)


class Butir(Part):
    """One checkable item of *kelengkapan*; `dari` names the artefact it comes from."""

    id: Name
    nama: Teks
    wajib: YesNo
    dari: Name | None = None


class Kelengkapan(Sel):
    """What a step needs: the cell as written, and its checkable items."""

    butir: tuple[Butir, ...] = ()


class Waktu(Part):
    """The standard time of a step: an exact amount and its unit."""

    jumlah: Amount
    satuan: TimeUnit
    asli: Word | None = None
    """The cell as the source has it; None when the source had no other wording."""

    @property
    def teks(self) -> str:
        """The time as it is printed: `60 menit`, `0,5 hari`."""
        number = format(self.jumlah.normalize(), "f").replace(".", ",")
        return f"{number} {self.satuan}"


class Output(Sel):
    """What a step yields: the cell as written, and the artefacts."""

    artefak: Names = ()


class Cabang(Part):
    """One named outcome of a decision and the step it leads to."""

    hasil: Annotated[str, StringConstraints(strict=True, min_length=1, max_length=64)]
    ke: Name


class Langkah(Part):
    """One row of the form."""

    id: Name
    nomor: Whole
    jenis: StepKind
    kegiatan: Teks
    penanggung_jawab: Name
    bersama: tuple[Bersama, ...] = ()
    kelengkapan: Annotated[Kelengkapan, BeforeValidator(_empty_when_null)] = (
        Kelengkapan()
    )
    waktu: Waktu
    output: Annotated[Output, BeforeValidator(_empty_when_null)] = Output()
    ket: Annotated[Sel, BeforeValidator(_empty_when_null)] = Sel()
    berikut: Annotated[
        Names, BeforeValidator(_read_targets), Field(max_length=MAX_EXITS)
    ] = ()
    """The next step; several are done at the same time (a parallel split)."""
    cabang: Annotated[tuple[Cabang, ...], Field(max_length=MAX_EXITS)] = ()

    @property
    def tujuan(self) -> tuple[str, ...]:
        """Every step that this one can lead to, each once, in the order written."""
        return tuple(dict.fromkeys((*self.berikut, *(c.ke for c in self.cabang))))


class Temuan(Part):
    """An oddity of the source, how it is read, and what else it could mean."""

    id: Name
    di: Word
    masalah: Word
    tafsir: Word
    pilihan: tuple[Word, ...]
    status: Literal["dipakai", "perlu-konfirmasi"]


class Jadwal(Part):
    """When a case starts by itself: after each `periode`, on a working day."""

    periode: Period
    mulai: Annotated[
        str, StringConstraints(strict=True, pattern=f"^{_START_RULE.pattern}$")
    ]

    @property
    def hari_kerja_ke(self) -> int:
        """The working day after the period's end on which a case starts (1 = first)."""
        rule = _START_RULE.fullmatch(self.mulai)
        assert rule  # noqa: S101 (the field's pattern is the same expression)
        return int(rule[1])


class Verifikasi(Part):
    """Values are verified one by one during step `pada` by actor `oleh`."""

    pada: Name
    oleh: Name


class Pengembalian(Part):
    """The right to return work from step `dari` to the earlier step `ke`."""

    dari: Name
    ke: Name
    wajib_alasan: YesNo
    maks: Whole | None
    """How many returns a case allows; None: no bound."""
    nilai_diterima: Literal["tetap-terkunci"]


class PerUnit(Part):
    """Step done once for each unit of `sumber`; when it counts as complete."""

    sumber: Word
    selesai_bila: Literal["semua", "minimum", "tenggat"]
    minimum: Whole | None = None

    @model_validator(mode="after")
    def _minimum_belongs_to_its_rule(self) -> "PerUnit":
        if (self.selesai_bila == "minimum") != (self.minimum is not None):
            raise ValueError(
                say("minimum diisi angka bila selesai_bila: minimum, selain itu null")
            )
        return self


class TidakBerlaku(Part):
    """An item (`langkah.butir`) that cannot exist in the named kinds of period."""

    butir: ItemPath
    periode: Annotated[tuple[Period, ...], Field(min_length=1)]
    alasan: Annotated[str, StringConstraints(strict=True, min_length=1)]

    @property
    def langkah_dan_butir(self) -> tuple[str, str]:
        """The two ids that `butir` joins."""
        step, _, item = self.butir.partition(".")
        return step, item


class Eskalasi(Part):
    """The share of the time after which to remind, and whom to tell when late."""

    ingatkan_pada: Amount
    lewat_tenggat: Names
    """`penanggung_jawab`, `atasan` or the id of an actor."""

    @model_validator(mode="after")
    def _remind_before_the_deadline(self) -> "Eskalasi":
        if self.ingatkan_pada > 1:
            raise ValueError(
                say("ingatkan_pada adalah bagian dari waktu: di antara 0 dan 1")
            )
        return self


class Terkait(Part):
    """What the end of a case means for another SOP of the office.

    `mulai`: a case of that SOP is opened, of the same period or, with `periode`, of the
    longer one that ends on the same day. `bawa`: an artefact of this SOP fulfils items
    (`langkah.butir`) of that one.
    """

    sop: SopId
    mulai: YesNo = False
    periode: Period | None = None
    bawa: dict[Name, Annotated[tuple[ItemPath, ...], Field(min_length=1)]] = {}

    @model_validator(mode="after")
    def _says_something(self) -> "Terkait":
        if not (self.mulai or self.bawa):
            raise ValueError(say("isi mulai: true, bawa, atau keduanya"))
        if self.periode and not self.mulai:
            raise ValueError(say("periode hanya diisi bersama mulai: true"))
        return self


class Operasional(Part):
    """Settings of the office: may change without changing the signed document."""

    tafsir_hari: Literal["hari-kerja", "hari-kalender", "tutup"] = "hari-kerja"
    kalender: Name | None = None
    peran: dict[Name, tuple[Word, ...]] = {}
    jadwal: Jadwal | None = None
    verifikasi: Verifikasi | None = None
    pengembalian: tuple[Pengembalian, ...] = ()
    batas_putaran: dict[Name, Whole] = {}
    """How many rounds of a step the decisions of a case may open (1: none again)."""
    tembusan: dict[Name, Names] = {}
    per_unit: dict[Name, PerUnit] = {}
    tidak_berlaku: tuple[TidakBerlaku, ...] = ()
    mendahului: YesNo = False
    """Whether a case may be opened before its period begins: a plan for it."""
    terkait: tuple[Terkait, ...] = ()
    kertas: dict[Name, PlanPaper] = {}
    """Which artefacts are a paper of the plan: its concept, and the signed one."""
    eskalasi: Eskalasi | None = None


class Sop(Part):
    """A whole SOP file."""

    skema: Literal["sop-ap/1"]
    id: SopId
    versi: Whole
    sumber: Sumber | None = None
    identitas: Identitas
    label: Label
    dasar_hukum: tuple[DasarHukum, ...]
    kualifikasi: tuple[Teks, ...]
    keterkaitan: tuple[Keterkaitan, ...]
    peralatan: Peralatan
    peringatan: tuple[Teks, ...]
    pencatatan: tuple[Teks, ...]
    pelaksana: Annotated[tuple[Pelaksana, ...], Field(min_length=1)]
    artefak: dict[Name, Artefak]
    langkah: Annotated[tuple[Langkah, ...], Field(min_length=1, max_length=MAX_STEPS)]
    temuan: tuple[Temuan, ...] = ()
    operasional: Annotated[Operasional, BeforeValidator(_empty_when_null)] = (
        Operasional()
    )
