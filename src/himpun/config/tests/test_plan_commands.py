"""`himpun import plan` and `himpun export plan` as scripts use them."""

import json

import pytest

from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning.tests.builders import define
from himpun.shared import clock

pytestmark = pytest.mark.django_db
TABLE = "kode;jenis;sumber;2025\nIKU-1;target;PK;{}\n"


@pytest.fixture
def office():
    clock.start_at(WHEN)
    made = make_office()
    define(made, "IKU-1")
    return made


def test_a_plan_is_tried_brought_in_and_handed_out(office, himpun, tmp_path):
    table, sheets = tmp_path / "target.csv", tmp_path / "rencana.xlsx"
    table.write_text(TABLE.format("91,5"))
    ask = ("import", "plan", table, "--unit", office.unit.code)
    status, out, _ = himpun(*ask, "--dry-run")
    assert (status, "Belum ada yang disimpan" in out) == (0, True)
    assert himpun(*ask)[0] == 0
    assert himpun("export", "plan", "--unit", office.unit.code, "-o", sheets)[0] == 0
    status, out, _ = himpun(
        "import", "plan", sheets, "--unit", office.unit.code, "--json"
    )
    counts = json.loads(out)["counts"]
    one = {"created": 0, "updated": 0, "unchanged": 1, "rejected": 0}
    assert (status, counts["Target"], counts["Indikator"]) == (0, one, one)


def test_what_hinders_is_told_by_cell_and_exits_with_1(office, himpun, tmp_path):
    table = tmp_path / "target.csv"
    table.write_text(TABLE.format("#DIV/0!"))
    status, out, _ = himpun("import", "plan", table, "--unit", office.unit.code)
    assert status == 1
    assert "TOLAK Target!D2 #DIV/0!" in out
    status, _, err = himpun("import", "plan", table, "--unit", "tidak-ada")
    assert (status, "tidak-ada" in err) == (1, True)
    ask = ("import", "plan", table, "--unit", office.unit.code, "--by", "pelaksana")
    status, _, err = himpun(*ask)
    assert status == 1
    status, _, err = himpun("import", "plan", tmp_path / "x.csv")
    assert status == 1
