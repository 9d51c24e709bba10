"""Files that want to harm, and files that are broken: a sentence, never a crash."""

import io
import random
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.documents import grids
from himpun.sop import drafting

from . import forms
from .forms import as_docx, as_xlsx, plain

SMALL = {"docx": as_docx(plain()), "xlsx": as_xlsx(plain())}
MAIN = {"docx": "word/document.xml", "xlsx": "xl/worksheets/sheet1.xml"}
BOTH = pytest.mark.parametrize("ending", SMALL)


def refused(content, name):
    with pytest.raises(grids.NotAccepted) as why:
        grids.read(content, name)
    assert str(why.value).endswith(".")
    return str(why.value)


def test_a_bomb_is_refused():
    zeros = b"0" * (30 * 1024 * 1024)
    bomb = forms.rewritten(SMALL["docx"], {f"media/{n}.bin": zeros for n in range(8)})
    assert "mengembang" in refused(bomb, "a.docx")


@BOTH
def test_an_entity_is_never_expanded(ending):
    lol = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    found = forms.rewritten(
        SMALL[ending], {MAIN[ending]: lambda text: lol + text.rpartition("?>")[2]}
    )
    assert "tidak aman" in refused(found, f"a.{ending}")


@BOTH
def test_a_doctype_is_refused_by_the_reading_itself(ending, monkeypatch):
    monkeypatch.setattr(grids, "office_kind", lambda content: ending)
    lol = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    found = forms.rewritten(
        SMALL[ending], {MAIN[ending]: lambda text: lol + text.rpartition("?>")[2]}
    )
    assert "rusak" in refused(found, f"a.{ending}")


def test_more_than_ten_megabytes_are_refused():
    assert "10 MB" in refused(b"PK\x03\x04" + bytes(10 * 1024 * 1024), "a.docx")


def test_one_part_that_is_endless_is_refused():
    long = f"<x>{' ' * (17 * 1024 * 1024)}</x>"
    found = forms.rewritten(SMALL["docx"], {"word/styles.xml": long})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grids, "office_kind", lambda content: "docx")
        assert "terlalu panjang" in refused(found, "a.docx")


@BOTH
def test_xml_nested_without_end_is_refused(ending):
    deep = "<a>" * 5000 + "</a>" * 5000
    found = forms.rewritten(SMALL[ending], {MAIN[ending]: deep})
    assert "terlalu dalam" in refused(found, f"a.{ending}")


def test_a_merged_range_over_the_whole_sheet_takes_no_memory():
    found = forms.rewritten(
        SMALL["xlsx"],
        {
            MAIN["xlsx"]: lambda text: text.replace(
                "</mergeCells>", '<mergeCell ref="A1:XFD1048576"/></mergeCells>'
            )
        },
    )
    _, draft = forms.read(found, "xlsx")
    assert len(draft.tree["langkah"]) == 3


def test_too_many_cells_are_refused():
    row = '<row r="1">' + "".join(f"<c><v>{n}</v></c>" for n in range(5_100)) + "</row>"
    found = forms.rewritten(
        SMALL["xlsx"],
        {MAIN["xlsx"]: f"<worksheet><sheetData>{row * 4}</sheetData></worksheet>"},
    )
    assert "terlalu banyak sel" in refused(found, "a.xlsx")


def test_too_many_lines_are_refused():
    assert "terlalu banyak teks" in refused(b"a\n" * 30_001, "a.txt")


def test_too_many_steps_are_refused_with_a_sentence():
    steps = tuple(forms.Step(str(n), f"Kegiatan {n}") for n in range(1, 203))
    content = as_xlsx(plain(steps=steps))
    with pytest.raises(drafting.NotDraftable, match="200 kegiatan"):
        forms.read(content, "xlsx")


def test_a_draft_that_grows_beyond_a_file_is_refused_with_a_sentence():
    _, draft = forms.read(b"kata " * 60_000, "txt")
    with pytest.raises(drafting.NotDraftable, match="terlalu banyak teks"):
        drafting.to_yaml(draft.tree)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.docx"),
        (b"   ", "a.txt"),
        (b"PK\x03\x04zzz", "a.docx"),
        (SMALL["docx"], "a.xlsx"),
        (SMALL["xlsx"], "a.docx"),
        (SMALL["docx"], "a.txt"),
        (b"\x00\x01\x02", "a.txt"),
        (b"teks", "a.doc"),
        (b"teks", "a.docx"),
        (b"x" * (1024 * 1024 + 1), "a.txt"),
    ],
)
def test_what_is_no_such_file_is_refused(content, name):
    refused(content, name)


def test_a_file_with_a_password_is_told_as_such():
    locked = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
    stream = "EncryptedPackage".encode("utf-16-le")
    assert "kata sandi" in refused(locked + stream, "a.docx")
    assert "kata sandi" not in refused(locked, "a.docx")


@BOTH
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_damaged_xml_never_crashes(ending, seed):
    chance = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(SMALL[ending])) as archive:
        names = [
            name for name in archive.namelist() if name.endswith((".xml", ".rels"))
        ]
        name = chance.choice(names)
        text = bytearray(archive.read(name))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(text))
        if chance.random() < 0.5:
            text[at] = chance.randrange(32, 127)
        else:
            del text[at : at + chance.randint(1, 60)]
            text = text or bytearray(b"<a/>")
    damaged = forms.rewritten(SMALL[ending], {name: bytes(text)})
    with suppress(grids.NotAccepted, drafting.NotDraftable):
        drafting.obstacles(forms.read(damaged, ending)[1].tree)


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=400))
def test_random_bytes_after_a_good_beginning_never_crash(tail):
    for ending, content in SMALL.items():
        with suppress(grids.NotAccepted):
            grids.read(content[: len(content) // 2] + tail, f"a.{ending}")
