"""Whatever a person can read is marked: `say`, `gettext` or `lazy` around each phrase."""

import ast
import re
from pathlib import Path

import pytest

import himpun
from himpun.shared.management.commands.makemessages import Command

HOME = Path(himpun.__file__).parent
MARKERS = {"say", "_", "gettext", "lazy"}
INDONESIAN = re.compile(
    r"\b(tidak|belum|sudah|bukan|harus|dapat|yang|dan|atau|dengan|pada|untuk|dari|ini"
    r"|itu|lagi|paling|isi|tulis|pilih|berkas|hari|karena|sampai|oleh|ada|akan|masih"
    r"|juga|lebih|kurang|rusak|baru|lain|nilai|kantor|pejabat|nama|nomor|angka|kode"
    r"|jam|tanggal|bila|misalnya|seperti|semua|setiap|lalu|kasus|langkah|kertas)\b",
    re.IGNORECASE,
)
PAPERS = (
    "documents/papers",
    "sop/drawing",
    "sop/rebuild.py",
    "sop/bpmn/weave.py",
    "sop/drafting/words.py",
    "reporting/kinds",
    "reporting/queries/casefile.py",
    "config/demo",
    "formula/scales.py",
    "planning/rules/workbook/words.py",
    "planning/rules/workbook/samples.py",
)
"""Papers, the official form, its BPMN and its words as they are looked for in what an
office wrote, a case handed out, sample data: Indonesian documents; scales in the words
of their sources; what stands in the sheets that offices keep."""
NOT_OURS = {
    "Belum ada, karena": "a column of the list that a step of the SOP brings forth",
    "{} berkas data dukung di dalam kasus ini": "a note in the record",
    "Laporan Kinerja yang ditandatangani": "names an attachment inside a PDF",
    "Laporan Kinerja bersegel, sebelum ditandatangani": "as above",
    "Segel mesin Himpun: isi berkas sama dengan catatan kasus. Bukan TTE.": "in a seal",
    "Contoh peragaan. BUKAN TTE BSrE.": "in a signature",
    "Segel mesin Himpun, bukan TTE": "the name in a certificate",
    "CA uji Himpun - BUKAN TTE BSrE": "as above",
    "(BUKAN TTE BSrE)": "as above",
    'text hash of "belum ada, karena ..."': "an English help text",
    "kode indikator": "a column's title that is looked for in what was pasted",
    "nama indikator": "as above",
    "hari kerja": "a unit that is looked for in what an office wrote",
    'data-langkah="{}" data-pelaksana="{}"': "attributes in a drawing",
    "{} nomor {}": "a letter as the record names it",
    "Hari Raya Idul Fitri": "how a holiday's name begins, which is looked for",
}


def unmarked(source):
    """Return Indonesian phrases that stand in no marker, with their lines."""
    above = _parents(source)
    found = [(node, _phrase(node)) for node in above if not _passes(node, above)]
    found += [(node, ast.unparse(node)) for node in above if _is_filled_early(node)]
    return [(node.lineno, text) for node, text in found if text]


def _parents(source):
    nodes = ast.walk(ast.parse(source))
    return {child: node for node in nodes for child in ast.iter_child_nodes(node)}


def _phrase(node):
    text = _text(node).strip()
    wanted = " " in text and not text.startswith("<") and INDONESIAN.search(text)
    return text if wanted else ""


def _text(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = node.values
        return "".join(p.value if isinstance(p, ast.Constant) else "{}" for p in parts)
    return ""


def _passes(node, above):
    """Say whether it is marked, or no sentence of ours.

    That is a docstring, a piece of an f-string, an enum's word, a regular expression.
    """
    while parent := above.get(node):
        if isinstance(parent, ast.Expr | ast.JoinedStr | ast.FormattedValue):
            return True
        if isinstance(parent, ast.Call):
            called, first = _name(parent.func), node in parent.args[:1]
            if called == "compile":
                return first
            return called in MARKERS and first and isinstance(node, ast.Constant)
        if isinstance(parent, ast.ClassDef):
            return any(_name(b) in {"StrEnum", "TextChoices"} for b in parent.bases)
        node = parent
    return False


def _is_filled_early(node):
    """`say("...") % values` and `say("...") + more` lose the parts."""
    marked = isinstance(node, ast.BinOp) and isinstance(node.left, ast.Call)
    return marked and _name(node.left.func) == "say"


def _name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def test_every_phrase_for_a_person_is_marked():
    found = {}
    for path in sorted(HOME.rglob("*.py")):
        name = path.relative_to(HOME).as_posix()
        if not {"tests", "migrations"} & {*name.split("/")}:
            found[name] = [] if name.startswith(PAPERS) else unmarked(path.read_text())
    left = {
        (name, *fault)
        for name, faults in found.items()
        for fault in faults
        if fault[1] not in NOT_OURS
    }
    assert left == set()
    assert {"sop/routing.py", "collection/rules/values.py"} <= found.keys()


@pytest.mark.parametrize(
    "source",
    [
        'raise NotAccepted("Berkas ini kosong.")',
        'raise Refusal(f"Berkas {name} tidak ada.", field="file")',
        'Remark("E01", path, "Id sudah dipakai " "bagian lain.")',
        'raise BadOffice([say("Baris salah."), "Berkas ini rusak."])',
        'WORDS = {State.EMPTY: "belum diisi"}',
        'def name():\n    return "belum diisi"',
        'say(f"Berkas {name} tidak ada.")',
        'say("Berkas %(name)s tidak ada.", name="yang itu")',
        'say("Berkas " + "ini tidak ada.")',
        'say("%(n)s baris") % {"n": 3}',
        'say("Baris salah.") + name',
    ],
)
def test_a_phrase_that_is_not_marked_is_found(source):
    assert unmarked(source)


@pytest.mark.parametrize(
    "source",
    [
        'raise NotAccepted(say("Berkas ini kosong."))',
        'raise Refusal(say("Berkas %(name)s tidak ada."), name=name)',
        '"""Berkas ini tidak ada."""',
        'IF = re.compile(r"\\b(?:jika|bila|dalam hal)\\b", re.IGNORECASE)',
        'class Word(StrEnum):\n    """Words."""\n    LOOSE = "belum berjangkar"',
        'raise ValueError("the anchor belongs to another stream")',
    ],
)
def test_what_is_marked_or_not_for_people_is_left_alone(source):
    assert unmarked(source) == []


def test_makemessages_knows_the_markers():
    assert {"--keyword=say", "--keyword=lazy"} <= {*Command.xgettext_options}
