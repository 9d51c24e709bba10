"""The form of the SOP editor: whatever the schema knows has a field."""

import types
import typing
from collections import Counter

import pytest

from himpun.procedures.queries.drafts import Partner, State
from himpun.procedures.tests.builders import PLAIN
from himpun.procedures.views.draft_fields import Editor, groups
from himpun.sop import editing
from himpun.sop.editing.values import words
from himpun.sop.model import Part, Sop, Tanggal, Teks
from himpun.sop.reading import read
from himpun.sop.shipped import shipped

SEED = shipped()["jekulo-pengumpulan-data-kinerja"]
NO_FIELD = {
    "skema": "one word for every file",
    "sumber.berkas": "which file was read, not for anybody to change",
    "sumber.sha256": "which file was read, not for anybody to change",
    "dasar_hukum.ref.jenis": "said by the line; dropped when the line names another law",
    "dasar_hukum.ref.nomor": "said by the line; dropped when the line names another law",
    "dasar_hukum.ref.tahun": "said by the line; dropped when the line names another law",
    "keterkaitan.sambung": "the joining word of the paper; goes with its line",
    "peralatan": "the cell as the paper has it; the form prints its items",
    "langkah.waktu.asli": "the paper's wording, shown beside the field",
    "temuan.id": "noted when the file was read",
    "temuan.di": "noted when the file was read",
    "temuan.masalah": "noted when the file was read",
    "temuan.tafsir": "replaced by what the office fills in, once that is confirmed",
    "temuan.pilihan": "noted when the file was read",
}
OTHERS = [
    Partner("templat.laporan", "Laporan", (("l1.data", "Data", 1),)),
    Partner("templat.lain", "Lain", (("l9.data", "Data", 9),)),
]


def inner(kind):
    """Return what a type holds, without lists, dictionaries by name and bounds."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return inner(next(a for a in args if a is not types.NoneType))
    if origin is typing.Annotated or origin is tuple:
        return inner(args[0])
    return inner(args[1]) if origin is dict else kind


def keys(model, path=""):
    """Return (path, what it holds) of each key of the schema that holds a value."""
    for name, field in model.model_fields.items():
        kind, at = inner(field.annotation), f"{path}{name}"
        if not (isinstance(kind, type) and issubclass(kind, Part)):
            yield at
        elif issubclass(kind, Teks | Tanggal):
            yield at
            words_of = {f"{at}.{word}" for word in ("teks", "asli", "nilai")}
            yield from (key for key in keys(kind, f"{at}.") if key not in words_of)
        else:
            yield from keys(kind, f"{at}.")


def said(value, kind, path=""):
    """Return (path, value) of all that a file says, lists and names left out of paths."""
    kind = inner(kind)
    if isinstance(value, list):
        return [found for part in value for found in said(part, kind, path)]
    part = isinstance(kind, type) and issubclass(kind, Part)
    text = part and issubclass(kind, Teks | Tanggal)
    if not part or not isinstance(value, dict):
        return [(path, str(value))] if text or not part else []
    made = [(path, value.get("nilai") or words(value))] if text else []
    for name, inside in value.items():
        known = kind.model_fields.get(name)
        if known and name not in ("teks", "nilai"):
            made += said(inside, known.annotation, f"{path}.{name}".lstrip("."))
        elif not known:  # a dictionary by name
            made += said(inside, kind, path)
    return made


def fields_of(shown):
    for group in shown:
        rows = [field for row in group.rows for field in row.fields]
        yield from (*group.fields, *group.tail, *rows)


def others(field):
    """Return what else somebody could type or choose in a field."""
    if field.kind == "pilih":
        return [value for value, _label in field.choices if value != field.value][:3]
    if field.kind == "centang":
        return ["" if field.value else "1"]
    return [f"{field.value}\nLain" if field.kind == "baris" else "7"]


def everything():
    """Return a file in which each key of the schema stands at least once."""
    tree = read(SEED).tree
    made = tree["langkah"]
    made[3] |= {
        "jenis": "keputusan",
        "berikut": None,
        "cabang": [{"hasil": "Ya", "ke": "l5"}, {"hasil": "Tidak", "ke": "l3"}],
    }
    tree["operasional"] |= {
        "batas_putaran": {"l3": 2},
        "mendahului": False,
        "kertas": {"laporan-ttd": "rkt"},
        "terkait": [
            {
                "sop": "templat.laporan",
                "mulai": True,
                "periode": "tahun",
                "bawa": {"laporan-ttd": ["l1.data"]},
            }
        ],
    }
    return tree


def sent_by(editor, part, step=""):
    """Return what a browser sends of a part as it is shown; unticked boxes are not."""
    fields = fields_of(groups(editor, part, step))
    return {f.name: f.value for f in fields if f.kind != "centang" or f.value}


@pytest.mark.parametrize("name", [*shipped(), "plain", "everything"])
def test_a_part_sent_back_as_it_was_shown_changes_nothing(name):
    made = everything() if name == "everything" else None
    tree = made or read(shipped().get(name) or PLAIN.read_bytes()).tree
    editor = Editor(tree, State([], [], []), OTHERS)
    for part, step in places(tree):
        sent = sent_by(editor, part, step)
        assert editing.save(tree, part, step, sent) == tree, (part, step)


def places(tree):
    steps = [("langkah", step["id"]) for step in tree["langkah"]]
    return [*((part, "") for part in editing.PARTS), *steps]


def test_every_key_of_the_schema_has_a_field_or_a_reason():
    tree = everything()
    before = Counter(said(tree, Sop))
    changed = set()

    def look(after):
        new = {key: part for key, part in after.items() if part is not tree.get(key)}
        changed.update(path for path, _value in Counter(said(new, Sop)) - before)

    editor = Editor(tree, State([], [], []), OTHERS)
    for part, step in places(tree):
        sent = sent_by(editor, part, step)
        for field in fields_of(groups(editor, part, step)):
            for value in others(field) if field.kind != "simpan" else ():
                typed = {**sent, field.name: value}
                if field.kind == "centang" and not value:
                    del typed[field.name]
                look(editing.save(tree, part, step, typed))
    look(editing.act(tree, "langkah-tambah", "l2"))
    look(editing.act(tree, "temuan-pastikan", "Q-TGL"))
    assert set(keys(Sop)) - changed == set(NO_FIELD)
