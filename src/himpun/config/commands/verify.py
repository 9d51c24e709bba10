"""`himpun verify FILE.pdf`: a paper checked without server, settings or database."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from himpun import proof
from himpun.documents import verifying

if TYPE_CHECKING:
    import argparse

ANCHOR = "himpun.json"
WRONG_USE = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `FILE [--trust CERT.pem | --fingerprint HEX] [--json]`."""
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--trust",
        type=Path,
        action="append",
        default=[],
        metavar="CERT.pem",
        help="sertifikat penanda tangan yang Anda percayai",
    )
    parser.add_argument(
        "--fingerprint",
        action="append",
        default=[],
        metavar="HEX",
        help="sidik SHA-256 sertifikat itu, seperti tercetak di kertas",
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print both answers; 0 only when the content is intact and every signer known."""
    try:
        pdf = arguments.file.read_bytes()
        trusted = [path.read_bytes() for path in arguments.trust]
    except OSError as error:
        return _stop(f"{error.filename}: tidak dapat dibaca ({error.strerror}).", 1)
    try:
        verdict = verifying.verify(pdf, trusted=[*trusted, *arguments.fingerprint])
    except verifying.BadTrust as bad:
        return _stop(str(bad), WRONG_USE)
    answer, lines = _anchor(verdict)
    digest = hashlib.sha256(pdf).hexdigest()
    if arguments.json:
        shown = {**verifying.plain(verdict), "sha256": digest, "anchor": answer}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    else:
        text = [*verifying.lines(verdict), *lines, f"SHA-256 berkas {digest}"]
        sys.stdout.write("\n".join(text) + "\n")
    broken = answer is not None and "problem" in answer
    return 1 if broken else verifying.exit_status(verdict)


def _stop(sentence: str, status: int) -> int:
    sys.stderr.write(sentence + "\n")
    return status


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
        return {"problem": str(bad)}, [f"Jangkar: {bad}"]
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
        f"Jangkar: {anchor.stream}, peristiwa 1 sampai {anchor.count}, "
        f"kepala {anchor.head[:16]}",
        f"Tabel nilai: {len(file.values)} baris, sidik {facts['values_hash'][:16]}",
    ]
