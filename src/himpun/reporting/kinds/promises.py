"""Perjanjian Kinerja and RKT as papers, from what planning pinned: concepts, no more.

They are drawn when asked for and recorded nowhere; the footer says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun.documents import papers
from himpun.organization import queries as organization
from himpun.organization.rules import PositionKind
from himpun.planning import rules as planning
from himpun.worktime.periods import Period, PeriodKind

from . import parts, texts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.organization.models import Official, Unit
    from himpun.planning.models import AnnualPlan, PerjanjianKinerja
    from himpun.planning.models.agreements import Pinned

CONCEPT = "KONSEP, belum ditandatangani"


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
            _block("Pihak Pertama", row.first_official, row.first_role),
        ),
        dated=dated,
        agency=row.first.kind == PositionKind.HEAD,
        change=reason if row.reason else "",
    )


def annual_plan_paper(plan: AnnualPlan, at: datetime) -> papers.RencanaKinerja:
    """Return the RKT of a year."""
    return papers.RencanaKinerja(
        head=_head(plan.unit, plan.year, at),
        promises=_promises(plan.indicators.select_related("meaning")),
        funding=tuple(
            papers.Funding(one.name, _rupiah(one.amount))
            for one in plan.programmes.all()
        ),
        version=f"Versi {plan.number}.",
    )


def _head(office: Unit, year: int, at: datetime) -> papers.Head:
    return papers.Head(
        letterhead=parts.letterhead(office),
        office=office.name,
        number="",
        period=Period(PeriodKind.YEAR, year).label,
        case="",
        sop="",
        made_at=texts.moment(at, organization.zone_of(office)),
    )


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


def _rupiah(amount: int | None) -> str:
    return "" if amount is None else planning.say_rupiah(amount)


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
