"""Tamper evidence: canonical bytes, hashed events, chains, Merkle trees, anchors.

Standard library only, so that a stand-alone program can check a paper. See README.md.
"""

from .canon import NotCanonical, canonical, read_canonical
from .chain import COLUMNS, Verdict, Word, check_chain, summary
from .hashes import event_hash, is_hex_hash, salted, stream_start, values_hash
from .merkle import inclusion_proof, is_included, leaf_hash, merkle_root, node_hash
from .seal import (
    Anchor,
    AnchorFile,
    BadAnchor,
    SealKind,
    build_anchor,
    parse_anchor,
)
from .trail import LARGEST as LARGEST_TRAIL
from .trail import BadTrail, build_trail, parse_trail

__all__ = [
    "COLUMNS",
    "LARGEST_TRAIL",
    "Anchor",
    "AnchorFile",
    "BadAnchor",
    "BadTrail",
    "NotCanonical",
    "SealKind",
    "Verdict",
    "Word",
    "build_anchor",
    "build_trail",
    "canonical",
    "check_chain",
    "event_hash",
    "inclusion_proof",
    "is_hex_hash",
    "is_included",
    "leaf_hash",
    "merkle_root",
    "node_hash",
    "parse_anchor",
    "parse_trail",
    "read_canonical",
    "salted",
    "stream_start",
    "summary",
    "values_hash",
]
