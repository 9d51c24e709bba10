"""`himpun sop check|draw|read|bpmn|simulate`: an SOP examined, drawn, handed on, tried."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
from pathlib import Path

from himpun import sop
from himpun.config.starting import start_django
from himpun.config.terminal import refuse, tell, told
from himpun.documents import drawing, fonts, grids
from himpun.sop import bpmn, drafting
from himpun.sop.drawing import NotDrawable, pages
from himpun.sop.writing import tree_of
from himpun.wording import say

FORMATS = (".pdf", ".svg", ".png")
MOST_CASES = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `check FILE`, `simulate FILE`; `draw`, `read` and `bpmn` with `FILE -o OUT`."""
    acts = parser.add_subparsers(
        dest="act", metavar="check|draw|read|bpmn|simulate", required=True
    )
    check = acts.add_parser("check", help=told(say("memeriksa berkas SOP")))
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true")
    draw = acts.add_parser("draw", help=told(say("menggambar formulir resmi")))
    draw.add_argument("file", type=Path)
    draw.add_argument("-o", "--output", type=Path, required=True)
    draw.add_argument("--mark", default="", help=say("tanda di setiap halaman"))
    read = acts.add_parser(
        "read", help=told(say("membaca SOP dari berkas kantor menjadi draf"))
    )
    read.add_argument(
        "file", type=Path, help=say("berkas .docx, .xlsx, .txt, atau .bpmn")
    )
    read.add_argument("-o", "--output", type=Path, required=True)
    read.add_argument("--json", action="store_true")
    exchange = acts.add_parser(
        "bpmn", help=told(say("menulis BPMN 2.0 untuk program lain"))
    )
    exchange.add_argument("file", type=Path)
    exchange.add_argument("-o", "--output", type=Path, required=True)
    exchange.add_argument(
        "--profile",
        choices=("dokumen", "jalan"),
        default="dokumen",
        help=say("dokumen: yang ditandatangani; jalan: dengan setelan kantor"),
    )
    trial = acts.add_parser(
        "simulate", help=told(say("mencoba SOP dengan kasus buatan"))
    )
    trial.add_argument("file", type=Path)
    trial.add_argument("--cases", type=_number, default=60, metavar="N")
    trial.add_argument(
        "--seed", type=int, default=0, help=say("angka yang sama, hasil sama")
    )
    trial.add_argument("--json", action="store_true")


def _number(text: str) -> int:
    """Read --cases: 1 to 1000, as many as have a period of their own to be about."""
    if text.isdecimal() and 1 <= int(text) <= MOST_CASES:
        return int(text)
    raise argparse.ArgumentTypeError(
        told(say("isi angka 1 sampai %(most)s", most=MOST_CASES))
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when the SOP has errors or a file cannot be read or written."""
    try:
        source = arguments.file.read_bytes()
    except OSError as error:
        return refuse(
            say(
                "Berkas %(file)s tidak dapat dibaca: %(why)s.",
                file=arguments.file,
                why=error.strerror,
            )
        )
    if arguments.act == "read":
        return _read(source, arguments)
    checked = sop.check(source)
    if arguments.act == "check" or checked.sop is None:
        return _report(checked, as_json=getattr(arguments, "json", False))
    return ACTS[arguments.act](checked.sop, arguments)


def _report(checked: sop.Checked, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(sop.as_json(checked), ensure_ascii=False, indent=1))
    else:
        tell(*sop.report(checked))
    return 1 if checked.errors else 0


def _read(source: bytes, arguments: argparse.Namespace) -> int:
    """Write the draft of a file; what it lacks is told, and is no error."""
    name = arguments.file.name
    try:
        draft = _drafted(source, name)
        written = drafting.to_yaml(draft.tree)
    except (grids.NotAccepted, bpmn.NotBpmn, drafting.NotDraftable) as why:
        return refuse(str(why))
    try:
        arguments.output.write_text(written, encoding="utf-8")
    except OSError as error:
        return refuse(
            say(
                "Berkas %(path)s tidak dapat ditulis: %(why)s.",
                path=arguments.output,
                why=error.strerror,
            )
        )
    if arguments.json:
        print(json.dumps(drafting.as_json(draft), ensure_ascii=False, indent=1))
    else:
        tell(*drafting.report(draft))
    return 0


def _drafted(source: bytes, name: str) -> drafting.Draft:
    """Return the draft of an office file or of BPMN; our own BPMN comes back whole."""
    sha256 = hashlib.sha256(source).hexdigest()
    if not name.lower().endswith(".bpmn"):
        return drafting.read(grids.read(source, name), name, sha256)
    root = bpmn.opened(source)
    if document := bpmn.read_own(root):
        return drafting.Draft(tree_of(document), {}, ())
    return bpmn.drafted(root, name, sha256)


def _simulate(document: sop.Sop, arguments: argparse.Namespace) -> int:
    """Try the SOP in a database of its own, which is thrown away."""
    with tempfile.TemporaryDirectory(prefix="himpun-simulasi-") as home:
        os.environ |= {
            "HIMPUN_HOME": home,
            "HIMPUN_MODE": "demo",
            "HIMPUN_DATABASE_URL": "",
        }

        if stopped := start_django():
            return stopped
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        try:
            return tried(document, arguments)
        finally:
            connection.close()


def tried(document: sop.Sop, arguments: argparse.Namespace) -> int:
    """Run made-up cases in the database at hand and tell their times."""
    from himpun.config import simulation
    from himpun.shared.refusals import Refusal

    try:
        found = simulation.simulate(
            document, cases=arguments.cases, seed=arguments.seed
        )
    except Refusal as refusal:
        return refuse(str(refusal))
    if arguments.json:
        print(json.dumps(simulation.plain(found), ensure_ascii=False, indent=1))
    else:
        tell(*simulation.lines(found))
    return 0 if found.finished == found.cases else 1


def _exchange(document: sop.Sop, arguments: argparse.Namespace) -> int:
    return _save({arguments.output: bpmn.write(document, arguments.profile)})


def _draw(document: sop.Sop, arguments: argparse.Namespace) -> int:
    output: Path = arguments.output
    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        return refuse(
            say(
                "Akhiran %(name)s tidak dikenal. Pakai .pdf, .svg, atau .png.",
                name=output.name,
            )
        )
    try:
        sheets = pages(document, fonts.measure, mark=arguments.mark or None)
    except NotDrawable as why:
        return refuse(str(why))
    if suffix == ".pdf":
        files = {output: drawing.svg_to_pdf(sheets, title=_title(document))}
    else:
        files = {
            _numbered(output, number, len(sheets)): drawing.svg_to_png(sheet)
            if suffix == ".png"
            else sheet.encode()
            for number, sheet in enumerate(sheets, 1)
        }
    return _save(files)


def _save(files: dict[Path, bytes]) -> int:
    for path, content in files.items():
        try:
            path.write_bytes(content)
        except OSError as error:
            return refuse(
                say(
                    "Berkas %(path)s tidak dapat ditulis: %(why)s.",
                    path=path,
                    why=error.strerror,
                )
            )
        print(path)
    return 0


def _title(document: sop.Sop) -> str:
    name = document.identitas.nama
    return name.teks if name else document.id


def _numbered(output: Path, number: int, total: int) -> Path:
    if total == 1:
        return output
    return output.with_name(f"{output.stem}-{number}{output.suffix}")


ACTS = {"draw": _draw, "bpmn": _exchange, "simulate": _simulate}
"""What is done with an SOP that holds."""
