"""Defining a scale for a kabupaten's offices, and storing a shipped one once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from himpun import formula
from himpun.ledger import actions as ledger
from himpun.organization.models import Tenant
from himpun.shared.refusals import Refusal, say

from .. import queries, rules
from ..models import GradingScale, RatingScale
from . import desk

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from himpun.organization.models import Person, Unit

    from ..models import KeptScale
    from ..rules import TypedBand

Row = TypeVar("Row", RatingScale, GradingScale)


def keep_scale(scale: formula.Scale, office: Unit | None = None) -> RatingScale:
    """Return the row of a scale: the one of the office's kabupaten, else the shipped one.

    A shipped one is stored once; the same name and version is the same scale. Raises
    Refusal when other bands were stored under this name and version.
    """
    return _kept(RatingScale, scale, office)


def keep_grades(scale: formula.GradeScale, office: Unit | None = None) -> GradingScale:
    """Return the row of a scale of grades, as `keep_scale` does."""
    return _kept(GradingScale, scale, office)


def _kept(
    model: type[Row], scale: formula.Scale | formula.GradeScale, office: Unit | None
) -> Row:
    named = {"name": scale.name, "version": scale.version}
    if office is not None:
        own = model._default_manager.filter(tenant=office.tenant_id, **named).first()
        if own is not None:
            return own
    row, _made = model._default_manager.get_or_create(
        tenant=None, **named, defaults=_said(scale)
    )
    _refuse_other(row, same=type(scale).from_json(row.data) == scale)
    return row


def _said(scale: formula.Scale | formula.GradeScale) -> dict[str, object]:
    return {"source": scale.source, "data": scale.to_json()}


def _refuse_other(row: KeptScale, *, same: bool) -> None:
    if not same:
        raise Refusal(
            say(
                "Skala %(name)s versi %(version)s sudah ada dengan isi lain. "
                "Beri nomor versi baru."
            ),
            name=row.name,
            version=row.version,
        )


@transaction.atomic
def define_scale(  # noqa: PLR0913 - a scale is all of these
    office: Unit,
    name: str,
    bands: Sequence[TypedBand],
    *,
    source: str,
    after: int,
    by: Person,
    at: datetime,
) -> RatingScale:
    """Define a scale of ranks, or its next version, for all offices of the kabupaten.

    ``after`` is the version that it follows, 0 for a new scale. What uses an older
    version keeps it. Raises Refusal for bands that do not hold together, and when the
    version is no longer the newest.
    """
    made = formula.Scale(name, after + 1, source, rules.bands_of(bands))
    return _defined(RatingScale, made, office, after, (by, at))


@transaction.atomic
def define_grades(  # noqa: PLR0913 - a scale is all of these
    office: Unit,
    name: str,
    grades: Sequence[tuple[str, str]],
    *,
    source: str,
    after: int,
    by: Person,
    at: datetime,
) -> GradingScale:
    """Define a scale of grades, (code, name) from the best, as `define_scale` does."""
    try:
        made = formula.GradeScale(name, after + 1, source, rules.grades_of_rows(grades))
    except formula.BadScale as wrong:
        raise Refusal(str(wrong), field="code-0") from None
    return _defined(GradingScale, made, office, after, (by, at))


def _defined(
    model: type[Row],
    scale: formula.Scale | formula.GradeScale,
    office: Unit,
    after: int,
    who: tuple[Person, datetime],
) -> Row:
    by, at = who
    actor = desk.planning(office, by, at)
    if not scale.name or not scale.source:
        raise Refusal(say("Tulis nama skala dan sumbernya."), field="name")
    desk.fitting([model(name=scale.name, source=scale.source)])
    Tenant.objects.select_for_update(no_key=True).get(pk=office.tenant_id)
    graded = model is GradingScale
    known = queries.newest_scale(office, scale.name, graded=graded)
    rules.refuse_follower(scale.name, known, after)
    row = model._default_manager.create(
        tenant_id=office.tenant_id,
        name=scale.name,
        version=scale.version,
        **_said(scale),
    )
    ledger.record(
        desk.stream_of(office.pk),
        "scale.defined",
        by=actor,
        at=at,
        data={
            "scale": row.pk,
            "kind": "grades" if graded else "ranks",
            "version": row.version,
            "words": desk.words(scale.to_json()),
        },
    )
    return row
