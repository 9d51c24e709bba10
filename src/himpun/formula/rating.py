"""Peringkat: the rank of an achievement on a named, versioned scale.

Printed scales have gaps (90,5 lies between "76-90" and "91-100") and overlaps. Here a
scale is a list of lower bounds, applied to the unrounded value: every value has exactly
one band. Which scale holds is the office's choice and is printed under each table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from himpun.wording import say

FORMAT = "himpun-scale/1"


class BadScale(ValueError):
    """A scale that does not hold together; ``str()`` is a sentence for the user."""


@dataclass(frozen=True)
class Band:
    """A rank that holds from ``lower`` (included) up to the band above it.

    The lowest band has no bound (None), so that no value falls through.
    """

    name: str
    lower: Decimal | None


@dataclass(frozen=True)
class Scale:
    """A named scale; ``bands`` from the highest to the lowest."""

    name: str
    version: int
    source: str
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        """Refuse gaps, overlaps and names used twice; raises BadScale."""
        if not self.bands or self.bands[-1].lower is not None:
            raise BadScale(say("Peringkat terendah tidak boleh berbatas bawah."))
        bounds = [band.lower for band in self.bands[:-1]]
        finite = [bound for bound in bounds if bound is not None and bound.is_finite()]
        if len(finite) != len(bounds):
            raise BadScale(
                say("Setiap peringkat di atas yang terendah perlu batas bawah.")
            )
        if any(above <= below for above, below in pairwise(finite)):
            raise BadScale(
                say("Batas bawah ditulis dari yang tertinggi, tanpa kembar.")
            )
        if len({band.name for band in self.bands}) != len(self.bands):
            raise BadScale(say("Nama peringkat tidak boleh kembar."))

    def to_json(self) -> dict[str, object]:
        """Return the scale as plain values; bounds are texts such as "90.5"."""
        bands = [
            {"name": b.name, "lower": None if b.lower is None else f"{b.lower:f}"}
            for b in self.bands
        ]
        return {
            "format": FORMAT,
            "name": self.name,
            "version": self.version,
            "source": self.source,
            "bands": bands,
        }

    @classmethod
    def from_json(cls, data: object) -> Scale:
        """Read what `to_json` gave (parsed JSON); raises BadScale."""
        row = _keys(data, "format", "name", "version", "source", "bands")
        name, version, source = row["name"], row["version"], row["source"]
        bands = row["bands"]
        if row["format"] != FORMAT:
            raise BadScale(
                say(
                    "Bentuk skala %(found)s bukan %(wanted)s.",
                    found=row["format"],
                    wanted=FORMAT,
                )
            )
        if not isinstance(version, int) or isinstance(version, bool):
            raise BadScale(say("Versi skala seharusnya bilangan bulat."))
        if isinstance(bands, str) or not isinstance(bands, Sequence):
            raise BadScale(say("Peringkat skala seharusnya daftar."))
        return cls(_text(name), version, _text(source), tuple(map(_band, bands)))


def rate(scale: Scale, value: Decimal | None) -> Band | None:
    """Return the band of the unrounded ``value``; None stays None, it is not lowest."""
    if value is None:
        return None
    return next(b for b in scale.bands if b.lower is None or value >= b.lower)


def _band(data: object) -> Band:
    row = _keys(data, "name", "lower")
    lower = row["lower"]
    if lower is None:
        return Band(_text(row["name"]), None)
    try:
        return Band(_text(row["name"]), Decimal(_text(lower)))
    except InvalidOperation:
        raise BadScale(say("Batas bawah %(lower)s bukan angka.", lower=lower)) from None


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise BadScale(say("Isian skala %(found)s seharusnya teks.", found=data))
    return data


def _keys(data: object, *names: str) -> Mapping[str, object]:
    if not isinstance(data, Mapping) or set(data) != set(names):
        raise BadScale(
            say("Skala harus memuat tepat: %(names)s.", names=", ".join(names))
        )
    return data


PERMENDAGRI_86_2017 = Scale(
    name="Skala Nilai Peringkat Kinerja",
    version=1,
    source="Permendagri 86/2017",
    bands=(
        Band("Sangat tinggi", Decimal(91)),
        Band("Tinggi", Decimal(76)),
        Band("Sedang", Decimal(66)),
        Band("Rendah", Decimal(51)),
        Band("Sangat rendah", None),
    ),
)
"""The shipped scale. It goes back to Permendagri 54/2010, which prints bands of whole
numbers (91-100, 76-90, 66-75, 51-65, up to 50); to be compared with the annex."""
