"""Lembar segel: one machine-sealed page that anchors a finished case to its last event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun import proof
from himpun.documents import papers
from himpun.procedures import queries as procedures

from .. import queries
from . import parts, texts

if TYPE_CHECKING:
    from himpun.procedures.models import Case

    from .parts import Made


@dataclass(frozen=True)
class Kept:
    """A paper under the seal: what it is, its file's name, size and SHA-256."""

    about: str
    name: str
    size: int
    sha256: str


def sheet(  # noqa: PLR0913 - what the sheet says
    case: Case,
    made: Made,
    *,
    count: int,
    head: str,
    values: parts.Rows,
    kept: list[Kept],
) -> papers.LembarSegel:
    """Return the seal sheet of a finished case."""
    return papers.LembarSegel(
        head=parts.head(case, made),
        stream=case.stream,
        count=count,
        head_hash=head,
        values_hash=proof.values_hash(values),
        papers=tuple(
            papers.EvidenceFile(k.about, k.name, texts.size(k.size), k.sha256)
            for k in kept
        ),
        kept_by=tuple(
            receipt.received_role or queries.titles_of(case, receipt.actor)
            for receipt in procedures.receipts(case)
        ),
    )
