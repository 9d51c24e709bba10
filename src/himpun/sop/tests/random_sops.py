"""Random SOPs for laws: sequences, decisions, jumps, parallel blocks, loops, nested.

`random_steps` draws the ways through an SOP, `random_sops` a whole one: with co-actors,
returns, collections per unit, artefacts, and texts that files find hard to keep.
"""

import json
import random

from hypothesis import assume
from hypothesis import strategies as st

from himpun.sop.check import check
from himpun.sop.model import Sop
from himpun.sop.plan import plan

from .builders import needs, source_of, step, yields

TREES = st.recursive(
    st.just(("task",)),
    lambda inner: st.one_of(
        st.tuples(st.just("seq"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("choice"), st.lists(inner, min_size=1, max_size=2)),
        st.tuples(st.just("par"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("loop"), inner),
    ),
    max_leaves=7,
)
ACTORS = ("petugas", "pengawas", "kepala", "9-lurah")
WAYS = ("paraf", "mengetahui", "bersama", "salah-satu")
TEXTS = [
    *("Menyusun laporan", 'Surat "A" & <B>', "baris satu\nbaris dua", "\tx \r y"),
    *("", " ", "null", "0o17", "1.5e3", "yes", "- a: b #", "½ jam \U0001f4c4", "'"),
    *("]]>", "&amp;", "{teks: x}", "%", "\u2028", "\\ \\n"),
]
"""Texts that a careless writer of XML or YAML would give back as something else."""


class Compiler:
    """Writes a tree as steps, from the last one backwards."""

    def __init__(self):
        self.steps = []

    def add(self, to=(), kind="proses"):
        name = f"n{len(self.steps)}"
        self.steps.append(step(name, to, kind, output=yields(f"x-{name}")))
        return name

    def build(self, tree, after_it):
        kind, *rest = tree
        return getattr(self, kind)(*rest, after_it)

    def task(self, after_it):
        return self.add([after_it])

    def seq(self, parts, after_it):
        for part in reversed(parts):
            after_it = self.build(part, after_it)
        return after_it

    def choice(self, parts, after_it):
        ways = [self.build(part, after_it) for part in reversed(parts)]
        outcomes = {f"hasil {n}": way for n, way in enumerate(ways)}
        return self.add(outcomes | {"langsung": after_it})

    def par(self, parts, after_it):
        ways = [self.build(part, after_it) for part in reversed(parts)]
        return self.add(ways if len(ways) > 1 else [*ways, after_it])

    def loop(self, part, after_it):
        decision = self.add({"lanjut": after_it})
        here = len(self.steps) - 1
        body = self.build(part, decision)
        self.steps[here]["cabang"].append({"hasil": "ulang", "ke": body})
        return body


@st.composite
def random_steps(draw, max_steps=40):
    compiler = Compiler()
    last = compiler.add(kind="selesai")
    entry = compiler.build(draw(TREES), last)
    compiler.add([entry], kind="mulai")
    assume(len(compiler.steps) <= max_steps)
    return compiler.steps[::-1]


def right(dari, ke, maks=3):
    return {
        "dari": dari,
        "ke": ke,
        "wajib_alasan": True,
        "maks": maks,
        "nilai_diterima": "tetap-terkunci",
    }


def planned(steps, returns=()):
    artefacts = [f"x-{s['id']}" for s in steps]
    source = source_of(steps, artefacts=artefacts, pengembalian=list(returns))
    checked = check(source)
    return checked, checked.sop and plan(checked.sop)


def accepted_returns(steps, pairs):
    """Keep the rights that the check accepts."""
    names = [s["id"] for s in steps]
    wanted = {(names[a % len(names)], names[b % len(names)]) for a, b in pairs}
    rights = [right(dari, ke) for dari, ke in sorted(wanted)]
    if not rights:
        return []
    checked, _ = planned(steps, rights)
    refused = {found.line for found in checked.errors}
    assert {found.code for found in checked.errors} <= {"E12"}
    places = [found.path for found in checked.errors]
    assert refused <= {1}
    return [
        r
        for n, r in enumerate(rights)
        if f"operasional.pengembalian[{n + 1}].ke" not in places
    ]


CHANCES = st.integers(0, 2**32).map(random.Random)
"""A source of chance that costs Hypothesis one draw, for what need not shrink."""


@st.composite
def random_sops(draw, max_steps=14):
    """Draw a valid SOP with everything that a form and its settings can hold."""
    steps = draw(random_steps(max_steps=max_steps))
    return dressed(steps, draw(CHANCES))


def sop_of_chance(chance, max_steps=7):
    """Return a valid SOP of few steps without Hypothesis: fast, and hardly ever twice."""
    while True:
        compiler = Compiler()
        last = compiler.add(kind="selesai")
        entry = compiler.build(tree_of_chance(chance, 3), last)
        compiler.add([entry], kind="mulai")
        if len(compiler.steps) <= max_steps:
            return dressed(compiler.steps[::-1], chance)


def tree_of_chance(chance, depth):
    kinds = ["task", "seq", "seq", "choice", "par", "loop"] if depth else ["task"]
    kind = chance.choice(kinds)
    if kind == "task":
        return ("task",)
    if kind == "loop":
        return ("loop", tree_of_chance(chance, depth - 1))
    parts = range(chance.randint(1, 2 if kind == "choice" else 3))
    return (kind, [tree_of_chance(chance, depth - 1) for _ in parts])


def dressed(steps, chance):
    """Return an SOP of these steps with people, settings, artefacts and odd texts."""
    pairs = [(chance.randrange(99), chance.randrange(99)) for _ in range(3)]
    rights = accepted_returns(steps, pairs if chance.random() < 0.5 else ())
    for one in steps:
        dress(one, chance, steps)
        one["kegiatan"] = chance.choice([text for text in TEXTS if text.strip()])
    names = [f"x-{one['id']}" for one in steps]
    collecting = chance.sample(names, k=chance.choice([0, 0, 1, 2]))
    per_unit = {name.removeprefix("x-"): chance.choice(RULES) for name in collecting}
    source = source_of(steps, artefacts=names, pengembalian=rights, per_unit=per_unit)
    tree = json.loads(source)
    tree["pelaksana"] = [{"id": a, "label": a.capitalize()} for a in ACTORS]
    label = {"teks": chance.choice(TEXTS), "asli": chance.choice(TEXTS)}
    tree["pelaksana"][0]["label"] = label
    tree["artefak"][names[0]]["nama"] = chance.choice(TEXTS)
    tree["identitas"]["nama"] = chance.choice([None, *TEXTS])
    return Sop.model_validate(tree)


RULES = (
    {"sumber": "unit", "selesai_bila": "semua"},
    {"sumber": "unit", "selesai_bila": "minimum", "minimum": 2},
    {"sumber": "unit", "selesai_bila": "tenggat"},
)


def dress(one, chance, steps):
    """Give a step people, a time, and artefacts that go in and out."""
    row = chance.sample(ACTORS, k=chance.choice([1, 1, 2, 3]))
    one["penanggung_jawab"], *others = row
    one["bersama"] = [
        {"pelaksana": other, "cara": chance.choice(WAYS)} for other in others
    ]
    one["waktu"] = {
        "jumlah": chance.choice([1, 2, 30]),
        "satuan": chance.choice(["menit", "jam", "hari", "minggu", "bulan"]),
    }
    if chance.random() < 0.5:
        source = chance.choice(steps)["id"]
        one["kelengkapan"] = needs(berkas=f"x-{source}", lain=None)
