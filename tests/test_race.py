"""Twenty processes race for one task or case: exactly one wins, on both databases."""

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
    told = json.loads(out)
    found, moved = told["closed"], told["moved"]
    assert len(found) == cases
    for row in found:
        assert row["said"].count("won") == 1
        late = [said for said in row["said"] if "sudah ditutup oleh Pelaksana" in said]
        assert len(late) == RACERS - 1
    return [row["case"] for row in found], moved


def acts(installation, case):
    shown = installation.himpun("ledger", "show", f"case:{case}", "--json")
    return [event["type"] for event in json.loads(shown.stdout)]


def times_closed(installation, case):
    return acts(installation, case).count("task.done")


def test_exactly_one_of_twenty_processes_closes_a_task(installation):
    [case], moved = raced(installation, 1)
    assert times_closed(installation, case) == 1
    a_move_beside_them_happens_once(installation, moved)


def a_move_beside_them_happens_once(installation, moved):
    """One process closed the task and one moved the case, whichever came first."""
    said = moved["said"]
    assert said.count("won") == 2
    assert sum("sudah berjalan menurut versi itu" in words for words in said) == 9
    assert sum("sudah ditutup oleh Pelaksana" in words for words in said) == 9
    types = acts(installation, moved["case"])
    assert (types.count("task.done"), types.count("case.migrated")) == (1, 1)


@pytest.mark.soak
def test_exactly_one_of_twenty_wins_twenty_times_in_a_row(installation):
    cases, _moved = raced(installation, 20)
    for case in cases:
        assert times_closed(installation, case) == 1
    assert installation.himpun("ledger", "verify").returncode == 0
