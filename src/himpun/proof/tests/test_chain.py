"""Every change of a stream is found and named by event and field."""

import copy
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.proof import (
    COLUMNS,
    Verdict,
    Word,
    canonical,
    check_chain,
    stream_start,
    summary,
)

from .builders import (
    BEGIN,
    anchor_of,
    changed,
    forged_body,
    make_stream,
    rehashed,
)

STREAM, RECORDS = make_stream()
ANCHOR = anchor_of(STREAM, RECORDS, 4)
FULL = anchor_of(STREAM, RECORDS)
laws = settings(max_examples=300, deadline=None, derandomize=True)

OTHER_VALUES = {
    "stream": ["case:13", None, 12],
    "seq": [99, 0, -1, "3", None, 3.0, 2_000_000_000],
    "type": ["value.corrected", "", None],
    "actor": [8, None, "7", True],
    "official": [4, "3", 0],
    "role": ["Camat (contoh)", "", None],
    "unit": [6, None],
    "tenant": [2, None],
    "at": [BEGIN, BEGIN.replace(tzinfo=None), "2026-10-07", None],
    "body": [b"", b"{}", b"null", b"not json", "text", None, 5, canonical({"seq": 3})],
    "prev": ["0" * 64, "F" * 64, "", None, "x", b"0" * 32],
    "hash": ["0" * 64, "F" * 64, "", None, "x", b"0" * 32],
}
TRIALS = [(column, value) for column in OTHER_VALUES for value in OTHER_VALUES[column]]


def found(stream, records, anchor=None):
    """Return (seq, field) of everything that is BERUBAH, in order."""
    verdicts = check_chain(stream, records, anchor)
    return [(v.seq, v.field) for v in verdicts if v.word is Word.CHANGED]


# --- an honest stream


def test_an_honest_stream_matches_up_to_the_anchor_and_is_unanchored_beyond():
    verdicts = check_chain(STREAM, RECORDS, ANCHOR)
    assert verdicts == [
        *(Verdict(Word.MATCHES, seq) for seq in (1, 2, 3, 4)),
        *(Verdict(Word.UNANCHORED, seq) for seq in (5, 6)),
    ]
    assert summary(verdicts) is Word.UNANCHORED


def test_a_fully_anchored_stream_matches():
    assert summary(check_chain(STREAM, RECORDS, FULL)) is Word.MATCHES


def test_without_an_anchor_nothing_ever_matches():
    verdicts = check_chain(STREAM, RECORDS)
    assert {v.word for v in verdicts} == {Word.UNANCHORED}
    assert len(verdicts) == 6


def test_an_empty_stream_is_consistent():
    assert check_chain(*make_stream(0)) == []
    assert summary([]) is Word.MATCHES


def test_bytes_may_come_as_memory_as_databases_give_them():
    records = [{**record, "body": memoryview(record["body"])} for record in RECORDS]
    stream = {**STREAM, "header": memoryview(STREAM["header"])}
    assert found(stream, records, ANCHOR) == []


def test_the_rows_may_come_in_any_order():
    assert check_chain(STREAM, RECORDS[::-1], ANCHOR) == check_chain(
        STREAM, RECORDS, ANCHOR
    )


def test_an_anchor_of_another_stream_is_refused():
    other, records = make_stream(name="case:13")
    with pytest.raises(ValueError, match="another stream"):
        check_chain(STREAM, RECORDS, anchor_of(other, records))


# --- one column of one event


def test_there_is_a_trial_for_every_column():
    assert set(OTHER_VALUES) == set(RECORDS[0])
    assert set(OTHER_VALUES) == {*COLUMNS, "body", "prev", "hash"}


@pytest.mark.parametrize("seq", [1, 3, 4, 5, 6])
@pytest.mark.parametrize(("column", "value"), TRIALS, ids=str)
def test_any_change_of_one_column_is_named(column, value, seq):
    forged = changed(RECORDS, seq, **{column: value})
    assert repr(forged) != repr(RECORDS)
    for anchor in (FULL, ANCHOR, None):
        assert found(STREAM, forged, anchor) == [(seq, column)]


@pytest.mark.parametrize("seq", [1, 4, 6])
def test_another_moment_within_the_same_microsecond_column_is_named(seq):
    later = RECORDS[seq - 1]["at"] + timedelta(microseconds=1)
    assert found(STREAM, changed(RECORDS, seq, at=later), ANCHOR) == [(seq, "at")]


def test_the_same_moment_in_another_zone_is_no_change():
    local = RECORDS[2]["at"].astimezone(ZoneInfo("Asia/Jakarta"))
    assert found(STREAM, changed(RECORDS, 3, at=local), ANCHOR) == []


def test_a_column_that_the_body_does_not_hold_is_named():
    records = [{**record, "note": "x"} for record in RECORDS]
    assert found(STREAM, records, FULL) == [(seq, "note") for seq in range(1, 7)]


def test_a_column_that_is_missing_is_named():
    records = copy.deepcopy(RECORDS)
    del records[2]["tenant"]
    assert found(STREAM, records, FULL) == [(3, "tenant")]


@laws
@given(st.integers(1, 6), st.integers(0, 7), st.data())
def test_any_flipped_bit_of_a_body_is_named(seq, bit, data):
    body = bytearray(RECORDS[seq - 1]["body"])
    body[data.draw(st.integers(0, len(body) - 1))] ^= 1 << bit
    forged = changed(RECORDS, seq, body=bytes(body))
    assert found(STREAM, forged, ANCHOR) == [(seq, "body")]
    assert found(STREAM, forged) == [(seq, "body")]


@laws
@given(st.integers(1, 6), st.sampled_from(["prev", "hash"]), st.integers(0, 63))
def test_any_changed_digit_of_a_hash_is_named(seq, column, place):
    text = RECORDS[seq - 1][column]
    digit = "0" if text[place] != "0" else "1"
    forged = changed(RECORDS, seq, **{column: text[:place] + digit + text[place + 1 :]})
    assert found(STREAM, forged, ANCHOR) == [(seq, column)]
    assert found(STREAM, forged) == [(seq, column)]


# --- deleted, inserted, swapped


@pytest.mark.parametrize("seq", [1, 3, 4, 5, 6])
def test_a_deleted_event_is_named(seq):
    forged = [record for record in RECORDS if record["seq"] != seq]
    for anchor in (FULL, ANCHOR, None):
        assert found(STREAM, forged, anchor) == [(seq, "seq")]


def test_deleting_the_first_events_or_the_last_names_the_first_that_is_missing():
    assert found(STREAM, RECORDS[3:], FULL) == [(1, "seq")]
    assert found(STREAM, RECORDS[:3], FULL) == [(4, "seq")]
    verdicts = check_chain(STREAM, RECORDS[:3], FULL)
    assert verdicts[-1].detail == "peristiwa ke-4 sampai ke-6 hilang"
    assert found(STREAM, [], FULL) == [(1, "seq")]


def test_deleting_the_last_event_with_its_stream_row_is_found_by_the_anchor_only():
    row = {**STREAM, "count": 5, "head": RECORDS[4]["hash"]}
    assert found(row, RECORDS[:5], FULL) == [
        (6, "seq"),
        (None, "count"),
        (None, "head"),
    ]
    assert found(row, RECORDS[:5]) == []


def test_a_deleted_stream_row_is_found():
    assert found({"name": "case:12"}, RECORDS, FULL) == [
        (None, "header"),
        (None, "count"),
        (None, "head"),
    ]


def test_an_inserted_copy_is_named():
    for seq in (1, 3, 6):
        assert found(STREAM, [*RECORDS, dict(RECORDS[seq - 1])], FULL) == [(seq, "seq")]


def test_an_inserted_forgery_between_is_named():
    forged = [*RECORDS[:3], forged_body(RECORDS[2], seq=4), *RECORDS[3:]]
    assert (4, "seq") in found(STREAM, forged, FULL)
    pushed = [
        *forged[:4],
        *({**record, "seq": record["seq"] + 1} for record in RECORDS[3:]),
    ]
    assert found(STREAM, pushed, FULL)[0] == (4, "body")


def test_an_event_appended_without_its_stream_row_is_found():
    _, longer = make_stream(7)
    assert found(STREAM, longer, FULL) == [(None, "count"), (None, "head")]


def test_an_event_appended_after_the_anchor_is_never_matching():
    stream, longer = make_stream(7)
    verdicts = check_chain(stream, longer, FULL)
    assert verdicts[-1] == Verdict(Word.UNANCHORED, 7)


@pytest.mark.parametrize(("a", "b"), [(1, 2), (2, 5), (5, 6)])
def test_two_events_with_their_numbers_swapped_are_both_named(a, b):
    forged = changed(changed(RECORDS, a, seq=b), b, seq=a)
    for anchor in (FULL, None):
        assert found(STREAM, forged, anchor) == [(a, "seq"), (b, "seq")]


@pytest.mark.parametrize(("a", "b"), [(1, 2), (2, 5), (5, 6)])
def test_two_events_with_their_bodies_swapped_are_both_named(a, b):
    first, second = RECORDS[a - 1]["body"], RECORDS[b - 1]["body"]
    forged = changed(changed(RECORDS, a, body=second), b, body=first)
    for anchor in (FULL, None):
        assert found(STREAM, forged, anchor) == [(a, "body"), (b, "body")]


def test_two_events_with_all_but_their_numbers_swapped_are_both_named():
    swapped = copy.deepcopy(RECORDS)
    swapped[1], swapped[3] = swapped[3] | {"seq": 2}, swapped[1] | {"seq": 4}
    assert found(STREAM, swapped, FULL) == [(2, "seq"), (4, "seq")]


def test_an_event_moved_here_from_another_stream_is_named():
    _, others = make_stream(name="case:13")
    moved = {**others[2], "stream": "case:12"}
    for anchor in (FULL, None):
        assert found(STREAM, [*RECORDS, moved], anchor) == [(3, "stream")]


# --- re-hashed


@pytest.mark.parametrize("first", [1, 2, 4, 6])
def test_a_tail_hashed_again_is_named_at_its_first_event(first):
    forged = copy.deepcopy(RECORDS)
    forged[first - 1] = forged_body(forged[first - 1], role="Camat (contoh)")
    row, forged = rehashed(STREAM, forged, first)
    assert found(row, forged) == []
    wrong = found(row, forged, FULL)
    assert wrong[0] == (first, "body")
    assert wrong[1:-1] == [(seq, "prev") for seq in range(first + 1, 7)]
    assert wrong[-1] == (None, "head")


def test_a_tail_hashed_again_beyond_the_anchor_is_not_called_matching():
    forged = copy.deepcopy(RECORDS)
    forged[4] = forged_body(forged[4])
    row, forged = rehashed(STREAM, forged, 5)
    verdicts = check_chain(row, forged, ANCHOR)
    assert [v.word for v in verdicts] == [Word.MATCHES] * 4 + [Word.UNANCHORED] * 2


def test_one_event_hashed_again_breaks_the_chain_after_it():
    forged = copy.deepcopy(RECORDS)
    forged[4] = forged_body(forged[4])
    _, again = rehashed(STREAM, forged[:5], 5)
    assert found(STREAM, [*again, RECORDS[5]], ANCHOR) == [(6, "prev")]


@laws
@given(st.integers(1, 6), st.integers(1, 6), st.booleans())
def test_a_forged_event_below_the_anchor_is_always_found(seq, count, again):
    forged = copy.deepcopy(RECORDS)
    forged[seq - 1] = forged_body(forged[seq - 1])
    row = STREAM
    if again:
        row, forged = rehashed(STREAM, forged, seq)
    verdicts = check_chain(row, forged, anchor_of(STREAM, RECORDS, count))
    wrong = [v.seq for v in verdicts if v.word is Word.CHANGED]
    if seq <= count:
        assert wrong[0] == seq
    assert all(v.seq <= count for v in verdicts if v.word is Word.MATCHES)


# --- the stream's row


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("count", 5),
        ("count", 7),
        ("count", None),
        ("count", "6"),
        ("count", 2_000_000_000),
        ("head", "0" * 64),
        ("head", RECORDS[4]["hash"]),
        ("head", None),
        ("header", b""),
        ("header", None),
        ("header", "text"),
        ("header", canonical({"stream": "case:12", "made_at": "2020"})),
        ("header", canonical({"stream": "case:13"})),
        ("header", canonical(["case:12"])),
    ],
)
def test_any_change_of_the_streams_row_is_named(field, value):
    for anchor in (FULL, ANCHOR, None):
        assert found({**STREAM, field: value}, RECORDS, anchor) == [(None, field)]


def test_a_stream_row_that_counts_more_than_there_is_names_the_missing_event():
    row = {**STREAM, "count": 8, "head": "0" * 64}
    assert found(row, RECORDS) == [(7, "seq")]


def test_a_changed_header_of_an_empty_stream_is_named():
    stream, _ = make_stream(0)
    forged = {**stream, "header": canonical({"stream": "case:12", "made_at": "2020"})}
    assert found(forged, []) == [(None, "head")]


# --- several at once, and garbage


def test_after_a_missing_event_a_damaged_one_is_still_named():
    beyond = [r for r in changed(RECORDS, 6, hash="0" * 64) if r["seq"] != 5]
    assert found(STREAM, beyond, ANCHOR) == [(5, "seq"), (6, "hash")]
    beyond = [r for r in changed(RECORDS, 6, prev="") if r["seq"] != 5]
    assert found(STREAM, beyond, ANCHOR) == [(5, "seq"), (6, "prev")]
    beyond = [r for r in changed(RECORDS, 6, body=b"{}") if r["seq"] != 5]
    assert found(STREAM, beyond, ANCHOR) == [(5, "seq"), (6, "body")]
    held = [r for r in changed(RECORDS, 4, body=b"{}") if r["seq"] != 3]
    assert found(STREAM, held, FULL) == [(3, "seq"), (4, "body")]


def test_an_event_without_a_readable_number_is_named_and_missed():
    forged = changed(RECORDS, 3, seq="x", body=b"{}")
    assert found(STREAM, forged, FULL) == [(0, "seq"), (3, "seq")]
    verdicts = check_chain(STREAM, forged, FULL)
    assert [v.detail for v in verdicts if v.detail] == [
        "peristiwa ke-0 bernomor ganda atau tidak sah",
        "peristiwa ke-3 hilang",
    ]


def test_the_detail_names_event_and_field():
    verdict = check_chain(STREAM, changed(RECORDS, 3, role="x"), FULL)[2]
    assert verdict == Verdict(
        Word.CHANGED, 3, "role", "peristiwa ke-3 berubah pada role"
    )


JUNK = st.none() | st.integers() | st.text(max_size=5) | st.binary(max_size=5)
FIELDS = st.sampled_from([*COLUMNS, "body", "prev", "hash"])


@laws
@given(
    st.lists(st.dictionaries(FIELDS, JUNK, max_size=12), max_size=3),
    st.dictionaries(st.sampled_from(["header", "count", "head"]), JUNK),
)
def test_garbage_gets_a_verdict_and_never_a_crash(records, row):
    stream = {"name": "case:12", **row}
    assert summary(check_chain(stream, records, ANCHOR)) is Word.CHANGED


def test_a_first_event_with_a_wrong_prev_is_not_blamed_on_the_header():
    start = stream_start(STREAM["header"]).hex()
    assert RECORDS[0]["prev"] == start
    assert found(STREAM, changed(RECORDS, 1, prev="1" * 64), FULL) == [(1, "prev")]
