"""What the case's page says of decisions, several people and own work."""

import pytest

from himpun.organization.tests.builders import make_office
from himpun.procedures.models import Artefact
from himpun.procedures.tests.builders import Run
from himpun.shared.tests.clock import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
WHY = "contoh alasan yang cukup panjang"


@pytest.fixture
def office():
    return make_office()


def page(run, who):
    return signed_in(getattr(run.office, who)).get(f"/kasus/{run.case.pk}").text


def send(run, who, path, **data):
    return signed_in(getattr(run.office, who)).post(path, data, follow=True)


def to_the_decision(run):
    run.do("susun", "pelaksana")
    run.do("teliti", "kasubbag")


def test_a_decision_offers_the_sops_own_words_and_where_they_lead(office):
    run = Run(office, "mundur")
    to_the_decision(run)
    shown = page(run, "camat")
    assert 'value="Perbaiki"' in shown
    assert "Langkah 1: Menyusun konsep naskah" in shown
    assert 'value="Perbaiki"' not in page(run, "kasubbag")
    task = run.task("putus")
    path = f"/tugas/{task.pk}/selesai"
    refused = send(run, "camat", path)
    assert refused.status_code == 422
    assert "Pilih hasil langkah ini: Setuju, Perbaiki." in refused.text
    send(run, "camat", path, outcome="Perbaiki")
    assert "putaran 2" in page(run, "pelaksana")


def test_at_the_cap_the_outcome_is_closed_and_the_sekcam_opens_it(office):
    run = Run(office, "mundur")
    for _round in (1, 2):
        to_the_decision(run)
        run.do("putus", "camat", "Perbaiki")
    to_the_decision(run)
    shown = page(run, "camat")
    assert "sudah 3 putaran, batas tercapai" in shown
    assert "Batas putaran tercapai" in shown
    path = f"/kasus/{run.case.pk}/batas"
    form = {"source": "", "to": "susun", "cap-limit": "4", "cap-reason": WHY}
    assert send(run, "camat", path, **form).status_code == 422
    assert "Batas dinaikkan untuk kasus ini" in send(run, "sekcam", path, **form).text
    assert "batas tercapai" not in page(run, "camat")
    assert send(run, "sekcam", path, **form | {"to": "arsip"}).status_code == 404


def test_a_person_whose_part_is_noted_waits_for_others(office):
    run = Run(office, "bersama")
    path = f"/tugas/{run.task('hitung', 'bersama').pk}/selesai"
    said = send(run, "pelaksana", path).text
    assert "Bagian Anda tercatat. Langkah ini menunggu orang lain." in said
    assert "1 dari 2 orang sudah melakukan bagiannya" in said
    assert path not in said


@pytest.fixture
def own(office):
    """A case in which the Camat, who is to take note of step 3, gave its file."""
    run = Run(office, "sejajar")
    run.do("mulai", "kasubbag")
    run.do("susun", "kasubbag")
    Artefact.objects.filter(step="susun").update(made_by=office.camat)
    return run


def test_the_page_says_why_and_what_to_do_about_own_work(own):
    path = f"/tugas/{own.task('susun', 'mengetahui').pk}"
    shown = page(own, "camat")
    assert "ikut mengerjakan langkah ini" in shown
    assert f"{path}/selesai" not in shown
    assert f"{path}/kecualikan" not in shown
    assert f"{path}/kecualikan" in page(own, "sekcam")
    refused = send(own, "sekcam", f"{path}/kecualikan", **{"kecuali-reason": "x"})
    assert refused.status_code == 422
    assert 'name="kecuali-reason"' in refused.text
    form = {"kecuali-reason": WHY}
    send(own, "sekcam", f"{path}/kecualikan", **form)
    shown = page(own, "camat")
    assert WHY in shown
    assert f"{path}/selesai" in shown
