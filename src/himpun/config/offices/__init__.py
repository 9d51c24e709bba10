"""An office written down in one file: its units, positions, people, SOP and indicators."""

from .form import BadOffice, Kantor, read
from .loading import Office, load

__all__ = ["BadOffice", "Kantor", "Office", "load", "read"]
