"""How long steps really take, and the event log for process mining."""

import csv
import io
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions
from himpun.procedures.queries import eventlog, statistics
from himpun.procedures.tests.builders import adopt_plain, minutes
from himpun.shared.tests.clock import clock_at, signed_in
from himpun.worktime.periods import read_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
XES = "{http://www.xes-standard.org/}"


@pytest.fixture
def office():
    return make_office()


def open_task(case):
    return case.tasks.filter(done_at=None).order_by("pk").first()


def hand_in(case, artefact, office, at):
    actions.hand_in(
        open_task(case),
        artefact,
        content=b"konsep\n",
        filename="konsep.csv",
        by=office.pelaksana,
        at=at,
    )


def draft(case, office, *, begun=30, done=60, initialled=90):
    """Carry step 1: begun, closed and initialled so many minutes after WHEN."""
    hand_in(case, "konsep", office, minutes(begun))
    actions.complete_task(open_task(case), by=office.pelaksana, at=minutes(done))
    actions.complete_task(open_task(case), by=office.kasubbag, at=minutes(initialled))


def start(version, office, period="2024"):
    return actions.start_case(version, read_period(period), by=office.kasubbag, at=WHEN)


def times(version, *procedures):
    rows = statistics.rows(procedures or [version.procedure_id], 2025)
    return statistics.by_step(version, rows)


def test_waiting_ends_with_the_first_saved_act_and_working_with_the_last_initial(
    office,
):
    version = adopt_plain(office)
    draft(start(version, office), office)
    first = times(version)[0]
    day = 450
    assert first.unit == "hari"
    assert first.waiting.median == Fraction(30, day)
    assert first.working.median == Fraction(60, day)
    assert first.whole.median == Fraction(90, day)
    assert (first.count, first.on_time) == (1, 1)


def test_nights_and_holidays_do_not_count(office):
    version = adopt_plain(office)
    case = start(version, office)
    draft(case, office)
    decided = WHEN + timedelta(days=4, minutes=30)  # Thursday to Monday
    actions.complete_task(
        open_task(case), by=office.camat, at=decided, outcome="Setuju"
    )
    second = times(version)[1]
    assert second.unit == "menit"
    assert second.whole.median == 2 * 450 + 30 - 90
    assert second.on_time == 0


def test_an_open_row_is_not_counted_and_a_returned_one_is(office):
    version = adopt_plain(office)
    case = start(version, office)
    assert statistics.rows([version.procedure_id], 2025) == []
    draft(case, office)
    actions.return_step(
        open_task(case),
        to="a1",
        reason="konsepnya belum lengkap",
        by=office.camat,
        at=minutes(120),
    )
    rows = statistics.rows([version.procedure_id], 2025)
    assert [(row.step, row.whole) for row in rows] == [
        ("a1", Fraction(90, 450)),
        ("a2", 30),
    ]
    assert statistics.rows([version.procedure_id], 2024) == []


def test_a_cancelled_case_says_nothing_about_times(office):
    version = adopt_plain(office)
    case = start(version, office)
    draft(case, office)
    actions.cancel_case(
        case, reason="salah memilih periode", by=office.sekcam, at=minutes(95)
    )
    assert times(version)[0].count == 0
    assert eventlog.changes([version.procedure_id]) == []


def test_ten_late_rounds_propose_a_longer_standard(office):
    version = adopt_plain(office)
    late = 3 * 24 * 60 + 24 * 60  # Monday, two working days later
    for month in range(1, 11):
        case = start(version, office, f"2024-B{month}")
        draft(case, office, begun=late, done=late + 10, initialled=late + 20)
        fair = times(version)[0].fair
        assert fair == (Fraction(5, 2) if month == 10 else None)
    with clock_at(minutes(late + 60)):
        client = signed_in(office.sekcam)
        page = client.get(f"/sop/{version.pk}?bagian=waktu").content.decode()
    assert "Usulan Waktu: 2,5 hari" in page
    assert "0 dari 10" in page


def test_the_number_of_queries_does_not_grow_with_the_cases(
    office, django_assert_num_queries
):
    version = adopt_plain(office)
    draft(start(version, office), office)
    with django_assert_num_queries(3):
        statistics.rows([version.procedure_id], 2025)
    for month in range(1, 5):
        draft(start(version, office, f"2024-B{month}"), office)
    with django_assert_num_queries(3):
        statistics.rows([version.procedure_id], 2025)


def test_units_are_compared_for_who_may_see_them_and_people_never(office):
    version = adopt_plain(office)
    draft(start(version, office), office)
    other = make_office("Kecamatan Tetangga")
    adopt_plain(other)
    page = signed_in(office.camat).get(f"/sop/{version.pk}?bagian=waktu")
    text = page.content.decode()
    assert "Waktu nyata tiap langkah" in text
    assert "Menurut unit" not in text
    assert office.pelaksana.name not in text


def test_before_anything_is_done_the_page_says_so(office):
    version = adopt_plain(office)
    page = signed_in(office.camat).get(f"/sop/{version.pk}?bagian=waktu&tahun=x")
    assert "Belum ada langkah yang selesai" in page.content.decode()


def test_the_event_log_tells_each_part_from_opened_to_done(office):
    version = adopt_plain(office)
    draft(start(version, office), office)
    answer = signed_in(office.camat).get(f"/sop/{version.pk}/jejak-proses.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["langkah"], row["bagian"], row["peristiwa"]) for row in rows] == [
        ("a1", "kerja", "schedule"),
        ("a1", "kerja", "start"),
        ("a1", "kerja", "complete"),
        ("a1", "paraf", "schedule"),
        ("a1", "paraf", "start"),
        ("a1", "paraf", "complete"),
        ("a2", "kerja", "schedule"),
    ]
    assert office.pelaksana.name not in answer.content.decode()


def test_the_xes_file_has_a_trace_for_each_case(office):
    version = adopt_plain(office)
    for period in ("2024", "2024-TW1"):
        draft(start(version, office, period), office)
    answer = signed_in(office.camat).get(f"/sop/{version.pk}/jejak-proses.xes")
    log = ET.fromstring(answer.content)
    traces = log.findall(f"{XES}trace")
    assert len(traces) == 2
    events = traces[0].findall(f"{XES}event")
    assert len(events) == 7
    keys = {part.get("key") for part in events[0]}
    assert keys >= {
        "concept:name",
        "lifecycle:transition",
        "time:timestamp",
        "org:role",
    }
    assert {e.get("prefix") for e in log.findall(f"{XES}extension")} == {
        "concept",
        "lifecycle",
        "time",
        "org",
    }


def test_units_stand_by_name_with_what_they_did_in_time(office):
    version = adopt_plain(office)
    draft(start(version, office), office)
    [row] = statistics.rows([version.procedure_id], 2025)
    other = row.office + 1
    late = replace(row, office=other, on_time=False)
    shares = statistics.by_unit(
        [row, late, late], {row.office: "Muncar", other: "Genteng"}
    )
    assert [(s.name, s.count, s.on_time) for s in shares] == [
        ("Genteng", 2, 0),
        ("Muncar", 1, 1),
    ]
