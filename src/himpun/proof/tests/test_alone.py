"""The library stands alone: standard library only, so that a verifier can ship it."""

import ast
import sys
from pathlib import Path

import pytest

FILES = sorted(Path(__file__).parents[1].glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_but_the_standard_library_is_imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        assert all(name.split(".")[0] in sys.stdlib_module_names for name in names)


def test_there_are_files_to_look_at():
    assert {"canon.py", "chain.py", "seal.py"} <= {path.name for path in FILES}
