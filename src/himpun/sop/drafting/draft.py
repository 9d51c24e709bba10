"""An SOP read into a draft: the parts of `sop-ap/1` as far as the source gives them."""

from collections.abc import Mapping
from dataclasses import dataclass

from himpun.sop.findings import Path, Plain

from .findings import Finding, Ledger, as_plain
from .identity import read_identity
from .rows import gather
from .source import Source
from .steps import read_steps
from .ways import lead
from .words import slug


@dataclass(frozen=True)
class Draft:
    """A draft: the values of the file, where each came from, and what was found.

    `tree` has the keys of `sop-ap/1`; what the source does not say is None or empty, so
    that it need not be a valid file yet (see `obstacles`). `places` leads from a path in
    the tree to the names of the cells of the source.
    """

    tree: dict[str, Plain]
    places: Mapping[Path, tuple[str, ...]]
    findings: tuple[Finding, ...]


def read(source: Source, filename: str, sha256: str) -> Draft:
    """Read the grids of a file into a draft.

    Raises NotDraftable for more steps than an SOP can have.
    """
    ledger = Ledger()
    table = gather(source.blocks, ledger)
    actors: list[Plain] = []
    steps: list[Plain] = []
    if table is not None:
        actors, steps = read_steps(table, ledger)
        lead(table, steps, ledger)
    parts = read_identity(source.blocks, table, ledger)
    ledger.close(source)
    tree: dict[str, Plain] = {
        "skema": "sop-ap/1",
        "id": _id(parts["identitas"]),
        "versi": 1,
        "sumber": {"berkas": filename, "sha256": sha256},
        **parts,
        "pelaksana": actors,
        "artefak": {},
        "langkah": steps,
        "temuan": as_plain(ledger.findings),
    }
    return Draft(tree, dict(ledger.places), tuple(ledger.findings))


def _id(identity: Plain) -> str | None:
    """Return an id made of the name's words; None without a name."""
    name = identity.get("nama") if isinstance(identity, dict) else None
    words = name.get("teks") if isinstance(name, dict) else name
    return slug(str(words), set(), 100) if words else None
