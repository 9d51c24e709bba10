"""DOCX, XLSX and ODS: archives unpacked only to count, and read only to know.

XML is looked at by expat as far as its root element; a DOCTYPE ends the reading, so no
entity is ever expanded.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from xml.parsers import expat

from himpun.wording import say

from .refusal import NotAccepted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
MOST_MEMBERS = 2000
CHUNK = 1024 * 1024

OPENXML = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
OPENDOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(NotImplementedError, EOFError, ValueError, KeyError, OSError),
)
"""What the zip module raises for a damaged archive."""
END = b"PK\x05\x06"
END_LENGTH = 22
MACROS = re.compile(
    r"vbaproject|activex|macrosheets|oleobject|^basic/|^scripts/", re.IGNORECASE
)
OUTSIDE = ("attachedTemplate", "oleObject", "frame", "subDocument", "control")
"""Relations that fetch and open something foreign; links to pages and books do not."""


def ends_as_zip(content: bytes) -> bool:
    """Whether a zip directory ends exactly where the file ends."""
    at = content.rfind(END)
    if at < 0 or at + END_LENGTH > len(content):
        return False
    return at + END_LENGTH + int.from_bytes(
        content[at + 20 : at + 22], "little"
    ) == len(content)


def office_kind(content: bytes) -> str | None:
    """Return "docx", "xlsx", "ods", or None for another archive.

    Raises NotAccepted for a damaged or locked one, a bomb, macros, foreign parts.
    """
    if not ends_as_zip(content):
        raise NotAccepted(
            say("Berkas kantor ini rusak atau terpotong. Kirim salinan lain.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _refuse_names(members)
            _refuse_bomb(archive, members, len(content))
            _refuse_xml(archive, members)
            return _kind(archive, {member.filename for member in members})
    except NotAccepted:
        raise
    except UNREADABLE:
        raise NotAccepted(
            say("Berkas kantor ini rusak dan tidak dapat dibuka. Kirim salinan lain.")
        ) from None


def _refuse_names(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise NotAccepted(say("Berkas ini memuat terlalu banyak bagian."))
    if any(member.flag_bits & 1 for member in members):
        raise NotAccepted(LOCKED)
    paths = [PurePosixPath(member.filename) for member in members]
    names = {member.filename.casefold() for member in members}
    strange = any(path.is_absolute() or ".." in path.parts for path in paths)
    if strange or len(names) != len(members):
        raise NotAccepted(say("Berkas ini memuat nama bagian yang tidak aman."))
    if any(MACROS.search(name) for name in names):
        raise NotAccepted(
            say(
                "Berkas ini memuat makro atau objek lain. Simpan tanpa makro, lalu "
                "kirim."
            )
        )


LOCKED = say("Berkas ini terkunci kata sandi. Kirim salinan tanpa kata sandi.")


def _refuse_bomb(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], packed: int
) -> None:
    """Read what is really in there; a declared size may lie."""
    most = min(MOST_UNPACKED, max(packed, CHUNK) * MOST_RATIO)
    read = 0
    for member in members:
        with archive.open(member) as part:
            while chunk := part.read(CHUNK):
                read += len(chunk)
                if read > most:
                    raise NotAccepted(say("Berkas ini mengembang terlalu besar."))


def _refuse_xml(archive: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> None:
    for member in members:
        ending = PurePosixPath(member.filename).suffix.lower()
        if ending not in {".xml", ".rels", ".vml"}:
            continue
        whole = ending == ".rels"
        with archive.open(member) as part:
            _read_xml(part.read() if whole else part.read(CHUNK), whole=whole)


class _RootSeen(Exception):
    pass


def _read_xml(text: bytes, *, whole: bool) -> None:
    """Refuse a DOCTYPE before the root, and relations that open foreign files."""

    def doctype(*_: object) -> None:
        raise NotAccepted(say("Berkas ini memuat XML yang tidak aman."))

    def element(_name: str, attributes: Mapping[str, str]) -> None:
        if not whole:
            raise _RootSeen
        relation = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External" and relation in OUTSIDE:
            raise NotAccepted(
                say(
                    "Berkas ini membuka berkas lain dari luar. Simpan sebagai berkas "
                    "baru tanpa templat atau objek tertaut, lalu kirim."
                )
            )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    with suppress(_RootSeen):
        try:
            parser.Parse(text, True)  # noqa: FBT003 - the signature of expat
        except (expat.ExpatError, LookupError):  # LookupError: an unknown encoding
            raise NotAccepted(say("Berkas ini memuat XML yang rusak.")) from None


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "mimetype" in names:
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise NotAccepted(LOCKED)
        return "ods" if archive.read("mimetype") == OPENDOCUMENT.encode() else None
    if "[Content_Types].xml" in names:
        types = archive.read("[Content_Types].xml").replace(b"'", b'"')
        for name, mime in OPENXML.items():
            if f'"{mime}.main+xml"'.encode() in types:
                return name
    return None
