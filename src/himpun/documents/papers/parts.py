"""Pieces that several papers share. All figures, dates and times are ready texts.

Numbers and dates are written by the caller (``formula.say_number``, ``worktime``), so
that screen and paper cannot differ. An empty text prints as a dash; an empty table as
"Tidak ada". Persons stand here by their position, as the record knows them; the name
under a signature is the only personal name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True)
class Letterhead:
    """Kop: "PEMERINTAH KABUPATEN BANYUWANGI", "KECAMATAN MUNCAR", where it stands."""

    government: str
    office: str
    address: str
    contact: str = ""


@dataclass(frozen=True)
class Head:
    """What opens each paper.

    ``office`` is the office in running text ("Kecamatan Muncar"), ``period`` "Tahun
    2024", ``case`` its short name, ``sop`` the procedure with number and version.
    ``made_at`` is when the data were frozen, as text with its zone.
    """

    letterhead: Letterhead
    office: str
    number: str
    period: str
    case: str
    sop: str
    made_at: str


@dataclass(frozen=True)
class Signatory:
    """A signature block: ``title`` is "Camat Muncar" or "Plt. Camat Muncar".

    ``own`` is the own position of who acts by mandate ("a.n. Camat Muncar", below it
    "Sekretaris Kecamatan"), ``basis`` the letter by which somebody acts ("berdasarkan
    SPT nomor 800/12"). ``opening`` is the line above ("Muncar, 6 Januari 2025" or
    "Mengetahui,"); ``note`` stands in the space for the signature, empty leaves the space
    to the pen.
    """

    opening: str
    title: str
    name: str = ""
    rank: str = ""
    nip: str = ""
    note: str = ""
    own: str = ""
    basis: str = ""


@dataclass(frozen=True)
class Initial:
    """A line of the paraf block; ``note`` empty leaves the box to the pen."""

    role: str
    note: str = ""


@dataclass(frozen=True)
class Waiver:
    """A line that was closed without its paper: not applicable, or waived."""

    step: str
    item: str
    kind: str
    reason: str
    decided_by: str


@dataclass(frozen=True)
class Exemption:
    """An exception to "author, verifier and signer are three people"."""

    about: str
    kind: str
    verifier: str
    reason: str
    letter: str
    decided_by: str
    decided_at: str


@dataclass(frozen=True)
class EvidenceFile:
    """A piece of evidence: of which indicator or line, its name, size and SHA-256."""

    about: str
    name: str
    size: str
    sha256: str


@dataclass(frozen=True)
class ScaleBand:
    """A rank of a scale and from where on it holds ("mulai 91")."""

    name: str
    bound: str


@dataclass(frozen=True)
class Scale:
    """A named rating scale; it stands under its table, since offices rank differently."""

    name: str
    source: str
    bands: tuple[ScaleBand, ...]


@dataclass(frozen=True)
class Receipt:
    """A copy that was sent (tembusan), and when it was received."""

    to: str
    sent_at: str
    received_at: str = ""
    received_by: str = ""


@dataclass(frozen=True)
class Fact:
    """A named fact of a paper: label and text."""

    label: str
    text: str


@dataclass(frozen=True)
class Stamp:
    """What a print carries on every page, beyond what the paper says.

    ``at`` dates the file (aware); equal data and stamp give equal bytes. The QR leads
    to ``<public_url>/v/<code>``. ``head`` (64 hex) and ``count`` are those of the
    record when the print was prepared, ``head`` empty for a draft. ``certificate`` is
    the SHA-256 of the installation's seal certificate. ``mark`` stands on every page:
    "CONTOH, belum disahkan", "BUKAN TTE BSrE". ``code`` is empty for a concept that no
    archive holds: it bears no QR and says so.
    """

    at: datetime
    public_url: str
    code: str
    certificate: str
    head: str = ""
    count: int = 0
    mark: str = ""

    @property
    def link(self) -> str:
        """The address that the QR holds."""
        return f"{self.public_url.rstrip('/')}/v/{self.code}"


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF: ``relationship`` is "data", "source" or "supplement"."""

    name: str
    content: bytes = field(repr=False)
    mime: str = "application/json"
    description: str = "Jangkar catatan Himpun"
    relationship: str = "data"
