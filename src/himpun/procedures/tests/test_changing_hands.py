"""A task changes hands with a reason, by mandate, or when somebody is away."""

from datetime import date, timedelta

import pytest

from himpun.ledger.models import Event
from himpun.ledger.rules import SYSTEM
from himpun.notices.models import Notice
from himpun.organization import actions as organization
from himpun.organization.models import Official
from himpun.organization.rules import AbsenceKind, Status
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, queries, tasks
from himpun.procedures.actions.moving import keep_position, open_step
from himpun.procedures.models import Receipt
from himpun.procedures.queries import journey, overview, trail
from himpun.procedures.tests.builders import Run, adopt_plain, start
from himpun.shared.refusals import Refusal
from himpun.sop import moves

pytestmark = pytest.mark.django_db
TODAY = date(2025, 1, 2)
WHY = "beban kerja sedang tidak seimbang"


@pytest.fixture
def office():
    return make_office()


@pytest.fixture
def run(office):
    """A case of the plain SOP: a1 Pelaksana with the Kasubbag's paraf, a2 Camat."""
    return Run(office, version=adopt_plain(office))


def official(office, who):
    return Official.objects.get(person=getattr(office, who))


def give(run, step, to, by="sekcam", reason=WHY):
    by = getattr(run.office, by)
    return actions.assign_task(run.task(step), to, reason=reason, by=by, at=run.now)


def done(run, step, part="kerja"):
    return run.case.tasks.get(step=step, part=part)


def inbox(run, who):
    return [t.step for t in queries.inbox(getattr(run.office, who), run.now)]


def away(office, who, days=3, kind=AbsenceKind.LEAVE):
    until = TODAY + timedelta(days=days)
    person = getattr(office, who)
    return organization.record_absence(
        person, kind, since=TODAY, until=until, by=SYSTEM, at=WHEN
    )


def mandate(run, giver="kasubbag", to="kasi", **more):
    office = run.office
    days = {"since": TODAY, "until": TODAY + timedelta(days=3)}
    return actions.delegate(
        office.position[giver],
        official(office, to),
        by=getattr(office, giver),
        at=run.now,
        **{**days, **more},
    )


# Reassigned


def test_a_reassigned_task_is_in_the_new_position_s_hands_everywhere(run, office):
    give(run, "a1", office.position["kasi"])
    task = run.task("a1")
    assert inbox(run, "kasi") == ["a1"]
    assert inbox(run, "pelaksana") == []
    seated = journey.holders([task], run.now)[task.pk]
    assert [h.person for h in seated] == [office.kasi.pk]
    assert queries.may_work(office.kasi, task, run.now)
    assert not queries.may_work(office.pelaksana, task, run.now)
    with pytest.raises(Refusal, match="milik jabatan lain"):
        actions.complete_task(task, by=office.pelaksana, at=run.now)
    run.do("a1", "kasi")
    assert done(run, "a1").done_by == office.kasi


def test_whoever_has_the_task_is_reminded(run, office):
    give(run, "a1", official(office, "kasi"))
    tasks.remind(WHEN + timedelta(days=10))
    told = Notice.objects.values_list("person", flat=True)
    assert set(told) == {office.kasi.pk}


def test_a_begun_task_keeps_work_clock_and_deadline(run, office):
    run.prepare("a1", office.pelaksana)
    before = run.task("a1")
    give(run, "a1", official(office, "kasi"))
    after = run.task("a1")
    assert after.started_at == before.started_at
    assert (after.deadline, after.row_opened_at) == (
        before.deadline,
        before.row_opened_at,
    )
    actions.complete_task(after, by=office.kasi, at=run.now)
    assert run.case.artefacts.exists()


def test_a_reassignment_is_recorded_with_both_titles_and_its_reason(run, office):
    row = give(run, "a1", office.position["kasi"])
    assert row.from_role == "Pelaksana Perencanaan Contoh, Pelaksana Data Contoh"
    assert row.to_role == "Kasi Pemerintahan Contoh"
    line = trail.lines(run.case)[-1]
    assert line.what == "Tugas dialihkan"
    assert line.about == f"dari {row.from_role} ke {row.to_role}"
    assert line.said == WHY


def test_a_task_goes_back_and_on(run, office):
    give(run, "a1", office.position["kasi"])
    give(run, "a1", official(office, "pelaksana2"))
    assert (inbox(run, "pelaksana2"), inbox(run, "pelaksana")) == (["a1"], [])
    give(run, "a1", office.position["pelaksana"])
    assert (inbox(run, "pelaksana2"), inbox(run, "pelaksana")) == ([], ["a1"])
    assert run.task("a1").assignments.count() == 3


def test_superior_sekcam_and_camat_reassign_and_nobody_else(run, office):
    below = office.position["pelaksana"]
    below.superior = office.position["kasubbag"]
    below.save(update_fields=["superior"])
    task = run.task("a1")
    people = office.people
    may = {k for k in people if queries.may_assign(people[k], task, run.now)}
    assert may == {"kasubbag", "sekcam", "camat"}
    with pytest.raises(Refusal, match="atasan jabatan ini, Sekcam, atau Camat"):
        give(run, "a1", office.position["kasi"], by="pelaksana")


def test_a_reassignment_needs_a_reason_and_somebody_there(run, office):
    with pytest.raises(Refusal, match="paling sedikit 10 huruf"):
        give(run, "a1", office.position["kasi"], reason="sibuk")
    away(office, "kasi")
    for to in (office.position["kasi"], official(office, "kasi")):
        with pytest.raises(Refusal, match="Belum ada yang dapat mengerjakannya"):
            give(run, "a1", to)


def test_a_task_stays_in_its_office(run):
    other = make_office("Kecamatan Lain")
    with pytest.raises(Refusal, match="di kantor ini"):
        give(run, "a1", other.position["kasi"])


# By mandate


def test_a_mandate_lets_another_act_in_the_name_of_the_position(run, office):
    run.do("a1", "pelaksana")
    mandate(run, letter="800/4")
    assert inbox(run, "kasi") == ["a1"]
    assert inbox(run, "kasubbag") == ["a1"]
    run.do("a1", "kasi", part="paraf")
    role = "a.n. Kasubbag Perencanaan dan Keuangan Contoh, Kasi Pemerintahan Contoh"
    role = f"{role} berdasarkan Surat nomor 800/4"
    assert done(run, "a1", "paraf").done_role == role
    assert trail.lines(run.case)[-2].role == role


def test_a_copy_is_received_in_the_name_of_who_is_away(run, office):
    mandate(run, letter="800/4")
    task = run.task("a1")
    receipt = Receipt.objects.create(
        case=run.case, step=task.step, actor="kasubbag", sent_at=WHEN
    )
    [copy] = overview.page(run.case, office.kasi, run.now)["copies"]
    assert copy.mine
    with pytest.raises(Refusal, match="milik jabatan lain"):
        actions.receive_copy(receipt, by=office.camat, at=run.now)
    actions.receive_copy(receipt, by=office.kasi, at=run.now)
    receipt.refresh_from_db()
    role = "a.n. Kasubbag Perencanaan dan Keuangan Contoh, Kasi Pemerintahan Contoh"
    assert receipt.received_role == f"{role} berdasarkan Surat nomor 800/4"
    assert trail.lines(run.case)[-1].role == receipt.received_role


def test_a_mandate_ends_by_itself_or_when_its_giver_leaves(run, office):
    run.do("a1", "pelaksana")
    mandate(run)
    later = WHEN + timedelta(days=4)
    assert not queries.inbox(office.kasi, later)
    organization.end_appointment(
        official(office, "kasubbag"), until=date(2025, 1, 1), by=SYSTEM, at=WHEN
    )
    assert not queries.inbox(office.kasi, WHEN)


def test_a_mandate_for_one_sop_leaves_the_others(run, office):
    run.do("a1", "pelaksana")
    other = Run(office, "sejajar")
    mandate(run, procedure=other.case.procedure)
    assert not [t for t in queries.inbox(office.kasi, run.now) if t.case == run.case]
    mandate(run, procedure=run.case.procedure)
    assert sorted(inbox(run, "kasi")) == ["a1", "mulai"]


def test_a_mandate_is_given_by_a_holder_to_another_and_not_backwards(run, office):
    with pytest.raises(Refusal, match="bukan diri sendiri"):
        mandate(run, to="kasubbag")
    with pytest.raises(Refusal, match="tidak berlaku surut"):
        mandate(run, since=TODAY - timedelta(days=1))
    with pytest.raises(Refusal, match="milik jabatan lain"):
        actions.delegate(
            office.position["camat"],
            official(office, "kasi"),
            since=TODAY,
            until=TODAY,
            by=office.kasubbag,
            at=WHEN,
        )


def test_a_mandate_is_given_to_somebody_who_is_there_on_one_of_its_days(run, office):
    away(office, "kasi", days=3)
    with pytest.raises(Refusal, match="tidak hadir selama masa itu"):
        mandate(run)
    mandate(run, until=TODAY + timedelta(days=4))


def test_a_mandate_is_taken_back_by_who_gave_it(run, office):
    run.do("a1", "pelaksana")
    row = mandate(run)
    with pytest.raises(Refusal, match="oleh yang memberikannya"):
        actions.end_delegation(row, by=office.kasi, at=run.now)
    actions.end_delegation(row, by=office.kasubbag, at=run.now)
    assert inbox(run, "kasi") == []
    kinds = Event.objects.filter(type__startswith="delegation.")
    assert list(kinds.values_list("type", flat=True)) == [
        "delegation.made",
        "delegation.ended",
    ]


# Nobody there


def unattended(run):
    rows = queries.unattended([run.office.unit.pk], run.now, most=5)
    return [(row.task.step, row.title) for row in rows]


def test_a_task_whose_only_holder_is_away_waits_for_a_decision(run, office):
    run.do("a1", "pelaksana")
    assert unattended(run) == []
    away(office, "kasubbag")
    assert unattended(run) == [("a1", "Kasubbag Perencanaan dan Keuangan Contoh")]
    organization.appoint(
        office.kasi,
        office.position["kasubbag"],
        status=Status.PLH,
        since=TODAY,
        until=TODAY + timedelta(days=3),
        letter="SPT 800/5",
        at=WHEN,
    )
    assert unattended(run) == []
    assert inbox(run, "kasi") == ["a1"]


def test_a_task_of_several_holders_waits_only_when_all_are_away(run, office):
    away(office, "pelaksana")
    assert unattended(run) == []
    away(office, "pelaksana2")
    assert [step for step, _title in unattended(run)] == ["a1"]


def test_a_task_of_an_empty_position_waits_for_a_decision(run, office):
    for who in ("pelaksana", "pelaksana2"):
        organization.end_appointment(
            official(office, who), until=date(2025, 1, 1), by=SYSTEM, at=WHEN
        )
    assert [step for step, _title in unattended(run)] == ["a1"]
    give(run, "a1", office.position["kasi"])
    assert unattended(run) == []
    away(office, "kasi")
    assert unattended(run) == [("a1", "Kasi Pemerintahan Contoh")]


def test_a_task_of_a_closed_account_waits_for_a_decision(run, office):
    give(run, "a1", official(office, "kasi"))
    office.kasi.is_active = False
    office.kasi.save()
    assert [step for step, _title in unattended(run)] == ["a1"]


def test_a_mandate_fills_in_for_who_is_away(run, office):
    run.do("a1", "pelaksana")
    mandate(run)
    away(office, "kasubbag")
    assert unattended(run) == []


def test_absence_takes_no_right_away(run, office):
    away(office, "pelaksana", kind=AbsenceKind.DUTY)
    [holder, _other] = journey.holders([run.task("a1")], run.now)[run.task("a1").pk]
    assert holder.away == "dinas luar sampai Minggu, 5 Januari 2025"
    run.do("a1", "pelaksana")
    assert done(run, "a1").done_by == office.pelaksana


def test_an_absence_is_called_off_once_and_days_are_not_taken_twice(office):
    row = away(office, "kasi")
    with pytest.raises(Refusal, match="Sudah ada catatan"):
        away(office, "kasi")
    organization.cancel_absence(row, by=SYSTEM, at=WHEN)
    with pytest.raises(Refusal, match="sudah dibatalkan"):
        organization.cancel_absence(row, by=SYSTEM, at=WHEN)
    away(office, "kasi")


def test_who_may_act_costs_the_same_for_many_tasks(
    run, office, django_assert_num_queries
):
    run.do("a1", "pelaksana")
    run.do("a1", "kasubbag", part="paraf")
    tasks = list(queries.inbox(office.camat, WHEN))
    with django_assert_num_queries(4):
        queries.hands_of(tasks, WHEN)
    tasks += journey.open_tasks([Run(office, "sejajar").case])
    with django_assert_num_queries(4):
        queries.hands_of(tasks, WHEN)


# Taken back


def take_back(run, task, who="pelaksana"):
    by = getattr(run.office, who)
    actions.withdraw_task(task, reason=WHY, by=by, at=run.now)
    run.case.refresh_from_db()


def test_what_one_closed_is_taken_back_until_the_next_has_opened_it(run, office):
    run.do("a1", "pelaksana")
    first = done(run, "a1")
    assert queries.withdrawable(run.case, office.pelaksana, run.now) == [first]
    take_back(run, first)
    assert run.stages()["a1"] == ("kini", 1)
    assert (inbox(run, "kasubbag"), inbox(run, "pelaksana")) == ([], ["a1"])
    assert trail.lines(run.case)[-1].said == WHY
    run.do("a1", "pelaksana")
    again = run.task("a1", "paraf")
    assert (again.round, again.attempt) == (1, 2)
    actions.note_seen(run.case, office.kasubbag, run.now)
    with pytest.raises(Refusal, match="sudah dibuka oleh yang menerimanya"):
        take_back(run, first)


def test_what_was_closed_by_a_mandate_that_ended_is_not_offered(run, office):
    row = mandate(run)
    run.do("a1", "pelaksana")
    run.do("a1", "kasi", part="paraf")
    assert queries.withdrawable(run.case, office.kasi, run.now)
    actions.end_delegation(row, by=office.kasubbag, at=run.now)
    assert queries.withdrawable(run.case, office.kasi, run.now) == []


def test_what_closed_a_step_is_taken_back_with_the_step_that_it_opened(run, office):
    run.do("a1", "pelaksana")
    run.do("a1", "kasubbag", part="paraf")
    take_back(run, done(run, "a1", "paraf"), "kasubbag")
    assert run.case.position == {"open": ["a1"], "arrived": []}
    assert run.stages() == {
        "a1": ("kini", 1),
        "a2": ("belum", 0),
        "a3": ("belum", 0),
    }
    assert inbox(run, "camat") == []
    run.do("a1", "kasubbag", part="paraf")
    again = run.task("a2")
    assert (again.round, again.attempt) == (1, 2)
    run.do("a2", "camat", "Setuju")
    run.do("a3", "pelaksana")
    assert run.case.state == "selesai"


def test_a_branch_is_taken_back_until_the_branches_have_met(office):
    run = Run(office, "sejajar")
    run.do("mulai", "kasubbag")
    run.do("undang", "pelaksana")
    take_back(run, done(run, "undang"))
    assert run.case.position == {"open": ["susun", "undang"], "arrived": []}
    run.do("undang", "pelaksana")
    run.do("susun", "kasubbag")
    run.do("susun", "camat", part="mengetahui")
    with pytest.raises(Refusal, match="Cabang lain sudah membuka"):
        take_back(run, done(run, "undang"))
    take_back(run, done(run, "susun", "mengetahui"), "camat")
    assert run.case.position == {"open": ["susun"], "arrived": [["rapat", "undang"]]}
    take_back(run, done(run, "undang"))
    assert run.case.position == {"open": ["susun", "undang"], "arrived": []}


def test_a_signature_is_neither_handed_on_nor_taken_back(office):
    """In the seed SOP the Camat signs in row 4; here it stands open."""
    case = start(office)
    keep_position(case, moves.Position(frozenset({"l4"})))
    task = open_step(case, "l4", by=SYSTEM, at=WHEN)
    with pytest.raises(Refusal, match="Tanda tangan tidak dapat dialihkan"):
        actions.assign_task(
            task, office.position["sekcam"], reason=WHY, by=office.camat, at=WHEN
        )
    days = {"since": TODAY, "until": TODAY, "by": office.camat, "at": WHEN}
    actions.delegate(office.position["camat"], official(office, "sekcam"), **days)
    assert task not in queries.inbox(office.sekcam, WHEN)
    assert task in queries.inbox(office.camat, WHEN)
    assert [h.person for h in queries.signers(case, WHEN)] == [office.camat.pk]
    assert not queries.may_work(office.sekcam, task, WHEN)
    case.tasks.filter(pk=task.pk).update(done_at=WHEN, done_by=office.camat)
    with pytest.raises(Refusal, match="sudah ditandatangani tidak dapat ditarik"):
        actions.withdraw_task(task, reason=WHY, by=office.camat, at=WHEN)


def test_only_who_closed_a_task_takes_it_back_with_a_reason(run, office):
    run.do("a1", "pelaksana")
    first = done(run, "a1")
    with pytest.raises(Refusal, match="Hanya yang menutup"):
        take_back(run, first, "pelaksana2")
    with pytest.raises(Refusal, match="paling sedikit 10 huruf"):
        actions.withdraw_task(first, reason="salah", by=office.pelaksana, at=run.now)


def test_a_return_is_not_taken_back(run, office):
    run.do("a1", "pelaksana")
    actions.return_step(
        run.task("a1", "paraf"), to="a1", reason=WHY, by=office.kasubbag, at=run.now
    )
    paraf = run.case.tasks.get(part="paraf")
    with pytest.raises(Refusal, match="Pengembalian tidak dapat ditarik"):
        take_back(run, paraf, "kasubbag")


def test_whoever_closed_a_task_and_holds_the_next_does_not_open_it_to_himself(
    run, office
):
    give(run, "a1", office.position["kasubbag2"])
    run.do("a1", "kasubbag2")
    actions.assign_task(
        run.task("a1", "paraf"),
        office.position["kasi"],
        reason=WHY,
        by=office.camat,
        at=run.now,
    )
    actions.note_seen(run.case, office.kasubbag2, run.now)
    assert run.task("a1", "paraf").seen_at is None
    actions.note_seen(run.case, office.kasi, run.now)
    assert run.task("a1", "paraf").seen_at
