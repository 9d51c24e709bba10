"""`himpun verify FILE`: a paper (PDF) or a case file (ZIP) checked on its own.

It needs no server, settings or database.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from himpun import proof
from himpun.config.terminal import refuse, tell
from himpun.documents import verifying
from himpun.wording import say

from . import case_file

if TYPE_CHECKING:
    import argparse

ANCHOR = "himpun.json"
ZIP = b"PK\x03\x04"
WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `FILE [--trust CERT.pem | --fingerprint HEX] [--json]`."""
    parser.add_argument(
        "file", type=Path, help=say("kertas (PDF) atau berkas kasus (ZIP)")
    )
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="CERT.pem",
        help=say("sertifikat penanda tangan yang Anda percayai"),
    )
    parser.add_argument(
        "--fingerprint",
        action="append",
        default=[],
        metavar="HEX",
        help=say("sidik SHA-256 sertifikat itu, seperti tercetak di kertas"),
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print both answers; 0 only when the content is intact and every signer known."""
    try:
        with arguments.file.open("rb") as file:
            zipped = file.read(len(ZIP)) == ZIP
        certificates = [path.read_bytes() for path in arguments.trust]
        trusted = [*certificates, *arguments.fingerprint]
        if zipped:
            return _case_file(arguments, trusted)
        return _paper(arguments, trusted)
    except OSError as error:
        return refuse(
            say(
                "%(file)s: tidak dapat dibaca (%(why)s).",
                file=error.filename,
                why=error.strerror,
            )
        )
    except verifying.BadTrust as bad:
        return refuse(str(bad), WRONG_USE)


def _case_file(arguments: argparse.Namespace, trusted: list[bytes | str]) -> int:
    try:
        answer = case_file.check(arguments.file, trusted)
    except case_file.NoCaseFile as wrong:
        return refuse(str(wrong))
    if arguments.json:
        tell(json.dumps(case_file.plain(answer), ensure_ascii=False, indent=1))
    else:
        tell(*case_file.lines(answer))
    return 0 if answer.ok else 1


def _paper(arguments: argparse.Namespace, trusted: list[bytes | str]) -> int:
    pdf = arguments.file.read_bytes()
    verdict = verifying.verify(pdf, trusted=trusted)
    answer, lines = _anchor(verdict)
    digest = hashlib.sha256(pdf).hexdigest()
    if arguments.json:
        shown = {**verifying.plain(verdict), "sha256": digest, "anchor": answer}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    else:
        text = [
            *verifying.lines(verdict),
            *lines,
            say("SHA-256 berkas %(digest)s", digest=digest),
        ]
        tell(*text)
    broken = answer is not None and "problem" in answer
    return 1 if broken else verifying.exit_status(verdict)


def _anchor(verdict: verifying.Verdict) -> tuple[dict[str, Any] | None, list[str]]:
    """Return what the paper anchors, for --json and as lines; None without an anchor.

    The attachment is read only under signatures that hold.
    """
    data = verdict.files.get(ANCHOR)
    if data is None:
        return None, []
    try:
        file = proof.parse_anchor(data)
    except proof.BadAnchor as bad:
        return {"problem": str(bad)}, [say("Jangkar: %(problem)s", problem=str(bad))]
    anchor = file.anchor
    facts: dict[str, Any] = {
        "kind": str(file.kind),
        "document": file.document,
        "template": file.template,
        "stream": anchor.stream,
        "count": anchor.count,
        "head": anchor.head,
        "values": list(file.values),
        "values_hash": proof.values_hash(file.values),
        "files": dict(file.files),
    }
    return facts, [
        say(
            "Jangkar: %(stream)s, peristiwa 1 sampai %(count)s, kepala %(head)s",
            stream=anchor.stream,
            count=anchor.count,
            head=anchor.head[:16],
        ),
        say(
            "Tabel nilai: %(rows)s baris, sidik %(print)s",
            rows=len(file.values),
            print=facts["values_hash"][:16],
        ),
    ]
