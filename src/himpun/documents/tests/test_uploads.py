"""What is taken as evidence and what is not, on real files made here."""

import io
import zipfile
from datetime import UTC, datetime

import pikepdf
import pytest
import typst

from himpun.documents import uploads
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
    types = f'<Types><Override ContentType="{uploads.OPENXML[kind]}.main+xml"/></Types>'
    return archive({"[Content_Types].xml": types, **more})


ODS = archive({"mimetype": uploads.OPENDOCUMENT, "content.xml": "<x/>"})


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


def pdf_with(change):
    pdf = pikepdf.open(io.BytesIO(PDF))
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
        (PNG[:16] + b"\x7f\xff\xff\xff" + PNG[20:], "a.png", "tidak wajar"),
        (JPG[:12], "a.jpg", "rusak"),
        (openxml("xlsx", **{"xl/vbaProject.bin": b"x"}), "a.xlsx", "makro"),
        (openxml("xlsx", **{"../x": b"x"}), "a.xlsx", "tidak aman"),
        (openxml("xlsx", **{"/etc/x": b"x"}), "a.xlsx", "tidak aman"),
        (openxml("xlsx", bom=b"\0" * (uploads.MOST_UNPACKED + 1)), "a.xlsx", "besar"),
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


def test_every_cut_of_every_file_is_taken_or_refused_but_never_breaks():
    for content, name in [(PDF, "a.pdf"), (PNG, "a.png"), (ODS, "a.ods")]:
        for part in range(1, 20):
            try:
                recognise(content[: len(content) * part // 20], name)
            except NotAccepted as refused:
                assert len(str(refused)) > 20
