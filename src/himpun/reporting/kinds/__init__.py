"""One small class for each paper: what it says of a case, gathered into frozen data."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from himpun.documents import papers

from ..rules import ReportKind
from . import performance, promises
from .collecting import Collecting
from .control import Control
from .performance import Performance
from .promises import Agreement, AnnualPlan
from .recap import Recap

if TYPE_CHECKING:
    from collections.abc import Callable

    from himpun.procedures.models import Case

    from .parts import Content, Made


class Kind(Protocol):
    """A kind of paper that people make in a step of a case.

    ``work`` is the kind of step (`himpun.sop.kinds`) in which it is made.
    """

    kind: ClassVar[ReportKind]
    work: ClassVar[str]

    def gather(self, case: Case, step: str, made: Made) -> Content:
        """Return what the paper says of the case at this moment."""


KINDS: dict[ReportKind, Kind] = {
    kind.kind: kind
    for kind in (
        *(Recap(), Performance(), Collecting(), Control()),
        *(AnnualPlan(), Agreement()),
    )
}
SIGNATORIES: dict[ReportKind, Callable[[Case, Made], papers.Signatory]] = {
    ReportKind.PERFORMANCE: performance.signatory,
    ReportKind.ANNUAL_PLAN: performance.signatory,
    ReportKind.AGREEMENT: promises.first_party,
}
"""Who signs a paper that day, as its block of the signature names him."""


def printed_signatory(paper: papers.Paper) -> papers.Signatory | None:
    """Return the block of who signs a paper; None on a paper that nobody signs."""
    if isinstance(paper, papers.LaporanKinerja):
        return paper.signatory
    if isinstance(paper, papers.RencanaKinerja | papers.PerjanjianKinerja):
        return paper.signatories[-1]
    return None
