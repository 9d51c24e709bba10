"""What is taken as evidence and what is not, on real files made here."""

import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime

import pikepdf
import pytest
import typst

from himpun.documents import bounds, uploads
from himpun.documents.inspecting import office
from himpun.documents.inspecting import pdf as pdfs
from himpun.documents.uploads import NotAccepted, recognise

PDF = typst.compile(b"Berita acara")
PNG = typst.compile(b"x", format="png", ppi=30)
JPG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xd9"
)
WHEN = datetime(2026, 1, 1, tzinfo=UTC).timetuple()[:6]


def archive(members, *, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name, WHEN), content, method)
    return out.getvalue()


def openxml(kind, **more):
    types = f'<Types><Override ContentType="{office.OPENXML[kind]}.main+xml"/></Types>'
    return archive({"[Content_Types].xml": types, **more})


ODS = archive({"mimetype": office.OPENDOCUMENT, "content.xml": "<x/>"})


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "berita acara.pdf", "pdf"),
        (PNG, "foto.PNG", "png"),
        (JPG, "foto.jpeg", "jpg"),
        (openxml("docx"), "surat.docx", "docx"),
        (openxml("xlsx"), "rekap.xlsx", "xlsx"),
        (ODS, "rekap.ods", "ods"),
        (b"bulan;nilai\r\nJuli;87,60\r\n", "rekap.csv", "csv"),
        ("bulan;caf\xe9\n".encode("cp1252"), "rekap.csv", "csv"),
    ],
)
def test_ordinary_files_of_an_office_are_taken(content, name, kind):
    assert recognise(content, name).name == kind


def pdf_with(change, content=PDF):
    pdf = pikepdf.open(io.BytesIO(content))
    change(pdf)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def script(kind="/JavaScript"):
    return pikepdf.Dictionary(S=pikepdf.Name(kind), JS="app.alert(1)")


def opens_with_script(pdf):
    pdf.Root.OpenAction = script()


def page_with_launch(pdf):
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script("/Launch"))


def named_script(pdf):
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())


def locked_pdf():
    out = io.BytesIO()
    pikepdf.open(io.BytesIO(PDF)).save(
        out, encryption=pikepdf.Encryption(user="a", owner="b")
    )
    return out.getvalue()


def monstrous_png():
    header = b"IHDR\x7f\xff\xff\xff" + PNG[20:29]
    return PNG[:12] + header + zlib.crc32(header).to_bytes(4) + PNG[33:]


def locked_zip():
    plain = bytearray(openxml("xlsx"))
    at = plain.index(b"PK\x03\x04") + 6
    plain[at] |= 1
    at = plain.index(b"PK\x01\x02") + 8
    plain[at] |= 1
    return bytes(plain)


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"", "a.pdf", "kosong"),
        (b"x" * (uploads.MOST_BYTES + 1), "a.csv", "10 MB"),
        (PDF, "a.png", "tidak cocok"),
        (PNG, "a.pdf", "tidak cocok"),
        (b"MZ\x90\x00", "a.pdf", "tidak cocok"),
        (b"<html><script>", "a.csv", "tidak cocok"),
        (b"<svg xmlns='x'/>", "a.svg", "tidak cocok"),
        (b"#!/bin/sh\n", "a.csv", "tidak cocok"),
        (b"a\x00b", "a.csv", "tidak cocok"),
        (PDF[:200], "a.pdf", "rusak"),
        (pdf_with(opens_with_script), "a.pdf", "program"),
        (pdf_with(page_with_launch), "a.pdf", "program"),
        (pdf_with(named_script), "a.pdf", "program"),
        (locked_pdf(), "a.pdf", "kata sandi"),
        (PNG[:-20], "a.png", "rusak"),
        (monstrous_png(), "a.png", "tidak wajar"),
        (JPG[:12], "a.jpg", "rusak"),
        (JPG[:-2], "a.jpg", "rusak"),
        (openxml("xlsx", **{"xl/vbaProject.bin": b"x"}), "a.xlsx", "makro"),
        (openxml("xlsx", **{"../x": b"x"}), "a.xlsx", "tidak aman"),
        (openxml("xlsx", **{"/etc/x": b"x"}), "a.xlsx", "tidak aman"),
        (openxml("xlsx", bom=b"\0" * (office.MOST_UNPACKED + 1)), "a.xlsx", "besar"),
        (archive({str(n): b"" for n in range(2001)}), "a.xlsx", "terlalu banyak"),
        (locked_zip(), "a.xlsx", "kata sandi"),
        (openxml("xlsx")[:100], "a.xlsx", "rusak"),
        (archive({"a.txt": b"x"}), "a.xlsx", "tidak cocok"),
        (openxml("docx"), "a.xlsx", "tidak cocok"),
    ],
)
def test_what_may_do_harm_is_refused_with_a_reason(content, name, word):
    with pytest.raises(NotAccepted, match=word):
        recognise(content, name)


def refusal(content, name):
    """Return the sentence of a refusal, empty when the file is taken."""
    try:
        recognise(content, name)
    except NotAccepted as refused:
        return str(refused)
    return ""


def test_every_cut_of_every_file_is_refused_in_a_sentence():
    files = [
        (PDF, "a.pdf"),
        (PNG, "a.png"),
        (ODS, "a.ods"),
        (openxml("docx"), "a.docx"),
    ]
    for content, name in files:
        for part in range(1, 20):
            assert len(refusal(content[: len(content) * part // 20], name)) > 20, part


def test_every_changed_byte_ends_in_an_answer():
    for content, name in [(PNG, "a.png"), (openxml("xlsx"), "a.xlsx"), (PDF, "a.pdf")]:
        for at in range(0, len(content), max(len(content) // 60, 1)):
            changed = bytearray(content)
            changed[at] ^= 0xFF
            assert len(refusal(bytes(changed), name)) not in range(1, 20)


def test_a_flipped_byte_of_a_png_is_found_by_its_checksum():
    changed = bytearray(PNG)
    changed[len(PNG) // 2] ^= 1
    assert "rusak" in refusal(bytes(changed), "a.png")


# Files that are two things at once


def test_what_is_also_a_zip_archive_or_goes_on_behind_its_end_is_refused():
    hidden = archive({"a.exe": b"MZ"})
    assert "belakang akhirnya" in refusal(PDF + hidden, "a.pdf")
    assert "belakang akhirnya" in refusal(PNG + hidden, "a.png")
    assert "arsip ZIP" in refusal(JPG + hidden, "a.jpg")
    assert "belakang akhirnya" in refusal(PDF + b"<script>", "a.pdf")
    assert "terpotong" in refusal(openxml("xlsx") + b"x", "a.xlsx")
    commented = hidden[:-2] + b"\x05\x00%%EOF"
    assert "arsip ZIP" in refusal(PDF + commented, "a.pdf")


def test_what_a_scanner_or_a_telephone_appends_is_taken():
    assert refusal(PDF + b"\r\n\0\0", "a.pdf") == ""
    assert refusal(JPG + b"gerak", "a.jpg") == ""


# Attachments of a PDF


def with_attachment(name, content, pdf=PDF):
    def attach(document):
        spec = pikepdf.AttachedFileSpec(document, content, filename=name)
        document.attachments[name] = spec

    return pdf_with(attach, pdf)


def test_the_anchor_and_known_files_may_lie_inside_a_pdf():
    assert refusal(with_attachment("himpun.json", b"{}"), "a.pdf") == ""
    report = with_attachment("himpun.json", b"{}")
    assert refusal(with_attachment("laporan.pdf", report), "a.pdf") == ""


def test_a_program_inside_a_pdf_is_refused():
    assert "tidak cocok" in refusal(with_attachment("a.exe", b"MZ\0"), "a.pdf")
    locked = with_attachment("b.pdf", locked_pdf())
    assert "kata sandi" in refusal(locked, "a.pdf")


def test_attachments_in_attachments_come_to_an_end():
    content = PDF
    for _ in range(4):
        content = with_attachment("dalam.pdf", content)
    assert "lampiran di dalam lampiran" in refusal(content, "a.pdf")


def launch():
    return pikepdf.Dictionary(S=pikepdf.Name.Launch, F="a.exe")


def nowhere(pdf):
    pdf.Root.Extra = pdf.make_indirect(
        pikepdf.Dictionary(Deep=pikepdf.Array([launch()]))
    )


def form_of_xml(pdf):
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pikepdf.Array([]))


@pytest.mark.parametrize("change", [nowhere, form_of_xml])
def test_a_program_is_found_wherever_it_hides(change):
    assert "program" in refusal(pdf_with(change), "a.pdf")


def test_a_pdf_locked_only_by_an_owner_is_refused_too():
    out = io.BytesIO()
    pikepdf.open(io.BytesIO(PDF)).save(
        out, encryption=pikepdf.Encryption(user="", owner="b")
    )
    assert "kata sandi" in refusal(out.getvalue(), "a.pdf")


def swelling_pdf():
    """Return a PDF whose objects lie in a stream that unpacks beyond the bound."""
    inside = b"6 0 <<>>" + b" " * (bounds.MOST_DECODED + 1)
    packed = zlib.compress(inside, 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Extra 6 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(packed), packed),
    ]
    out, rows = b"%PDF-1.5\n", [(0, 0, 65535)]
    for number, content in enumerate(objects, 1):
        rows.append((1, len(out), 0))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    rows += [(1, len(out), 0), (2, 4, 0)]
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    return out + (
        b"5 0 obj\n<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%b\n"
        b"endstream\nendobj\nstartxref\n%d\n%%%%EOF" % (len(table), table, len(out))
    )


def test_a_pdf_that_unpacks_beyond_the_bound_is_refused():
    assert len(swelling_pdf()) < uploads.MOST_BYTES
    assert "mengembang terlalu besar" in refusal(swelling_pdf(), "a.pdf")


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(pdfs, "MOST_PAGES", 0)
    assert "terlalu besar" in refusal(PDF, "a.pdf")


# Office files


RELATIONS = "word/_rels/settings.xml.rels"


def relation(kind):
    return {
        RELATIONS: f'<Relationships><Relationship TargetMode="External" Target="x" '
        f'Type="http://schemas.openxmlformats.org/{kind}"/></Relationships>'
    }


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"word/a.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}, "tidak aman"),
        ({"word/a.xml": "<!DOCTYPE x><x/>".encode("utf-16")}, "tidak aman"),
        ({"word/a.xml": "bukan xml"}, "XML yang rusak"),
        (
            {"word/a.xml": '<?xml version="1.0" encoding="UTF-N"?><x/>'},
            "XML yang rusak",
        ),
        (relation("attachedTemplate"), "dari luar"),
        ({"word/activeX/activeX1.bin": "x"}, "makro"),
        ({"word/embeddings/oleObject1.bin": "x"}, "makro"),
        ({"xl/macrosheets/sheet1.xml": "<x/>"}, "makro"),
        ({"WORD/A.xml": "<x/>", "word/a.xml": "<x/>"}, "tidak aman"),
    ],
)
def test_an_office_file_that_opens_more_than_itself_is_refused(more, word):
    assert word in refusal(openxml("docx", **more), "a.docx")


def test_links_and_charts_of_an_office_file_are_taken():
    assert refusal(openxml("docx", **relation("hyperlink")), "a.docx") == ""
    assert refusal(openxml("xlsx", **relation("externalLinkPath")), "a.xlsx") == ""
    assert refusal(openxml("docx", **{"word/embeddings/a.xlsx": "x"}), "a.docx") == ""


def test_a_macro_workbook_is_refused_under_either_name():
    types = '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled'
    content = archive({"[Content_Types].xml": types + '.main+xml"/></Types>'})
    for name in ("a.xlsm", "a.xlsx"):
        assert "tidak cocok" in refusal(content, name)


def test_a_locked_or_scripted_ods_is_refused():
    kind = {"mimetype": office.OPENDOCUMENT}
    manifest = "<m><encryption-data/></m>"
    locked = archive({**kind, "META-INF/manifest.xml": manifest})
    assert "kata sandi" in refusal(locked, "a.ods")
    assert "makro" in refusal(archive({**kind, "Basic/m.xml": "<x/>"}), "a.ods")
    assert "makro" in refusal(archive({**kind, "Scripts/m.py": "x"}), "a.ods")


def test_a_header_that_lies_about_its_size_does_not_help():
    bomb = bytearray(openxml("xlsx", bom=b"\0" * (office.MOST_UNPACKED + 1)))
    at = bomb.rindex(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert len(refusal(bytes(bomb), "a.xlsx")) > 20


# What is said


@pytest.mark.parametrize(
    ("content", "name", "word"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "foto.heic", "simpan sebagai JPG"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600), "a.xlsx", "XLSX"),
    ],
)
def test_a_refusal_advises_where_the_file_is_a_common_mistake(content, name, word):
    assert word in refusal(content, name)


def test_a_monstrous_name_is_shortened_in_the_sentence():
    assert len(refusal(PNG, "a" * 5000 + ".pdf")) < 400


def test_a_table_may_begin_with_the_name_of_a_case():
    assert refusal(b"PK-MUNCAR-2024;91,33\n", "a.csv") == ""
