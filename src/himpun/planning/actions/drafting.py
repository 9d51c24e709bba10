"""Writing a Renstra part by part: starting it, changing the draft, throwing it away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from himpun.ledger import actions as ledger
from himpun.shared.refusals import Conflict, Refusal, say

from .. import queries, rules
from ..models import Renstra, RenstraVersion
from ..rules import Change, Kept, Stage
from . import desk
from .renstra import new_version, settle, write

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.organization.models import Person, Unit

    from ..rules import RenstraPlan


@transaction.atomic
def start_renstra(
    unit: Unit, plan: RenstraPlan, *, by: Person, at: datetime
) -> Kept[RenstraVersion]:
    """Begin a Renstra murni; raises Refusal where one of these years is there already."""
    actor = desk.planning(unit, by, at)
    settled, indicators = settle(unit, plan)
    renstra, _made = Renstra.objects.get_or_create(
        unit=unit, first_year=plan.first_year, last_year=plan.last_year
    )
    _refuse_second(renstra)
    version = write(new_version(renstra, settled), settled, indicators, actor, at)
    return Kept(version, Change.CREATED, queries.plan_doubts(version))


def _refuse_second(renstra: Renstra) -> None:
    if renstra.versions.exists():
        raise Refusal(
            say(
                "Renstra %(first)s-%(last)s sudah ada. Lanjutkan konsepnya, atau mulai "
                "perubahannya."
            ),
            field="last_year",
            first=renstra.first_year,
            last=renstra.last_year,
        )


@transaction.atomic
def start_change(
    version: RenstraVersion, origin: str, *, by: Person, at: datetime
) -> Kept[RenstraVersion]:
    """Begin a perubahan as a copy of the version in force, with its own ``origin``.

    Raises Refusal while another draft of a perubahan stands, and for a version that is
    not the newest in force.
    """
    renstra = version.renstra
    actor = desk.planning(renstra.unit, by, at)
    if renstra.versions.filter(stage=Stage.CHANGED.value, since=None).exists():
        raise Refusal(
            say("Konsep perubahan sudah ada. Lanjutkan konsep itu, atau buang dahulu.")
        )
    newest = renstra.versions.exclude(since=None).order_by("-since").first()
    if newest != version:
        raise Refusal(
            say("Perubahan dimulai dari Renstra terakhir yang sudah diberlakukan.")
        )
    plan = queries.plan_of(queries.tree_of(version))
    copy = replace(plan, stage=Stage.CHANGED, origin=origin)
    settled, indicators = settle(renstra.unit, copy)
    made = write(new_version(renstra, settled), settled, indicators, actor, at)
    return Kept(made, Change.CREATED, queries.plan_doubts(made))


@transaction.atomic
def change_renstra(
    version: RenstraVersion,
    plan: RenstraPlan,
    *,
    seen: str,
    by: Person,
    at: datetime,
) -> Kept[RenstraVersion]:
    """Let a draft say what ``plan`` says, as long as it still says what was shown.

    ``seen`` is the `rules.plan_seal` of what was shown. A Renstra murni may get other
    years. Raises Conflict where somebody changed the draft meanwhile, Refusal as
    `keep_renstra` does and for a draft that is gone or in force.
    """
    unit = version.renstra.unit
    actor = desk.planning(unit, by, at)
    version = _standing(version)
    before = queries.plan_of(queries.tree_of(version))
    _refuse_unseen(before, seen)
    settled, indicators = settle(unit, plan)
    if settled == before:
        return Kept(version, Change.UNCHANGED, queries.plan_doubts(version))
    _move_years(version.renstra, settled)
    write(version, settled, indicators, actor, at)
    return Kept(version, Change.UPDATED, queries.plan_doubts(version))


def _standing(version: RenstraVersion) -> RenstraVersion:
    """Return a draft as it is now; raises Refusal for one that is gone or in force."""
    now = RenstraVersion.objects.select_related("renstra").filter(pk=version.pk).first()
    if now is None:
        raise Refusal(say("Konsep ini sudah dibuang. Mulai lagi bila perlu."))
    if now.since is not None:
        rules.refuse_rewriting(Stage(now.stage))
    return now


def _refuse_unseen(plan: RenstraPlan, seen: str) -> None:
    """Refuse to change what is not what was shown any more; raises Conflict."""
    if rules.plan_seal(plan) != seen:
        raise Conflict(
            say(
                "Konsep ini baru saja diubah orang lain. Yang Anda tulis masih ada di "
                "bawah; simpan lagi bila memang itu yang dipakai."
            ),
            current=plan,
        )


def _move_years(renstra: Renstra, plan: RenstraPlan) -> None:
    """Give a Renstra that is only one draft other years; raises Refusal otherwise."""
    years = (plan.first_year, plan.last_year)
    if years == (renstra.first_year, renstra.last_year):
        return
    if renstra.versions.count() > 1:
        raise Refusal(
            say("Masa Renstra yang sudah berlaku tidak diubah."), field="last_year"
        )
    taken = Renstra.objects.filter(
        unit=renstra.unit_id, first_year=plan.first_year, last_year=plan.last_year
    )
    for other in taken:
        _refuse_second(other)
        other.delete()
    renstra.first_year, renstra.last_year = years
    renstra.save()


@transaction.atomic
def discard_renstra(
    version: RenstraVersion, *, seen: str, by: Person, at: datetime
) -> None:
    """Throw a draft away; what was written of it stays in the record.

    Raises Conflict where it is not what was shown any more (``seen`` its seal), Refusal
    for a version that is in force.
    """
    renstra = version.renstra
    actor = desk.planning(renstra.unit, by, at)
    version = _standing(version)
    if queries.draft_of(version).seal != seen:
        raise Conflict(
            say("Konsep ini baru saja diubah orang lain. Periksa, lalu buang lagi."),
            current=version,
        )
    data = {
        "renstra": renstra.pk,
        "version": version.number,
        "stage": version.stage,
    }
    version.delete()
    if not renstra.versions.exists():
        renstra.delete()
    ledger.record(
        desk.stream_of(renstra.unit_id), "renstra.discarded", by=actor, at=at, data=data
    )
