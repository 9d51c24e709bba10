"""Lembar segel: the machine-sealed sheet that anchors the last events of a case."""

from dataclasses import dataclass
from typing import ClassVar

from .parts import EvidenceFile, Head


@dataclass(frozen=True)
class LembarSegel:
    """Stream, head and count of the finished case, and the papers under the seal.

    ``values_hash`` and ``head_hash`` are SHA-256 in hex; ``papers`` names the signed
    report and whatever else the seal vouches for; ``kept_by`` are those who received a
    copy, because a seal proves something only outside the server.
    """

    template: ClassVar[str] = "lembar-segel"
    title: ClassVar[str] = "Lembar Segel Kasus"

    head: Head
    stream: str
    count: int
    head_hash: str
    values_hash: str
    papers: tuple[EvidenceFile, ...]
    kept_by: tuple[str, ...] = ()
