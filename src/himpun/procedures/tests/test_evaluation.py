"""The yearly evaluation of an SOP: facts from the record, answers from the office."""

import pytest

from himpun.ledger.models import Event
from himpun.organization.tests.builders import WHEN, make_office, make_outsider
from himpun.procedures import actions
from himpun.procedures.queries import evaluation
from himpun.procedures.rules import QUESTIONS, Criterion, EvaluationResult
from himpun.procedures.tests.builders import adopt_plain, attach_everything, minutes
from himpun.shared.refusals import Refusal
from himpun.shared.tests.clock import signed_in
from himpun.worktime.periods import read_period

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
YES = dict.fromkeys(Criterion, (True, ""))


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def version(office):
    return adopt_plain(office)


def facts(version):
    found = evaluation.questions(version, 2025, minutes(300))
    return {q.criterion: str(q.fact) for q in found}


def keep(version, by, *, answers=YES, result=EvaluationResult.KEEP, year=2025):
    return actions.evaluate(version, year, answers, result, by=by, at=minutes(300))


def test_the_form_tells_what_the_record_knows(office, version):
    case = actions.start_case(version, read_period("2024"), by=office.kasubbag, at=WHEN)
    attach_everything(case, "a1", office.pelaksana, minutes(5))
    actions.hand_in(
        case.tasks.get(),
        "konsep",
        content=b"a,1\n",
        filename="a.csv",
        by=office.pelaksana,
        at=minutes(10),
    )
    for person in (office.pelaksana, office.kasubbag):
        [task] = case.tasks.filter(done_at=None)
        actions.complete_task(task, by=person, at=minutes(20))
    [task] = case.tasks.filter(done_at=None)
    actions.return_step(
        task, to="a1", reason="konsepnya kurang", by=office.camat, at=minutes(200)
    )
    told = facts(version)
    assert told[Criterion.IMPROVES].startswith("1 dari 2 putaran langkah tepat waktu")
    assert told[Criterion.DOABLE] == "Langkah yang pernah lewat waktu: 2."
    assert told[Criterion.SOLVES].startswith("1 kasus dikembalikan")
    assert told[Criterion.NEEDED] == "0 dari 1 kasus yang dibuka sudah selesai."
    assert told[Criterion.ROLES].startswith("0 jabatan")


def test_an_empty_seat_is_a_fact_of_roles(office, version):
    office.position["camat"].officials.all().delete()
    assert facts(version)[Criterion.ROLES].startswith("1 jabatan")


def test_answers_are_kept_with_their_event_and_shown_again(office, version):
    answers = YES | {Criterion.DOABLE: (False, "Waktu langkah 2 terlalu pendek.")}
    kept = keep(version, office.sekcam, answers=answers, result=EvaluationResult.REVISE)
    shown = {q.criterion: q for q in evaluation.questions(version, 2025, WHEN, kept)}
    assert shown[Criterion.DOABLE].yes is False
    assert shown[Criterion.DOABLE].remark == "Waktu langkah 2 terlalu pendek."
    assert shown[Criterion.ROLES].yes is True
    event = Event.objects.get(type="sop.evaluated")
    assert b"diperbaiki" in bytes(event.body)
    assert b"terlalu pendek" not in bytes(event.body)


def test_a_later_evaluation_of_the_year_stands_first_and_the_former_stays(
    office, version
):
    keep(version, office.sekcam)
    last = keep(version, office.camat, result=EvaluationResult.WITHDRAW)
    assert evaluation.newest(version, 2025) == last
    assert version.evaluations.count() == 2


@pytest.mark.parametrize("who", ["pelaksana", "kasi", "admin"])
def test_only_kasubbag_sekcam_and_camat_evaluate(office, version, who):
    with pytest.raises(Refusal, match="Hanya Kasubbag, Sekcam, atau Camat"):
        keep(version, getattr(office, who))


def test_every_question_needs_its_answer_and_a_no_its_remark(office, version):
    some = {c: v for c, v in YES.items() if c is not Criterion.ROLES}
    with pytest.raises(Refusal, match="Jawab ya atau tidak: Semua orang"):
        keep(version, office.sekcam, answers=some)
    silent = YES | {Criterion.ROLES: (False, "  ")}
    with pytest.raises(Refusal, match="Tulis catatan untuk jawaban tidak"):
        keep(version, office.sekcam, answers=silent)
    with pytest.raises(Refusal, match="2026 belum dimulai"):
        keep(version, office.sekcam, year=2026)


def test_the_page_keeps_what_was_typed_when_something_is_missing(office, version):
    client = signed_in(office.sekcam)
    page = f"/sop/{version.pk}/evaluasi"
    typed = {
        "kinerja": "tidak",
        "kinerja-catatan": "belum terasa",
        "hasil": "diperbaiki",
    }
    answer = client.post(page, typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Jawab ya atau tidak: Mudah dipahami" in text
    assert "belum terasa" in text
    whole = typed | {c.value: "ya" for c in Criterion if c is not Criterion.IMPROVES}
    done = client.post(page, whole, follow=True).content.decode()
    assert "Evaluasi tersimpan" in done
    assert "SOP diperbaiki" in done
    assert "belum terasa" in done
    assert all(str(question) in done for question in QUESTIONS.values())


def test_a_reader_sees_the_form_and_an_outsider_nothing(office, version):
    page = f"/sop/{version.pk}/evaluasi"
    assert (
        "Simpan evaluasi" not in signed_in(office.pelaksana).get(page).content.decode()
    )
    assert signed_in(make_outsider()).get(page).status_code == 404
