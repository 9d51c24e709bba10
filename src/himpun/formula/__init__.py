"""The arithmetic of an indicator, from what was typed to a rank that explains itself.

Pure; see README.md for the rules and their sources.
"""

from .achievement import Achievement, achievement
from .aggregation import Mean, mean_of_achievements
from .grades import (
    GRADE_RULES,
    Grade,
    GradeRule,
    GradeScale,
    UnknownGrade,
    achievement_of_grade,
)
from .language import (
    BadFormula,
    Calculation,
    Component,
    Finding,
    Formula,
    calculate,
    check_formula,
    read_formula,
)
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
from .rating import BadScale, Band, Scale, rate
from .scales import ACHIEVEMENT_SCALES, GRADE_SCALES, PERMENDAGRI_86_2017, SCALES

__all__ = [
    "ACHIEVEMENT_SCALES",
    "CAP_ON",
    "FORMS",
    "GRADE_RULES",
    "GRADE_SCALES",
    "PERMENDAGRI_86_2017",
    "SCALES",
    "ZERO_ACTUAL",
    "ZERO_TARGET",
    "Achievement",
    "AchievementRule",
    "Ambiguous",
    "BadFormula",
    "BadScale",
    "Band",
    "Calculation",
    "CapOn",
    "Component",
    "Finding",
    "Formula",
    "Grade",
    "GradeRule",
    "GradeScale",
    "Mean",
    "NotANumber",
    "NumberProblem",
    "Polarity",
    "Scale",
    "Slip",
    "Span",
    "UnknownGrade",
    "ZeroActual",
    "ZeroTarget",
    "achievement",
    "achievement_of_grade",
    "calculate",
    "check_formula",
    "likely_slip",
    "mean_of_achievements",
    "rate",
    "read_formula",
    "read_number",
    "say_number",
]
