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
