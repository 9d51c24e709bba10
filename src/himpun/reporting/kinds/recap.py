"""Rekapitulasi Laporan Data Kinerja: the accepted values on one table (row 3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from himpun.collection import queries as collection
from himpun.documents import papers
from himpun.organization import queries as organization

from .. import rules
from . import parts

if TYPE_CHECKING:
    from himpun.procedures.models import Case

    from .parts import Content, Made


class Recap:
    """Every accepted value with author and verifier; waivers; exemptions."""

    kind: ClassVar = rules.ReportKind.RECAP
    work: ClassVar = rules.WORK_REPORT

    def gather(self, case: Case, step: str, made: Made) -> Content:
        """Return what the paper says now."""
        found = collection.accepted_values(case)
        zone = organization.zone_of(case.unit)
        paper = papers.Rekapitulasi(
            head=parts.head(case, made),
            values=parts.values(found, zone),
            scale=parts.scale(found, case.unit),
            waivers=parts.waivers(case),
            exemptions=parts.exemptions(case, zone),
            initials=parts.initials(case, step, made),
        )
        return parts.Content(paper, parts.exact(found))
