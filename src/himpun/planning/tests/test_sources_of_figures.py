"""Where a figure of the plan comes from can be proved, not only read in a table."""

import json
from decimal import Decimal

import pytest

from himpun.formula import OutOf
from himpun.ledger import queries as ledger
from himpun.organization.rules import PositionKind
from himpun.organization.tests.builders import WHEN, make_office, seat
from himpun.planning import actions
from himpun.planning.rules import BudgetLine, Level, ProgrammeLine
from himpun.planning.tests.builders import define, recall
from himpun.worktime.periods import read_period

pytestmark = pytest.mark.django_db


def said(office, kind):
    """Return (data, words) of the office's last event of this kind."""
    rows = ledger.events_of(actions.stream_of(office.unit.pk))
    data = ledger.data_of([row for row in rows if row.type == kind][-1])
    return data, json.loads(ledger.texts([data["words"]])[data["words"]])


def test_a_target_is_recorded_with_its_document_and_as_it_was_printed():
    office = make_office()
    version = define(office, unit_of_measure="%")
    out_of = OutOf(Decimal(100), Decimal(110), "organisasi")
    actions.set_target(
        version.indicator,
        read_period("2025"),
        out_of.percent,
        out_of=out_of,
        origin="Renstra 2025-2029, tabel 4.4",
        by=office.kasubbag,
        at=WHEN,
    )
    data, words = said(office, "target.set")
    assert data["out_of"] == ["100", "110"]
    assert words == {"origin": "Renstra 2025-2029, tabel 4.4", "counted": "organisasi"}
    assert "Renstra" not in json.dumps(data)


def test_a_figure_from_before_is_recorded_with_its_document():
    office = make_office()
    recall(office, define(office), "2024", "90")
    assert said(office, "actual.recorded")[1]["origin"]


def test_money_is_recorded_with_its_document():
    office = make_office()
    treasurer = seat(
        office, "bendahara", PositionKind.TREASURER, "Bendahara", office.unit
    )
    programme = actions.keep_programme(
        office.unit,
        ProgrammeLine("Program contoh", level=Level.PROGRAMME),
        by=office.kasubbag,
        at=WHEN,
    ).row
    line = BudgetLine(2025, Decimal(1000), origin="DPA 2025")
    actions.set_budget(programme, line, by=office.kasubbag, at=WHEN)
    assert said(office, "budget.set")[1] == {"origin": "DPA 2025"}
    actions.record_spending(
        programme,
        read_period("2025-TW1"),
        Decimal(400),
        origin="SPJ",
        by=treasurer,
        at=WHEN,
    )
    assert said(office, "spending.recorded")[1] == {"origin": "SPJ"}


def test_a_dimension_is_recorded_with_its_categories():
    office = make_office()
    actions.define_dimension(
        office.unit, "Jenis kelamin", ["L", "P"], by=office.kasubbag, at=WHEN
    )
    words = said(office, "dimension.defined")[1]
    assert words == {"name": "Jenis kelamin", "categories": ["L", "P"]}
