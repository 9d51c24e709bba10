"""Makes the pictures of docs/gambar from a demo of its own; run by hand after changes.

.venv/bin/python scripts/screenshots.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.installation import Installation  # noqa: E402 - the root is added above
from tests.journeys.browser import Person, chromium  # noqa: E402 - the same
from tests.journeys.carrying import Carry  # noqa: E402 - the same

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = ROOT / "docs" / "gambar"


def take(person: Person, name: str, path: str = "") -> None:
    """Keep what the window shows, after going to a page when one is named."""
    if path:
        person.open(path)
    person.page.mouse.move(0, 0)
    person.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


def people(browser: Browser, url: str, office: str) -> dict[str, Person]:
    """Let the people of an office sign in; the Camat at a telephone."""
    roles = ("pelaksana", "kasubbag", "sekcam", "camat")
    return {
        role: Person(browser, url, f"{role}.{office}", small=role == "camat").sign_in()
        for role in roles
    }


def quarter(browser: Browser, url: str) -> None:
    """Carry the third quarter of Kecamatan Jekulo and look up at every desk."""
    carry = Carry(
        people(browser, url, "jekulo"), "Triwulan III 2026", "jekulo_contoh.csv"
    )
    propose(carry)
    carry.close_second()
    collect(carry)
    carry.close_third()
    take(carry.people["camat"], "beranda-camat-hp", "/")
    take(carry.open("camat", "/tanda-tangan"), "tanda-tangan-hp")


def propose(carry: Carry) -> None:
    """Carry steps 1 and 2."""
    carry.start()
    take(carry.people["pelaksana"], "beranda-pelaksana", "/")
    carry.attach()
    carry.propose()
    take(carry.people["pelaksana"], "usulan")
    carry.close_first()
    carry.name_team()
    carry.evaluate()
    take(carry.people["kasubbag"], "evaluasi")


def collect(carry: Carry) -> None:
    """Carry step 3."""
    carry.request()
    carry.paste()
    take(carry.people["pelaksana"], "isi-data")
    carry.prove()
    carry.submit()
    take(carry.open("kasubbag", "/verifikasi"), "verifikasi")
    take(carry.people["sekcam"], "beranda-sekcam", "/")
    carry.accept()
    carry.make_papers()


def settings(browser: Browser, url: str) -> None:
    """Look at the administrator's pages: the kabupaten, the calendar of an office."""
    administrator = Person(browser, url, "admin.kudus").sign_in()
    take(administrator, "pengaturan", "/pengaturan")
    administrator.follow("Kecamatan Jekulo")
    administrator.follow("Buka kalender")
    take(administrator, "kalender")


def plan(browser: Browser, url: str) -> None:
    """Look at the plan of Kecamatan Jekulo and begin a change of its Renstra."""
    bendahara = Person(browser, url, "bendahara.jekulo").sign_in()
    take(bendahara, "anggaran", "/anggaran")
    kasubbag = Person(browser, url, "kasubbag.jekulo").sign_in()
    take(kasubbag, "pohon-kinerja", "/pohon-kinerja")
    take(kasubbag, "indikator-target", "/indikator")
    kasubbag.follow("Indeks Kepuasan Masyarakat")
    take(kasubbag, "indikator")
    kasubbag.open("/perjanjian-kinerja")
    kasubbag.follow("Camat Jekulo")
    take(kasubbag, "perjanjian-kinerja")
    kasubbag.open("/rencana")
    kasubbag.follow("Mulai perubahan")
    asked = "Peraturan atau dokumen asal"
    kasubbag.page.get_by_label(asked).fill("contoh: perubahan Renstra 2025-2029")
    kasubbag.press("Mulai konsep")
    take(kasubbag, "konsep-renstra")


def main() -> None:
    """Load the demo on 7 October 2026 and walk through it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        made = Installation(Path(folder) / "rumah", "gambar")
        made.himpun("demo", "--load-only", "--on", "2026-10-07")
        with made.serving() as url:
            quarter(browser, url)
            sekcam = Person(browser, url, "sekcam.muncar").sign_in()
            take(sekcam, "capaian", "/capaian")
            settings(browser, url)
            plan(browser, url)
        made.remove()


if __name__ == "__main__":
    main()
