"""An SOP as BPMN 2.0, out and in: for exchange, never executed."""

from .drafted import drafted
from .foreign import Sketch, sketch
from .graph import Profile
from .own import read_own
from .safe import NotBpmn, opened
from .write import write

__all__ = [
    "NotBpmn",
    "Profile",
    "Sketch",
    "drafted",
    "opened",
    "read_own",
    "sketch",
    "write",
]
