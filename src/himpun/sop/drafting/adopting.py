"""A draft as a file, and what keeps it from being adopted."""

import dataclasses
import json
from collections.abc import Iterator
from typing import NamedTuple

from himpun.sop.check import check
from himpun.sop.findings import Plain, spell
from himpun.sop.reading import MAX_BYTES
from himpun.sop.writing import as_yaml
from himpun.wording import Sentence, joined, say

from .draft import Draft
from .steps import NotDraftable

_TOO_LONG = say(
    "Berkas ini memuat terlalu banyak teks di luar SOP. Simpan halaman SOP-nya saja, "
    "lalu baca ulang."
)


def to_yaml(tree: dict[str, Plain]) -> str:
    """Return the file of a draft; raises NotDraftable when it grows too large."""
    # Writing YAML takes seconds where JSON takes none; the file is about as long.
    if len(json.dumps(tree, default=str)) > 4 * MAX_BYTES:
        raise NotDraftable(_TOO_LONG)
    written = as_yaml(tree)
    if len(written.encode()) > MAX_BYTES:
        raise NotDraftable(_TOO_LONG)
    return written


class Gap(NamedTuple):
    """Something that keeps a draft from being adopted, where it is mended, its line."""

    place: str
    sentence: Sentence
    line: int = 0


def gaps(tree: dict[str, Plain]) -> list[Gap]:
    """Return each part that a draft still lacks, with its place in the file."""
    return [*_missing(tree)]


def missing(tree: dict[str, Plain]) -> tuple[str, ...]:
    """Return a sentence for each part that a draft still lacks."""
    return tuple(gap.sentence for gap in _missing(tree))


def obstacles(tree: dict[str, Plain]) -> tuple[str, ...]:
    """Return why a draft cannot be adopted: missing parts, else errors of the check."""
    return missing(tree) or tuple(
        found.sentence for found in check(to_yaml(tree)).errors
    )


def report(draft: Draft) -> list[str]:
    """Return lines of text: each finding, then what the draft lacks."""
    told: list[str] = [
        joined([f"{found.code}  ", found.masalah, ". ", found.tafsir, "."], "")
        for found in draft.findings
    ]
    lacks = obstacles(draft.tree)
    if not lacks:
        return [*told, say("Draf ini lengkap. Periksa temuannya sebelum diberlakukan.")]
    return [*told, say("Draf ini belum dapat diberlakukan:"), *lacks]


def as_json(draft: Draft) -> dict[str, object]:
    """Return findings, places and missing parts as plain values for a program."""
    return {
        "id": draft.tree["id"],
        "findings": [dataclasses.asdict(found) for found in draft.findings],
        "places": {
            spell(draft.tree, path): list(names) for path, names in draft.places.items()
        },
        "obstacles": list(obstacles(draft.tree)),
    }


def _missing(tree: dict[str, Plain]) -> Iterator[Gap]:
    if not tree.get("id"):
        yield Gap(
            "identitas.nama",
            say("Nama SOP belum ada, sehingga draf belum mempunyai id. Isi Nama SOP."),
        )
    if not tree.get("pelaksana"):
        yield Gap("pelaksana", say("Pelaksana belum ada. Tambahkan kolom pelaksana."))
    steps = tree.get("langkah")
    if not isinstance(steps, list) or not steps:
        yield Gap(
            "langkah",
            say("Tabel kegiatan belum ada atau tidak dikenali. Tambahkan langkahnya."),
        )
        return
    for step in steps:
        if isinstance(step, dict):
            called = say("Langkah %(number)s", number=step.get("nomor"))
            for part, sentence in _of_step(step, called):
                yield Gap(f"langkah.{step.get('id')}.{part}", sentence)


def _of_step(
    step: dict[str, Plain], called: Sentence
) -> Iterator[tuple[str, Sentence]]:
    if not _words(step.get("kegiatan")):
        yield (
            "kegiatan",
            say(
                "%(called)s: kegiatan belum ada. Tulis apa yang dikerjakan.",
                called=called,
            ),
        )
    if not step.get("penanggung_jawab"):
        yield (
            "penanggung_jawab",
            say(
                "%(called)s: pelaksana belum ditandai. Pilih penanggung jawabnya.",
                called=called,
            ),
        )
    others = step.get("bersama")
    for other in others if isinstance(others, list) else ():
        if isinstance(other, dict) and not other.get("cara"):
            yield (
                "bersama",
                say(
                    "%(called)s: peran %(actor)s belum dipilih. Pilih paraf, bersama, "
                    "mengetahui, atau salah-satu.",
                    called=called,
                    actor=other.get("pelaksana"),
                ),
            )
    time = step.get("waktu")
    if not isinstance(time, dict) or time.get("jumlah") is None:
        written = time.get("asli") if isinstance(time, dict) else None
        told = say(' (tertulis "%(written)s")', written=written) if written else ""
        yield (
            "waktu",
            say(
                "%(called)s: waktu belum ada%(told)s. Isi jumlah dan satuannya.",
                called=called,
                told=told,
            ),
        )
    if step.get("jenis") == "keputusan":
        for sentence in _of_decision(called, step.get("cabang")):
            yield "cabang", sentence


def _words(text: Plain) -> Plain:
    """Return the shown words of a text of the file."""
    return text.get("teks", text.get("asli")) if isinstance(text, dict) else text


def _of_decision(called: Sentence, branches: Plain) -> Iterator[Sentence]:
    known = branches if isinstance(branches, list) else []
    if len(known) < 2:  # noqa: PLR2004 - a decision has two ways at least
        yield say(
            "%(called)s: keputusan belum mempunyai dua hasil. Tulis setiap hasil "
            "dan langkah tujuannya.",
            called=called,
        )
    for number, branch in enumerate(known, 1):
        if isinstance(branch, dict) and not branch.get("hasil"):
            yield say(
                "%(called)s: hasil keputusan ke-%(n)s belum bernama. Tulis namanya, "
                "misalnya Ya atau Tidak.",
                called=called,
                n=number,
            )
