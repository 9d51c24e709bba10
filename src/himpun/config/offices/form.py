"""The form of an office file, `kantor/1`, and what is wrong with one.

Every scalar is read as text and understood by its field, so that "33.19" is a code and
"no" is a word. The file names no password: people come in with a one-time code.
"""

from collections.abc import Hashable, Sequence
from datetime import date
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from himpun.organization.rules import OFFICES, PositionKind, Status, UnitKind
from himpun.shared.refusals import Refusal, say
from himpun.wording import joined

from .indicators import Indikator
from .parts import Bagian, Kode, Teks

LARGEST = 1_000_000
Singkat = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,40}$")]
Akun = Annotated[str, Field(pattern=r"^[a-z0-9._-]{3,60}$")]


class BadOffice(Refusal):
    """An office file that cannot be used, with a line for each thing to correct."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__(joined(faults, "\n"))


class _FaultyError(ValueError):
    """What a whole office file has wrong, for pydantic to collect."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(joined(faults, "\n"))


class Kabupaten(Bagian):
    """The kabupaten or kota: the tenant."""

    kode: Kode
    nama: Teks
    singkat: Singkat


class Unit(Bagian):
    """The office itself, a part of it (``induk`` is another part's code) or a desa."""

    kode: Kode
    nama: Teks
    singkat: Singkat | None = None
    jenis: UnitKind = UnitKind.SECTION
    alamat: str = ""
    induk: Kode | None = None


class Jabatan(Bagian):
    """A position: of the office, of one of its ``unit`` codes, or of the kabupaten."""

    kunci: Singkat
    jenis: PositionKind
    nama: Teks
    unit: Kode | None = None
    atasan: Singkat | None = None


class Pegawai(Bagian):
    """A person in a position from a day on."""

    akun: Akun
    nama: Teks
    nip: Annotated[str, Field(pattern=r"^(\d{18})?$")] = ""
    pangkat: str = ""
    jabatan: Singkat
    sejak: date
    sampai: date | None = None
    status: Status = Status.DEFINITIVE
    surat: str = ""


class Sop(Bagian):
    """An SOP: a shipped name or a file beside this one, and who its actors are."""

    berkas: Teks
    tanda: str = ""
    pelaksana: dict[str, list[Singkat]]


class Kantor(Bagian):
    """The whole file."""

    skema: Literal["kantor/1"]
    kabupaten: Kabupaten
    kantor: Unit
    bagian: list[Unit] = Field(default_factory=list)
    desa: list[Unit] = Field(default_factory=list)
    zona: Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"] = "Asia/Jakarta"
    jabatan: list[Jabatan]
    pegawai: list[Pegawai]
    sop: list[Sop] = Field(default_factory=list)
    perencana: Akun | None = None
    indikator: list[Indikator] = Field(default_factory=list)

    @model_validator(mode="after")
    def _names_exist(self) -> "Kantor":
        faults = [*_twice(self), *_unknown(self)]
        if self.kantor.jenis not in OFFICES:
            faults.append(say("kantor: jenisnya kecamatan atau perangkat-daerah"))
        if self.indikator and self.perencana is None:
            faults.append(
                say("perencana: sebut akun yang mencatat indikator dan target")
            )
        if faults:
            raise _FaultyError(faults)
        return self


def _twice(kantor: Kantor) -> list[str]:
    lists = {
        say("kode unit"): [
            u.kode for u in (kantor.kantor, *kantor.bagian, *kantor.desa)
        ],
        say("kunci jabatan"): [j.kunci for j in kantor.jabatan],
        say("akun pegawai"): [p.akun for p in kantor.pegawai],
        say("kode indikator"): [i.kode for i in kantor.indikator],
    }
    return [
        say("%(what)s %(name)s ditulis dua kali", what=what, name=repr(one))
        for what, all_ in lists.items()
        for one in sorted({x for x in all_ if all_.count(x) > 1})
    ]


def _unknown(kantor: Kantor) -> list[str]:
    units = {kantor.kantor.kode, kantor.kabupaten.kode}
    units |= {unit.kode for unit in (*kantor.bagian, *kantor.desa)}
    seats = {seat.kunci for seat in kantor.jabatan}
    named = [
        *(("unit", u.induk, units) for u in kantor.bagian),
        *(("unit", j.unit, units) for j in kantor.jabatan),
        *(("jabatan", j.atasan, seats) for j in kantor.jabatan),
        *(("jabatan", p.jabatan, seats) for p in kantor.pegawai),
        *(
            ("jabatan", seat, seats)
            for s in kantor.sop
            for bound in s.pelaksana.values()
            for seat in bound
        ),
        ("pegawai", kantor.perencana, {p.akun for p in kantor.pegawai}),
    ]
    return [
        say("%(what)s %(name)s tidak ada di berkas ini", what=what, name=repr(name))
        for what, name, known in named
        if name is not None and name not in known
    ]


SENTENCES = {
    "missing": say("belum diisi"),
    "extra_forbidden": say("tidak dikenal di sini"),
    "string_too_short": say("belum diisi"),
    "string_too_long": say("terlalu panjang"),
    "string_pattern_mismatch": say("bentuknya tidak sesuai"),
    "date_from_datetime_parsing": say("tulis tanggal TTTT-BB-HH"),
    "date_parsing": say("tulis tanggal TTTT-BB-HH"),
    "decimal_parsing": say("tulis angka dengan titik desimal, misalnya 91.33"),
    "int_parsing": say("tulis bilangan bulat"),
}
"""Pydantic's kind of fault -> what it means for who wrote the file."""


def _said(error: ErrorDetails) -> tuple[str, ...]:
    context = error.get("ctx", {})
    text: str = SENTENCES.get(error["type"]) or say("isinya tidak sah")
    if error["type"] in {"enum", "literal_error"}:
        known = str(context["expected"]).replace(" or ", ", ")
        text = say("pilih salah satu dari %(known)s", known=known)
    elif error["type"] == "value_error":
        text = str(context["error"])
        if isinstance(context["error"], _FaultyError):
            return context["error"].faults
    place = [
        say("nomor %(n)s", n=part + 1) if isinstance(part, int) else str(part)
        for part in error["loc"]
    ]
    return (joined([joined(place, ", "), text], ": ") if place else text,)


class _Text(yaml.BaseLoader):
    """Every scalar as text, and no key twice: the first of them would be lost unseen."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002 - PyYAML's signature
    ) -> dict[Hashable, Any]:
        """Return the mapping; raises BadOffice for a key that is there already."""
        seen = set()
        for key, _value in node.value:
            name = str(key.value)
            if name in seen:
                line = key.start_mark.line + 1
                raise BadOffice(
                    [
                        say(
                            "Baris %(line)s: %(name)s ditulis dua kali.",
                            line=line,
                            name=repr(name),
                        )
                    ]
                )
            seen.add(name)
        return super().construct_mapping(node, deep)


def read(source: bytes) -> Kantor:
    """Return the office of a file; raises BadOffice with every fault found."""
    if len(source) > LARGEST:
        raise BadOffice([say("Berkas kantor terlalu besar, paling banyak 1 MB.")])
    try:
        data = yaml.load(source, Loader=_Text)  # noqa: S506 - text only, no objects
        return Kantor.model_validate(data)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as broken:
        mark = getattr(broken, "problem_mark", None)
        said = [say("Berkas ini bukan YAML yang sah.")]
        if mark:
            said.append(say("Periksa baris %(line)s.", line=mark.line + 1))
        raise BadOffice([joined(said, " ")]) from None
    except ValidationError as error:
        raise BadOffice(
            [fault for one in error.errors() for fault in _said(one)]
        ) from None
