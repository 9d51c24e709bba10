"""Opens a BPMN file of others: as data, with bounds, without whatever XML could pull in."""

from lxml import etree

from himpun.wording import say

from .names import bpmn

MAX_BYTES = 2 * 1024 * 1024
"""The largest model of the public exchange suite has 242 KB."""
MAX_ELEMENTS = 40_000

_BIG = say(
    "Berkas lebih besar dari 2 MB, batas untuk satu diagram. Simpan satu SOP dalam satu "
    "berkas."
)
_BROKEN = say("Berkas bukan XML yang utuh. Ekspor ulang diagram sebagai BPMN 2.0.")
_DOCTYPE = say(
    "Berkas memuat DOCTYPE, yang dapat menarik isi dari luar. Ekspor ulang diagram "
    "sebagai BPMN 2.0."
)
_NOT_BPMN = say(
    "Berkas ini XML, tetapi bukan BPMN 2.0. Ekspor diagram sebagai BPMN 2.0 (.bpmn)."
)


class NotBpmn(ValueError):
    """The file is not a BPMN 2.0 file that can be opened; the message says why."""


def opened(data: bytes) -> etree._Element:
    """Return the top element of a BPMN file; NotBpmn with a sentence otherwise."""
    if len(data) > MAX_BYTES:
        raise NotBpmn(_BIG)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise NotBpmn(_BROKEN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotBpmn(_DOCTYPE)
    if root.tag != bpmn("definitions"):
        raise NotBpmn(_NOT_BPMN)
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise NotBpmn(_BIG)
    return root
