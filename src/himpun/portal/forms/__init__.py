"""Forms of the administrator's pages: ``staff``: people, ``calendar``: working time."""

from .calendar import CHANGES, CalendarForm
from .staff import AccountForm, AppointForm, EndForm, PositionForm

__all__ = [
    "CHANGES",
    "AccountForm",
    "AppointForm",
    "CalendarForm",
    "EndForm",
    "PositionForm",
]
