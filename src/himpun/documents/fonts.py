"""Liberation Sans, the font of every paper, shipped with the product.

Papers look the same on every machine because no other font is ever used; widths are
measured here with the very files that the papers embed.
"""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONT_DIR = Path(__file__).parent / "fonts"
"""The folder with the TrueType files and their licence."""
FAMILY = "Liberation Sans"


def measure(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line in the unit of `size`: the sum of its letters.

    Kerning is left out: drawn text is given this very width (`textLength` in SVG).
    The regular widths serve for italic text as well: Latin letters have the same. A
    letter that the font lacks has the width of the box printed in its place.
    """
    widths, missing = _advances(bold=bold)
    return size * sum(widths.get(ord(letter), missing) for letter in text)


@cache
def _advances(*, bold: bool) -> tuple[dict[int, float], float]:
    """Return the widths of all letters for size 1, and that of a missing one."""
    name = "LiberationSans-Bold.ttf" if bold else "LiberationSans-Regular.ttf"
    with TTFont(FONT_DIR / name, lazy=True) as font:
        em = font["head"].unitsPerEm
        metrics = font["hmtx"].metrics
        glyphs = font.getBestCmap()
        widths = {code: metrics[glyph][0] / em for code, glyph in glyphs.items()}
        return widths, metrics[".notdef"][0] / em
