"""Setting targets and baselines, and noting figures from before Himpun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.formula import Polarity, Span
from himpun.ledger import actions as ledger
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import PriorActual, Target
from ..rules import AimKind
from . import desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from himpun.formula.targets import OutOf
    from himpun.organization.models import Person
    from himpun.wording import Sentence
    from himpun.worktime.periods import Period

    from ..models import Indicator, IndicatorVersion
    from ..rules import Aim, Figure


@transaction.atomic
def set_target(  # noqa: PLR0913 - a target is all of these
    indicator: Indicator,
    period: Period,
    aim: Aim,
    *,
    kind: AimKind = AimKind.TARGET,
    out_of: OutOf | None = None,
    origin: str,
    by: Person,
    at: datetime,
) -> Target:
    """Set what an indicator should reach in a period; an older target is replaced.

    A baseline (``kind``) says where it started. ``out_of`` is how a document printed
    the aim. Raises Refusal for an aim of another kind than the indicator's.
    """
    actor = desk.planning(indicator.unit, by, at)
    desk.fitting([Target(origin=origin, counted=out_of.unit if out_of else "")])
    must_suit(version_of(indicator, period, kind), aim, exact=out_of is None)
    old = Target.objects.filter(
        indicator=indicator, kind=kind, period_code=period.code
    ).first()
    row, _made = Target.objects.update_or_create(
        indicator=indicator,
        kind=kind,
        period_code=period.code,
        defaults=columns(aim)
        | {
            "numerator": out_of.numerator if out_of else None,
            "denominator": out_of.denominator if out_of else None,
            "counted": out_of.unit if out_of else "",
            "origin": origin,
        },
    )
    ledger.record(
        desk.stream_of(indicator.unit_id),
        "target.set",
        by=actor,
        at=at,
        data={
            "indicator": indicator.pk,
            "kind": kind.value,
            "period": period.code,
            "old": rules.plain(old.aim) if old else None,
            "new": rules.plain(aim),
            "out_of": [str(out_of.numerator), str(out_of.denominator)]
            if out_of
            else None,
            "words": desk.words({"origin": origin, "counted": row.counted}),
        },
    )
    return row


@transaction.atomic
def withdraw_target(
    target: Target,
    *,
    reason: str,
    resting: Sequence[Sentence],
    by: Person,
    at: datetime,
) -> None:
    """Take back a target that was set by mistake, with its parts.

    ``resting`` is what the apps above know to rest on it; the documents of the plan are
    looked up here. Raises Refusal while anything does, and without a reason.
    """
    indicator = target.indicator
    actor = desk.planning(indicator.unit, by, at)
    if not Target.objects.filter(pk=target.pk).exists():
        raise Refusal(say("Target ini sudah dicabut orang lain."))
    said = rules.one_line(reason)
    if not said:
        raise Refusal(say("Tulis alasannya."), field="reason")
    rules.refuse_rested([*queries.documents_on(target), *resting])
    parts, _each = target.parts.all().delete()
    target.delete()
    ledger.record(
        desk.stream_of(indicator.unit_id),
        "target.withdrawn",
        by=actor,
        at=at,
        data={
            "indicator": indicator.pk,
            "kind": target.kind,
            "period": target.period_code,
            "old": rules.plain(target.aim),
            "parts": parts,
            "reason": ledger.keep_text(said),
        },
    )


def version_of(indicator: Indicator, period: Period, kind: AimKind) -> IndicatorVersion:
    """Return the version that says what an aim may be; a baseline may lie before it."""
    version = queries.version_for(indicator, period)
    if version is None and kind is AimKind.BASELINE:
        version = indicator.versions.select_related(*queries.SCALES).last()
    if version is None:
        raise _not_yet(indicator, period)
    return version


def _not_yet(indicator: Indicator, period: Period) -> Refusal:
    return Refusal(
        say("%(code)s belum berlaku pada %(period)s. Periksa tanggal mulainya."),
        code=indicator.code,
        period=period.label,
    )


def must_suit(version: IndicatorVersion, aim: Aim, *, exact: bool = True) -> None:
    """Raise Refusal for an aim that this version does not take.

    ``exact``: its digits are those that somebody typed, and there may not be too many.
    """
    measured_by = queries.yardstick(version)
    polarity = Polarity(version.polarity) if version.polarity else None
    rules.refuse_aim(aim, polarity, measured_by.grades)
    if isinstance(aim, Span):
        _must_fit(aim.low)
        _must_fit(aim.high)
    elif exact and not isinstance(aim, str):
        _must_fit(aim)


def columns(aim: Aim) -> dict[str, object]:
    """Return the columns of an aim."""
    span = aim if isinstance(aim, Span) else None
    return {
        "value": rules.number_of(aim),
        "low": span.low if span else None,
        "high": span.high if span else None,
        "grade": aim if isinstance(aim, str) else "",
    }


@transaction.atomic
def record_prior_actual(  # noqa: PLR0913 - a figure is all of these
    indicator: Indicator,
    period: Period,
    figure: Figure,
    *,
    origin: str,
    by: Person,
    at: datetime,
) -> PriorActual:
    """Note a figure from before Himpun; it is shown and never verified here.

    Raises Refusal when no version of the indicator was in force in the period, and for
    a figure of another kind than that version is measured by.
    """
    actor = desk.planning(indicator.unit, by, at)
    desk.fitting([PriorActual(origin=origin)])
    version = queries.version_for(indicator, period)
    if version is None:
        raise _not_yet(indicator, period)
    rules.refuse_figure(figure, queries.grades_of(version))
    number = rules.number_of(figure)
    if number is not None:
        _must_fit(number)
    row, _made = PriorActual.objects.update_or_create(
        indicator=indicator,
        period_code=period.code,
        defaults={
            "value": number,
            "grade": figure if isinstance(figure, str) else "",
            "origin": origin,
        },
    )
    ledger.record(
        desk.stream_of(indicator.unit_id),
        "actual.recorded",
        by=actor,
        at=at,
        data={
            "indicator": indicator.pk,
            "version": version.number,
            "unit": indicator.unit_id,
            "period": period.code,
            "value": rules.plain(figure),
            "words": desk.words({"origin": origin}),
        },
    )
    return row


def _must_fit(value: Decimal) -> None:
    if not rules.fits(value):
        raise Refusal(
            say("Angka itu terlalu panjang. Tulis paling banyak 8 angka desimal.")
        )
