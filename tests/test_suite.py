"""What the suite itself calls green, and where it finds a PostgreSQL."""

import copy
import sys

import pytest

sys.path.insert(0, "scripts")
import suite

SQLITE = {"database": "SQLite", "collected": 7, "passed": 7, "skips": [], "status": 0}
BOTH = [SQLITE, SQLITE | {"database": "PostgreSQL"}]
LIBRARIES = SQLITE | {"database": "none", "collected": 3, "passed": 3}


def told(change):
    libraries, *both = results = copy.deepcopy([LIBRARIES, *BOTH])
    change(results)
    return suite.complaints(both, [libraries])


def test_green_runs_of_the_same_tests_are_green():
    assert suite.complaints(BOTH, [LIBRARIES]) == []
    assert suite.complaints(BOTH, []) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda r: r[0].update(status=1), "pytest exit 1"),
        (lambda r: r[2].update(status=1), "pytest exit 1"),
        (lambda r: r[2].pop("database"), "reported nothing"),
        (lambda r: r[2].update(collected=6), "different numbers"),
        (lambda r: r[1].update(skips=["a.py::test_a"]), "skipped: a.py::test_a"),
    ],
)
def test_a_run_is_not_green_when_something_failed_is_missing_or_was_skipped(
    change, word
):
    assert word in " ".join(told(change))


def test_the_newest_server_of_debian_comes_before_any_other(tmp_path, monkeypatch):
    for place in ("9/bin", "15/bin", "elsewhere"):
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "postgres").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "elsewhere"))

    assert suite.server_binary(tmp_path) == tmp_path / "15/bin/postgres"
    assert suite.server_binary(tmp_path / "none") == tmp_path / "elsewhere/postgres"
    monkeypatch.setenv("PATH", str(tmp_path / "none"))
    assert suite.server_binary(tmp_path / "none") is None
