"""The arithmetic of an indicator, from what was typed to a rank that explains itself.

Pure; see README.md for the rules and their sources.
"""

from .achievement import Achievement, achievement
from .aggregation import Mean, mean_of_achievements
from .numbers import (
    Ambiguous,
    NotANumber,
    NumberProblem,
    Slip,
    likely_slip,
    read_number,
    say_number,
)
from .polarity import (
    CAP_ON,
    FORMS,
    ZERO_ACTUAL,
    ZERO_TARGET,
    AchievementRule,
    CapOn,
    Polarity,
    Span,
    ZeroActual,
    ZeroTarget,
)
from .rating import PERMENDAGRI_86_2017, BadScale, Band, Scale, rate

__all__ = [
    "CAP_ON",
    "FORMS",
    "PERMENDAGRI_86_2017",
    "ZERO_ACTUAL",
    "ZERO_TARGET",
    "Achievement",
    "AchievementRule",
    "Ambiguous",
    "BadScale",
    "Band",
    "CapOn",
    "Mean",
    "NotANumber",
    "NumberProblem",
    "Polarity",
    "Scale",
    "Slip",
    "Span",
    "ZeroActual",
    "ZeroTarget",
    "achievement",
    "likely_slip",
    "mean_of_achievements",
    "rate",
    "read_number",
    "say_number",
]
