"""What an indicator is, which version measures a period, and how its figure is judged."""

from .aims import (
    Aim,
    AimKind,
    Figure,
    Printed,
    aim_of,
    figure_of,
    number_of,
    plain,
    read_aim,
    refuse_aim,
    say_aim,
)
from .definition import (
    POLARITY_WORDS,
    Definition,
    Level,
    Settled,
    settle,
    way_words,
)
from .measuring import Measured, Yardstick, measure
from .planners import PLANNERS
from .versions import Purpose, fits, in_force, is_due, refuse_backward

__all__ = [
    "PLANNERS",
    "POLARITY_WORDS",
    "Aim",
    "AimKind",
    "Definition",
    "Figure",
    "Level",
    "Measured",
    "Printed",
    "Purpose",
    "Settled",
    "Yardstick",
    "aim_of",
    "figure_of",
    "fits",
    "in_force",
    "is_due",
    "measure",
    "number_of",
    "plain",
    "read_aim",
    "refuse_aim",
    "refuse_backward",
    "say_aim",
    "settle",
    "way_words",
]
