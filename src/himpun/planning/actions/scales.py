"""Storing a scale once, under its name and version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from himpun import formula
from himpun.shared.refusals import Refusal, say

from ..models import GradingScale, RatingScale

if TYPE_CHECKING:
    from ..models import KeptScale


def keep_scale(scale: formula.Scale) -> RatingScale:
    """Store a rating scale once; the same name and version is the same scale.

    Raises Refusal when other bands were stored under this name and version.
    """
    row, _made = RatingScale.objects.get_or_create(
        name=scale.name, version=scale.version, defaults=_said(scale)
    )
    _refuse_other(row, same=formula.Scale.from_json(row.data) == scale)
    return row


def keep_grades(scale: formula.GradeScale) -> GradingScale:
    """Store a scale of grades once; raises Refusal as `keep_scale` does."""
    row, _made = GradingScale.objects.get_or_create(
        name=scale.name, version=scale.version, defaults=_said(scale)
    )
    _refuse_other(row, same=formula.GradeScale.from_json(row.data) == scale)
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
