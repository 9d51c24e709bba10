"""Laporan Pengumpulan Data Kinerja: the output of row 5.

What was collected from whom, on what evidence, in what time; the signed Laporan Kinerja
lies inside the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from himpun.collection import queries as collection
from himpun.documents import papers
from himpun.organization import queries as organization
from himpun.procedures import queries as procedures
from himpun.procedures.rules import Part

from .. import queries, rules
from . import parts, texts, times

if TYPE_CHECKING:
    from himpun.collection.queries import TeamShown
    from himpun.procedures.models import Case

    from ..models import Signature
    from .parts import Content, Made


class Collecting:
    """The report on the collection itself."""

    kind: ClassVar = rules.ReportKind.COLLECTION
    work: ClassVar = rules.WORK_DELIVERY

    def gather(self, case: Case, step: str, made: Made) -> Content:
        """Return what the paper says; raises Refusal before anything is signed."""
        signed = queries.signed_of(case)
        if signed is None:
            raise rules.nothing_signed()
        found = collection.accepted_values(case)
        zone = organization.zone_of(case.unit)
        team = collection.team_of(case)
        paper = papers.LaporanPengumpulan(
            head=parts.head(case, made),
            signed_report=signed_report(signed, zone),
            team=_team(team),
            team_members=team.members if team else (),
            supplies=supplies(case),
            values=parts.values(found, zone),
            evidence=parts.evidence(found),
            times=tuple(_time(row) for row in times.steps(case, made.at)),
            waivers=parts.waivers(case),
            exemptions=parts.exemptions(case, zone),
            receipts=_copies(case, step),
            initials=parts.initials(case, step, made),
            signatories=_signatories(case, step, made),
        )
        return parts.Content(paper, parts.exact(found))


def attached_name(signed: Signature) -> str:
    """Return the name of the signed report inside the PDF."""
    return f"laporan-kinerja-ditandatangani.{rules.ENDINGS[signed.signed_mime]}"


def signed_report(signed: Signature, zone: str) -> papers.SignedReport:
    """Return how the paper names the signed report."""
    snapshot = signed.snapshot
    return papers.SignedReport(
        title=f"{snapshot.report.title} {snapshot.case.unit.name} "
        f"{snapshot.case.period.label}",
        number=f"versi {snapshot.number}, kode {rules.printed_code(snapshot.code)}",
        signed_at=texts.moment(signed.signed_at, zone),
        signer=signed.signer_role,
        how=rules.VERDICT[rules.Backend(signed.backend)],
        sha256=signed.signed,
        attached_as=attached_name(signed),
    )


def _team(team: TeamShown | None) -> str:
    if team is None:
        return ""
    if not team.decree_number:
        return f"{team.name}, tanpa SK"
    decreed = texts.day(team.decree_date)
    return f"{team.name}, SK {team.decree_number} {decreed}".strip()


def supplies(case: Case) -> tuple[papers.Supply, ...]:
    """Return what was asked of whom, and how it was answered."""
    return tuple(
        papers.Supply(
            unit=answer.unit,
            what=answer.what,
            due=texts.day(answer.due),
            state=answer.state,
            received=_received(answer),
            closed_by=answer.closed_role,
        )
        for answer in collection.unit_answers(case)
    )


def _received(answer: collection.UnitAnswer) -> str:
    if answer.waiver:
        return f"{answer.state}: {answer.waiver}"
    via = f"lewat {answer.received_via}" if answer.received_via else ""
    return ", ".join(part for part in (via, texts.day(answer.received_on)) if part)


def _time(row: times.StepTime) -> papers.StepTime:
    return papers.StepTime(
        number=str(row.number),
        step=row.name,
        responsible=row.responsible,
        standard=row.standard,
        actual=row.actual,
        state=row.state,
    )


def _copies(case: Case, step: str) -> tuple[papers.Receipt, ...]:
    """Return a line for each receiver; dates of receipt are left to the pen."""
    receivers = procedures.plan_of(case).step(step).copies_to
    return tuple(
        papers.Receipt(queries.titles_of(case, actor), "") for actor in receivers
    )


def _signatories(case: Case, step: str, made: Made) -> tuple[papers.Signatory, ...]:
    """Return the blocks: who takes note on the left, who reports on the right."""
    helpers = [
        helper.actor
        for helper in procedures.plan_of(case).step(step).co_actors
        if Part(helper.way) is Part.ACKNOWLEDGE
    ]
    seated = procedures.actor_hands(case, helpers, made.at)
    knowing = [
        parts.signatory(
            case,
            seated.get(actor, []),
            procedures.positions_of_actor(case.version_id, actor),
            made,
            opening="Mengetahui,",
        )
        for actor in helpers
    ]
    reporting = procedures.step_hands(case, step, made.at)
    positions = procedures.work_positions(case, step)
    return (*knowing, parts.signatory(case, reporting, positions, made))
