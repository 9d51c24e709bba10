"""Every act that an app records about a case has words in the trail."""

import re
from pathlib import Path

from himpun.procedures.queries.trail import WORDS

PRODUCT = Path(__file__).parents[2]
APPS = ("procedures", "collection", "reporting")
RECORDED = re.compile(
    r"(?:write_event|_event|record|noted?)\(\s*[^\"()]*?[\"']([a-z_]+\.[a-z_]+)[\"']"
)
OF_THE_OFFICE = {
    *("draft.opened", "draft.discarded"),
    *("delegation.made", "delegation.ended", "sop.evaluated"),
    *("sop.adopted", "finding.confirmed", "system.restored"),
}
"""Events of other streams: they never stand in a case's trail."""


def recorded():
    found = set()
    for app in APPS:
        for path in (PRODUCT / app).rglob("*.py"):
            if "tests" not in path.parts:
                found |= set(RECORDED.findall(path.read_text()))
    return found - OF_THE_OFFICE


def test_the_search_finds_what_each_app_records():
    assert {"case.opened", "value.saved", "document.made"} <= recorded()


def test_every_recorded_act_has_its_words():
    assert recorded() - set(WORDS) == set()
