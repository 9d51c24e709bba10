"""Peringkat: the rank of an achievement on a named, versioned scale.

Printed scales have gaps (90,5 lies between "76-90" and "91-100") and overlaps. Here a
scale is a list of lower bounds, applied to the unrounded value: every value has exactly
one band. Which scale holds is the office's choice and is printed under each table; the
shipped ones stand in `scales`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from himpun.wording import Sentence, say

from .arithmetic import say_figure

FORMAT = "himpun-scale/1"


class BadScale(ValueError):
    """A scale that does not hold together; ``str()`` is a sentence for the user."""


@dataclass(frozen=True)
class Band:
    """A rank that holds from ``lower`` up to the band above it.

    ``lower`` itself belongs to the band, or with ``above`` (">90") to the band below.
    The lowest band has no bound (None), so that no value falls through.
    """

    name: str
    lower: Decimal | None
    above: bool = False

    def holds(self, value: Decimal) -> bool:
        """Whether a value reaches this band; the band above it is not asked."""
        if self.lower is None:
            return True
        return value > self.lower if self.above else value >= self.lower


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

    @property
    def bounds(self) -> tuple[tuple[str, Sentence], ...]:
        """Each band's name and bound in words, as printed under a table."""
        return tuple(
            (band.name, _bound(band, higher))
            for band, higher in zip(self.bands, (None, *self.bands), strict=False)
        )

    def to_json(self) -> dict[str, object]:
        """Return the scale as plain values; bounds are texts such as "90.5"."""
        bands = [
            {
                "name": b.name,
                "above" if b.above else "lower": b.lower and f"{b.lower:f}",
            }
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
        row = fields(data, "format", "name", "version", "source", "bands")
        name, version, source = row["name"], row["version"], row["source"]
        bands = row["bands"]
        check_format(row["format"], FORMAT)
        rows = tuple(map(_band, list_of(bands)))
        return cls(text_of(name), version_of(version), text_of(source), rows)


def rate(scale: Scale, value: Decimal | None) -> Band | None:
    """Return the band of the unrounded ``value``; None stays None, it is not lowest."""
    if value is None:
        return None
    return next(band for band in scale.bands if band.holds(value))


def _bound(band: Band, higher: Band | None) -> Sentence:
    if band.lower is not None:
        lower = say_figure(band.lower)
        if band.above:
            return say("di atas %(bound)s", bound=lower)
        return say("mulai %(bound)s", bound=lower)
    if higher is None or higher.lower is None:
        return say("semua")
    if higher.above:
        return say("paling tinggi %(bound)s", bound=say_figure(higher.lower))
    return say("di bawah %(bound)s", bound=say_figure(higher.lower))


def _band(data: object) -> Band:
    above = isinstance(data, Mapping) and "above" in data
    bound = "above" if above else "lower"
    row = fields(data, "name", bound)
    lower = row[bound]
    if lower is None and not above:
        return Band(text_of(row["name"]), None)
    try:
        return Band(text_of(row["name"]), Decimal(text_of(lower)), above=above)
    except InvalidOperation:
        raise BadScale(say("Batas bawah %(lower)s bukan angka.", lower=lower)) from None


def check_format(found: object, wanted: str) -> None:
    """Refuse the JSON of something else; raises BadScale."""
    if found != wanted:
        raise BadScale(
            say("Bentuk skala %(found)s bukan %(wanted)s.", found=found, wanted=wanted)
        )


def version_of(data: object) -> int:
    """Return the version in a scale's JSON; raises BadScale for anything else."""
    if not isinstance(data, int) or isinstance(data, bool):
        raise BadScale(say("Versi skala seharusnya bilangan bulat."))
    return data


def list_of(data: object) -> Sequence[object]:
    """Return a list of a scale's JSON; raises BadScale for anything else."""
    if isinstance(data, str) or not isinstance(data, Sequence):
        raise BadScale(say("Peringkat skala seharusnya daftar."))
    return data


def text_of(data: object) -> str:
    """Return a text of a scale's JSON; raises BadScale for anything else."""
    if not isinstance(data, str):
        raise BadScale(say("Isian skala %(found)s seharusnya teks.", found=data))
    return data


def fields(data: object, *names: str) -> Mapping[str, object]:
    """Return an object of a scale's JSON with exactly these names; raises BadScale."""
    if not isinstance(data, Mapping) or set(data) != set(names):
        raise BadScale(
            say("Skala harus memuat tepat: %(names)s.", names=", ".join(names))
        )
    return data
