"""An office brings SOPs of its own: read from a file, completed, adopted, carried out.

Long beside the other journeys: `make soak` carries it out.
"""

import re
from typing import NamedTuple

import pytest

from tests.journeys.browser import LOOKED, screens_of
from tests.journeys.flowing import Flow

pytestmark = [pytest.mark.journey, pytest.mark.soak]
MAKE = """
import sys
from pathlib import Path
from himpun.config.tests import forms
for number in ("02", "03", "04"):
    made = forms.as_docx(forms.other_office(number))
    Path(sys.argv[1], f"sop-{number}.docx").write_bytes(made)
"""
MARK = "contoh, dilengkapi: pelaksana"
KEPALA, SEKRETARIS = "Camat Jekulo", "Sekretaris Kecamatan Jekulo"
KASUBBAG, PELAKSANA = "Kasubbag Perencanaan dan Keuangan", "Pelaksana Perencanaan"


class Paper(NamedTuple):
    """An office's SOP. The boxes of these are not in their text: ``workers`` does each
    step, ``seats`` are their positions here, ``notes`` takes note of the last one.

    ``acts``: who closes each step of a case, and what he attaches for it.
    """

    name: str
    missing: int
    workers: tuple
    notes: str
    seats: dict
    acts: tuple


PAPERS = {
    "02": Paper(
        "SOP Pengumpulan Data Kinerja",
        6,
        (
            *("Kepala Dinas", "Sekretaris", "Kasubag Perencanaan dan Keuangan"),
            *("Kasubag Perencanaan dan Keuangan", "Sekretaris", "Kepala Dinas"),
        ),
        "Kepala Bidang",
        {
            "Kepala Dinas": KEPALA,
            "Sekretaris": SEKRETARIS,
            "Kasubag Perencanaan dan Keuangan": KASUBBAG,
            "Kepala Bidang": PELAKSANA,
        },
        (
            ("camat", "Lembar disposisi"),
            ("sekcam", "Dokumen format data kinerja"),
            ("kasubbag", "Dokumen data kinerja"),
            ("kasubbag", "Dokumen data kinerja"),
            ("sekcam", "Dokumen data kinerja"),
            ("camat", "Dokumen data kinerja"),
            ("pelaksana", ""),
        ),
    ),
    "03": Paper(
        "SOP Penyusunan LAKIP SKPD",
        8,
        (
            *("Sekretaris SKPD", "Tim", "Bidang-bidang", "Tim", "Tim"),
            *("Bagian Organisasi", "Tim", "Tim"),
        ),
        "Kepala SKPD",
        {
            "Sekretaris SKPD": SEKRETARIS,
            "Tim": PELAKSANA,
            "Bidang-bidang": KASUBBAG,
            "Bagian Organisasi": KASUBBAG,
            "Kepala SKPD": KEPALA,
        },
        (
            ("sekcam", "Tanda terima"),
            ("pelaksana", "Daftar hadir"),
            ("kasubbag", "Dokumen, laporan kegiatan"),
            ("pelaksana", "Komputer dan bahan laporan"),
            ("pelaksana", ""),
            ("kasubbag", "Draft"),
            ("pelaksana", ""),
            ("pelaksana", ""),
            ("camat", ""),
        ),
    ),
}


@pytest.fixture(scope="module")
def people(october, people_of):
    return people_of(october, "jekulo")


@pytest.fixture(scope="module")
def files(october, tmp_path_factory):
    """The SOPs 02, 03 and 04 as their offices have them: Word files."""
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


def look(person, screen):
    """Hold a screen to axe once, whichever SOP shows it first."""
    if screen not in LOOKED:
        person.looks_right(screen)


@pytest.mark.parametrize("number", PAPERS)
def test_a_word_file_is_completed_adopted_and_carried_to_its_end(people, files, number):
    paper, person = PAPERS[number], people["kasubbag"]
    page = person.open("/sop/draf")
    look(person, "procedures/drafts.html")
    upload(person, files / f"sop-{number}.docx", paper.name)
    person.sees(f"Masih kurang {paper.missing} hal")
    for name in (
        *("Identitas", "Dasar dan daftar", "Pelaksana", "Pengaturan kantor"),
        *("Temuan", "YAML", "Langkah"),
    ):
        part(person, name)
        look(person, f"procedures/draft.html {name}")
    page.locator("main a[href*='langkah=l1']").first.click()
    page.locator("h2", has_text="Langkah 1").wait_for()
    look(person, "procedures/draft.html one step")
    for step, actor in enumerate(paper.workers, 1):
        complete(person, paper, step, actor)
    person.sees("Draf ini lengkap")
    person.follow("Periksa dan berlakukan")
    for actor, seat in paper.seats.items():
        group = page.get_by_role("group", name=actor)
        group.get_by_label(seat, exact=True).check()
    page.get_by_label("Tanda pada formulir dan kertas").fill(MARK)
    look(person, "procedures/adopt.html")
    person.press("Berlakukan")
    person.sees("SOP diberlakukan")
    person.sees(MARK)
    carry(people, paper)


def complete(person, paper, step, actor):
    """Say who does a step; the drawing beside it follows without a press of a button."""
    page = person.page
    page.get_by_label("Penanggung jawab", exact=True).select_option(label=actor)
    left = len(paper.workers) - step
    if not left:
        page.get_by_label(paper.notes, exact=True).select_option("mengetahui")
    page.locator("[data-chip]", has_text="Semua tersimpan").wait_for()
    if left:
        person.sees(f"Masih kurang {left} hal")
        person.follow(f"Langkah {step + 1}")
        page.locator("h2", has_text=f"Langkah {step + 1}").wait_for()


def carry(people, paper):
    """Carry a case of it to the end through the pages."""
    case = Flow(people, paper.name)
    *acts, (last, _nothing) = paper.acts
    for who, file in acts:
        case.close(who, file=file)
    case.close(last, "Mengetahui")
    people[last].sees("Semua langkah SOP sudah ditutup")


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
