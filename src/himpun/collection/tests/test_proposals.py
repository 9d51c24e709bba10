from datetime import date

import pytest

from himpun import sop
from himpun.collection import actions, queries
from himpun.collection.models import Proposal, Team
from himpun.collection.rules import Evaluation
from himpun.collection.tests.builders import (
    OPINION,
    begin,
    close,
    events,
    form_team,
    propose_all,
    to_collection,
    to_evaluation,
)
from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning.tests.builders import define
from himpun.procedures import queries as cases
from himpun.procedures.actions import Incomplete, cancel_case, complete_task
from himpun.procedures.tests.builders import (
    SEED,
    adopt_seed,
    attach_everything,
    start,
)
from himpun.shared.refusals import Conflict, Refusal

pytestmark = pytest.mark.django_db


def save(office, proposal, text="", absent="", *, by=None, version=None):
    return actions.save_proposal(
        proposal,
        text=text,
        absent_reason=absent,
        rests_on="",
        row_version=proposal.row_version if version is None else version,
        by=by or office.pelaksana,
        at=WHEN,
    )


def first(round_):
    return queries.proposals(round_)[0].proposal


def test_opening_a_case_opens_a_round_with_a_row_for_each_indicator():
    _office, round_ = begin()
    codes = [r.proposal.version.indicator.code for r in queries.proposals(round_)]
    assert codes == ["IKU-1", "IKU-2", "IKU-3", "IKU-4"]


def test_a_second_sop_does_not_collect_the_same_period():
    office, round_ = begin()
    other = sop.shipped()[SEED].replace(b"id: jekulo.", b"id: lain.", 1)
    version = adopt_seed(office, source=other)
    with pytest.raises(Refusal, match=r"sudah dikumpulkan dalam .* Tahun 2024"):
        start(office, version=version)
    cancel_case(round_.case, reason="Salah periode dibuka", by=office.kasubbag, at=WHEN)
    assert queries.round_of(start(office, version=version)) is not None


def test_a_proposal_is_saved_with_its_sources_and_marks_the_start():
    office, round_ = begin()
    propose_all(office, round_)
    row = queries.proposals(round_)[0]
    assert row.proposal.value is not None
    assert row.rests_on == "Laporan bulanan Januari sampai Desember"
    assert len(events(round_, "proposal.saved")) == 4
    assert len(events(round_, "task.started")) == 1


def test_a_grade_is_proposed_by_its_name():
    office, round_ = begin()
    version = define(office, "X-2", polarity=None, grades=OPINION)
    row = Proposal.objects.create(round=round_, version=version)
    kept = save(office, row, "wajar tanpa pengecualian")
    assert (kept.figure, kept.value) == ("WTP", None)
    assert queries.proposals(round_)[0].answered
    data = ledger.data_of(events(round_, "proposal.saved")[-1])
    assert data["value"] == {"grade": "WTP"}
    with pytest.raises(Refusal, match="Pilih: WTP"):
        save(office, kept, "97,66")


def test_a_reason_stands_instead_of_a_figure():
    office, round_ = begin()
    save(office, first(round_), absent="survei baru selesai bulan depan")
    row = queries.proposals(round_)[0]
    assert row.answered
    assert row.absent_reason == "survei baru selesai bulan depan"
    data = ledger.data_of(events(round_, "proposal.saved")[0])
    assert "survei" not in str(data)


def test_a_figure_and_a_reason_together_are_refused():
    office, round_ = begin()
    with pytest.raises(Refusal, match="Pilih salah satu"):
        save(office, first(round_), "97", "belum ada, karena sesuatu")


def test_a_reason_that_says_nothing_is_refused():
    office, round_ = begin()
    with pytest.raises(Refusal, match="10 huruf"):
        save(office, first(round_), absent="belum")


def test_a_figure_that_cannot_be_read_is_refused_at_its_field():
    office, round_ = begin()
    with pytest.raises(Refusal) as refusal:
        save(office, first(round_), "sembilan")
    assert refusal.value.field == "text"


def test_two_people_at_one_proposal_do_not_overwrite_each_other():
    office, round_ = begin()
    seen = first(round_)
    save(office, seen, "97")
    with pytest.raises(Conflict) as conflict:
        save(office, seen, "98", by=office.pelaksana2, version=0)
    assert conflict.value.current.value == 97
    assert first(round_).value == 97


@pytest.mark.parametrize("who", ["kasubbag", "sekcam", "camat", "kasi"])
def test_only_the_workers_of_step_1_propose(who):
    office, round_ = begin()
    count = len(events(round_))
    with pytest.raises(Refusal):
        save(office, first(round_), "97", by=office.people[who])
    assert len(events(round_)) == count


def test_step_1_stays_open_while_an_indicator_has_neither_figure_nor_reason():
    office, round_ = begin()
    attach_everything(round_.case, "l1", office.pelaksana, WHEN)
    task = cases.open_work(round_.case)
    with pytest.raises(Incomplete) as refusal:
        complete_task(task, by=office.pelaksana, at=WHEN)
    assert len(refusal.value.missing) == 4
    assert refusal.value.missing[0].link.startswith(f"/kasus/{round_.case_id}/usulan#")


def test_the_output_of_step_1_is_a_list_made_from_the_proposals():
    office, round_ = begin()
    save(office, first(round_), absent="=cmd belum ada survei")
    for row in queries.proposals(round_)[1:]:
        save(office, row.proposal, "90,5")
    attach_everything(round_.case, "l1", office.pelaksana, WHEN)
    close(round_.case, office, "pelaksana")
    artefact = cases.artefact_of(round_.case, "data-awal")
    text = ledger.read_file(artefact.blob).decode("utf-8-sig")
    assert "IKU-1,Indeks Kepuasan Masyarakat,nilai,,'=cmd belum ada survei" in text
    assert '"90,50"' in text


def test_a_proposal_cannot_be_changed_after_step_1():
    office, round_ = begin()
    to_evaluation(office, round_)
    with pytest.raises(Refusal, match="terkunci"):
        save(office, first(round_), "1")


# Step 2


def test_a_new_team_needs_no_decree():
    office, round_ = begin()
    to_evaluation(office, round_)
    team = form_team(office, round_)
    assert queries.round_of(round_.case).team == team
    data = ledger.data_of(events(round_, "team.named")[0])
    assert len(data["members"]) == 2
    assert data["decree"] == ""


def test_a_decree_is_noted_where_there_is_one():
    office, round_ = begin()
    to_evaluation(office, round_)
    team = actions.form_team(
        round_,
        name="Tim",
        members=[office.position["kasubbag"].officials.get()],
        decree_number="800/12/2025",
        decree_date=date(2025, 1, 2),
        by=office.kasubbag,
        at=WHEN,
    )
    assert (team.decree_number, team.decree_date) == ("800/12/2025", date(2025, 1, 2))


def test_the_team_in_force_is_taken_over_by_one_act():
    office, round_ = begin()
    to_evaluation(office, round_)
    team = form_team(office, round_)
    found = queries.team_in_force(office.unit, WHEN.date())
    assert found == team
    assert actions.choose_team(round_, found, by=office.kasubbag, at=WHEN) == team


def test_a_team_or_member_of_another_office_is_refused():
    office, round_ = begin()
    to_evaluation(office, round_)
    other = make_office("Kecamatan Lain")
    foreign = Team.objects.create(unit=other.unit, name="Tim", since=WHEN.date())
    with pytest.raises(Refusal, match="kantor lain"):
        actions.choose_team(round_, foreign, by=office.kasubbag, at=WHEN)
    with pytest.raises(Refusal, match="kantor ini"):
        actions.form_team(
            round_,
            name="Tim",
            members=[other.position["kasubbag"].officials.get()],
            by=office.kasubbag,
            at=WHEN,
        )


@pytest.mark.parametrize(("name", "chosen"), [("", 1), ("Tim", 0)])
def test_a_team_has_a_name_and_members(name, chosen):
    office, round_ = begin()
    to_evaluation(office, round_)
    members = [office.position["kasubbag"].officials.get()][:chosen]
    with pytest.raises(Refusal):
        actions.form_team(
            round_, name=name, members=members, by=office.kasubbag, at=WHEN
        )


@pytest.mark.parametrize("evaluation", [Evaluation.INCOMPLETE, Evaluation.ODD])
def test_a_doubt_about_a_proposal_is_written_down(evaluation):
    office, round_ = begin()
    to_evaluation(office, round_)
    with pytest.raises(Refusal) as refusal:
        actions.evaluate(first(round_), evaluation, by=office.kasubbag, at=WHEN)
    assert refusal.value.field == "note"
    actions.evaluate(
        first(round_),
        evaluation,
        note="Minta berita acara",
        by=office.kasubbag,
        at=WHEN,
    )
    assert queries.proposals(round_)[0].note == "Minta berita acara"


def test_only_the_worker_of_step_2_evaluates():
    office, round_ = begin()
    to_evaluation(office, round_)
    with pytest.raises(Refusal):
        actions.evaluate(first(round_), Evaluation.ENOUGH, by=office.pelaksana, at=WHEN)


def test_step_2_stays_open_without_a_team_and_without_evaluations():
    office, round_ = begin()
    to_evaluation(office, round_)
    task = cases.open_work(round_.case)
    with pytest.raises(Incomplete) as refusal:
        complete_task(task, by=office.kasubbag, at=WHEN)
    sentences = [row.sentence for row in refusal.value.missing]
    assert sentences[0] == "Tim pengumpul data belum ditetapkan."
    assert len(sentences) == 5


def test_the_output_of_step_2_is_the_list_of_evaluated_proposals():
    office, round_ = begin()
    to_evaluation(office, round_)
    actions.evaluate(
        first(round_), Evaluation.ODD, note="@ganjil", by=office.kasubbag, at=WHEN
    )
    form_team(office, round_)
    for row in queries.proposals(round_)[1:]:
        actions.evaluate(row.proposal, Evaluation.ENOUGH, by=office.kasubbag, at=WHEN)
    close(round_.case, office, "kasubbag")
    artefact = cases.artefact_of(round_.case, "data-dievaluasi")
    text = ledger.read_file(artefact.blob).decode("utf-8-sig")
    assert "janggal,'@ganjil" in text
    assert text.count("cukup") == 3


def test_proposals_are_read_in_two_queries(django_assert_num_queries):
    office, round_ = begin()
    propose_all(office, round_)
    with django_assert_num_queries(2):
        assert len(queries.proposals(round_)) == 4


def test_the_steps_follow_each_other_to_the_collection():
    office, round_ = begin()
    to_evaluation(office, round_)
    to_collection(office, round_)
    assert queries.work_task(round_.case, queries.COLLECTION).step == "l3"
    assert Proposal.objects.filter(evaluation="cukup").count() == 4
