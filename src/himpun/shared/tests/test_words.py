"""What a page says is said by us, not by a catalogue that happens to know the words."""

import gettext
import re
from pathlib import Path

import django
import pytest

import himpun

SAID = re.compile(r"""(?:\btrans(?:late)?\s|\b_\(\s*|\bsay\(\s*)(["'])(.+?)\1""")
HOME = Path(himpun.__file__).parent
CATALOGUES = sorted(Path(django.__file__).parent.rglob("locale/id/LC_MESSAGES/*.mo"))


@pytest.fixture(scope="module")
def sentences():
    files = [*HOME.rglob("*.html"), *HOME.rglob("*.py")]
    return {m[2] for file in files for m in SAID.finditer(file.read_text())}


def test_the_sentences_are_found(sentences):
    assert {"Tugas saya", "Selamat pagi", "Laporan Kinerja"} <= sentences


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-5])
def test_no_sentence_is_also_an_english_one_of_django(path, sentences):
    """A column "No" would be headed "Tidak"."""
    with path.open("rb") as file:
        known = gettext.GNUTranslations(file)
    assert {s: known.gettext(s) for s in sentences if known.gettext(s) != s} == {}
