"""What becomes of every small damage of the seed, each frozen as one row of a table.

A row says one of five things. A checker of one file can tell only the first two:

- `refused` with codes: the file is no SOP, nothing can be done with it.
- `warned` with codes (W02 apart, which the seed has itself): it may be used, the office
  is told.
- `document`: a sound SOP that says something else than the one that was signed - other
  people, time, words, order. No checker can know that this was not wanted. Its fingerprint
  is another one, so it is not the adopted document: it comes into force only when the
  office adopts it as a new version, and running cases keep theirs.
- `settings`: the signed document is the same, but the plan that cases run by is not. That
  too comes into force only as a new version, with its plan.
- `harmless` with the reason: document and plan are the same, to the byte. So no row can
  say harmless where the meaning of the procedure changed.
"""

import csv
import json
from pathlib import Path

from himpun.sop.check import check
from himpun.sop.document import signed_bytes
from himpun.sop.plan import plan, to_json

from .builders import seed_sop
from .mutations import mutations

TABLE = Path(__file__).parent / "data" / "mutations.tsv"


def outcome(values, seed):
    checked = check(json.dumps(values, default=float, ensure_ascii=False))
    codes = " ".join(sorted({f.code for f in checked.findings} - {"W02"}))
    if checked.errors:
        errors = " ".join(sorted({f.code for f in checked.errors}))
        return "refused", errors
    if codes:
        return "warned", codes
    if signed_bytes(checked.sop) != signed_bytes(seed):
        return "document", ""
    same = to_json(plan(checked.sop)) == to_json(plan(seed))
    return ("harmless" if same else "settings"), ""


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [*csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def test_every_mutation_of_the_seed_ends_as_the_table_says():
    seed = seed_sop()
    found = {name: outcome(values, seed) for name, values in mutations().items()}
    assert found == {name: (what, codes) for name, what, codes, _ in rows()}


def test_the_table_is_whole():
    table = rows()
    assert len(table) >= 130
    assert {what for _, what, _, _ in table} == {
        *("refused", "warned", "document", "settings", "harmless")
    }
    for _, what, codes, why in table:
        assert bool(codes) == (what in {"refused", "warned"})
        assert bool(why) == (what == "harmless")
