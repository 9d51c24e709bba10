"""What an uploaded file is, by its content; what is not on the list is not taken.

A file is opened just far enough to know its kind, with bounds on size, members and
unpacked bytes. Nothing is ever run, and pictures are not decoded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

import puremagic

from himpun.wording import Sentence, joined, say

from .inspecting.office import OPENDOCUMENT, OPENXML, ends_as_zip, office_kind
from .inspecting.pdf import check_pdf
from .inspecting.pictures import check_jpg, check_png
from .inspecting.refusal import NotAccepted

MOST_BYTES = 10 * 1024 * 1024
DEEPEST = 2
"""A PDF in a PDF in a PDF: the report on the collection holds the sealed report."""
LONGEST_NAME = 60
HINTED = 4096
"""Bytes that are enough to guess what a refused file is."""

KINDS = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "csv": "text/csv",
    "ods": OPENDOCUMENT,
    **OPENXML,
}
ACCEPTED = say("PDF, JPG, PNG, XLSX, DOCX, ODS, atau CSV")
ADVICE = {
    ".heif": say(
        "Foto HEIC dari telepon: ubah pengaturan kamera atau simpan sebagai JPG."
    ),
    ".heic": say(
        "Foto HEIC dari telepon: ubah pengaturan kamera atau simpan sebagai JPG."
    ),
    ".doc": say(
        "Berkas Office lama atau terkunci kata sandi: simpan sebagai XLSX atau DOCX "
        "tanpa kata sandi."
    ),
}

__all__ = ["ACCEPTED", "KINDS", "MOST_BYTES", "Kind", "NotAccepted", "recognise"]


@dataclass(frozen=True)
class Kind:
    """What a file is: its usual ending without dot, and its media type."""

    name: str
    mime: str


def recognise(content: bytes, filename: str) -> Kind:
    """Return what a file is; raises NotAccepted with the reason.

    The name's ending must agree with the content: a file that pretends is not taken.
    """
    return _recognise(content, filename, depth=0)


def _recognise(content: bytes, filename: str, *, depth: int) -> Kind:
    if not content:
        raise NotAccepted(say("Berkas ini kosong. Pilih berkas lain."))
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise NotAccepted(
            say(
                "Berkas ini lebih besar dari %(most)s MB. Perkecil atau bagi menjadi "
                "beberapa berkas.",
                most=most,
            )
        )
    if depth > DEEPEST:
        raise NotAccepted(say("Berkas ini memuat lampiran di dalam lampiran."))
    name = _kind(content, depth)
    ending = PurePosixPath(filename.lower()).suffix.lstrip(".")
    if name is None or {"jpeg": "jpg"}.get(ending, ending) != name:
        wrong = say(
            "Isi berkas %(name)s tidak cocok dengan jenis yang diterima. Kirim "
            "%(kinds)s dengan akhiran nama yang benar.",
            name=_short(filename),
            kinds=ACCEPTED,
        )
        raise NotAccepted(joined(filter(None, [wrong, _advice(content)]), " "))
    return Kind(name, KINDS[name])


def _short(filename: str) -> str:
    return filename if len(filename) <= LONGEST_NAME else filename[:40] + "..."


def _advice(content: bytes) -> Sentence | None:
    try:
        guess = puremagic.from_string(content[:HINTED])
    except (puremagic.PureError, ValueError):
        return None
    return ADVICE.get(guess)


def _kind(content: bytes, depth: int) -> str | None:
    """Return the kind by the first bytes, after looking into it; None for others."""
    if content.startswith(b"PK\x03\x04"):
        return office_kind(content)
    if content.startswith(b"%PDF-"):
        check_pdf(content, partial(_recognise, depth=depth + 1))
        name = "pdf"
    elif content.startswith(b"\xff\xd8\xff"):
        check_jpg(content)
        name = "jpg"
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        check_png(content)
        name = "png"
    else:
        return "csv" if _is_csv(content) else None
    if ends_as_zip(content):
        raise NotAccepted(
            say("Berkas ini sekaligus sebuah arsip ZIP. Simpan ulang, lalu kirim.")
        )
    return name


def _is_csv(content: bytes) -> bool:
    """Whether it is text that does not begin like a page or a program."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        plain = all(letter >= " " or letter in "\t\r\n" for letter in text)
        return plain and not text.lstrip().startswith(("<", "#!", "{\\rtf", "%PDF"))
    return False
