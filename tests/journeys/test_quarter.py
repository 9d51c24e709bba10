"""A quarter of Kecamatan Jekulo: stopped while nobody verifies, then signed by hand.

And who comes to the office beside them: strangers, the administrator, a new colleague.
"""

import json
import subprocess

import pytest

from tests.journeys.browser import (
    DESK,
    LOOKED,
    PHONE,
    Person,
    screens_of,
    violations,
)
from tests.journeys.carrying import Carry, number
from tests.journeys.flowing import Flow, adopt_templates

pytestmark = pytest.mark.journey
TABLE = "jekulo_contoh.csv"
RETURNED, WRONG = "Nilai SAKIP Kecamatan", "81,57"
COMPLAINTS = "Persentase Penyelesaian Pengaduan Masyarakat"
PELAKSANA = "Pelaksana Perencanaan"
KASUBBAG = "Kasubbag Perencanaan dan Keuangan"
SEKCAM = "Sekretaris Kecamatan Jekulo"
CAMAT = "Camat Jekulo"
STEP_4 = [
    ("step.opened", SEKCAM),
    # returned to step 3
    ("step.returned", CAMAT),
    ("step.opened", CAMAT),
    ("task.started", PELAKSANA),
    ("value.saved", PELAKSANA),
    ("values.submitted", PELAKSANA),
    ("value.accepted", KASUBBAG),
    ("document.made", PELAKSANA),
    ("document.made", PELAKSANA),
    ("artefact.made", PELAKSANA),
    ("document.printed", PELAKSANA),
    ("task.done", PELAKSANA),
    ("task.done", SEKCAM),
    # again in step 4
    ("step.opened", SEKCAM),
    ("document.prepared", PELAKSANA),
    ("document.uploaded", PELAKSANA),
    ("document.signed", CAMAT),
    ("artefact.made", CAMAT),
    ("task.done", CAMAT),
]
"""(type, role) of the events from the first opening of step 4 to the opening of step 5."""


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


@pytest.fixture(scope="module")
def unsent(people):
    """A quarter whose figures and evidence are in the grid and not yet sent."""
    carry = Carry(people, "Triwulan III 2026", TABLE, "quarter")
    carry.to_the_grid()
    return carry


@pytest.fixture(scope="module")
def unverified(unsent):
    """The same quarter with a wrong figure, sent to a verifier who does nothing yet."""
    unsent.mistype(RETURNED, WRONG)
    unsent.submit()
    return unsent


# Typing


def test_a_block_is_checked_on_a_page_before_anything_changes(unsent):
    person = unsent.open("pelaksana", "/isian/tempel")
    person.page.get_by_label("Tempelan").fill(unsent.block)
    unsent.look(person, "collection/paste.html")
    person.press("Periksa tempelan")
    person.sees("0 dari 4 baris akan mengubah isian")
    unsent.look(person, "collection/paste.html preview")


def test_what_was_typed_offline_outlives_the_browser_and_is_saved(unsent):
    person = unsent.open("pelaksana", "/isian")
    person.context.set_offline(True)
    unsent.cell(COMPLAINTS).fill("92,75")
    unsent.chip("Luring, 1 isian menunggu")
    unsent.look(person, "collection/entries.html offline")
    person.page.close()
    person.context.set_offline(False)
    person.new_page()
    unsent.open("pelaksana", "/isian")
    assert unsent.cell(COMPLAINTS).input_value() == "92,75"
    unsent.chip("Semua tersimpan")
    unsent.open("pelaksana", "/isian")
    assert number(unsent.cell(COMPLAINTS).input_value()) == number("92,75")


def test_nothing_is_sent_while_two_values_contend_for_a_cell(unsent):
    person = unsent.open("pelaksana", "/isian")
    behind = person.page
    person.new_page()
    unsent.mistype(COMPLAINTS, "92,25")
    person.page.close()
    person.page = behind
    unsent.cell(COMPLAINTS).fill("90,75")
    person.press("Kirim ke Kasubbag")
    dialog = behind.get_by_role("dialog")
    dialog.get_by_text("Pilih nilai yang dipakai").wait_for()
    unsent.look(person, "collection/entries.html conflict")
    behind.keyboard.press("Escape")
    person.sees("Belum dikirim: 1 isian belum tersimpan")
    unsent.chip("1 isian belum tersimpan")
    person.press("Kirim ke Kasubbag")
    person.follow("Pakai nilai tersimpan", within=dialog)
    unsent.chip("Semua tersimpan")
    unsent.mistype(COMPLAINTS, unsent.figures[COMPLAINTS])


# Without verification


def test_without_verification_the_case_does_not_reach_step_4(october, unverified):
    carry = unverified
    person = carry.open("pelaksana", "/laporan")
    person.sees("4 nilai belum diterima verifikator")
    person = carry.open("pelaksana")
    person.press("Tutup langkah")
    person.sees("menunggu verifikasi")
    carry.look(person, "procedures/case.html refused")
    told = story(october, carry)
    assert [kind for kind, _role in told].count("step.opened") == 3
    assert told[-1] == ("values.submitted", PELAKSANA)
    camat = carry.open("camat", "/tanda-tangan")
    camat.sees("Belum ada laporan untuk ditandatangani")
    carry.look(camat, "reporting/nothing_to_sign.html")


# With verification, a return from step 4, and a pen


def test_four_people_carry_a_quarter_and_the_camat_signs_with_a_pen(
    october, unverified, tmp_path
):
    carry = unverified
    carry.accept()
    carry.make_papers()
    carry.close_third()
    carry.return_report(RETURNED, "Nilai SAKIP tertukar angkanya, lihat bukti.")
    carry.correct(RETURNED)
    carry.accept()
    carry.make_papers(version=2)
    carry.close_third()
    scan = scanned(carry.seal_for_print(tmp_path), tmp_path)
    carry.upload_scan(scan)
    carry.state()
    carry.deliver()
    carry.receive()
    carry.take_note()
    told = story(october, carry)
    opened = [n for n, (kind, _role) in enumerate(told) if kind == "step.opened"]
    assert told[opened[3] : opened[-1]] == STEP_4
    assert told[-1] == ("case.finished", CAMAT)
    refused = october.himpun("verify", scan, check=False)
    assert refused.returncode == 1
    assert "pindaian: tidak dapat diperiksa oleh program" in refused.stdout
    hand_on(october, carry)


def hand_on(installation, carry):
    """The next SOP takes the papers that were signed, and says where they come from."""
    adopt_templates(installation, "laporan-capaian-kinerja")
    title = "SOP Penyusunan Laporan Capaian Kinerja"
    person = carry.people["kasubbag"]
    Flow(carry.people, title, carry.period)
    person.sees(f"Laporan Kinerja yang ditandatangani, {carry.period}")
    person.sees(f"Dari SOP Mekanisme Pengumpulan Data {carry.period}")
    carry.look(person, "procedures/case.html linked")
    person.follow("Lihat SOP")
    person.follow("Identitas")
    person.sees("Sebelum SOP ini")
    carry.look(person, "procedures/sop.html linked")


# Strangers


@pytest.fixture(scope="module")
def stranger(october, browser):
    person = Person(browser, october.url, "pelaksana.jekulo")
    yield person
    person.leave()


@pytest.mark.parametrize(
    ("path", "screen"),
    [
        ("/v/", "reporting/lookup.html"),
        ("/v/7KQ2-M9TD-X4HB", "reporting/lookup.html unknown"),
    ],
)
def test_a_page_for_everybody_has_no_barrier(stranger, path, screen):
    stranger.page.goto(path)
    stranger.looks_right(screen)


TOO_OFTEN = 10
SEND_BEHIND = """() => {
    const form = document.querySelector('main form');
    return fetch(form.action, {method: 'POST', body: new FormData(form)});
}"""
"""Sends the form without leaving the page."""


def test_a_wrong_password_is_told_and_ten_of_them_are_enough(stranger):
    page = stranger.page
    page.goto("/masuk")
    page.get_by_label("Nama pengguna").fill(stranger.username)
    stranger.looks_right("accounts/sign_in.html")
    for again in range(TOO_OFTEN):
        page.get_by_label("Nama pengguna").fill("bukan.siapa-siapa")
        page.get_by_label("Sandi", exact=True).fill("salah")
        if again == 0:
            stranger.press("Masuk")
            stranger.sees("tidak cocok")
            stranger.looks_right("accounts/sign_in.html refused")
        elif again < TOO_OFTEN - 1:
            page.evaluate(SEND_BEHIND)
    stranger.press("Masuk")
    stranger.sees("Terlalu banyak percobaan")
    stranger.looks_right("accounts/locked.html")


PLANTED = {
    "image-alt": "<img src='/static/lambang.svg'>",
    "label": "<input type='text'>",
    "color-contrast": "<p id='pudar'>Sukar dibaca</p>",
    "button-name": "<button></button>",
}


def test_a_page_with_planted_faults_fails(stranger):
    page = stranger.page
    page.goto("/v/")
    page.evaluate(
        """html => {
            document.querySelector('main').insertAdjacentHTML('beforeend', html);
            document.getElementById('pudar').style.color = '#eee';
        }""",
        "".join(PLANTED.values()),
    )
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert {said.partition(":")[0] for said in violations(page)} == set(PLANTED)
    with pytest.raises(AssertionError, match="image-alt"):
        stranger.passes_axe("reporting/lookup.html")


def test_a_screen_that_is_not_filled_or_is_another_one_fails(stranger):
    stranger.page.goto("/masuk")
    with pytest.raises(AssertionError, match=r"pelaksana\.jekulo is not on /masuk"):
        stranger.passes_axe("accounts/sign_in.html")
    with pytest.raises(AssertionError, match="is not at /masuk"):
        stranger.passes_axe("reporting/lookup.html")


# The administrator, and a new colleague


@pytest.fixture(scope="module")
def administrator(october, browser):
    person = Person(browser, october.url, "admin.kudus").sign_in()
    yield person
    person.leave()


def test_the_administrator_lets_a_tenure_end_and_opens_an_account(
    unverified, administrator, stranger
):
    page = administrator.open("/pengaturan")
    administrator.looks_right("portal/settings.html")
    administrator.follow("Kecamatan Jekulo")
    administrator.looks_right("portal/office.html")
    office = page.url
    administrator.follow("Tambah jabatan")
    page.get_by_label("Nama jabatan").fill("Kasi Contoh")
    administrator.looks_right("portal/form.html position")
    page.goto(office)
    read_and_change_the_calendar(administrator)
    page.goto(office)
    administrator.follow("Akhiri Kasi Tata Pemerintahan")
    administrator.looks_right("portal/form.html end")
    page.get_by_label("Hari terakhir").fill("2026-10-06")
    administrator.press("Simpan")
    administrator.sees("Hari terakhir dicatat")
    administrator.open("/capaian/kabupaten?periode=2026-TW3")
    administrator.looks_right("measurement/regency.html")
    administrator.follow("Nilai SAKIP Kecamatan")
    administrator.follow("Bobot kantor")
    administrator.looks_right("planning/weights.html")
    administrator.open("/pengaturan/pejabat")
    administrator.looks_right("portal/form.html official")
    administrator.open("/pengaturan/akun")
    page.get_by_label("Nama", exact=True).fill("Pegawai Baru (contoh)")
    page.get_by_label("Nama pengguna").fill("pegawai.jekulo")
    place = page.get_by_label("Jabatan")
    vacant = place.locator("option", has_text="Kasi Tata Pemerintahan")
    place.select_option(vacant.get_attribute("value"))
    administrator.looks_right("portal/form.html account")
    administrator.press("Buka akun")
    administrator.press("Buat kode Pegawai Baru (contoh)")
    administrator.looks_right("portal/slip.html")
    code = page.locator("dd.kode").inner_text()
    stranger.page.goto("/kode")
    field = stranger.page.get_by_label
    field("Nama pengguna").fill("pegawai.jekulo")
    stranger.looks_right("accounts/code.html")
    field("Kode sekali pakai").fill(code)
    field("Sandi baru", exact=True).fill("sandi baru untuk pegawai")
    field("Tulis sandi baru sekali lagi").fill("sandi baru untuk pegawai")
    stranger.press("Simpan sandi dan masuk")
    stranger.sees("Selamat datang")
    # and the one whose tenure ended
    stranger.context.clear_cookies()
    stranger.username = "kasi.jekulo"
    stranger.sign_in().open("/capaian")
    stranger.looks_right("measurement/none.html")


def read_and_change_the_calendar(administrator):
    page = administrator.page
    administrator.follow("Buka kalender")
    administrator.looks_right("portal/calendar.html")
    administrator.follow("Ubah jam kerja")
    administrator.looks_right("portal/calendar_change.html")
    administrator.follow("Batal")
    administrator.follow("Tambah libur")
    page.get_by_label("Tanggal").fill("2026-11-10")
    page.get_by_label("Nama").fill("Hari Jadi Contoh")
    administrator.press("Lihat akibatnya")
    administrator.looks_right("portal/calendar_preview.html")
    administrator.press("Simpan kalender")
    administrator.sees("Kalender disimpan.")


def test_axe_looked_at_every_screen_of_the_quarter():
    assert screens_of("quarter") - LOOKED == set()
