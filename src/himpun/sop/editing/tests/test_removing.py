"""Parts taken away from a draft: refused, led on or told, and never left dangling."""

import pytest

from himpun.sop import editing
from himpun.sop.check import check
from himpun.sop.drafting import to_yaml
from himpun.sop.reading import read
from himpun.sop.shipped import shipped

SEED = shipped()["jekulo-pengumpulan-data-kinerja"]


@pytest.fixture
def tree():
    return read(SEED).tree


@pytest.fixture
def bare(tree):
    """The seed without settings, with a decision in step 4 that leads to 2 and 5."""
    del tree["operasional"]
    branches = [{"hasil": "Ya", "ke": "l5"}, {"hasil": "Tidak", "ke": "l2"}]
    tree["langkah"][3] |= {"jenis": "keputusan", "berikut": None, "cabang": branches}
    return tree


def step_of(tree, name):
    return next(step for step in tree["langkah"] if step["id"] == name)


def removed(tree, step):
    made = editing.act(tree, "langkah-hapus", step)
    return made, editing.left_behind(tree, made)


@pytest.mark.parametrize(
    ("step", "setting", "place"),
    [
        ("l3", {"verifikasi": {"pada": "l3", "oleh": "kasubbag"}}, "Pemeriksaan nilai"),
        ("l3", {"pengembalian": [{"dari": "l4", "ke": "l3"}]}, "Pengembalian"),
        ("l2", {"batas_putaran": {"l2": 3}}, "Batas putaran keputusan"),
        ("l3", {"per_unit": {"l3": {}}}, "Dikerjakan per unit"),
        ("l5", {"tembusan": {"l5": ["kasubbag"]}}, "Tembusan"),
        ("l1", {"tidak_berlaku": [{"butir": "l1.x"}]}, "Butir yang tidak berlaku"),
        (
            "l4",
            {"terkait": [{"sop": "x", "bawa": {"laporan-ttd": ["l1.y"]}}]},
            "Hasil yang dibawa ke SOP lain",
        ),
        ("l4", {"kertas": {"laporan-ttd": "rkt"}}, "Kertas rencana"),
    ],
)
def test_a_step_named_by_a_setting_is_not_removed_and_the_setting_is_named(
    bare, step, setting, place
):
    with pytest.raises(editing.NotEdited, match=f"Pengaturan kantor: {place}\\. "):
        removed(bare | {"operasional": setting}, step)


def test_arrows_and_outcomes_lead_on_and_say_so(bare):
    made, told = removed(bare, "l2")
    assert step_of(made, "l1")["berikut"] == "l3"
    assert step_of(made, "l4")["cabang"][1]["ke"] == "l3"
    assert "Langkah 1 kini menuju 2. " in told[0]
    assert 'Hasil keputusan "Tidak" kini menuju langkah 2. ' in told[1]


def test_what_led_to_a_removed_decision_has_to_be_decided(bare):
    bare["langkah"][1] |= {
        "jenis": "keputusan",
        "berikut": None,
        "cabang": [{"hasil": "Lanjut", "ke": "l3"}, {"hasil": "Kirim", "ke": "l4"}],
    }
    made, told = removed(bare, "l4")
    assert step_of(made, "l2")["cabang"][1]["ke"] is None
    assert 'Hasil keputusan "Kirim" pada langkah 2 kini belum bertujuan' in told[0]
    assert "Langkah 3 kini tidak menuju langkah lain" in told[1]
    gaps, _warnings = editing.gaps(made, to_yaml(made))
    assert any(gap.place.startswith("langkah.l2.cabang") for gap in gaps)


def test_a_thing_that_another_step_needs_stays_and_is_told(bare):
    made, told = removed(bare, "l2")
    assert "data-dievaluasi" in editing.loose_things(made)
    assert any("tidak dibuat oleh langkah mana pun" in sentence for sentence in told)


def test_oddities_of_a_removed_row_are_settled(bare):
    made, told = removed(bare, "l2")
    found = next(one for one in made["temuan"] if one["id"] == "Q-L2")
    assert (found["status"], found["tafsir"]) == (
        "dipakai",
        "langkah ini dihapus oleh kantor",
    )
    assert told[-1] == "1 temuan pada langkah itu ditutup."


@pytest.mark.parametrize("step", ["l1", "l2", "l3", "l4", "l5"])
def test_no_removal_leaves_a_name_of_what_is_gone(bare, step):
    """Only what a person has to choose anew is missing: no error speaks of the step."""
    made, _told = removed(bare, step)
    wrong = check(to_yaml(made)).errors
    assert not any(f'"{step}"' in found.sentence for found in wrong)


def test_a_thing_from_outside_is_removed_and_the_item_stays(tree):
    del tree["operasional"]["terkait"]
    tree = editing.act(tree, "hasil-hapus", "laporan-ttd")
    assert "laporan-ttd" not in tree["artefak"]
    step_of(tree, "l4")["output"]["artefak"] = []
    assert not editing.loose_things(tree)
    item = step_of(tree, "l5")["kelengkapan"]["butir"][0]
    assert (item["id"], item["dari"]) == ("data-kinerja", None)


def test_a_thing_that_is_carried_to_another_sop_is_not_removed(tree):
    with pytest.raises(editing.NotEdited, match="masih dibawa ke SOP lain"):
        editing.act(tree, "hasil-hapus", "laporan-ttd")


def test_a_thing_that_is_a_paper_of_the_plan_is_not_removed(tree):
    tree["operasional"] = {"kertas": {"laporan-ttd": "rkt"}}
    with pytest.raises(editing.NotEdited, match="masih menjadi kertas rencana"):
        editing.act(tree, "hasil-hapus", "laporan-ttd")


def test_the_positions_of_an_actor_go_with_him(tree):
    made = editing.save(tree, "pelaksana", "", {"pelaksana-baru": "Tim"})
    made["operasional"]["peran"]["tim"] = ["Tim SAKIP"]
    made = editing.act(made, "pelaksana-hapus", "tim")
    assert "tim" not in made["operasional"]["peran"]
