"""Scales that a kabupaten defines: what is refused, versions, and the pages."""

from decimal import Decimal

import pytest

from himpun.formula.scales import OPINI_BPK, PERMENDAGRI_86_2017
from himpun.ledger.models import Event
from himpun.organization.tests.builders import WHEN, make_office
from himpun.planning import actions, queries, rules
from himpun.planning.models import Category, GradingScale, RatingScale
from himpun.planning.rules import TypedBand
from himpun.planning.tests.builders import define, promise
from himpun.shared.refusals import Refusal

RANKS = (TypedBand("Baik", "> 75"), TypedBand("Cukup", "55"), TypedBand("Kurang", ""))


def typed(*rows):
    return [TypedBand(*row) for row in rows]


def test_ranks_are_half_open_from_their_lower_bounds():
    bands = rules.bands_of(
        typed(("Baik", "> 90"), ("Cukup", "75,5", "90"), ("Kurang", "", "75,5"))
    )
    assert [(b.lower, b.above) for b in bands] == [
        (Decimal(90), True),
        (Decimal("75.5"), False),
        (None, False),
    ]


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        ([("Baik", "")], "name-0", "sedikitnya dua"),
        ([("Baik", "91"), ("", "")], "name-1", "nama peringkat"),
        ([("Baik", ""), ("Kurang", "")], "lower-0", "mulai berapa"),
        ([("Baik", "91"), ("Kurang", "0")], "lower-1", "Kosongkan batas bawah"),
        ([("Baik", "abc"), ("Kurang", "")], "lower-0", "bukan angka|Tulis"),
        ([("Baik", "75"), ("Cukup", "91"), ("Kurang", "")], "lower-1", "lebih kecil"),
        ([("Baik", "75"), ("Cukup", "75"), ("Kurang", "")], "lower-1", "lebih kecil"),
        ([("Baik", "75"), ("baik", "")], "name-1", "dua kali"),
        ([("Baik", "91"), ("Kurang", "", "90")], "upper-1", "celah: .*90 dan 91"),
        ([("Baik", "91"), ("Kurang", "", "92")], "upper-1", "Tumpang tindih"),
        ([("Baik", "91", "100"), ("Kurang", "")], "upper-0", "Kosongkan batas atas"),
        ([("Baik", "1,123456789"), ("Kurang", "")], "lower-0", "terlalu panjang"),
    ],
)
def test_ranks_that_do_not_hold_together_are_refused_at_their_cell(rows, field, words):
    with pytest.raises(Refusal, match=words) as told:
        rules.bands_of(typed(*rows))
    assert told.value.field == field


@pytest.mark.parametrize(
    ("rows", "field", "words"),
    [
        ([("A", "")], "code-0", "sedikitnya dua"),
        ([("A", ""), ("", "Baik")], "code-1", "kode tingkat"),
        ([("A", "Baik"), ("B", "baik")], "code-1", "dua kali"),
    ],
)
def test_grades_that_do_not_hold_together_are_refused(rows, field, words):
    with pytest.raises(Refusal, match=words) as told:
        rules.grades_of_rows(rows)
    assert told.value.field == field


def test_grades_without_a_name_are_named_by_their_code():
    found = rules.grades_of_rows([("A", "Unggul"), ("B", "")])
    assert [str(grade) for grade in found] == ["A (Unggul)", "B"]


# With the database


@pytest.fixture
def office(db):
    return make_office(calendar=False, villages=0)


def define_ranks(office, name="Skala uji", rows=RANKS, *, after=0, by=None):
    return actions.define_scale(
        office.unit,
        name,
        rows,
        source="Peraturan Bupati 12/2026",
        after=after,
        by=by or office.kasubbag,
        at=WHEN,
    )


def test_a_scale_is_defined_in_versions_and_an_older_one_stays(office):
    define_ranks(office)
    define_ranks(office, rows=RANKS[1:], after=1)
    assert [s.version for s in queries.scales(office.unit)[-2:]] == [1, 2]
    with pytest.raises(Refusal, match="sudah ada"):
        define_ranks(office, PERMENDAGRI_86_2017.name)
    for stale in (0, 1):
        with pytest.raises(Refusal, match="versi"):
            define_ranks(office, after=stale)
    assert Event.objects.filter(type="scale.defined").count() == 2
    follower = define_ranks(office, PERMENDAGRI_86_2017.name, after=1)
    assert (
        actions.keep_scale(queries.scales(office.unit)[0], office.unit).tenant is None
    )
    assert queries.kept_scale(office.unit, follower.name, 2) == follower


def test_the_grades_of_a_kabupaten_serve_its_indicators_alone(office):
    foreign = make_office("Kecamatan Lain")
    rows = [("A", "Unggul"), ("B", "Baik")]
    for kasubbag in (office.kasubbag, foreign.kasubbag):
        unit = office.unit if kasubbag == office.kasubbag else foreign.unit
        actions.define_grades(
            unit, "Akreditasi", rows, source="BAN", after=0, by=kasubbag, at=WHEN
        )
        rows = [*rows, ("C", "")]
    assert GradingScale.objects.count() == 2
    own = queries.grade_scales(office.unit)[-1]
    assert [grade.code for grade in own.grades] == ["A", "B"]
    version = actions.keep_grades(own, office.unit)
    assert version.tenant_id == office.unit.tenant_id


def test_only_planners_define_scales(office):
    with pytest.raises(Refusal, match="diubah oleh Kasubbag"):
        define_ranks(office, by=office.pelaksana)
    assert not RatingScale.objects.exists()


@pytest.fixture
def page(client, office):
    client.force_login(office.kasubbag, "django.contrib.auth.backends.ModelBackend")
    return client


def text(answer):
    return answer.content.decode()


def test_the_list_shows_each_scale_with_its_bands_source_and_use(page, office):
    define(office, polarity=None, grades=OPINI_BPK)
    define_ranks(office)
    shown = text(page.get("/indikator/skala"))
    for words in ("Permendagri 86/2017", "mulai 91", "di bawah 51", "Buatan sendiri"):
        assert words in shown
    for words in ("WTP (Wajar Tanpa Pengecualian)", "1 indikator", "di atas 75"):
        assert words in shown


def test_a_scale_is_typed_as_a_table_and_nothing_typed_is_lost(page, office):
    address = "/indikator/skala/baru"
    rows = {"name-0": "Baik", "lower-0": "91", "name-1": "Kurang", "upper-1": "90"}
    asked = {"name": "Skala uji", "source": "Perbup", **rows}
    answer = page.post(address, asked)
    assert answer.status_code == 422
    assert "Ada celah" in text(answer)
    assert 'value="91"' in text(answer)
    assert page.post(address, {**asked, "upper-1": "91"}).status_code == 302
    [kept] = RatingScale.objects.all()
    follow = f"{address}?dari=Skala uji|1"
    assert 'value="Skala uji"' in text(page.get(follow))
    assert page.post(follow, {**asked, "upper-1": ""}).status_code == 302
    assert RatingScale.objects.filter(name=kept.name).count() == 2
    assert page.get(f"{address}?dari=tidak ada|1").status_code == 404
    grades = {"name": "Akreditasi", "source": "BAN", "code-0": "A", "code-1": "B"}
    assert page.post(f"{address}?jenis=tingkat", grades).status_code == 302
    offered = text(page.get("/indikator/baru"))
    assert "Skala uji versi 2 (Perbup)" in offered
    assert "Akreditasi (BAN)" in offered


def test_categories_are_defined_on_their_page_and_split_a_target(page, office):
    version = define(office)
    promise(office, version, "2025", "90")
    asked = {"name": "Jenis kelamin", "categories": "Laki-laki\nLaki-laki"}
    assert "ditulis dua kali" in text(page.post("/indikator/dimensi", asked))
    asked["categories"] = "Laki-laki\nPerempuan"
    assert page.post("/indikator/dimensi", asked).status_code == 302
    assert "Laki-laki, Perempuan" in text(page.get("/indikator/dimensi"))
    row = Category.objects.first()
    address = f"/indikator/{version.indicator_id}/target?tahun=2025"
    grid = text(page.get(f"{address}&bagian={row.dimension_id}"))
    assert "Perempuan" in grid
