from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.collection import actions, queries
from himpun.collection.models import Entry, Exemption, Verdict
from himpun.collection.rules import EntryState, ExemptionKind, Hand
from himpun.collection.steps import Collecting
from himpun.collection.tests.builders import (
    LATER,
    accept,
    accept_all,
    answer_all,
    collecting,
    entry_of,
    events,
    fill,
    give_back,
    later,
    submit_all,
    submitted,
)
from himpun.ledger import queries as ledger
from himpun.organization.models import Official
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning.tests.builders import promise
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.shared.refusals import Conflict, Refusal

pytestmark = pytest.mark.django_db
TODAY = WHEN.date()


def stand_in(person, position, letter="SPT 800/12"):
    """Let a person act in a position from today."""
    return Official.objects.create(
        person=person, position=position, status="plt", since=TODAY, letter=letter
    )


def test_the_kasubbag_accepts_a_value_and_it_is_locked():
    office, round_ = submitted()
    verdict = accept(office, round_)
    assert verdict.verifier == office.kasubbag
    assert entry_of(round_).state == EntryState.ACCEPTED
    data = ledger.data_of(events(round_, "value.accepted")[0])
    assert Decimal(data["value"]) == Decimal("97.66")
    assert Decimal(data["target"]) == Decimal("91.33")


@pytest.mark.parametrize("who", ["pelaksana2", "kasubbag2", "sekcam", "camat", "kasi"])
def test_only_the_sops_verifier_accepts(who):
    office, round_ = submitted()
    before = len(events(round_))
    with pytest.raises(Refusal, match="pejabat lain menurut SOP"):
        accept(office, round_, by=office.people[who])
    assert entry_of(round_).state == EntryState.SUBMITTED
    assert len(events(round_)) == before


def test_a_verifier_of_another_office_accepts_nothing_here():
    office, round_ = submitted()
    other = make_office("Kecamatan Lain")
    with pytest.raises(Refusal):
        accept(office, round_, by=other.kasubbag)


def test_what_was_not_sent_cannot_be_accepted():
    office, round_ = collecting()
    fill(office, round_)
    with pytest.raises(Refusal, match="tidak menunggu verifikasi"):
        accept(office, round_)


def test_a_value_that_changed_since_the_page_was_opened_is_not_accepted_unseen():
    office, round_ = submitted()
    seen = entry_of(round_)
    give_back(office, round_, at=later(1))
    fill(office, round_, text="97", evidence=False, at=later(2))
    actions.submit_values(round_, entries=[seen.pk], by=office.pelaksana, at=later(3))
    with pytest.raises(Conflict):
        actions.accept_value(
            seen, row_version=seen.row_version, by=office.kasubbag, at=later(4)
        )


def test_a_return_needs_a_reason_and_leaves_the_rest_locked():
    office, round_ = submitted()
    with pytest.raises(Refusal, match="10 huruf"):
        give_back(office, round_, why="salah")
    give_back(office, round_, why="Berita acara belum ditandatangani")
    assert entry_of(round_).state == EntryState.RETURNED
    assert entry_of(round_, "IKU-2").state == EntryState.SUBMITTED
    [row] = queries.rows_of(round_, [entry_of(round_)])
    assert row.decision.reason == "Berita acara belum ditandatangani"
    assert b"Berita" not in bytes(events(round_, "value.returned")[0].body)


def test_an_accepted_value_may_still_be_returned_while_the_step_is_open():
    office, round_ = submitted()
    accept(office, round_)
    give_back(office, round_)
    assert entry_of(round_).state == EntryState.RETURNED


def test_bulk_acceptance_takes_only_what_fits_each_with_its_event():
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    fill(office, round_, "IKU-2")
    entry = fill(office, round_, "IKU-3", "973")
    actions.save_note(
        entry,
        text="Termasuk sisa tahun lalu",
        row_version=entry.row_version,
        by=office.pelaksana,
        at=LATER,
    )
    fill(office, round_, "IKU-4")
    actions.submit_values(round_, by=office.pelaksana, at=LATER)
    seen = {e.pk: e.row_version for e in round_.entries.all()}
    done = actions.accept_all_fit(round_, seen=seen, by=office.kasubbag, at=LATER)
    assert {v.entry.version.indicator.code for v in done} == {"IKU-1", "IKU-2", "IKU-4"}
    assert entry_of(round_, "IKU-3").state == EntryState.SUBMITTED
    assert len(events(round_, "value.accepted")) == 3


def test_bulk_acceptance_leaves_what_the_verifier_has_not_seen():
    office, round_ = submitted()
    seen = {e.pk: e.row_version for e in round_.entries.all()}
    seen[entry_of(round_).pk] -= 1
    done = actions.accept_all_fit(round_, seen=seen, by=office.kasubbag, at=LATER)
    assert len(done) == 3


def test_bulk_acceptance_is_refused_to_others():
    office, round_ = submitted()
    seen = {e.pk: e.row_version for e in round_.entries.all()}
    with pytest.raises(Refusal):
        actions.accept_all_fit(round_, seen=seen, by=office.sekcam, at=LATER)
    assert not Verdict.objects.exists()


def test_the_target_of_an_accepted_value_is_the_one_it_was_accepted_with():
    office, round_ = submitted()
    accept(office, round_)
    promise(office, entry_of(round_).version, "2024", "50")
    row = queries.rows(round_)[0]
    assert row.target.value == Decimal("91.33")
    [value] = queries.accepted_values(round_.case)
    assert value.target == Decimal("91.33")


# Three people


def test_nobody_accepts_a_value_for_which_they_gave_evidence():
    office, round_ = collecting()
    stand_in(office.kasubbag, office.position["pelaksana2"])
    entry = fill(office, round_, "IKU-1", evidence=False)
    actions.add_evidence(
        entry, content=b"a,b\n1,2\n", filename="b.csv", by=office.kasubbag, at=LATER
    )
    actions.submit_values(round_, entries=[entry.pk], by=office.pelaksana, at=LATER)
    with pytest.raises(Refusal, match="beri bukti"):
        accept(office, round_)
    seen = {entry.pk: entry_of(round_).row_version}
    assert actions.accept_all_fit(round_, seen=seen, by=office.kasubbag, at=LATER) == []


def test_an_acting_camat_does_not_accept_what_he_will_sign():
    office, round_ = submitted()
    stand_in(office.kasubbag, office.position["camat"])
    with pytest.raises(Refusal, match="akan menandatangani"):
        accept(office, round_)


def mandate(office, position, giver, to):
    """Let somebody do the tasks of a position in the name of who holds it today."""
    procedures.delegate(
        office.position[position],
        office.people[to].tenures.get(),
        since=TODAY,
        until=TODAY,
        by=office.people[giver],
        at=WHEN,
    )


def test_what_one_verifies_by_mandate_is_verified_by_who_gave_it_too():
    """The acting Camat, who will sign, does not let his own deputy verify for him."""
    office, round_ = submitted()
    mandate(office, "kasubbag", "kasubbag", "kasi")
    entry = round_.entries.order_by("pk")[0]
    verdict = actions.accept_value(
        entry, row_version=entry.row_version, by=office.kasi, at=LATER
    )
    assert verdict.verifier_role.startswith("a.n. Kasubbag Perencanaan")
    stand_in(office.kasubbag, office.position["camat"])
    assert len(queries.roles_in_conflict(round_, LATER)) == 1
    entry = round_.entries.order_by("pk")[1]
    with pytest.raises(Refusal, match="atas nama pejabat yang mengisi"):
        actions.accept_value(
            entry, row_version=entry.row_version, by=office.kasi, at=LATER
        )
    kasi = office.position["kasi"].officials.get()
    named = other_verifier(office, round_, by=office.sekcam, official=kasi)
    verdict = actions.accept_value(
        entry, row_version=entry.row_version, by=office.kasi, at=LATER
    )
    assert verdict.exemption == named
    assert verdict.verifier_role == "Kasi Pemerintahan Contoh"


def test_the_product_says_so_before_and_names_the_hands():
    office, round_ = collecting()
    assert queries.roles_in_conflict(round_, LATER) == []
    stand_in(office.kasubbag, office.position["camat"])
    [found] = queries.roles_in_conflict(round_, LATER)
    assert found.person == office.kasubbag
    assert found.hands == (Hand.VERIFIER, Hand.SIGNER)


def test_no_conflict_is_named_while_another_worker_is_there():
    office, round_ = collecting()
    stand_in(office.kasubbag, office.position["pelaksana2"])
    assert queries.roles_in_conflict(round_, LATER) == []
    stand_in(office.kasubbag, office.position["pelaksana"])
    [found] = queries.roles_in_conflict(round_, LATER)
    assert found.hands == (Hand.AUTHOR, Hand.VERIFIER)


def other_verifier(office, round_, *, by, official=None, letter="", why=None):
    return actions.name_other_verifier(
        round_,
        official or office.position["kasubbag2"].officials.get(),
        instead_of=office.kasubbag,
        why=why or "Kasubbag sedang menjadi Plt. Camat",
        letter=letter,
        by=by,
        at=LATER,
    )


def test_another_official_verifies_and_the_exemption_stands_beside_the_value():
    office, round_ = submitted()
    stand_in(office.kasubbag, office.position["camat"])
    exemption = other_verifier(office, round_, by=office.sekcam)
    assert queries.roles_in_conflict(round_, LATER) == []
    verdict = accept(office, round_, by=office.kasubbag2)
    assert verdict.exemption == exemption
    [value] = queries.accepted_values(round_.case)
    shown = value.exemption
    assert shown.kind == ExemptionKind.OTHER_VERIFIER
    assert shown.reason == "Kasubbag sedang menjadi Plt. Camat"
    assert "Plt. Camat" in shown.concerns_role
    assert "Kasubbag Umum" in shown.verifier_role
    data = ledger.data_of(events(round_, "exemption.granted")[0])
    assert "sedang menjadi" not in str(data)
    accepted = ledger.data_of(events(round_, "value.accepted")[0])
    assert accepted["exemption"] == exemption.pk


@pytest.mark.parametrize("who", ["pelaksana", "kasubbag"])
def test_an_exception_for_the_signer_stands_beside_the_values_he_touched(who):
    """He wrote or verified them before: the verdict itself rests on no exception."""
    office, round_ = submitted()
    accept(office, round_)
    exemption = actions.grant_exception(
        round_,
        office.people[who],
        why="Camat berhalangan, ia menjadi Plt. Camat",
        letter="800/15/2025",
        by=office.sekcam,
        at=LATER,
    )
    [value] = queries.accepted_values(round_.case)
    assert value.exemption.number == exemption.pk


def test_an_exception_for_somebody_else_is_not_said_of_a_value():
    office, round_ = submitted()
    accept(office, round_)
    actions.grant_exception(
        round_,
        office.camat,
        why="Camat memverifikasi indikator lain",
        letter="800/15/2025",
        by=office.sekcam,
        at=LATER,
    )
    [value] = queries.accepted_values(round_.case)
    assert value.exemption is None


def test_an_exception_with_reason_and_letter_lets_one_person_be_two():
    office, round_ = submitted()
    stand_in(office.kasubbag, office.position["camat"])
    with pytest.raises(Refusal, match="nomor surat"):
        actions.grant_exception(
            round_,
            office.kasubbag,
            why="Tidak ada pejabat lain",
            letter=" ",
            by=office.sekcam,
            at=LATER,
        )
    exemption = actions.grant_exception(
        round_,
        office.kasubbag,
        why="Tidak ada pejabat lain",
        letter="800/15/2025",
        by=office.sekcam,
        at=LATER,
    )
    assert accept(office, round_).exemption == exemption
    assert queries.roles_in_conflict(round_, LATER) == []
    assert queries.may_sign(round_.case, office.kasubbag) is None


def test_even_with_an_exception_nobody_is_author_verifier_and_signer_of_a_value():
    office, round_ = submitted()
    stand_in(office.kasubbag, office.position["camat"])
    actions.grant_exception(
        round_,
        office.kasubbag,
        why="Tidak ada pejabat lain",
        letter="800/15/2025",
        by=office.sekcam,
        at=LATER,
    )
    Entry.objects.filter(pk=entry_of(round_).pk).update(author=office.kasubbag)
    with pytest.raises(Refusal, match="dua peran, bukan tiga"):
        accept(office, round_)
    seen = {entry.pk: entry.row_version for entry in round_.entries.all()}
    taken = actions.accept_all_fit(round_, seen=seen, by=office.kasubbag, at=LATER)
    assert entry_of(round_).pk not in {verdict.entry_id for verdict in taken}
    assert taken
    assert queries.may_sign(round_.case, office.kasubbag) is None
    Entry.objects.filter(pk=taken[0].entry_id).update(author=office.kasubbag)
    said = queries.may_sign(round_.case, office.kasubbag)
    assert said is not None
    assert "dua peran, bukan tiga" in said


@pytest.mark.parametrize("who", ["pelaksana", "kasubbag2", "kasi"])
def test_others_decide_no_exemption(who):
    office, round_ = collecting()
    with pytest.raises(Refusal, match="Sekcam, Camat, atau administrator"):
        other_verifier(office, round_, by=office.people[who])
    assert not Exemption.objects.exists()


def test_nobody_decides_an_exemption_that_concerns_them():
    office, round_ = collecting()
    stand_in(office.kasubbag, office.position["camat"])
    with pytest.raises(Refusal, match="menyangkut Anda sendiri"):
        other_verifier(office, round_, by=office.kasubbag)
    with pytest.raises(Refusal, match="menyangkut Anda sendiri"):
        other_verifier(
            office,
            round_,
            official=office.position["sekcam"].officials.get(),
            by=office.sekcam,
        )


def test_the_administrator_decides_on_a_letter_so_that_there_is_never_a_dead_end():
    office, round_ = collecting()
    stand_in(office.kasubbag, office.position["camat"])
    with pytest.raises(Refusal, match="surat kabupaten"):
        other_verifier(office, round_, by=office.admin)
    assert other_verifier(office, round_, by=office.admin, letter="800/1")


def test_an_administrator_of_another_kabupaten_decides_nothing_here():
    office, round_ = collecting()
    other = make_office("Kecamatan Lain")
    with pytest.raises(Refusal):
        other_verifier(office, round_, by=other.admin, letter="800/1")


def test_the_signer_is_not_named_as_the_other_verifier():
    office, round_ = collecting()
    with pytest.raises(Refusal, match="yang akan menandatangani"):
        other_verifier(
            office,
            round_,
            official=office.position["camat"].officials.get(),
            by=office.sekcam,
        )


def test_an_official_of_another_office_or_of_the_past_is_not_named():
    office, round_ = collecting()
    other = make_office("Kecamatan Lain")
    with pytest.raises(Refusal, match="kantor ini"):
        other_verifier(
            office,
            round_,
            official=other.position["kasubbag2"].officials.get(),
            by=office.sekcam,
        )
    gone = office.position["kasubbag2"].officials.get()
    gone.until = date(2024, 12, 31)
    gone.save()
    with pytest.raises(Refusal, match="tidak memegang"):
        other_verifier(office, round_, official=gone, by=office.sekcam)


def test_a_named_verifier_stops_verifying_when_the_position_ends():
    office, round_ = submitted()
    other_verifier(office, round_, by=office.sekcam)
    Official.objects.filter(position=office.position["kasubbag2"]).update(
        until=TODAY - timedelta(days=1)
    )
    with pytest.raises(Refusal):
        accept(office, round_, by=office.kasubbag2)


def test_the_conflict_is_said_again_when_the_named_verifier_is_gone():
    office, round_ = collecting()
    stand_in(office.kasubbag, office.position["camat"])
    other_verifier(office, round_, by=office.sekcam)
    assert queries.roles_in_conflict(round_, LATER) == []
    Official.objects.filter(position=office.position["kasubbag2"]).update(
        until=TODAY - timedelta(days=1)
    )
    assert len(queries.roles_in_conflict(round_, LATER)) == 1


def test_a_named_verifier_does_not_accept_a_value_of_his_own_either():
    office, round_ = collecting()
    stand_in(office.kasubbag2, office.position["pelaksana2"])
    fill(office, round_, by=office.kasubbag2)
    actions.submit_values(
        round_, entries=[entry_of(round_).pk], by=office.pelaksana, at=LATER
    )
    other_verifier(office, round_, by=office.sekcam)
    with pytest.raises(Refusal, match="beri bukti"):
        accept(office, round_, by=office.kasubbag2)


def test_nobody_signs_what_they_typed_or_verified():
    office, round_ = collecting()
    accept_all(office, round_)
    case = round_.case
    assert queries.may_sign(case, office.camat) is None
    assert "memverifikasi" in queries.may_sign(case, office.kasubbag)
    assert "mengisi" in queries.may_sign(case, office.pelaksana)
    assert queries.may_sign(case, office.pelaksana2) is None


def test_only_the_ruling_verdict_makes_a_verifier():
    office, round_ = submitted()
    accept(office, round_)
    give_back(office, round_, at=later(1))
    other_verifier(office, round_, by=office.sekcam)
    fill(office, round_, text="97,6", evidence=False, at=later(2))
    actions.submit_values(
        round_, entries=[entry_of(round_).pk], by=office.pelaksana, at=later(3)
    )
    accept(office, round_, by=office.kasubbag2, at=later(4))
    assert queries.may_sign(round_.case, office.kasubbag) is None
    assert queries.may_sign(round_.case, office.kasubbag2)


# The step


def test_step_3_stays_open_until_all_is_accepted_and_all_units_answered():
    office, round_ = collecting()
    task = queries.work_task(round_.case, queries.COLLECTION)
    kinds = [m.sentence for m in cases.missing_of(task, LATER)]
    assert sum("belum diisi" in s for s in kinds) == 4
    assert sum("belum dicatat diterima" in s for s in kinds) == 2
    accept_all(office, round_)
    answer_all(office, round_)
    left = [m.sentence for m in cases.missing_of(task, LATER)]
    assert not any("IKU" in s or "belum dicatat" in s for s in left)
    assert not any("verifikasi" in s for s in left)


@pytest.mark.parametrize(
    ("carry", "word"),
    [(fill, "belum dikirim"), (submit_all, "menunggu verifikasi")],
)
def test_what_is_missing_says_where_the_value_stands(carry, word):
    office, round_ = collecting()
    carry(office, round_)
    task = queries.work_task(round_.case, queries.COLLECTION)
    assert any(word in m.sentence for m in cases.missing_of(task, LATER))


def sent_back(round_, person):
    """Write down that somebody sent the work back to step 3."""
    round_.case.tasks.filter(step="l1", part="kerja").update(
        outcome="kembali:l3", done_by=person, done_role="Camat Contoh", done_at=later(1)
    )


def test_a_return_from_the_camat_unlocks_the_named_values_with_the_reason():
    office, round_ = collecting()
    accept_all(office, round_)
    answer_all(office, round_)
    task = queries.work_task(round_.case, queries.COLLECTION)
    named = entry_of(round_, "IKU-2")
    sent_back(round_, office.camat)
    Collecting().returned(
        task, reason="Angka SAKIP perlu dicek ulang", values=[named.pk]
    )
    assert entry_of(round_, "IKU-2").state == EntryState.RETURNED
    assert entry_of(round_, "IKU-1").state == EntryState.ACCEPTED
    row = queries.rows(round_)[1]
    assert row.decision.reason == "Angka SAKIP perlu dicek ulang"
    assert row.decision.role == "Camat Contoh"
    assert "belum diperbaiki" in row.lacking[0]


def test_a_return_reaches_no_value_of_another_case():
    office, round_ = collecting()
    other, foreign = collecting(make_office("Kecamatan Lain"))
    accept_all(other, foreign)
    task = queries.work_task(round_.case, queries.COLLECTION)
    sent_back(round_, office.camat)
    Collecting().returned(task, reason="x", values=[entry_of(foreign).pk])
    assert entry_of(foreign).state == EntryState.ACCEPTED


def test_the_papers_find_everything_beside_an_accepted_value():
    office, round_ = collecting()
    accept_all(office, round_)
    values = queries.accepted_values(round_.case)
    assert [v.meaning.code for v in values] == ["IKU-1", "IKU-2", "IKU-3", "IKU-4"]
    second = values[1]
    assert second.value == Decimal("82.32")
    assert second.previous.origin == "data sebelum Himpun, tidak diverifikasi di sini"
    assert second.author_role.startswith("Pelaksana Perencanaan")
    assert second.verifier_role.startswith("Kasubbag Perencanaan")
    assert second.verified_at == LATER
    assert second.evidence[0][0] == "bukti-IKU-2.csv"
    assert second.meaning.scale_source == "Permendagri 86/2017"
    assert second.measured.band == "Sangat tinggi"
    assert queries.team_of(round_.case).members
    assert queries.unit_answers(round_.case)[0].unit == "Desa Uji 1"


def test_the_papers_take_the_same_queries_for_any_number_of_values(
    django_assert_num_queries,
):
    office, round_ = submitted()
    accept(office, round_)
    with CaptureQueriesContext(connection) as few:
        assert len(queries.accepted_values(round_.case)) == 1
    for code in ("IKU-2", "IKU-3", "IKU-4"):
        accept(office, round_, code)
    with django_assert_num_queries(len(few)):
        assert len(queries.accepted_values(round_.case)) == 4


def test_a_finished_or_cancelled_case_is_closed_to_every_act():
    office, round_ = submitted()
    procedures.cancel_case(
        round_.case, reason="Salah periode yang dibuka", by=office.kasubbag, at=LATER
    )
    with pytest.raises(Refusal, match="dibatalkan"):
        accept(office, round_)
    with pytest.raises(Refusal, match="dibatalkan"):
        other_verifier(office, round_, by=office.sekcam)


def test_values_are_not_verified_once_the_step_is_closed():
    office, round_ = submitted()
    task = queries.work_task(round_.case, queries.COLLECTION)
    round_.case.tasks.filter(pk=task.pk).update(done_at=LATER)
    with pytest.raises(Refusal, match="sedang tidak dibuka"):
        accept(office, round_)
