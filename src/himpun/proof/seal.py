"""The anchor: what a signed or sealed PDF carries of the record, as ``himpun.json``.

It holds the head of a stream and the hashes of its first events, so that nobody can
rewrite them later without disagreeing with every copy of the paper; and the table of
values that the paper prints. What it says counts only under a signature that was
checked with a certificate from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from himpun.wording import say

from .canon import NotCanonical, canonical, read_canonical
from .hashes import is_hex_hash, values_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "himpun-anchor/1"
LARGEST = 16 * 1024 * 1024
"""Bytes of the largest anchor that is read; a case of 100 000 events needs 7 MB."""


class BadAnchor(ValueError):
    """Bytes that are no anchor; ``str()`` is a sentence for the user."""


class SealKind(StrEnum):
    """Which paper carries the anchor."""

    PAPER = "paper"
    CASE = "case"


@dataclass(frozen=True)
class Anchor:
    """The first ``count`` events of a stream, by their hashes in hex, and its head."""

    stream: str
    count: int
    head: str
    hashes: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse an anchor that contradicts itself; raises BadAnchor."""
        if not self.hashes or self.count != len(self.hashes):
            raise BadAnchor(
                say("Jangkar rusak: jumlah peristiwa tidak sama dengan isinya.")
            )
        if not all(map(is_hex_hash, self.hashes)):
            raise BadAnchor(say("Jangkar rusak: sidik peristiwa bukan SHA-256."))
        if self.head != self.hashes[-1]:
            raise BadAnchor(say("Jangkar rusak: kepala rantai bukan sidik terakhir."))


@dataclass(frozen=True)
class AnchorFile:
    """What is attached to a paper.

    ``document`` is the paper's own id, ``template`` the name and version of its form,
    ``values`` the rows it prints (plain values; decimals become texts), ``files`` other
    files that it vouches for: name -> SHA-256 in hex.
    """

    kind: SealKind
    anchor: Anchor
    document: str
    template: str
    values: tuple[Mapping[str, object], ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def build_anchor(file: AnchorFile) -> bytes:
    """Return the bytes to attach; raises NotCanonical for values without that form."""
    return canonical(
        {
            "format": FORMAT,
            "kind": file.kind.value,
            "document": file.document,
            "template": file.template,
            "stream": file.anchor.stream,
            "count": file.anchor.count,
            "head": file.anchor.head,
            "hashes": file.anchor.hashes,
            "values": file.values,
            "values_hash": values_hash(file.values),
            "files": file.files,
        }
    )


def parse_anchor(data: bytes) -> AnchorFile:
    """Read what `build_anchor` gave, exactly; raises BadAnchor for anything else."""
    if len(data) > LARGEST:
        raise BadAnchor(say("Lampiran jangkar terlalu besar untuk diperiksa."))
    try:
        row = read_canonical(data)
    except NotCanonical:
        raise BadAnchor(say("Lampiran himpun.json rusak atau telah diubah.")) from None
    if not isinstance(row, dict) or row.get("format") != FORMAT:
        raise BadAnchor(
            say("Lampiran himpun.json bukan jangkar %(wanted)s.", wanted=FORMAT)
        )
    if _shape(row) != SHAPE:
        raise BadAnchor(say("Lampiran himpun.json tidak memuat isian yang seharusnya."))
    return _read(row)


SHAPE = {
    "format": str,
    "kind": str,
    "document": str,
    "template": str,
    "stream": str,
    "count": int,
    "head": str,
    "hashes": list,
    "values": list,
    "values_hash": str,
    "files": dict,
}


def _shape(row: Mapping[str, object]) -> dict[str, type]:
    return {name: type(value) for name, value in row.items()}


def _read(row: Mapping[str, Any]) -> AnchorFile:
    if row["kind"] not in list(SealKind):
        raise BadAnchor(
            say("Lampiran himpun.json dari jenis kertas yang tidak dikenal.")
        )
    if not all(isinstance(value, dict) for value in row["values"]):
        raise BadAnchor(say("Tabel nilai dalam lampiran himpun.json rusak."))
    if row["values_hash"] != values_hash(row["values"]):
        raise BadAnchor(say("Tabel nilai dalam lampiran tidak cocok dengan sidiknya."))
    if not all(map(is_hex_hash, row["files"].values())):
        raise BadAnchor(say("Sidik berkas dalam lampiran himpun.json bukan SHA-256."))
    return AnchorFile(
        kind=SealKind(row["kind"]),
        anchor=Anchor(row["stream"], row["count"], row["head"], tuple(row["hashes"])),
        document=row["document"],
        template=row["template"],
        values=tuple(row["values"]),
        files=row["files"],
    )
