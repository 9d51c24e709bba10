"""Example SOPs at an office of the demo, carried through the browser."""

import re

from tests.installation import ROOT
from tests.journeys.browser import violations
from tests.journeys.carrying import example

EXAMPLES = ROOT / "src/himpun/procedures/tests/data"
SHIPPED = ROOT / "src/himpun/sop/data"
ADOPT = """
import sys
import django
django.setup()
from pathlib import Path
from himpun.ledger.rules import SYSTEM
from himpun.organization.models import Position, Unit
from himpun.procedures import actions
from himpun.shared import clock
office = Unit.objects.get(short_name="jekulo")
seats = {}
for actor in ("pelaksana", "kasubbag", "sekcam", "camat"):
    held = Position.objects.filter(
        unit__office=office, officials__person__username=f"{actor}.jekulo"
    )
    seats[actor] = list(held.distinct())
for name in sys.argv[1:]:
    source = Path(name).read_bytes()
    actions.adopt(office, source, seats, by=SYSTEM, at=clock.now())
"""
MARKED = """() => {
  const middle = box => (box.top + box.bottom) / 2
  const cells = [...document.querySelectorAll('.sel-posisi')]
  return [...document.querySelectorAll('.posisi [data-langkah]')].map(mark => {
    const y = middle(mark.getBoundingClientRect())
    const cell = cells.findIndex(c => {
      const box = c.getBoundingClientRect()
      return box.top <= y && y <= box.bottom
    })
    return [mark.dataset.langkah, mark.dataset.pelaksana, mark.classList[0], cell + 1]
  })
}"""
"""Each marked symbol: its step, its actor, how it is marked, in which row it lies."""


def adopt(installation, *names):
    """Let example SOPs come into force at Jekulo."""
    adopt_files(installation, [EXAMPLES / f"contoh-{name}.yaml" for name in names])


def adopt_templates(installation, *names):
    """Let shipped templates come into force at Jekulo."""
    adopt_files(installation, [SHIPPED / f"templat-{name}.yaml" for name in names])


def adopt_files(installation, files):
    done = installation.python("-c", ADOPT, *map(str, files))
    _out, wrong = done.communicate(timeout=60)
    assert done.returncode == 0, wrong


class Flow:
    """A case of an example SOP in the hands of the office's people."""

    def __init__(self, people, title, period="Tahun 2026"):
        self.people = people
        person = people["kasubbag"]
        page = person.open("/kasus/mulai")
        sop = page.get_by_label("SOP", exact=True)
        offered = sop.locator("option", has_text=title)
        sop.select_option(offered.get_attribute("value"))
        page.get_by_label("Periode").select_option(label=period)
        person.press("Mulai kasus")
        person.sees("Kasus dibuka")
        self.number = int(re.search(r"/kasus/(\d+)", page.url)[1])

    def close(self, who, word="Tutup langkah", *, file="", outcome=""):
        """Attach and hand in what the step lacks, choose, close it."""
        person = self.people[who]
        page = person.open(f"/kasus/{self.number}")
        if file:
            lines = page.locator("ul.mutu > li", has_text=file)
            row = lines.filter(has=page.locator("input[type=file]")).first
            opener = row.get_by_text("Lampirkan berkas")
            if opener.count():
                opener.click()
            row.locator("input[type=file]").set_input_files(example(file))
            person.press(re.compile("Lampirkan$|Unggah hasil"), within=row)
            person.sees(re.compile("Berkas terlampir|Hasil langkah tersimpan"))
        if outcome:
            page.get_by_role("radio", name=outcome).check(force=True)
        person.press(word)
        person.sees("Tugas ditutup")

    def marks(self, *, axe=False):
        """Return step -> how its symbols are marked, as the official form shows it."""
        person = self.people["kasubbag"]
        page = person.open(f"/kasus/{self.number}")
        if axe:
            assert violations(page) == []
        person.follow("Lihat SOP")
        page.locator(".posisi").first.wait_for()
        if axe:
            assert violations(page) == []
        found = {}
        for step, _actor, how, row in page.evaluate(MARKED):
            found.setdefault((row, step), set()).add(how)
        return {step: found[row, step] for row, step in sorted(found)}, [
            row for row, _step in sorted(found)
        ]
