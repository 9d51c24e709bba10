"""What stands in an office file, as plain grids: DOCX, XLSX or text in, cells out.

Nothing is interpreted here and nothing is left out: each paragraph, table, sheet,
header, comment, deleted text and drawn shape comes out under a name by which people
find it. Uploaded files are hostile: the bounds of `inspecting` hold, and XML with a
DOCTYPE is not read.
"""

from __future__ import annotations

from pathlib import PurePosixPath

from himpun.documents.inspecting.office import LOCKED, office_kind
from himpun.documents.inspecting.refusal import NotAccepted
from himpun.wording import say

from . import letters, plain, workbook
from .model import Arrow, Block, Cell, Scan, Shape
from .package import Package

__all__ = ["Arrow", "Block", "Cell", "NotAccepted", "Scan", "Shape", "read"]

_COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What a file with a password is: a compound file (MS-CFB) with such a stream."""
MOST_BYTES = 10 * 1024 * 1024
MOST_LINES = 30_000
"""Lines of all cells; the form of an SOP of 200 steps has some thousands."""
ENDINGS = say("DOCX, XLSX, atau TXT")


def read(content: bytes, filename: str) -> Scan:
    """Return the grids of a file; raises NotAccepted with a sentence.

    The ending of the name must agree with the content, as for every upload.
    """
    if len(content) > MOST_BYTES:
        raise NotAccepted(
            say(
                "Berkas ini lebih besar dari 10 MB. Simpan halaman yang diperlukan "
                "saja, lalu kirim."
            )
        )
    if not content.strip():
        raise NotAccepted(say("Berkas ini kosong. Pilih berkas lain."))
    ending = PurePosixPath(filename.lower()).suffix.lstrip(".")
    if ending == "txt":
        return _within(plain.read(content))
    if content.startswith(_COMPOUND) and _ENCRYPTED in content:
        raise NotAccepted(LOCKED)
    packed = content.startswith(b"PK\x03\x04")
    if ending not in {"docx", "xlsx"} or not packed or office_kind(content) != ending:
        raise NotAccepted(
            say(
                "Isi berkas ini tidak cocok dengan jenis yang dapat dibaca. Kirim "
                "sebagai %(endings)s dengan akhiran nama yang benar; simpan ulang "
                "DOC, XLS, ODT, atau ODS dari aplikasi kantor.",
                endings=ENDINGS,
            )
        )
    with Package(content) as package:
        scan = letters.read(package) if ending == "docx" else workbook.read(package)
    return _within(scan)


def _within(scan: Scan) -> Scan:
    lines = sum(
        cell.text.count("\n") + 1 for block in scan.blocks for cell in block.cells
    )
    if lines > MOST_LINES:
        raise NotAccepted(
            say(
                "Berkas ini memuat terlalu banyak teks. Simpan halaman yang diperlukan "
                "saja, lalu kirim."
            )
        )
    return scan
