"""Foreign BPMN as a draft like that of an office file, to be completed and adopted."""

from typing import TYPE_CHECKING

from lxml import etree

from ..drafting.draft import Draft
from ..drafting.findings import Finding, Ledger, as_plain
from ..drafting.identity import read_identity
from .foreign import sketch

if TYPE_CHECKING:
    from ..findings import Plain


def drafted(root: etree._Element, filename: str, sha256: str) -> Draft:
    """Return the draft of any BPMN file that could be opened; ids stand for cells."""
    found = sketch(root)
    findings = tuple(
        Finding(odd.code, odd.di, odd.masalah, odd.tafsir, cells=odd.elements)
        for odd in found.oddities
    )
    empty = read_identity((), None, Ledger())
    identity = empty["identitas"]
    named = found.tree["identitas"]
    assert isinstance(identity, dict)  # noqa: S101 (both are groups by their schema)
    assert isinstance(named, dict)  # noqa: S101 (as above)
    tree: dict[str, Plain] = {
        **empty,
        **found.tree,
        "identitas": identity | named,
        "sumber": {"berkas": filename, "sha256": sha256},
        "temuan": as_plain(findings),
    }
    return Draft(tree, found.places, findings)
