"""Tables of the plan: indicators, targets, figures from before Himpun, scales."""

from .indicators import Indicator, IndicatorComponent, IndicatorVersion
from .scales import GradingScale, KeptScale, RatingScale
from .targets import (
    AimField,
    Category,
    Dimension,
    PriorActual,
    Target,
    TargetPart,
)

__all__ = [
    "AimField",
    "Category",
    "Dimension",
    "GradingScale",
    "Indicator",
    "IndicatorComponent",
    "IndicatorVersion",
    "KeptScale",
    "PriorActual",
    "RatingScale",
    "Target",
    "TargetPart",
]
