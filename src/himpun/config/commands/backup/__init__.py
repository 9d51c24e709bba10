"""`himpun backup` and `himpun restore`: the whole office in one checked file."""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from himpun.config.terminal import refuse, tell_facts, told
from himpun.wording import say

from . import archive, locked, programs, restoring, saving

if TYPE_CHECKING:
    import argparse

WORDS = {
    "events": say("peristiwa"),
    "files": say("berkas"),
    "sha256": "SHA-256",
    "keys": say("kunci"),
    "streams": say("aliran jejak"),
}
REFUSALS = (archive.Damaged, locked.WrongPassphrase, programs.Failed, restoring.Unfit)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `backup -o FILE [--with-keys]` or `restore FILE`."""
    if parser.prog.endswith("restore"):
        parser.add_argument("file", type=Path, help=say("cadangan yang dipulihkan"))
    else:
        parser.add_argument("-o", "--output", type=Path, required=True)
        parser.add_argument(
            "--with-keys",
            action="store_true",
            help=say("ikutkan kunci, disandikan dengan frasa sandi"),
        )
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        help=say("berkas berisi frasa sandi kunci (tanpa ini: ditanyakan di terminal)"),
    )
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 with the reason on stderr when it was refused or a file is damaged."""
    act = _restore if arguments.command == "restore" else _backup
    try:
        facts, warnings = act(arguments)
    except REFUSALS as refused:
        return refuse(str(refused))
    except FileExistsError as there:
        return refuse(say("Berkas %(file)s sudah ada. Pilih nama lain.", file=there))
    except OSError as error:
        return refuse(f"{error.filename}: {error.strerror}.")
    _say(facts, as_json=arguments.json)
    for warning in warnings:
        refuse(warning)
    return 1 if warnings else 0


def _say(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
        return
    tell_facts({WORDS[name]: value for name, value in facts.items()}, width=14)


def _backup(arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    phrase = None
    if arguments.with_keys:
        phrase = _passphrase(arguments, say("Frasa sandi untuk kunci: "))
    saved = saving.save(arguments.output, passphrase=phrase)
    missing: list[str] = [
        say(
            "Berkas %(digest)s hilang atau rusak di cakram; tidak ikut dicadangkan.",
            digest=digest,
        )
        for digest in saved.missing
    ]
    facts = {
        "events": saved.events,
        "files": saved.files,
        "keys": say("ikut") if phrase else say("tidak ikut"),
        "sha256": saved.sha256,
    }
    return facts, missing


def _restore(arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    with archive.opening(arguments.file) as source:
        phrase = None
        if archive.KEYS in source.manifest["members"]:
            phrase = _passphrase(arguments, say("Frasa sandi kunci cadangan ini: "))
        restored = restoring.restore(source, passphrase=phrase)
        found: list[str] = [
            say(
                "Berkas %(digest)s sudah hilang atau rusak saat cadangan dibuat.",
                digest=digest,
            )
            for digest in source.manifest["missing"]
        ]
        found += [
            say(
                "Jejak %(stream)s sudah BERUBAH saat cadangan dibuat. Periksa: "
                "himpun ledger verify --against BERKAS",
                stream=stream,
            )
            for stream in restored.changed
        ]
    facts = {
        "events": restored.events,
        "files": restored.files,
        "streams": restored.streams,
        "keys": say("dari cadangan")
        if phrase
        else say("baru, sertifikat lama disimpan"),
        "sha256": source.sha256,
    }
    return facts, found


def _passphrase(arguments: argparse.Namespace, question: str) -> str:
    if arguments.passphrase_file:
        phrase = str(arguments.passphrase_file.read_text().strip())
    elif sys.stdin.isatty():
        phrase = getpass.getpass(told(question))
    else:
        phrase = ""
    if len(phrase) < locked.SHORTEST:
        raise locked.WrongPassphrase(
            say(
                "Isi frasa sandi, paling sedikit %(n)s huruf (di terminal, atau "
                "lewat --passphrase-file).",
                n=locked.SHORTEST,
            )
        )
    return phrase
