"""Rekapitulasi Laporan Data Kinerja: what row 3 of the SOP asks before the report."""

from dataclasses import dataclass
from typing import ClassVar

from .parts import Exemption, Head, Initial, Scale, Waiver


@dataclass(frozen=True)
class Value:
    """An accepted value with who wrote and who verified it, by position.

    ``achievement`` is "106,93%" or "tidak dapat dihitung"; then ``reason`` says why.
    """

    code: str
    name: str
    unit: str
    target: str
    actual: str
    achievement: str
    rank: str
    evidence: int
    author: str
    verifier: str
    verified_at: str
    reason: str = ""


@dataclass(frozen=True)
class Rekapitulasi:
    """The accepted values of a case, waivers and exceptions; landscape A4."""

    template: ClassVar[str] = "rekapitulasi"
    title: ClassVar[str] = "Rekapitulasi Laporan Data Kinerja"

    head: Head
    values: tuple[Value, ...]
    scale: Scale | None = None
    waivers: tuple[Waiver, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    initials: tuple[Initial, ...] = ()
