"""Each page: it works, it refuses an outsider, a wrong role, bad input."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from himpun.collection import actions, queries
from himpun.collection.models import Entry, Evidence, Team
from himpun.collection.rules import EntryState, RequestState
from himpun.collection.tests.builders import (
    BUKTI,
    accept_all,
    begin,
    collecting,
    entry_of,
    events,
    fill,
    fill_all,
    give_back,
    later,
    submitted,
    to_evaluation,
)
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.organization.models import Official
from himpun.organization.tests.builders import SINCE, make_office
from himpun.planning.tests.builders import define

pytestmark = pytest.mark.django_db

STEPS = ["proposals", "evaluation", "plan", "entries", "paste", "verify", "sheet"]


def url(name, round_, *rest):
    return reverse(f"collection:{name}", args=[round_.case_id, *rest])


def enter(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response):
    return response.content.decode()


def act_in(person, position):
    return Official.objects.create(
        person=person, position=position, status="plt", since=SINCE, letter="SPT 1"
    )


# Who may come in


@pytest.mark.parametrize("name", STEPS)
def test_the_workers_see_every_page(client, name):
    office, round_ = collecting()
    response = enter(client, office.pelaksana).get(url(name, round_))
    assert response.status_code == 200
    if name not in {"paste", "plan"}:
        assert "Indeks Kepuasan Masyarakat" in text(response)


POSTS = [
    ("proposals", {}),
    ("evaluation", {}),
    ("team", {"team": "baru"}),
    ("plan", {}),
    ("send-requests", {}),
    ("close-requests", {"via": "surat", "on": "2025-01-02"}),
    ("entries", {}),
    ("paste", {"block": "1"}),
    ("apply-paste", {}),
    ("submit", {}),
    ("accept-fitting", {}),
    ("name-verifier", {}),
    ("grant-exception", {}),
]


@pytest.mark.parametrize(("name", "data"), POSTS)
def test_a_wrong_role_is_refused_with_a_sentence_and_nothing_happens(
    client, name, data
):
    office, round_ = collecting()
    before = Event.objects.count()
    response = enter(client, office.kasi).post(url(name, round_), data)
    assert response.status_code == 403
    assert "warta merah" in text(response)
    assert Event.objects.count() == before


ENTRY_POSTS = ["save-value", "save-note", "evidence", "accept", "give-back"]


def test_an_entry_of_another_case_is_not_found(client):
    office, round_ = collecting()
    _other, foreign = collecting(make_office("Kecamatan Lain"))
    enter(client, office.pelaksana)
    for name in ENTRY_POSTS:
        address = url(name, round_, entry_of(foreign).pk)
        assert client.post(address).status_code == 404


@pytest.mark.parametrize("name", ENTRY_POSTS)
def test_a_wrong_role_changes_no_entry(client, name):
    office, round_ = collecting()
    before = Event.objects.count()
    response = enter(client, office.kasi).post(
        url(name, round_, entry_of(round_).pk), {"text": "1", "row_version": 0}
    )
    assert response.status_code == 403
    assert Event.objects.count() == before


# Steps 1 and 2


def test_proposals_are_saved_together_and_a_wrong_one_is_shown_as_typed(client):
    office, round_ = begin()
    first, second, *_rest = [r.proposal.pk for r in queries.proposals(round_)]
    data = {f"angka-{first}": "97,66", f"sumber-{first}": "Laporan Desember"}
    data |= {f"angka-{second}": "delapan dua"}
    data |= {f"versi-{pk}": 0 for pk in (first, second)}
    response = enter(client, office.pelaksana).post(url("proposals", round_), data)
    assert response.status_code == 422
    assert 'value="delapan dua"' in text(response)
    assert "tidak dapat dibaca" in text(response)
    rows = queries.proposals(round_)
    assert rows[0].rests_on == "Laporan Desember"
    assert rows[1].proposal.value is None
    data[f"angka-{second}"], data[f"versi-{first}"] = "82,32", 1
    response = client.post(url("proposals", round_), data)
    assert response.status_code == 302
    assert len(events(round_, "proposal.saved")) == 2


def test_a_proposal_changed_by_somebody_else_is_shown_beside_the_typed_one(client):
    office, round_ = begin()
    pk = queries.proposals(round_)[0].proposal.pk
    data = {f"angka-{pk}": "97", f"versi-{pk}": 0}
    enter(client, office.pelaksana2).post(url("proposals", round_), data)
    data[f"angka-{pk}"] = "98"
    response = enter(client, office.pelaksana).post(url("proposals", round_), data)
    assert response.status_code == 422
    assert 'value="98"' in text(response)
    assert "Tersimpan: 97,00" in text(response)


def test_a_team_is_formed_and_the_evaluations_are_saved(client):
    office, round_ = begin()
    to_evaluation(office, round_)
    enter(client, office.kasubbag)
    member = office.position["pelaksana"].officials.get().pk
    response = client.post(
        url("team", round_), {"team": "baru", "name": "Tim A", "members": [member]}
    )
    assert response.status_code == 302
    assert Team.objects.get().name == "Tim A"
    rows = [r.proposal.pk for r in queries.proposals(round_)]
    data = {f"nilai-{pk}": "cukup" for pk in rows}
    data[f"nilai-{rows[0]}"] = "janggal"
    response = client.post(url("evaluation", round_), data)
    assert response.status_code == 422
    assert "apa yang janggal" in text(response)
    data[f"catatan-{rows[0]}"] = "Naik tajam"
    assert client.post(url("evaluation", round_), data).status_code == 302
    assert queries.proposals(round_)[0].note == "Naik tajam"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"team": "baru", "name": ""},
        {"team": "baru", "name": "Tim"},
        {"team": "999"},
        {"team": "baru", "name": "Tim", "decree_date": "kemarin"},
    ],
)
def test_a_team_that_lacks_something_is_shown_again(client, data):
    office, round_ = begin()
    to_evaluation(office, round_)
    response = enter(client, office.kasubbag).post(url("team", round_), data)
    assert response.status_code == 422
    assert not Team.objects.exists()


def test_an_evaluation_that_is_none_is_refused(client):
    office, round_ = begin()
    to_evaluation(office, round_)
    pk = queries.proposals(round_)[0].proposal.pk
    response = enter(client, office.kasubbag).post(
        url("evaluation", round_), {f"nilai-{pk}": "bagus"}
    )
    assert response.status_code == 422
    assert not events(round_, "proposal.evaluated")


# The plan


def test_a_plan_is_saved_sent_and_closed_by_clicks(client):
    office, round_ = collecting()
    enter(client, office.pelaksana)
    first, second = round_.requests.all()
    data = {f"data-{first.pk}": "Buku register", f"tenggat-{first.pk}": "2099-01-01"}
    assert client.post(url("plan", round_), data).status_code == 302
    assert queries.requests(round_)[0].what == "Buku register"
    client.post(url("send-requests", round_))
    assert round_.requests.filter(state=RequestState.SENT).count() == 2
    received = {"unit": [first.pk, second.pk], "via": "surat", "on": "2025-01-03"}
    assert client.post(url("close-requests", round_), received).status_code == 302
    assert round_.requests.filter(state=RequestState.CLOSED).count() == 2


@pytest.mark.parametrize("due", ["2020-01-01", "besok"])
def test_a_wrong_day_in_the_plan_is_shown_as_typed(client, due):
    office, round_ = collecting()
    pk = round_.requests.first().pk
    response = enter(client, office.pelaksana).post(
        url("plan", round_), {f"tenggat-{pk}": due}
    )
    assert response.status_code == 422
    assert f'value="{due}"' in text(response)


@pytest.mark.parametrize(
    "data",
    [
        {"via": "surat", "on": "2025-01-03"},
        {"unit": "x", "via": "surat", "on": "2025-01-03"},
        {"unit": "1", "via": "", "on": "2025-01-03"},
        {"unit": "1", "via": "surat", "on": ""},
        {"unit": "1", "via": "surat", "on": "2099-01-01"},
    ],
)
def test_a_receipt_that_lacks_something_is_shown_again(client, data):
    office, round_ = collecting()
    if data.get("unit") == "1":
        data = data | {"unit": str(round_.requests.first().pk)}
    response = enter(client, office.pelaksana).post(url("close-requests", round_), data)
    assert response.status_code == 422
    assert not events(round_, "request.closed")


def test_the_sekcam_excuses_a_unit_with_a_reason(client):
    office, round_ = collecting()
    address = url("waive-request", round_, round_.requests.first().pk)
    response = enter(client, office.sekcam).post(address, {"reason": "tidak"})
    assert response.status_code == 422
    assert 'value="tidak"' in text(response)
    response = client.post(address, {"reason": "Desa ini tidak memiliki data"})
    assert response.status_code == 302
    assert "Desa ini tidak memiliki data" in text(client.get(url("plan", round_)))
    response = enter(client, office.pelaksana).post(address, {"reason": "Sudah lama"})
    assert response.status_code == 403


# The grid


def save(client, round_, code, value, version=0, **headers):
    return client.post(
        url("save-value", round_, entry_of(round_, code).pk),
        {"text": value, "row_version": version},
        headers=headers,
    )


JSON = {"Accept": "application/json"}


def test_a_cell_is_saved_by_the_script_and_the_answer_redraws_its_row(client):
    office, round_ = collecting()
    response = save(enter(client, office.pelaksana), round_, "IKU-1", "97,66", **JSON)
    answer = response.json()
    assert answer["version"] == 1
    assert answer["cell"] == "simpan"
    assert answer["text"] == "97,66"
    assert "106,9%" in answer["cap"]
    assert "97,66 / 91,33" in answer["steps"]
    assert "1 dari 4" not in answer["counts"]


def test_a_cell_that_cannot_be_read_is_kept_and_named(client):
    office, round_ = collecting()
    answer = save(
        enter(client, office.pelaksana), round_, "IKU-1", "satu", **JSON
    ).json()
    assert answer["cell"] == "keliru"
    assert answer["text"] == "satu"
    assert "tidak dapat dibaca" in answer["problems"]
    page = text(client.get(url("entries", round_)))
    assert 'value="satu"' in page
    assert 'aria-invalid="true"' in page


def test_what_the_page_of_another_account_sends_is_not_saved(client):
    office, round_ = collecting()
    address = url("save-value", round_, entry_of(round_, "IKU-1").pk)
    typed = {"text": "97,66", "row_version": 0, "orang": office.pelaksana2.pk}
    response = enter(client, office.pelaksana).post(address, typed, headers=JSON)
    assert response.status_code == 403
    assert "dibuka oleh akun lain" in response.json()["message"]
    assert not events(round_, "value.saved")
    typed["orang"] = office.pelaksana.pk
    assert client.post(address, typed, headers=JSON).status_code == 200


def test_a_conflict_answers_with_both_values_and_names(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1", "50", by=office.pelaksana2, evidence=False)
    response = save(enter(client, office.pelaksana), round_, "IKU-1", "97", **JSON)
    assert response.status_code == 409
    answer = response.json()
    assert answer["stored"] == "50,00"
    assert answer["version"] == 1
    for part in ("50,00", "97", office.pelaksana2.name, "Pakai isian saya"):
        assert part in answer["conflict"]


def test_a_conflict_without_script_shows_both_values_on_the_page(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1", "50", by=office.pelaksana2, evidence=False)
    response = save(enter(client, office.pelaksana), round_, "IKU-1", "97")
    assert response.status_code == 409
    assert "Pakai isian saya" in text(response)
    assert 'name="text" value="97"' in text(response)


def test_a_plain_form_saves_every_changed_cell_at_once(client):
    office, round_ = collecting()
    one, two = entry_of(round_, "IKU-1").pk, entry_of(round_, "IKU-2").pk
    data = {f"nilai-{one}": "97,66", f"nilai-{two}": "82,32"}
    data |= {f"versi-{one}": 0, f"versi-{two}": 0}
    response = enter(client, office.pelaksana).post(url("entries", round_), data)
    assert response.status_code == 302
    assert Entry.objects.filter(state=EntryState.SAVED).count() == 2
    client.post(url("entries", round_), {f"nilai-{one}": "97,66", f"versi-{one}": 1})
    assert len(events(round_, "value.saved")) == 2


def test_a_plain_form_on_a_changed_row_loses_nothing(client):
    office, round_ = collecting()
    one = entry_of(round_, "IKU-1").pk
    fill(office, round_, "IKU-1", "50", by=office.pelaksana2, evidence=False)
    data = {f"nilai-{one}": "97", f"versi-{one}": 0}
    response = enter(client, office.pelaksana).post(url("entries", round_), data)
    assert response.status_code == 409
    assert 'name="text" value="97"' in text(response)
    assert entry_of(round_, "IKU-1").value == 50


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999"])
def test_a_tampered_row_version_is_a_conflict_and_no_crash(client, version):
    office, round_ = collecting()
    enter(client, office.pelaksana)
    assert save(client, round_, "IKU-1", "97", version).status_code == 409


def test_values_are_shown_with_all_their_digits_so_that_saving_rounds_nothing(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1", "97,666", evidence=False)
    page = text(enter(client, office.pelaksana).get(url("entries", round_)))
    assert 'value="97,666"' in page


def test_the_proposal_is_offered_and_taken_over_by_one_click(client):
    office, round_ = collecting()
    page = text(enter(client, office.pelaksana).get(url("entries", round_)))
    assert "usulan 97,66" in page
    assert save(client, round_, "IKU-1", "97,66").status_code == 302
    assert entry_of(round_).value is not None


def test_a_note_is_saved_and_a_clash_keeps_what_was_typed(client):
    office, round_ = collecting()
    address = url("save-note", round_, entry_of(round_).pk)
    enter(client, office.pelaksana)
    data = {"text": "Survei Desember", "row_version": 0}
    assert client.post(address, data).status_code == 302
    data["text"] = "Catatan kedua"
    response = client.post(address, data)
    assert response.status_code == 409
    assert "Catatan kedua" in text(response)


def test_sending_lists_what_is_missing_with_links_and_offers_the_complete_ones(client):
    office, round_ = collecting()
    ready = fill(office, round_, "IKU-1")
    response = enter(client, office.pelaksana).post(url("submit", round_))
    assert response.status_code == 422
    page = text(response)
    assert f"#baris-{entry_of(round_, 'IKU-2').pk}" in page
    assert "Kirim 1 yang sudah lengkap" in page
    response = client.post(url("submit", round_), {"entry": [ready.pk]})
    assert response.status_code == 302
    assert entry_of(round_, "IKU-1").state == EntryState.SUBMITTED


def test_a_complete_grid_is_sent(client):
    office, round_ = collecting()
    fill_all(office, round_)
    assert (
        enter(client, office.pelaksana).post(url("submit", round_)).status_code == 302
    )
    assert client.post(url("submit", round_)).status_code == 403  # nothing left


def test_the_filters_show_what_they_say(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    enter(client, office.pelaksana)
    page = text(client.get(url("entries", round_) + "?saring=kosong"))
    assert "Indeks Kepuasan Masyarakat</a>" not in page
    assert "Nilai SAKIP Kecamatan</a>" in page
    assert client.get(url("entries", round_) + "?saring=%00").status_code == 200


def test_a_returned_value_shows_its_reason(client):
    office, round_ = submitted()
    give_back(office, round_, why="Bukti belum ditandatangani", at=later(1))
    page = text(enter(client, office.pelaksana).get(url("entries", round_)))
    assert "Bukti belum ditandatangani" in page
    assert "dikembalikan" in page


def test_a_sent_value_is_taken_back_by_its_author(client):
    office, round_ = submitted()
    entry = entry_of(round_)
    address = url("withdraw-value", round_, entry.pk)
    grid = url("entries", round_)
    assert address not in text(enter(client, office.pelaksana2).get(grid))
    assert client.post(address).status_code == 403
    assert address in text(enter(client, office.pelaksana).get(grid))
    page = text(client.post(address, follow=True))
    assert "ditarik kembali" in page
    assert f'id="n-{entry.pk}"' in page
    assert entry_of(round_).state == EntryState.SAVED


@pytest.mark.parametrize("name", ["plan", "entries", "verify"])
def test_the_papers_of_the_case_are_one_click_away(client, name):
    office, round_ = collecting()
    enter(client, office.kasubbag if name == "verify" else office.pelaksana)
    papers = reverse("reporting:papers", args=[round_.case_id])
    assert f'href="{papers}"' in text(client.get(url(name, round_)))


def test_others_see_the_grid_without_fields(client):
    office, round_ = collecting()
    fill(office, round_)
    page = text(enter(client, office.camat).get(url("entries", round_)))
    assert "97,66" in page
    assert "data-simpan=" not in page
    assert "Kirim ke" not in page


def test_the_grid_takes_the_same_queries_for_any_number_of_indicators(client):
    office = make_office()
    office, round_ = collecting(office)
    enter(client, office.pelaksana)
    client.get(url("entries", round_))
    with CaptureQueriesContext(connection) as few:
        client.get(url("entries", round_))
    for n in range(6):
        version = define(office, f"X-{n}", order=9)
        Entry.objects.create(round=round_, version=version, unit=office.unit)
    with CaptureQueriesContext(connection) as many:
        assert "Indikator X-5" in text(client.get(url("entries", round_)))
    assert len(many) == len(few)


# Paste


def test_the_field_for_a_block_is_empty_at_first_and_keeps_what_cannot_be_used(client):
    office, round_ = collecting()
    enter(client, office.pelaksana)
    field = 'aria-describedby="block-bantu">'
    assert f"{field}</textarea>" in client.get(url("paste", round_)).content.decode()
    refused = client.post(url("paste", round_), {"block": "IKU-1\t97,66\n" * 501})
    assert refused.status_code == 422
    assert f"{field}IKU-1\t97,66\n" in refused.content.decode()


def test_a_block_is_previewed_on_a_page_and_applied(client):
    office, round_ = collecting()
    enter(client, office.pelaksana)
    response = client.post(url("paste", round_), {"block": "IKU-1\t97,66\nIKU-9\t1"})
    page = text(response)
    pk = entry_of(round_).pk
    assert "1 dari 2 baris" in page
    assert f'value="{pk}:0:97,66"' in page
    assert not events(round_, "value.saved")
    response = client.post(url("apply-paste", round_), {"cell": [f"{pk}:0:97,66"]})
    assert response.status_code == 302
    page = text(client.get(url("entries", round_)))
    assert "Urungkan tempelan" in page
    assert f'value="{pk}:1:"' in page
    client.post(url("apply-paste", round_), {"cell": [f"{pk}:1:"]})
    assert entry_of(round_).value is None


def test_an_unmatched_line_is_given_its_row_by_hand(client):
    office, round_ = collecting()
    enter(client, office.pelaksana)
    block = "Indeks kepuasan\t97,66\nIKU-2\t82,32"
    page = text(client.post(url("paste", round_), {"block": block}))
    one, two = entry_of(round_, "IKU-1"), entry_of(round_, "IKU-2")
    assert 'aria-label="Baris untuk Indeks kepuasan"' in page
    assert f'<option value="{one.pk}:0:97,66">' in page
    assert f'<option value="{two.pk}:' not in page
    chosen = {"cell": ["", f"{one.pk}:0:97,66", f"{two.pk}:0:82,32"]}
    client.post(url("apply-paste", round_), chosen)
    assert str(entry_of(round_, "IKU-1").value) == "97.66"


def test_the_script_gets_the_preview_as_a_fragment(client):
    office, round_ = collecting()
    response = enter(client, office.pelaksana).post(
        url("paste", round_),
        {"block": "97,66\n82,32", "start": entry_of(round_, "IKU-2").pk},
        headers={"Accept": "text/vnd.himpun.fragment"},
    )
    assert "<html" not in text(response)
    assert f'value="{entry_of(round_, "IKU-2").pk}:0:97,66"' in text(response)


@pytest.mark.parametrize("block", ["", "x" * 100_001])
def test_a_block_that_cannot_be_read_says_so(client, block):
    office, round_ = collecting()
    response = enter(client, office.pelaksana).post(
        url("paste", round_), {"block": block}
    )
    assert response.status_code == 422
    assert "warta merah" in text(response)


@pytest.mark.parametrize("cell", ["", "x:0:1", "1:0", "1:x:1", "999999:0:1"])
def test_a_tampered_cell_writes_nothing(client, cell):
    office, round_ = collecting()
    response = enter(client, office.pelaksana).post(
        url("apply-paste", round_), {"cell": [cell]}
    )
    assert response.status_code in {302, 403}
    assert not events(round_, "value.saved")


def test_a_paste_over_somebody_elses_change_shows_both(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1", "50", by=office.pelaksana2, evidence=False)
    pk = entry_of(round_).pk
    response = enter(client, office.pelaksana).post(
        url("apply-paste", round_), {"cell": [f"{pk}:0:97"]}
    )
    assert response.status_code == 409
    assert "Pakai isian saya" in text(response)


# Evidence


def upload(client, round_, name="bukti.csv", content=BUKTI):
    file = SimpleUploadedFile(name, content)
    return client.post(url("evidence", round_, entry_of(round_).pk), {"file": [file]})


def test_evidence_is_uploaded_listed_handed_out_and_taken_off(client):
    office, round_ = collecting()
    enter(client, office.pelaksana)
    assert upload(client, round_).status_code == 302
    page = text(client.get(url("evidence", round_, entry_of(round_).pk)))
    assert "bukti.csv" in page
    number = Evidence.objects.get().pk
    response = client.get(url("download", round_, number))
    assert b"".join(response) == BUKTI
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert client.post(url("remove-evidence", round_, number)).status_code == 302
    assert Evidence.objects.get().removed_at
    assert client.get(url("download", round_, number)).status_code == 200


def test_a_file_that_pretends_is_refused_with_its_sentence(client):
    office, round_ = collecting()
    response = upload(
        enter(client, office.pelaksana), round_, "laporan.pdf", b"MZ\x90" * 30
    )
    assert response.status_code == 422
    assert "ringkas-salah" in text(response)
    assert not Evidence.objects.exists()


def test_an_upload_without_a_file_says_so(client):
    office, round_ = collecting()
    address = url("evidence", round_, entry_of(round_).pk)
    response = enter(client, office.pelaksana).post(address)
    assert response.status_code == 422
    assert "Pilih berkas" in text(response)


def test_evidence_of_another_case_is_not_handed_out(client):
    office, round_ = collecting()
    other, foreign = collecting(make_office("Kecamatan Lain"))
    fill(other, foreign)
    number = Evidence.objects.get().pk
    enter(client, office.pelaksana)
    assert client.get(url("download", round_, number)).status_code == 404
    assert client.get(url("download", foreign, number)).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(client):
    office, round_ = collecting()
    enter(client, office.pelaksana)
    upload(client, round_, content=b"hanya,di,sini\n1,2,3\n")
    row = Evidence.objects.get()
    ledger.file_path(row.blob).unlink()
    assert client.get(url("download", round_, row.pk)).status_code == 404


def test_the_filled_sheet_can_be_pasted_back(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1", evidence=False)
    response = enter(client, office.pelaksana).get(url("sheet", round_))
    block = b"".join(response).decode("utf-8-sig")
    assert "IKU-1,Indeks Kepuasan Masyarakat,nilai" in block
    preview = actions.paste(round_, block.replace('"97,66"', '"98,5"'))
    assert [row.text for row in preview.writing] == ["98,5"]


# Verification


def judge(client, round_, code, name="accept", **data):
    entry = entry_of(round_, code)
    return client.post(
        url(name, round_, entry.pk), {"row_version": entry.row_version, **data}
    )


def test_values_are_accepted_one_by_one_and_in_bulk(client):
    office, round_ = submitted()
    enter(client, office.kasubbag)
    page = text(client.get(url("verify", round_)))
    assert page.count("Tengok targetnya") == 4
    assert "Target 91,33 di bawah realisasi periode sebelumnya, 93,93" in page
    assert "Terima 4 yang sesuai" in page
    assert judge(client, round_, "IKU-1").status_code == 302
    assert entry_of(round_, "IKU-1").state == EntryState.ACCEPTED
    seen = [f"{e.pk}:{e.row_version}" for e in round_.entries.all()]
    client.post(url("accept-fitting", round_), {"seen": [*seen, "x", "1:y"]})
    assert round_.entries.filter(state=EntryState.ACCEPTED).count() == 4


def test_a_return_joins_the_chosen_reason_and_the_sentence(client):
    office, round_ = submitted()
    enter(client, office.kasubbag)
    page = text(
        client.get(
            url("verify", round_) + f"?kembalikan={entry_of(round_, 'IKU-2').pk}"
        )
    )
    assert 'name="kind" value="Bukti belum lengkap."' in page
    response = judge(
        client,
        round_,
        "IKU-2",
        "give-back",
        kind="Bukti belum lengkap.",
        reason="Lampirkan berita acara",
    )
    assert response.status_code == 302
    row = queries.rows(round_)[1]
    assert row.decision.reason == "Bukti belum lengkap. Lampirkan berita acara"


def test_a_return_without_a_reason_is_shown_again_as_typed(client):
    office, round_ = submitted()
    response = judge(
        enter(client, office.kasubbag), round_, "IKU-2", "give-back", reason="salah"
    )
    assert response.status_code == 422
    assert 'value="salah"' in text(response)
    assert "paling sedikit 10 huruf" in text(response)


def test_a_stale_verdict_is_told_and_not_given(client):
    office, round_ = submitted()
    enter(client, office.kasubbag)
    entry = entry_of(round_)
    response = client.post(
        url("accept", round_, entry.pk), {"row_version": entry.row_version - 1}
    )
    assert response.status_code == 302
    assert "berubah sejak" in text(client.get(response["Location"]))
    assert entry_of(round_).state == EntryState.SUBMITTED
    response = client.post(
        url("give-back", round_, entry.pk), {"row_version": 0, "reason": "Bukti kurang"}
    )
    assert response.status_code == 422
    assert 'value="Bukti kurang"' in text(response)


def test_doubled_roles_are_said_and_the_way_out_is_offered(client):
    office, round_ = submitted()
    act_in(office.kasubbag, office.position["camat"])
    for name in ("plan", "verify"):
        page = text(enter(client, office.kasubbag).get(url(name, round_)))
        assert "harus tiga orang" in page
        assert office.kasubbag.name in page
    assert "Bukan Anda yang memeriksa" in page
    assert "Tetapkan verifikator lain</button>" not in page
    page = text(enter(client, office.sekcam).get(url("verify", round_)))
    assert "Tetapkan verifikator lain</button>" in page


def test_another_verifier_is_named_by_the_form_and_then_verifies(client):
    office, round_ = submitted()
    act_in(office.kasubbag, office.position["camat"])
    official = office.position["kasubbag2"].officials.get()
    data = {
        "lain-official": official.pk,
        "lain-concerns": office.kasubbag.pk,
        "lain-reason": "pendek",
    }
    enter(client, office.sekcam)
    response = client.post(url("name-verifier", round_), data)
    assert response.status_code == 422
    assert "pendek</textarea>" in text(response)
    data["lain-reason"] = "Kasubbag menjadi Plt. Camat"
    assert client.post(url("name-verifier", round_), data).status_code == 302
    page = text(client.get(url("verify", round_)))
    assert "Kasubbag menjadi Plt. Camat" in page
    enter(client, office.kasubbag2)
    assert judge(client, round_, "IKU-1").status_code == 302
    assert "pengecualian tiga orang" in text(client.get(url("verify", round_)))


def test_an_exception_is_granted_by_the_form(client):
    office, round_ = collecting()
    act_in(office.kasubbag, office.position["camat"])
    data = {
        "kecuali-concerns": office.kasubbag.pk,
        "kecuali-reason": "Tidak ada pejabat lain",
        "kecuali-letter": "",
    }
    enter(client, office.sekcam)
    response = client.post(url("grant-exception", round_), data)
    assert response.status_code == 422
    data["kecuali-letter"] = "800/15"
    assert client.post(url("grant-exception", round_), data).status_code == 302
    assert "800/15" in text(client.get(url("verify", round_)))


def test_the_list_takes_the_same_queries_for_any_number_of_values(client):
    office, round_ = collecting()
    accept_all(office, round_)
    enter(client, office.kasubbag)
    client.get(url("verify", round_))
    with CaptureQueriesContext(connection) as few:
        client.get(url("verify", round_))
    for n in range(6):
        version = define(office, f"X-{n}", order=9)
        Entry.objects.create(round=round_, version=version, unit=office.unit)
    with CaptureQueriesContext(connection) as many:
        assert "Indikator X-5" in text(client.get(url("verify", round_)))
    assert len(many) == len(few)


def test_no_page_carries_styles_or_handlers_in_its_html(client):
    office, round_ = collecting()
    fill(office, round_)
    enter(client, office.pelaksana)
    for name in ("proposals", "evaluation", "plan", "entries", "paste", "verify"):
        page = text(client.get(url(name, round_)))
        for forbidden in (" style=", " onclick=", "<style", "javascript:"):
            assert forbidden not in page, (name, forbidden)


def test_what_people_type_is_shown_as_text(client):
    office, round_ = collecting()
    entry = fill(office, round_, "IKU-1", "<script>x</script>", evidence=False)
    client = enter(client, office.pelaksana)
    client.post(
        url("save-note", round_, entry.pk),
        {"text": "<img src=x onerror=1>", "row_version": entry.row_version},
    )
    page = text(client.get(url("entries", round_)))
    assert "<script>x" not in page
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
