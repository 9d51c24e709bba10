from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himpun.collection import rules
from himpun.collection.rules import Figure, Hand, Readiness, RequestState

# Reading what was typed


@pytest.mark.parametrize(
    ("text", "value"),
    [("97,66", "97.66"), ("97.66", "97.66"), (" 95% ", "95"), ("0", "0")],
)
def test_a_typed_number_is_read(text, value):
    assert rules.read_value(text) == Decimal(value)


def test_nothing_typed_is_no_value_and_not_zero():
    assert rules.read_value("  ") is None


@pytest.mark.parametrize("text", ["satu", "97,6,6", "1.234", "0,123456789", "NaN"])
def test_text_that_is_not_a_value_says_why(text):
    with pytest.raises(rules.NotAValue) as problem:
        rules.read_value(text)
    assert len(str(problem.value)) > 20


def test_a_dot_groups_thousands_for_an_indicator_without_decimals():
    assert rules.read_value("1.234", decimals=0) == 1234


@pytest.mark.parametrize(
    ("text", "enough"),
    [("salah", False), ("1234567890123", False), ("bukti salah", True)],
)
def test_a_reason_has_ten_letters(text, enough):
    assert rules.explains(text) is enough


# Oddities

PLAIN = Figure(
    value=Decimal("97.66"),
    unit_of_measure="nilai",
    previous=Decimal("93.93"),
    target=Decimal("91.33"),
    previous_target=Decimal("90.62"),
)


def sentences(figure):
    return " ".join(str(remark) for remark in rules.oddities(figure))


def test_an_ordinary_value_is_not_odd():
    assert rules.oddities(PLAIN) == ()


def test_a_percentage_above_a_hundred_asks_for_the_lost_comma():
    odd = replace(PLAIN, value=Decimal(973), unit_of_measure="%", previous=None)
    assert "maksudnya 97,3?" in sentences(odd)


def test_a_percentage_just_above_a_hundred_is_named_without_a_guess():
    odd = replace(PLAIN, value=Decimal("100.5"), unit_of_measure="%")
    assert "di atas 100: 100,5" in sentences(odd)


def test_an_index_above_a_hundred_is_not_a_percentage():
    assert rules.oddities(replace(PLAIN, value=Decimal(110))) == ()


def test_a_value_below_zero_is_odd():
    assert "di bawah nol" in sentences(replace(PLAIN, value=Decimal(-1), previous=None))


@pytest.mark.parametrize(
    ("value", "odd"), [("125", False), ("125.01", True), ("75", False), ("74.99", True)]
)
def test_a_leap_of_more_than_a_quarter_is_odd(value, odd):
    figure = replace(PLAIN, value=Decimal(value), previous=Decimal(100))
    assert ("seperempat" in sentences(figure)) is odd


def test_nothing_leaps_from_zero_or_from_nothing():
    for previous in (None, Decimal(0)):
        assert rules.oddities(replace(PLAIN, previous=previous)) == ()


def test_a_value_equal_to_its_target_twice_running_looks_copied():
    copied = replace(
        PLAIN, value=PLAIN.target, previous=Decimal(90), previous_target=Decimal(90)
    )
    assert "sama persis dengan target" in sentences(copied)
    assert rules.oddities(replace(copied, previous_target=Decimal(91))) == ()


def test_a_capaian_far_above_a_hundred_is_odd():
    far = replace(PLAIN, achievement=Decimal(120))
    assert "jauh di atas 100" in sentences(far)
    assert rules.oddities(replace(far, achievement=Decimal("119.9"))) == ()


def test_an_odd_proposal_taken_over_stays_odd():
    doubted = replace(PLAIN, proposal=PLAIN.value, proposal_is_odd=True)
    assert "dinilai janggal" in sentences(doubted)
    assert rules.oddities(replace(doubted, proposal=Decimal(1))) == ()
    assert rules.oddities(replace(doubted, proposal_is_odd=False)) == ()


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_oddities_never_fail_on_any_value(value):
    rules.oddities(replace(PLAIN, value=value, unit_of_measure="%"))


# What a value lacks

READY = Readiness(
    filled=True, draft=False, evidence=1, evidence_required=True, odd=False, note=False
)


def test_a_complete_value_lacks_nothing():
    assert rules.lacking(READY) == ()


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"filled": False}, "belum diisi"),
        ({"draft": True, "filled": False}, "belum terbaca"),
        ({"draft": True}, "belum terbaca"),
        ({"evidence": 0}, "bukti"),
        ({"odd": True}, "catatan"),
        ({"answered": False}, "dikembalikan"),
    ],
)
def test_each_gap_is_named_and_no_other(change, word):
    [gap] = rules.lacking(replace(READY, **change))
    assert word in gap


def test_evidence_is_asked_only_where_the_indicator_asks_it():
    assert rules.lacking(replace(READY, evidence=0, evidence_required=False)) == ()


def test_an_odd_value_with_a_note_may_be_sent():
    assert rules.lacking(replace(READY, odd=True, note=True)) == ()


# Three people


@pytest.mark.parametrize(
    ("authors", "verifiers", "signers", "expected"),
    [
        ({1, 2}, {3}, {4}, {}),
        ({1}, {1, 2}, {3}, {}),
        ({1, 2}, {1}, {3}, {}),
        ({1}, {2}, {2}, {2: (Hand.VERIFIER, Hand.SIGNER)}),
        ({1}, {1}, {3}, {1: (Hand.AUTHOR, Hand.VERIFIER)}),
        ({1}, {2}, {1}, {1: (Hand.AUTHOR, Hand.SIGNER)}),
        ({1}, {1}, {1}, {1: tuple(Hand)}),
        (
            {1, 2},
            {1},
            {2},
            {1: (Hand.AUTHOR, Hand.VERIFIER), 2: (Hand.AUTHOR, Hand.SIGNER)},
        ),
        ({1}, set(), {2}, {}),
    ],
)
def test_a_conflict_is_named_only_when_three_people_cannot_be_found(
    authors, verifiers, signers, expected
):
    found = rules.conflicts(authors, verifiers, signers)
    assert {row.person: row.hands for row in found} == expected


PEOPLE = st.sets(st.integers(1, 5), max_size=4)


@given(PEOPLE, PEOPLE, PEOPLE)
def test_where_three_people_can_share_the_hands_nobody_is_accused(a, v, s):
    apart = any(len({x, y, z}) == 3 for x in a for y in v for z in s)
    found = rules.conflicts(a, v, s)
    if apart:
        assert found == ()
    for row in found:
        assert len(row.hands) > 1


def test_nobody_verifies_a_value_of_their_own():
    assert rules.verifier_obstacle(1, authors=frozenset({1}), signers=frozenset({9}))


def test_the_only_possible_signer_does_not_verify():
    assert rules.verifier_obstacle(9, authors=frozenset({1}), signers=frozenset({9}))


def test_one_of_several_signers_may_verify():
    two = frozenset({8, 9})
    assert not rules.verifier_obstacle(9, authors=frozenset({1}), signers=two)


def test_another_person_may_verify():
    assert not rules.verifier_obstacle(
        2, authors=frozenset({1}), signers=frozenset({9})
    )


def test_nobody_signs_what_they_typed_or_verified():
    hands = {"authors": frozenset({1}), "verifiers": frozenset({2})}
    assert rules.signer_obstacle(1, **hands)
    assert rules.signer_obstacle(2, **hands)
    assert not rules.signer_obstacle(3, **hands)


# Requests

SENT, CLOSED, WAIVED = RequestState.SENT, RequestState.CLOSED, RequestState.WAIVED


@pytest.mark.parametrize(
    ("states", "rule", "minimum", "overdue", "done"),
    [
        ([CLOSED, WAIVED], "semua", None, False, True),
        ([CLOSED, SENT], "semua", None, True, False),
        ([], "semua", None, False, True),
        ([CLOSED, SENT, SENT], "minimum", 1, False, True),
        ([CLOSED, SENT, SENT], "minimum", 2, False, False),
        ([CLOSED], "minimum", 5, False, True),
        ([SENT], "tenggat", None, False, False),
        ([SENT], "tenggat", None, True, True),
        ([CLOSED], "tenggat", None, False, True),
    ],
)
def test_a_collection_is_done_by_the_rule_of_its_sop(
    states, rule, minimum, overdue, done
):
    found = rules.collection_is_done(
        states, rule=rule, minimum=minimum, overdue=overdue
    )
    assert found is done


# Lists


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_a_list_is_taken_for_a_formula(text):
    assert rules.safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+5,5", "-1.234,5", "95%", "Desa Uji", ""])
def test_numbers_and_words_stay_as_they_are(text):
    assert rules.safe_cell(text) == text


def test_a_list_is_utf_8_with_a_mark_for_spreadsheets():
    content = rules.write_csv([["Kode", "=A1"], ["1", 'Desa "Uji", baru']])
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert text == 'Kode,\'=A1\r\n1,"Desa ""Uji"", baru"\r\n'
