"""Forms of the administrator's pages: ``staff``: people, ``calendar``: working time,
``standing_in``: absence and mandates."""

from .calendar import CHANGES, CalendarForm
from .staff import AccountForm, AppointForm, EndForm, PositionForm
from .standing_in import AbsenceForm, DelegationForm

__all__ = [
    "CHANGES",
    "AbsenceForm",
    "AccountForm",
    "AppointForm",
    "CalendarForm",
    "DelegationForm",
    "EndForm",
    "PositionForm",
]
