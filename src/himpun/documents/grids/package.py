"""An office archive opened for reading: parts as XML trees, relations, bounds.

Names of elements and attributes are compared without their namespace, so that the
transitional and the strict form of Office Open XML (ECMA-376) are read alike.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from himpun.documents.inspecting.office import UNREADABLE
from himpun.documents.inspecting.refusal import NotAccepted
from himpun.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

MOST_XML = 16 * 1024 * 1024
"""Bytes of one part that is read whole; an SOP of 200 steps has a thirtieth."""
DEEPEST = 120
DAMAGED = say("Berkas kantor ini rusak dan tidak dapat dibuka. Kirim salinan lain.")


def tag(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute by its name without namespace; "" when there is none."""
    if element is None:
        return ""
    found = element.get(name)
    if found is not None:
        return found
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first descendant along a path of names; None when there is none."""
    for name in names:
        if element is None:
            return None
        element = next((inner for inner in element if tag(inner) == name), None)
    return element


def inside(element: Element | None, name: str) -> Iterator[Element]:
    """Yield every descendant of a name, in document order."""
    if element is not None:
        yield from (inner for inner in element.iter() if tag(inner) == name)


def whole(text: str, default: int = 0) -> int:
    """Return a number of at most nine digits, else the default."""
    digits = text.strip().removeprefix("-")
    usable = digits.isascii() and digits.isdigit() and len(digits) < 10  # noqa: PLR2004 - in the docstring
    return int(text) if usable else default


class Package:
    """An archive that `office_kind` has let through; use it in a `with` statement."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = frozenset(self._archive.namelist())

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def xml(self, name: str) -> Element | None:
        """Return the root of a part, None where there is no such part."""
        if name not in self.names:
            return None
        if self._archive.getinfo(name).file_size > MOST_XML:
            raise NotAccepted(
                say(
                    "Isi berkas ini terlalu panjang. Simpan halaman yang diperlukan "
                    "saja, lalu kirim."
                )
            )
        try:
            return _parsed(self._archive.read(name))
        except (*UNREADABLE, ParseError, DefusedXmlException, LookupError) as error:
            if isinstance(error, NotAccepted):
                raise
            raise NotAccepted(DAMAGED) from None

    def relations(self, part: str) -> dict[str, str]:
        """Return the parts that a part refers to: relation id -> name in the archive."""
        folder, name = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{name}.rels")
        return {
            attribute(one, "Id"): posixpath.normpath(
                posixpath.join("/", folder, attribute(one, "Target"))
            ).lstrip("/")
            for one in (() if root is None else root)
            if attribute(one, "TargetMode") != "External"
        }


def _parsed(text: bytes) -> Element:
    """Parse XML no deeper than any office program nests it, without DOCTYPE."""
    depth = 0
    root: Element | None = None
    for event, element in iterparse(
        io.BytesIO(text), events=("start", "end"), forbid_dtd=True
    ):
        if root is None:
            root = element
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise NotAccepted(
                say("Berkas ini memuat XML yang bersarang terlalu dalam.")
            )
    if root is None:
        raise NotAccepted(DAMAGED)
    return root
