"""The instruments of a year: RKT, Perjanjian Kinerja, rencana aksi, IKU.

Source: PermenPANRB 53/2014, lampiran I: a PK is drawn up within one month after the
budget document was approved, and revised for one of three reasons only. The set of IKU:
PermenPAN PER/09/M.PAN/5/2007.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun import formula
from himpun.shared.refusals import Refusal
from himpun.wording import say
from himpun.worktime.periods import Period, PeriodKind, read_period
from himpun.worktime.words import say_day

from .keeping import refuse_year

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from himpun.wording import Sentence

    from .aims import Aim


YEARS_OF_A_PLAN = 5


class RevisionReason(StrEnum):
    """Why a Perjanjian Kinerja may be revised: PermenPANRB 53/2014 knows these three."""

    OFFICIAL = "pergantian atau mutasi pejabat"
    STRATEGY = "perubahan strategi"
    PRIORITY = "perubahan prioritas atau asumsi"


@dataclass(frozen=True)
class AnnualPlanDraft:
    """An RKT: which indicators (by code) and programmes (by id) a year works for."""

    year: int
    indicators: tuple[str, ...]
    programmes: tuple[int, ...] = ()
    origin: str = ""


@dataclass(frozen=True)
class AgreementDraft:
    """A Perjanjian Kinerja as it is agreed; targets and budgets are taken as they stand.

    ``first`` and ``second`` are the ids of the two parties' positions; ``programmes``
    are ids with the Keterangan beside the amount ("APBD"). ``budgeted_on`` is the day
    on which the DPA was approved, None where it is not known.
    """

    year: int
    first: int
    second: int
    agreed_on: date
    indicators: tuple[str, ...]
    programmes: tuple[tuple[int, str], ...] = ()
    budgeted_on: date | None = None
    place: str = ""
    reason: RevisionReason | None = None


@dataclass(frozen=True)
class ActionStep:
    """What a rencana aksi says of an indicator (its code) and a period (its code).

    ``aim`` is None for a period in which the indicator has no target of its own.
    """

    indicator: str
    period: str
    aim: Aim | None
    activity: str
    in_charge: str


@dataclass(frozen=True)
class IndicatorSetDraft:
    """The IKU that a decision set: number and day of it, since when, which indicators."""

    decision: str
    decided_on: date
    since: date
    indicators: tuple[str, ...]


def refuse_reason(number: int, reason: RevisionReason | None) -> None:
    """Refuse a revised PK without one of the three reasons, and a first one with one."""
    if number == 1 and reason is not None:
        raise Refusal(
            say("Perjanjian Kinerja yang pertama tidak memerlukan alasan perubahan."),
            field="reason",
        )
    if number > 1 and reason is None:
        raise Refusal(
            say(
                "Perjanjian Kinerja hanya diubah karena pergantian atau mutasi pejabat, "
                "perubahan strategi (program, kegiatan, alokasi anggaran), atau "
                "perubahan prioritas atau asumsi (PermenPANRB 53/2014). Pilih alasannya."
            ),
            field="reason",
        )


def refuse_days(draft: AgreementDraft) -> None:
    """Refuse a PK of no year, or with a day long before its year or after it.

    A PK is agreed, and its DPA approved, in its year or at the end of the one before. A
    slip would stay: a later revision cannot be dated earlier.
    """
    refuse_year(draft.year)
    days = {"agreed_on": draft.agreed_on, "budgeted_on": draft.budgeted_on}
    for field, day in days.items():
        if day is not None and not draft.year - 1 <= day.year <= draft.year:
            raise Refusal(
                say(
                    "Perjanjian Kinerja tahun %(year)s bertanggal di tahun itu atau "
                    "tahun sebelumnya, bukan %(day)s. Periksa tanggalnya."
                ),
                field=field,
                year=draft.year,
                day=say_day(day),
            )


def refuse_agreed(draft: AgreementDraft, before: date | None) -> None:
    """Refuse a PK without two parties or rows, or agreed before the one it revises."""
    if draft.first == draft.second:
        raise Refusal(
            say("Pihak pertama dan pihak kedua adalah dua jabatan."), field="second"
        )
    if not draft.indicators:
        raise Refusal(
            say("Pilih sedikitnya satu indikator dengan targetnya."), field="indicators"
        )
    if before is not None and draft.agreed_on < before:
        raise Refusal(
            say("Perjanjian sebelumnya tertanggal %(day)s. Tulis tanggal sesudahnya."),
            field="agreed_on",
            day=say_day(before),
        )


def refuse_far(draft: IndicatorSetDraft) -> None:
    """Refuse IKU that begin more than the years of a plan after their decision.

    A slip would stay: a later set begins after the one before. Raises Refusal.
    """
    refuse_year(draft.since.year, "since")
    if draft.since.year - draft.decided_on.year > YEARS_OF_A_PLAN:
        raise Refusal(
            say("IKU ini mulai berlaku jauh sesudah keputusannya. Periksa tanggalnya."),
            field="since",
        )


def refuse_repeated(names: Iterable[object], field: str) -> None:
    """Refuse a list that names the same thing twice."""
    seen: set[object] = set()
    for name in names:
        if name in seen:
            raise Refusal(
                say("%(name)s disebut dua kali. Sisakan satu."), field=field, name=name
            )
        seen.add(name)


def counted_twice(
    names: Mapping[int, str], parents: Mapping[int, int | None]
) -> Sentence | None:
    """Return that a programme is named together with what it is part of; None if none is.

    ``names`` are the chosen ones by id, ``parents`` what each programme of the office
    lies within. The annex of PermenPANRB 53/2014 lists programmes with their budget: a
    reader adds the column up, and the part stands in the whole already.
    """
    for part in names:
        whole = parents.get(part)
        while whole is not None and whole not in names:
            whole = parents.get(whole)
        if whole is not None:
            return say(
                "%(part)s adalah bagian dari %(whole)s yang juga dipilih, sehingga "
                "anggarannya terhitung dua kali. Pilih keseluruhannya saja, atau "
                "bagian-bagiannya saja.",
                part=names[part],
                whole=names[whole],
            )
    return None


def annual_doubts(
    indicators: int, of_outcomes: int, twice: Sentence | None
) -> tuple[Sentence, ...]:
    """Return what is odd about an RKT: how many indicators it has, how many of them
    measure a sasaran, and `counted_twice`.
    """
    found = [twice]
    if not indicators:
        found.append(
            say(
                "RKT ini belum memuat satu indikator pun. Tambahkan indikator dengan "
                "target tahunnya."
            )
        )
    elif not of_outcomes:
        found.append(
            say(
                "Tidak satu pun indikator RKT ini mengukur sasaran. Tambahkan indikator "
                "sasarannya, atau hubungkan pada Renstra."
            )
        )
    return tuple(doubt for doubt in found if doubt)


def month_after(day: date) -> date:
    """Return the same day a month later, the month's last where it has no such day."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def late_doubt(agreed_on: date, budgeted_on: date | None) -> Sentence | None:
    """Return the doubt of a PK drawn up more than a month after the DPA was approved."""
    if budgeted_on is None or agreed_on <= month_after(budgeted_on):
        return None
    return say(
        "Perjanjian Kinerja disusun paling lambat %(last)s, satu bulan setelah dokumen "
        "anggaran disahkan (PermenPANRB 53/2014, lampiran I); tanggalnya %(agreed)s.",
        last=say_day(month_after(budgeted_on)),
        agreed=say_day(agreed_on),
    )


def reason_doubt(
    reason: RevisionReason | None, *, same_officials: bool, same_annex: bool
) -> Sentence | None:
    """Return what does not fit between a revision and its reason; None if it fits."""
    if reason is RevisionReason.OFFICIAL and same_officials:
        return say(
            "Alasannya pergantian pejabat, tetapi kedua pejabat sama dengan sebelumnya."
        )
    if reason in {RevisionReason.STRATEGY, RevisionReason.PRIORITY} and same_annex:
        return say(
            "Alasannya %(reason)s, tetapi lampirannya sama dengan sebelumnya.",
            reason=reason.value,
        )
    return None


def settle_steps(
    steps: Iterable[ActionStep], year: int, codes: Iterable[str]
) -> tuple[ActionStep, ...]:
    """Return the steps in the order of the PK's indicators (``codes``) and of time.

    Raises Refusal for an indicator outside the PK, a period outside the year, two rows
    of one period, two lengths of period for one indicator, and an empty activity.
    """
    order = {code: place for place, code in enumerate(codes)}
    kinds: dict[str, PeriodKind] = {}
    kept = []
    for step in steps:
        if step.indicator not in order:
            raise Refusal(
                say("Indikator %(code)s tidak ada dalam Perjanjian Kinerja ini."),
                field="indicator",
                code=step.indicator,
            )
        period = _period(step, year)
        if kinds.setdefault(step.indicator, period.kind) is not period.kind:
            raise Refusal(
                say("Target %(code)s dibagi menurut satu jenis periode saja."),
                field="period",
                code=step.indicator,
            )
        named = replace(_with_words(step), period=period.code)
        kept.append((order[step.indicator], period.number, named))
    refuse_repeated(((s.indicator, s.period) for _i, _n, s in kept), "period")
    return tuple(step for _i, _n, step in sorted(kept, key=lambda row: row[:2]))


def _period(step: ActionStep, year: int) -> Period:
    try:
        period = read_period(step.period)
    except ValueError:
        raise _bad_period(step.period, year) from None
    if period.year != year:
        raise _bad_period(step.period, year)
    return period


def _bad_period(code: str, year: int) -> Refusal:
    return Refusal(
        say("%(code)s bukan periode tahun %(year)s. Tulis misalnya %(year)s-TW1."),
        field="period",
        code=code,
        year=year,
    )


def _with_words(step: ActionStep) -> ActionStep:
    activity, in_charge = step.activity.strip(), step.in_charge.strip()
    if not activity or not in_charge:
        raise Refusal(
            say("Isi kegiatan dan penanggung jawab %(code)s pada %(period)s."),
            field="activity" if not activity else "in_charge",
            code=step.indicator,
            period=step.period,
        )
    return ActionStep(step.indicator, step.period, step.aim, activity, in_charge)


@dataclass(frozen=True)
class Promised:
    """What the PK promised for an indicator, and how its periods make the year."""

    aim: Aim | None
    over_time: formula.OverTime


def step_doubts(
    steps: Iterable[ActionStep], promised: Mapping[str, Promised]
) -> tuple[Sentence, ...]:
    """Return where the periods of a rencana aksi do not make what the PK promised.

    Ranges and grades are not added up; an indicator without any step is told.
    """
    by_code: dict[str, dict[str, ActionStep]] = {}
    for step in steps:
        by_code.setdefault(step.indicator, {})[step.period] = step
    found = []
    for code, what in promised.items():
        own = by_code.get(code)
        if own is None:
            found.append(
                say("Indikator %(code)s belum ada rencana aksinya.", code=code)
            )
        elif isinstance(what.aim, Decimal):
            doubt = _unequal(own, what.aim, what.over_time)
            if doubt:
                found.append(say("%(code)s: %(doubt)s", code=code, doubt=doubt))
    return tuple(found)


def _unequal(
    own: Mapping[str, ActionStep], whole: Decimal, rule: formula.OverTime
) -> Sentence | None:
    first = read_period(next(iter(own)))
    parts = []
    for period in Period(PeriodKind.YEAR, first.year).within(first.kind):
        aim = own[period.code].aim if period.code in own else None
        parts.append(
            formula.Part(period.label, aim if isinstance(aim, Decimal) else None)
        )
    return formula.split_doubt(whole, parts, rule)
