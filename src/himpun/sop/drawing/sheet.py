"""The paper and the type sizes of the form, in millimetres.

F4 landscape is the paper of Indonesian offices; PermenPANRB 35/2012 prescribes the
parts of the form, not its measures.
"""

from dataclasses import dataclass

from .geometry import Box
from .wording import Font, Measure

WIDTH = 330.0
HEIGHT = 215.0
MARGIN = 10.0
PAD = 1.4
"""Room between a rule of the table and the text beside it."""
BODY = 3.2
SMALL = 2.7
DOTS = "." * 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's size and the way text is measured.

    `scale` above 1 is a larger sheet with the same proportions: an SOP with very many
    actors is laid out on it and printed smaller.
    """

    measure: Measure
    scale: float = 1.0

    @property
    def width(self) -> float:
        """The width of the page."""
        return WIDTH * self.scale

    @property
    def height(self) -> float:
        """The height of the page."""
        return HEIGHT * self.scale

    @property
    def frame(self) -> Box:
        """The page without its margins."""
        return Box(MARGIN, MARGIN, self.width - MARGIN, self.height - MARGIN)

    def font(self, size: float = BODY, *, bold: bool = False) -> Font:
        """Return an upright font."""
        return Font(self.measure, size, bold)

    def slanted(self, size: float) -> Font:
        """Return an italic font."""
        return Font(self.measure, size, italic=True)
