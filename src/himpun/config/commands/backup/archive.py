"""The file of a backup: one line with the SHA-256 of all that follows, then a zip.

``himpun-cadangan/1 <64 hex>\\n`` and the zip's bytes. The hash is compared before
anything else is read, so any changed, missing or added byte is refused; the names of
the members are compared with a fixed list of forms, so nothing lands outside its place.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from himpun.wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAGIC = b"himpun-cadangan/1 "
HEADER = len(MAGIC) + 64 + 1
FORM = "himpun-cadangan/1"
MANIFEST = "manifest.json"
KEYS = "kunci.tersandi"
DATABASE = "basis-data"
NAMES = re.compile(
    r"manifest\.json|kunci\.tersandi|basis-data"
    r"|berkas/[0-9a-f]{64}|sertifikat/[0-9a-f]{64}\.pem"
)
BLOCK = 1 << 20
MADE = (1980, 1, 1, 0, 0, 0)


class Damaged(Exception):
    """The archive may not be used; the text says where and why."""


def blocks(file: IO[bytes]) -> Iterator[bytes]:
    """Return what is left to read, block by block."""
    return iter(lambda: file.read(BLOCK), b"")


def sha256_of(file: IO[bytes]) -> str:
    """Return the SHA-256 (hex) of what is left to read."""
    digest = hashlib.sha256()
    for block in blocks(file):
        digest.update(block)
    return digest.hexdigest()


@dataclass
class Writer:
    """Members being written, with the size and hash that the manifest will name."""

    zip: zipfile.ZipFile
    members: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, name: str, content: Iterable[bytes]) -> None:
        """Write one member from its blocks."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, MADE)
        info.compress_type = zipfile.ZIP_DEFLATED
        with self.zip.open(info, "w", force_zip64=True) as member:
            for block in content:
                member.write(block)
                digest.update(block)
                size += len(block)
        self.members[name] = [size, digest.hexdigest()]

    def add_file(self, name: str, path: Path) -> None:
        """Write one member from a file."""
        with path.open("rb") as file:
            self.add(name, blocks(file))

    def close(self, facts: dict[str, Any]) -> None:
        """Write the manifest: ``facts``, the form, and every member's size and hash."""
        manifest = {"form": FORM, **facts, "members": self.members}
        text = json.dumps(manifest, ensure_ascii=False, sort_keys=True, indent=1)
        self.zip.writestr(zipfile.ZipInfo(MANIFEST, MADE), text)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write an archive beside ``path`` and give it that name when it is whole.

    Mode 0600: it holds an office's data. Raises FileExistsError rather than replacing.
    """
    if path.exists():
        raise FileExistsError(path)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".cadangan-")
    try:
        with os.fdopen(handle, "w+b") as file:
            file.write(MAGIC + b"0" * 64 + b"\n")
            with zipfile.ZipFile(file, "w") as target:
                yield Writer(target)
            file.seek(HEADER)
            digest = sha256_of(file)
            file.seek(len(MAGIC))
            file.write(digest.encode())
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)
    finally:
        Path(name).unlink()


@dataclass(frozen=True)
class Archive:
    """An archive whose every byte was found as it was written."""

    zip: zipfile.ZipFile
    manifest: dict[str, Any]
    sha256: str

    def names(self, folder: str) -> list[str]:
        """Return the members of a folder, in order."""
        return sorted(n for n in self.zip.namelist() if n.startswith(folder + "/"))

    def read(self, name: str) -> bytes:
        """Return a small member whole."""
        return self.zip.read(name)

    def extract(self, name: str, path: Path) -> None:
        """Write a member to a file: whole under that name, or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with self.zip.open(name) as member, os.fdopen(handle, "wb") as file:
            shutil.copyfileobj(member, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)


@contextmanager
def opening(path: Path) -> Iterator[Archive]:
    """Open an archive and check all of it; raises Damaged with the reason."""
    with path.open("rb") as file:
        digest = _whole(file, path)
        try:
            with zipfile.ZipFile(file) as source:
                manifest = _manifest(source, path)
                _members(source, manifest, path)
                yield Archive(source, manifest, digest)
        except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
            raise Damaged(
                say(
                    "%(path)s: isi arsip tidak terbaca (%(why)s).", path=path, why=error
                )
            ) from error


def _whole(file: IO[bytes], path: Path) -> str:
    head = file.read(HEADER)
    form = re.compile(re.escape(MAGIC) + rb"([0-9a-f]{64})\n")
    found = form.fullmatch(head)
    if not found:
        raise Damaged(
            say(
                "%(path)s: bukan cadangan Himpun, atau kepala berkasnya berubah.",
                path=path,
            )
        )
    digest = sha256_of(file)
    if digest != found[1].decode():
        raise Damaged(
            say(
                "%(path)s: isi cadangan berubah atau terpotong (SHA-256 tidak "
                "cocok). Pakai salinan lain.",
                path=path,
            )
        )
    return digest


def _manifest(source: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    names = source.namelist()
    for name in names:
        if not NAMES.fullmatch(name):
            raise Damaged(
                say(
                    "%(path)s: nama anggota arsip tidak dikenal: %(name)s.",
                    path=path,
                    name=repr(name),
                )
            )
    if len(set(names)) != len(names) or MANIFEST not in names:
        raise Damaged(
            say("%(path)s: daftar isi arsip ganda atau tidak ada.", path=path)
        )
    try:
        manifest = json.loads(source.read(MANIFEST))
        known = manifest["form"] == FORM
    except (ValueError, TypeError, KeyError) as error:
        raise Damaged(
            say("%(path)s: daftar isi arsip tidak terbaca.", path=path)
        ) from error
    if not known:
        raise Damaged(
            say("%(path)s: bentuk arsip tidak dikenal versi Himpun ini.", path=path)
        )
    return dict(manifest)


def _members(source: zipfile.ZipFile, manifest: dict[str, Any], path: Path) -> None:
    listed = manifest["members"]
    if set(listed) != set(source.namelist()) - {MANIFEST}:
        raise Damaged(
            say("%(path)s: daftar isi arsip tidak sama dengan isinya.", path=path)
        )
    for name, (size, digest) in listed.items():
        if source.getinfo(name).file_size != size:
            raise Damaged(
                say(
                    "%(path)s: ukuran %(name)s tidak sama dengan daftar isi.",
                    path=path,
                    name=name,
                )
            )
        with source.open(name) as member:
            found = sha256_of(member)
        if found != digest:
            raise Damaged(
                say(
                    "%(path)s: %(name)s tidak cocok dengan daftar isi.",
                    path=path,
                    name=name,
                )
            )
        if name.startswith("berkas/") and found != name.removeprefix("berkas/"):
            raise Damaged(
                say(
                    "%(path)s: %(name)s bukan berkas yang disebut namanya.",
                    path=path,
                    name=name,
                )
            )
