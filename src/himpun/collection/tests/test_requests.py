from datetime import timedelta

import pytest

from himpun import sop
from himpun.collection import actions, queries
from himpun.collection.rules import Evaluation, RequestState
from himpun.collection.tests.builders import (
    LATER,
    begin,
    close,
    collecting,
    events,
    form_team,
    to_collection,
    to_evaluation,
)
from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning.models import IndicatorVersion
from himpun.planning.tests.builders import plan_muncar
from himpun.procedures import queries as cases
from himpun.procedures.tests.builders import SEED, adopt_seed, start
from himpun.shared.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = WHEN.date()


def test_every_unit_is_planned_with_what_and_when():
    _office, round_ = collecting()
    rows = queries.requests(round_)
    assert [row.what for row in rows] == ["Data dukung kinerja Tahun 2024"] * 2
    task = queries.work_task(round_.case, queries.COLLECTION)
    assert {row.request.due for row in rows} == {task.deadline.date()}


def test_a_unit_that_an_indicator_names_is_asked_to_complete_its_proposal():
    office, round_ = begin()
    proposal = queries.proposals(round_)[0].proposal
    IndicatorVersion.objects.filter(pk=proposal.version_id).update(
        in_charge="Kepala Desa Uji 1"
    )
    to_evaluation(office, round_)
    form_team(office, round_)
    for n, row in enumerate(queries.proposals(round_)):
        verdict = Evaluation.ENOUGH if n else Evaluation.INCOMPLETE
        actions.evaluate(
            row.proposal, verdict, note="kurang", by=office.kasubbag, at=WHEN
        )
    close(round_.case, office, "kasubbag", "sekcam")
    asked = {row.request.unit.name: row.what for row in queries.requests(round_)}
    assert asked["Desa Uji 1"] == "Lengkapi: Indeks Kepuasan Masyarakat"
    assert asked["Desa Uji 2"].startswith("Data dukung")


def test_a_plan_is_changed_and_recorded():
    office, round_ = collecting()
    request = round_.requests.first()
    due = TODAY + timedelta(days=5)
    actions.plan_request(
        request, due=due, what="Buku register", by=office.pelaksana, at=LATER
    )
    row = queries.requests(round_)[0]
    assert (row.what, row.request.due) == ("Buku register", due)
    data = ledger.data_of(events(round_, "request.planned")[0])
    assert data["due"] == due.isoformat()
    assert "Buku" not in str(data)


def test_a_day_that_has_passed_is_refused():
    office, round_ = collecting()
    with pytest.raises(Refusal, match="sudah lewat"):
        actions.plan_request(
            round_.requests.first(),
            due=TODAY - timedelta(days=1),
            what="x",
            by=office.pelaksana,
            at=LATER,
        )


def test_all_planned_requests_are_sent_at_once_and_only_once():
    office, round_ = collecting()
    assert len(actions.send_requests(round_, by=office.pelaksana, at=LATER)) == 2
    assert len(events(round_, "request.sent")) == 2
    with pytest.raises(Refusal, match="sudah dikirim"):
        actions.send_requests(round_, by=office.pelaksana, at=LATER)


def test_a_request_without_a_day_is_not_sent_and_none_is():
    office, round_ = collecting()
    last = round_.requests.last()
    actions.plan_request(last, due=None, what="x", by=office.pelaksana, at=LATER)
    with pytest.raises(Refusal, match=last.unit.name):
        actions.send_requests(round_, by=office.pelaksana, at=LATER)
    assert not round_.requests.filter(state=RequestState.SENT).exists()
    assert not events(round_, "request.sent")


def test_data_that_came_in_is_noted_with_how_and_when():
    office, round_ = collecting()
    actions.close_request(
        round_.requests.first(), via="WhatsApp", on=TODAY, by=office.pelaksana, at=LATER
    )
    row = queries.requests(round_)[0]
    assert (row.via, row.request.received_on) == ("WhatsApp", TODAY)
    assert row.request.state == RequestState.CLOSED
    with pytest.raises(Refusal, match="sudah ditutup"):
        actions.close_request(
            row.request, via="lagi", on=TODAY, by=office.pelaksana, at=LATER
        )


@pytest.mark.parametrize(
    ("via", "days", "sentence"), [("", 0, "lewat apa"), ("surat", 1, "belum tiba")]
)
def test_a_note_without_a_way_or_with_a_future_day_is_refused(via, days, sentence):
    office, round_ = collecting()
    with pytest.raises(Refusal, match=sentence):
        actions.close_request(
            round_.requests.first(),
            via=via,
            on=TODAY + timedelta(days=days),
            by=office.pelaksana,
            at=LATER,
        )


def test_several_units_are_noted_at_once_each_with_its_event():
    office, round_ = collecting()
    actions.close_requests(
        round_.requests.all(), via="rapat", on=TODAY, by=office.pelaksana, at=LATER
    )
    assert len(events(round_, "request.closed")) == 2


def test_a_unit_is_excused_only_by_a_co_actor_or_the_head_with_a_reason():
    office, round_ = collecting()
    request = round_.requests.first()
    for who in ("pelaksana", "kasubbag"):
        with pytest.raises(Refusal, match="memaraf langkah ini"):
            actions.waive_request(
                request, why="Desa tidak berdata", by=office.people[who], at=LATER
            )
    with pytest.raises(Refusal, match="10 huruf"):
        actions.waive_request(request, why="tidak", by=office.sekcam, at=LATER)
    actions.waive_request(request, why="Desa tidak berdata", by=office.sekcam, at=LATER)
    actions.waive_request(
        round_.requests.last(), why="Desa tidak berdata", by=office.camat, at=LATER
    )
    row = queries.requests(round_)[0]
    assert row.waiver == "Desa tidak berdata"
    assert row.request.state == RequestState.WAIVED
    assert queries.unit_answers(round_.case)[0].waiver == "Desa tidak berdata"


@pytest.mark.parametrize("who", ["kasubbag", "sekcam", "camat"])
def test_only_the_workers_of_the_step_plan_and_note(who):
    office, round_ = collecting()
    before = len(events(round_))
    person = office.people[who]
    with pytest.raises(Refusal):
        actions.send_requests(round_, by=person, at=LATER)
    with pytest.raises(Refusal):
        actions.close_request(
            round_.requests.first(), via="surat", on=TODAY, by=person, at=LATER
        )
    assert len(events(round_)) == before


def test_requests_are_read_in_two_queries(django_assert_num_queries):
    _office, round_ = collecting()
    with django_assert_num_queries(2):
        queries.requests(round_)


def collecting_by(rule):
    """Return a case in step 3 of an SOP that counts its units by another rule."""
    office = make_office()
    plan_muncar(office)
    known = "selesai_bila: semua, minimum: null"
    source = sop.shipped()[SEED].decode()
    assert known in source
    version = adopt_seed(office, source=source.replace(known, rule).encode())
    round_ = queries.round_of(start(office, version=version))
    to_evaluation(office, round_)
    to_collection(office, round_)
    return office, round_


def owing(round_, at=LATER):
    """Return the sentences about units that owe an answer."""
    task = queries.work_task(round_.case, queries.COLLECTION)
    sentences = [missing.sentence for missing in cases.missing_of(task, at)]
    return [text for text in sentences if "belum dicatat diterima" in text]


def test_all_units_owe_an_answer_where_the_sop_wants_all():
    office, round_ = collecting()
    assert len(owing(round_)) == 2
    actions.close_request(
        round_.requests.first(), via="surat", on=TODAY, by=office.pelaksana, at=LATER
    )
    assert len(owing(round_)) == 1


def test_enough_units_are_enough_where_the_sop_names_a_minimum():
    office, round_ = collecting_by("selesai_bila: minimum, minimum: 1")
    assert len(owing(round_)) == 2
    actions.close_request(
        round_.requests.first(), via="surat", on=TODAY, by=office.pelaksana, at=LATER
    )
    assert owing(round_) == []


def test_nobody_is_waited_for_after_the_deadline_where_the_sop_says_so():
    _office, round_ = collecting_by("selesai_bila: tenggat, minimum: null")
    assert len(owing(round_)) == 2
    deadline = queries.work_task(round_.case, queries.COLLECTION).deadline
    assert len(owing(round_, deadline)) == 2
    assert owing(round_, deadline + timedelta(seconds=1)) == []
