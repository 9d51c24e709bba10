"""Reading the stored achievement: of an office in a period, of one indicator."""

from .indicators import (
    Deed,
    Group,
    Listed,
    PlannedLine,
    Profile,
    Told,
    Year,
    listing,
    profile,
    years_of,
)
from .tables import (
    Explanation,
    Line,
    Table,
    capaian,
    events_behind,
    explain,
    has_quarters,
    known_years,
    standing,
)

__all__ = [
    "Deed",
    "Explanation",
    "Group",
    "Line",
    "Listed",
    "PlannedLine",
    "Profile",
    "Table",
    "Told",
    "Year",
    "capaian",
    "events_behind",
    "explain",
    "has_quarters",
    "known_years",
    "listing",
    "profile",
    "standing",
    "years_of",
]
