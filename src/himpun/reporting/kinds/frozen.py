"""A paper frozen: canonical bytes that hold all it says, and its PDF made of them alone.

Years later the same bytes give the same paper, whatever became of the indicator, the
official or the office's name. ``template`` names the form and its version.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from himpun import proof
from himpun.documents import papers

from .. import rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .parts import Content, Rows

FORMAT = "himpun-potret/1"
PAPERS: dict[rules.ReportKind, type[papers.Paper]] = {
    rules.ReportKind.RECAP: papers.Rekapitulasi,
    rules.ReportKind.PERFORMANCE: papers.LaporanKinerja,
    rules.ReportKind.COLLECTION: papers.LaporanPengumpulan,
    rules.ReportKind.CONTROL: papers.LembarKendali,
    rules.ReportKind.SEAL: papers.LembarSegel,
    rules.ReportKind.ANNUAL_PLAN: papers.RencanaKinerja,
    rules.ReportKind.AGREEMENT: papers.PerjanjianKinerja,
}


@dataclass(frozen=True)
class Issue:
    """What stands on every page of a paper besides what it says.

    ``certificate`` is the fingerprint of the installation's seal; ``mark`` what the SOP
    version puts on its papers ("CONTOH, belum disahkan"); ``head`` and ``count`` the
    record as it stood when the paper was frozen, empty for a draft to be signed.
    """

    at: datetime
    code: str
    public_url: str
    certificate: str
    mark: str
    head: str = ""
    count: int = 0


@dataclass(frozen=True)
class Frozen:
    """A paper as read back from its bytes."""

    kind: rules.ReportKind
    template: str
    paper: papers.Paper
    values: Rows
    issue: Issue


def template_of(kind: rules.ReportKind) -> str:
    """Return the form of a kind of paper with its version: "laporan-kinerja/1"."""
    return f"{PAPERS[kind].template}/{papers.TEMPLATE_VERSION}"


def freeze(kind: rules.ReportKind, content: Content, issue: Issue) -> bytes:
    """Return the canonical bytes of a paper."""
    return proof.canonical(
        {
            "format": FORMAT,
            "kind": str(kind),
            "template": template_of(kind),
            "paper": papers.plain(content.paper),
            "values": content.values,
            "issue": vars(issue),
        }
    )


def thaw(data: bytes | memoryview) -> Frozen:
    """Return the paper of its bytes; raises NotCanonical for any others."""
    row: dict[str, Any] = proof.read_canonical(bytes(data))
    kind = rules.ReportKind(row["kind"])
    issue = row["issue"]
    return Frozen(
        kind=kind,
        template=row["template"],
        paper=papers.restored(PAPERS[kind], row["paper"]),
        values=row["values"],
        issue=Issue(**{**issue, "at": datetime.fromisoformat(issue["at"])}),
    )


def show(
    frozen: Frozen,
    *,
    head: str = "",
    count: int = 0,
    mark: str = "",
    attached: Sequence[papers.Attached] = (),
) -> bytes:
    """Return the PDF of a paper; with another head of the record when it is signed."""
    issue = frozen.issue
    marks = " \N{MIDDLE DOT} ".join(part for part in (issue.mark, mark) if part)
    stamp = papers.Stamp(
        at=issue.at,
        public_url=issue.public_url,
        code=rules.printed_code(issue.code),
        certificate=issue.certificate,
        head=head or issue.head,
        count=count or issue.count,
        mark=marks,
    )
    return papers.render(frozen.paper, stamp, attached=tuple(attached))


def sha256(data: bytes) -> str:
    """Return the SHA-256 (hex) that names a frozen paper in the record."""
    return hashlib.sha256(data).hexdigest()
