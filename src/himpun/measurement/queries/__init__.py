"""Reading the stored achievement: of an office in a period, of one indicator.

``comparing``: figures beside others. ``rollup``: the figures of a parent from those of its
offices. ``places``: the same for every kabupaten or province, with the ``sums`` of the
database.
"""

from .comparing import Beside, comparisons, with_measures
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
from .places import Place, newest_period, of_offices, of_provinces, of_regencies
from .rollup import Portion, RollUp, roll_up, roll_ups, years_below
from .tables import (
    NOTHING_MEASURED,
    Explanation,
    Line,
    Table,
    capaian,
    events_behind,
    explain,
    has_quarters,
    known_years,
    opening_period,
    standing,
)

__all__ = [
    "NOTHING_MEASURED",
    "Beside",
    "Deed",
    "Explanation",
    "Group",
    "Line",
    "Listed",
    "Place",
    "PlannedLine",
    "Portion",
    "Profile",
    "RollUp",
    "Table",
    "Told",
    "Year",
    "capaian",
    "comparisons",
    "events_behind",
    "explain",
    "has_quarters",
    "known_years",
    "listing",
    "newest_period",
    "of_offices",
    "of_provinces",
    "of_regencies",
    "opening_period",
    "profile",
    "roll_up",
    "roll_ups",
    "standing",
    "with_measures",
    "years_below",
    "years_of",
]
