"""The demo says what is real and what is an example."""

import csv
from argparse import Namespace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import resources

import pytest
from django.db import transaction

from himpun import sop
from himpun.collection.models import Entry
from himpun.config.commands import demo, worker
from himpun.config.demo import figures, offices, story
from himpun.config.offices import Office
from himpun.measurement.models import Achievement
from himpun.organization.models import Person, Unit
from himpun.planning import queries as planning
from himpun.planning.models import PerjanjianKinerja, PriorActual, Target
from himpun.procedures.models import Case, ProcedureVersion
from himpun.procedures.queries import links
from himpun.worktime.periods import read_period

DATA = resources.files("himpun.config.demo").joinpath("data")


def documents():
    copy = sop.check(DATA.joinpath("muncar-pengumpulan-data-kinerja.yaml").read_bytes())
    shipped = sop.check(sop.shipped()["jekulo-pengumpulan-data-kinerja"])
    return copy, shipped


def test_the_copy_of_the_sop_keeps_its_steps_and_empties_its_identity():
    copy, shipped = documents()
    assert not copy.errors
    assert copy.sop.langkah == shipped.sop.langkah
    assert copy.sop.artefak == shipped.sop.artefak
    identity = copy.sop.identitas
    assert identity.nomor is None
    assert identity.tgl_pembuatan is None
    assert identity.pengesahan.nama is None


def test_figures_are_those_of_the_published_table():
    path = DATA.joinpath(figures.TABLE)
    raw = list(csv.DictReader(path.read_text("utf-8").splitlines()))[:4]
    rows = figures.rows()
    assert [row.code for row in rows] == ["T1", "S1", "S2", "S3"]
    for row, printed in zip(rows, raw, strict=True):
        assert row.target[2024] == Decimal(printed["target_2024"])
        assert row.actual[2020] == Decimal(printed["realisasi_2020"])


def test_the_story_stops_where_the_clock_stands(db):
    """On the evening of 3 January proposals and team are there, step 3 is open."""
    demo.load(story.OPENED.replace(day=3, hour=20), with_case=True)
    case = Case.objects.get()
    assert case.position["open"] == ["l3"]
    assert not Entry.objects.filter(value__isnull=False).exists()


def test_a_worker_stands_still_until_it_made_a_round(db, settings, tmp_path):
    settings.HIMPUN_HOME = tmp_path
    now = datetime.now(UTC)
    assert worker.stands_still(now)
    assert worker.run(Namespace(once=True)) == 0
    assert not worker.stands_still(now)
    assert worker.stands_still(now + timedelta(hours=2))


@pytest.fixture(scope="module")
def both(django_db_setup, django_db_blocker):
    """The two offices of the demo, loaded once for the tests that follow."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.load(demo.PREPARED, with_case=False)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(both, db):
    """The demo's offices, where a test may ask the database."""


def test_villages_carry_their_published_codes(loaded):
    muncar = Unit.objects.get(code="35.10.05")
    assert Unit.objects.filter(parent=muncar, kind="desa").count() == 10
    assert Unit.objects.filter(code="33.19.06.2009", name="Desa Jekulo").exists()


def test_people_are_named_by_their_position(loaded):
    assert all("(contoh)" in person.name for person in Person.objects.all())


def test_of_muncars_2024_only_the_targets_are_loaded(loaded):
    targets = Target.objects.filter(indicator__unit__code="35.10.05")
    priors = PriorActual.objects.filter(indicator__unit__code="35.10.05")
    assert targets.filter(period_code="2024").count() == 4
    assert not priors.filter(period_code="2024").exists()
    assert priors.filter(period_code="2023").count() == 4
    assert not Entry.objects.exists()


def test_jekulo_has_the_instruments_of_its_year(loaded):
    unit = Unit.objects.get(code="33.19.06")
    [promised] = PerjanjianKinerja.objects.filter(first__unit=unit)
    assert (promised.year, promised.indicators.count()) == (2025, 5)
    assert planning.action_plan(promised).steps.count() == 17
    assert planning.annual_plan(unit, 2025).indicators.count() == 5
    targets = Target.objects.filter(indicator__unit=unit)
    assert targets.filter(period_code="2025").count() == 5
    assert targets.get(grade="A").period_code == "2029"


def test_quarters_before_the_one_to_collect_have_figures_of_jekulo():
    day = date(2026, 10, 7)
    assert [p.code for p in figures.past(2026, day)] == ["2026-TW1", "2026-TW2"]
    assert figures.past(2026, date(2026, 1, 5)) == []
    assert figures.past(2026, date(2026, 9, 30)) == [read_period("2026-TW1")]


def test_old_figures_and_derived_targets_are_labelled(loaded):
    origins = set(PriorActual.objects.values_list("origin", flat=True))
    assert all("tidak diverifikasi di sini" in origin for origin in origins)
    derived = Target.objects.filter(period_code="2025-TW1")
    assert all(target.origin.startswith("contoh") for target in derived)
    assert Achievement.objects.filter(period_code="2023", prior=True).count() == 8


def test_the_copy_is_marked_as_not_in_force(loaded):
    marks = ProcedureVersion.objects.values_list("mark", flat=True)
    assert set(marks) == {"", "CONTOH, belum disahkan"}


def test_jekulo_can_have_the_systems_that_its_sop_names_and_that_of_its_pk(loaded):
    unit = Unit.objects.get(code="33.19.06")
    [own] = ProcedureVersion.objects.filter(procedure__unit=unit)
    offices.adopt_templates(
        Office(unit, unit.parent, procedures=[own]), at=demo.PREPARED
    )
    after, _before = links.relations(own)
    assert [relation.name for relation in after] == [
        "SOP Penyusunan Laporan Capaian Kinerja"
    ]
    assert unit.procedures.count() == 6
    actors = own.bindings.values_list("actor", "position")
    for made in ProcedureVersion.objects.filter(procedure__unit=unit):
        assert set(made.bindings.values_list("actor", "position")) == set(actors)
