"""What reading foreign BPMN finds: questions to the office, none of them an error."""

from dataclasses import dataclass

from ...findings import shorten

CODES = {
    "B01": "unsur yang tidak ada padanannya pada SOP AP",
    "B02": "alur yang tidak dapat dibaca sebagai urutan langkah",
    "B03": "tugas otomatis atau panggilan, dibaca sebagai pekerjaan orang",
    "B04": "langkah tanpa nama atau tanpa pelaksana",
    "B05": "jalur pelaksana tanpa nama, bertingkat, atau bernama sama",
    "B06": "hasil keputusan tanpa nama",
    "B07": "keputusan dan pekerjaan serentak bertumpuk tanpa langkah di antaranya",
    "B08": "awal atau akhir yang tidak tunggal",
    "B09": "rincian tugas yang tidak ikut dibaca",
    "B10": "subproses yang langkahnya diratakan",
    "B11": "beberapa proses dalam satu berkas",
    "B12": "artefak yang jenis dan bentuknya belum diketahui",
    "B13": "percabangan yang tidak digambar dengan gerbang pilihan atau serentak",
}
"""Code -> what it means."""


@dataclass(frozen=True)
class Oddity:
    """Something of the source: how it was read, and which elements it speaks of.

    `di` is the place in the draft (`langkah.l3`, or `sumber`), `elements` are ids of the
    file.
    """

    code: str
    di: str
    masalah: str
    tafsir: str
    elements: tuple[str, ...]


def quoted(kind: str, name: str, identity: str) -> str:
    """Name an element in a sentence: by its kind and its name, else its id."""
    return f'{kind} "{shorten(" ".join(name.split()) or identity)}"'
