"""An office brings SOPs of its own: read from a file, completed, adopted, carried out.

Long beside the other journeys: `make soak` carries it out.
"""

import re

import pytest

from tests.journeys.browser import LOOKED, screens_of
from tests.journeys.flowing import Flow

pytestmark = [pytest.mark.journey, pytest.mark.soak]
MAKE = """
import sys
from pathlib import Path
from himpun.config.tests import forms
for number in ("02", "04"):
    made = forms.as_docx(forms.other_office(number))
    Path(sys.argv[1], f"sop-{number}.docx").write_bytes(made)
"""
MARK = "contoh, dilengkapi: pelaksana"
WORKERS = (
    *("Kepala Dinas", "Sekretaris", "Kasubag Perencanaan dan Keuangan"),
    *("Kasubag Perencanaan dan Keuangan", "Sekretaris", "Kepala Dinas"),
)
"""Who does each step of 02: the boxes of this SOP are not in its text."""
SEATS = {
    "Kepala Dinas": "Camat Jekulo",
    "Sekretaris": "Sekretaris Kecamatan Jekulo",
    "Kasubag Perencanaan dan Keuangan": "Kasubbag Perencanaan dan Keuangan",
    "Kepala Bidang": "Pelaksana Perencanaan",
}


@pytest.fixture(scope="module")
def people(october, people_of):
    return people_of(october, "jekulo")


@pytest.fixture(scope="module")
def files(october, tmp_path_factory):
    """The SOPs 02 and 04 as their offices have them: Word files."""
    folder = tmp_path_factory.mktemp("sop")
    done = october.python("-c", MAKE, str(folder))
    _out, wrong = done.communicate(timeout=60)
    assert done.returncode == 0, wrong
    return folder


def upload(person, file, name):
    person.open("/sop")
    person.follow("Draf SOP")
    person.page.get_by_label("Berkas", exact=True).set_input_files(file)
    person.press("Mulai draf")
    person.sees(name)
    return person.page.url


def part(person, name):
    person.page.get_by_role("navigation", name="Bagian draf").get_by_role(
        "link", name=name
    ).click()
    person.page.wait_for_url(re.compile("bagian="))
    return person.page


def test_a_word_file_is_completed_adopted_and_carried_to_its_end(people, files):
    person = people["kasubbag"]
    page = person.open("/sop/draf")
    person.looks_right("procedures/drafts.html")
    upload(person, files / "sop-02.docx", "SOP Pengumpulan Data Kinerja")
    person.sees("Masih kurang 6 hal")
    for name in ("Identitas", "Dasar dan daftar", "Pelaksana", "Pengaturan kantor"):
        part(person, name)
        person.looks_right(f"procedures/draft.html {name}")
    part(person, "Temuan")
    person.looks_right("procedures/draft.html Temuan")
    part(person, "YAML")
    person.looks_right("procedures/draft.html YAML")
    part(person, "Langkah")
    person.looks_right("procedures/draft.html Langkah")
    person.follow("Memerintahkan pengumpulan")
    person.looks_right("procedures/draft.html one step")
    for number, actor in enumerate(WORKERS, 1):
        complete(person, number, actor)
    person.sees("Draf ini lengkap")
    person.follow("Periksa dan berlakukan")
    for actor, seat in SEATS.items():
        group = page.get_by_role("group", name=actor)
        group.get_by_label(seat, exact=True).check()
    page.get_by_label("Tanda pada formulir dan kertas").fill(MARK)
    person.looks_right("procedures/adopt.html")
    person.press("Berlakukan")
    person.sees("SOP diberlakukan")
    person.sees(MARK)
    carry(people)


def complete(person, number, actor):
    """Say who does a step; the drawing beside it follows without a press of a button."""
    page = person.page
    page.get_by_label("Penanggung jawab", exact=True).select_option(label=actor)
    if number == len(WORKERS):
        page.get_by_label("Kepala Bidang", exact=True).select_option("mengetahui")
    page.locator("[data-chip]", has_text="Semua tersimpan").wait_for()
    left = len(WORKERS) - number
    if left:
        person.sees(f"Masih kurang {left} hal")
        person.follow(f"Langkah {number + 1}")
        page.locator("h2", has_text=f"Langkah {number + 1}").wait_for()


def carry(people):
    """Carry a case of it to the end through the pages."""
    case = Flow(people, "SOP Pengumpulan Data Kinerja")
    case.close("camat", file="Lembar disposisi")
    case.close("sekcam", file="Dokumen format data kinerja")
    case.close("kasubbag", file="Dokumen data kinerja")
    case.close("kasubbag", file="Dokumen data kinerja")
    case.close("sekcam", file="Dokumen data kinerja")
    case.close("camat", file="Dokumen data kinerja")
    case.close("pelaksana", "Mengetahui")
    people["pelaksana"].sees("Semua langkah SOP sudah ditutup")


def test_a_paper_without_times_and_actors_stays_a_draft(people, files):
    person = people["sekcam"]
    upload(person, files / "sop-04.docx", "Masih kurang 47 hal")
    person.follow("Periksa dan berlakukan")
    person.looks_right("procedures/adopt.html missing")
    person.sees("Pelaksana belum ada. Tambahkan kolom pelaksana.")
    for number in range(1, 24):
        for lack in ("pelaksana belum ditandai", "waktu belum ada"):
            person.sees(f"Langkah {number}: {lack}")
    button = person.page.get_by_role("button", name="Berlakukan", exact=True)
    assert button.count() == 0


def test_two_people_in_one_part_see_both_texts(people, files):
    mine, theirs = people["kasubbag"], people["sekcam"]
    address = upload(mine, files / "sop-02.docx", "SOP Pengumpulan Data Kinerja")
    path = mine.path(address)
    name = "Nama SOP"
    theirs.open(path).get_by_label(name).fill("SOP Kinerja (kata Sekcam)")
    theirs.page.locator("[data-chip]", has_text="Semua tersimpan").wait_for()
    mine.page.get_by_label(name).fill("SOP Kinerja (kata Kasubbag)")
    mine.page.locator("[data-chip]", has_text="Belum tersimpan").wait_for()
    mine.press("Simpan")
    mine.sees("sudah diubah")
    mine.looks_right("procedures/draft.html conflict")
    mine.sees("SOP Kinerja (kata Sekcam)")
    assert mine.page.get_by_label(name).input_value() == "SOP Kinerja (kata Kasubbag)"
    mine.press("Simpan")
    mine.sees("Tersimpan")


def test_axe_looked_at_every_screen_of_the_sop():
    assert screens_of("sop") - LOOKED == set()
