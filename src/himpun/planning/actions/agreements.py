"""Keeping the instruments of a year: the RKT and the Perjanjian Kinerja."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.organization import queries as organization
from himpun.organization.models import Position
from himpun.organization.rules import acting_title
from himpun.shared.refusals import Refusal, say
from himpun.worktime.periods import Period, PeriodKind
from himpun.worktime.words import say_day

from .. import queries, rules
from ..models import (
    AgreementIndicator,
    AgreementProgramme,
    AnnualPlan,
    AnnualPlanIndicator,
    AnnualPlanProgramme,
    PerjanjianKinerja,
)
from ..rules import Change, Kept
from . import desk, pinning

if TYPE_CHECKING:
    from datetime import date, datetime

    from himpun.organization.models import Person, Unit
    from himpun.organization.rules import Tenure
    from himpun.wording import Sentence

    from ..rules import AgreementDraft, AnnualPlanDraft


@transaction.atomic
def keep_annual_plan(
    unit: Unit,
    draft: AnnualPlanDraft,
    *,
    shown: int | None = None,
    by: Person,
    at: datetime,
) -> Kept[AnnualPlan]:
    """Keep the RKT of a year; another content than the newest's is a new one.

    Targets and budgets are pinned as they stand; before the DPA the budget is the
    indicative one of the Renstra, or empty. ``shown`` is the version that it was made
    from, 0 for none; None: whatever stands. One without indicators, or of none that
    measures a sasaran, is doubted, as is a budget that stands within another one. Raises
    Refusal as `pinning` does, and for a version that is not the newest any more.
    """
    actor = desk.planning(unit, by, at)
    rules.refuse_year(draft.year)
    end = Period(PeriodKind.YEAR, draft.year).end
    pins = pinning.pins_of(unit, draft.indicators, draft.year, end)
    funds = pinning.funds_of(unit, draft.programmes, draft.year, end)
    doubts = rules.annual_doubts(
        len(pins),
        sum(pin.measures_outcome for pin in pins),
        pinning.counted_twice(unit, funds),
    )
    newest = queries.annual_plan(unit, draft.year)
    if newest and _says(newest) == (pins, funds, draft.origin):
        return Kept(newest, Change.UNCHANGED, doubts)
    desk.refuse_unseen(newest.number if newest else 0, shown)
    [row] = desk.fitting(
        [
            AnnualPlan(
                unit=unit,
                year=draft.year,
                number=newest.number + 1 if newest else 1,
                renstra=queries.renstra_in_force(unit, end),
                origin=draft.origin,
                made_at=at,
            )
        ]
    )
    row.save()
    AnnualPlanIndicator.objects.bulk_create(
        AnnualPlanIndicator(plan=row, order=order, **pin.columns())
        for order, pin in enumerate(pins, 1)
    )
    AnnualPlanProgramme.objects.bulk_create(
        AnnualPlanProgramme(plan=row, order=order, **fund.columns())
        for order, fund in enumerate(funds, 1)
    )
    ledger.record(
        desk.stream_of(unit.pk),
        "annual_plan.kept",
        by=actor,
        at=at,
        data={
            "plan": row.pk,
            "year": row.year,
            "number": row.number,
            "indicators": [pin.said() for pin in pins],
            "programmes": [fund.said() for fund in funds],
            "words": desk.words(
                {"serves": [pin.serves for pin in pins], "origin": draft.origin}
            ),
        },
    )
    return Kept(row, Change.UPDATED if newest else Change.CREATED, doubts)


def _says(plan: AnnualPlan) -> tuple[list[pinning.Pin], list[pinning.Fund], str]:
    rows = plan.indicators.select_related("meaning")
    return pinning.pins_in(rows), pinning.funds_in(plan.programmes.all()), plan.origin


@dataclass(frozen=True)
class Annex:
    """The two tables of a PK: indicators, and programmes with their Keterangan."""

    pins: list[pinning.Pin]
    funds: list[tuple[pinning.Fund, str]]


@transaction.atomic
def make_agreement(
    draft: AgreementDraft, *, shown: int | None = None, by: Person, at: datetime
) -> Kept[PerjanjianKinerja]:
    """Make the PK of a position for a year, or its next version with the legal reason.

    Both parties are written as they hold office on the day of the agreement; targets and
    budgets are pinned as they stand. The same agreement again makes nothing new. ``shown``
    is the version that it was made from, 0 for none; None: whatever stands. Raises Refusal
    for a version that is not the newest any more, a revision without reason, a day far
    from its year, a party without a holder, a programme without pagu or together with a
    part of it, and as `pinning` does.
    """
    rules.refuse_days(draft)
    first, second = _positions(draft)
    unit = first.unit.office
    if unit is None:
        raise Refusal(say("Perjanjian Kinerja dibuat untuk jabatan sebuah kantor."))
    actor = desk.planning(unit, by, at)
    made = list(PerjanjianKinerja.objects.filter(first=first, year=draft.year))
    if same := next((row for row in made[1:] if _is_of(row, draft)), None):
        return Kept(same, Change.UNCHANGED)
    parties = [_holder(position, draft.agreed_on) for position in (first, second)]
    annex = _annex(unit, draft)
    newest = made[0] if made else None
    if newest and _is_of(newest, draft) and _annex_of(newest) == annex:
        return Kept(newest, Change.UNCHANGED)
    _refuse_unseen(newest, shown)
    rules.refuse_reason(len(made) + 1, draft.reason)
    rules.refuse_agreed(draft, newest.agreed_on if newest else None)
    row = _write(draft, len(made) + 1, parties, annex, at)
    ledger.record(
        desk.stream_of(unit.pk),
        "agreement.made",
        by=actor,
        at=at,
        data=_made(row, annex),
    )
    change = Change.UPDATED if newest else Change.CREATED
    return Kept(row, change, _doubts(row, newest, annex))


def _positions(draft: AgreementDraft) -> tuple[Position, Position]:
    rows = Position.objects.select_related("unit__office").in_bulk(
        [draft.first, draft.second]
    )
    first, second = rows.get(draft.first), rows.get(draft.second)
    if first is None or second is None or first.unit.tenant_id != second.unit.tenant_id:
        raise Refusal(
            say("Pilih dua jabatan dari kabupaten yang sama."), field="second"
        )
    return first, second


def _refuse_unseen(newest: PerjanjianKinerja | None, shown: int | None) -> None:
    """Refuse to revise a version that nobody has seen."""
    if newest is None:
        return
    if shown == 0:
        raise Refusal(
            say(
                "Perjanjian Kinerja jabatan ini untuk tahun %(year)s sudah ada. Buka "
                "perjanjian itu, lalu buat perubahannya di sana."
            ),
            field="first",
            year=newest.year,
        )
    desk.refuse_unseen(newest.number, shown)


def _holder(position: Position, day: date) -> Tenure:
    """Return who holds a position on a day; raises Refusal unless it is one person."""
    found = organization.holders_of([position.pk], day)
    if len(found) == 1:
        return found[0]
    none = say("%(title)s belum ada pejabatnya pada %(day)s. Isi dahulu pejabatnya.")
    many = say("%(title)s dijabat beberapa orang pada %(day)s. Pilih jabatan lain.")
    raise Refusal(
        many if found else none,
        field="agreed_on",
        title=position.title,
        day=say_day(day),
    )


def _annex(unit: Unit, draft: AgreementDraft) -> Annex:
    day = pinning.day_in(draft.year, draft.agreed_on)
    pins = pinning.pins_of(unit, draft.indicators, draft.year, day)
    ids = [pk for pk, _note in draft.programmes]
    funds = pinning.funds_of(unit, ids, draft.year, day)
    notes = dict(draft.programmes)
    for fund in funds:
        if fund.amount is None:
            raise Refusal(
                say(
                    "%(name)s belum mempunyai pagu tahun %(year)s. Isi dahulu pagunya."
                ),
                field="programmes",
                name=fund.name,
                year=draft.year,
            )
    if twice := pinning.counted_twice(unit, funds):
        raise Refusal(twice, field="programmes")
    return Annex(pins, [(fund, notes[fund.programme].strip()) for fund in funds])


def _is_of(row: PerjanjianKinerja, draft: AgreementDraft) -> bool:
    """Whether a PK was made from this draft, whatever was pinned then."""
    codes = row.indicators.values_list("meaning__indicator__code", flat=True)
    notes = row.programmes.values_list("programme", "note")
    return (
        row.second_id == draft.second
        and (row.agreed_on, row.budgeted_on) == (draft.agreed_on, draft.budgeted_on)
        and (row.place, row.reason) == (draft.place, draft.reason or "")
        and tuple(codes) == draft.indicators
        and tuple(notes) == tuple((pk, note.strip()) for pk, note in draft.programmes)
    )


def _annex_of(row: PerjanjianKinerja) -> Annex:
    programmes = list(row.programmes.all())
    notes = [programme.note for programme in programmes]
    return Annex(
        pinning.pins_in(row.indicators.select_related("meaning")),
        list(zip(pinning.funds_in(programmes), notes, strict=True)),
    )


def _write(
    draft: AgreementDraft,
    number: int,
    parties: list[Tenure],
    annex: Annex,
    at: datetime,
) -> PerjanjianKinerja:
    first, second = parties
    row = PerjanjianKinerja(
        first_id=draft.first,
        year=draft.year,
        number=number,
        reason=draft.reason or "",
        second_id=draft.second,
        first_official_id=first.official,
        second_official_id=second.official,
        first_role=acting_title(first.title, first.status, first.letter),
        second_role=acting_title(second.title, second.status, second.letter),
        place=draft.place,
        agreed_on=draft.agreed_on,
        budgeted_on=draft.budgeted_on,
        made_at=at,
    )
    desk.fitting([row])
    row.save()
    AgreementIndicator.objects.bulk_create(
        AgreementIndicator(agreement=row, order=order, **pin.columns())
        for order, pin in enumerate(annex.pins, 1)
    )
    AgreementProgramme.objects.bulk_create(
        desk.fitting(
            AgreementProgramme(agreement=row, order=order, note=note, **fund.columns())
            for order, (fund, note) in enumerate(annex.funds, 1)
        )
    )
    return row


def _made(row: PerjanjianKinerja, annex: Annex) -> dict[str, Any]:
    texts = {
        "serves": [pin.serves for pin in annex.pins],
        "notes": [note for _fund, note in annex.funds],
        "place": row.place,
    }
    return {
        "agreement": row.pk,
        "year": row.year,
        "number": row.number,
        "reason": row.reason,
        "first": {"position": row.first_id, "official": row.first_official_id},
        "second": {"position": row.second_id, "official": row.second_official_id},
        "agreed_on": row.agreed_on.isoformat(),
        "budgeted_on": row.budgeted_on.isoformat() if row.budgeted_on else None,
        "indicators": [pin.said() for pin in annex.pins],
        "programmes": [fund.said() for fund, _note in annex.funds],
        "words": desk.words(texts),
    }


def _doubts(
    row: PerjanjianKinerja, before: PerjanjianKinerja | None, annex: Annex
) -> tuple[Sentence, ...]:
    late = None if before else rules.late_doubt(row.agreed_on, row.budgeted_on)
    odd = before and rules.reason_doubt(
        rules.RevisionReason(row.reason),
        same_officials=(row.first_official_id, row.second_official_id)
        == (before.first_official_id, before.second_official_id),
        same_annex=_annex_of(before) == annex,
    )
    return tuple(doubt for doubt in (late, odd) if doubt)
