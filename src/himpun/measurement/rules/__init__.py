"""Which periods stand beside each other, and the pictures of figures over time."""

from .history import (
    History,
    Mark,
    Reached,
    Tick,
    picture,
    say_runs,
)
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
    "History",
    "Mark",
    "Point",
    "Reached",
    "Stripe",
    "Tick",
    "chart",
    "opening",
    "periods_beside",
    "picture",
    "say_runs",
    "trend_periods",
]
