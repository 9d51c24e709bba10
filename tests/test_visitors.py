"""Who reaches what: every visitor of ``access.toml`` asks every address.

Whether somebody is let in does not depend on the database: `make test` asks once, on
SQLite. That each address works on both is test_access.py.
"""

import pytest

from himpun.ledger.tests.kept import undone
from himpun.shared import clock
from tests.access_requests import REQUESTS
from tests.access_table import ROWS, TABLE, foreign_words, left_in, outcome, visitors
from tests.access_world import NOW
from tests.visiting import Loader, header_faults, page_faults, read, send, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day_after():
    """Ask the pages on the day after everything happened."""
    clock.start_at(NOW)


@pytest.fixture(scope="module")
def loader():
    return Loader()


@pytest.mark.parametrize(("name", "method"), ROWS)
def test_an_address_is_open_to_whom_the_table_says(world, loader, name, method):
    row, wrong = TABLE[name], []
    for who, wanted, person in visitors(world, row[method]):
        with undone():
            client = visitor(person)
            response = send(client, name, method, REQUESTS[name, method](world.own))
            found, said = outcome(response), read(response)
            leaked = [w for w in foreign_words(world, person, row) if w in said]
            added = left_in(world)
            if found != wanted:
                wrong.append(f"{who}: {found}, not {wanted}")
            if leaked:
                wrong.append(f"{who}: reads {leaked}")
            faults = [*header_faults(response), *page_faults(response)]
            if faults := faults + loader.faults(response):
                wrong.append(f"{who}: {faults}")
            if wanted != "ok" and added:
                wrong.append(f"{who}: left {[e.type for e in added]}")
            done = method == "POST" and found == wanted == "ok"
            if done and row.get("event") not in {None, *(e.type for e in added)}:
                wrong.append(f"{who}: no {row['event']}")
    assert not wrong, "; ".join(wrong)
