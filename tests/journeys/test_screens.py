"""Screens that belong to no case, and the proof that the check can fail."""

import ast
from pathlib import Path

import pytest

from tests.journeys.browser import DESK, PHONE, Person, violations

pytestmark = pytest.mark.journey
HERE = Path(__file__).parent
PUBLIC = [
    ("/masuk", "Nama pengguna"),
    ("/kode", "Kode sekali pakai"),
    ("/v/", "Kode dokumen"),
    ("/v/7KQ2-M9TD-X4HB", "tidak terdaftar"),
]
SETTINGS = [
    ("/pengaturan", "Pelaksana Perencanaan (contoh)"),
    ("/pengaturan/akun", "Nama pengguna"),
    ("/pengaturan/pejabat", "Nomor surat"),
]


@pytest.fixture(scope="module")
def stranger(october, browser):
    person = Person(browser, october.url, "")
    yield person
    person.leave()


@pytest.fixture(scope="module")
def administrator(october, browser):
    person = Person(browser, october.url, "admin.kudus").sign_in()
    yield person
    person.leave()


@pytest.mark.parametrize(("path", "figure"), PUBLIC)
def test_a_public_screen_has_no_barrier(stranger, path, figure):
    stranger.page.goto(path)
    stranger.looks_right(figure)


@pytest.mark.parametrize(("path", "figure"), SETTINGS)
def test_a_screen_of_the_administrator_has_no_barrier(administrator, path, figure):
    administrator.open(path)
    administrator.looks_right(figure)


def test_a_slip_with_a_code_lets_its_owner_in(administrator, stranger):
    page = administrator.open("/pengaturan")
    administrator.follow("Kecamatan Jekulo")
    administrator.looks_right("Kasi Tata Pemerintahan")
    administrator.open("/pengaturan")
    administrator.press("Buat kode Kasi Tata Pemerintahan")
    administrator.looks_right("kasi.jekulo")
    code = page.locator("dd.kode").inner_text()
    stranger.page.goto("/kode")
    field = stranger.page.get_by_label
    field("Nama pengguna").fill("kasi.jekulo")
    field("Kode sekali pakai").fill(code)
    field("Sandi baru", exact=True).fill("sandi baru untuk kasi")
    field("Tulis sandi baru sekali lagi").fill("sandi baru untuk kasi")
    stranger.press("Simpan sandi dan masuk")
    stranger.sees("Selamat datang")


PLANTED = {
    "image-alt": "<img src='/static/lambang.svg'>",
    "label": "<input type='text'>",
    "color-contrast": "<p id='pudar'>Sukar dibaca</p>",
    "button-name": "<button></button>",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_page_with_a_planted_fault_fails(stranger, rule):
    page = stranger.page
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto("/v/")
        page.evaluate(
            """html => {
                document.querySelector('main').insertAdjacentHTML('beforeend', html);
                const pale = document.getElementById('pudar');
                if (pale) pale.style.color = '#eee';
            }""",
            PLANTED[rule],
        )
        assert any(found.startswith(rule) for found in violations(page))


def test_a_screen_that_lacks_its_figure_fails(stranger):
    stranger.page.goto("/v/")
    with pytest.raises(AssertionError, match="106,5 is not on"):
        stranger.looks_right("106,5")


def test_the_journeys_import_nothing_of_the_product():
    files = [*HERE.glob("*.py"), HERE.parent / "installation.py"]
    imported = {
        name
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not [name for name in imported if name.partition(".")[0] == "himpun"]
    assert "playwright.sync_api" in imported
