"""Whatever happens to the plan and to later years, a closed year says the same."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from himpun.collection import actions as collection
from himpun.collection.tests.builders import (
    accept,
    collecting,
    entry_of,
    fill,
    give_back,
)
from himpun.ledger import actions as ledger
from himpun.ledger.tests.kept import undone
from himpun.measurement.models import Achievement
from himpun.planning.tests.builders import promise, recall, revise
from himpun.reporting.kinds import frozen
from himpun.reporting.models import Snapshot
from himpun.reporting.rules import ReportKind
from himpun.reporting.tests.builders import after, signed
from himpun.shared.refusals import Refusal

pytestmark = pytest.mark.django_db
CODES = ("IKU-1", "IKU-2")
YEARS = ("2023", "2024", "2025")
HISTORY = st.lists(
    st.one_of(
        st.tuples(
            st.sampled_from(["type", "send", "accept", "return"]),
            st.sampled_from(CODES),
            st.sampled_from(YEARS[1:]),
            st.decimals(min_value=0, max_value=200, places=2),
        ),
        st.tuples(
            st.sampled_from(["promise", "recall"]),
            st.sampled_from(CODES),
            st.sampled_from(YEARS),
            st.decimals(min_value=0, max_value=200, places=2),
        ),
        st.tuples(
            st.just("revise"),
            st.sampled_from(CODES),
            st.just("2025"),
            st.integers(2, 28),
        ),
    ),
    max_size=20,
)


def act(office, rounds, step, minute):
    what, code, year, number = step
    at, round_ = after(60 + minute), rounds.get(year)
    if what in {"promise", "recall"}:
        version = entry_of(rounds["2024"], code).version
        do = promise if what == "promise" else recall
        do(office, version, year, number if what == "promise" else str(number))
    elif what == "revise":
        version = entry_of(rounds["2024"], code).version
        revise(
            office, version, at=at, since=date(2025, 1, number), name=f"Baru {number}"
        )
    elif what == "type":
        fill(office, round_, code, str(number), evidence=False, at=at)
    elif what == "send":
        entries = [entry_of(round_, code).pk]
        collection.submit_values(round_, entries=entries, by=office.pelaksana, at=at)
    else:
        (accept if what == "accept" else give_back)(office, round_, code, at=at)


def stored():
    rows = Achievement.objects.order_by("indicator", "period_code").values()
    return [{k: v for k, v in row.items() if k != "id"} for row in rows]


def year_of(rows, year="2024"):
    return [row for row in rows if row["period_code"] == year]


def paper(case):
    return Snapshot.objects.get(
        report__case=case, report__kind=ReportKind.PERFORMANCE, stale=False
    )


def closed_year():
    """Return (office, rounds by year): 2024 is signed, 2025 is being collected."""
    office, case = signed()
    _office, later = collecting(office, "2025")
    for code in CODES:
        entry = fill(office, later, code)  # with evidence and a note, it can be sent
        collection.save_note(
            entry,
            text="Survei triwulan",
            row_version=entry.row_version,
            by=office.pelaksana,
            at=after(59),
        )
    return office, {"2024": case.round, "2025": later}


@pytest.fixture
def world():
    return closed_year()


def goes_by(world, history):
    """Let a history go by, each refused step left out; check what must hold after it."""
    office, rounds = world
    before, kept = year_of(stored()), bytes(paper(rounds["2024"].case).data)
    with undone():
        for minute, step in enumerate(history):
            try:
                act(office, rounds, step, minute)
            except Refusal:
                continue
        shown = stored()
        ledger.rebuild()
        assert stored() == shown
        assert year_of(shown) == before
        snapshot = paper(rounds["2024"].case)
        assert bytes(snapshot.data) == kept


def laws(count):
    return settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


@laws(5)
@given(history=HISTORY)
def test_a_closed_year_and_its_report_stay_as_they_were(world, history):
    goes_by(world, history)


@pytest.mark.soak
@laws(1000)
@given(history=HISTORY)
def test_a_closed_year_stays_as_it_was_through_a_thousand_histories(world, history):
    goes_by(world, history)


def test_the_report_of_a_closed_year_is_drawn_again_byte_by_byte(world):
    office, rounds = world
    snapshot = paper(rounds["2024"].case)
    before = frozen.show(frozen.thaw(bytes(snapshot.data)))
    days = iter(range(2, 28))
    for minute, what in enumerate(
        ["promise", "recall", "revise", "type", "send", "accept"]
    ):
        year, day = "2025" if what in {"type", "send", "accept"} else "2024", next(days)
        number = day if what == "revise" else Decimal(day)
        act(office, rounds, (what, "IKU-1", year, number), minute)
    again = paper(rounds["2024"].case)
    assert frozen.show(frozen.thaw(bytes(again.data))) == before
