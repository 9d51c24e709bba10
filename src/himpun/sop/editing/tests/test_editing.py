"""A draft corrected part by part: sources stay, numbers follow, references hold."""

from pathlib import Path

import pytest

from himpun.sop import bpmn, drafting, drawing, editing
from himpun.sop.check import check
from himpun.sop.document import fingerprint
from himpun.sop.editing import steps, values
from himpun.sop.reading import read
from himpun.sop.shipped import shipped

SEED = shipped()["jekulo-pengumpulan-data-kinerja"]
BPMN = Path(__file__).parents[2] / "bpmn" / "tests" / "data"


@pytest.fixture
def tree():
    return read(SEED).tree


def width(text, size, *, bold=False):
    """Measure as a drawing asks for it; bold letters are a little wider."""
    return len(text) * size * (0.6 if bold else 0.5)


def order(tree):
    return [step["id"] for step in tree["langkah"]]


def leads(tree):
    return {step["id"]: step.get("berikut") for step in tree["langkah"]}


def step_of(tree, name):
    return next(step for step in tree["langkah"] if step["id"] == name)


def errors(tree):
    return [found.sentence for found in check(drafting.to_yaml(tree)).errors]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("Rapat tim", "Rapat tim", "Rapat tim"),
        ("Rpat tim", "Rapat tim", {"teks": "Rapat tim", "asli": "Rpat tim"}),
        ({"teks": "A", "asli": "a"}, "B", {"teks": "B", "asli": "a"}),
        ({"teks": "A", "asli": "a"}, "a", "a"),
        (None, "Baru", {"teks": "Baru", "asli": ""}),
        (None, "", None),
        ("Ada", "", {"teks": "", "asli": "Ada"}),
    ],
)
def test_a_corrected_text_keeps_the_wording_of_its_paper(old, new, kept):
    assert values.edited(old, new, sourced=True) == kept


def test_without_a_paper_a_text_has_no_other_wording():
    assert values.edited("Rpat", "Rapat", sourced=False) == "Rapat"


def test_lines_keep_their_source_when_others_are_added_and_removed():
    old = [{"teks": "Satu", "asli": "1. satu"}, "Dua", "Tiga"]
    new = values.edited_lines(old, "Nol\nSatu\nTiga\n\n", sourced=True)
    assert new == [{"teks": "Nol", "asli": ""}, old[0], "Tiga"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2 Maret 2020", {"nilai": "2020-03-02", "asli": ""}),
        ("2020-03-02", {"nilai": "2020-03-02", "asli": ""}),
        ("32 Maret", {"nilai": "32 Maret", "asli": ""}),
        ("", None),
    ],
)
def test_a_date_is_read_or_kept_as_it_was_typed(typed, kept):
    assert values.edited_date(None, typed, sourced=True) == kept


def test_what_is_no_time_is_kept_and_told_by_the_check(tree):
    typed = {"jenis": "proses", "jumlah": "1-3", "satuan": "hari"}
    made = editing.save(tree, "langkah", "l2", typed)
    assert step_of(made, "l2")["waktu"]["jumlah"] == "1-3"
    gaps, _warnings = editing.gaps(made, drafting.to_yaml(made))
    assert any(
        gap.place.startswith("langkah.l2.waktu") and "dengan angka" in gap.sentence
        for gap in gaps
    )


def test_a_new_step_stands_between_its_neighbours(tree):
    made = editing.act(tree, "langkah-tambah", "l2")
    assert order(made) == ["l1", "l2", "l6", "l3", "l4", "l5"]
    assert [step["nomor"] for step in made["langkah"]] == [1, 2, 3, 4, 5, 6]
    assert leads(made)["l2"] == "l6"
    assert leads(made)["l6"] == "l3"


def test_a_step_under_the_last_one_becomes_the_last(tree):
    made = editing.act(tree, "langkah-tambah", "l5")
    assert step_of(made, "l5")["jenis"] == "proses"
    assert made["langkah"][-1]["jenis"] == "selesai"
    assert leads(made)["l5"] == made["langkah"][-1]["id"]


def test_the_first_steps_of_an_empty_form_are_its_ends():
    made = editing.blank()
    for _n in range(3):
        last = order(made)[-1] if made["langkah"] else ""
        made = editing.act(made, "langkah-tambah", last)
    kinds = [step["jenis"] for step in made["langkah"]]
    assert kinds == ["mulai", "proses", "selesai"]
    assert leads(made) == {"l1": "l2", "l2": "l3", "l3": None}


@pytest.mark.parametrize(("step", "by"), [("l2", "turun"), ("l3", "naik")])
def test_steps_change_places_and_the_way_follows(tree, step, by):
    made = editing.act(tree, f"langkah-{by}", step)
    assert order(made) == ["l1", "l3", "l2", "l4", "l5"]
    assert leads(made) == {"l1": "l3", "l3": "l2", "l2": "l4", "l4": "l5", "l5": None}
    assert errors(made) == []


def test_moving_there_and_back_is_as_before(tree):
    made = editing.act(editing.act(tree, "langkah-turun", "l1"), "langkah-naik", "l1")
    assert made == tree


def test_the_ends_of_the_form_stay_its_ends(tree):
    made = editing.act(tree, "langkah-turun", "l4")
    assert made["langkah"][-1]["jenis"] == "selesai"
    assert step_of(made, "l5")["jenis"] == "proses"
    assert leads(made)["l5"] == "l4"
    assert leads(made)["l4"] is None


def test_arrows_to_a_removed_step_lead_on(tree):
    made = editing.act(tree, "langkah-hapus", "l2")
    assert leads(made) == {"l1": "l3", "l3": "l4", "l4": "l5", "l5": None}
    assert "data-dievaluasi" in made["artefak"], "another step needs it"


def test_an_actor_in_use_is_not_removed(tree):
    with pytest.raises(editing.NotEdited, match="langkah 2, langkah 3"):
        editing.act(tree, "pelaksana-hapus", "sekcam")


def test_an_actor_is_added_renamed_moved_and_removed(tree):
    typed = {"pelaksana-0-id": "pelaksana", "pelaksana-0-label": "Staf"}
    made = editing.save(tree, "pelaksana", "", {**typed, "pelaksana-baru": "Tim SAKIP"})
    assert made["pelaksana"][-1] == {
        "id": "tim-sakip",
        "label": {"teks": "Tim SAKIP", "asli": ""},
    }
    assert values.words(made["pelaksana"][0]["label"]) == "Staf"
    made = editing.act(made, "pelaksana-kiri", "tim-sakip")
    assert [a["id"] for a in made["pelaksana"]][-2:] == ["tim-sakip", "camat"]
    made = editing.act(made, "pelaksana-hapus", "tim-sakip")
    assert len(made["pelaksana"]) == 4


def test_a_decision_gets_its_outcomes(tree):
    typed = {
        "jenis": "keputusan",
        "cabang-0-hasil": "Ya",
        "cabang-0-ke": "l4",
        "cabang-1-hasil": "Tidak",
        "cabang-1-ke": "l2",
        "cabang-2-hasil": "",
    }
    made = step_of(editing.save(tree, "langkah", "l3", typed), "l3")
    assert made["cabang"] == [
        {"hasil": "Ya", "ke": "l4"},
        {"hasil": "Tidak", "ke": "l2"},
    ]
    assert made["berikut"] is None


def test_a_thing_is_brought_forth_and_needed(tree):
    typed = {
        "jenis": "proses",
        "artefak-0-id": "",
        "artefak-0-nama": "Notula",
        "artefak-0-cetak": "1",
    }
    made = editing.save(tree, "langkah", "l4", typed)
    assert made["artefak"]["notula"] == {
        "nama": {"teks": "Notula", "asli": ""},
        "jenis": "dokumen",
        "bentuk": ["cetak"],
    }
    assert "laporan-ttd" in made["artefak"], "step 5 needs it"


@pytest.mark.parametrize(
    "path", sorted(BPMN.rglob("*.bpmn")), ids=lambda path: path.stem
)
def test_a_foreign_process_is_shown_in_the_editor(path):
    root = bpmn.opened(path.read_bytes())
    tree = bpmn.drafted(root, path.name, "0" * 64).tree
    assert editing.editable(tree) is None
    assert drawing.layout(editing.preview(tree), width)


@pytest.mark.parametrize("wrong", [[], {"langkah": {}}, {"langkah": [{"id": 1}]}])
def test_a_file_that_no_form_can_show_is_told(wrong):
    assert editing.editable(wrong)


def test_a_file_written_anew_says_the_same(tree):
    again = check(drafting.to_yaml(tree)).sop
    assert fingerprint(again) == fingerprint(check(SEED).sop)


def test_a_draft_without_times_and_actors_is_drawn_with_its_gaps(tree):
    for step in tree["langkah"]:
        step["waktu"], step["penanggung_jawab"] = None, None
    shown = editing.preview(tree)
    assert {step.penanggung_jawab for step in shown.langkah} == {"belum-ditandai"}
    assert {step.waktu.teks for step in shown.langkah} == {""}


def test_an_empty_draft_says_what_a_drawing_needs():
    assert "Tambahkan langkah pertama" in editing.preview(editing.blank())


def test_a_step_is_called_by_number_and_words(tree):
    assert steps.called(tree["langkah"][1]) == "2. Membentuk tim"
