"""Perjanjian Kinerja and RKT as papers, from what planning pinned.

A case of an SOP whose settings say so (`kertas`) makes one of them, and it is frozen,
signed and kept as every paper is. Outside a case they are drawn as concepts: recorded
nowhere, and the footer says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from himpun.documents import papers
from himpun.organization import queries as organization
from himpun.organization.models import Official
from himpun.organization.rules import PositionKind, acting_title
from himpun.planning import models, rules
from himpun.procedures import queries as procedures
from himpun.worktime.periods import Period, PeriodKind

from .. import queries
from ..rules import (
    WORK_REPORT,
    ReportKind,
    nothing_planned,
    one_position,
    other_party,
)
from . import parts, performance, texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.organization.models import Unit
    from himpun.planning.models import PerjanjianKinerja
    from himpun.planning.models.agreements import Funded, Pinned
    from himpun.procedures.models import Case

    from .parts import Content, Made, Rows

CONCEPT = "KONSEP, belum ditandatangani"
FIRST = "Pihak Pertama"


class AnnualPlan:
    """The RKT of the case's year, set by whom the SOP lets sign it."""

    kind: ClassVar = ReportKind.ANNUAL_PLAN
    work: ClassVar = WORK_REPORT

    def gather(self, case: Case, step: str, made: Made) -> Content:
        """Return what the paper says; raises Refusal without an RKT of the year."""
        plan = queries.promise_of(case)
        if not isinstance(plan, models.AnnualPlan):
            raise nothing_planned(self.kind, case.period.year)
        paper = replace(
            annual_plan_paper(plan, made.at),
            head=_head_of_case(case, plan.year, made),
            initials=parts.initials(case, step, made),
            signatories=(performance.signatory(case, made),),
        )
        return parts.Content(paper, _values(self.kind, plan))


class Agreement:
    """The PK of the position that signs: it is the first party."""

    kind: ClassVar = ReportKind.AGREEMENT
    work: ClassVar = WORK_REPORT

    def gather(self, case: Case, step: str, made: Made) -> Content:  # noqa: ARG002 - the same for every step
        """Return what the paper says; raises Refusal without a PK of who signs."""
        if len(procedures.signer_positions(case)) != 1:
            raise one_position()
        row = queries.promise_of(case)
        if not isinstance(row, models.PerjanjianKinerja):
            raise nothing_planned(self.kind, case.period.year)
        paper = agreement_paper(row, made.at)
        now = first_party(case, made)
        promised = paper.signatories[-1]
        if parts.capacity(promised) != parts.capacity(now):
            raise other_party(_said(promised), _said(now))
        paper = replace(paper, head=_head_of_case(case, row.year, made))
        return parts.Content(paper, _values(self.kind, row))


def first_party(case: Case, made: Made) -> papers.Signatory:
    """Return the block of the first party as somebody holds the position that day."""
    day = organization.local_day(made.at, case.unit)
    held = organization.holders_of(procedures.signer_positions(case), day)
    if len(held) != 1:
        return papers.Signatory(f"{FIRST},", "")
    [one] = held
    official = Official.objects.select_related("person").get(pk=one.official)
    return _block(FIRST, official, acting_title(one.title, one.status, one.letter))


def draw(paper: papers.Paper, at: datetime) -> bytes:
    """Return the PDF of a concept: no code, no head of the record, marked as such."""
    stamp = papers.Stamp(at=at, public_url="", code="", certificate="", mark=CONCEPT)
    return papers.render(paper, stamp)


def agreement_paper(row: PerjanjianKinerja, at: datetime) -> papers.PerjanjianKinerja:
    """Return statement and annex of a PK, with its parties as they held office."""
    office = row.first.unit.office or row.first.unit
    dated = f"{row.place or parts.place(office)}, {texts.day(row.agreed_on)}"
    reason = f"Perubahan ke-{row.number - 1}, karena {row.reason}."
    return papers.PerjanjianKinerja(
        head=_head(office, row.year, at),
        first=papers.Party(row.first_official.person.name, row.first_role),
        second=papers.Party(row.second_official.person.name, row.second_role),
        promises=_promises(row.indicators.select_related("meaning")),
        funding=tuple(
            papers.Funding(one.name, _rupiah(one.amount), one.note)
            for one in row.programmes.all()
        ),
        signatories=(
            _block("Pihak Kedua", row.second_official, row.second_role),
            _block(FIRST, row.first_official, row.first_role),
        ),
        dated=dated,
        agency=row.first.kind == PositionKind.HEAD,
        change=reason if row.reason else "",
    )


def annual_plan_paper(plan: models.AnnualPlan, at: datetime) -> papers.RencanaKinerja:
    """Return the RKT of a year."""
    rests = f", berdasarkan {plan.renstra}" if plan.renstra else ""
    return papers.RencanaKinerja(
        head=_head(plan.unit, plan.year, at),
        promises=_promises(plan.indicators.select_related("meaning")),
        funding=tuple(
            papers.Funding(one.name, _rupiah(one.amount))
            for one in plan.programmes.all()
        ),
        version=f"Versi {plan.number}{rests}.",
    )


def _head(office: Unit, year: int, at: datetime) -> papers.Head:
    return papers.Head(
        letterhead=parts.letterhead(office),
        office=office.name,
        number="",
        period=_year(year),
        case="",
        sop="",
        made_at=texts.moment(at, organization.zone_of(office)),
    )


def _head_of_case(case: Case, year: int, made: Made) -> papers.Head:
    return replace(parts.head(case, made), period=_year(year))


def _year(year: int) -> str:
    return Period(PeriodKind.YEAR, year).label


def _promises(rows: Iterable[Pinned]) -> tuple[papers.Promise, ...]:
    found = []
    above = ""
    for row in rows:
        target = texts.aim(row.aim, row.meaning.decimals)
        found.append(
            papers.Promise(
                outcome="" if row.serves == above else row.serves,
                indicator=row.meaning.name,
                target=f"{target} {row.meaning.unit_of_measure}",
            )
        )
        above = row.serves
    return tuple(found)


def _values(kind: ReportKind, row: models.AnnualPlan | PerjanjianKinerja) -> Rows:
    """Return what is promised as exact values: the table that the anchor's hash covers."""
    pinned: Iterable[Pinned] = row.indicators.select_related("meaning__indicator")
    funded: Iterable[Funded] = row.programmes.select_related("programme")
    return [
        {"paper": str(kind), "year": row.year, "number": row.number},
        *(
            {
                "code": one.meaning.indicator.code,
                "name": one.meaning.name,
                "version": one.meaning.number,
                "unit": one.meaning.unit_of_measure,
                "target": parts.exact_aim(one.aim),
                "serves": one.serves,
            }
            for one in pinned
        ),
        *(
            {"programme": one.programme.code, "name": one.name, "amount": one.amount}
            for one in funded
        ),
    ]


def _rupiah(amount: int | None) -> str:
    return "" if amount is None else rules.say_rupiah(amount)


def _said(block: papers.Signatory) -> str:
    return ", ".join(part for part in (block.name, block.title) if part)


def _block(opening: str, official: Official, role: str) -> papers.Signatory:
    title, _by, basis = role.partition(" berdasarkan ")
    person = official.person
    return papers.Signatory(
        opening=f"{opening},",
        title=title,
        name=person.name,
        rank=person.rank,
        nip=person.nip,
        basis=f"berdasarkan {basis}" if basis else "",
    )
