"""The office's settings as a form sends them: nothing but what was typed changes."""

import pytest

from himpun.sop import editing
from himpun.sop.check import check
from himpun.sop.drafting import to_yaml
from himpun.sop.editing import links
from himpun.sop.reading import read
from himpun.sop.shipped import shipped

TREE = read(shipped()["jekulo-pengumpulan-data-kinerja"]).tree
OTHER = "templat.penyusunan-sakip"


def saved(**typed):
    """Return the settings after a form with these fields only."""
    sent = {name.replace("_", "-"): value for name, value in typed.items()}
    return editing.save(TREE, "kantor", "", sent)["operasional"]


@pytest.mark.parametrize(
    ("case", "link"),
    [
        ("", {"sop": OTHER, "mulai": False}),
        (links.SAME, {"sop": OTHER, "mulai": True}),
        ("tahun", {"sop": OTHER, "mulai": True, "periode": "tahun"}),
    ],
)
def test_an_sop_is_opened_for_the_same_period_or_for_another(case, link):
    made = saved(terkait_0_sop=OTHER, terkait_0_kasus=case)["terkait"]
    assert [{"mulai": False} | one for one in made] == [link]
    assert links.opening(made[0]) == case


def test_what_is_carried_makes_a_link_and_stands_once():
    brought = {"bawa-0-artefak": "laporan-ttd", "bawa-0-butir": f"{OTHER}/l1.lkjip"}
    again = {name.replace("0", "1"): value for name, value in brought.items()}
    half = {"bawa-2-artefak": "laporan-ttd", "bawa-2-butir": ""}
    sent = brought | again | half
    made = editing.save(TREE, "kantor", "", sent)["operasional"]
    assert made["terkait"] == [{"sop": OTHER, "bawa": {"laporan-ttd": ["l1.lkjip"]}}]
    assert links.carried(made) == [("laporan-ttd", f"{OTHER}/l1.lkjip")]


def test_an_item_that_cannot_exist_yet_is_named_with_its_periods_and_reason():
    made = saved(
        kecuali_0_butir="l1.x", kecuali_0_alasan="belum ada", kecuali_0_bulan="1"
    )
    assert made["tidak_berlaku"] == [
        {"butir": "l1.x", "periode": ["bulan"], "alasan": "belum ada"}
    ]


def test_an_exception_without_periods_is_kept_and_told():
    sent = {"kecuali-0-butir": "l1.laporan-periode", "kecuali-0-alasan": "belum ada"}
    tree = editing.save(TREE, "kantor", "", sent)
    assert tree["operasional"]["tidak_berlaku"][0]["periode"] == []
    told = [found.path for found in check(to_yaml(tree)).errors]
    assert told == ["operasional.tidak_berlaku[1].periode"]


def test_an_actor_has_positions_and_who_is_no_actor_has_none():
    made = saved(peran_camat="Camat Jekulo\nPlt. Camat")
    assert made["peran"]["camat"] == ["Camat Jekulo", "Plt. Camat"]
    tree = TREE | {"operasional": {"peran": {"gone": ["x"], "camat": []}}}
    made = editing.save(tree, "kantor", "", {})["operasional"]
    assert made["peran"] == {"camat": []}


def test_a_law_that_a_line_no_longer_names_is_no_longer_referred_to():
    old = "\n".join(editing.words(line) for line in TREE["dasar_hukum"])
    new = old.replace("12 Tahun 2015", "88 Tahun 2021")
    assert old != new
    made = editing.save(TREE, "daftar", "", {"dasar_hukum": new})["dasar_hukum"]
    assert ["ref" in line for line in made] == [True, True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"terkait": ["x"]},
        {"terkait": [{"sop": "x", "bawa": ["y"]}]},
        {"terkait": [{"sop": "x", "bawa": {"y": "l1.z"}}]},
        {"terkait": [{"sop": ["x"]}]},
        {"peran": {"camat": "Camat"}},
        {"tidak_berlaku": [{"periode": [{}]}]},
    ],
)
def test_settings_that_no_form_can_show_are_told(wrong):
    assert editing.editable(TREE | {"operasional": wrong})
