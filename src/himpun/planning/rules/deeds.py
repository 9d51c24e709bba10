"""What an event of the plan says, in a sentence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from himpun.wording import say
from himpun.worktime.periods import read_period
from himpun.worktime.words import say_day

from .aims import AimKind, aim_of, say_aim

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    match kind:
        case "indicator.defined":
            return say(
                "Versi %(number)s ditetapkan, berlaku sejak %(day)s",
                number=data["version"],
                day=say_day(date.fromisoformat(data["since"])),
            )
        case "target.set":
            return _set(data)
        case "target.split":
            return say(
                "%(what)s %(period)s dibagi menjadi %(n)s bagian",
                **_place(data),
                n=len(data["parts"]),
            )
        case "actual.recorded":
            return say(
                "Realisasi %(period)s sebelum Himpun dicatat: %(value)s",
                period=read_period(data["period"]).label,
                value=say_aim(aim_of(data["value"]), None),
            )
    return None


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
