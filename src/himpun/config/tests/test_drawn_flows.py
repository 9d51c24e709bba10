"""Flows that offices draw: shapes and connectors of Word and Excel."""

import openpyxl

from himpun import sop
from himpun.sop import drafting

from . import forms
from .forms import as_docx, as_xlsx, found, plain, put

BARE = plain(steps=tuple(forms.replace(step, marks={}) for step in plain().steps))
FIRST = 10
"""The row of the first step on the sheet that `as_xlsx` writes for the small form."""
STAFF, HEAD, CAMAT = 3, 4, 5


def drawn_docx(*placed, arrows=()):
    """Return the draft of the small form with shapes: (step, column, run)."""

    def draw(_, tables):
        for step, column, run in placed:
            put(tables[0].rows[1 + step].cells[column - 1], run)
        for run in arrows:
            put(tables[0].rows[2].cells[1], run)

    return forms.read(as_docx(BARE, change=draw))[1]


def drawn_xlsx(*anchors, form=BARE):
    return forms.read(forms.with_drawing(as_xlsx(form), anchors), "xlsx")[1]


def kinds(draft):
    return [step["jenis"] for step in draft.tree["langkah"]]


def people(draft):
    return [step["penanggung_jawab"] for step in draft.tree["langkah"]]


def test_the_first_step_stands_where_the_tests_expect_it():
    sheet = openpyxl.load_workbook(forms.io.BytesIO(as_xlsx(BARE))).active
    assert sheet.cell(FIRST, 1).value == "1"


THREE_DOCX = (
    (1, STAFF, forms.shape("flowChartTerminator", 11, "Mulai")),
    (2, HEAD, forms.shape("flowChartDecision", 12)),
    (3, CAMAT, forms.shape("flowChartTerminator", 13)),
)
THREE_XLSX = (
    forms.sheet_shape(FIRST, STAFF, "flowChartTerminator", 11, "Mulai"),
    forms.sheet_shape(FIRST + 1, HEAD, "diamond", 12),
    forms.sheet_shape(FIRST + 2, CAMAT, "roundRect", 13),
)


def test_shapes_in_the_cells_of_a_docx_mark_actors_and_kinds():
    draft = drawn_docx(*THREE_DOCX)
    assert people(draft) == ["staf", "kasubbag", "camat"]
    assert kinds(draft) == ["mulai", "keputusan", "selesai"]


def test_shapes_over_the_cells_of_a_sheet_mark_actors_and_kinds():
    draft = drawn_xlsx(*THREE_XLSX)
    assert people(draft) == ["staf", "kasubbag", "camat"]
    assert kinds(draft) == ["mulai", "keputusan", "selesai"]


def test_words_inside_a_shape_are_told():
    for draft in (drawn_docx(*THREE_DOCX), drawn_xlsx(*THREE_XLSX)):
        assert '"Mulai"' in found(draft, "D25")[0].masalah


def test_connectors_lead_the_way_with_a_back_jump():
    links = [(11, 12), (12, 13), (12, 11)]
    docx = drawn_docx(*(THREE_DOCX), arrows=[forms.connector(*link) for link in links])
    xlsx = drawn_xlsx(*THREE_XLSX, *(forms.sheet_connector(*link) for link in links))
    for draft in (docx, xlsx):
        first, second, third = draft.tree["langkah"]
        assert first["berikut"] == "l2"
        assert second["cabang"] == [
            {"hasil": None, "ke": "l3"},
            {"hasil": None, "ke": "l1"},
        ]
        assert third["berikut"] is None
        assert "D12" not in forms.codes(draft)
        assert len(found(draft, "D14")) == 1
        told = drafting.obstacles(draft.tree)
        assert sum("hasil keputusan" in sentence for sentence in told) == 2


def test_a_drawn_split_is_a_parallel_split():
    form = forms.replace(
        BARE, steps=(*BARE.steps, forms.Step("4", "Mengirim", {}, "a", "1 jam", "b"))
    )
    shapes = [forms.sheet_shape(FIRST + n, STAFF, "rect", 11 + n, "") for n in range(4)]
    links = [(11, 12), (11, 13), (12, 14), (13, 14)]
    arrows = [forms.sheet_connector(*link) for link in links]
    draft = drawn_xlsx(*shapes, *arrows, form=form)
    assert draft.tree["langkah"][0]["berikut"] == ["l2", "l3"]
    assert draft.tree["langkah"][1]["berikut"] == "l4"
    assert sop.check(drafting.to_yaml(draft.tree)).errors == ()
    [told] = found(draft, "D27")
    assert (told.di, "jadikan keputusan" in told.pilihan) == (
        "langkah.l1.berikut",
        True,
    )


def test_an_arrow_with_its_head_at_the_start_is_turned():
    back = [forms.sheet_connector(12, 11, head="headEnd")]
    draft = drawn_xlsx(*THREE_XLSX, *back)
    assert draft.tree["langkah"][0]["berikut"] == "l2"


def test_an_arrow_that_hangs_in_the_air_is_told():
    for draft in (
        drawn_docx(*THREE_DOCX, arrows=[forms.connector(11, 77)]),
        drawn_xlsx(*THREE_XLSX, forms.sheet_connector(11, 77)),
    ):
        assert "tidak tersambung" in found(draft, "D15")[0].masalah


def test_an_arrow_to_an_id_that_two_shapes_have_is_told_and_not_used():
    shapes = [
        forms.sheet_shape(FIRST + n, STAFF, "rect", (11, 12, 12)[n]) for n in range(3)
    ]
    draft = drawn_xlsx(*shapes, forms.sheet_connector(11, 12))
    assert draft.tree["langkah"][0]["berikut"] == "l2"
    assert "tidak tersambung" in found(draft, "D15")[0].masalah


def test_a_step_without_an_arrow_goes_on_to_the_next_and_is_told():
    draft = drawn_xlsx(*THREE_XLSX, forms.sheet_connector(12, 13))
    assert draft.tree["langkah"][0]["berikut"] == "l2"
    assert found(draft, "D15")[0].di == "langkah.l1.berikut"


def test_shapes_of_old_word_are_read():
    draft = drawn_docx(
        (1, STAFF, forms.vml("116", "a")),
        (2, HEAD, forms.vml("110", "b")),
        (3, CAMAT, forms.vml("109", "c")),
    )
    assert kinds(draft) == ["mulai", "keputusan", "selesai"]


def test_shapes_outside_the_columns_of_actors_are_told():
    draft = drawn_xlsx(
        *THREE_XLSX,
        forms.sheet_shape(FIRST, 1, "flowChartOffpageConnector", 20),
        forms.sheet_shape(FIRST + 1, CAMAT, "homePlate", 21),
        forms.sheet_shape(2, 9, "rect", 22, "Ya"),
    )
    told = " ".join(one.masalah for one in found(draft, "D20"))
    assert told.count("penghubung") == 2
    assert '"Ya"' in told
    assert people(draft) == ["staf", "kasubbag", "camat"]


def test_a_canvas_of_shapes_in_one_place_marks_nobody():
    run = forms.shape("flowChartProcess", 11)
    drawing = next(part for part in run.iter() if part.tag.endswith("graphicData"))
    other = forms.shape("flowChartProcess", 12)
    drawing.append(next(part for part in other.iter() if part.tag.endswith("wsp")))
    draft = drawn_docx((1, STAFF, run))
    assert people(draft) == [None, None, None]
    assert found(draft, "D20")


def test_a_floating_shape_marks_its_cell_only_when_it_stays_there():
    near = forms.floating(forms.shape("rect", 11), 90_000)
    assert people(drawn_docx((1, STAFF, near)))[0] == "staf"
    for run in (
        forms.floating(forms.shape("rect", 11), 2_500_000),
        forms.floating(forms.shape("rect", 11), 0, "page"),
    ):
        draft = drawn_docx((1, STAFF, run))
        assert people(draft)[0] is None
        assert found(draft, "D20")


def marked(draft):
    """Return the responsible actor of each step, and who else is marked."""
    return [
        (step["penanggung_jawab"], *(o["pelaksana"] for o in step["bersama"]))
        for step in draft.tree["langkah"]
    ]


COLUMN, ROW = 64 * 9525, 15 * 12_700
"""The size of a cell of a sheet that states none, in EMU."""


def over(row, begin, end):
    """Return a decision in a row, between two columns with their share from the left."""
    place = [(int(x), int(x % 1 * COLUMN)) for x in (begin, end)]
    at = forms.corners((*place[0], row, 20_000), (*place[1], row, ROW - 20_000))
    return forms.sheet_shape(row, 1, "diamond", 50, corners=at)


def test_a_shape_that_begins_at_the_edge_of_a_column_marks_the_next():
    draft = drawn_xlsx(over(FIRST, STAFF + 0.95, HEAD + 0.9))
    assert marked(draft)[0] == ("kasubbag",)
    down = forms.corners(
        (CAMAT, 90_000, FIRST, ROW - 20_000), (CAMAT, 400_000, FIRST + 1, ROW - 20_000)
    )
    draft = drawn_xlsx(forms.sheet_shape(1, 1, "rect", 51, corners=down))
    assert marked(draft)[1] == ("camat",)


def test_a_shape_over_two_columns_alike_marks_none_and_is_told():
    draft = drawn_xlsx(over(FIRST, STAFF + 0.5, HEAD + 0.5))
    assert marked(draft)[0] == (None,)
    assert found(draft, "D20")


def test_widths_of_columns_and_places_without_corners_are_reckoned_with():
    body = forms.sheet_shape(1, 1, "rect", 52).partition("</xdr:to>")[2]
    at = f'<xdr:pos x="{8 * COLUMN}" y="{(FIRST - 1) * ROW + 30_000}"/>'
    size = '<xdr:ext cx="300000" cy="90000"/>'
    body = body.replace("twoCellAnchor", "absoluteAnchor")
    anchor = f"<xdr:absoluteAnchor>{at}{size}{body}"

    def wide(_, sheet):
        sheet.column_dimensions["B"].width = 6 * 64 / 7  # six columns in one

    content = as_xlsx(BARE, change=wide)
    draft = forms.read(forms.with_drawing(content, [anchor]), "xlsx")[1]
    assert marked(draft)[0] == ("kasubbag",)


def test_a_diagram_that_is_no_shape_is_told():
    at = forms.corners((HEAD, 0, FIRST, 0), (HEAD, 0, FIRST, 0))
    frame = "<xdr:graphicFrame><xdr:nvGraphicFramePr/></xdr:graphicFrame>"
    draft = drawn_xlsx(f"<xdr:twoCellAnchor>{at}{frame}</xdr:twoCellAnchor>")
    assert "gambar" in found(draft, "D20")[0].masalah


def test_a_shape_written_twice_for_new_and_old_programs_lies_where_it_is():
    shape = forms.sheet_shape(FIRST, HEAD, "rect", 53)
    root = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = (
        f'<mc:AlternateContent xmlns:mc="{root}"><mc:Choice>{shape}</mc:Choice>'
        f"<mc:Fallback>{shape}</mc:Fallback></mc:AlternateContent>"
    )
    draft = drawn_xlsx(twice)
    assert marked(draft)[0] == ("kasubbag",)
    assert not found(draft, "D20")


def test_arrows_of_a_second_sheet_lead_between_the_shapes_of_that_sheet():
    steps = (*BARE.steps, forms.Step("4", "Mengirim", {}, "a", "1 jam", "b"))

    def second(book, sheet):
        other = book.copy_worksheet(sheet)
        sheet.delete_rows(FIRST + 2, 2)
        other.delete_rows(FIRST, 2)

    content = as_xlsx(forms.replace(BARE, steps=steps), change=second)
    links = [(STAFF, 11), (CAMAT, 12)]
    both = [
        forms.sheet_shape(FIRST + n, who, "rect", i) for n, (who, i) in enumerate(links)
    ]
    content = forms.with_drawing(content, [*both, forms.sheet_connector(11, 12)])
    parts = {
        "xl/drawings/drawing2.xml": "xl/drawings/drawing1.xml",
        "xl/worksheets/_rels/sheet2.xml.rels": "xl/worksheets/_rels/sheet1.xml.rels",
    }
    with forms.zipfile.ZipFile(forms.io.BytesIO(content)) as archive:
        copies = {
            new: archive.read(old).decode().replace("drawing1.xml", "drawing2.xml")
            for new, old in parts.items()
        }
        tail = archive.read("xl/worksheets/sheet1.xml").decode()
    drawing = tail[tail.index("<drawing") :]
    copies["xl/worksheets/sheet2.xml"] = lambda text: text.replace(
        "</worksheet>", drawing
    )
    draft = forms.read(forms.rewritten(content, copies), "xlsx")[1]
    assert [one.di for one in found(draft, "D15")] == ["langkah.l2.berikut"]
    assert [step["berikut"] for step in draft.tree["langkah"]] == [
        "l2",
        "l3",
        "l4",
        None,
    ]
