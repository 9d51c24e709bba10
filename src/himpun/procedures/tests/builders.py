"""The seed SOP at a small office, and cases of it carried as far as a test needs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from himpun.ledger.rules import SYSTEM
from himpun.organization.tests.builders import WHEN
from himpun.procedures import actions, queries
from himpun.sop.shipped import shipped
from himpun.worktime.periods import read_period

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


def adopt_plain(office):
    """Adopt a small SOP without work that an app knows: files and a decision."""
    path = Path(__file__).parent / "data" / "plain.yaml"
    return actions.adopt(
        office.unit,
        path.read_bytes(),
        {
            "pelaksana": [office.position["pelaksana"], office.position["pelaksana2"]],
            "kasubbag": [office.position["kasubbag"]],
            "camat": [office.position["camat"]],
        },
        by=SYSTEM,
        at=WHEN,
    )
