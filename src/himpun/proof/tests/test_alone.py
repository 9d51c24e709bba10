"""The library stands alone: standard library only, so that a verifier can ship it.

One module beside it, which stands as alone, marks the sentences.
"""

import ast
import sys
from pathlib import Path

import pytest

from himpun import wording

WORDING = Path(wording.__file__)
FILES = [WORDING, *sorted(Path(__file__).parents[1].glob("*.py"))]
ALLOWED = {*sys.stdlib_module_names, "himpun.wording"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_but_the_standard_library_is_imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        roots = {n if n.startswith("himpun") else n.split(".")[0] for n in names}
        assert roots <= ALLOWED


def test_there_are_files_to_look_at():
    assert {"canon.py", "chain.py", "seal.py"} <= {path.name for path in FILES}
