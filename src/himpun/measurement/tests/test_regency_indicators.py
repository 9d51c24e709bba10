"""What the administrator of a kabupaten defines, weighs and divides, on screen."""

from datetime import date
from decimal import Decimal

import pytest

from himpun.formula import OverUnits
from himpun.ledger.tests.kept import built_once
from himpun.measurement.tests.builders import PARTS, define_for, more_offices
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning.models import Indicator, Target, UnitWeight
from himpun.planning.tests.builders import define, promise, revise
from himpun.shared import clock

pytestmark = pytest.mark.django_db


@built_once
def kabupaten():
    """Two kecamatan, the first with an indicator that has a formula."""
    office = make_office(villages=0)
    more_offices(office, 1)
    define(office, **{**PARTS, "over_units": OverUnits.AVERAGE})
    return office


@pytest.fixture
def office():
    clock.start_at(WHEN)
    return kabupaten()


@pytest.fixture
def page(client, office):
    client.force_login(office.admin, "django.contrib.auth.backends.ModelBackend")
    return client


def text(response):
    return response.content.decode()


def filled(response):
    """Return what a form would send as it was shown, with the button "simpan"."""
    sheet = response.context["sheet"]
    sent = {"baris": str(len(sheet.rows)), "tindakan": "simpan"}
    for form in (sheet.form, *sheet.rows):
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                sent[bound.html_name] = str(value)
    return sent


def test_an_indicator_of_an_office_becomes_the_kabupatens_with_the_same_meaning(
    page, office
):
    [own] = Indicator.objects.all()
    shown = text(page.get(f"/indikator/{own.pk}"))
    address = f"/indikator/baru?unit={office.regency.pk}&dari={own.pk}"
    assert address.replace("&", "&amp;") in shown
    sent = filled(page.get(address))
    assert sent["origin"] == "Disalin dari IKU-1 Kecamatan Contoh, versi 1"
    sent |= {"unit": office.regency.pk, "over_units": OverUnits.WEIGHTED.value}
    asked = page.post(address, sent)
    page.post(address, {**sent, "yakin": asked.context["sheet"].seal})
    [made] = office.regency.indicators.all()
    version, theirs = made.versions.get(), own.versions.get()
    assert (made.code, version.meaning) == (own.code, theirs.meaning)
    assert version.since == theirs.since
    assert version.over_units == OverUnits.WEIGHTED
    assert "dari=" not in text(page.get(f"/indikator/{own.pk}"))
    assert f"/indikator/{made.pk}/bobot" in text(page.get(f"/indikator/{made.pk}"))


def test_an_administrator_chooses_whose_indicator_it_is_and_nobody_else_does(
    page, office, client
):
    assert f'<option value="{office.regency.pk}"' in text(page.get("/indikator/baru"))
    client.force_login(office.kasubbag, "django.contrib.auth.backends.ModelBackend")
    assert "Indikator milik" not in text(client.get("/indikator/baru"))
    assert client.get(f"/indikator/baru?unit={office.regency.pk}").status_code == 404
    made = define_for(office, office.regency).indicator_id
    for address in ("", "/versi", "/target", "/bobot"):
        assert client.get(f"/indikator/{made}{address}").status_code == 404


def test_weights_are_filled_in_once_and_then_only_shown(page, office):
    version = define_for(office, office.regency, over_units=OverUnits.WEIGHTED)
    address = f"/indikator/{version.indicator_id}/bobot"
    first, second = office.regency.children.order_by("code")
    wrong = page.post(address, {f"u{first.pk}": "-2"})
    assert wrong.status_code == 422
    assert "berupa angka 0 atau lebih" in text(wrong)
    page.post(address, {f"u{first.pk}": "2,5"})
    page.post(address, {f"u{first.pk}": "9", f"u{second.pk}": "1"})
    weights = UnitWeight.objects.values_list("unit", "weight")
    assert dict(weights) == {first.pk: Decimal("2.5"), second.pk: Decimal(1)}
    assert "Tetapkan bobot" not in text(page.get(address))
    own = Indicator.objects.get(unit=office.unit)
    assert page.get(f"/indikator/{own.pk}/bobot").status_code == 404


def test_a_new_version_begins_with_the_weights_of_the_one_before(page, office):
    version = define_for(office, office.regency, over_units=OverUnits.WEIGHTED)
    address = f"/indikator/{version.indicator_id}/bobot"
    page.post(address, {f"u{office.unit.pk}": "2,5"})
    office.kasubbag = office.admin
    newer = revise(
        office, version, over_units=OverUnits.WEIGHTED, since=date(2025, 1, 1)
    )
    assert 'value="2,5"' in text(page.get(address))
    assert not newer.weights.exists()


def test_weights_of_what_is_added_up_otherwise_are_refused_in_words(page, office):
    version = define_for(office, office.regency, over_units=OverUnits.SUM)
    response = page.get(f"/indikator/{version.indicator_id}/bobot")
    assert "digabungkan menurut bobot" in text(response)


def test_a_target_of_the_kabupaten_is_divided_among_its_offices(page, office):
    version = define_for(office, office.regency, over_units=OverUnits.SUM)
    office.kasubbag = office.admin
    promise(office, version, "2025", "30")
    address = f"/indikator/{version.indicator_id}/target?tahun=2025&bagian=unit"
    assert "Kecamatan 2" in text(page.get(address))
    name = f"{version.indicator_id}.2025"
    parts = {
        f"{name}.u{unit.pk}": str(share)
        for unit, share in zip(office.regency.children.all(), (10, 20), strict=True)
    }
    page.post(address, {**parts, "origin": "RPJMD (contoh)"})
    [target] = Target.objects.all()
    assert sorted(part.value for part in target.parts.all()) == [10, 20]
