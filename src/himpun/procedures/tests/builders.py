"""The seed SOP at a small office, and cases of it carried as far as a test needs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from himpun.ledger.rules import SYSTEM
from himpun.organization.tests.builders import WHEN
from himpun.procedures import actions, queries
from himpun.sop.shipped import shipped
from himpun.worktime.periods import read_period

PLAIN = Path(__file__).parent / "data" / "plain.yaml"
SEED = "jekulo-pengumpulan-data-kinerja"


def adopt_seed(office, *, source=None, mark=""):
    """Adopt the shipped SOP (or `source`) with the cast's positions bound to it."""
    return actions.adopt(
        office.unit,
        source or shipped()[SEED],
        {
            "pelaksana": [office.position["pelaksana"], office.position["pelaksana2"]],
            "kasubbag": [office.position["kasubbag"]],
            "sekcam": [office.position["sekcam"]],
            "camat": [office.position["camat"]],
        },
        by=SYSTEM,
        at=WHEN,
        mark=mark,
    )


def start(office, period="2024", *, version=None, at=WHEN):
    """Start a case of the seed SOP."""
    version = version or adopt_seed(office)
    return actions.start_case(version, read_period(period), by=office.kasubbag, at=at)


def attach_everything(case, step, by, at):
    """Attach a file to each open line of a step's kelengkapan."""
    for line in queries.checklist(case, step):
        if line.state == "belum" and not line.item.source:
            actions.attach(
                line.item,
                content=b"bulan,nilai\nJanuari,1\n",
                filename=f"{line.item.name}.csv",
                by=by,
                at=at,
            )


def minutes(n):
    """Return a moment n minutes after WHEN."""
    return WHEN + timedelta(minutes=n)


def crowded_sop():
    """Return the plain SOP with decisions of more arrows than can be drawn."""
    before, rest = PLAIN.read_text().split("  - id: a2\n")
    decision, after = rest.split("  - id: a3\n")
    names = ["a1", *(f"b{n}" for n in range(2, 36)), "a3"]
    steps = []
    for number, name in enumerate(names[1:-1], 2):
        others = [other for other in names[:20] if other != name][:19]
        more = ", ".join(f"{{hasil: Ke {other}, ke: {other}}}" for other in others)
        text = decision.replace("nomor: 2", f"nomor: {number}")
        text = text.replace("{hasil: Tolak, ke: a1}", more)
        text = text.replace("ke: a3", f"ke: {names[number]}")
        steps.append(f"  - id: {name}\n{text}")
    after = after.replace("nomor: 3", f"nomor: {len(names)}")
    before = before.replace("berikut: a2", "berikut: b2")
    text = f"{before}{''.join(steps)}  - id: a3\n{after}"
    return text.replace("{dari: a2,", "{dari: b2,").encode()


def adopt_plain(office, source=None):
    """Adopt a small SOP without work that an app knows: files and a decision."""
    return actions.adopt(
        office.unit,
        source or PLAIN.read_bytes(),
        {
            "pelaksana": [office.position["pelaksana"], office.position["pelaksana2"]],
            "kasubbag": [office.position["kasubbag"]],
            "camat": [office.position["camat"]],
        },
        by=SYSTEM,
        at=WHEN,
    )
