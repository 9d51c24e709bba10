"""What several papers say alike: head, values, scale, waivers, exemptions, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from himpun import formula
from himpun.collection import queries as collection
from himpun.documents import papers
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.planning import queries as planning
from himpun.planning.rules import plain
from himpun.procedures import queries as procedures
from himpun.procedures.queries import past
from himpun.procedures.rules import ItemState, Part

from .. import queries, rules
from . import texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from himpun.collection.queries import AcceptedValue, Meaning
    from himpun.organization.models import Unit
    from himpun.planning.rules import Aim
    from himpun.procedures.models import Case

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Made:
    """How a paper is being made: when, under which letter number, if any, by whom."""

    at: datetime
    number: str = ""
    person: int = 0


@dataclass(frozen=True)
class Content:
    """What a paper says: the paper itself, and its values as exact numbers."""

    paper: papers.Paper
    values: Rows


def case_name(case: Case) -> str:
    """Return the short name of a case: "PK-MUNCAR-2024", of an RKT "RKT-MUNCAR-2025"."""
    kind = queries.signed_kind(case)
    made = "RKT" if kind is rules.ReportKind.ANNUAL_PLAN else "PK"
    return f"{made}-{case.unit.short_name.upper()}-{case.period_code}"


def head(case: Case, made: Made) -> papers.Head:
    """Return the head of a paper of this case."""
    office, version = case.unit, case.version
    mark = f", {version.mark}" if version.mark else ""
    return papers.Head(
        letterhead=letterhead(office),
        office=office.name,
        number=made.number,
        period=case.period.label,
        case=case_name(case),
        sop=f"{case.procedure.name}, versi {version.number}{mark}",
        made_at=texts.moment(made.at, organization.zone_of(office)),
    )


def letterhead(office: Unit) -> papers.Letterhead:
    """Return the kop of an office."""
    return papers.Letterhead(
        government=f"PEMERINTAH {office.tenant.name.upper()}",
        office=office.name.upper(),
        address=office.address,
    )


def place(office: Unit) -> str:
    """Return the place in front of a date: "Muncar" for Kecamatan Muncar."""
    return office.name.removeprefix("Kecamatan ")


def values(found: Iterable[AcceptedValue], zone: str) -> tuple[papers.Value, ...]:
    """Return the accepted values as rows of a table with author and verifier."""
    return tuple(
        papers.Value(
            code=v.meaning.code,
            name=v.meaning.name,
            unit=v.meaning.unit_of_measure,
            target=texts.aim(v.target, v.meaning.decimals),
            actual=texts.aim(v.value, v.meaning.decimals),
            achievement=texts.reached(v.measured),
            rank=v.measured.band,
            evidence=len(v.evidence),
            author=v.author_role,
            verifier=v.verifier_role,
            verified_at=texts.brief(v.verified_at, zone),
            reason=v.measured.reason,
        )
        for v in found
    )


def exact(found: Iterable[AcceptedValue]) -> Rows:
    """Return the values as exact numbers: the table that the anchor's hash covers."""
    return [
        {
            "code": v.meaning.code,
            "name": v.meaning.name,
            "version": v.meaning.version,
            "unit": v.meaning.unit_of_measure,
            "target": exact_aim(v.target),
            "actual": exact_aim(v.value),
            "inputs": dict(v.inputs),
            "formula": v.measured.formula,
            "achievement": v.measured.value,
            "averaged": v.measured.averaged,
            "rank": v.measured.band,
            "author": v.author_role,
            "verifier": v.verifier_role,
            "verified_at": v.verified_at,
            "evidence": [sha256 for _name, sha256, _size in v.evidence],
            "meaning": _meaning(v.meaning),
        }
        for v in found
    ]


def exact_aim(aim: Aim | None) -> object:
    """Return a number as itself, a range or grade as the ledger keeps it."""
    return aim if isinstance(aim, Decimal) else plain(aim)


def _meaning(meaning: Meaning) -> dict[str, Any]:
    """Return by what a value was calculated and judged, part by part."""
    return {
        "formula": meaning.formula,
        "components": [
            {
                "code": one.code,
                "name": one.name,
                "unit": one.unit,
                "least": one.least,
                "over_time": one.over_time.value,
            }
            for one in meaning.components
        ],
        "polarity": meaning.polarity,
        "zero_target": meaning.zero_target,
        "zero_actual": meaning.zero_actual,
        "cap": meaning.cap,
        "cap_on": meaning.cap_on,
        "over_time": meaning.over_time,
        "over_units": meaning.over_units,
        "scale": meaning.scale,
        "scale_version": meaning.scale_version,
        "grade_scale": meaning.grade_scale,
        "grade_scale_version": meaning.grade_scale_version,
        "grade_rule": meaning.grade_rule,
    }


def scale(found: Sequence[AcceptedValue], unit: Unit) -> papers.Scale | None:
    """Return the scale under the table, that of the first value; None without values."""
    if not found:
        return None
    first = found[0].meaning
    row = planning.kept_scale(unit, first.scale, first.scale_version)
    bounds = formula.Scale.from_json(row.data).bounds
    return papers.Scale(
        name=f"{row.name}, versi {row.version}",
        source=row.source,
        bands=tuple(papers.ScaleBand(*band) for band in bounds),
    )


CLOSED_WITHOUT = {
    ItemState.NOT_APPLICABLE: "tidak berlaku",
    ItemState.WAIVED: "dikecualikan",
}


def waivers(case: Case) -> tuple[papers.Waiver, ...]:
    """Return every line that was closed without its paper or answer, with the reason."""
    lines = [
        papers.Waiver(
            step=past.number_of(case, line.item.step),
            item=line.item.name,
            kind=CLOSED_WITHOUT[ItemState(line.state)],
            reason=line.reason,
            decided_by=line.item.decided_role,
        )
        for line in procedures.checklist(case)
        if line.state in CLOSED_WITHOUT
    ]
    collecting = procedures.verifying_step(case)
    units = [
        papers.Waiver(
            step=past.number_of(case, collecting),
            item=f"Data dari {answer.unit}",
            kind=answer.state,
            reason=answer.waiver,
            decided_by=answer.closed_role,
        )
        for answer in collection.unit_answers(case)
        if answer.waiver and collecting
    ]
    return (*lines, *units)


def exemptions(case: Case, zone: str) -> tuple[papers.Exemption, ...]:
    """Return the exceptions to "author, verifier and signer are three people"."""
    return tuple(
        papers.Exemption(
            about=row.concerns_role,
            kind=row.kind,
            verifier=row.verifier_role,
            reason=row.reason,
            letter=row.letter,
            decided_by=row.decided_role,
            decided_at=texts.brief(row.decided_at, zone),
        )
        for row in collection.exemptions(case)
    )


def evidence(found: Iterable[AcceptedValue]) -> tuple[papers.EvidenceFile, ...]:
    """Return the evidence of every value, in the values' order."""
    return tuple(
        papers.EvidenceFile(v.meaning.code, name, texts.size(octets), sha256)
        for v in found
        for name, sha256, octets in v.evidence
    )


def initials(case: Case, step: str, made: Made) -> tuple[papers.Initial, ...]:
    """Return a paraf box for each actor who initials the step; it is left to the pen.

    It bears who would do so that day, as the record names him: "Plt. Kasubbag ...
    berdasarkan SPT nomor 8", the position itself while nobody fills it.
    """
    actors = [
        helper.actor
        for helper in procedures.plan_of(case).step(step).co_actors
        if Part(helper.way) is Part.PARAF
    ]
    seated = procedures.actor_hands(case, actors, made.at)
    return tuple(papers.Initial(_roles(case, a, seated.get(a, []))) for a in actors)


def _roles(case: Case, actor: str, hands: Sequence[procedures.Hand]) -> str:
    """Return who may be expected to act: holders there, else who acts for them."""
    there = [hand for hand in hands if not hand.away] or list(hands)
    holders = [hand for hand in there if not hand.mandate] or there
    return ", ".join(hand.role for hand in holders) or queries.titles_of(case, actor)


def capacity(block: papers.Signatory) -> tuple[str, str, str]:
    """Return who signs and as what; two blocks with the same are of the same signer."""
    return block.title, block.basis, block.name


def signatory(
    case: Case,
    hands: Sequence[procedures.Hand],
    positions: Iterable[int],
    made: Made,
    *,
    opening: str = "",
) -> papers.Signatory:
    """Return the block of who signs that day, as the record names him.

    Of several ``hands`` whoever makes the paper, else the first who is not away. Without
    any the block bears the first of the positions and leaves the name open.
    """
    office = case.unit
    today = organization.local_day(made.at, office)
    opening = opening or f"{place(office)}, {texts.day(today)}"
    if not hands:
        position = Position.objects.filter(pk__in=list(positions)).first()
        return papers.Signatory(opening, position.title if position else "")
    there = [hand for hand in hands if not hand.away] or list(hands)
    hand = next((h for h in hands if h.person == made.person), there[0])
    person = organization.people([hand.person])[hand.person]
    return papers.Signatory(
        opening=opening,
        title=hand.title.removesuffix(f", {hand.own}") if hand.own else hand.title,
        name=person.name,
        rank=person.rank,
        nip=person.nip,
        own=hand.own,
        basis=hand.role.removeprefix(hand.title).strip(),
    )
