from hashlib import sha256

import pytest
from fontTools.ttLib import TTFont

from himpun.documents import fonts

SHIPPED = {
    "LiberationSans-Bold.ttf",
    "LiberationSans-BoldItalic.ttf",
    "LiberationSans-Italic.ttf",
    "LiberationSans-Regular.ttf",
}
UNCHANGED = "7782a27f4dff"
"""First digits of the hash of all four: the files of Liberation 2.1.5."""


def test_the_four_faces_are_shipped_unchanged_with_their_licence():
    found = {path.name for path in fonts.FONT_DIR.iterdir()}
    assert found == SHIPPED | {"LICENSE-liberation.txt"}
    together = b"".join(
        (fonts.FONT_DIR / name).read_bytes() for name in sorted(SHIPPED)
    )
    assert sha256(together).hexdigest().startswith(UNCHANGED)
    licence = (fonts.FONT_DIR / "LICENSE-liberation.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Red Hat" in licence


def test_every_face_belongs_to_the_family_that_papers_name():
    for name in SHIPPED:
        with TTFont(fonts.FONT_DIR / name, lazy=True) as font:
            assert font["name"].getDebugName(1) == fonts.FAMILY


def test_widths_are_those_of_the_font_and_add_up():
    assert fonts.measure("", 10) == 0
    assert fonts.measure("0", 2048) == 1139
    assert fonts.measure("00", 5) == pytest.approx(2 * fonts.measure("0", 5))
    assert fonts.measure("m", 3, bold=True) > fonts.measure("m", 3)


def test_a_letter_that_the_font_lacks_is_as_wide_as_its_box():
    assert fonts.measure("漢", 2048) == 1536


@pytest.mark.parametrize(("plain", "slanted"), [("Regular", "Italic")])
def test_slanted_latin_letters_are_as_wide_as_upright_ones(plain, slanted):
    widths = []
    for style in (plain, slanted):
        with TTFont(fonts.FONT_DIR / f"LiberationSans-{style}.ttf", lazy=True) as font:
            glyphs, metrics = font.getBestCmap(), font["hmtx"].metrics
            widths.append([metrics[glyphs[code]][0] for code in range(0x20, 0x7F)])
    assert widths[0] == widths[1]
