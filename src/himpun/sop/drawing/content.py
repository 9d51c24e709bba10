"""What the form says in each place: the corrected text, never the source's slip.

Only the signed content is read here: `operasional` and `temuan` are not drawn.
"""

from collections.abc import Sequence

from ..model import Identitas, Langkah, Pengesahan, Sop, Tanggal, Teks
from .sheet import DOTS
from .wording import Paragraph

_NOBODY = Pengesahan(
    tempat=None, tanggal=None, jabatan=None, nama=None, pangkat=None, nip=None
)


def shown(text: Teks | Tanggal | None, missing: str = "") -> str:
    """Return the text as it is printed, or `missing`."""
    return (text.teks if text else "") or missing


def paragraphs(items: Sequence[str], *, numbered: bool = False) -> list[Paragraph]:
    """Return items as a list: numbered or with dashes; one alone has no mark."""
    if len(items) == 1:
        return [Paragraph(items[0])]
    return [
        Paragraph(item, f"{number}." if numbered else "-")
        for number, item in enumerate(items, 1)
    ]


def requirements(step: Langkah) -> list[str]:
    """Return what stands under *kelengkapan*: the items, or the cell as written."""
    items = [item.nama.teks for item in step.kelengkapan.butir]
    return items or _filled([step.kelengkapan.teks])


def results(sop: Sop, step: Langkah) -> list[str]:
    """Return what stands under *output*: the cell, or the names of the artefacts."""
    if step.output.teks:
        return [step.output.teks]
    names = [sop.artefak.get(name) for name in step.output.artefak]
    return [artefact.nama.teks for artefact in names if artefact]


def equipment(sop: Sop) -> list[str]:
    """Return the items of *peralatan*, or the cell as written."""
    items = [item.teks for item in sop.peralatan.butir]
    return items or _filled([sop.peralatan.teks])


def heading(sop: Sop) -> str:
    """Return the title over the table of steps."""
    identity = sop.identitas
    return shown(identity.judul_tabel) or shown(
        identity.nama, "STANDAR OPERASIONAL PROSEDUR"
    )


def office(identity: Identitas) -> list[str]:
    """Return the lines of the institution, the highest first."""
    return _filled([line.teks for line in identity.instansi or ()])


def signer(identity: Identitas) -> str:
    """Return the position of who approves the SOP."""
    block = identity.pengesahan or _NOBODY
    return shown(identity.disahkan_oleh) or shown(block.jabatan)


def signed_at(identity: Identitas) -> str:
    """Return place and date over the signature, dots where the paper is filled in."""
    block = identity.pengesahan or _NOBODY
    return f"{shown(block.tempat, DOTS)}, {shown(block.tanggal, DOTS)}"


def signature(identity: Identitas) -> list[str]:
    """Return the lines under the signature: name, rank if there is one, NIP."""
    block = identity.pengesahan or _NOBODY
    nip = f"NIP. {shown(block.nip, '[NIP]')}"
    return _filled([shown(block.nama, "[nama]"), shown(block.pangkat), nip])


def _filled(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if line.strip()]
