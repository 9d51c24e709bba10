"""Author, verifier and signer of a value are three people.

Paraf and mengetahui are no verification. Where an office has too few people the rule
does not bend in silence: an exemption is decided by somebody whom it does not concern,
and it is shown beside the value, in the trail and in print.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from himpun.shared.refusals import say

from .states import Hand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class RoleConflict:
    """A person who would be two of the three hands because nobody else can."""

    person: int
    hands: tuple[Hand, ...]


def conflicts(
    authors: Iterable[int], verifiers: Iterable[int], signers: Iterable[int]
) -> tuple[RoleConflict, ...]:
    """Return who would be two of author, verifier and signer; empty when three suffice.

    An empty position is no conflict: it is a vacancy, and another rule speaks of it.
    """
    hands = {
        Hand.AUTHOR: set(authors),
        Hand.VERIFIER: set(verifiers),
        Hand.SIGNER: set(signers),
    }
    if _three_apart(hands):
        return ()
    doubled = {
        person: tuple(hand for hand in Hand if person in hands[hand])
        for person in sorted(set().union(*hands.values()))
    }
    return tuple(
        RoleConflict(person, held) for person, held in doubled.items() if len(held) > 1
    )


def _three_apart(hands: Mapping[Hand, set[int]]) -> bool:
    return any(
        len({author, verifier, signer}) == len(Hand)
        for author in hands[Hand.AUTHOR]
        for verifier in hands[Hand.VERIFIER]
        for signer in hands[Hand.SIGNER]
    )


def verifier_obstacle(
    person: int, *, authors: frozenset[int], signers: frozenset[int]
) -> str:
    """Return why a person may not verify a value, empty when he or she may.

    ``signers`` are those who could sign today: whoever is the only one may not verify.
    """
    if person in authors:
        return say(
            "Nilai yang Anda isi atau beri bukti diperiksa orang lain. Minta "
            "verifikator lain atau pengecualian di halaman verifikasi."
        )
    if signers == {person}:
        return say(
            "Anda yang akan menandatangani laporan ini, jadi nilainya diperiksa orang "
            "lain. Minta verifikator lain atau pengecualian di halaman verifikasi."
        )
    return ""


def signer_obstacle(
    person: int, *, authors: frozenset[int], verifiers: frozenset[int]
) -> str:
    """Return why a person may not sign what these people made, empty when allowed."""
    if person in authors:
        return say(
            "Anda mengisi atau memberi bukti pada nilai di laporan ini, jadi orang "
            "lain yang menandatangani, atau pengecualian dicatat di halaman verifikasi."
        )
    if person in verifiers:
        return say(
            "Anda memverifikasi nilai di laporan ini, jadi orang lain yang "
            "menandatangani, atau pengecualian dicatat di halaman verifikasi."
        )
    return ""


def exception_obstacle(
    person: int,
    *,
    authors: frozenset[int],
    verifiers: frozenset[int],
    signers: frozenset[int],
) -> str:
    """Return why not even an exception helps, empty when it does.

    It lets one person be two of the three hands on a value, never all three.
    """
    if person in authors and person in verifiers and signers == {person}:
        return say(
            "Pengecualian membolehkan dua peran, bukan tiga: Anda mengisi nilai ini, "
            "memeriksanya, dan akan menandatangani laporannya. Minta verifikator lain."
        )
    return ""
