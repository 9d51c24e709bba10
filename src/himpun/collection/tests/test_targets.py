"""A target that was set by mistake is taken back while nothing rests on it."""

import pytest

from himpun.collection import actions, queries
from himpun.collection.models import Entry
from himpun.collection.rules import EntryState
from himpun.collection.tests.builders import LATER, collecting
from himpun.ledger import queries as ledger
from himpun.ledger.models import Event
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions as planning
from himpun.planning.models import Target, TargetPart
from himpun.planning.rules import AimKind
from himpun.planning.tests.builders import define, promise
from himpun.planning.tests.plan_builders import agreed, promising_office
from himpun.procedures.models import Case
from himpun.shared.refusals import Refusal

pytestmark = pytest.mark.django_db
WHY = "Salah ketik tahun pada dokumen"


def withdraw(office, target, reason=WHY, by=None):
    actions.withdraw_target(target, reason=reason, by=by or office.kasubbag, at=LATER)


def target_of(code, period="2024"):
    return Target.objects.get(indicator__code=code, period_code=period)


def test_a_target_is_withdrawn_with_its_parts_and_the_reason_is_kept():
    office = make_office()
    version = define(office)
    row = promise(office, version, "2024", "90")
    village = office.unit.children.first()
    planning.split_target(row, [(village, row.aim)], by=office.kasubbag, at=WHEN)
    withdraw(office, row)
    assert not Target.objects.exists()
    assert not TargetPart.objects.exists()
    event = Event.objects.get(type="target.withdrawn")
    data = ledger.data_of(event)
    assert (data["period"], data["old"], data["parts"]) == ("2024", "90", 1)
    assert ledger.texts([data["reason"]]) == {data["reason"]: WHY}
    assert promise(office, version, "2024", "91").aim == 91


def test_a_withdrawal_is_explained_and_is_a_planner_s_act():
    office = make_office()
    row = promise(office, define(office), "2024", "90")
    with pytest.raises(Refusal, match="paling sedikit 10 huruf"):
        withdraw(office, row, "salah")
    with pytest.raises(Refusal, match="diubah oleh Kasubbag"):
        withdraw(office, row, by=office.pelaksana)
    assert Target.objects.exists()


@pytest.mark.parametrize(
    "state", [EntryState.SUBMITTED, EntryState.ACCEPTED, EntryState.RETURNED]
)
def test_a_target_of_a_figure_that_was_sent_stays(state):
    office, round_ = collecting()
    row = target_of("IKU-1")
    Entry.objects.filter(version__indicator=row.indicator).update(state=state.value)
    with pytest.raises(Refusal, match=f"kasus nomor {round_.case_id}"):
        withdraw(office, row)
    Case.objects.filter(pk=round_.case_id).update(state="dibatalkan")
    withdraw(office, row)
    assert target_of("IKU-2")


def test_a_target_that_a_document_printed_stays_and_the_document_is_named():
    office = promising_office()
    agreed(office)
    row = target_of("S", "2025")
    named = [str(one) for one in queries.resting_on(row)]
    assert any(one.startswith("Perjanjian Kinerja 2025 versi 1") for one in named)
    with pytest.raises(Refusal, match="Perjanjian Kinerja 2025"):
        withdraw(office, row)


def test_a_baseline_and_a_standard_are_printed_by_no_document():
    office = make_office()
    version = define(office)
    for kind in (AimKind.BASELINE, AimKind.STANDARD, AimKind.MEDIUM_TERM):
        withdraw(office, promise(office, version, "2024", "90", kind=kind))
    assert not Target.objects.exists()


def test_the_page_shows_what_rests_on_a_target_or_takes_the_reason(client):
    office, _round = collecting()
    client.force_login(office.kasubbag, "django.contrib.auth.backends.ModelBackend")
    row = target_of("IKU-1")
    address = f"/target/{row.pk}/cabut"
    grid = f"/indikator/{row.indicator_id}/target?tahun=2024"
    assert address in client.get(grid).content.decode()
    emptied = {
        f"{row.indicator_id}.2024": "",
        f"lihat-{row.indicator_id}.2024": "91,33",
    }
    told = client.post(grid, {**emptied, "origin": "PK"}).content.decode()
    assert "dicabut lewat tautan Cabut" in told
    short = client.post(address, {"reason": "salah"})
    assert short.status_code == 422
    assert client.post(address, {"reason": WHY}).status_code == 302
    assert not Target.objects.filter(pk=row.pk).exists()
    page = client.get(f"/indikator/{row.indicator_id}?tahun=2024").content.decode()
    assert "dicabut, semula 91,33: “Salah ketik tahun pada dokumen”" in page
    other = target_of("IKU-2")
    Entry.objects.filter(version__indicator=other.indicator).update(state="dikirim")
    shown = client.get(f"/target/{other.pk}/cabut").content.decode()
    assert "Tidak dapat dicabut" in shown
    assert "<textarea" not in shown
    assert 'name="reason"' not in shown
