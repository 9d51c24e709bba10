"""Every guard has a test that turns red when the guard is off (tests/guards.toml)."""

import json
import os
import subprocess
import sys

import pytest

from tests import guard_switch
from tests.installation import ROOT, drop_database, own_database

GUARDS = guard_switch.rows()
TESTS = sorted({test for row in GUARDS for test in (row["test"], *row.get("also", []))})
EXPECTED = {"AssertionError", "Failed"}
"""What a test raises that noticed something; anything else is an accident."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Run every guard's tests in one child process, with a database of its own."""
    report = tmp_path_factory.mktemp("guards") / "report.json"
    database = own_database("guards")
    try:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-p", "tests.guard_switch"),
                "--tb=native",  # what many tests say on purpose need not be pretty
                *TESTS,
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "HIMPUN_GUARDS_REPORT": str(report),
                "HIMPUN_TEST_DATABASE_URL": database,
                "HIMPUN_TEST_REPORT": "",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert report.exists(), done.stdout[-3000:] + done.stderr[-3000:]
    finally:
        drop_database(database)
    return json.loads(report.read_text())


def of(outcomes, guard):
    return [o for o in outcomes if o["guard"] == guard]


def red(outcomes):
    return {o["test"] for o in outcomes if not o["green"]}


def test_with_every_guard_on_all_of_them_are_green(outcomes):
    on = of(outcomes, "")
    assert {o["test"] for o in on} == set(TESTS)
    assert [o["said"] for o in on if not o["green"]] == []


@pytest.mark.parametrize("row", GUARDS, ids=lambda row: row["guard"].replace(" ", "-"))
def test_with_a_guard_off_just_its_test_turns_red(outcomes, row):
    off = of(outcomes, row["guard"])
    assert red(off) == {row["test"], *row.get("also", [])}
    noticed = EXPECTED | set(row.get("raises", []))
    for o in off:
        assert o["green"] or (o["phase"] == ["call"] and o["raised"] in noticed), o


def test_no_guard_is_named_twice():
    names = [row["guard"] for row in GUARDS]
    assert len(names) == len(set(names))
