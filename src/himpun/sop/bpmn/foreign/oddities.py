"""What reading foreign BPMN finds: questions to the office, none of them an error."""

from dataclasses import dataclass

from himpun.wording import joined, say

from ...findings import shorten

CODES = {
    "B01": say("unsur yang tidak ada padanannya pada SOP AP"),
    "B02": say("alur yang tidak dapat dibaca sebagai urutan langkah"),
    "B03": say("tugas otomatis atau panggilan, dibaca sebagai pekerjaan orang"),
    "B04": say("langkah tanpa nama atau tanpa pelaksana"),
    "B05": say("jalur pelaksana tanpa nama, bertingkat, atau bernama sama"),
    "B06": say("hasil keputusan tanpa nama"),
    "B07": say("keputusan dan pekerjaan serentak bertumpuk tanpa langkah di antaranya"),
    "B08": say("awal atau akhir yang tidak tunggal"),
    "B09": say("rincian tugas yang tidak ikut dibaca"),
    "B10": say("subproses yang langkahnya diratakan"),
    "B11": say("beberapa proses dalam satu berkas"),
    "B12": say("artefak yang jenis dan bentuknya belum diketahui"),
    "B13": say("percabangan yang tidak digambar dengan gerbang pilihan atau serentak"),
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
    named = shorten(" ".join(name.split()) or identity)
    return joined([kind, f'"{named}"'], " ")
