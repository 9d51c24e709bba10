"""What a new version of a Perjanjian Kinerja changed, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.wording import say
from himpun.worktime.words import say_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from himpun.wording import Sentence


@dataclass(frozen=True)
class SaidIndicator:
    """An indicator as a PK has it: its name, its target in words, which version of it."""

    name: str
    target: str
    version: int


@dataclass(frozen=True)
class SaidProgramme:
    """A programme as a PK has it: name, budget in words, Keterangan."""

    name: str
    amount: str
    note: str


@dataclass(frozen=True)
class SaidAgreement:
    """A PK as it can be compared: parties in words, rows by what they are about."""

    first: str
    second: str
    agreed_on: date
    indicators: Mapping[int, SaidIndicator]
    programmes: Mapping[int, SaidProgramme]


def agreement_changes(old: SaidAgreement, new: SaidAgreement) -> tuple[Sentence, ...]:
    """Return what differs between two versions of a PK, parties first."""
    return (
        *_parties(old, new),
        *_indicators(old, new),
        *_programmes(old, new),
    )


def _parties(old: SaidAgreement, new: SaidAgreement) -> Iterator[Sentence]:
    if old.first != new.first:
        yield say(
            "Pihak pertama berganti dari %(old)s menjadi %(new)s.",
            old=old.first,
            new=new.first,
        )
    if old.second != new.second:
        yield say(
            "Pihak kedua berganti dari %(old)s menjadi %(new)s.",
            old=old.second,
            new=new.second,
        )
    if old.agreed_on != new.agreed_on:
        yield say(
            "Tanggal perjanjian dari %(old)s menjadi %(new)s.",
            old=say_day(old.agreed_on),
            new=say_day(new.agreed_on),
        )


def _indicators(old: SaidAgreement, new: SaidAgreement) -> Iterator[Sentence]:
    for key, row in new.indicators.items():
        was = old.indicators.get(key)
        if was is None:
            yield say(
                "Indikator %(name)s ditambahkan dengan target %(target)s.",
                name=row.name,
                target=row.target,
            )
            continue
        if was.version != row.version:
            yield say(
                "Indikator %(name)s memakai definisi versi %(new)s, sebelumnya versi "
                "%(old)s.",
                name=row.name,
                old=was.version,
                new=row.version,
            )
        if was.target != row.target:
            yield say(
                "Target %(name)s diubah dari %(old)s menjadi %(new)s.",
                name=row.name,
                old=was.target,
                new=row.target,
            )
    for key, row in old.indicators.items():
        if key not in new.indicators:
            yield say("Indikator %(name)s dikeluarkan.", name=row.name)


def _programmes(old: SaidAgreement, new: SaidAgreement) -> Iterator[Sentence]:
    for key, row in new.programmes.items():
        was = old.programmes.get(key)
        if was is None:
            yield say(
                "%(name)s ditambahkan dengan anggaran %(amount)s.",
                name=row.name,
                amount=row.amount,
            )
            continue
        if was.amount != row.amount:
            yield say(
                "Anggaran %(name)s diubah dari %(old)s menjadi %(new)s.",
                name=row.name,
                old=was.amount,
                new=row.amount,
            )
        if was.note != row.note:
            yield say(
                "Keterangan %(name)s diubah dari %(old)s menjadi %(new)s.",
                name=row.name,
                old=was.note or say("kosong"),
                new=row.note or say("kosong"),
            )
    for key, row in old.programmes.items():
        if key not in new.programmes:
            yield say("%(name)s dikeluarkan.", name=row.name)
