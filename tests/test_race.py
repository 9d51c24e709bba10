"""Twenty processes race to close one task: exactly one wins, on both databases."""

import json
from pathlib import Path

import pytest

RACE = Path(__file__).with_name("race.py")
RACERS = 20


def raced(installation, cases):
    """Let twenty processes race for the task of each case; return the cases."""
    installation.environ["DJANGO_SETTINGS_MODULE"] = "himpun.config.settings"
    process = installation.python(RACE, RACERS, cases)
    out, err = process.communicate(timeout=30 + 30 * cases)
    assert process.returncode == 0, err
    found = json.loads(out)
    assert len(found) == cases
    for row in found:
        assert row["said"].count("won") == 1
        late = [said for said in row["said"] if "sudah ditutup oleh Pelaksana" in said]
        assert len(late) == RACERS - 1
    return [row["case"] for row in found]


def times_closed(installation, case):
    shown = installation.himpun("ledger", "show", f"case:{case}", "--json")
    types = [event["type"] for event in json.loads(shown.stdout)]
    return types.count("task.done")


def test_exactly_one_of_twenty_processes_closes_a_task(installation):
    [case] = raced(installation, 1)
    assert times_closed(installation, case) == 1


@pytest.mark.soak
def test_exactly_one_of_twenty_wins_twenty_times_in_a_row(installation):
    cases = raced(installation, 20)
    for case in cases:
        assert times_closed(installation, case) == 1
    assert installation.himpun("ledger", "verify").returncode == 0
