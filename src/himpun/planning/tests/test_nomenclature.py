import pytest

from himpun.planning import rules
from himpun.planning.rules import Level, ProgrammeLine
from himpun.shared.refusals import Refusal

DESKS = "Penyediaan Peralatan dan Perlengkapan Kantor"


def test_the_shipped_list_has_every_level_with_its_parent():
    known = rules.nomenclature()
    levels = [entry.level for entry in known.values()]
    assert [levels.count(level) for level in rules.WORK] == [6, 16, 48]
    for code in known:
        assert rules.read_code(code).parent in {"", *known}


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("7.01.01", Level.PROGRAMME, ""),
        ("7.01.01.2.06", Level.ACTIVITY, "7.01.01"),
        (" 7.01.01.2.06.0002 ", Level.SUB_ACTIVITY, "7.01.01.2.06"),
    ],
)
def test_a_code_says_its_level_and_what_it_is_part_of(code, level, parent):
    found = rules.read_code(code)
    assert (found.text, found.level, found.parent) == (code.strip(), level, parent)


@pytest.mark.parametrize(
    ("code", "name", "near"),
    [
        ("7.01.01.2.06.000", DESKS, f"7.01.01.2.06.0002 {DESKS}"),
        ("7.01.01.2.06.00O2", "", "7.01.01.2.06.0002"),
        ("7.01.1", "", "7.01.01"),
        ("program satu", "", "0001."),
        ("\u0667.01.01", "", "7.01.01"),
    ],
)
def test_a_misprinted_code_is_refused_with_the_nearest_one(code, name, near):
    with pytest.raises(Refusal) as refused:
        rules.read_code(code, name)
    assert refused.value.field == "code"
    assert near in refused.value.sentence


def test_a_code_that_the_list_lacks_or_calls_otherwise_is_doubted():
    assert rules.code_doubt("7.01.01.2.06.0002", DESKS.upper()) is None
    assert "bernama" in rules.code_doubt("7.01.01.2.06.0002", "Pengadaan Mebel")
    unknown = rules.code_doubt("7.01.01.2.06.0003", "Penyediaan Peralatan Rumah Tangga")
    assert "tidak ada dalam petikan" in unknown
    assert "Yang terdekat" not in unknown
    slipped = rules.code_doubt("7.01.01.2.07.0050", "Pengadaan Mebel")
    assert "Yang terdekat: 7.01.01.2.07.0005 Pengadaan Mebel" in slipped
    assert rules.code_doubt("2.19.02", "Program Kepemudaan") is None


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (ProgrammeLine(" "), "name"),
        (ProgrammeLine("Gaji"), "level"),
        (ProgrammeLine("Gaji", level=Level.GOAL), "level"),
        (ProgrammeLine("Gaji", "7.01.01", Level.ACTIVITY), "level"),
        (ProgrammeLine("Gaji", level=Level.ACTIVITY), "parent"),
        (ProgrammeLine("Gaji", level=Level.PROGRAMME, parent=1), "parent"),
    ],
)
def test_a_line_that_contradicts_itself_is_refused(line, field):
    with pytest.raises(Refusal) as refused:
        rules.settle_line(line)
    assert refused.value.field == field


def test_a_pasted_list_is_read_and_gets_the_wholes_that_it_leaves_out():
    lines = rules.read_lines("7.01.01.2.06.0001\tInstalasi  listrik\n\n7.01.02\n")
    named = [(line.code, line.name) for line in lines]
    assert named == [
        ("7.01.01.2.06.0001", "Instalasi listrik"),
        ("7.01.02", "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK"),
    ]
    whole = [(line.code, line.name) for line in rules.with_wholes(lines, {"7.01.01"})]
    assert whole == [("7.01.01.2.06", "Administrasi Umum Perangkat Daerah"), *named]


@pytest.mark.parametrize("text", ["7.01.02\n7.01.1 Salah", "7.01.02\n1.02.03"])
def test_a_wrong_line_of_a_list_is_named_by_its_number(text):
    with pytest.raises(Refusal, match="Baris 2"):
        rules.read_lines(text)
