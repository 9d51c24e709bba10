"""First load of a page, everything it names summed as it goes over the wire."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders

from himpun.collection.tests.builders import collecting, later
from himpun.shared.tests.clock import clock_at, signed_in

TARGET = 100 * 1024
"""Hard limit 150 KB for all pages (tests/test_headers.py); ours aim lower."""
REQUESTS = 8
NAMED = re.compile(r'(?:href|src)="/static/([^"#?]+)')
INSIDE = re.compile(r"url\(([^)]+)\)")
COMPRESSED = (".woff2", ".png")


def weight(html):
    """Return (bytes, files) of a page: itself and what it and its sheets name."""
    names = set(NAMED.findall(html))
    for name in [n for n in names if n.endswith(".css")]:
        folder = name.rsplit("/", 1)[0] + "/" if "/" in name else ""
        sheet = read(name).decode()
        names |= {folder + found.strip("\"'") for found in INSIDE.findall(sheet)}
    total = len(gzip.compress(html.encode(), 6))
    for name in names:
        data = read(name)
        total += len(data if name.endswith(COMPRESSED) else gzip.compress(data, 6))
    return total, names


def read(name):
    path = finders.find(name)
    assert path, f"{name} is named by a page and does not exist"
    with open(path, "rb") as file:  # noqa: PTH123 - a path from Django's finders
        return file.read()


@pytest.fixture
def world(db):
    office, round_ = collecting()
    return office, round_.case


PAGES = [
    ("pelaksana", "/"),
    ("kasubbag", "/"),
    ("camat", "/"),
    ("admin", "/pengaturan"),
    ("pelaksana", "/kasus/{case}"),
    ("pelaksana", "/kasus/{case}/jejak"),
    ("kasubbag", "/sop/{version}"),
    ("kasubbag", "/sop/{version}?bagian=identitas"),
    ("pelaksana", "/bantuan"),
]


def test_the_first_load_of_each_page_stays_within_its_budget(world):
    office, case = world
    for who, page in PAGES:
        address = page.format(case=case.pk, version=case.version_id)
        with clock_at(later(1)):
            answer = signed_in(office.people[who]).get(address)
        assert answer.status_code == 200, address
        total, names = weight(answer.content.decode())
        assert total <= TARGET, address
        assert len(names) + 1 <= REQUESTS, address
        assert "fonts/source-sans-3-latin-wght-normal.woff2" in names


def test_the_sum_sees_a_heavy_page(world):
    office, _case = world
    with clock_at(later(1)):
        html = signed_in(office.pelaksana).get("/").content.decode()
    noise = "".join(chr(0x4E00 + n % 20000) for n in range(0, 20000 * 31, 31))
    assert weight(html + noise * 4)[0] > weight(html)[0]
    with pytest.raises(AssertionError, match="does not exist"):
        weight(html + '<img src="/static/tidak-ada.png">')
