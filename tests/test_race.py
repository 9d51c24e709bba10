"""Twenty processes race to close one task: exactly one wins, on both databases."""

import json
import time
from pathlib import Path

HERE = Path(__file__).parent
RACERS = 20


def settled(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out.strip()


def test_exactly_one_of_twenty_processes_closes_a_task(installation):
    installation.environ["DJANGO_SETTINGS_MODULE"] = "himpun.config.settings"
    made = json.loads(settled(installation.python(HERE / "race_prepare.py")))
    start = time.time() + 6
    racers = [
        installation.python(
            HERE / "race_to_complete.py", made["task"], made["people"][n % 2], start
        )
        for n in range(RACERS)
    ]
    results = [settled(racer) for racer in racers]
    assert results.count("won") == 1
    assert sum("sudah ditutup oleh Pelaksana" in r for r in results) == RACERS - 1
    shown = installation.himpun("ledger", "show", f"case:{made['case']}", "--json")
    types = [event["type"] for event in json.loads(shown.stdout)]
    assert types.count("task.done") == 1
