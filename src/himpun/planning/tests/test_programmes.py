from datetime import date

import pytest

from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions, queries
from himpun.planning.models import Budget, Programme, Spending
from himpun.planning.rules import Change, Level, ProgrammeLine, Stage
from himpun.planning.tests.plan_builders import (
    LINES,
    add,
    budget,
    events,
    planning_office,
    programme,
    spend,
)
from himpun.shared.refusals import Refusal
from himpun.worktime.periods import read_period

pytestmark = pytest.mark.django_db
DESKS = "7.01.01.2.06.0002"
WIRES = "7.01.01.2.06.0001"


@pytest.fixture
def office():
    return planning_office()


def test_a_programme_is_kept_once_and_takes_a_new_name(office):
    before = len(events(office))
    row = programme(office, DESKS)
    assert (row.level, row.parent.code) == ("sub kegiatan", "7.01.01.2.06")
    again = add(office, *LINES[3])
    assert (again.row, again.change, again.doubts) == (row, Change.UNCHANGED, ())
    assert len(events(office)) == before
    other = add(office, DESKS, "Penyediaan Peralatan")
    assert (other.row, other.change) == (row, Change.UPDATED)
    assert "di nomenklatur bernama" in other.doubts[0]
    last = events(office)[-1]
    assert ledger.data_of(last)["code"] == DESKS
    assert b"Peralatan" not in bytes(last.body)


@pytest.mark.parametrize(
    ("code", "why"),
    [("7.01.01.2.06.000", "salah ketik"), ("7.01.03.2.01.0001", "belum ada")],
)
def test_a_misprinted_code_and_a_part_without_its_whole_are_refused(office, code, why):
    with pytest.raises(Refusal, match=why):
        add(office, code, "Penyediaan Bahan")
    assert Programme.objects.count() == len(LINES)


def test_a_name_longer_than_its_column_is_refused(office):
    with pytest.raises(Refusal, match="paling panjang 400"):
        add(office, "7.01.03", "x" * 401)


def test_without_a_code_a_line_is_known_by_its_name_within_its_whole(office):
    whole = add(office, "", "Program lama", level=Level.PROGRAMME).row
    part = {"level": Level.ACTIVITY, "parent": whole.pk}
    first = add(office, "", "Kegiatan lama", **part)
    assert first.row.parent == whole
    assert add(office, "", "Kegiatan  lama", **part).change is Change.UNCHANGED
    with pytest.raises(Refusal, match="belum ada"):
        add(office, "", "Kegiatan", level=Level.ACTIVITY, parent=first.row.pk)


def test_others_may_not_change_programmes_or_pagu(office):
    for who in (office.bendahara, office.camat):
        with pytest.raises(Refusal, match="Kasubbag"):
            actions.keep_programme(
                office.unit, ProgrammeLine("Program", "7.01.03"), by=who, at=WHEN
            )


def test_a_pagu_is_set_replaced_and_taken_away(office):
    first = budget(office, DESKS, 100)
    assert (first.change, first.row.since) == (Change.CREATED, date(2025, 1, 1))
    assert budget(office, DESKS, 100).change is Change.UNCHANGED
    assert budget(office, DESKS, 120).change is Change.UPDATED
    last = ledger.data_of(events(office)[-1])
    assert (last["old"], last["new"]) == (100, 120)
    assert budget(office, DESKS, None).row is None
    assert not Budget.objects.exists()
    with pytest.raises(Refusal, match="tanpa sen"):
        budget(office, DESKS, "0.5")
    with pytest.raises(Refusal, match="tanggal berlakunya"):
        budget(office, DESKS, 100, stage=Stage.CHANGED)


@pytest.mark.parametrize("who", ["kasubbag", "pelaksana", "camat"])
def test_only_the_bendahara_records_spending(office, who):
    with pytest.raises(Refusal, match="Bendahara"):
        spend(office, DESKS, "2025-TW1", 5, by=office.people[who])
    assert not Spending.objects.exists()


def test_spending_is_recorded_replaced_and_doubted_above_the_pagu(office):
    budget(office, DESKS, 100)
    assert spend(office, DESKS, "2025-TW1", 60).change is Change.CREATED
    assert spend(office, DESKS, "2025-TW1", 60).change is Change.UNCHANGED
    more = spend(office, DESKS, "2025-TW2", 50)
    assert "Rp110 melebihi pagu Rp100" in more.doubts[0]
    assert spend(office, DESKS, "2025-TW2", 40).doubts == ()
    with pytest.raises(Refusal, match="dua kali"):
        spend(office, DESKS, "2025-B01", 1)
    assert spend(office, DESKS, "2025-TW2", None).row is None
    assert [row.amount for row in Spending.objects.all()] == [60]
    last = ledger.data_of(events(office)[-1])
    assert (last["old"], last["new"]) == (40, None)


def test_serapan_counts_what_had_ended_against_the_pagu_of_that_day(office):
    budget(office, DESKS, 100)
    budget(office, DESKS, 80, stage=Stage.CHANGED, since=date(2025, 10, 1))
    budget(office, WIRES, 100)
    for period, amount in (("2025-TW1", 20), ("2025-TW2", 20), ("2025-TW4", 30)):
        spend(office, DESKS, period, amount)
    budget(office, "7.01.02", 50, year=2024)

    half = queries.serapan(office.unit, 2025, read_period("2025-S1"))[office.unit.pk]
    assert (half.total.budget, half.total.spent, half.total.percent) == (200, 40, 20)
    assert (half.total.counted, half.total.total) == (1, 3)
    year = queries.serapan([office.unit.pk], 2025, date(2025, 12, 31))[office.unit.pk]
    assert year.of(programme(office, "7.01.01").pk).budget == 180
    assert year.of(programme(office, DESKS).pk).percent == 87.5
    assert year.of(programme(office, WIRES).pk).spent is None
    assert year.rows[0].programme.code == "7.01.01"


def test_serapan_of_many_offices_takes_three_queries(office, django_assert_num_queries):
    other = make_office("Kecamatan Lain")
    add(other, "7.01.01", "Program")
    budget(office, DESKS, 100)
    budget(other, "7.01.01", 50)
    with django_assert_num_queries(3):
        found = queries.serapan([office.unit, other.unit], 2025, date(2025, 12, 31))
    assert [found[o.unit.pk].total.budget for o in (office, other)] == [100, 50]
    assert found[other.unit.pk].total.spent is None
