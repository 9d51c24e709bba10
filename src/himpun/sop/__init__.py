"""An SOP as data: what the command line needs; the parts have their own modules."""

from .check import Checked, as_json, check, report
from .model import Sop
from .shipped import shipped

__all__ = ["Checked", "Sop", "as_json", "check", "report", "shipped"]
