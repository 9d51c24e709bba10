"""Makes the pictures of docs/gambar from a demo of its own; run by hand after changes.

.venv/bin/python scripts/screenshots.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.installation import Installation  # noqa: E402 - the root is added above

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = ROOT / "docs" / "gambar"
PASSWORD = "contoh-himpun-2026"  # noqa: S105 - the demo's
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


def signed_in(browser: Browser, url: str, user: str, size: dict[str, int]) -> Page:
    """Return a page on which the user is signed in."""
    page = browser.new_context(viewport=size, locale="id-ID").new_page()
    page.goto(f"{url}/masuk")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    return page


def take(page: Page, url: str, name: str) -> None:
    """Open an address and keep what the window shows."""
    page.goto(url)
    page.screenshot(path=PICTURES / f"{name}.png")


def start_case(page: Page, url: str) -> None:
    """Let the Kasubbag start the case of the third quarter."""
    page.goto(f"{url}/kasus/mulai")
    page.select_option("select[name=period]", "2026-TW3")
    page.click("main form button")


def main() -> None:
    """Load the demo on 7 October 2026 and walk through it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Installation(Path(folder) / "rumah", "gambar")
        made.himpun("demo", "--load-only", "--on", "2026-10-07")
        with made.serving() as url, sync_playwright() as play:
            browser = play.chromium.launch(
                executable_path="/usr/bin/chromium", args=FLAGS
            )
            kasubbag = signed_in(browser, url, "kasubbag.jekulo", DESKTOP)
            start_case(kasubbag, url)
            take(kasubbag, url, "beranda")
            pelaksana = signed_in(browser, url, "pelaksana.jekulo", DESKTOP)
            take(pelaksana, url, "beranda-pelaksana")
            sekcam = signed_in(browser, url, "sekcam.muncar", DESKTOP)
            take(sekcam, f"{url}/capaian", "capaian")
            take(sekcam, f"{url}/kasus/1/laporan", "kertas")
            camat = signed_in(browser, url, "camat.muncar", PHONE)
            take(camat, f"{url}/kasus/1/tanda-tangan", "tanda-tangan-hp")
            browser.close()
        made.remove()


if __name__ == "__main__":
    main()
