"""One part of a written Renstra is changed; the rest stays as it was."""

from dataclasses import replace

import pytest

from himpun.planning import rules
from himpun.planning.rules import (
    GoalPlan,
    OutcomePlan,
    ProgrammePlan,
    RenstraPlan,
    SaidPlan,
    Stage,
)
from himpun.shared.refusals import Refusal

FIRST = OutcomePlan("S1", "Pelayanan membaik", ("B",))
SECOND = OutcomePlan("S2", "Wilayah tertib")
GOAL = GoalPlan("T1", "Kinerja naik", (FIRST, SECOND), ("A",))
OTHER = GoalPlan("T2", "Warga sejahtera")
PLAN = RenstraPlan(
    2025,
    2029,
    Stage.ORIGINAL,
    "contoh",
    (GOAL, OTHER),
    (ProgrammePlan(1, "S1", "hasil", ("C",), ((2025, 100),)), ProgrammePlan(2, "S2")),
)
NAMES = {1: "Program satu", 2: "Program dua"}


def test_a_tujuan_is_changed_and_moved_with_its_sasaran():
    plan = rules.with_goal(PLAN, "T1", GoalPlan("T9", "Lain", (), ("A",)), 2)
    assert [goal.code for goal in plan.goals] == ["T2", "T9"]
    assert plan.goals[1].outcomes == (FIRST, SECOND)
    assert plan.programmes == PLAN.programmes


def test_an_indicator_that_is_hung_elsewhere_leaves_its_place():
    plan = rules.with_goal(PLAN, "", GoalPlan("T3", "Baru", (), ("B", "C")), 3)
    assert plan.goals[2].indicators == ("B", "C")
    assert plan.outcomes[0].indicators == ()
    assert plan.programmes[0].indicators == ()


def test_a_sasaran_takes_its_programmes_along_under_a_new_code():
    moved = replace(FIRST, code="S7")
    plan = rules.with_outcome(PLAN, "S1", moved, goal="T2", place=1)
    assert [[o.code for o in goal.outcomes] for goal in plan.goals] == [["S2"], ["S7"]]
    assert [one.outcome for one in plan.programmes] == ["S7", "S2"]


def test_a_new_sasaran_leaves_programmes_without_one_alone():
    plan = replace(PLAN, programmes=(ProgrammePlan(1),))
    more = rules.with_outcome(plan, "", OutcomePlan("S3", "x"), goal="T1", place=9)
    assert more.programmes == plan.programmes
    assert [one.code for one in more.outcomes] == ["S1", "S2", "S3"]


def test_what_others_hang_on_is_not_taken_away():
    with pytest.raises(Refusal, match="T1 masih mempunyai sasaran"):
        rules.without_goal(PLAN, "T1")
    with pytest.raises(Refusal, match="S2 masih didukung program"):
        rules.without_outcome(PLAN, "S2")
    alone = rules.without_programme(PLAN, 2)
    assert [one.programme for one in alone.programmes] == [1]
    assert rules.without_outcome(alone, "S2").outcomes == [FIRST]
    assert rules.without_goal(PLAN, "T2").goals == (GOAL,)


def test_another_text_has_another_seal():
    other = replace(PLAN, origin="contoh lain")
    assert rules.plan_seal(PLAN) == rules.plan_seal(replace(PLAN))
    assert rules.plan_seal(PLAN) != rules.plan_seal(other)


def said(plan, **targets):
    aims = {("B", "2026"): "91", **{("B", k[1:]): v for k, v in targets.items()}}
    return SaidPlan(plan, NAMES, {"B": "Indeks B"}, aims)


def test_a_change_is_told_from_the_top_of_the_plan_down():
    assert rules.plan_changes(said(PLAN), said(PLAN)) == ()
    plan = rules.with_outcome(
        PLAN, "S1", replace(FIRST, text="Lebih baik"), goal="T2", place=1
    )
    plan = rules.without_goal(
        rules.with_outcome(plan, "S2", SECOND, goal="T2", place=2), "T1"
    )
    programmes = (
        ProgrammePlan(2, "S2"),
        ProgrammePlan(1, "", "", ("B",), ((2025, 0), (2026, 5))),
    )
    plan = replace(plan, origin="contoh dua", programmes=programmes)
    plan = replace(
        plan,
        goals=(
            replace(
                plan.goals[0],
                outcomes=(replace(plan.outcomes[0], indicators=()), SECOND),
            ),
        ),
    )
    assert list(rules.plan_changes(said(PLAN), said(plan, y2026="92"))) == [
        "Asal diubah dari contoh menjadi contoh dua.",
        "Tujuan T1 dihapus: Kinerja naik",
        "Sasaran S1 diubah dari Pelayanan membaik menjadi Lebih baik",
        "Sasaran S1 dipindah dari Tujuan T1 ke Tujuan T2.",
        "Sasaran S2 dipindah dari Tujuan T1 ke Tujuan T2.",
        "Indikator Indeks B dipindah dari Sasaran S1 ke Program satu.",
        "Indikator A dikeluarkan.",
        "Indikator C dikeluarkan.",
        "Target Indeks B tahun 2026 diubah dari 91 menjadi 92.",
        "Sasaran Program satu diubah dari S1 menjadi kosong.",
        "Hasil Program satu diubah dari hasil menjadi kosong.",
        "Pagu indikatif Program satu tahun 2025 diubah dari Rp100 menjadi Rp0.",
        "Pagu indikatif Program satu tahun 2026 diubah dari kosong menjadi Rp5.",
        "Urutan tujuan, sasaran, atau program diubah.",
    ]


def test_what_is_new_and_what_is_gone_is_told():
    fewer = replace(PLAN, goals=(replace(GOAL, outcomes=(FIRST,)),), programmes=())
    added = rules.plan_changes(said(fewer), said(PLAN))
    assert "Tujuan T2 ditambahkan: Warga sejahtera" in added
    assert "Indikator C ditambahkan pada Program satu." in added
    assert "Program dua ditambahkan." in added
    gone = rules.plan_changes(said(PLAN), said(fewer))
    assert "Sasaran S2 dihapus: Wilayah tertib" in gone
    assert "Program dua dikeluarkan." in gone
