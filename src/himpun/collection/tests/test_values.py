from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from himpun.collection import actions, queries
from himpun.collection.models import Entry, Evidence
from himpun.collection.rules import EntryState, Kind
from himpun.collection.tests.builders import (
    BUKTI,
    LATER,
    accept_all,
    collecting,
    entry_of,
    events,
    fill,
    fill_all,
    give_back,
    later,
    submitted,
)
from himpun.ledger import queries as ledger
from himpun.organization.tests.builders import make_office
from himpun.planning.tests.builders import revise
from himpun.shared.refusals import Conflict, Refusal

pytestmark = pytest.mark.django_db


def save(office, entry, text, *, version=None, by=None, at=LATER):
    return actions.save_value(
        entry,
        text=text,
        row_version=entry.row_version if version is None else version,
        by=by or office.pelaksana,
        at=at,
    )


def test_opening_step_3_makes_a_row_for_each_value_and_a_request_for_each_unit():
    _office, round_ = collecting()
    assert round_.entries.count() == 4
    assert round_.requests.count() == 2  # two villages
    assert {e.state for e in round_.entries.all()} == {EntryState.EMPTY}


def test_a_valid_value_is_an_event_with_the_old_and_the_new_one():
    office, round_ = collecting()
    save(office, entry_of(round_), "97,66")
    save(office, entry_of(round_), "97.7")
    first, second = events(round_, "value.saved")
    assert ledger.data_of(first)["old"] is None
    assert ledger.data_of(first)["new"] == "97.66"
    assert Decimal(ledger.data_of(second)["old"]) == Decimal("97.66")
    assert ledger.data_of(second)["new"] == "97.7"
    entry = entry_of(round_)
    assert (entry.state, entry.author) == (EntryState.SAVED, office.pelaksana)
    assert entry.author_role.startswith("Pelaksana Perencanaan")


def test_text_that_is_no_value_is_kept_as_a_draft_and_is_no_event():
    office, round_ = collecting()
    save(office, entry_of(round_), "97,66")
    save(office, entry_of(round_), "sembilan puluh")
    entry = entry_of(round_)
    assert entry.draft == "sembilan puluh"
    assert entry.value == Decimal("97.66")
    assert len(events(round_, "value.saved")) == 1
    [row] = queries.rows_of(round_, [entry])
    assert "tidak dapat dibaca" in row.problem
    assert "angka belum terbaca" in row.lacking


def test_a_value_typed_after_a_draft_replaces_it():
    office, round_ = collecting()
    save(office, entry_of(round_), "sembilan")
    save(office, entry_of(round_), "9")
    entry = entry_of(round_)
    assert (entry.draft, entry.value) == ("", 9)


def test_an_empty_text_clears_the_value_to_nothing_and_not_to_zero():
    office, round_ = collecting()
    save(office, entry_of(round_), "5")
    save(office, entry_of(round_), " ")
    entry = entry_of(round_)
    assert entry.value is None
    assert entry.state == EntryState.EMPTY
    assert ledger.data_of(events(round_, "value.saved")[-1])["new"] is None


def test_the_same_value_again_changes_nothing_even_with_an_old_row_version():
    office, round_ = collecting()
    save(office, entry_of(round_), "5")
    save(office, entry_of(round_), "5,0", version=0)
    assert len(events(round_, "value.saved")) == 1
    assert entry_of(round_).row_version == 1


def test_two_people_at_one_cell_see_both_values_and_lose_nothing():
    office, round_ = collecting()
    save(office, entry_of(round_), "97")
    with pytest.raises(Conflict) as conflict:
        save(office, entry_of(round_), "98", version=0, by=office.pelaksana2)
    current = conflict.value.current
    assert current.entry.value == 97
    assert current.typed == "98"
    assert current.person == office.pelaksana
    assert current.at == LATER
    assert entry_of(round_).value == 97


def test_a_draft_does_not_overwrite_somebody_elses_value_either():
    office, round_ = collecting()
    save(office, entry_of(round_), "97")
    with pytest.raises(Conflict):
        save(office, entry_of(round_), "abc", version=0, by=office.pelaksana2)
    assert entry_of(round_).draft == ""


@pytest.mark.parametrize("who", ["kasubbag", "sekcam", "camat", "kasi", "admin"])
def test_only_the_workers_of_the_step_type_values(who):
    office, round_ = collecting()
    before = len(events(round_))
    with pytest.raises(Refusal):
        save(office, entry_of(round_), "1", by=office.people[who])
    assert len(events(round_)) == before


def test_a_worker_of_another_office_types_nothing_here():
    office, round_ = collecting()
    other = make_office("Kecamatan Lain")
    with pytest.raises(Refusal):
        save(office, entry_of(round_), "1", by=other.pelaksana)


def test_any_holder_of_the_position_may_work_and_every_act_names_its_person():
    office, round_ = collecting()
    fill(office, round_, "IKU-1", by=office.pelaksana)
    fill(office, round_, "IKU-2", by=office.pelaksana2)
    acts = {e.actor for e in events(round_, "value.saved")}
    assert acts == {office.pelaksana.pk, office.pelaksana2.pk}


def test_the_first_saved_act_marks_the_start_once():
    office, round_ = collecting()
    fill_all(office, round_)
    started = [
        e for e in events(round_, "task.started") if ledger.data_of(e)["step"] == "l3"
    ]
    assert len(started) == 1


def test_the_round_keeps_the_meaning_it_was_opened_with():
    office, round_ = collecting()
    revise(office, entry_of(round_).version, name="Makna baru", since=date(2025, 1, 1))
    assert entry_of(round_).version.number == 1


# Notes


def test_a_note_lies_beside_the_value_and_its_words_not_in_the_event():
    office, round_ = collecting()
    entry = fill(office, round_)
    actions.save_note(
        entry,
        text="Survei bulan Desember",
        row_version=entry.row_version,
        by=office.pelaksana,
        at=LATER,
    )
    [row] = queries.rows_of(round_, [entry_of(round_)])
    assert row.note == "Survei bulan Desember"
    assert b"Survei" not in bytes(events(round_, "note.saved")[0].body)


def test_a_note_on_a_changed_row_is_a_conflict():
    office, round_ = collecting()
    entry = entry_of(round_)
    fill(office, round_)
    with pytest.raises(Conflict):
        actions.save_note(
            entry, text="x", row_version=0, by=office.pelaksana2, at=LATER
        )


# Evidence


def test_evidence_is_kept_by_its_content_with_its_name_apart():
    office, round_ = collecting()
    fill(office, round_)
    [row] = queries.rows_of(round_, [entry_of(round_)])
    [file] = row.files
    assert file.name == "bukti-IKU-1.csv"
    assert ledger.read_file(file.sha256) == BUKTI + b"IKU-1"
    assert b"bukti-IKU" not in bytes(events(round_, "evidence.added")[0].body)


def test_who_adds_evidence_is_an_author_too():
    office, round_ = collecting()
    entry = fill(office, round_, evidence=False)
    actions.add_evidence(
        entry, content=BUKTI, filename="b.csv", by=office.pelaksana2, at=LATER
    )
    assert queries.authors_of([entry.pk])[entry.pk] == {
        office.pelaksana.pk,
        office.pelaksana2.pk,
    }


def test_evidence_taken_off_stays_in_the_record_and_no_longer_counts():
    office, round_ = collecting()
    entry = fill(office, round_)
    evidence = Evidence.objects.get()
    actions.remove_evidence(evidence, by=office.pelaksana, at=LATER)
    assert queries.rows_of(round_, [entry_of(round_)])[0].files == ()
    assert ledger.read_file(evidence.blob)
    assert len(events(round_, "evidence.removed")) == 1
    with pytest.raises(Refusal, match="sudah dilepas"):
        actions.remove_evidence(evidence, by=office.pelaksana, at=LATER)
    assert entry.pk == evidence.entry_id


def test_the_same_file_twice_at_one_value_is_refused():
    office, round_ = collecting()
    entry = fill(office, round_)
    with pytest.raises(Refusal, match="sudah dilampirkan"):
        actions.add_evidence(
            entry,
            content=BUKTI + b"IKU-1",
            filename="lain.csv",
            by=office.pelaksana,
            at=LATER,
        )


def test_a_file_that_is_not_taken_is_refused_with_its_sentence():
    office, round_ = collecting()
    with pytest.raises(Refusal) as refusal:
        actions.add_evidence(
            entry_of(round_),
            content=b"MZ\x90\x00" * 20,
            filename="laporan.pdf",
            by=office.pelaksana,
            at=LATER,
        )
    assert refusal.value.field == "file"
    assert not Evidence.objects.exists()


def test_a_file_name_carries_no_folder_and_is_cut_before_its_ending():
    office, round_ = collecting()
    actions.add_evidence(
        entry_of(round_),
        content=BUKTI,
        filename="..\\..\\C:\\" + "a" * 300 + ".csv",
        by=office.pelaksana,
        at=LATER,
    )
    [row] = queries.rows_of(round_, [entry_of(round_)])
    assert len(row.files[0].name) == 180
    assert row.files[0].name.endswith("a.csv")
    assert "\\" not in row.files[0].name


# Pasting


def test_a_withdrawn_value_is_typed_over_and_sent_again():
    office, round_ = submitted()
    actions.withdraw_value(entry_of(round_), by=office.pelaksana, at=later(1))
    [event] = events(round_, "value.withdrawn")
    assert event.actor == office.pelaksana.pk
    save(office, entry_of(round_), "97")
    actions.submit_values(round_, by=office.pelaksana, at=later(2))
    assert entry_of(round_).state == EntryState.SUBMITTED


def test_a_value_that_was_returned_before_is_returned_again_when_withdrawn():
    office, round_ = submitted()
    give_back(office, round_, at=later(1))
    save(office, entry_of(round_), "97", at=later(2))
    actions.submit_values(round_, by=office.pelaksana, at=later(3))
    actions.withdraw_value(entry_of(round_), by=office.pelaksana, at=later(4))
    assert entry_of(round_).state == EntryState.RETURNED
    actions.submit_values(round_, by=office.pelaksana, at=later(5))


@pytest.mark.parametrize("who", ["pelaksana2", "kasubbag"])
def test_only_the_author_takes_a_value_back(who):
    office, round_ = submitted()
    with pytest.raises(Refusal):
        actions.withdraw_value(entry_of(round_), by=office.people[who], at=LATER)
    assert entry_of(round_).state == EntryState.SUBMITTED


def test_a_verified_value_is_not_taken_back():
    office, round_ = collecting()
    accept_all(office, round_)
    with pytest.raises(Refusal, match="tidak menunggu verifikasi"):
        actions.withdraw_value(entry_of(round_), by=office.pelaksana, at=LATER)


def test_a_pasted_block_is_previewed_and_writes_nothing():
    _office, round_ = collecting()
    preview = actions.paste(round_, "IKU-1\t97,66\nIKU-9\t1\nIKU-2\tx")
    kinds = [row.kind for row in preview.rows]
    assert kinds == [Kind.NEW, Kind.UNMATCHED, Kind.WRONG]
    assert entry_of(round_).value is None


def test_a_confirmed_paste_saves_each_value_as_its_own_event():
    office, round_ = collecting()
    preview = actions.paste(round_, "97,66\n82.32\n100\n97,31")
    done = actions.apply_paste(
        round_,
        [(r.cell.entry, r.text, r.cell.row_version) for r in preview.writing],
        by=office.pelaksana,
        at=LATER,
    )
    assert len(done.saved) == 4
    assert len(events(round_, "value.saved")) == 4
    assert entry_of(round_, "IKU-4").value == Decimal("97.31")


def test_a_row_changed_since_the_preview_comes_back_and_the_others_are_saved():
    office, round_ = collecting()
    preview = actions.paste(round_, "97,66\n82.32")
    save(office, entry_of(round_, "IKU-1"), "50", by=office.pelaksana2)
    done = actions.apply_paste(
        round_,
        [(r.cell.entry, r.text, r.cell.row_version) for r in preview.writing],
        by=office.pelaksana,
        at=LATER,
    )
    assert [c.current.typed for c in done.conflicts] == ["97,66"]
    assert entry_of(round_, "IKU-1").value == 50
    assert entry_of(round_, "IKU-2").value == Decimal("82.32")


def test_a_paste_never_reaches_into_another_case():
    office, round_ = collecting()
    _other, foreign = collecting(make_office("Kecamatan Lain"))
    with pytest.raises(Refusal, match="bukan bagian"):
        actions.apply_paste(
            round_, [(entry_of(foreign).pk, "1", 0)], by=office.pelaksana, at=LATER
        )
    assert entry_of(foreign).value is None


# Sending


def test_sending_names_what_every_value_lacks_and_sends_nothing():
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    fill(office, round_, "IKU-2", evidence=False)
    with pytest.raises(actions.NotReady) as refusal:
        actions.submit_values(round_, by=office.pelaksana, at=LATER)
    gaps = {row.version.indicator.code: row.lacking for row in refusal.value.rows}
    assert gaps == {
        "IKU-2": ("belum ada bukti",),
        "IKU-3": ("belum diisi", "belum ada bukti"),
        "IKU-4": ("belum diisi", "belum ada bukti"),
    }
    assert entry_of(round_).state == EntryState.SAVED


def test_what_is_complete_may_be_sent_alone():
    office, round_ = collecting()
    entry = fill(office, round_, "IKU-1")
    sent = actions.submit_values(
        round_, entries=[entry.pk], by=office.pelaksana, at=LATER
    )
    assert [row.pk for row in sent] == [entry.pk]
    assert entry_of(round_, "IKU-1").state == EntryState.SUBMITTED
    assert entry_of(round_, "IKU-2").state == EntryState.EMPTY


def test_an_odd_value_is_sent_with_a_note():
    office, round_ = collecting()
    entry = fill(office, round_, "IKU-3", "973")
    with pytest.raises(actions.NotReady) as refusal:
        actions.submit_values(round_, entries=[entry.pk], by=office.pelaksana, at=LATER)
    assert refusal.value.rows[0].lacking == ("janggal, perlu catatan",)
    actions.save_note(
        entry,
        text="Termasuk pengaduan tahun lalu",
        row_version=entry.row_version,
        by=office.pelaksana,
        at=LATER,
    )
    assert actions.submit_values(
        round_, entries=[entry.pk], by=office.pelaksana, at=LATER
    )


def test_what_was_sent_is_locked():
    office, round_ = submitted()
    entry = entry_of(round_)
    with pytest.raises(Refusal, match="terkunci"):
        save(office, entry, "1")
    with pytest.raises(Refusal, match="terkunci"):
        actions.add_evidence(
            entry,
            content=b"lain,lagi\n",
            filename="l.csv",
            by=office.pelaksana,
            at=LATER,
        )
    with pytest.raises(Refusal, match="terkunci"):
        actions.remove_evidence(entry.evidence.get(), by=office.pelaksana, at=LATER)
    with pytest.raises(Refusal, match="Tidak ada isian"):
        actions.submit_values(round_, by=office.pelaksana, at=LATER)


def test_a_returned_value_is_unlocked_alone_and_is_corrected_before_it_is_resent():
    office, round_ = submitted()
    give_back(office, round_, "IKU-2", at=later(1))
    assert entry_of(round_, "IKU-1").state == EntryState.SUBMITTED
    with pytest.raises(actions.NotReady) as refusal:
        actions.submit_values(round_, by=office.pelaksana, at=later(2))
    assert refusal.value.rows[0].lacking == ("belum diperbaiki sejak dikembalikan",)
    save(office, entry_of(round_, "IKU-2"), "82,33", at=later(3))
    assert entry_of(round_, "IKU-2").state == EntryState.RETURNED
    [sent] = actions.submit_values(round_, by=office.pelaksana, at=later(4))
    assert sent.version.indicator.code == "IKU-2"
    assert entry_of(round_, "IKU-2").state == EntryState.SUBMITTED


# The grid


def test_the_grid_shows_target_previous_figure_and_live_achievement():
    office, round_ = collecting()
    fill(office, round_, "IKU-2", "82,32")
    row = queries.rows(round_)[1]
    assert row.target.value == Decimal("82.53")
    assert row.previous.value == Decimal("87.92")
    assert row.previous.origin == "data sebelum Himpun, tidak diverifikasi di sini"
    assert round(row.measured.value, 2) == Decimal("99.75")
    assert row.difference == Decimal("-5.60")


def test_a_figure_of_our_own_former_period_comes_before_a_prior_one():
    _office, round_ = collecting()
    Entry.objects.filter(pk=entry_of(round_).pk).update(
        state=EntryState.ACCEPTED, value=Decimal(95)
    )
    round_.period_code = "2025"
    row = queries.rows(round_)[0]
    assert row.previous.value == 95
    assert row.previous.origin == "diverifikasi di Himpun"


def test_the_grid_takes_the_same_queries_for_any_number_of_rows(
    django_assert_num_queries,
):
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    with CaptureQueriesContext(connection) as few:
        queries.rows(round_)
    for code in ("IKU-2", "IKU-3", "IKU-4"):
        fill(office, round_, code)
    with django_assert_num_queries(len(few)):
        assert len(queries.rows(round_)) == 4
    assert len(few) <= 12


def test_the_bars_count_what_stands_where():
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    fill(office, round_, "IKU-2", evidence=False)
    fill(office, round_, "IKU-3", "abc")
    found = queries.tally(queries.rows(round_))
    assert (found.total, found.filled, found.ready) == (4, 2, 1)
    assert (found.wrong, found.without_evidence) == (1, 2)
