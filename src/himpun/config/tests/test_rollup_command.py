import json

import pytest

from himpun.config.cli import main
from himpun.formula import OverUnits
from himpun.measurement.tests.builders import kabupaten, reached, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures():
    _office, _above, below = kabupaten(3, over_units=OverUnits.SUM)
    first, second, _third = (several[0] for several in below.values())
    store(reached(first, "2024-TW1", "12.5"), reached(second, "2024-TW2", "30"))
    store(reached(first, "2024-TW2", "1000"))


def rollup(*words):
    return main(["rollup", *words])


def test_totals_are_told_by_place_with_what_they_rest_on(figures, capsys):
    assert rollup("--indicator", "IKU-1", "--by", "kabupaten") == 0
    head, line = capsys.readouterr().out.splitlines()
    assert head == "IKU-1, Triwulan II 2024"
    assert line.endswith("1.030,00 nilai  2 dari 3 unit")


def test_the_same_is_handed_out_as_json_at_every_level(figures, capsys):
    found = {}
    for level in ("kecamatan", "kabupaten", "province"):
        words = ("--by", level, "--period", "2024-TW1", "--json")
        assert rollup("--indicator", "IKU-1", *words) == 0
        [row] = json.loads(capsys.readouterr().out)
        found[level] = (row["value"], row["counted"], row["total"])
    assert found == {
        "kecamatan": ("12.5", 1, 1),
        "kabupaten": ("12.5", 1, 3),
        "province": ("12.5", 1, 3),
    }


def test_what_cannot_be_added_up_is_refused_with_a_sentence(figures, capsys):
    assert rollup("--indicator", "X", "--by", "kabupaten") == 1
    assert "Periksa kodenya" in capsys.readouterr().err
    words = ("--indicator", "IKU-1", "--by", "kabupaten", "--period")
    assert rollup(*words, "2024-X") == 1
    assert "bukan periode" in capsys.readouterr().err
    assert rollup(*words, "2010") == 1
    assert "Belum ada indikator kabupaten" in capsys.readouterr().err
