"""The plan: everything the engine needs, and the same after a stay in the database."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from himpun.sop.check import check
from himpun.sop.document import fingerprint
from himpun.sop.plan import (
    CoActor,
    Escalation,
    NotApplicable,
    Outcome,
    PerUnit,
    PlanError,
    Schedule,
    from_json,
    plan,
    to_json,
)

from .builders import OTHER_OFFICE, edited, seed_sop, sop_of, source_of, step

SEED_PLAN = plan(seed_sop())


def test_the_steps_of_the_seed_stand_in_the_order_of_the_form():
    assert [
        (s.number, s.id, s.kind, s.responsible, s.amount, s.unit, s.next)
        for s in SEED_PLAN.steps
    ] == [
        (1, "l1", "mulai", "pelaksana", 1, "hari", ("l2",)),
        (2, "l2", "proses", "kasubbag", 1, "hari", ("l3",)),
        (3, "l3", "proses", "pelaksana", 3, "hari", ("l4",)),
        (4, "l4", "proses", "camat", 60, "menit", ("l5",)),
        (5, "l5", "selesai", "pelaksana", 60, "menit", ()),
    ]


def test_co_actors_follow_with_their_way():
    assert SEED_PLAN.step("l1").co_actors == (CoActor("kasubbag", "paraf"),)
    assert SEED_PLAN.step("l4").co_actors == ()
    assert SEED_PLAN.step("l5").co_actors == (CoActor("camat", "mengetahui"),)


def test_the_settings_of_the_office_stand_at_the_step_they_are_for():
    third, last = SEED_PLAN.step("l3"), SEED_PLAN.step("l5")
    assert third.verifier == "kasubbag"
    assert third.per_unit == PerUnit("unit-kecamatan", "semua", None)
    assert last.copies_to == ("kasubbag", "sekcam")
    for step_id in ("l1", "l2", "l4", "l5"):
        assert SEED_PLAN.step(step_id).verifier is None
        assert SEED_PLAN.step(step_id).per_unit is None
    (right,) = SEED_PLAN.step("l4").returns
    assert (right.to, right.limit, right.reason_required) == ("l3", 3, True)
    assert right.accepted_values == "tetap-terkunci"
    assert SEED_PLAN.schedule == Schedule("triwulan", 1)
    assert SEED_PLAN.escalation == Escalation(
        Decimal("0.8"), ("penanggung_jawab", "atasan")
    )
    assert (SEED_PLAN.day_meaning, SEED_PLAN.calendar) == ("hari-kerja", "kudus-5hari")


def test_an_item_knows_its_source_and_where_it_does_not_apply():
    monthly, whole = SEED_PLAN.step("l1").items
    assert (monthly.required, monthly.source, monthly.not_applicable) == (
        True,
        None,
        (),
    )
    assert whole.not_applicable == (
        NotApplicable(
            ("bulan", "triwulan"), "laporan semester/tahun belum ada pada periode ini"
        ),
    )
    assert SEED_PLAN.step("l4").items[0].source == "laporan-kinerja"


def test_an_exception_holds_for_the_item_of_its_own_step_only():
    text = edited("{id: data-dukung,", "{id: laporan-periode,")
    made = plan(sop_of(text))
    assert made.step("l1").items[1].not_applicable != ()
    assert made.step("l5").items[1].id == "laporan-periode"
    assert made.step("l5").items[1].not_applicable == ()


def test_an_artefact_knows_who_signs_it():
    assert SEED_PLAN.artefact("laporan-ttd").signed_by == "camat"
    assert SEED_PLAN.artefact("laporan-kinerja").signed_by is None
    with pytest.raises(KeyError):
        SEED_PLAN.artefact("laporan-lain")


def test_an_office_without_settings_has_a_plan_without_them():
    rooms = plan(sop_of(OTHER_OFFICE))
    assert (rooms.schedule, rooms.escalation, rooms.calendar) == (None, None, None)
    assert rooms.actors[1].positions == ()
    assert rooms.step("periksa").outcomes == (
        Outcome("Ya", "serah"),
        Outcome("Tidak", "terima"),
    )
    assert rooms.step("periksa").amount == Decimal("0.5")


def test_bound_positions_stand_with_their_actor():
    text = edited("pelaksana: []", "pelaksana: [Pranata komputer, Arsiparis]")
    actor = plan(sop_of(text)).actors[0]
    assert actor.positions == ("Pranata komputer", "Arsiparis")


def test_the_plan_names_the_document_it_was_made_from():
    assert SEED_PLAN.fingerprint == fingerprint(seed_sop())
    assert (SEED_PLAN.sop, SEED_PLAN.version) == ("jekulo.pengumpulan-data-kinerja", 1)


def test_a_plan_survives_as_json():
    split = plan(
        sop_of(
            source_of(
                [
                    step("a", ["b", "c"], kind="mulai"),
                    step("b", ["d"]),
                    step("c", ["d"]),
                    step("d", kind="selesai"),
                ]
            )
        )
    )
    for made in (SEED_PLAN, plan(sop_of(OTHER_OFFICE)), split):
        assert from_json(to_json(made)) == made
        assert to_json(from_json(to_json(made))) == to_json(made)
    assert split.blocks[0].join == "d"


@pytest.mark.parametrize(
    "change",
    [
        {"format": "himpun-plan/2"},
        {"steps": "l1"},
        {"surprise": 1},
        {"version": "satu"},
    ],
)
def test_stored_text_that_is_no_plan_is_refused(change):
    stored = json.loads(to_json(SEED_PLAN)) | change
    with pytest.raises(PlanError):
        from_json(json.dumps(stored))


def test_text_that_is_no_json_is_refused():
    with pytest.raises(PlanError):
        from_json("{")


def test_an_sop_without_a_sound_way_has_no_plan():
    sop = seed_sop()
    broken = sop.model_copy(update={"langkah": sop.langkah[:-1]})
    with pytest.raises(PlanError):
        plan(broken)


def test_a_plan_cannot_be_changed():
    with pytest.raises(AttributeError):
        SEED_PLAN.version = 2
    assert replace(SEED_PLAN, version=2) != SEED_PLAN


def test_bersama_with_a_number_asks_for_so_many_people():
    together = edited("cara: mengetahui", "cara: bersama(2)", text=OTHER_OFFICE)
    (other,) = plan(sop_of(together)).step("serah").co_actors
    assert other == CoActor("kabid", "bersama", 2)
    assert CoActor("kabid", "bersama").people == 1


@pytest.mark.parametrize("way", ["bersama(1)", "bersama(0)", "paraf(2)", "bersama(x)"])
def test_another_number_of_people_is_refused(way):
    text = edited("cara: mengetahui", f"cara: {way}", text=OTHER_OFFICE)
    (found,) = [f for f in check(text).findings if f.is_error]
    assert found.code == "E14"
    assert "bersama(2)" in found.sentence


def rounds(**limits):
    steps = [
        step("a", ["b"], "mulai"),
        step("b", {"Ulang": "a", "Terus": "c"}),
        step("c", kind="selesai"),
    ]
    return source_of(steps, batas_putaran=limits)


def test_the_cap_on_rounds_stands_at_its_step():
    made = plan(sop_of(rounds(a=3)))
    assert [s.round_limit for s in made.steps] == [3, None, None]
    assert from_json(to_json(made)) == made


def test_a_cap_where_no_decision_comes_back_is_refused():
    assert [f.code for f in check(rounds(c=3)).errors] == ["E12"]
    assert [f.code for f in check(rounds(x=3)).errors] == ["E06"]
    assert [f.code for f in check(rounds(a=0)).errors] == ["E15"]
