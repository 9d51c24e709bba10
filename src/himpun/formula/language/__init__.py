"""The small language in which an indicator's components become its value.

``persen(selesai; masuk)``, ``(internal + eksternal) / 2``, ``A / B X 100%``: text is
read into a tree (`parsing`), checked for components, units and zero denominators
(`checking`), calculated exactly with every step told (`calculating`). Nothing is ever
executed.
"""

from .calculating import Calculation, Step, calculate
from .checking import Component, Finding, Kind, check_formula
from .parsing import BadFormula, Formula, read_formula
from .tree import FUNCTIONS, Function

__all__ = [
    "FUNCTIONS",
    "BadFormula",
    "Calculation",
    "Component",
    "Finding",
    "Formula",
    "Function",
    "Kind",
    "Step",
    "calculate",
    "check_formula",
    "read_formula",
]
