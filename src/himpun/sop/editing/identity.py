"""The identity part and the six blocks under it."""

import re
from typing import Any

from himpun.sop.drafting.words import BLOCKS, COLUMNS, slug

from .values import (
    Tree,
    Typed,
    edited,
    edited_date,
    edited_lines,
    group,
    is_sourced,
    number,
    one_line,
    words,
)

TEXTS = ("nama", "judul_tabel", "judul_kop", "nomor", "alamat", "disahkan_oleh")
DATES = ("tgl_pembuatan", "tgl_revisi", "tgl_efektif")
SIGNER = ("tempat", "jabatan", "nama", "pangkat", "nip")
LABELS = (*BLOCKS, *COLUMNS)
LISTS = ("dasar_hukum", "kualifikasi", "keterkaitan", "peringatan", "pencatatan")
_NUMBERS = re.compile(r"\w+")


def save_identity(tree: Tree, typed: Typed) -> Tree:
    """Return the tree with the identity part as typed."""
    sourced = is_sourced(tree)
    old = group(tree, "identitas")
    new = dict(old)
    for key in TEXTS:
        new[key] = _text(old.get(key), typed.get(key), sourced=sourced)
    for key in DATES:
        new[key] = _date(old.get(key), typed.get(key), sourced=sourced)
    offices = _lines(old.get("instansi"), typed.get("instansi"), sourced=sourced)
    new["instansi"] = offices or None
    new["pengesahan"] = _signer(old, typed, sourced=sourced)
    made = {**tree, "identitas": new}
    if "versi" in typed:
        made["versi"] = number(typed["versi"])
    if "kode" in typed:
        made["id"] = one_line(typed["kode"]) or _code(words(new["nama"]))
    return made


def _code(name: str) -> str | None:
    return slug(name, set(), 100) if name else None


def _signer(identity: Tree, typed: Typed, *, sourced: bool) -> Tree | None:
    before = identity.get("pengesahan")
    old = before if isinstance(before, dict) else {}
    new = {
        key: _text(old.get(key), typed.get(f"ttd-{key}"), sourced=sourced)
        for key in SIGNER
    }
    new["tanggal"] = _date(
        old.get("tanggal"), typed.get("ttd-tanggal"), sourced=sourced
    )
    if before is None and not any(new.values()):
        return None
    order = ("tempat", "tanggal", "jabatan", "nama", "pangkat", "nip")
    return {key: new[key] for key in order}


def save_lists(tree: Tree, typed: Typed) -> Tree:
    """Return the tree with the lines of the six blocks and the titles as typed."""
    sourced = is_sourced(tree)
    made = dict(tree)
    for key in LISTS:
        made[key] = _lines(tree.get(key), typed.get(key), sourced=sourced)
    made["dasar_hukum"] = [_as_referred(line) for line in made["dasar_hukum"]]
    tools = group(tree, "peralatan")
    made["peralatan"] = {
        **tools,
        "butir": _lines(tools.get("butir"), typed.get("peralatan"), sourced=sourced),
    }
    label = group(tree, "label")
    titles = {
        key: _text(label.get(key), typed.get(f"label-{key}"), sourced=sourced)
        for key in LABELS
    }
    made["label"] = {
        **label,
        **{k: v for k, v in titles.items() if k in label or v is not None},
    }
    return made


def _as_referred(line: Any) -> Any:  # noqa: ANN401 - values of a file
    """Return a line of law without the reference to a law that it no longer names."""
    ref = line.get("ref") if isinstance(line, dict) else None
    if not isinstance(ref, dict):
        return line
    said = set(_NUMBERS.findall(words(line)))
    if {str(ref.get("nomor")), str(ref.get("tahun"))} <= said:
        return line
    return {key: value for key, value in line.items() if key != "ref"}


def _text(old: Any, typed: str | None, *, sourced: bool) -> Any:  # noqa: ANN401 - values of a file
    """Return a text after its field; a field that was not sent changes nothing."""
    return old if typed is None else edited(old, typed, sourced=sourced) or None


def _date(old: Any, typed: str | None, *, sourced: bool) -> Any:  # noqa: ANN401 - values of a file
    return old if typed is None else edited_date(old, typed, sourced=sourced)


def _lines(old: Any, typed: str | None, *, sourced: bool) -> list[Any]:  # noqa: ANN401 - values of a file
    return (old or []) if typed is None else edited_lines(old, typed, sourced=sourced)
