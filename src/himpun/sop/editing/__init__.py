"""A draft of an SOP corrected part by part, from what a form sends.

Each part is saved by a function of plain values: the tree of the draft (the keys of
`sop-ap/1`, parts may be missing) and what was typed, by the names of the form's fields.
A new tree comes back; nothing typed is refused because it is incomplete or wrong, the
check tells that afterwards. What cannot be done raises `NotEdited` with a sentence.

Reading order: `values` (texts with their source), `identity`, `actors`, `steps`, `rows`
(order and number of steps), `removing`, `office` and `links` (settings), `parts` (which
part is which), `preview` (a draft made drawable).
"""

from himpun.sop.drafting import Gap

from .parts import (
    PARTS,
    act,
    blank,
    confirm,
    gaps,
    part_at,
    save,
    stamp,
)
from .preview import preview
from .removing import left_behind
from .rows import loose_things
from .usable import editable
from .values import NotEdited, Tree, words

__all__ = [
    "PARTS",
    "Gap",
    "NotEdited",
    "Tree",
    "act",
    "blank",
    "confirm",
    "editable",
    "gaps",
    "left_behind",
    "loose_things",
    "part_at",
    "preview",
    "save",
    "stamp",
    "words",
]
