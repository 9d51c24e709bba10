"""A quarter of Kecamatan Jekulo: signed by hand; and what stops when a step is left out."""

import json
import subprocess

import pytest

from tests.journeys.carrying import Carry

pytestmark = pytest.mark.journey
PERIOD, TABLE = "Triwulan III 2026", "jekulo_contoh.csv"
PELAKSANA = "Pelaksana Perencanaan"
CAMAT = "Camat Jekulo"
STEP_4 = [
    ("step.opened", "Sekretaris Kecamatan Jekulo"),
    ("document.prepared", PELAKSANA),
    ("document.uploaded", PELAKSANA),
    ("document.signed", CAMAT),
    ("artefact.made", CAMAT),
    ("task.done", CAMAT),
]
"""(type, role) of the events between the paraf of step 3 and the opening of step 5."""


def to_step_3(carry):
    carry.start()
    carry.attach()
    carry.propose()
    carry.close_first()
    carry.name_team()
    carry.evaluate()
    carry.close_second()
    carry.request()
    carry.paste()
    carry.prove()
    carry.submit()


def scanned(paper, folder):
    """Return a picture of the paper's last page, as a scanner makes it."""
    target = folder / "pindaian"
    subprocess.run(
        ["pdftoppm", "-jpeg", "-r", "60", "-singlefile", paper, target], check=True
    )
    return target.with_suffix(".jpg")


def story(installation, carry):
    shown = installation.himpun("ledger", "show", f"case:{carry.number}", "--json")
    return [(event["type"], event["role"]) for event in json.loads(shown.stdout)]


@pytest.fixture(scope="module")
def people(october, people_of):
    return people_of(october, "jekulo")


def test_four_people_carry_a_quarter_and_the_camat_signs_with_a_pen(
    october, people, tmp_path
):
    carry = Carry(people, PERIOD, TABLE, looked=False)
    to_step_3(carry)
    carry.accept()
    carry.make_papers()
    carry.close_third()
    sealed = carry.seal_for_print(tmp_path)
    scan = scanned(sealed, tmp_path)
    carry.looked = True
    carry.upload_scan(scan)
    carry.state()
    carry.deliver()
    carry.receive()
    carry.take_note()
    told = story(october, carry)
    opened = [n for n, (kind, _role) in enumerate(told) if kind == "step.opened"]
    assert len(opened) == 5
    assert told[opened[3] : opened[4]] == STEP_4
    assert told[-1] == ("case.finished", CAMAT)
    refused = october.himpun("verify", scan, check=False)
    assert refused.returncode == 1
    assert "pindaian: tidak dapat diperiksa oleh program" in refused.stdout


def test_without_verification_the_case_does_not_reach_step_4(october, people):
    carry = Carry(people, "Triwulan II 2026", TABLE, looked=False)
    to_step_3(carry)
    person = carry.open("pelaksana", "/laporan")
    person.sees("4 nilai belum diterima verifikator")
    person = carry.open("pelaksana")
    person.press("Tutup langkah")
    person.sees("menunggu verifikasi")
    carry.look(person, "menunggu verifikasi")
    told = story(october, carry)
    assert [kind for kind, _role in told].count("step.opened") == 3
    assert told[-1] == ("values.submitted", PELAKSANA)
    camat = carry.open("camat", "/tanda-tangan")
    camat.sees("Belum ada laporan untuk ditandatangani")
