"""Kinds of paper, ways of signing, and the words that may be said of each.

The words are fixed. A scan of ink on paper is recorded, a test signature is an example;
neither is called an electronic signature in the sense of the law (UU 11/2008 art. 11
asks for a certificate of a recognised issuer, which Himpun itself does not have).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from himpun.shared.refusals import Refusal, say

if TYPE_CHECKING:
    from datetime import datetime

WORK_REPORT, WORK_SIGNATURE, WORK_DELIVERY = "laporan", "tanda-tangan", "penyampaian"
"""The kinds of step that this app knows, by the names of `himpun.sop.kinds`."""


class ReportKind(StrEnum):
    """The papers that a case brings forth."""

    RECAP = "rekapitulasi"
    PERFORMANCE = "laporan-kinerja"
    COLLECTION = "laporan-pengumpulan"
    CONTROL = "lembar-kendali"
    SEAL = "lembar-segel"
    ANNUAL_PLAN = "rkt"
    AGREEMENT = "perjanjian-kinerja"


TITLES = {
    ReportKind.RECAP: say("Rekapitulasi Laporan Data Kinerja"),
    ReportKind.PERFORMANCE: say("Laporan Kinerja"),
    ReportKind.COLLECTION: say("Laporan Pengumpulan Data Kinerja"),
    ReportKind.CONTROL: say("Lembar Kendali"),
    ReportKind.SEAL: say("Lembar Segel"),
    ReportKind.ANNUAL_PLAN: say("Rencana Kinerja Tahunan"),
    ReportKind.AGREEMENT: say("Perjanjian Kinerja"),
}


PLANS = frozenset({ReportKind.ANNUAL_PLAN, ReportKind.AGREEMENT})
"""Papers of the plan, each the one paper of a case of its own SOP (`kertas`)."""
SIGNED = PLANS | {ReportKind.PERFORMANCE}
"""Papers that somebody signs; a case has one of them."""
NUMBERED = SIGNED | {ReportKind.COLLECTION}
"""Papers that may bear a letter number of the office."""
DRAFTS = SIGNED | {ReportKind.RECAP}
"""Papers that bear no head of the record until they are prepared for signing."""


class Backend(StrEnum):
    """How a paper is signed.

    ``ELSEWHERE`` is never chosen: it is what an upload turns out to be when the sealed
    PDF comes back with somebody's electronic signature instead of as a scan.
    """

    MANUAL = "manual"
    ELSEWHERE = "luar"
    TEST_CA = "local_test_ca"


class SignatureState(StrEnum):
    """Where a signature stands; nothing is signed before "ditandatangani"."""

    PREPARED = "disiapkan"
    SEALED = "bersegel"
    UPLOADED = "diunggah"
    SIGNED = "ditandatangani"
    WITHDRAWN = "dibatalkan"


VERDICT = {
    Backend.MANUAL: say("Tercatat di arsip; tanda tangan basah, dipindai"),
    Backend.ELSEWHERE: say(
        "Tercatat di arsip; PDF bertanda tangan dari luar Himpun, penanda tangannya "
        "tidak dipastikan di sini"
    ),
    Backend.TEST_CA: say("CONTOH, bukan tanda tangan sah"),
}
MARK = {
    Backend.MANUAL: "",
    Backend.ELSEWHERE: "",
    Backend.TEST_CA: say("BUKAN TTE BSrE"),
}
"""What is written across every page of a paper that is signed this way."""


def backends(*, test_signature: bool) -> tuple[Backend, ...]:
    """Return the ways of signing that an installation offers, the safest first."""
    return (Backend.MANUAL, Backend.TEST_CA) if test_signature else (Backend.MANUAL,)


ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Base 32 without 0, 1, I and O, which people mistake for each other on paper."""
CODE_LENGTH = 12


def new_code() -> str:
    """Return a code for a QR: 60 random bits, without meaning, not to be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """Return the code that somebody typed, with or without its hyphens; "" if none."""
    code = "".join(text.upper().split()).replace("-", "")
    known = len(code) == CODE_LENGTH and set(code) <= set(ALPHABET)
    return code if known else ""


def printed_code(code: str) -> str:
    """Return a code as people read it: 7KQ2-M9TD-X4HB."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def up_to_date(made_at: datetime | None, last_change_at: datetime | None) -> bool:
    """Whether a paper was made, and after the last value in it was accepted."""
    if made_at is None:
        return False
    return last_change_at is None or made_at >= last_change_at


def nothing_accepted() -> Refusal:
    """Return the refusal to make a report without values."""
    return Refusal(
        say("Belum ada nilai yang diterima. Laporan dibuat setelah verifikasi selesai.")
    )


def nothing_planned(kind: ReportKind, year: int) -> Refusal:
    """Return the refusal to make a paper of a plan that is not there."""
    return Refusal(
        say(
            "Data %(paper)s tahun %(year)s belum ada. Susun dahulu dalam perencanaan, "
            "lalu buat kertasnya."
        ),
        paper=TITLES[kind],
        year=year,
    )


def one_position() -> Refusal:
    """Return the refusal to print an agreement where several positions may sign."""
    return Refusal(
        say(
            "Perjanjian Kinerja dibuat untuk satu jabatan. Ikat penanda tangan dalam SOP "
            "ini ke satu jabatan saja."
        )
    )


def other_party(promised: str, now: str) -> Refusal:
    """Return the refusal to print an agreement of somebody who no longer holds office."""
    return Refusal(
        say(
            "Pihak pertama dalam data Perjanjian Kinerja %(promised)s, sedangkan hari "
            "ini %(now)s. Buat dahulu perubahan perjanjiannya karena pergantian pejabat."
        ),
        promised=promised,
        now=now or say("belum ada pejabatnya"),
    )


def nothing_signed() -> Refusal:
    """Return the refusal to report on a case whose report nobody signed."""
    return Refusal(
        say(
            "Laporan Kinerja kasus ini belum ditandatangani. Laporan pengumpulan "
            "dibuat sesudahnya."
        )
    )


def may_move(now: SignatureState, to: SignatureState) -> bool:
    """Whether a signature may go from one state to another."""
    return to in MOVES[now]


MOVES = {
    SignatureState.PREPARED: {SignatureState.SEALED, SignatureState.WITHDRAWN},
    SignatureState.SEALED: {
        SignatureState.UPLOADED,
        SignatureState.SIGNED,
        SignatureState.WITHDRAWN,
    },
    SignatureState.UPLOADED: {
        SignatureState.UPLOADED,
        SignatureState.SIGNED,
        SignatureState.WITHDRAWN,
    },
    SignatureState.SIGNED: set(),
    SignatureState.WITHDRAWN: set(),
}
"""A signed paper is final: what follows is another paper."""


class Tone(StrEnum):
    """The colour of a public verdict, said by a word and a shape as well."""

    RECORDED = "tercatat"
    EXAMPLE = "contoh"
    WAITING = "belum"
    REPLACED = "diganti"


@dataclass(frozen=True)
class PublicVerdict:
    """What the public page says of a code: heading, one sentence, tone."""

    tone: Tone
    heading: str
    sentence: str


def public_verdict(
    kind: ReportKind, backend: Backend | None, *, replaced: bool
) -> PublicVerdict:
    """Return what may be said in public of a paper.

    ``backend`` is how it was signed, None while it is not (or never will be).
    """
    if replaced:
        return PublicVerdict(
            Tone.REPLACED,
            say("Kertas ini sudah diganti"),
            say("Kantor membuat kertas yang lebih baru untuk periode yang sama."),
        )
    if backend is None:
        return _unsigned(kind)
    if backend is Backend.TEST_CA:
        return PublicVerdict(
            Tone.EXAMPLE,
            VERDICT[backend],
            say(
                "Kertas ini dibuat untuk peragaan dengan sertifikat uji. Jangan "
                "dipakai sebagai dokumen resmi."
            ),
        )
    return PublicVerdict(
        Tone.RECORDED,
        VERDICT[backend],
        say(
            "Cocokkan kertas di tangan Anda dengan catatan di bawah. Halaman ini "
            "membuktikan salinan di arsip, bukan kertas itu sendiri."
        ),
    )


def _unsigned(kind: ReportKind) -> PublicVerdict:
    if kind in SIGNED:
        return PublicVerdict(
            Tone.WAITING,
            say("Konsep, belum ditandatangani"),
            say("Kertas ini tercatat sebagai konsep dan belum ditandatangani."),
        )
    return PublicVerdict(
        Tone.RECORDED,
        say("Tercatat di arsip; kertas ini tidak memerlukan tanda tangan"),
        say("Dibuat dari catatan kasus. Cocokkan kertas Anda dengan catatan di bawah."),
    )


SEAL_KEY = "segel-kunci.pem"
SEAL_CERTIFICATE = "segel-sertifikat.pem"
OLD_CERTIFICATES = "sertifikat-lama"
TEST_KEYS = "contoh"
TEST_KEY, TEST_CERTIFICATE = "ca-kunci.pem", "ca-sertifikat.pem"
"""Names under HIMPUN_HOME/keys."""
LAST_BACKUP = "cadangan-terakhir.json"
"""Name under HIMPUN_HOME."""

PDF = "application/pdf"
ENDINGS = {PDF: "pdf", "image/jpeg": "jpg", "image/png": "png"}
"""What a signed paper comes back as: media type -> ending of its file's name."""
