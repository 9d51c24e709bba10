"""What an event of the plan says, in a sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from himpun.wording import say
from himpun.worktime.periods import read_period
from himpun.worktime.words import say_day

from .aims import AimKind, aim_of, say_aim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from himpun.wording import Sentence

NAMES = {
    AimKind.TARGET: say("Target"),
    AimKind.BASELINE: say("Kondisi awal"),
    AimKind.MEDIUM_TERM: say("Target akhir Renstra"),
    AimKind.STANDARD: say("Standar nasional"),
}


def say_deed(kind: str, data: Mapping[str, Any]) -> Sentence | None:
    """Return what an event about an indicator says; None for an event of another kind.

    ``kind`` is the event's type, ``data`` what it holds.
    """
    told = TOLD.get(kind)
    return told(data) if told else None


def _set(data: Mapping[str, Any]) -> Sentence:
    old, new = (say_aim(aim_of(data[name]), None) for name in ("old", "new"))
    if not old:
        return say("%(what)s %(period)s ditetapkan: %(new)s", **_place(data), new=new)
    return say(
        "%(what)s %(period)s diubah dari %(old)s menjadi %(new)s",
        **_place(data),
        old=old,
        new=new,
    )


def _place(data: Mapping[str, Any]) -> dict[str, Sentence]:
    label = read_period(data["period"]).label
    return {"what": NAMES[AimKind(data["kind"])], "period": label}


def _defined(data: Mapping[str, Any]) -> Sentence:
    return say(
        "Versi %(number)s ditetapkan, berlaku sejak %(day)s",
        number=data["version"],
        day=say_day(date.fromisoformat(data["since"])),
    )


def _placed(data: Mapping[str, Any]) -> Sentence:  # noqa: ARG001 - the table's shape
    return say("Tingkat, kelompok, atau urutan cetak diubah")


def _split(data: Mapping[str, Any]) -> Sentence:
    n = len(data["parts"])
    return say("%(what)s %(period)s dibagi menjadi %(n)s bagian", **_place(data), n=n)


def _withdrawn(data: Mapping[str, Any]) -> Sentence:
    old = say_aim(aim_of(data["old"]), None)
    return say("%(what)s %(period)s dicabut, semula %(old)s", **_place(data), old=old)


def _recorded(data: Mapping[str, Any]) -> Sentence:
    return say(
        "Realisasi %(period)s sebelum Himpun dicatat: %(value)s",
        period=read_period(data["period"]).label,
        value=say_aim(aim_of(data["value"]), None),
    )


TOLD: dict[str, Callable[[Mapping[str, Any]], Sentence]] = {
    "indicator.defined": _defined,
    "indicator.placed": _placed,
    "target.set": _set,
    "target.split": _split,
    "target.withdrawn": _withdrawn,
    "actual.recorded": _recorded,
}
