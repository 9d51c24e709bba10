"""The list of screens that the journeys look at is whole, and names what there is."""

import ast
import re
import tomllib

from django.urls import resolve

from tests.installation import ROOT

HERE = ROOT / "tests" / "journeys"
LIST = tomllib.loads((HERE / "screens.toml").read_text())
ADDRESSES = tomllib.loads((ROOT / "tests" / "access.toml").read_text())
TEMPLATES = {
    str(path.relative_to(path.parents[1]))
    for path in (ROOT / "src" / "himpun").glob("*/templates/*/*.html")
    if "{% extends" in path.read_text()
}
"""Every template that is a whole page, not a part of one."""


def test_every_address_that_can_be_opened_is_looked_at_or_is_a_file():
    opened = {
        name
        for name, methods in ADDRESSES.items()
        if isinstance(methods, dict) and "GET" in methods
    }
    looked = {address for _journey, address, _path, _figure in LIST["screens"].values()}
    assert opened == (looked & opened) | set(LIST["files"])
    assert not looked & set(LIST["files"])
    assert looked <= set(ADDRESSES)


def test_every_template_of_a_page_is_looked_at():
    assert {name.partition(" ")[0] for name in LIST["screens"]} == TEMPLATES


def test_every_screen_is_at_its_address():
    for _journey, address, path, _figure in LIST["screens"].values():
        found = resolve(path.partition("?")[0].replace("*", "1"))
        assert found.view_name == address


def test_every_screen_belongs_to_a_journey():
    journeys = {journey for journey, *_rest in LIST["screens"].values()}
    assert journeys == {
        re.sub("test_|.py", "", path.name) for path in HERE.glob("test_*.py")
    }


def test_the_journeys_import_nothing_of_the_product():
    files = [*HERE.glob("*.py"), HERE.parent / "installation.py"]
    imported = {
        name
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not [name for name in imported if name.partition(".")[0] == "himpun"]
    assert "playwright.sync_api" in imported
