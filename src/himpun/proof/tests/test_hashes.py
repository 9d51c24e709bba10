"""Hashes and the tree, against frozen vectors and the RFC's own numbers."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from himpun.proof import (
    canonical,
    event_hash,
    inclusion_proof,
    is_hex_hash,
    is_included,
    leaf_hash,
    merkle_root,
    node_hash,
    parse_anchor,
    salted,
    stream_start,
    values_hash,
)

VECTORS = json.loads(
    (Path(__file__).parent / "data" / "vectors.json").read_text("utf-8")
)
# The entries and roots of the Certificate Transparency reference tests (RFC 6962/9162).
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
laws = settings(max_examples=200, deadline=None, derandomize=True)


# --- frozen vectors: what another program must reproduce


def test_the_chain_of_the_vectors_is_reproduced():
    chain = VECTORS["chain"]
    head = stream_start(chain["header"].encode())
    assert head.hex() == chain["start"]
    for event in chain["events"]:
        head = event_hash(head, event["body"].encode())
        assert head.hex() == event["hash"]


def test_the_text_the_table_and_the_tree_of_the_vectors_are_reproduced():
    text, table, tree = VECTORS["text"], VECTORS["values"], VECTORS["tree"]
    assert salted(text["text"], text["salt"]) == text["hash"]
    assert values_hash(table["rows"]) == table["hash"]
    assert canonical(table["rows"]).decode() == table["canonical"]
    assert (
        merkle_root([bytes.fromhex(e) for e in tree["entries"]]).hex() == tree["root"]
    )


def test_the_anchor_of_the_vectors_is_read():
    file = parse_anchor(VECTORS["anchor"].encode())
    events = VECTORS["chain"]["events"]
    assert file.anchor.hashes == tuple(event["hash"] for event in events)
    assert values_hash(file.values) == VECTORS["values"]["hash"]


# --- hashes


def test_an_event_hash_is_sha256_over_prefix_prev_and_body():
    prev = bytes(32)
    expected = hashlib.sha256(b"\x00ev1" + prev + b"{}").digest()
    assert event_hash(prev, b"{}") == expected


def test_text_and_table_are_sha256_over_their_own_prefixes():
    salt = "0f" * 16
    raw = b"\x00tx1" + bytes.fromhex(salt) + "é".encode()
    assert salted("é", salt) == hashlib.sha256(raw).hexdigest()
    table = b"\x00vt1" + b'[{"a":"1"}]'
    assert values_hash([{"a": "1"}]) == hashlib.sha256(table).hexdigest()


@pytest.mark.parametrize("prev", [b"", bytes(31), bytes(33)])
def test_a_prev_that_is_no_hash_is_refused(prev):
    with pytest.raises(ValueError, match="32 bytes"):
        event_hash(prev, b"{}")


def test_a_salted_text_depends_on_salt_and_every_letter():
    salt = "00" * 16
    hashes = {
        salted("alasan", salt),
        salted("alasan ", salt),
        salted("Alasan", salt),
        salted("alasan", "01" * 16),
        salted("é", salt),
        salted("e\N{COMBINING ACUTE ACCENT}", salt),
    }
    assert len(hashes) == 6
    assert all(map(is_hex_hash, hashes))


@pytest.mark.parametrize("salt", ["", "00", "00" * 15, "00" * 17, "zz" * 16])
def test_a_short_long_or_foreign_salt_is_refused(salt):
    with pytest.raises(ValueError, match=r"salt|hex"):
        salted("alasan", salt)


def test_the_order_of_rows_is_part_of_the_tables_hash():
    rows = [{"indikator": "1", "capaian": "90.5"}, {"indikator": "2", "capaian": None}]
    assert values_hash(rows) != values_hash(rows[::-1])
    assert values_hash(rows) != values_hash([rows[0], {**rows[1], "capaian": "0"}])


def test_a_hash_is_written_as_64_small_hex_digits():
    assert is_hex_hash("0f" * 32)
    for wrong in ("0F" * 32, "0f" * 31, "0g" * 32, "0f" * 33, b"0f" * 32, None, 5):
        assert not is_hex_hash(wrong)


# --- the tree


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_the_rfcs_reference_tests(size):
    assert merkle_root(ENTRIES[:size]).hex() == ROOTS[size]


def test_leaf_and_node_cannot_be_mistaken_for_each_other():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)
    assert merkle_root([b"a", b"b"]) == node_hash(left, right)


@laws
@given(st.lists(st.binary(max_size=4), min_size=1, max_size=20), st.data())
def test_every_entry_is_proven_and_no_other(entries, data):
    index = data.draw(st.integers(0, len(entries) - 1))
    proof, root = inclusion_proof(entries, index), merkle_root(entries)
    entry, size = entries[index], len(entries)
    assert is_included(entry, index, size, proof, root)
    assert not is_included(entry + b"x", index, size, proof, root)
    assert not is_included(entry, index, size, proof, leaf_hash(root))
    assert not is_included(entry, index, size, (*proof, root), root)
    assert not is_included(entry, size, size, proof, root)
    assert not is_included(entry, -1, size, proof, root)
    if proof:
        assert not is_included(entry, index, size, proof[:-1], root)
        place = data.draw(st.integers(0, len(proof) - 1))
        bent = (*proof[:place], bytes(32), *proof[place + 1 :])
        assert not is_included(entry, index, size, bent, root)


def test_a_proof_holds_only_at_its_own_place():
    entries = [bytes([n]) for n in range(7)]
    root = merkle_root(entries)
    for index in range(7):
        proof = inclusion_proof(entries, index)
        held = [n for n in range(7) if is_included(entries[index], n, 7, proof, root)]
        assert held == [index]


def test_there_is_no_proof_for_an_entry_outside():
    for index in (-1, 8):
        with pytest.raises(IndexError):
            inclusion_proof(ENTRIES, index)
