"""Codes, words and states: no database."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from himpun import reporting
from himpun.reporting import rules
from himpun.reporting.kinds import summary
from himpun.reporting.rules import Backend, ReportKind, SignatureState, Tone

NOW = datetime(2025, 1, 2, tzinfo=UTC)


def test_a_code_has_sixty_random_bits_and_no_letter_that_looks_like_another():
    codes = {rules.new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 12 for code in codes)
    assert not set("".join(codes)) & set("01IO")


@pytest.mark.parametrize(
    "typed", ["7KQ2-M9TD-X4HB", "7kq2m9tdx4hb", " 7KQ2 M9TD X4HB ", "7KQ2M9TD-X4HB"]
)
def test_a_code_is_read_as_people_type_it(typed):
    assert rules.read_code(typed) == "7KQ2M9TDX4HB"
    assert rules.printed_code(rules.read_code(typed)) == "7KQ2-M9TD-X4HB"


@pytest.mark.parametrize("typed", ["", "7KQ2-M9TD-X4H", "7KQ2-M9TD-X4HO", "7KQ2" * 9])
def test_what_is_no_code_is_none(typed):
    assert rules.read_code(typed) == ""


def test_the_words_of_the_three_ways_of_signing_are_these():
    assert rules.VERDICT[Backend.MANUAL] == (
        "Tercatat di arsip; tanda tangan basah, dipindai"
    )
    assert rules.VERDICT[Backend.TEST_CA] == "CONTOH, bukan tanda tangan sah"
    assert "tidak dipastikan" in rules.VERDICT[Backend.ELSEWHERE]


def test_no_paper_is_ever_called_validly_signed():
    verdicts = [
        rules.public_verdict(kind, backend, replaced=replaced)
        for kind in ReportKind
        for backend in (None, *Backend)
        for replaced in (True, False)
    ]
    said = " ".join(f"{v.heading} {v.sentence}" for v in verdicts)
    said = said.replace("CONTOH, bukan tanda tangan sah", "").lower()
    assert "tanda tangan sah" not in said
    assert "uu ite" not in said
    assert "sah secara elektronik" not in said


def test_no_page_script_or_style_holds_the_forbidden_words():
    root = Path(reporting.__file__).parent
    for path in [*root.rglob("*.html"), *root.rglob("*.js"), *root.rglob("*.css")]:
        text = path.read_text().lower()
        for words in ("tanda tangan sah", "sah secara elektronik", "uu ite"):
            assert words not in text, f"{path}: {words}"


def test_an_example_is_yellow_and_a_scan_is_only_recorded():
    example = rules.public_verdict(
        ReportKind.PERFORMANCE, Backend.TEST_CA, replaced=False
    )
    scan = rules.public_verdict(ReportKind.PERFORMANCE, Backend.MANUAL, replaced=False)
    assert (example.tone, scan.tone) == (Tone.EXAMPLE, Tone.RECORDED)


def test_a_report_without_signature_is_a_draft_in_public():
    verdict = rules.public_verdict(ReportKind.PERFORMANCE, None, replaced=False)
    assert verdict.heading == "Konsep, belum ditandatangani"


def test_a_replaced_paper_is_said_to_be_replaced_however_it_was_signed():
    for backend in (None, *Backend):
        verdict = rules.public_verdict(ReportKind.PERFORMANCE, backend, replaced=True)
        assert verdict.tone is Tone.REPLACED


def test_the_test_authority_is_offered_only_where_a_setting_allows_it():
    assert rules.backends(test_signature=False) == (Backend.MANUAL,)
    assert rules.backends(test_signature=True) == (Backend.MANUAL, Backend.TEST_CA)


def test_only_papers_of_the_test_authority_are_marked():
    assert rules.MARK[Backend.TEST_CA] == "BUKAN TTE BSrE"
    assert not rules.MARK[Backend.MANUAL]


def test_a_signed_or_withdrawn_signature_moves_no_more():
    for final, to in itertools.product(
        (SignatureState.SIGNED, SignatureState.WITHDRAWN), SignatureState
    ):
        assert not rules.may_move(final, to)


def test_nothing_is_signed_before_it_is_sealed():
    assert not rules.may_move(SignatureState.PREPARED, SignatureState.SIGNED)
    assert not rules.may_move(SignatureState.PREPARED, SignatureState.UPLOADED)
    assert rules.may_move(SignatureState.PREPARED, SignatureState.SEALED)


@pytest.mark.parametrize(
    ("made", "accepted", "holds"),
    [
        (None, NOW, False),
        (None, None, False),
        (NOW, None, True),
        (NOW, NOW, True),
        (NOW, NOW - timedelta(seconds=1), True),
        (NOW, NOW + timedelta(seconds=1), False),
    ],
)
def test_a_paper_older_than_the_last_acceptance_no_longer_holds(made, accepted, holds):
    assert rules.up_to_date(made, accepted) is holds


def test_the_signer_reads_which_values_the_mean_takes_only_to_their_cap():
    def row(code, achievement, averaged):
        return {"code": code, "achievement": achievement, "averaged": averaged}

    rows = [row("A", "150", "100"), row("B", "90", "90"), row("C", None, None)]
    [capped] = summary.capped_of(rows)
    assert (capped.code, capped.achievement, capped.averaged) == ("A", 150, 100)
