"""A step for each unit: units come, go and are asked again while it runs."""

from datetime import timedelta

import pytest

from himpun.collection import actions, queries
from himpun.collection.rules import RequestState
from himpun.collection.tests.builders import LATER, collecting, events
from himpun.organization.models import Unit
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.queries import trail
from himpun.procedures.tests.builders import Run
from himpun.shared.refusals import Refusal
from himpun.shared.tests.clock import clock_at, signed_in

pytestmark = pytest.mark.django_db
TODAY = WHEN.date()
WHY = "desa itu baru dimekarkan tahun ini"


@pytest.fixture
def run():
    """A step of another office's SOP, done when one village has answered."""
    run = Run(make_office(), "unit")
    run.do("minta", "pelaksana")
    return run


@pytest.fixture
def round_(run):
    return queries.round_of(run.case)


def states(round_):
    return list(round_.requests.values_list("state", flat=True))


def answer(run, request):
    return actions.close_request(
        request, via="surat", on=TODAY, by=run.office.pelaksana, at=run.now
    )


def owing(run):
    missing = cases.missing_of(run.task("himpun"), run.now)
    return [m.sentence for m in missing if "belum dicatat diterima" in m.sentence]


def test_a_step_without_values_asks_its_units_and_runs_to_the_end(run, round_):
    assert len(owing(run)) == 2
    assert cases.summary_of(run.task("himpun")).text == "0 dari 2 unit"
    answer(run, round_.requests.first())
    assert owing(run) == []
    run.do("himpun", "pelaksana")
    run.do("rekap", "pelaksana")
    assert run.case.state == "selesai"
    assert "Desa Uji 1" in [line.about for line in trail.lines(run.case)]


def new_village(office):
    return Unit.objects.create(
        parent=office.unit,
        office=office.unit,
        tenant=office.tenant,
        kind="desa",
        code="99.99.99.2999",
        name="Desa Baru",
        short_name="desa-baru",
    )


def test_a_unit_is_added_while_the_step_runs(run, round_):
    village = new_village(run.office)
    new = {"what": "Data penduduk", "due": TODAY + timedelta(days=4), "at": run.now}
    with pytest.raises(Refusal, match="Tulis alasan"):
        actions.add_unit(round_, village, why="baru", by=run.office.pelaksana, **new)
    with pytest.raises(Refusal, match="jabatan lain"):
        actions.add_unit(round_, village, why=WHY, by=run.office.camat, **new)
    row = actions.add_unit(round_, village, why=WHY, by=run.office.pelaksana, **new)
    assert (row.due, row.step) == (TODAY + timedelta(days=4), "himpun")
    assert len(events(round_, "request.added")) == 1
    with pytest.raises(Refusal, match="sudah diminta"):
        actions.add_unit(round_, village, why=WHY, by=run.office.pelaksana, **new)


def test_removing_the_last_open_unit_completes_the_collection():
    office, round_ = collecting()
    first, last = round_.requests.all()
    actions.close_request(first, via="surat", on=TODAY, by=office.pelaksana, at=LATER)
    for who in ("pelaksana", "kasubbag"):
        with pytest.raises(Refusal, match="memaraf langkah ini"):
            actions.remove_unit(last, why=WHY, by=office.people[who], at=LATER)
    with pytest.raises(Refusal, match="10 huruf"):
        actions.remove_unit(last, why="lain", by=office.sekcam, at=LATER)
    actions.remove_unit(last, why=WHY, by=office.sekcam, at=LATER)
    task = queries.work_task(round_.case, queries.PER_UNIT)
    missing = [m.sentence for m in cases.missing_of(task, LATER)]
    assert not [text for text in missing if "belum dicatat diterima" in text]
    with pytest.raises(Refusal, match="sudah ditutup"):
        actions.remove_unit(last, why=WHY, by=office.sekcam, at=LATER)


def test_a_unit_that_was_removed_lowers_no_minimum(run, round_):
    first, last = round_.requests.all()
    actions.remove_unit(first, why=WHY, by=run.office.camat, at=run.now)
    assert len(owing(run)) == 1
    answer(run, last)
    assert owing(run) == []


def test_after_a_return_answers_stay_until_a_unit_is_asked_again(run, round_):
    for row in round_.requests.all():
        answer(run, row)
    run.do("himpun", "pelaksana")
    again = {"due": TODAY + timedelta(days=3), "why": WHY, "by": run.office.pelaksana}
    with pytest.raises(Refusal, match="tidak dikerjakan"):
        actions.ask_again(round_.requests.first(), **again, at=run.now)
    procedures.return_step(
        run.task("rekap"), to="himpun", reason=WHY, by=run.office.pelaksana, at=run.now
    )
    run.case.refresh_from_db()
    assert set(states(round_)) == {RequestState.CLOSED}
    asked = actions.ask_again(round_.requests.first(), **again, at=run.now)
    assert (asked.turn, asked.state) == (2, RequestState.PLANNED)
    assert asked.received_on is None
    with pytest.raises(Refusal, match="masih ditunggu"):
        actions.ask_again(asked, **again, at=run.now)


@pytest.fixture
def closed(run, round_):
    """The step closed with one of two villages: the request of the other one."""
    answer(run, round_.requests.first())
    run.do("himpun", "pelaksana")
    return round_.requests.last()


def late(run, request, who="pelaksana", **more):
    by = run.office.people[who]
    given = {"via": "surat", "on": TODAY, "by": by, "at": run.now, **more}
    return actions.note_late(request, **given)


def test_a_unit_that_comes_late_delivers_without_a_return(run, round_, closed):
    rounds = cases.rounds_of(run.case, "himpun")
    late(run, closed)
    assert states(round_) == [RequestState.CLOSED, RequestState.LATE]
    assert cases.rounds_of(run.case, "himpun") == rounds
    line = trail.lines(run.case)[-1]
    assert line.what == "Data susulan diterima, sesudah langkahnya ditutup"
    assert line.about == "Desa Uji 2"
    [_first, told] = queries.unit_answers(run.case)
    assert (told.state, told.received_via, told.received_on) == (
        "susulan",
        "surat",
        TODAY,
    )
    with pytest.raises(Refusal, match="sudah ditutup"):
        late(run, closed)


def test_what_came_late_counts_when_the_step_is_opened_again(run, round_, closed):
    late(run, closed)
    procedures.return_step(
        run.task("rekap"), to="himpun", reason=WHY, by=run.office.pelaksana, at=run.now
    )
    assert owing(run) == []
    with pytest.raises(Refusal, match="masih dikerjakan"):
        late(run, closed)


def test_only_workers_of_the_step_note_what_came_late_and_while_the_case_runs(
    run, closed
):
    with pytest.raises(Refusal, match="milik jabatan lain"):
        late(run, closed, "camat")
    with pytest.raises(Refusal, match="belum tiba"):
        late(run, closed, on=TODAY + timedelta(days=1))
    run.do("rekap", "pelaksana")
    with pytest.raises(Refusal, match="sudah selesai"):
        late(run, closed)
    assert "Kasus sudah berakhir" in page(run)


def test_the_page_says_what_to_do_with_what_comes_late(run, round_, closed):
    assert "minta langkah dikembalikan" in page(run, "camat")
    assert "Catat susulan" not in page(run, "camat")
    assert "Catat susulan" in page(run)
    path = f"/kasus/{run.case.pk}/rencana"
    with clock_at(WHEN):
        form = {"unit": closed.pk, "via": "surat", "on": TODAY.isoformat()}
        answered = signed_in(run.office.pelaksana).post(f"{path}/terima", form)
    assert answered.status_code == 302, answered.text
    assert "Diterima susulan" in page(run)


def page(run, who="pelaksana", at=WHEN):
    with clock_at(at):
        return (
            signed_in(run.office.people[who]).get(f"/kasus/{run.case.pk}/rencana").text
        )


def test_the_page_adds_removes_and_asks_again(run, round_):
    new_village(run.office)
    row = round_.requests.first()
    path = f"/kasus/{run.case.pk}/rencana"
    with clock_at(WHEN):
        worker, head = signed_in(run.office.pelaksana), signed_in(run.office.camat)
        form = {"tambah-unit": Unit.objects.get(name="Desa Baru").pk}
        refused = worker.post(f"{path}/tambah", form)
        assert refused.status_code == 422
        form |= {"tambah-what": "Data", "tambah-due": "2025-01-06"}
        worker.post(f"{path}/tambah", form | {"tambah-reason": WHY})
        assert round_.requests.count() == 3
        head.post(f"{path}/{row.pk}/kecualikan", {"reason": WHY, "keluarkan": "1"})
        assert "Dikeluarkan" in page(run)
        refused = worker.post(f"{path}/{row.pk}/ulangi", {"lagi-reason": WHY})
        assert refused.status_code == 422
        assert WHY in refused.text
        again = {"lagi-reason": WHY, "lagi-due": "2025-01-07"}
        worker.post(f"{path}/{row.pk}/ulangi", again)
    shown = page(run)
    assert "putaran 2" in shown
    assert "paling sedikit 1 unit menjawab" in shown
    assert f"/kasus/{run.case.pk}/isian" not in shown


def test_each_unit_keeps_its_own_clock(run, round_):
    first = round_.requests.first()
    round_.requests.filter(pk=first.pk).update(due=TODAY)
    tomorrow = WHEN + timedelta(days=1)
    assert page(run, at=tomorrow).count("Lewat tenggat unit") == 1
    answered = TODAY + timedelta(days=1)
    actions.close_request(
        first, via="surat", on=answered, by=run.office.pelaksana, at=tomorrow
    )
    assert "Terlambat" in page(run, at=tomorrow)
