"""What the pages over several apps show.

``work``: Beranda. ``frame``: the bar around every page. ``staff``: Pengaturan.
"""

from .work import (
    SHOWN,
    Awaited,
    Desk,
    Job,
    Returned,
    Supply,
    Upcoming,
    awaited,
    collecting,
    counts,
    done_this_week,
    jobs,
    last_finished,
    performance,
    returned_values,
    running,
    signing,
    supplies,
    upcoming,
)

__all__ = [
    "SHOWN",
    "Awaited",
    "Desk",
    "Job",
    "Returned",
    "Supply",
    "Upcoming",
    "awaited",
    "collecting",
    "counts",
    "done_this_week",
    "jobs",
    "last_finished",
    "performance",
    "returned_values",
    "running",
    "signing",
    "supplies",
    "upcoming",
]
