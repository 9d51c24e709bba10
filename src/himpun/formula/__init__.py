"""The arithmetic of an indicator: reading numbers, achievement, rank, mean.

Pure; see README.md for the rules and their sources.
"""

from .achievement import FORMULAS, Achievement, Polarity, achievement
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
from .rating import PERMENDAGRI_86_2017, BadScale, Band, Scale, rate

__all__ = [
    "FORMULAS",
    "PERMENDAGRI_86_2017",
    "Achievement",
    "Ambiguous",
    "BadScale",
    "Band",
    "Mean",
    "NotANumber",
    "NumberProblem",
    "Polarity",
    "Scale",
    "Slip",
    "achievement",
    "likely_slip",
    "mean_of_achievements",
    "rate",
    "read_number",
    "say_number",
]
