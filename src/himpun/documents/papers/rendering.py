"""Rendering: a paper and its stamp in, the bytes of a tagged PDF out.

The form of each paper is a Typst template beside this file. Data reach it as JSON and
are printed as strings, so nothing a person wrote is ever read as markup. Only the fonts
shipped here are used, and any warning of the compiler is an error.

Typst makes and checks PDF/A-3a with PDF/UA-1 (PDF/A-3, because files are attached). No
outside validator has confirmed it, so the product claims no more than that.
"""

from __future__ import annotations

import io
import json
import shutil
import tempfile
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import segno
import typst

from himpun.documents.fonts import FONT_DIR

from .collection import LaporanPengumpulan
from .control import LembarKendali
from .letters import print_tree, printable
from .performance import LaporanKinerja
from .promises import PerjanjianKinerja, RencanaKinerja
from .recap import Rekapitulasi
from .seal import LembarSegel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .parts import Attached, Stamp

Paper = (
    Rekapitulasi
    | LaporanKinerja
    | LaporanPengumpulan
    | LembarKendali
    | LembarSegel
    | PerjanjianKinerja
    | RencanaKinerja
)

TEMPLATE_VERSION = "1"
"""Grows with every change that lets a template print something else."""
TEMPLATES = Path(__file__).parent / "templates"
STANDARDS: list[typst.PDFStandard] = ["a-3a", "ua-1"]
ONE_SHEET = {LembarKendali: (9, 8, 7), LembarSegel: (10, 9, 8)}
"""Papers of one page: the type sizes (pt) to try, the largest that fits is taken."""
OTHER = (10,)


class CannotRender(ValueError):
    """The template refused the data: a mistake of the program, told in its words."""


def render(paper: Paper, stamp: Stamp, *, attached: Sequence[Attached] = ()) -> bytes:
    """Return the PDF of a paper; equal arguments give equal bytes.

    ``attached`` files lie inside it (``himpun.json`` before it is signed). Raises
    CannotRender when the template fails.
    """
    with tempfile.TemporaryDirectory(prefix="himpun-") as folder:
        root = Path(folder)
        shutil.copytree(TEMPLATES, root, dirs_exist_ok=True)
        names = _store(attached, root)
        for size in ONE_SHEET.get(type(paper), OTHER):
            data = _data(paper, stamp, names, size)
            (root / "data.json").write_text(data, encoding="utf-8")
            pdf = _compile(root / f"{paper.template}.typ")
            if type(paper) not in ONE_SHEET or _pages(pdf) == 1:
                break
    return pdf


def _store(attached: Sequence[Attached], root: Path) -> list[dict[str, str]]:
    """Write the files to attach under names of our own; return what Typst needs."""
    rows = []
    for number, file in enumerate(attached):
        path = f"attached-{number}"
        (root / path).write_bytes(file.content)
        row = {
            name: printable(text)
            for name, text in asdict(file).items()
            if name != "content"
        }
        rows.append(row | {"path": path})
    return rows


def _data(paper: Paper, stamp: Stamp, attached: list[dict[str, str]], size: int) -> str:
    shown = print_tree(asdict(paper))
    shown["title"] = paper.title
    if isinstance(paper, LaporanKinerja):
        shown["sentences"] = print_tree(paper.sentences)
    marks = {
        "code": stamp.code,
        "link": stamp.link,
        "head": stamp.head,
        "certificate": stamp.certificate,
        "mark": stamp.mark,
    }
    return json.dumps(
        {
            "paper": shown,
            "stamp": print_tree(marks)
            | {"count": stamp.count, "qr": _qr(stamp.link) if stamp.code else ""},
            "at": [*stamp.at.utctimetuple()[:6]],
            "attached": attached,
            "size": size,
        },
        ensure_ascii=False,
    )


def _qr(link: str) -> str:
    buffer = io.BytesIO()
    code = segno.make(link, error="m", micro=False, boost_error=False)
    code.save(buffer, kind="svg", border=0, xmldecl=False)
    return buffer.getvalue().decode()


def _compile(template: Path) -> bytes:
    try:
        pdf, warnings = typst.compile_with_warnings(
            template,
            root=template.parent,
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=STANDARDS,
        )
    except typst.TypstError as error:
        raise CannotRender(error.diagnostic) from None
    if warnings:
        raise CannotRender("; ".join(warning.message for warning in warnings))
    return pdf


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[FONT_DIR],
    )


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
