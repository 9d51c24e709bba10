"""The sheets in which an office's plan comes in and goes out: columns, rows, findings.

``columns`` says what the sheets look like, ``reading`` makes rows of what was uploaded,
``found`` is what an import answers. See docs/decisions/0030.
"""

from .columns import (
    BUDGET,
    CHECKED,
    COMPARED,
    INDICATORS,
    PATH,
    POLARITIES,
    PROGRAMMES,
    PROMISES,
    QUALITATIVE,
    RENSTRA,
    SPECS,
    TARGETS,
    TOTALS,
    BudgetKind,
    RenstraKind,
    Spec,
    TargetKind,
    period_order,
)
from .found import Finding, Imported, Tally
from .reading import ABOUT, YEARS, Book, Line, read_book

__all__ = [
    "ABOUT",
    "BUDGET",
    "CHECKED",
    "COMPARED",
    "INDICATORS",
    "PATH",
    "POLARITIES",
    "PROGRAMMES",
    "PROMISES",
    "QUALITATIVE",
    "RENSTRA",
    "SPECS",
    "TARGETS",
    "TOTALS",
    "YEARS",
    "Book",
    "BudgetKind",
    "Finding",
    "Imported",
    "Line",
    "RenstraKind",
    "Spec",
    "Tally",
    "TargetKind",
    "period_order",
    "read_book",
]
