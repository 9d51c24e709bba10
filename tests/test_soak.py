"""The long form of what the suite tests shortly (`make soak`)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.installation import ROOT

pytestmark = pytest.mark.soak
KILLS = 200
LIBRARIES = ("proof", "worktime", "formula", "sop")


def test_no_answered_save_is_lost_when_processes_are_killed(installation):
    installation.environ["DJANGO_SETTINGS_MODULE"] = "himpun.config.settings"
    script = Path(__file__).with_name("killed.py")
    process = installation.python(script, KILLS)
    out, err = process.communicate(timeout=500)
    assert process.returncode == 0, err
    found = json.loads(out)
    assert found["kills"] == KILLS
    assert found["saves"] > KILLS
    assert installation.himpun("ledger", "verify").returncode == 0


def test_the_laws_hold_for_many_more_examples():
    places = [f"src/himpun/{name}" for name in LIBRARIES]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.many_examples", *places],
        cwd=ROOT,
        env={**os.environ, "HIMPUN_TEST_REPORT": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
