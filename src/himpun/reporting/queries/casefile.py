"""The case file: everything of a case in one folder that opens without Himpun.

The SOP's version, the trail, the values, the evidence, the papers with their signatures,
an index page and the hash of each file. `himpun verify FILE.zip` checks it on any
computer. Roles stand in it as they stand in the papers.
"""

from __future__ import annotations

import csv
import hashlib
import io
import mimetypes
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from himpun import proof
from himpun.collection import queries as collection
from himpun.collection.models import Evidence
from himpun.ledger import queries as ledger
from himpun.ledger.models import Blob, Text
from himpun.organization import queries as organization
from himpun.procedures import queries as procedures
from himpun.procedures.models import Artefact, Attachment
from himpun.procedures.queries import journey, sheets, trail
from himpun.shared.refusals import Refusal, say

from .. import rules
from ..models import Snapshot
from ..rules import ReportKind, SignatureState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import IO, Any

    from himpun.collection.queries import AcceptedValue
    from himpun.procedures.models import Case

TRAIL = "jejak/jejak.json"
TEXTS = "jejak/teks.json"
SUMS = "SHA256SUMS"
INDEX = "index.html"
STYLE = "index.css"
LONGEST_NAME = 80
PACKED = (".pdf", ".png", ".jpg", ".jpeg", ".zip", ".xlsx", ".docx")
"""Endings of files that would not become smaller."""
SHEETS = frozenset({ReportKind.CONTROL, ReportKind.SEAL})
"""Papers made when the case has ended: no event names what they say."""
_UNSAFE = re.compile(r"[^\w.\- ]+")


@dataclass(frozen=True)
class Member:
    """A file of the case file: where it lies in the folder and what it holds.

    ``label`` says in words what it is; ``about`` groups it on the index page.
    """

    path: str
    content: bytes
    label: str = ""
    about: str = ""

    @property
    def shown(self) -> dict[str, Any]:
        """What the index page says of it; the content itself is let go."""
        return {
            "path": self.path,
            "label": self.label,
            "about": self.about,
            "sha256": hashlib.sha256(self.content).hexdigest(),
            "size": len(self.content),
        }


def write(case: Case, to: IO[bytes], *, at: datetime) -> str:
    """Write the case file into ``to`` as a ZIP; return its name without ending.

    The files are read one by one, so that a case with much evidence needs little memory.
    """
    name = f"berkas-kasus-{case.unit.short_name.lower()}-{case.period_code.lower()}"
    local = at.astimezone(ZoneInfo(organization.zone_of(case.unit)))
    files: dict[str, dict[str, Any]] = {}
    with ZipFile(to, "w") as folder:
        for member in members(case):
            if member.path not in files:  # the same file, attached twice
                _put(folder, name, member, local)
                files[member.path] = member.shown
        page = _index(case, list(files.values()), at)
        style = render_to_string("reporting/casefile.css").encode()
        for member in (Member(INDEX, page), Member(STYLE, style)):
            _put(folder, name, member, local)
            files[member.path] = member.shown
        lines = [f"{file['sha256']}  {path}\n" for path, file in files.items()]
        _put(folder, name, Member(SUMS, "".join(lines).encode()), local)
    return name


def _put(folder: ZipFile, name: str, member: Member, at: datetime) -> None:
    entry = ZipInfo(f"{name}/{member.path}", at.timetuple()[:6])
    entry.compress_type = ZIP_STORED if member.path.endswith(PACKED) else ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    folder.writestr(entry, member.content)


def members(case: Case) -> Iterator[Member]:
    """Yield the files of a case but the index, one at a time."""
    yield from _sop(case)
    yield from _trail(case)
    found = collection.accepted_values(case)
    yield Member("nilai/nilai.csv", _values(found), "Nilai yang diterima", "nilai")
    yield from _evidence(case)
    yield from _attachments(case)
    yield from _papers(case)


def _sop(case: Case) -> Iterator[Member]:
    version = case.version
    yield Member(
        "sop/sop.yaml",
        version.source.encode(),
        f"{case.procedure.name}, versi {version.number}, sebagai data",
        "sop",
    )
    try:
        form, _mime = sheets.pdf(version)
    except Refusal:  # no sheet of paper can show it; the data say the same
        return
    yield Member("sop/formulir.pdf", form, "Formulir SOP", "sop")


def _trail(case: Case) -> Iterator[Member]:
    row, records = ledger.records_of(case.stream)
    label = f"Jejak, {len(records)} peristiwa dengan sidiknya"
    yield Member(TRAIL, proof.build_trail(row, records), label, "jejak")
    said = b"\n".join(bytes(record["body"]) for record in records).decode()
    named = set(re.findall(r'"([0-9a-f]{64})"', said))
    rows = Text.objects.filter(pk__in=named).order_by("pk")
    texts = {
        text.hash: None if text.erased_at else {"salt": text.salt, "text": text.text}
        for text in rows
    }
    yield Member(TEXTS, proof.canonical(texts), "Teks bebas menurut sidiknya", "jejak")


def _values(found: list[AcceptedValue]) -> bytes:
    """Return the accepted values as CSV that an Indonesian Excel opens as columns."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(
        [
            *("kode", "indikator", "satuan", "target", "realisasi", "capaian_persen"),
            *("peringkat", "rumus", "pengisi", "verifikator", "diterima"),
            *("catatan", "bukti_sha256"),
        ]
    )
    for value in found:
        measured, meaning = value.measured, value.meaning
        rows.writerow(
            [
                *(meaning.code, _plain_text(meaning.name), meaning.unit_of_measure),
                *map(_figure, (value.target, value.value, measured.value)),
                *(measured.band or "", measured.formula),
                *(value.author_role, value.verifier_role),
                value.verified_at.isoformat(),
                _plain_text(value.note),
                " ".join(sha256 for _name, sha256, _size in value.evidence),
            ]
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _figure(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return "" if value is None else _plain_text(str(value))


def _plain_text(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@"} else text


def _evidence(case: Case) -> Iterator[Member]:
    rows = list(
        Evidence.objects.filter(entry__round__case=case, removed_at=None)
        .select_related("entry__version__indicator")
        .order_by("entry__version__indicator__order", "pk")
    )
    names = ledger.texts(row.name for row in rows)
    for row in rows:
        version = row.entry.version
        code, name = version.indicator.code, names.get(row.name, "bukti")
        yield Member(
            f"bukti/{_safe(code)}-{row.blob[:8]}-{_safe(name)}",
            ledger.read_file(row.blob),
            f"{version.name}: {name}",
            "bukti",
        )


def _attachments(case: Case) -> Iterator[Member]:
    rows = list(
        Attachment.objects.filter(item__case=case, removed_at=None)
        .select_related("item")
        .order_by("item__pk", "pk")
    )
    names = ledger.texts(row.name for row in rows)
    for row in rows:
        name = names.get(row.name, "lampiran")
        yield Member(
            f"kelengkapan/{_safe(row.item.step)}-{row.blob[:8]}-{_safe(name)}",
            ledger.read_file(row.blob),
            f"{row.item.name}: {name}",
            "kelengkapan",
        )
    plan = procedures.plan_of(case)
    results = list(Artefact.objects.filter(case=case).exclude(blob=""))
    kinds = dict(
        Blob.objects.filter(pk__in=[made.blob for made in results]).values_list(
            "pk", "mime"
        )
    )
    for made in results:
        ending = mimetypes.guess_extension(kinds[made.blob]) or ""
        yield Member(
            f"hasil/{_safe(made.artefact)}-v{made.number}-{made.blob[:8]}{ending}",
            ledger.read_file(made.blob),
            f"{plan.artefact(made.artefact).name}, versi {made.number}",
            "hasil",
        )


def _papers(case: Case) -> Iterator[Member]:
    rows = (
        Snapshot.objects.filter(report__case=case)
        .select_related("report")
        .prefetch_related("signatures")
        .order_by("report__pk", "number")
    )
    for row in rows:
        stem = f"kertas/{row.report.kind}-v{row.number}"
        label = f"{row.report.title}, versi {row.number}"
        label += ", sudah diganti" if row.stale else ""
        yield Member(f"{stem}.pdf", ledger.read_file(row.pdf), label, "kertas")
        if row.report.kind not in SHEETS:
            data = bytes(row.data)
            yield Member(f"{stem}.json", data, f"{label}, isi beku", "kertas")
        for signature in row.signatures.all():
            if signature.state == SignatureState.WITHDRAWN:
                continue
            if signature.sealed:
                content = ledger.read_file(signature.sealed)
                yield Member(
                    f"{stem}-bersegel.pdf", content, f"{label}, bersegel", "kertas"
                )
            if signature.signed:
                ending = rules.ENDINGS[signature.signed_mime]
                content = ledger.read_file(signature.signed)
                yield Member(
                    f"{stem}-ditandatangani.{ending}",
                    content,
                    f"{label}, ditandatangani",
                    "kertas",
                )


def _safe(name: str) -> str:
    """Return a name that every file system takes, the ending kept."""
    plain = _UNSAFE.sub("_", name).strip(" .") or "berkas"
    path = PurePosixPath(plain)
    return f"{path.stem[:LONGEST_NAME]}{path.suffix[:LONGEST_NAME]}"


def _index(case: Case, files: list[dict[str, Any]], at: datetime) -> bytes:
    values = collection.accepted_values(case)
    by_hash = {file["sha256"]: file["path"] for file in files}
    shown = [
        {"value": v, "files": [(n, by_hash.get(h, "")) for n, h, _s in v.evidence]}
        for v in values
    ]
    count, head = ledger.head_of(case.stream)
    context = {
        "case": case,
        "made_at": at,
        "stops": journey.journey(case, at),
        "lines": trail.lines(case),
        "values": shown,
        "files": files,
        "groups": GROUPS,
        "count": count,
        "head": head,
    }
    return render_to_string("reporting/casefile.html", context).encode()


GROUPS = {
    "kertas": say("Kertas"),
    "bukti": say("Bukti"),
    "kelengkapan": say("Kelengkapan"),
    "hasil": say("Hasil langkah"),
    "nilai": say("Nilai"),
    "sop": say("SOP"),
    "jejak": say("Jejak"),
}
"""What the index page calls each folder, in the order in which they are read."""
