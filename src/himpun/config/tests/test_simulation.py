"""`himpun sop simulate`: made-up cases through the real engine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from himpun.config import simulation
from himpun.procedures.models import Case
from himpun.sop import check
from himpun.sop.shipped import shipped

EXAMPLES = sorted((Path(__file__).parents[2] / "procedures/tests/data").glob("*.yaml"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_form_of_flow_ends(path):
    found = simulation.simulate(check(path.read_bytes()).sop, cases=1, seed=3)
    assert (found.cases, found.finished) == (1, 1)
    assert found.acts >= len([s for s in found.steps if s.count])
    assert {case.state for case in Case.objects.all()} == {"selesai"}


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_times_and_another_seed_others():
    [source] = [path for path in EXAMPLES if path.stem == "plain"]
    document = check(source.read_bytes()).sop

    def times(seed):
        plain = simulation.plain(simulation.simulate(document, cases=1, seed=seed))
        return plain["steps"][0]["median"]

    found = []
    for seed in (1, 1, 2):
        with transaction.atomic():
            found.append(times(seed))
            transaction.set_rollback(True)
    assert found[0] == found[1] != found[2]


def himpun(*words):
    environ = {
        name: value for name, value in os.environ.items() if "HIMPUN" not in name
    }
    return subprocess.run(
        [sys.executable, "-c", "from himpun.config.cli import main; main()", *words],
        env={**environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_needs_no_installation_and_leaves_none(tmp_path):
    path = tmp_path / "sop.yaml"
    path.write_bytes(next(iter(shipped().values())))
    before = set(tmp_path.iterdir())
    ran = himpun("sop", "simulate", str(path), "--cases", "1", "--json")
    answer = json.loads(ran.stdout)
    assert answer["finished"] == 1
    assert [step["count"] for step in answer["steps"]] == [1, 1, 1, 1, 1]
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("number", ["0", "1001"])
def test_so_many_cases_are_no_number_of_cases(number):
    ran = himpun("sop", "simulate", "sop.yaml", "--cases", number)
    assert "isi angka 1 sampai 1000" in ran.stderr
