"""JPG and PNG: walked part by part to their end, never decoded."""

from __future__ import annotations

import struct
import zlib

from himpun.wording import say

from .refusal import NotAccepted

MOST_SIDE = 30_000
MOST_PIXELS = 150_000_000
"""A4 at 1200 dpi; a picture beyond that is an attack on whoever opens it."""
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""SOFn markers of ISO/IEC 10918-1: the segments that state height and width."""
DAMAGED = say("Gambar ini rusak atau terpotong. Kirim salinan lain.")


def check_jpg(content: bytes) -> None:
    """Raise NotAccepted for a damaged or monstrous JPG.

    Telephones append data behind the picture, so only its start and end marks count.
    """
    width, height = _jpg_size(content)
    if b"\xff\xd9" not in content:
        raise NotAccepted(DAMAGED)
    _refuse_large(width, height)


def _jpg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 - a marker
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + max(length, 2)
    raise NotAccepted(DAMAGED)


def check_png(content: bytes) -> None:
    """Raise NotAccepted for a PNG with a wrong checksum, or data behind its end."""
    at, kind = 8, b""
    while kind != b"IEND":
        if at + 12 > len(content):
            raise NotAccepted(DAMAGED)
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 8 + length
        check = zlib.crc32(content[at + 4 : end]).to_bytes(4)
        if content[end : end + 4] != check or (at == 8) != (kind == b"IHDR"):  # noqa: PLR2004 - behind the signature
            raise NotAccepted(DAMAGED)
        at = end + 4
    if at != len(content):
        raise NotAccepted(say("Gambar ini memuat data lain di belakang akhirnya."))
    _refuse_large(*struct.unpack(">II", content[16:24]))


def _refuse_large(width: int, height: int) -> None:
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE) or (
        width * height > MOST_PIXELS
    ):
        raise NotAccepted(
            say(
                "Ukuran gambar ini tidak wajar. Paling besar %(side)s piksel pada "
                "satu sisi dan %(pixels)s juta piksel seluruhnya.",
                side=MOST_SIDE,
                pixels=MOST_PIXELS // 1_000_000,
            )
        )
