"""A Renstra is written part by part: started, changed, thrown away, put into force."""

from dataclasses import replace
from datetime import date

import pytest

from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import WHEN
from himpun.planning import actions, queries, rules
from himpun.planning.models import Renstra, RenstraVersion
from himpun.planning.rules import Change, Stage
from himpun.planning.tests.builders import promise
from himpun.planning.tests.plan_builders import (
    by_kasubbag,
    enacted,
    events,
    plan,
    planning_office,
)
from himpun.shared.refusals import Conflict, Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return planning_office()


def said_by(version):
    """Return what a version says by now."""
    now = RenstraVersion.objects.select_related("renstra").get(pk=version.pk)
    return queries.plan_of(queries.tree_of(now))


def change(office, version, document, seen=None):
    seal = seen or rules.plan_seal(said_by(version))
    acts = by_kasubbag(office)
    return actions.change_renstra(version, document, seen=seal, **acts)


def start(office, document=None):
    return actions.start_renstra(
        office.unit, document or plan(office), **by_kasubbag(office)
    ).row


def perubahan(office, since=date(2025, 1, 1)):
    first = enacted(office, since)
    return first, actions.start_change(first, "contoh", **by_kasubbag(office)).row


def test_a_renstra_of_years_that_are_there_is_not_started_over(office):
    start(office)
    with pytest.raises(Refusal, match="2025-2029 sudah ada"):
        start(office, plan(office, text="Lain"))
    assert said_by(RenstraVersion.objects.get()) == plan(office)


def test_what_a_colleague_changed_meanwhile_is_not_overwritten(office):
    version = start(office)
    seen = rules.plan_seal(said_by(version))
    theirs = plan(office, text="Bunyi rekan")
    change(office, version, theirs)
    with pytest.raises(Conflict, match="baru saja diubah") as caught:
        change(office, version, plan(office, text="Bunyi saya"), seen)
    assert caught.value.current == theirs == said_by(version)


def test_a_draft_says_what_was_handed_in_and_the_same_is_no_event(office):
    version = start(office)
    before = len(events(office))
    assert change(office, version, plan(office)).change is Change.UNCHANGED
    assert len(events(office)) == before
    kept = change(office, version, plan(office, text="Lain"))
    assert (kept.row, kept.change) == (version, Change.UPDATED)
    assert [event.type for event in events(office)[before:]] == ["renstra.kept"]


def test_a_renstra_that_is_only_a_draft_moves_to_other_years(office):
    version = start(office)
    moved = replace(plan(office), first_year=2024, last_year=2028)
    change(office, version, moved)
    assert said_by(RenstraVersion.objects.get()) == moved
    start(office)
    with pytest.raises(Refusal, match="2025-2029 sudah ada"):
        change(office, version, plan(office))


def test_a_perubahan_begins_as_a_copy_and_only_once(office):
    first, second = perubahan(office)
    copy = replace(plan(office), stage=Stage.CHANGED, origin="contoh")
    assert said_by(second) == copy
    with pytest.raises(Refusal, match="Konsep perubahan sudah ada"):
        actions.start_change(first, "lain", **by_kasubbag(office))
    acts = by_kasubbag(office)
    actions.discard_renstra(second, seen=rules.plan_seal(copy), **acts)
    other = RenstraVersion(renstra=first.renstra)
    with pytest.raises(Refusal, match="terakhir yang sudah diberlakukan"):
        actions.start_change(other, "lain", **acts)
    moved = replace(copy, last_year=2030)
    third = actions.start_change(first, "contoh", **by_kasubbag(office)).row
    with pytest.raises(Refusal, match="tidak diubah"):
        change(office, third, moved)


def test_a_draft_set_back_to_what_is_in_force_says_that(office):
    _first, second = perubahan(office)
    acts = by_kasubbag(office)
    actions.enact_renstra(second, date(2026, 1, 1), **acts)
    third = actions.start_change(second, "contoh dua", **acts).row
    kept = actions.keep_renstra(office.unit, said_by(second), **acts)
    assert (kept.row, kept.change) == (third, Change.UPDATED)
    assert said_by(third) == said_by(second)


def test_a_document_that_is_in_force_leaves_the_draft_beside_it_alone(office):
    _first, second = perubahan(office)
    acts = by_kasubbag(office)
    actions.enact_renstra(second, date(2026, 1, 1), **acts)
    third = actions.start_change(second, "contoh dua", **acts).row
    kept = actions.keep_renstra(office.unit, said_by(second), in_force=True, **acts)
    assert (kept.row, kept.change) == (second, Change.UNCHANGED)
    assert said_by(third).origin == "contoh dua"


def test_a_draft_is_thrown_away_and_the_ledger_says_so(office):
    first, second = perubahan(office)
    acts = by_kasubbag(office)
    with pytest.raises(Conflict):
        actions.discard_renstra(second, seen="lain", **acts)
    seal = rules.plan_seal(said_by(second))
    actions.discard_renstra(second, seen=seal, **acts)
    event = events(office)[-1]
    assert event.type == "renstra.discarded"
    assert ledger.data_of(event)["version"] == 2
    assert list(RenstraVersion.objects.all()) == [first]
    with pytest.raises(Refusal, match="sudah dibuang"):
        change(office, second, plan(office), seal)


def test_a_renstra_in_force_is_neither_thrown_away_nor_changed(office):
    first = enacted(office)
    seal = rules.plan_seal(said_by(first))
    with pytest.raises(Refusal, match="sudah berlaku"):
        actions.discard_renstra(first, seen=seal, **by_kasubbag(office))
    with pytest.raises(Refusal, match="sudah berlaku"):
        change(office, first, plan(office, text="Lain"))


def test_throwing_the_only_draft_away_leaves_no_renstra(office):
    version = start(office)
    seal = rules.plan_seal(said_by(version))
    actions.discard_renstra(version, seen=seal, **by_kasubbag(office))
    assert not Renstra.objects.exists()


def test_what_is_put_into_force_is_what_was_looked_at(office):
    version = start(office)
    found = queries.enactment(version)
    assert (found.before, found.changes) == (None, ())
    assert [x.without for x in found.without] == [("2027", "2028", "2029")] * 3
    promise(office, office.unit.indicators.get(code="S").versions.get(), "2026", "99")
    acts = {"seen": found.seal, **by_kasubbag(office)}
    with pytest.raises(Conflict, match="baru saja diubah"):
        actions.enact_renstra(version, date(2025, 1, 1), **acts)
    acts["seen"] = queries.enactment(version).seal
    actions.enact_renstra(version, date(2025, 1, 1), **acts)
    assert queries.renstra_in_force(office.unit, WHEN.date()) == version


def test_a_target_that_changed_since_is_part_of_what_a_perubahan_changes(office):
    _first, second = perubahan(office)
    promise(office, office.unit.indicators.get(code="S").versions.get(), "2026", "99")
    said = list(queries.enactment(second).changes)
    assert said[1:] == [
        "Target Indikator S tahun 2026 diubah dari 92,00 menjadi 99,00."
    ]
    assert said[0].startswith("Asal diubah dari")


def test_a_draft_is_read_with_the_same_number_of_queries(
    office, django_assert_num_queries
):
    version = start(office, replace(plan(office), programmes=()))
    with django_assert_num_queries(8):
        queries.draft_of(version)
    change(office, version, plan(office))
    with django_assert_num_queries(8):
        found = queries.draft_of(version)
    [goal] = found.goals
    assert [part.key for part in goal.parts] == ["S1", "S2"]
    assert found.doubts == 3
    assert [part.doubts for part in goal.parts] == [
        (),
        ("Sasaran S2 belum mempunyai indikator.",),
    ]
