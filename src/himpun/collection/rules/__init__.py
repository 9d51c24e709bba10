"""Decisions about collected values, as plain functions of plain values.

``values``: what may be typed, what is odd, what is lacking. ``hands``: three people.
``requests``: when a collection is done. ``paste``: a block from a spreadsheet.
``lists``: CSV that leaves the product. ``states``: the words for all of them.
"""

from .hands import (
    RoleConflict,
    conflicts,
    exception_obstacle,
    signer_obstacle,
    verifier_obstacle,
)
from .lists import safe_cell, write_csv
from .paste import Cell, Kind, PastedRow, Preview, read_block
from .requests import collection_is_done
from .states import (
    ANSWERED,
    AWAITED,
    EDITABLE,
    REASON_LETTERS,
    EntryState,
    Evaluation,
    ExemptionKind,
    Hand,
    RequestState,
)
from .values import (
    DRAFT_LENGTH,
    Figure,
    Graded,
    NotAValue,
    Readiness,
    aim_shown,
    explains,
    lacking,
    odd_grade,
    oddities,
    read_figure,
    read_value,
    shown,
)

__all__ = [
    "ANSWERED",
    "AWAITED",
    "DRAFT_LENGTH",
    "EDITABLE",
    "REASON_LETTERS",
    "Cell",
    "EntryState",
    "Evaluation",
    "ExemptionKind",
    "Figure",
    "Graded",
    "Hand",
    "Kind",
    "NotAValue",
    "PastedRow",
    "Preview",
    "Readiness",
    "RequestState",
    "RoleConflict",
    "aim_shown",
    "collection_is_done",
    "conflicts",
    "exception_obstacle",
    "explains",
    "lacking",
    "odd_grade",
    "oddities",
    "read_block",
    "read_figure",
    "read_value",
    "safe_cell",
    "shown",
    "signer_obstacle",
    "verifier_obstacle",
    "write_csv",
]
