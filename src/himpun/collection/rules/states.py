"""Where collected things stand, and the sentences that speak of them."""

from __future__ import annotations

from enum import StrEnum


class Evaluation(StrEnum):
    """What the Kasubbag says of a proposal in step 2."""

    ENOUGH = "cukup"
    INCOMPLETE = "perlu dilengkapi"
    ODD = "janggal"


class EntryState(StrEnum):
    """Where a value stands."""

    EMPTY = "kosong"
    SAVED = "tersimpan"
    SUBMITTED = "dikirim"
    ACCEPTED = "diterima"
    RETURNED = "dikembalikan"


class RequestState(StrEnum):
    """Where a request for data to a unit stands."""

    PLANNED = "direncanakan"
    SENT = "dikirim"
    CLOSED = "selesai"
    WAIVED = "dikecualikan"
    REMOVED = "dikeluarkan"
    LATE = "susulan"


class ExemptionKind(StrEnum):
    """How an office gets out when two of author, verifier, signer are one person."""

    OTHER_VERIFIER = "verifikator lain"
    EXCEPTION = "pengecualian"


class Hand(StrEnum):
    """The three hands of a value."""

    AUTHOR = "pengisi"
    VERIFIER = "verifikator"
    SIGNER = "penanda tangan"


ANSWERED = frozenset({RequestState.CLOSED, RequestState.WAIVED, RequestState.LATE})
"""States in which a unit counts as having answered."""
AWAITED = frozenset({RequestState.PLANNED, RequestState.SENT})
"""States in which an answer is still expected."""
EDITABLE = frozenset({EntryState.EMPTY, EntryState.SAVED, EntryState.RETURNED})
"""States in which a value may be typed over; the others are locked."""

REASON_LETTERS = 10
"""Letters that a reason has at least: "salah" explains nothing."""
