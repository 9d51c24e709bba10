"""What the documents say of the code is true."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text()
REGULATIONS = (ROOT / "docs" / "regulations.md").read_text()
NAMES = sorted(set(re.findall(r"`(himpun\.[\w.]+)`", GLOSSARY + REGULATIONS)))
KNOWN_AS = ("dibaca", "sumber lain", "belum diperiksa")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]


def resolve(name):
    """Import the longest part that is a module, then walk the attributes."""
    parts = name.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[cut:]:
            found = getattr(found, attribute)
        return found
    raise ModuleNotFoundError(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_document_exists(name):
    assert resolve(name) is not None


def test_a_name_that_does_not_exist_is_noticed():
    with pytest.raises((AttributeError, ModuleNotFoundError)):
        resolve("himpun.formula.no_such_thing")


def rows_of_regulations():
    """Return the cells of each row: place, rule, names, tests, how it is known."""
    rows = re.findall(r"^\| (?!Place)(.+) \|$", REGULATIONS, re.MULTILINE)
    return [row.split(" | ") for row in rows]


def names_of_tests():
    files = [*ROOT.glob("tests/test_*.py"), *ROOT.glob("src/**/tests/test_*.py")]
    return {
        name
        for file in files
        for name in re.findall(r"^def (test_\w+)\(", file.read_text(), re.MULTILINE)
    }


def test_each_rule_of_a_regulation_has_a_function_a_test_and_a_source():
    rows = rows_of_regulations()
    assert len(rows) > 30
    for _place, _rule, names, tests, source in rows:
        assert "`himpun." in names
        assert "`test_" in tests
        assert source.endswith(KNOWN_AS)


def test_every_test_that_the_regulations_name_is_there():
    named = set(re.findall(r"`(test_\w+)`", REGULATIONS))
    assert named
    assert named - names_of_tests() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page):
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target


def test_contributing_stays_within_a_hundred_lines():
    assert len((ROOT / "CONTRIBUTING.md").read_text().splitlines()) <= 100


def test_the_readme_stays_one_screen():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 60


def words_of_screens():
    """Return every text that templates, scripts and sentences of the product hold."""
    files = [
        path
        for kind in ("*.html", "*.py", "*.js")
        for path in (ROOT / "src").rglob(kind)
        if "tests" not in path.parts
    ]
    return " ".join(" ".join(path.read_text().lower().split()) for path in files)


GUIDES = sorted((ROOT / "docs" / "panduan").glob("*.md"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_the_words_that_a_guide_quotes_stand_on_a_screen(guide):
    screens = words_of_screens()
    quoted = re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", guide.read_text())
    assert quoted
    assert [q for q in quoted if " ".join(q.lower().split()) not in screens] == []


def test_a_button_that_does_not_exist_would_be_noticed():
    assert "simpan dan kirim semuanya" not in words_of_screens()
