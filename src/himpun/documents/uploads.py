"""What an uploaded file is, by its content; what is not on the list is not taken.

A file is opened just far enough to know its kind, with bounds on size, members and
unpacked bytes. Nothing is ever run, and pictures are not decoded.
"""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
MOST_MEMBERS = 2000
MOST_SIDE = 30_000
"""Pixels; a picture beyond that is an attack on whoever opens it."""
LONGEST_NAME = 200
CHUNK = 1024 * 1024

OPENXML = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPENDOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
ACTIVE = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"})
ACCEPTED = "PDF, JPG, PNG, XLSX, DOCX, ODS, atau CSV"


class NotAccepted(ValueError):  # noqa: N818 - the house names errors by what is wrong
    """The file is not taken; ``str()`` is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Kind:
    """What a file is: its usual ending without dot, and its media type."""

    name: str
    mime: str


def recognise(content: bytes, filename: str) -> Kind:
    """Return what a file is; raises NotAccepted with the reason.

    The name's ending must agree with the content: a file that pretends is not taken.
    """
    if not content:
        raise NotAccepted("Berkas ini kosong. Pilih berkas lain.")
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise NotAccepted(
            f"Berkas ini lebih besar dari {most} MB. Perkecil atau bagi menjadi "
            "beberapa berkas."
        )
    kind = _kind(content)
    ending = PurePosixPath(filename.lower()).suffix.lstrip(".")
    known = {"jpeg": "jpg", "txt": "csv"}.get(ending, ending)
    if kind is None or (known != kind.name):
        raise NotAccepted(
            f"Isi berkas {_short(filename)} tidak cocok dengan jenis yang diterima. "
            f"Kirim {ACCEPTED} dengan akhiran nama yang benar."
        )
    return kind


def _short(filename: str) -> str:
    return filename if len(filename) <= LONGEST_NAME else filename[:40] + "..."


def _kind(content: bytes) -> Kind | None:
    for start, look in _LOOKS.items():
        if content.startswith(start):
            return look(content)
    return _csv(content)


def _pdf(content: bytes) -> Kind:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            _refuse_active(pdf)
    except pikepdf.PasswordError:
        raise NotAccepted(
            "PDF ini terkunci kata sandi. Kirim salinan tanpa kata sandi."
        ) from None
    except (pikepdf.PdfError, RuntimeError):
        raise NotAccepted("PDF ini rusak dan tidak dapat dibuka.") from None
    return Kind("pdf", "application/pdf")


def _refuse_active(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.get("/Names", {})
    active = "/JavaScript" in names or any(
        str(action.get("/S", "")) in ACTIVE for action in _actions(pdf)
    )
    if active:
        raise NotAccepted(
            "PDF ini memuat program (skrip atau perintah). Cetak ulang menjadi PDF "
            "biasa, lalu kirim."
        )


def _actions(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every action that opens with the document, its pages or annotations."""
    holders = [pdf.Root, *(page.obj for page in pdf.pages)]
    for page in pdf.pages:
        holders += list(page.obj.get("/Annots", []))
    for holder in holders:
        if not isinstance(holder, pikepdf.Dictionary):
            continue
        for name in ("/OpenAction", "/A"):
            action = holder.get(name)
            if isinstance(action, pikepdf.Dictionary):
                yield action
        extra = holder.get("/AA")
        if isinstance(extra, pikepdf.Dictionary):
            yield from (a for a in extra.values() if isinstance(a, pikepdf.Dictionary))


def _jpg(content: bytes) -> Kind:
    _refuse_large(_jpg_size(content))
    return Kind("jpg", "image/jpeg")


def _jpg_size(content: bytes) -> tuple[int, int]:
    """Return (width, height) from the frame header, walking the segments."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004 - a marker
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # noqa: PLR2004 - SOFn of ISO/IEC 10918-1
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + max(length, 2)
    raise NotAccepted("Gambar JPG ini rusak. Kirim salinan lain.")


def _png(content: bytes) -> Kind:
    if content[12:16] != b"IHDR" or b"IEND" not in content[-12:]:
        raise NotAccepted("Gambar PNG ini rusak. Kirim salinan lain.")
    _refuse_large(struct.unpack(">II", content[16:24]))
    return Kind("png", "image/png")


def _refuse_large(size: tuple[int, ...]) -> None:
    if not all(0 < side <= MOST_SIDE for side in size):
        raise NotAccepted(
            f"Ukuran gambar ini tidak wajar. Sisi terpanjang paling banyak {MOST_SIDE} "
            "piksel."
        )


def _office(content: bytes) -> Kind | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_bomb(archive, members, len(content))
            return _office_kind(archive, {member.filename for member in members})
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        if isinstance(error, NotAccepted):
            raise
        raise NotAccepted("Berkas kantor ini rusak dan tidak dapat dibuka.") from None


def _refuse_bomb(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed: int
) -> None:
    """Read what is really in there; a declared size may lie."""
    if len(members) > MOST_MEMBERS:
        raise NotAccepted("Berkas ini memuat terlalu banyak bagian.")
    most = min(MOST_UNPACKED, max(packed, CHUNK) * MOST_RATIO)
    read = 0
    for member in members:
        if member.flag_bits & 1:
            raise NotAccepted(
                "Berkas ini terkunci kata sandi. Kirim salinan tanpa kata sandi."
            )
        name = PurePosixPath(member.filename)
        if name.is_absolute() or ".." in name.parts:
            raise NotAccepted("Berkas ini memuat nama bagian yang tidak aman.")
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                read += len(chunk)
                if read > most:
                    raise NotAccepted("Berkas ini mengembang terlalu besar.")


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> Kind | None:
    if any(name.startswith("Basic/") or "vbaProject" in name for name in names):
        raise NotAccepted("Berkas ini memuat makro. Simpan tanpa makro, lalu kirim.")
    if "mimetype" in names and archive.read("mimetype") == OPENDOCUMENT.encode():
        return Kind("ods", OPENDOCUMENT)
    if "[Content_Types].xml" in names:
        types = archive.read("[Content_Types].xml")
        for name, mime in OPENXML.items():
            if f'"{mime}.main+xml"'.encode() in types:
                return Kind(name, mime)
    return None


def _csv(content: bytes) -> Kind | None:
    """Text without control characters that does not begin like a page or a program."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        plain = all(c >= " " or c in "\t\r\n" for c in text)
        if plain and not text.lstrip().startswith(("<", "#!", "{\\rtf")):
            return Kind("csv", "text/csv")
        return None
    return None


_LOOKS: dict[bytes, Callable[[bytes], Kind | None]] = {
    b"%PDF-": _pdf,
    b"\xff\xd8\xff": _jpg,
    b"\x89PNG\r\n\x1a\n": _png,
    b"PK\x03\x04": _office,
}
