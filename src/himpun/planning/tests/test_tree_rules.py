from dataclasses import replace
from datetime import date

import pytest

from himpun.planning import rules
from himpun.planning.rules import (
    GoalPlan,
    Level,
    OutcomePlan,
    ProgrammePlan,
    RenstraPlan,
    Stage,
    Work,
)
from himpun.shared.refusals import Refusal

WORKS = {
    1: Work(Level.PROGRAMME, "Program satu"),
    2: Work(Level.ACTIVITY, "Kegiatan dua"),
}
PLAN = RenstraPlan(
    2025,
    2029,
    Stage.ORIGINAL,
    "Renstra",
    (
        GoalPlan(
            "T1",
            "Meningkatnya  kinerja\nwilayah",
            (OutcomePlan("S1", "Meningkatnya kualitas pelayanan", ("B",)),),
            ("A",),
        ),
    ),
    (
        ProgrammePlan(1, "S1", "", ("C",), ((2026, 5), (2025, 0))),
        ProgrammePlan(2, indicators=("D",)),
    ),
)
GOAL = PLAN.goals[0]


def test_a_complete_plan_is_tidied_and_has_no_doubts():
    kept = rules.settle_plan(PLAN, WORKS)
    assert kept.goals[0].text == "Meningkatnya kinerja wilayah"
    assert kept.programmes[0].funding == ((2025, 0), (2026, 5))
    assert rules.settle_plan(kept, WORKS) == kept
    assert rules.plan_doubts(kept, WORKS) == ()


def first(**changes):
    return replace(PLAN, programmes=(replace(PLAN.programmes[0], **changes),))


@pytest.mark.parametrize(
    ("plan", "why"),
    [
        (replace(PLAN, last_year=2024), "tahun awal"),
        (replace(PLAN, goals=()), "sedikitnya satu"),
        (replace(PLAN, goals=(GOAL, GOAL)), "tujuan T1 disebut dua kali"),
        (
            replace(PLAN, goals=(GOAL, replace(GOAL, code="T2"))),
            "sasaran S1 disebut dua kali",
        ),
        (first(indicators=("A",)), "indikator A disebut dua kali"),
        (replace(PLAN, programmes=PLAN.programmes * 2), "dua kali"),
        (replace(PLAN, goals=(replace(GOAL, text=" "),)), "Isi bunyi T1"),
        (replace(PLAN, goals=(replace(GOAL, code=""),)), "Isi kode"),
        (first(programme=9), "bukan program kantor ini"),
        (first(programme=2), "mengikuti programnya"),
        (first(outcome="S9"), "S9"),
        (first(funding=((2031, 1),)), "2031"),
    ],
)
def test_a_plan_that_does_not_hold_together_is_refused(plan, why):
    with pytest.raises(Refusal, match=why):
        rules.settle_plan(plan, WORKS)


def test_what_a_plan_lacks_is_told():
    lonely = replace(GOAL, code="T2", outcomes=(), indicators=())
    bare = replace(GOAL, outcomes=(OutcomePlan("S1", "x"), OutcomePlan("S2", "y")))
    plan = replace(PLAN, goals=(bare, lonely), programmes=(ProgrammePlan(1),))
    assert rules.plan_doubts(plan, WORKS) == (
        "Tujuan T2 belum mempunyai sasaran.",
        "Tujuan T2 belum mempunyai indikator.",
        "Sasaran S1 belum mempunyai indikator.",
        "Sasaran S1 belum didukung program.",
        "Sasaran S2 belum mempunyai indikator.",
        "Sasaran S2 belum didukung program.",
        "Program satu belum dikaitkan dengan sasaran.",
        "Program satu belum mempunyai indikator.",
    )


def test_an_indicator_of_another_level_than_its_place_is_told():
    [doubt] = rules.place_doubts(
        [("A", Level.GOAL, Level.GOAL), ("B", Level.OUTCOME, Level.GOAL)]
    )
    assert "B ditetapkan untuk sasaran, tetapi dipasang pada tujuan" in doubt


def test_a_change_follows_a_plan_in_force_and_begins_later():
    day = date(2025, 1, 1)
    rules.refuse_enacting(Stage.ORIGINAL, day, None, last_year=2029)
    rules.refuse_enacting(Stage.CHANGED, date(2026, 3, 1), day, last_year=2029)
    for stage, since, before in (
        (Stage.CHANGED, day, None),
        (Stage.ORIGINAL, day, day),
        (Stage.CHANGED, day, day),
    ):
        with pytest.raises(Refusal):
            rules.refuse_enacting(stage, since, before, last_year=2029)


def test_a_plan_does_not_come_into_force_after_its_last_year():
    rules.refuse_enacting(Stage.ORIGINAL, date(2029, 12, 31), None, last_year=2029)
    with pytest.raises(Refusal, match="berakhir tahun 2029"):
        rules.refuse_enacting(Stage.ORIGINAL, date(2052, 1, 1), None, last_year=2029)
