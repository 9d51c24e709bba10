"""When a collection from many units is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .states import ANSWERED, RequestState

if TYPE_CHECKING:
    from collections.abc import Iterable


def collection_is_done(
    states: Iterable[RequestState], *, rule: str, minimum: int | None, overdue: bool
) -> bool:
    """Whether enough units have answered, by the SOP's `selesai_bila`.

    ``semua``: every request; ``minimum``: that many; ``tenggat``: all of them, or the
    deadline has passed. A waived request counts as answered, and so does one whose data
    came after the step had closed, when it is opened again; a unit that was removed does
    not count at all, so that removing the last open one completes the rest.
    """
    known = [state for state in states if state is not RequestState.REMOVED]
    answered = sum(s in ANSWERED for s in known)
    if rule == "minimum":
        return answered >= min(minimum or 0, len(known))
    return answered == len(known) or (rule == "tenggat" and overdue)
