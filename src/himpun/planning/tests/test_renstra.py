from dataclasses import replace
from datetime import date

import pytest

from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import WHEN
from himpun.planning import actions, queries
from himpun.planning.models import PlannedTarget, RenstraVersion
from himpun.planning.rules import Change, GoalPlan, OutcomePlan, Stage
from himpun.planning.tests.builders import promise, revise
from himpun.planning.tests.plan_builders import (
    add,
    budget,
    enacted,
    events,
    plan,
    planning_office,
    programme,
    spend,
)
from himpun.shared.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return planning_office()


def keep(office, document):
    return actions.keep_renstra(office.unit, document, by=office.kasubbag, at=WHEN)


def enact(office, version, since, **more):
    return actions.enact_renstra(version, since, by=office.kasubbag, at=WHEN, **more)


def test_a_renstra_is_kept_as_it_was_written_and_read_back_so(office):
    first = keep(office, plan(office))
    assert first.change is Change.CREATED
    assert "Sasaran S2 belum mempunyai indikator." in first.doubts
    tree = queries.tree_of(first.row)
    assert queries.plan_of(tree) == plan(office)
    served = [
        branch.row.programme.code for branch in tree.goals[0].outcomes[0].programmes
    ]
    assert served == ["7.01.01"]
    event = events(office)[-1]
    assert event.type == "renstra.kept"
    assert b"Meningkatnya" not in bytes(event.body)
    assert ledger.data_of(event)["programmes"][0]["funding"] == {"2025": 100, "2026": 0}


def test_a_renstra_in_force_calls_its_indicators_as_on_that_day(office):
    version = enacted(office)
    [before] = (v for v in meanings(office).values() if v.indicator.code == "S")
    changed = revise(office, before, since=date(2026, 1, 1), name="Nama lain")
    rows = queries.renstra_table(version, meanings(office)).rows
    told = {row.code: row.text for row in rows if row.meaning}
    assert told["S"] == before.name != changed.name


def meanings(office):
    rows = queries.versions_in_force(office.unit, date(2026, 12, 31))
    return {row.indicator_id: row for row in rows}


def test_the_same_renstra_again_makes_nothing_new_and_another_replaces_the_draft(
    office,
):
    first = keep(office, plan(office))
    before = len(events(office))
    assert keep(office, plan(office)).change is Change.UNCHANGED
    assert len(events(office)) == before
    other = keep(office, plan(office, text="Meningkatnya mutu pelayanan"))
    assert (other.row, other.change) == (first.row, Change.UPDATED)
    assert (
        RenstraVersion.objects.get()
        .outcomes.get(code="S1")
        .text.endswith("mutu pelayanan")
    )


def test_a_renstra_in_force_is_not_changed(office):
    version = enacted(office)
    assert keep(office, plan(office)).change is Change.UNCHANGED
    with pytest.raises(Refusal, match="sudah berlaku"):
        keep(office, plan(office, text="Lain"))
    with pytest.raises(Refusal, match="sudah berlaku"):
        enact(office, version, date(2025, 6, 1))
    assert enact(office, version, date(2025, 1, 1)).change is Change.UNCHANGED
    with pytest.raises(Refusal, match="sudah berlaku"):
        enact(office, version, date(2025, 1, 1), decision="Keputusan lain")
    assert queries.plan_of(queries.tree_of(version)) == plan(office)


def test_a_change_supersedes_from_its_day_and_the_first_stays(office):
    first = enacted(office)
    change = plan(office, stage=Stage.CHANGED, text="Meningkatnya mutu")
    second = keep(office, change).row
    assert queries.renstra_in_force(office.unit, date(2026, 6, 1)) == first
    with pytest.raises(Refusal, match="tanggal sesudahnya"):
        enact(office, second, date(2025, 1, 1))
    enact(office, second, date(2026, 3, 1))
    on = {
        day: queries.renstra_in_force(office.unit, day)
        for day in (date(2024, 12, 31), date(2026, 2, 28), date(2026, 3, 1))
    }
    assert list(on.values()) == [None, first, second]
    assert queries.renstra_in_force(office.unit, date(2030, 1, 1)) is None
    assert keep(office, plan(office)).row == first


def test_a_change_without_a_renstra_before_it_does_not_come_into_force(office):
    version = keep(office, plan(office, stage=Stage.CHANGED)).row
    with pytest.raises(Refusal, match="murni"):
        enact(office, version, date(2025, 1, 1))


def test_the_targets_of_its_years_are_pinned_when_it_comes_into_force(office):
    version = enacted(office)
    outcome = office.unit.indicators.get(code="S")
    promise(office, outcome.versions.get(), "2026", "99")
    planned = queries.tree_of(version).goals[0].outcomes[0].indicators[0]
    assert planned.aims == {"2025": 91, "2026": 92}
    assert PlannedTarget.objects.count() == 6
    assert len(ledger.data_of(events(office)[-2])["targets"]) == 6


def test_an_indicator_serves_the_sasaran_of_its_place(office):
    version = enacted(office)
    ids = {row.code: row.pk for row in office.unit.indicators.all()}
    found = queries.serving(version, ids.values())
    assert found[ids["T"]] == queries.Serving(None, "Meningkatnya kinerja wilayah")
    assert found[ids["S"]].text == "Meningkatnya kualitas pelayanan"
    assert found[ids["P"]].outcome == found[ids["S"]].outcome
    assert found[ids["P"]].text == "Terpenuhinya"
    assert queries.serving(None, ids.values()) == {}
    first = programme(office, "7.01.01")
    assert queries.funding(version, 2026) == {first.pk: 0}


def test_the_money_of_a_sasaran_is_that_of_its_programmes(
    office, django_assert_num_queries
):
    day = date(2025, 12, 31)
    assert queries.serapan_of_outcomes(office.unit, 2025, day) == []
    enacted(office)
    budget(office, "7.01.01.2.06.0001", 60)
    budget(office, "7.01.01.2.06.0002", 40)
    spend(office, "7.01.01.2.06.0001", "2025-TW1", 25)
    with django_assert_num_queries(6):
        found = queries.serapan_of_outcomes(office.unit, 2025, day)
    assert [(row.outcome.code, row.money.budget) for row in found] == [
        ("S1", 100),
        ("S2", None),
    ]
    assert found[0].money.percent == 25


def test_an_indicator_or_programme_that_is_not_the_offices_is_refused(office):
    other = planning_office()
    theirs = programme(other, "7.01.01").pk
    document = plan(office)
    foreign = replace(
        document, programmes=(replace(document.programmes[0], programme=theirs),)
    )
    with pytest.raises(Refusal, match="bukan program kantor ini"):
        keep(office, foreign)
    goal = GoalPlan("T1", "Tujuan", (OutcomePlan("S1", "Sasaran", ("Z",)),))
    with pytest.raises(Refusal, match="Z belum didefinisikan"):
        keep(office, replace(document, goals=(goal,), programmes=()))
    assert not RenstraVersion.objects.exists()


def test_the_tree_takes_six_queries_whatever_its_size(
    office, django_assert_num_queries
):
    document = plan(office)
    more = tuple(
        replace(document.programmes[1], programme=add(office, code, "Program").row.pk)
        for code in ("7.01.03", "7.01.04", "7.01.05", "7.01.06")
    )
    document = replace(document, programmes=document.programmes + more)
    version = keep(office, document).row
    with django_assert_num_queries(6):
        tree = queries.tree_of(version)
        assert [branch.row.programme.name for branch in tree.programmes][
            -1
        ] == "Program"
        assert tree.goals[0].outcomes[0].indicators[0].code == "S"
