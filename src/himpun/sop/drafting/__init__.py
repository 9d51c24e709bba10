"""An SOP on paper read into a draft: nothing invented, nothing dropped in silence.

`read` takes the grids of a file (see `source`), `to_yaml` writes the draft as a file of
schema `sop-ap/1` that may still lack parts, `obstacles` says which ones.
"""

from .adopting import Gap, as_json, gaps, missing, obstacles, report, to_yaml
from .draft import Draft, read
from .findings import CODES, Finding
from .steps import NotDraftable

__all__ = [
    "CODES",
    "Draft",
    "Finding",
    "Gap",
    "NotDraftable",
    "as_json",
    "gaps",
    "missing",
    "obstacles",
    "read",
    "report",
    "to_yaml",
]
