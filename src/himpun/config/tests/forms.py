"""Office files made for tests: an SOP in the official form as DOCX and as XLSX."""

import functools
import io
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import docx
import openpyxl
import yaml
from docx.oxml import parse_xml
from openpyxl.utils import get_column_letter

from himpun import sop
from himpun.documents import grids
from himpun.sop import drafting

DATA = Path(__file__).parent / "data" / "sop"
QUALITY = ("Kelengkapan", "Waktu", "Output")


@dataclass(frozen=True)
class Step:
    """One row: number, activity, marks by actor, mutu baku, remark."""

    number: str
    activity: str
    marks: dict = field(default_factory=dict)
    needs: str = ""
    time: str = ""
    output: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Form:
    """What stands on the paper."""

    head: tuple = ("PEMERINTAH KABUPATEN CONTOH", "KECAMATAN CONTOH")
    identity: tuple = (("Nomor SOP", "12/SOP/2024"), ("Nama SOP", "SOP Contoh"))
    blocks: tuple = ()
    title: str = "SOP CONTOH"
    columns: tuple = ("No", "Kegiatan", "Pelaksana", "Mutu Baku", "Ket")
    quality: tuple = QUALITY
    actors: tuple = ("Staf", "Kasubbag", "Camat")
    steps: tuple = ()
    signature: tuple = ()

    def rows(self, steps=None):
        """Return the cells of each step from left to right."""
        return [
            [
                s.number,
                s.activity,
                *(s.marks.get(actor, "") for actor in self.actors or ("",)),
                *(s.needs, s.time, s.output, s.remark),
            ]
            for s in (self.steps if steps is None else steps)
        ]

    @property
    def width(self):
        return 6 + max(len(self.actors), 1)


def plain(**changes):
    """Return a small form whose every part is clear but for the shapes."""
    steps = (
        Step("1", "Menyusun konsep", {"Staf": "[]"}, "Disposisi", "2 jam", "Konsep"),
        Step("2", "Memeriksa konsep", {"Kasubbag": "[]"}, "Konsep", "1 hari", "Paraf"),
        Step("3", "Menandatangani", {"Camat": "[]"}, "Konsep", "30 menit", "Surat"),
    )
    return replace(Form(steps=steps), **changes)


def with_step(number=2, **changes):
    """Return the small form with one step changed."""
    steps = list(plain().steps)
    steps[number - 1] = replace(steps[number - 1], **changes)
    return plain(steps=tuple(steps))


def seed():
    """Return the shipped SOP as it stands on paper."""
    made = sop.check(sop.shipped()["jekulo-pengumpulan-data-kinerja"]).sop
    of, label = made.identitas, made.label
    labels = {actor.id: actor.label.asli for actor in made.pelaksana}
    steps = tuple(
        Step(
            str(step.nomor),
            step.kegiatan.asli,
            {
                labels[who]: "[]"
                for who in (
                    step.penanggung_jawab,
                    *(other.pelaksana for other in step.bersama),
                )
            },
            step.kelengkapan.asli,
            step.waktu.asli,
            step.output.asli,
            step.ket.asli,
        )
        for step in made.langkah
    )
    blocks = tuple(
        (getattr(label, key).asli, tuple(item.asli for item in items))
        for key, items in (
            ("dasar_hukum", made.dasar_hukum),
            ("kualifikasi", made.kualifikasi),
            ("keterkaitan", made.keterkaitan),
            ("peralatan", (made.peralatan,)),
            ("peringatan", made.peringatan),
            ("pencatatan", made.pencatatan),
        )
    )
    return Form(
        head=(*(line.asli for line in of.instansi), of.alamat.asli, of.judul_kop.asli),
        identity=(
            ("Nomor", of.nomor.asli),
            ("Tgl Pembuatan", of.tgl_pembuatan.asli),
            ("Disahkan oleh", of.disahkan_oleh.asli),
            ("Nama SOP", of.nama.asli),
        ),
        blocks=blocks,
        title=of.judul_tabel.asli,
        columns=(
            *(label.nomor.asli, label.kegiatan.asli, label.pelaksana.asli),
            *(label.mutu_baku.asli, label.ket.asli),
        ),
        actors=tuple(labels.values()),
        steps=steps,
        signature=("Kudus, 2 Maret 2020", "CAMAT JEKULO", "", "Pembina Tk. I"),
    )


def other_office(number):
    """Return the facts of another office's SOP (02, 03 or 04) as a form.

    The boxes of these SOPs are not in their text layer, so no actor is marked.
    """
    [path] = DATA.glob(f"{number}_*.yaml")
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    if number == "04":
        listed = facts["langkah_ringkas"]["langkah"]
        steps = [Step(str(n), words) for n, words in enumerate(listed, 1)]
    else:
        steps = [
            Step(
                str(s["no"]),
                s["kegiatan"],
                {},
                s["kelengkapan"] or "",
                s["waktu"] or "",
                s["output"] or "",
            )
            for s in facts["langkah"]
        ]
    unit = facts.get("satuan_waktu")
    time = f"Waktu ({unit})" if number == "02" else "Waktu"
    warning = facts.get("peringatan")
    return Form(
        head=(facts["instansi"],) if "instansi" in facts else (),
        identity=(("Nama SOP", facts["nama"]),),
        blocks=(("Peringatan", (warning,)),) if warning else (),
        quality=("Kelengkapan", time, "Output"),
        actors=tuple(facts.get("aktor", ())),
        steps=tuple(steps),
    )


@functools.cache
def _blank_docx():
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def saved(document):
    """Return the bytes of a document or workbook."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_docx(form, *, number_row=False, second_page=None, change=None):
    """Write the form as DOCX; `second_page` = step from which the header is repeated."""
    document = docx.Document(io.BytesIO(_blank_docx()))
    _docx_identity(document, form)
    document.add_paragraph(form.title)
    tables = [_docx_header(document, form)]
    for step, cells in enumerate(form.rows(), 1):
        if step == second_page:
            document.add_paragraph()
            tables.append(_docx_header(document, form))
        if number_row and step in {1, second_page}:
            _docx_row(tables[-1], [str(n) for n in range(1, form.width + 1)])
        _docx_row(tables[-1], cells)
    for line in form.signature:
        document.add_paragraph(line)
    if change:
        change(document, tables)
    return saved(document)


def _docx_identity(document, form):
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    left.text = "\n".join(form.head)
    if form.identity:
        nested = right.add_table(len(form.identity), 3)
        for row, (label, value) in zip(nested.rows, form.identity, strict=True):
            for cell, text in zip(row.cells, (label, ":", value), strict=True):
                cell.text = text
    for at in range(0, len(form.blocks), 2):
        cells = table.add_row().cells
        for cell, (label, items) in zip(cells, form.blocks[at : at + 2], strict=False):
            cell.text = label
            for item in items:
                cell.add_paragraph(item)


def _docx_header(document, form):
    table = document.add_table(2, form.width)
    actors = max(len(form.actors), 1)
    number, activity, group, quality, remark = form.columns
    first = 2 + actors
    for column, text in ((0, number), (1, activity), (form.width - 1, remark)):
        table.cell(0, column).merge(table.cell(1, column)).text = text
    table.cell(0, 2).merge(table.cell(0, first - 1)).text = group
    table.cell(0, first).merge(table.cell(0, first + 2)).text = quality
    for column, text in enumerate((*(form.actors or ("",)), *form.quality), 2):
        table.cell(1, column).text = text
    return table


def _docx_row(table, texts):
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        if text:
            cell.text = text


def as_xlsx(form, *, number_row=False, second_page=None, change=None):
    """Write the form as one sheet: identity above, flow table, signature."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "SOP"
    row = _xlsx_identity(sheet, form) + 2
    sheet.cell(row, 1, form.title)
    sheet.merge_cells(f"A{row}:{get_column_letter(form.width)}{row}")
    row += 2
    for step, cells in enumerate(form.rows(), 1):
        if step in {1, second_page}:
            _xlsx_header(sheet, form, row)
            row += 2
            if number_row:
                _xlsx_row(sheet, row, range(1, form.width + 1))
                row += 1
        _xlsx_row(sheet, row, cells)
        row += 1
    for n, line in enumerate(form.signature, 1):
        sheet.cell(row + n, form.width - 2, line or None)
    if change:
        change(book, sheet)
    return saved(book)


def _xlsx_identity(sheet, form):
    for row, line in enumerate(form.head, 1):
        sheet.cell(row, 1, line)
        sheet.merge_cells(f"A{row}:C{row}")
    for row, (label, value) in enumerate(form.identity, 1):
        for column, text in ((4, label), (5, ":"), (6, value)):
            sheet.cell(row, column, text)
    row = max(len(form.head), len(form.identity)) + 2
    for at in range(0, len(form.blocks), 2):
        pair = form.blocks[at : at + 2]
        for column, (label, items) in zip((1, 6), pair, strict=False):
            sheet.cell(row, column, label)
            for n, item in enumerate(items, 1):
                sheet.cell(row + n, column, item)
        row += 1 + max(len(items) for _, items in pair)
    return row


def _xlsx_header(sheet, form, row):
    actors = max(len(form.actors), 1)
    number, activity, group, quality, remark = form.columns
    last = form.width
    for column, text in ((1, number), (2, activity), (last, remark)):
        sheet.cell(row, column, text)
        sheet.merge_cells(
            start_row=row, end_row=row + 1, start_column=column, end_column=column
        )
    for column, width, text in ((3, actors, group), (3 + actors, 3, quality)):
        sheet.cell(row, column, text)
        if width > 1:
            sheet.merge_cells(
                start_row=row,
                end_row=row,
                start_column=column,
                end_column=column + width - 1,
            )
    for column, text in enumerate((*(form.actors or (None,)), *form.quality), 3):
        sheet.cell(row + 1, column, text)


def _xlsx_row(sheet, row, texts):
    for column, text in enumerate(texts, 1):
        if text != "":
            sheet.cell(row, column, text)


MAKERS = {"docx": as_docx, "xlsx": as_xlsx}


def read(content, ending="docx"):
    """Return (grids, draft) of a file."""
    scan = grids.read(content, f"sop.{ending}")
    return scan, drafting.read(scan, f"sop.{ending}", "0" * 64)


def drafted(form, ending="docx", **how):
    """Return the draft of a form written as an office file."""
    return read(MAKERS[ending](form, **how), ending)[1]


def codes(draft):
    return {found.code for found in draft.findings}


def found(draft, code):
    """Return the findings of one code."""
    return [one for one in draft.findings if one.code == code]


def shape(preset, number, text=""):
    """Return a run with a DrawingML shape in line with the text, for a DOCX."""
    inner = f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" if text else "<w:p/>"
    body = (
        f'<wps:wsp><wps:cNvSpPr/><wps:spPr><a:prstGeom prst="{preset}"/></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wps:wsp>"
    )
    return _drawing(number, body)


def floating(run, offset, relative="column"):
    """Return the run with its drawing taken out of the line, moved by EMU."""
    root = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    inline = next(part for part in run.iter() if part.tag == f"{{{root}}}inline")
    inline.tag = f"{{{root}}}anchor"
    moved = parse_xml(
        f'<wp:positionH xmlns:wp="{root}" relativeFrom="{relative}">'
        f"<wp:posOffset>{offset}</wp:posOffset></wp:positionH>"
    )
    inline.insert(0, moved)
    return run


def connector(start, end, number=99):
    """Return a run with a connector between two shapes."""
    return _drawing(
        number,
        f'<wps:wsp><wps:cNvCnPr><a:stCxn id="{start}" idx="2"/>'
        f'<a:endCxn id="{end}" idx="0"/></wps:cNvCnPr><wps:spPr>'
        '<a:prstGeom prst="straightConnector1"/>'
        '<a:ln><a:tailEnd type="triangle"/></a:ln></wps:spPr></wps:wsp>',
    )


def _drawing(number, body):
    root = "http://schemas.openxmlformats.org"
    word = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    return parse_xml(
        f'<w:r xmlns:w="{root}/wordprocessingml/2006/main" xmlns:wps="{word}"'
        f' xmlns:wp="{root}/drawingml/2006/wordprocessingDrawing"'
        f' xmlns:a="{root}/drawingml/2006/main"><w:drawing><wp:inline>'
        f'<wp:docPr id="{number}" name="b"/><a:graphic><a:graphicData>{body}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def put(cell, run):
    """Put a run into a cell of a DOCX."""
    cell.paragraphs[0]._p.append(run)


def rewritten(content, changes):
    """Return an archive with parts changed or added: name -> text or function."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        parts = {name: old.read(name) for name in old.namelist()}
        for name, change in changes.items():
            parts[name] = (
                change(parts.get(name, b"").decode()) if callable(change) else change
            )
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


def with_drawing(content, anchors):
    """Return an XLSX whose first sheet has a drawing of these anchors."""
    root = "http://schemas.openxmlformats.org"
    office = f"{root}/officeDocument/2006/relationships"
    drawing = (
        f'<xdr:wsDr xmlns:xdr="{root}/drawingml/2006/spreadsheetDrawing"'
        f' xmlns:a="{root}/drawingml/2006/main">{"".join(anchors)}</xdr:wsDr>'
    )
    relation = (
        f'<Relationships xmlns="{root}/package/2006/relationships"><Relationship'
        f' Id="rId1" Type="{office}/drawing" Target="../drawings/drawing1.xml"/>'
        "</Relationships>"
    )
    return rewritten(
        content,
        {
            "xl/drawings/drawing1.xml": drawing,
            "xl/worksheets/_rels/sheet1.xml.rels": relation,
            "xl/worksheets/sheet1.xml": lambda text: text.replace(
                "</worksheet>",
                f'<drawing xmlns:r="{office}" r:id="rId1"/></worksheet>',
            ),
        },
    )


def sheet_shape(row, column, preset, number, text="", corners=None):
    """Return an anchor with a shape over one cell (from 1), or between two corners."""
    words = f"<xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody>"
    return _anchor(
        row,
        column,
        f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="{number}" name="b"/><xdr:cNvSpPr/>'
        f'</xdr:nvSpPr><xdr:spPr><a:prstGeom prst="{preset}"/></xdr:spPr>'
        f"{words if text else ''}</xdr:sp>",
        corners,
    )


def sheet_connector(start, end, *, head="tailEnd", number=90):
    """Return an anchor with a connector between two shapes."""
    return _anchor(
        1,
        1,
        f'<xdr:cxnSp><xdr:nvCxnSpPr><xdr:cNvPr id="{number}" name="p"/>'
        f'<xdr:cNvCxnSpPr><a:stCxn id="{start}" idx="2"/><a:endCxn id="{end}" idx="0"/>'
        '</xdr:cNvCxnSpPr></xdr:nvCxnSpPr><xdr:spPr><a:prstGeom prst="bentConnector3"/>'
        f'<a:ln><a:{head} type="triangle"/></a:ln></xdr:spPr></xdr:cxnSp>',
    )


def corners(begin, end):
    """Return two corners of an anchor: (column from 1, offset, row from 1, offset)."""
    return "".join(
        f"<xdr:{side}><xdr:col>{column - 1}</xdr:col><xdr:colOff>{right}</xdr:colOff>"
        f"<xdr:row>{row - 1}</xdr:row><xdr:rowOff>{down}</xdr:rowOff></xdr:{side}>"
        for side, (column, right, row, down) in (("from", begin), ("to", end))
    )


def _anchor(row, column, body, at=None):
    at = at or corners((column, 0, row, 0), (column, 0, row, 0))
    return f"<xdr:twoCellAnchor>{at}{body}<xdr:clientData/></xdr:twoCellAnchor>"


def vml(kind, name):
    """Return a run with a VML shape, as old Word wrote it."""
    return parse_xml(
        '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        f'<v:shape id="{name}" type="#_x0000_t{kind}"/></w:pict></w:r>'
    )
