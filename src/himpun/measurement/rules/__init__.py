"""Which periods stand beside each other, and the pictures of figures over time."""

from .combining import Given, Recipe, Total, over_time, over_units, prevailing
from .history import (
    History,
    Mark,
    Reached,
    Tick,
    picture,
    say_runs,
)
from .sums import Sums, total_of
from .tables import (
    FULL,
    LEAST,
    TREND,
    YEARS,
    Chart,
    Point,
    Stripe,
    chart,
    opening,
    periods_beside,
    trend_periods,
)

__all__ = [
    "FULL",
    "LEAST",
    "TREND",
    "YEARS",
    "Chart",
    "Given",
    "History",
    "Mark",
    "Point",
    "Reached",
    "Recipe",
    "Stripe",
    "Sums",
    "Tick",
    "Total",
    "chart",
    "opening",
    "over_time",
    "over_units",
    "periods_beside",
    "picture",
    "prevailing",
    "say_runs",
    "total_of",
    "trend_periods",
]
