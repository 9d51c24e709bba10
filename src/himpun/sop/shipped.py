"""The SOPs that come with the product: one that was issued, and templates.

A template is our proposal, put together from the regulations; no office has signed it.
Its findings (`temuan`) say what is proposed and what the office has to make sure of.
"""

from functools import lru_cache
from importlib import resources

from himpun.wording import say

from .check import check
from .model import Sop

TEMPLATE = "templat."
"""How the id of a template begins."""
TEMPLATE_MARK = say("TEMPLAT, perlu disahkan")
_SUFFIX = ".yaml"


def shipped() -> dict[str, bytes]:
    """Return the source of each shipped SOP by its name, sorted by name."""
    files = resources.files(__package__).joinpath("data").iterdir()
    return {
        file.name.removesuffix(_SUFFIX): file.read_bytes()
        for file in sorted(files, key=lambda file: file.name)
        if file.name.endswith(_SUFFIX)
    }


def mark_of(sop: Sop) -> str:
    """Return the mark that form and papers carry as long as nobody has numbered a template.

    Empty for an SOP that is no template, and once the office gave it its number.
    """
    unsigned = sop.id.startswith(TEMPLATE) and sop.identitas.nomor is None
    return TEMPLATE_MARK if unsigned else ""


@lru_cache(maxsize=16)
def name_of(sop_id: str) -> str:
    """Return the name of a shipped template by its id; the id itself for any other."""
    source = shipped().get(sop_id.replace(".", "-", 1))
    sop = check(source).sop if source else None
    named = sop.identitas.nama if sop and sop.id == sop_id else None
    return named.teks if named else sop_id
