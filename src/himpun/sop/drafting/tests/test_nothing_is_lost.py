"""Whatever stands in a grid is in the draft or in a finding."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.sop.drafting import CODES, missing, obstacles, read, to_yaml
from himpun.sop.drafting.marks import read_marks
from himpun.sop.reading import read as read_yaml

from .grids import HEADER, Block, Cell, Source, grid

WORDS = (
    *("No", "Kegiatan", "Pelaksana", "Mutu Baku", "Kelengkapan", "Waktu", "Output"),
    *("Ket", "Mutu Buku", "Dasar Hukum", "Dasar Hukum: UU 1", "Peringatan", "Nama SOP"),
    *("Nomor SOP : 12", ":", "Disahkan oleh", "Tgl Revisi", "31 Februari 2020"),
    *("SOP A", "PEMERINTAH KOTA X", "Jalan Melati 7", "Contoh, 2 Mei 2020", "CAMAT"),
    *("NAMA, SH", "Pembina", "NIP. 19 2", "1", "2", "3", "4", "1.", "10", "[]", "v"),
    *("◇", "▭", "paraf", "Staf", "1 hari", "1-3 hari", "480", "1 hri", "½ jam", "-"),
    *("Menulis surat", "kembali ke langkah 1", "a, b; c", "dua\nbaris", "Komentar"),
)
SPANS = st.sampled_from((1, 1, 1, 1, 2, 3))


@st.composite
def sources(draw):
    """Return grids of header words, steps and identity in any disorder."""
    blocks = []
    for number in range(draw(st.integers(1, 3))):
        cells = []
        begin = draw(st.integers(0, 4))
        if draw(st.booleans()):
            cells += [
                Cell(f"B{number}!{row}-{column}", row + begin, column, text)
                for row, texts in enumerate(HEADER)
                for column, text in enumerate(texts)
                if text
            ]
        taken = {(cell.row, cell.column) for cell in cells}
        for row in range(draw(st.integers(0, 9))):
            for column in range(8):
                text = draw(st.sampled_from(("", "", *WORDS)))
                if text and (row, column) not in taken:
                    cells.append(
                        Cell(
                            f"B{number}!{row}-{column}",
                            row,
                            column,
                            text,
                            draw(SPANS),
                            draw(SPANS),
                            hidden=draw(st.integers(0, 9)) == 0,
                        )
                    )
        hidden = draw(st.integers(0, 7)) == 0
        blocks.append(Block(f"B{number}", tuple(cells), hidden=hidden))
    return Source(tuple(blocks))


def words_of(text):
    return re.findall(r"\w+", text.lower())


@settings(max_examples=60, deadline=None)
@given(sources())
def test_every_cell_is_in_the_draft_or_in_a_finding(source):
    draft = read(source, "a", "0" * 64)
    named = {name for names in draft.places.values() for name in names}
    named |= {name for one in draft.findings for name in one.cells}
    # The form's own label of a line stands as the key of its value.
    kept = json.dumps(draft.tree, default=str, ensure_ascii=False).lower()
    kept = set(words_of(kept.replace("\\n", " ").replace("_", " ")))
    kept |= {"tgl", "sop", "nomor", "nama", "disahkan", "oleh", "nip"}
    for block in source.blocks:
        for cell in block.cells:
            assert cell.name in named, cell
            if not read_marks(cell):
                assert set(words_of(cell.text)) <= kept, cell


@settings(max_examples=25, deadline=None)
@given(sources())
def test_every_draft_is_a_file_that_reads_back_and_says_what_it_lacks(source):
    tree = read(source, "a", "0" * 64).tree
    assert read_yaml(to_yaml(tree)).tree == tree
    assert missing(tree) or obstacles(tree) == obstacles(tree)


def test_every_code_of_a_finding_is_explained():
    assert list(CODES) == [f"D{n:02}" for n in range(1, len(CODES) + 1)]


def test_a_cell_that_nothing_takes_is_named_whole():
    found = read(grid(("kata lepas",)), "a", "0").findings
    assert [(one.code, one.cells) for one in found if one.cells] == [
        ("D01", ("Lembar A!0-0",))
    ]
    assert '"kata lepas"' in next(one.masalah for one in found if one.code == "D01")
