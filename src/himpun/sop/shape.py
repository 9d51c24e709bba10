"""Fits plain values into the schema and says in Indonesian what does not fit."""

import copy
import difflib
import functools
import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pydantic import ValidationError

from himpun.wording import say

from .findings import Path, Plain, Remark, shorten, spell, value_at
from .model import CO_ACTOR_WAYS, Part, Sop

_SENTENCES = {
    "missing": say("Bagian %(key)s belum ada pada %(parent)s. Tambahkan bagian itu."),
    "extra_forbidden": say(
        "Kunci %(key)s pada %(parent)s tidak dikenal.%(hint)s Perbaiki ejaannya atau "
        "hapus."
    ),
    "string_type": say(
        "Isi %(place)s harus teks, tertulis %(value)s. Beri tanda kutip bila isinya "
        "angka."
    ),
    "bool_type": say("Isi %(place)s harus true atau false, tertulis %(value)s."),
    "int_type": say("Isi %(place)s harus bilangan bulat, tertulis %(value)s."),
    "greater_than_equal": say(
        "Isi %(place)s paling sedikit %(ge)s, tertulis %(value)s."
    ),
    "less_than_equal": say("Isi %(place)s paling banyak %(le)s, tertulis %(value)s."),
    "literal_error": say(
        "Isi %(place)s tertulis %(value)s; pilih salah satu: %(choices)s."
    ),
    "string_pattern_mismatch": say(
        "Isi %(place)s tertulis %(value)s; tulis %(pattern)s."
    ),
    "string_too_short": say("Isi %(place)s masih kosong. Isi dengan teks."),
    "too_short": say(
        "Daftar %(place)s masih kosong. Isi paling sedikit %(min_length)s."
    ),
    "too_long": say("Daftar %(place)s terlalu panjang, paling banyak %(max_length)s."),
    "model_type": say(
        "Isi %(place)s harus berupa bagian dengan kunci dan isi, tertulis %(value)s."
    ),
    "dict_type": say(
        "Isi %(place)s harus berupa bagian dengan kunci dan isi, tertulis %(value)s."
    ),
    "tuple_type": say("Isi %(place)s harus berupa daftar, tertulis %(value)s."),
    "value_error": say("Isi %(place)s belum benar, tertulis %(value)s: %(error)s."),
}
_OTHER = say(
    "Isi %(place)s tidak berbentuk seperti yang diminta skema, tertulis %(value)s."
)

_PATTERNS = {
    "sha256": say("64 angka heksadesimal dengan huruf kecil"),
    "jenis": say("satu kata dengan huruf kecil, misalnya permenpanrb"),
    "mulai": say("seperti hari-kerja-ke-1-setelah-periode"),
    "butir": say(
        "langkah dan butir dengan titik di antaranya, misalnya l1.laporan-bulanan"
    ),
}
_ID_PATTERN = say("dengan huruf, angka, tanda - atau _ saja, diawali huruf atau angka")

MAX_REMARKS = 100
_MORE = say(
    "Masih ada sekitar %(number)s kesalahan bentuk lain. Perbaiki dahulu yang "
    "disebut, lalu periksa ulang."
)

_BY_CODE = {
    "E01": say(
        "Bagian %(place)s belum berisi. Beri id yang belum dipakai bagian lain."
    ),
    "E13": say(
        "Isi %(place)s belum menjadi waktu baku, tertulis %(value)s. Tulis jumlah "
        "berupa angka lebih dari 0 dan satuan menit, jam, hari, minggu atau "
        "bulan."
    ),
    "E14": say("Isi %(place)s tertulis %(value)s; pilih salah satu: %(choices)s."),
}
_TIME_PARTS = {("waktu", "jumlah"), ("waktu", "satuan")}


@dataclass(frozen=True)
class Shaped:
    """What became of a file's values.

    `sop` is None when they have not the shape of an SOP. With remarks of codes E01,
    E13 and E14 only, it is a stand-in with the missing parts filled so that the rest
    can be checked; it must not be handed on.
    """

    sop: Sop | None
    remarks: tuple[Remark, ...]


def fit(tree: Plain) -> Shaped:
    """Fit the values of a file into the schema; never raises."""
    try:
        return Shaped(Sop.model_validate(tree), ())
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    told = islice(_causes(found), MAX_REMARKS)
    remarks = _once_each(_remark(detail, tree) for detail in told)
    if len(found) > MAX_REMARKS:
        more = say(_MORE, number=len(found) - MAX_REMARKS)
        remarks = (*remarks, Remark("E15", (), more))
    if any(remark.code == "E15" for remark in remarks):
        return Shaped(None, remarks)
    return Shaped(Sop.model_validate(_filled(tree, remarks)), remarks)


def _causes(found: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Leave out lists that pydantic calls too short because their items are wrong."""
    for detail in found:
        place = detail["loc"]
        inside = (d for d in found if len(d["loc"]) > len(place))
        if detail["type"] != "too_short" or not any(
            d["loc"][: len(place)] == place for d in inside
        ):
            yield detail


def _remark(detail: Mapping[str, Any], tree: Plain) -> Remark:
    """Turn one of pydantic's errors into a code, a place and a sentence."""
    path: Path = tuple(part for part in detail["loc"] if part != "[key]")
    code = _code(path, detail["type"], value_at(tree, path))
    template = _BY_CODE.get(code) or _SENTENCES.get(detail["type"], _OTHER)
    if code == "E13":
        words = _words(tree, path[:3])
    else:
        words = _limits(detail) | _words(tree, path)
    if code == "E14":
        words["choices"] = CO_ACTOR_WAYS
    return Remark(code, path, say(template, **words))


def _code(path: Path, kind: str, value: Plain) -> str:
    within_step = path[2:] if path[:1] == ("langkah",) else ()
    if kind == "extra_forbidden":
        return "E15"
    if path[-1:] == ("id",) and (value is None or value == ""):
        return "E01"
    if within_step in _TIME_PARTS or (within_step == ("waktu",) and value is None):
        return "E13"
    if within_step[-1:] == ("cara",) and kind != "missing":
        return "E14"
    return "E15"


def _words(tree: Plain, path: Path) -> dict[str, str]:
    """Return what a sentence may say of a place: its name, its parent, its value."""
    return {
        "place": spell(tree, path) or say("berkas ini"),
        "parent": spell(tree, path[:-1]) or say("berkas ini"),
        "key": shorten(str(path[-1])) if path else "",
        "value": _written(value_at(tree, path)),
        "hint": _hint(path),
        "pattern": _PATTERNS.get(str(path[-1]) if path else "", _ID_PATTERN),
    }


def _limits(detail: Mapping[str, Any]) -> dict[str, str]:
    """Return the limits that pydantic names: bounds, lengths, allowed words."""
    limits = {name: str(limit) for name, limit in detail.get("ctx", {}).items()}
    allowed = re.findall("'([^']*)'", limits.get("expected", ""))
    return limits | {"choices": ", ".join(allowed)}


def _written(value: Plain) -> str:
    if value is None:
        return say("kosong")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return say("daftar")
    if isinstance(value, dict):
        parts = (f"{key}: {_written(part)}" for key, part in value.items())
        return shorten("{" + ", ".join(parts) + "}")
    return f'"{shorten(str(value))}"'


def _hint(path: Path) -> str:
    """Return a guess at the key that was meant, or nothing."""
    key = shorten(str(path[-1])) if path else ""
    near = difflib.get_close_matches(key, _known_keys(), n=1, cutoff=0.75)
    return say(' Mungkin maksudnya "%(key)s".', key=near[0]) if near else ""


@functools.cache
def _known_keys() -> tuple[str, ...]:
    keys = {name for part in Part.__subclasses__() for name in part.model_fields}
    return tuple(sorted(keys))


def _once_each(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Leave out what repeats itself: one remark on a step's time is enough."""
    kept = {
        (r.code, r.path[:3] if r.code == "E13" else (*r.path, r.sentence)): r
        for r in reversed(tuple(remarks))
    }
    return tuple(reversed(kept.values()))


def _filled(tree: Plain, remarks: Iterable[Remark]) -> object:
    """Return the values with stand-ins where an id, a time or a way is missing."""
    whole: Any = copy.deepcopy(tree)
    for number, remark in enumerate(remarks):
        *inner, last = remark.path[:3] if remark.code == "E13" else remark.path
        part = functools.reduce(operator.getitem, inner, whole)
        part[last] = {
            "E01": f"tanpa-id-{number}",
            "E13": {"jumlah": 1, "satuan": "hari"},
            "E14": "paraf",
        }[remark.code]
    return whole
