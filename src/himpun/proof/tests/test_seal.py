"""The anchor file: exact round trip, and every damage refused with a sentence."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.proof import (
    Anchor,
    AnchorFile,
    BadAnchor,
    NotCanonical,
    SealKind,
    build_anchor,
    canonical,
    parse_anchor,
    values_hash,
)

from .builders import anchor_of, make_stream

STREAM, RECORDS = make_stream()
ANCHOR = anchor_of(STREAM, RECORDS)
ROWS = ({"indikator": "IKM", "realisasi": "97.66"}, {"indikator": "LHE", "x": None})
FILE = AnchorFile(
    SealKind.CASE, ANCHOR, "segel-12", "lembar-segel/1", ROWS, {"lk.pdf": "0a" * 32}
)
DATA = build_anchor(FILE)
laws = settings(max_examples=200, deadline=None, derandomize=True)


def damaged(**changes):
    return canonical({**json.loads(DATA), **changes})


def test_what_is_built_is_read_again():
    assert parse_anchor(DATA) == FILE
    bare = AnchorFile(SealKind.PAPER, ANCHOR, "lk-1", "laporan-kinerja/1")
    assert parse_anchor(build_anchor(bare)) == bare


def test_decimals_are_read_as_texts():
    rows = ({"realisasi": Decimal("97.660")},)
    file = AnchorFile(SealKind.PAPER, ANCHOR, "lk-1", "laporan-kinerja/1", rows)
    assert parse_anchor(build_anchor(file)).values == ({"realisasi": "97.66"},)


def test_a_float_never_gets_into_an_anchor():
    with pytest.raises(NotCanonical):
        build_anchor(AnchorFile(SealKind.PAPER, ANCHOR, "a", "b", ({"x": 1.5},)))


HASHES = list(ANCHOR.hashes)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "rusak"),
        (b"\xff", "rusak"),
        (json.dumps(json.loads(DATA)).encode(), "rusak"),
        (b" " * (16 * 1024 * 1024 + 1), "terlalu besar"),
        (b"[]", "bukan jangkar"),
        (damaged(format="himpun-anchor/2"), "bukan jangkar"),
        (damaged(lebih=1), "tidak memuat"),
        (damaged(count="6"), "tidak memuat"),
        (damaged(count=True), "tidak memuat"),
        (damaged(values={}), "tidak memuat"),
        (damaged(files=[]), "tidak memuat"),
        (damaged(document=None), "tidak memuat"),
        (damaged(kind="surat"), "jenis kertas"),
        (damaged(values=["x"], values_hash=values_hash(["x"])), "himpun.json rusak"),
        (damaged(files={"lk.pdf": "00"}), "Sidik berkas"),
        (damaged(files={"lk.pdf": 5}), "Sidik berkas"),
        (damaged(count=5), "jumlah peristiwa"),
        (damaged(hashes=[], count=0), "jumlah peristiwa"),
        (damaged(hashes=HASHES[:5]), "jumlah peristiwa"),
        (damaged(hashes=[*HASHES[:5], "x"]), "bukan SHA-256"),
        (damaged(hashes=[*HASHES[:5], 5]), "bukan SHA-256"),
        (damaged(head=HASHES[0]), "kepala rantai"),
    ],
)
def test_a_damaged_anchor_is_refused_with_a_sentence(data, words):
    with pytest.raises(BadAnchor, match=words):
        parse_anchor(data)


@pytest.mark.parametrize(
    "change",
    [{"values": [{"indikator": "IKM", "realisasi": "99"}]}, {"values_hash": "0" * 64}],
    ids=["values", "hash"],
)
def test_a_table_of_values_is_the_one_of_its_hash(change):
    with pytest.raises(BadAnchor, match="tidak cocok dengan sidiknya"):
        parse_anchor(damaged(**change))


def test_a_missing_field_is_refused():
    row = json.loads(DATA)
    for name in row:
        rest = {key: value for key, value in row.items() if key != name}
        with pytest.raises(BadAnchor):
            parse_anchor(canonical(rest))


@laws
@given(st.integers(0, len(DATA) - 1), st.integers(0, 7))
def test_a_flipped_bit_never_gives_the_same_anchor(place, bit):
    bent = bytearray(DATA)
    bent[place] ^= 1 << bit
    try:
        assert parse_anchor(bytes(bent)) != FILE
    except BadAnchor:
        return


def test_an_anchor_made_by_hand_must_hold_together():
    for count, head, hashes in (
        (0, "", ()),
        (2, HASHES[0], (HASHES[0],)),
        (1, HASHES[1], (HASHES[0],)),
        (1, "X" * 64, ("X" * 64,)),
    ):
        with pytest.raises(BadAnchor):
            Anchor("case:12", count, head, hashes)


def test_the_values_hash_stands_in_the_file():
    assert json.loads(DATA)["values_hash"] == values_hash(ROWS)
