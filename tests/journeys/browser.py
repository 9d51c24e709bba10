"""A browser as an office has it, the people who sit before it, and what axe says."""

from __future__ import annotations

import re
import shutil
import tomllib
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

import axe_playwright_python
from playwright.sync_api import expect, sync_playwright

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The shell is the same browser without windows: it takes half the time."""
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-software-rasterizer",
    "--in-process-gpu",
    "--disable-quic",
    # A page at a time: no renderer in reserve, none made anew for each document.
    "--disable-features=RenderDocument,SpareRendererForSitePerProcess,"
    "HttpsUpgrades,Translate,OptimizationHints,MediaRouter",
]
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RUN = """async options => {
  const {violations, toolOptions} = await axe.run(
    {resultTypes: ['violations'], ...options})
  return {violations, toolOptions}
}"""
PATIENCE = 60_000
"""Milliseconds; a busy machine is slow and not wrong."""
expect.set_options(timeout=PATIENCE)
PASSWORD = "contoh-himpun-2026"
"""Printed by `himpun demo`; the same for everybody in it."""


class Screen(NamedTuple):
    """A line of screens.toml."""

    journey: str
    name: str
    address: str
    figure: str


LIST = tomllib.loads((Path(__file__).parent / "screens.toml").read_text())
SCREENS = {name: Screen(*line) for name, line in LIST["screens"].items()}
LOOKED = set()
"""The screens that axe looked at in this process."""


def screens_of(journey):
    """Return the names of the screens that a journey has to look at."""
    return {name for name, screen in SCREENS.items() if screen.journey == journey}


@contextmanager
def chromium():
    """Run Chromium while the block runs; nothing is asked of the network."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def violations(page):
    """Return what axe finds on a page, every rule that it has by default switched on."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(RUN, {"selectors": False})
    if found["violations"]:  # where they are costs as much as whether there are any
        found = page.evaluate(RUN, {})
    known = {"resultTypes", "reporter", "selectors"}
    assert set(found["toolOptions"]) <= known, "a rule is off"
    return [
        f"{v['id']}: {v['help']} [{', '.join(str(n['target']) for n in v['nodes'])}]"
        for v in found["violations"]
    ]


class Person:
    """Somebody at a browser of the own. ``small`` is a telephone."""

    def __init__(self, browser, url, username, *, small=False):
        self.url, self.username = url, username
        self.size = PHONE if small else DESK
        self.context = browser.new_context(
            base_url=url,
            viewport=self.size,
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
        )
        self.errors = []
        self.new_page()

    def new_page(self):
        """Open a tab and go on in it."""
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._heard)

    def _heard(self, message):
        expected = ("status of 4", "ERR_INTERNET_DISCONNECTED")
        if message.type == "error" and not any(e in message.text for e in expected):
            self.errors.append(message.text)

    def sign_in(self):
        """Come in by the form."""
        self.page.goto("/masuk")
        self.page.get_by_label("Nama pengguna").fill(self.username)
        self.page.get_by_label("Sandi", exact=True).fill(PASSWORD)
        self.press("Masuk")
        expect(self.page).to_have_url(re.compile(r"/$"))
        return self

    def open(self, path):
        """Go to an address and return the page."""
        response = self.page.goto(path)
        assert response.status == 200, (path, response.status)
        return self.page

    def press(self, name, *, within=None):
        """Press a button by what it says."""
        place = within or self.page
        place.get_by_role("button", name=name).first.click()

    def follow(self, name, *, within=None):
        """Follow a link by what it says."""
        place = within or self.page
        place.get_by_role("link", name=name).first.click()

    def sees(self, text):
        """Wait until the page says something."""
        expect(self.page.locator("main")).to_contain_text(text)

    def download(self, name, folder):
        """Follow a link to a file; return where it was saved."""
        with self.page.expect_download() as waiting:
            self.follow(name)
        path = Path(folder) / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def looks_right(self, name):
        """Wait for the screen of this name and hold it to axe."""
        address = SCREENS[name].address
        self.page.wait_for_url(lambda url: fnmatchcase(self.path(url), address))
        self.passes_axe(name)

    def path(self, url):
        """Return an address of the product without its server."""
        return url.removeprefix(self.url).partition("#")[0]

    def passes_axe(self, name):
        """Hold the page, filled and at the address listed, to axe at both widths."""
        screen, here = SCREENS[name], self.path(self.page.url)
        assert fnmatchcase(here, screen.address), f"{name} is not at {here}"
        other = DESK if self.size is PHONE else PHONE
        for size in (self.size, other):
            self.page.set_viewport_size(size)
            assert screen.figure in shown(self.page), (
                f"{screen.figure} is not on {here}"
            )
            found = violations(self.page)
            assert not found, f"{name} at {size['width']}: {found}"
        self.page.set_viewport_size(self.size)
        LOOKED.add(name)

    def leave(self):
        """Close the browser; nothing broke in any page."""
        self.context.close()
        assert self.errors == []


def shown(page):
    """Return the text that a page shows, with what stands in its fields."""
    return page.evaluate(
        """() => document.body.innerText + ' ' +
        [...document.querySelectorAll('input:not([type=hidden]), textarea')]
          .filter(f => f.offsetParent).map(f => f.value).join(' ')"""
    )
