"""One small class for each paper: what it says of a case, gathered into frozen data."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from .collecting import Collecting
from .control import Control
from .performance import Performance
from .recap import Recap

if TYPE_CHECKING:
    from himpun.procedures.models import Case

    from ..rules import ReportKind
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
    kind.kind: kind for kind in (Recap(), Performance(), Collecting(), Control())
}
