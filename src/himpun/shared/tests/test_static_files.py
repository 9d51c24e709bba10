"""What the product serves: vendored files are what they say, pages hold no inline code."""

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from himpun.shared.templatetags.himpun import ICONS

PRODUCT = Path(__file__).parents[2]
STATIC = PRODUCT / "shared" / "static"
OWN = {"himpun.css", "himpun.js", "lambang.svg", "VENDORED.toml"}
LISTED = tomllib.loads((STATIC / "VENDORED.toml").read_text())["file"]
TEMPLATES = sorted(PRODUCT.glob("*/templates/**/*.html"))
SHEETS = sorted(
    path
    for folder in ("static", "templates")
    for path in PRODUCT.glob(f"*/{folder}/**/*.css")
)

FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "inline style": re.compile(r"<style", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "other server": re.compile(
        r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE
    ),
}


@pytest.mark.parametrize("row", LISTED, ids=lambda row: row["path"])
def test_a_vendored_file_is_the_one_that_was_listed(row):
    found = hashlib.sha256((STATIC / row["path"]).read_bytes()).hexdigest()
    assert found == row["sha256"]
    assert (STATIC / row["licence_file"]).read_text().strip()
    assert row["name"]
    assert row["version"]
    assert row["licence"]


def test_every_file_that_is_not_ours_is_listed():
    listed = {row["path"] for row in LISTED} | {r["licence_file"] for r in LISTED}
    there = {str(p.relative_to(STATIC)) for p in STATIC.rglob("*") if p.is_file()}
    assert there == listed | OWN


def faults(text):
    """Return the names of what the content security policy would refuse."""
    text = re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_a_template_holds_nothing_that_the_policy_refuses(path):
    assert faults(path.read_text()) == []


def test_planted_faults_in_a_template_are_found():
    assert faults('<p style="color:red">') == ["style attribute"]
    assert faults('<a onclick="x()">') == ["event attribute"]
    assert faults("<style>p{}</style>") == ["inline style"]
    assert faults("<script>x()</script>") == ["inline script"]
    assert faults('<img src="//cdn.example/x.png">') == ["other server"]


@pytest.mark.parametrize("path", SHEETS, ids=lambda p: p.name)
def test_a_style_sheet_loads_nothing_from_elsewhere(path):
    assert (
        re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", path.read_text()) == []
    )


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: p.name)
def test_icons_named_in_a_template_exist(path):
    named = set(re.findall(r'{% ikon "([^"]+)"', path.read_text()))
    named |= set(re.findall(r"#i-([a-z0-9-]+)", path.read_text()))
    assert named <= ICONS
