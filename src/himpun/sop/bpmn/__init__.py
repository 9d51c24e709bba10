"""An SOP as BPMN 2.0, out and in: for exchange, never executed."""

from .graph import Profile
from .own import read_own
from .safe import NotBpmn, opened
from .write import write

__all__ = ["NotBpmn", "Profile", "opened", "read_own", "write"]
