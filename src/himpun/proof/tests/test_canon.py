"""Canonical bytes: one spelling for one value, and nothing inexact."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.proof import NotCanonical, canonical, read_canonical

laws = settings(max_examples=300, deadline=None, derandomize=True)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(max_size=8)
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.datetimes(timezones=st.just(UTC))
    | st.dates()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcä", max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


class Colour(StrEnum):
    RED = "merah"


WIB = timezone(timedelta(hours=7))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (0, "0"),
        (-(2**53) + 1, "-9007199254740991"),
        ("é", '"é"'),
        ("e\N{COMBINING ACUTE ACCENT}", '"é"'),
        ('"\\\n\x01/', '"\\"\\\\\\n\\u0001/"'),
        (Colour.RED, '"merah"'),
        (Decimal("10.50"), '"10.5"'),
        (Decimal("-0.00"), '"0"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("1E-7"), '"0.0000001"'),
        (Decimal(-1200), '"-1200"'),
        (date(2026, 10, 7), '"2026-10-07"'),
        (
            datetime(2026, 10, 7, 10, 10, tzinfo=WIB),
            '"2026-10-07T03:10:00.000000Z"',
        ),
        (
            datetime(2026, 10, 7, 3, 10, 0, 5, tzinfo=UTC),
            '"2026-10-07T03:10:00.000005Z"',
        ),
        ([], "[]"),
        ((1, [2]), "[1,[2]]"),
        ({"b": 1, "a": {"ä": 2, "z": None}}, '{"a":{"z":null,"ä":2},"b":1}'),
        ({"Z": 1, "a": 2, "10": 3, "9": 4}, '{"10":3,"9":4,"Z":1,"a":2}'),
    ],
)
def test_each_kind_has_one_spelling(value, text):
    assert canonical(value) == text.encode()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.5, "float"),
        ({"a": [1.0]}, "float"),
        (float("nan"), "float"),
        (Decimal("NaN"), "exact"),
        (Decimal("Infinity"), "exact"),
        (2**53, "2\\^53"),
        (datetime(2026, 10, 7), "zone"),  # noqa: DTZ001 - a naive moment is the point
        (b"x", "bytes"),
        ({1, 2}, "set"),
        ({1: "a"}, "key is a text"),
        ({"é": 1, "e\N{COMBINING ACUTE ACCENT}": 2}, "twice"),
        ("\ud800", "surrogate"),
        (object(), "object"),
    ],
)
def test_what_has_no_exact_form_is_refused(value, words):
    with pytest.raises(NotCanonical, match=words):
        canonical(value)


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


def test_nesting_has_a_limit():
    assert canonical(nested(20))
    with pytest.raises(NotCanonical, match="20 deep"):
        canonical(nested(21))
    with pytest.raises(NotCanonical):
        canonical(nested(5000))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":1e3}',
        b'{ "a":1}',
        b'{"b":1,"a":1}',
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'"\\u00e9"',
        '"e\N{COMBINING ACUTE ACCENT}"'.encode(),
        b'"\\ud800"',
        b"9007199254740992",
        b"-0",
        b"1" * 5000,
        b"[" * 100_000,
        b"\xef\xbb\xbf1",
    ],
)
def test_bytes_in_another_form_are_refused(body):
    with pytest.raises(NotCanonical):
        read_canonical(body)


def test_what_is_read_says_the_same_again():
    assert read_canonical(b'{"at":"2026-10-07","n":[1,null,true]}') == {
        "at": "2026-10-07",
        "n": [1, None, True],
    }


@laws
@given(VALUES)
def test_reading_and_writing_gives_the_same_bytes(value):
    try:
        body = canonical(value)
    except NotCanonical:  # two keys that are one in NFC, or half a surrogate pair
        return
    assert canonical(read_canonical(body)) == body
    assert json.loads(body) == read_canonical(body)


@laws
@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 9)))
def test_the_order_of_the_keys_does_not_matter(row):
    turned = dict(reversed(row.items()))
    assert canonical(row) == canonical(turned)


@laws
@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(body):
    try:
        value = read_canonical(body)
    except NotCanonical:
        return
    assert canonical(value) == body
