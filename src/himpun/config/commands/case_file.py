"""Checking a case file (ZIP) without server, settings or database.

Three questions: is each file the one that its list names, did the papers' known signers
anchor the trail as it stands, and does the trail name every file of evidence?
"""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from himpun import proof
from himpun.documents import verifying
from himpun.proof import Word
from himpun.sop import check as check_sop
from himpun.sop.document import fingerprint
from himpun.sop.reading import MAX_BYTES
from himpun.wording import Sentence, joined, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ANCHOR = "himpun.json"
SUMS = "SHA256SUMS"
TRAIL = "jejak/jejak.json"
TEXTS = "jejak/teks.json"
SOURCE = "sop/sop.yaml"
NAMED = ("bukti/", "kelengkapan/", "hasil/", "kertas/")
"""Folders of files whose fingerprint an event holds, ..."""
SHEETS = "kertas/lembar-"
"""... but for the sheets made when the case has ended: the sealed one names the other."""
CHUNK = 1 << 20
LARGEST_PAPER = 256 * 1024 * 1024
UNREADABLE = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError)
"""What reading a broken or locked ZIP raises."""


class NoCaseFile(Exception):
    """A ZIP that is no case file; ``str()`` is a sentence for the user."""


@dataclass
class Answer:
    """What was found: sentences on what changed, who signed, how far it is proven."""

    files: int = 0
    changed: list[str] = field(default_factory=list)
    signers: dict[str, verifying.Signer] = field(default_factory=dict)
    copies: list[str] = field(default_factory=list)
    """Files made for reading, which only the list beside them vouches for."""
    events: int = 0
    anchored: int = 0
    broken: bool = False
    """Whether the trail itself no longer holds together."""

    @property
    def known(self) -> bool:
        """Whether the papers are signed, all of them by known hands."""
        wanted = verifying.Signer.KNOWN
        return bool(self.signers) and set(self.signers.values()) == {wanted}

    @property
    def ok(self) -> bool:
        """Whether nothing changed, every signer is known and the trail is anchored."""
        return not self.changed and self.known and self.anchored > 0


def check(path: Path, trusted: Sequence[bytes | str]) -> Answer:
    """Return the answer on a ZIP; raises NoCaseFile, and BadTrust as `verify` does."""
    try:
        with zipfile.ZipFile(path) as folder:
            return _check(folder, trusted)
    except UNREADABLE:
        raise NoCaseFile(
            say("Berkas ZIP rusak sehingga tidak dapat diperiksa.")
        ) from None


def _check(folder: zipfile.ZipFile, trusted: Sequence[bytes | str]) -> Answer:
    members = _members(folder)
    if not {SUMS, TRAIL, TEXTS} <= set(members):
        raise NoCaseFile(
            say(
                "ZIP ini bukan berkas kasus Himpun: %(list)s atau %(trail)s tidak ada.",
                list=SUMS,
                trail=TRAIL,
            )
        )
    answer = Answer()
    digests = {
        name: _digest(folder, entry) for name, entry in members.items() if name != SUMS
    }
    answer.files = len(digests)
    _check_sums(folder.read(members[SUMS]), digests, answer)
    anchors = _anchors(folder, members, trusted, answer)
    _check_trail(folder, members, anchors, digests, answer)
    return answer


def _members(folder: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files by their place in the folder that the ZIP holds."""
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in folder.infolist():
        parts = PurePosixPath(entry.filename).parts
        name = str(PurePosixPath(*(parts[1:] or parts)))
        if entry.is_dir():
            continue
        if name in found:
            raise NoCaseFile(say("ZIP ini memuat %(name)s dua kali.", name=name))
        found[name] = entry
    return found


def _digest(folder: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    digest = hashlib.sha256()
    with folder.open(entry) as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _check_sums(listed: bytes, digests: dict[str, str], answer: Answer) -> None:
    sums: dict[str, str] = {}
    for line in listed.decode(errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        sums[name] = digest
    for name in sorted(sums.keys() | digests.keys()):
        if name not in digests:
            answer.changed.append(say("%(name)s hilang dari berkas ini", name=name))
        elif name not in sums:
            answer.changed.append(
                say("%(name)s tidak ada dalam daftar %(list)s", name=name, list=SUMS)
            )
        elif sums[name] != digests[name]:
            answer.changed.append(say("isi %(name)s berubah", name=name))


def _anchors(
    folder: zipfile.ZipFile,
    members: dict[str, zipfile.ZipInfo],
    trusted: Sequence[bytes | str],
    answer: Answer,
) -> list[proof.AnchorFile]:
    """Return what known signers anchored; note who signed each sealed paper."""
    anchors = []
    for name, entry in members.items():
        if not (name.startswith("kertas/") and name.endswith(".pdf")):
            continue
        if entry.file_size > LARGEST_PAPER:
            answer.changed.append(
                say("%(name)s terlalu besar untuk diperiksa", name=name)
            )
            continue
        verdict = verifying.verify(folder.read(entry), trusted=trusted)
        if verdict.content in {verifying.Content.UNSIGNED, verifying.Content.SCAN}:
            continue
        if verdict.content is not verifying.Content.INTACT:
            answer.changed.append(joined([name, verdict.sentence], ": "))
        answer.signers[name] = verdict.signer
        data = verdict.files.get(ANCHOR)
        try:
            anchors += [proof.parse_anchor(data)] if data else []
        except proof.BadAnchor as bad:
            answer.changed.append(joined([name, str(bad)], ": "))
    return anchors


def _check_trail(
    folder: zipfile.ZipFile,
    members: dict[str, zipfile.ZipInfo],
    anchors: list[proof.AnchorFile],
    digests: dict[str, str],
    answer: Answer,
) -> None:
    if max(members[TRAIL].file_size, members[TEXTS].file_size) > proof.LARGEST_TRAIL:
        raise NoCaseFile(say("Jejak dalam berkas ini terlalu besar untuk diperiksa."))
    try:
        stream, records = proof.parse_trail(folder.read(members[TRAIL]))
        texts = proof.read_canonical(folder.read(members[TEXTS]))
    except (proof.BadTrail, proof.NotCanonical):
        answer.changed.append(
            say("%(trail)s atau %(texts)s tidak dapat dibaca", trail=TRAIL, texts=TEXTS)
        )
        return
    answer.events = len(records)
    own = [a.anchor for a in anchors if a.anchor.stream == stream.get("name")]
    answer.anchored = max((anchor.count for anchor in own), default=0)
    given: list[proof.Anchor | None] = [*own] or [None]
    verdicts = [
        v for anchor in given for v in proof.check_chain(stream, records, anchor)
    ]
    wrong = [v for v in verdicts if v.word is Word.CHANGED]
    answer.broken = bool(wrong)
    answer.changed += dict.fromkeys(
        say(
            "jejak, %(place)s, kolom %(column)s: %(what)s",
            place=_place(v),
            column=v.field,
            what=v.detail,
        )
        for v in wrong
    )
    said = b"\n".join(record.get("body") or b"" for record in records).decode()
    vouched = {digest for file in anchors for digest in file.files.values()}
    answer.changed += [
        say("%(name)s tidak disebut jejak", name=name)
        for name, digest in digests.items()
        if _needs_a_name(name, answer)
        and digest not in said
        and not (digest in vouched or (name.startswith(SHEETS) and not anchors))
    ]
    if SOURCE in members and _fingerprint(folder, members[SOURCE]) not in said:
        answer.changed.append(say("%(name)s bukan SOP yang disebut jejak", name=SOURCE))
    vouched_for = {TRAIL, TEXTS, SOURCE}
    answer.copies = sorted(
        name
        for name in digests
        if not name.startswith(NAMED) and name not in vouched_for
    )
    answer.changed += _changed_texts(texts)


def _fingerprint(folder: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Return the fingerprint of an SOP as events name it; a word that none says."""
    source = folder.read(entry) if entry.file_size <= MAX_BYTES else b""
    document = check_sop(source).sop
    return fingerprint(document) if document else "tanpa sidik"


def _needs_a_name(name: str, answer: Answer) -> bool:
    """Whether only the trail can say that a file belongs to the case."""
    return name.startswith(NAMED) and name not in answer.signers


def _place(wrong: proof.Verdict) -> Sentence:
    return (
        say("baris aliran")
        if wrong.seq is None
        else say("peristiwa ke-%(seq)s", seq=wrong.seq)
    )


def _changed_texts(texts: Any) -> list[Sentence]:  # noqa: ANN401 - any JSON
    rows = texts.items() if isinstance(texts, dict) else [("", "")]
    return [
        say(
            "teks %(digest)s tidak lagi berbunyi seperti yang dicatat",
            digest=digest[:16],
        )
        for digest, row in rows
        if row is not None and not _says(row, digest)
    ]


def _says(row: Any, digest: str) -> bool:  # noqa: ANN401 - any JSON
    try:
        return bool(proof.salted(row["text"], row["salt"]) == digest)
    except (KeyError, TypeError, ValueError):
        return False


def lines(answer: Answer) -> list[Sentence]:
    """Return the answer for the command line."""
    if answer.changed:
        found = [
            say("Isi utuh? BERUBAH."),
            *(joined(["  ", what, "."], "") for what in answer.changed),
        ]
    else:
        found = [
            say("Isi utuh? UTUH: %(n)s berkas cocok dengan daftarnya.", n=answer.files)
        ]
    if answer.copies:
        found.append(
            say(
                "  Salinan untuk dibaca, dijamin daftarnya saja: %(names)s. Pegang "
                "kertas bersegel bila berbeda.",
                names=", ".join(answer.copies),
            )
        )
    found.append(say("Siapa penanda tangannya? %(who)s.", who=_who(answer)))
    found += [
        joined([f"  {name}: ", verifying.QUIET[signer]], "")
        for name, signer in answer.signers.items()
    ]
    if answer.broken:
        return [*found, say("Jejak: BERUBAH.")]
    if answer.anchored:
        found.append(
            say("Jejak: cocok, peristiwa 1 sampai %(last)s.", last=answer.anchored)
        )
    if answer.events > answer.anchored:
        first = answer.anchored + 1
        found.append(
            say(
                "Jejak: belum berjangkar, peristiwa %(first)s sampai %(last)s.",
                first=first,
                last=answer.events,
            )
        )
    return found


def _who(answer: Answer) -> Sentence:
    if answer.known:
        return say("DIKENAL, sertifikatnya cocok dengan yang Anda berikan")
    if not answer.signers:
        return say("TIDAK ADA, berkas ini belum memuat kertas bersegel")
    return say(
        "TIDAK DAPAT DIPASTIKAN: berikan sertifikat (--trust) atau sidiknya "
        "(--fingerprint) dari kertas atau dari kantor penerbit"
    )


def plain(answer: Answer) -> dict[str, Any]:
    """Return the answer for ``--json``."""
    return {
        "ok": answer.ok,
        "files": answer.files,
        "changed": answer.changed,
        "copies": answer.copies,
        "signers": {name: str(signer) for name, signer in answer.signers.items()},
        "events": answer.events,
        "anchored": answer.anchored,
    }
