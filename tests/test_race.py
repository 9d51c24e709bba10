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


@pytest.mark.soak
def test_planners_who_change_one_plan_at_once_lose_nothing(installation):
    installation.environ["DJANGO_SETTINGS_MODULE"] = "himpun.config.settings"
    process = installation.python(RACE.with_name("race_plan.py"), RACERS)
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    found = json.loads(out)
    each = ["won"] * RACERS
    drafts = found["renstra"]
    assert drafts["said"] == each
    assert (drafts["numbers"], drafts["goals"], drafts["events"]) == ([1], [1], RACERS)
    for paper, why in (
        ("agreement", "sudah ada"),
        ("steps", "orang lain sudah menyimpan"),
    ):
        said = found[paper]["said"]
        assert (said.count("won"), found[paper]["numbers"]) == (1, [1])
        assert sum(why in words for words in said) == RACERS - 1
    assert found["annual"]["said"] == each
    assert found["annual"]["numbers"] == list(range(1, RACERS + 1))
    nothing_was_overwritten_unseen(found["target"]["chain"], found["target"]["stands"])
    assert found["target"]["said"] == each
    spent = found["spending"]
    [[_period, amount]] = spent["stands"]
    nothing_was_overwritten_unseen(spent["chain"], amount)
    assert spent["said"].count("won") == RACERS // 2
    assert found["grid"]["said"] == found["mixed"]["said"] == each
    assert len(set(found["grid"]["stands"])) == 1
    assert installation.himpun("ledger", "verify").returncode == 0


def nothing_was_overwritten_unseen(chain, stands):
    """Each act replaced what the one before it left, and the last one stands."""
    assert [old for old, _new in chain] == [None, *(new for _old, new in chain[:-1])]
    assert chain[-1][1] == stands
