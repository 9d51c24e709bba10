"""The trail says which figure of which indicator an event is about."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.collection import actions
from himpun.procedures.queries import trail
from himpun.procedures.registry import PlainKind, kinds

from .builders import LATER, answer_all, collecting, fill

pytestmark = pytest.mark.django_db


def about(case, what):
    return [line.about for line in trail.lines(case) if line.what == what]


def test_a_value_is_told_with_its_indicator_and_what_it_was_before():
    office, round_ = collecting()
    first = round_.entries.select_related("version__indicator").order_by("pk")[0]
    name = f"{first.version.indicator.code} {first.version.name}"
    for text in ("97,5", "98"):
        entry = round_.entries.get(pk=first.pk)
        actions.save_value(
            entry,
            text=text,
            row_version=entry.row_version,
            by=office.pelaksana,
            at=LATER,
        )
    assert about(round_.case, "Nilai disimpan") == [
        f"{name}: 97,50 {first.version.unit_of_measure}",
        f"{name}: 97,50 {first.version.unit_of_measure} menjadi "
        f"98,00 {first.version.unit_of_measure}",
    ]


def test_a_request_is_told_with_its_unit():
    office, round_ = collecting()
    answer_all(office, round_)
    names = {request.unit.name for request in round_.requests.all()}
    assert set(about(round_.case, "Permintaan data diterima")) == names != set()


def test_the_trail_takes_the_same_queries_for_any_number_of_values():
    office, round_ = collecting()
    answer_all(office, round_)
    counts = []
    trail.lines(round_.case)  # the plan is read once and kept
    for code in ("IKU-1", "IKU-2"):
        fill(office, round_, code)
        with CaptureQueriesContext(connection) as asked:
            trail.lines(round_.case)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_kind_that_knows_nothing_says_nothing_of_each_event():
    assert PlainKind().told(None, [("case.opened", {})]) == [""]
    assert kinds(["tidak-ada"]) == []
