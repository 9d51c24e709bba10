"""Plain text as a grid: a line is a row, tabs part the cells.

Texts taken from web pages and converters carry a few tags and `**`; tags become line
breaks and nothing else of them is read.
"""

from __future__ import annotations

import re

from himpun.documents.inspecting.refusal import NotAccepted
from himpun.wording import say

from .model import Block, Cell, Scan

MOST_BYTES = 1024 * 1024
_TAG = re.compile(
    r"</?(?:a|b|br|center|div|em|font|h[1-6]|hr|i|li|ol|p|span|strong|sub|sup|"
    r"table|tbody|td|th|thead|tr|u|ul)\b(?:\s[^<>]{0,200}|/)?>",
    re.IGNORECASE,
)
"""Tags that text from a web page carries; `<Nama Kepala>` is a blank to fill in."""


def read(content: bytes) -> Scan:
    """Return the grid of a text file; raises NotAccepted for what is no text."""
    if len(content) > MOST_BYTES:
        raise NotAccepted(
            say("Berkas teks ini lebih besar dari 1 MB. Kirim SOP-nya saja.")
        )
    cells = [
        Cell(f"Baris {row + 1}, kolom {column + 1}", row, column, text)
        for row, line in enumerate(decoded(content).split("\n"))
        for column, part in enumerate(line.replace("**", "").split("\t"))
        if (text := _plain(part))
    ]
    return Scan((Block("Teks", tuple(cells)),))


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8 or the older code page of Windows.

    Raises NotAccepted for what is no text.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if all(letter.isprintable() or letter in "\t\n\xa0\xad" for letter in text):
            return text
    raise NotAccepted(
        say("Berkas ini bukan teks biasa. Simpan ulang sebagai teks UTF-8, lalu kirim.")
    )


def _plain(part: str) -> str:
    lines = (line.strip() for line in _TAG.sub("\n", part).split("\n"))
    return "\n".join(line for line in lines if line)
