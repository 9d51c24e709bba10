"""A small, honest stream and the ways to forge it."""

import copy
from datetime import UTC, datetime, timedelta

from himpun.proof import Anchor, canonical, event_hash, stream_start

NAME = "case:12"
BEGIN = datetime(2026, 10, 7, 3, 10, 0, 5, tzinfo=UTC)


def make_stream(length=6, name=NAME):
    """Return (stream row, event rows) as the ledger hands them over."""
    header = canonical({"stream": name, "made_at": BEGIN})
    head, records = stream_start(header).hex(), []
    for seq in range(1, length + 1):
        columns = {
            "stream": name,
            "seq": seq,
            "type": "value.saved" if seq % 2 else "step.closed",
            "actor": 7,
            "official": 3 if seq % 2 else None,
            "role": "Kasubbag Program (contoh)",
            "unit": 5,
            "tenant": 1,
            "at": BEGIN + timedelta(minutes=seq),
        }
        body = canonical({**columns, "data": {"value": f"{90 + seq}.5"}})
        digest = event_hash(bytes.fromhex(head), body).hex()
        records.append({**columns, "body": body, "prev": head, "hash": digest})
        head = digest
    return {"name": name, "header": header, "count": length, "head": head}, records


def anchor_of(stream, records, count=None):
    """Return the anchor of the first ``count`` events."""
    hashes = tuple(record["hash"] for record in records[:count])
    return Anchor(stream["name"], len(hashes), hashes[-1], hashes)


def changed(records, number, /, **columns):
    """Return the records with some columns of one event changed."""
    forged = copy.deepcopy(records)
    forged[number - 1].update(columns)
    return forged


def rehashed(stream, records, first):
    """Return row and records with prev and hash recomputed from event ``first`` on."""
    forged = copy.deepcopy(records)
    head = forged[first - 1]["prev"]
    for record in forged[first - 1 :]:
        record["prev"] = head
        head = event_hash(bytes.fromhex(head), record["body"]).hex()
        record["hash"] = head
    return {**stream, "head": forged[-1]["hash"]}, forged


def forged_body(record, **changes):
    """Return the record with a body (and columns) that say something else."""
    columns = {
        name: value
        for name, value in {**record, **changes}.items()
        if name not in {"body", "prev", "hash"}
    }
    body = canonical({**columns, "data": {"value": "99.9"}})
    return {**record, **changes, "body": body}
