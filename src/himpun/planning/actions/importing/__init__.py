"""Bringing in a plan from sheets: all of it or nothing, and everything odd at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from himpun.organization.rules import UnitKind
from himpun.shared.refusals import say

from ...rules import workbook
from .. import desk
from . import (
    agreements,
    annual,
    doubts,
    following,
    indicators,
    money,
    parts,
    programmes,
    renstra,
    targets,
    weights,
)
from .run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from himpun.documents.sheets import Table
    from himpun.organization.models import Person, Unit

STEPS = (
    indicators.keep,
    weights.keep,
    targets.keep,
    parts.keep_dimensions,
    parts.keep,
    programmes.keep,
    renstra.keep,
    money.keep,
    annual.keep,
    agreements.keep,
    following.keep_plans,
    following.keep_sets,
)
"""What others name comes first; a Renstra in force pins targets, a PK pins pagu."""


def import_plan(  # noqa: PLR0913 - a file, for whom, and how
    unit: Unit,
    tables: Iterable[Table],
    *,
    name: str,
    by: Person,
    at: datetime,
    trial: bool = False,
) -> workbook.Imported:
    """Bring in the sheets of a file, in one transaction.

    An empty cell leaves what stands; nothing is taken away. Where any record is refused,
    nothing of the file is kept, and each conflict is told with its cell. ``trial`` keeps
    nothing at all; ``name`` is the file's. Raises Refusal for a person who may not plan
    here and for a file without any of the sheets.
    """
    desk.planner(unit, by, at)
    book = workbook.read_book(tables, name)
    run = Run(unit, by, at, book)
    with transaction.atomic(), desk.planning_once(unit, by, at):
        _refuse_plan_of_kabupaten(run)
        for step in STEPS:
            step(run)
        applied = _is_kept(run, trial=trial)
        transaction.set_rollback(not applied)
    doubts.look(run)
    return workbook.Imported(
        {sheet: run.tally(sheet) for sheet in workbook.SPECS if sheet in book.lines},
        tuple(run.conflicts),
        tuple(run.doubts),
        applied,
    )


def _refuse_plan_of_kabupaten(run: Run) -> None:
    """Note the sheets that only an office can have, and read no more of them."""
    if run.unit.kind != UnitKind.REGENCY:
        return
    for sheet in workbook.OF_OFFICES:
        if lines := run.book.of(sheet):
            sentence = say(
                "Kabupaten hanya mempunyai indikator, target, dan bagiannya di sini. "
                "Kosongkan lembar %(sheet)s, atau kirim untuk kantornya.",
                sheet=sheet,
            )
            run.refuse(lines[0], "", sentence)
            run.count(sheet, None, len(lines))
            run.book.lines[sheet] = []


def _is_kept(run: Run, *, trial: bool) -> bool:
    """Whether what was done stays: not after a trial, and not when anything hindered."""
    return not (trial or run.conflicts)
