from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from himpun.collection.tests.builders import (
    OPINION,
    accept,
    collecting,
    entry_of,
    fill,
    give_back,
    later,
    submitted,
)
from himpun.formula import CapOn, OverUnits
from himpun.measurement.models import Achievement
from himpun.measurement.tests.builders import (
    define_for,
    kabupaten,
    more_offices,
    reached,
    store,
)
from himpun.organization.tests.builders import make_office, make_outsider, make_person
from himpun.planning.tests.builders import define, promise
from himpun.worktime.periods import PeriodKind

pytestmark = pytest.mark.django_db
PAGE = "/capaian"


def enter(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response):
    return response.content.decode()


def number(code="IKU-1", period="2024"):
    return Achievement.objects.get(indicator__code=code, period_code=period).pk


def test_an_anonymous_visitor_is_sent_to_the_sign_in(client):
    for address in (PAGE, "/capaian/1", "/capaian/lembar.csv"):
        assert "/masuk" in client.get(address)["Location"]


def test_the_office_sees_its_figures_with_what_they_are(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    page = text(enter(client, office.sekcam).get(PAGE + "?periode=2024"))
    assert "106,9" in page
    assert "sementara" in page
    assert "data sebelum Himpun, tidak diverifikasi di sini" in page
    assert "dari 1 dari 4 indikator" in page
    assert "Sangat tinggi, mulai 91" in page


def test_a_grade_stands_where_others_have_a_number(client):
    office = make_office()
    row = reached(define(office, polarity=None, grades=OPINION), "2024")
    row.grade = "WTP"
    store(row)
    page = text(enter(client, office.sekcam).get(PAGE + "?periode=2024"))
    assert "<b>WTP</b>" in page
    assert "Sangat rendah, di bawah 51" in page


def test_another_office_sees_none_of_them(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    enter(client, make_outsider())
    assert "106,9" not in text(client.get(PAGE))
    assert client.get(f"{PAGE}?unit={office.unit.pk}").status_code == 404
    assert (
        client.get(reverse("measurement:explanation", args=[number()])).status_code
        == 404
    )
    assert client.get(f"{PAGE}/lembar.csv?unit={office.unit.pk}").status_code == 404


def test_the_kabupaten_may_choose_among_its_offices(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    page = text(
        enter(client, office.admin).get(f"{PAGE}?unit={office.unit.pk}&periode=2024")
    )
    assert "106,9" in page


@pytest.mark.parametrize(
    "code", ["x", "2024-B01", "2024-TW9", "2024-S1", "0001", "%00"]
)
def test_a_period_that_is_none_is_not_found(client, code):
    office = make_office()
    assert enter(client, office.sekcam).get(f"{PAGE}?periode={code}").status_code == 404


def test_an_office_without_indicators_is_told_so(client):
    office = make_office()
    assert "Belum ada indikator" in text(enter(client, office.sekcam).get(PAGE))


def test_somebody_without_a_position_is_told_so(client):
    person = make_person("tamu")
    assert "belum memegang jabatan" in text(enter(client, person).get(PAGE))
    assert client.get(PAGE + "/lembar.csv").status_code == 404


def test_quarters_have_their_tabs_where_there_are_quarterly_indicators(client):
    office = make_office()
    version = define(office, "Q", frequency=PeriodKind.QUARTER)
    promise(office, version, "2025-TW1", "10")
    page = text(enter(client, office.sekcam).get(PAGE + "?periode=2025-TW2"))
    assert "TW II" in page
    assert "periode=2025-TW4" in page


def test_a_number_is_explained_with_its_history(client):
    office, round_ = submitted()
    accept(office, round_)
    give_back(office, round_, at=later(1))
    enter(client, office.camat)
    page = text(client.get(reverse("measurement:explanation", args=[number()])))
    for part in (
        "97,66 / 91,33",
        "Permendagri 86/2017",
        "makin tinggi makin baik",
        "diterima",
        "dikembalikan",
        "sementara, belum diverifikasi",
    ):
        assert part in page
    prior = text(
        client.get(reverse("measurement:explanation", args=[number(period="2023")]))
    )
    assert "data sebelum Himpun, tidak diverifikasi di sini" in prior


def test_a_number_that_cannot_be_calculated_says_why(client):
    office, round_ = collecting()
    promise(office, entry_of(round_).version, "2024", "0")
    fill(office, round_)
    enter(client, office.camat)
    page = text(client.get(reverse("measurement:explanation", args=[number()])))
    assert "pembagian dengan nol" in page


def test_the_sheet_holds_the_figures_with_their_standing(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    response = enter(client, office.sekcam).get(PAGE + "/lembar.csv?periode=2024")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("IKU-1,Indeks Kepuasan Masyarakat,nilai")
    assert "sementara" in lines[1]
    assert response["Content-Disposition"].startswith("attachment")


def test_the_table_takes_the_same_queries_for_any_number_of_indicators(client):
    office, round_ = collecting()
    fill(office, round_, "IKU-1")
    enter(client, office.sekcam)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE + "?periode=2024")
    for n in range(8):
        define(office, f"X-{n}", order=9)
    with CaptureQueriesContext(connection) as many:
        assert "Indikator X-7" in text(client.get(PAGE + "?periode=2024"))
    assert len(many) == len(few)


def test_no_page_carries_styles_or_handlers_in_its_html(client):
    office, round_ = collecting()
    fill(office, round_)
    enter(client, office.sekcam)
    for address in (PAGE, reverse("measurement:explanation", args=[number()])):
        page = text(client.get(address))
        for forbidden in (" style=", " onclick=", "<style", "javascript:"):
            assert forbidden not in page, (address, forbidden)


def test_the_kabupaten_sees_its_total_and_the_figure_of_each_office(client):
    office, _above, below = kabupaten(3, over_units=OverUnits.SUM)
    first, second, _third = (several[0] for several in below.values())
    store(reached(first, "2024-TW1", "12.5"), reached(second, "2024-TW1", "30"))
    page = text(enter(client, office.admin).get("/capaian/kabupaten?periode=2024-TW1"))
    assert "42,50" in page
    assert "2 dari 3 kantor: jumlah semua unit" in page
    assert "tidak ikut: realisasi belum diisi" in page
    row = Achievement.objects.get(unit=office.unit)
    assert reverse("measurement:explanation", args=[row.pk]) in page


def test_the_page_of_the_kabupaten_takes_as_many_queries_for_more_offices(client):
    office, _above, below = kabupaten(2, over_units=OverUnits.SUM)
    enter(client, office.admin)
    counts = []
    for more in (0, 8):
        for unit in more_offices(office, more, first=3):
            below[unit] = [define_for(office, unit)]
        Achievement.objects.all().delete()
        store(*(reached(several[0], "2024-TW1", "1") for several in below.values()))
        with CaptureQueriesContext(connection) as asked:
            client.get("/capaian/kabupaten?periode=2024")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_office_sees_no_totals_of_its_kabupaten(client):
    office = make_office()
    enter(client, office.camat)
    assert client.get("/capaian/kabupaten").status_code == 404
    assert "/capaian/kabupaten" not in text(client.get(PAGE))


def test_the_page_says_which_figures_the_mean_takes_only_to_their_cap(client):
    office = make_office(calendar=False, villages=0)
    capped = define(office, "X-1", cap=Decimal(100), cap_on=CapOn.AVERAGE)
    define(office, "X-2")
    row = reached(capped, "2024", "120")
    row.value, row.averaged = Decimal(150), Decimal(100)
    store(row)
    enter(client, office.sekcam)
    page = text(client.get(PAGE + "?periode=2024"))
    assert "X-1 dihitung 100,0, bukan 150,0" in page
    assert "‡" in page
    assert "dengan batas atas menurut indikatornya" in page
    Achievement.objects.update(averaged=150)
    assert "Dibatasi dalam rata-rata" not in text(client.get(PAGE + "?periode=2024"))
