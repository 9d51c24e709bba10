"""The public check of a code: what it says, and what it never says."""

import hashlib
import secrets
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.journeys.browser import chromium

from himpun import reporting
from himpun.ledger import queries as record
from himpun.ledger.models import Event
from himpun.organization.models import Person
from himpun.reporting import actions, queries, rules
from himpun.reporting.actions.making import page_count
from himpun.reporting.kinds import public
from himpun.reporting.models import Snapshot
from himpun.reporting.rules import PLANS, ReportKind

from .builders import after, report_of, sealed, sign
from .test_signing import JPG

pytestmark = pytest.mark.django_db
SCRIPT = Path(reporting.__file__).parent / "static" / "reporting" / "sha256.js"


@pytest.fixture
def office(in_step_4):
    return in_step_4[0]


@pytest.fixture
def case(in_step_4):
    return in_step_4[1]


def page_of(code, status=200):
    response = Client().get(reverse("reporting:document", args=[code]))
    assert response.status_code == status
    return response.content.decode()


def by_hand(office, case):
    signature = sealed(office, case)
    signature = actions.upload(
        signature, content=JPG, filename="p.jpg", by=office.camat, at=after(22)
    )
    return actions.confirm(signature, by=office.camat, at=after(23))


def test_a_draft_is_called_a_draft(case):
    page = page_of(report_of(case).code)
    assert "Konsep, belum ditandatangani" in page
    assert "3 halaman" in page
    assert "106,93%" in page


def test_a_scan_is_recorded_and_the_facts_are_those_on_the_paper(office, case):
    signature = by_hand(office, case)
    page = page_of(rules.printed_code(report_of(case).code))
    assert "Tercatat di arsip; tanda tangan basah, dipindai" in page
    assert "Camat Contoh" in page
    groups = [signature.head[i : i + 4] for i in range(0, 16, 4)]
    assert " ".join(groups) in page
    for digest in (signature.signed, signature.sealed, report_of(case).pdf):
        assert f'data-sidik="{digest}"' in page


def test_an_example_is_yellow(office, case):
    sign(office, case)
    page = page_of(report_of(case).code)
    assert "contoh-hasil" in page
    assert "CONTOH, bukan tanda tangan sah" in page


@pytest.mark.parametrize("how", [None, by_hand, sign])
def test_no_public_page_speaks_of_a_valid_signature(office, case, how):
    if how:
        how(office, case)
    page = page_of(report_of(case).code).replace("CONTOH, bukan tanda tangan sah", "")
    for words in ("tanda tangan sah", "uu ite", "sah secara elektronik", "hasil hijau"):
        assert words not in page.lower()


def test_no_name_of_a_person_is_public(office, case):
    by_hand(office, case)
    page = page_of(report_of(case).code)
    for name in Person.objects.values_list("name", flat=True):
        assert name not in page


def test_an_older_version_leads_to_the_one_that_holds(office, in_step_3):
    office, case = in_step_3
    old = actions.make_performance_report(case, by=office.pelaksana, at=after(11))
    new = actions.make_performance_report(case, by=office.pelaksana, at=after(12))
    page = page_of(old.code)
    assert "Kertas ini sudah diganti" in page
    assert f"/v/{rules.printed_code(new.code)}" in page


def test_every_kind_of_paper_has_its_page(office, in_step_5):
    office, case = in_step_5
    actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    actions.make(case, ReportKind.CONTROL, by=office.camat, at=after(31))
    for snapshot in Snapshot.objects.filter(report__case=case):
        assert "Cocokkan dengan kertas" in page_of(snapshot.code)


def printed(snapshot):
    """Return the words of a paper as one line, as a reader sees them."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(record.read_file(snapshot.pdf))
        file.flush()
        ran = subprocess.run(
            ["pdftotext", "-layout", file.name, "-"],
            capture_output=True,
            text=True,
            check=True,
        )
    return " ".join(ran.stdout.split())


def test_every_fact_to_compare_stands_on_its_paper(sealed_case):
    """A true paper must never look forged because the page names what it lacks."""
    _office, case, _sheet = sealed_case
    kinds = set()
    for snapshot in Snapshot.objects.filter(report__case=case, stale=False):
        signature = queries.signature_of(snapshot)
        if signature and signature.sealed:
            pages = page_count(record.read_file(signature.sealed))
            assert public.facts(snapshot, signature)[0][1] == f"{pages} halaman"
        words = printed(snapshot)
        kinds.add(snapshot.report.kind)
        for about, fact in public.facts(snapshot, None)[1:]:
            assert fact in words, (snapshot.report.kind, about)
    assert kinds == set(ReportKind) - PLANS


@pytest.mark.parametrize(
    "code", ["7KQ2-M9TD-X4HD", "7kq2", "<script>", "x" * 300, "..", "%00"]
)
def test_an_unknown_code_says_what_to_do(db, code):
    page = page_of(code, 404)
    assert "Dokumen tidak ditemukan" in page
    assert "<script>" not in page.split("<main", 1)[1].split("</main>")[0]


def test_a_typed_code_leads_to_its_page(case):
    client = Client()
    code = report_of(case).code
    typed = f" {code[:4].lower()} {code[4:8]}-{code[8:]}"
    response = client.get(reverse("reporting:lookup"), {"kode": typed})
    assert response.url == f"/v/{rules.printed_code(code)}"
    assert client.get("/v/").status_code == 200
    empty = client.get("/v/", {"kode": ""})
    assert empty.status_code == 404
    assert "Ketik kode" in empty.content.decode()


def test_looking_leaves_no_trace(case):
    count = Event.objects.count()
    page_of(report_of(case).code)
    assert Event.objects.count() == count


def test_the_shipped_hash_equals_sha_256_where_the_browser_has_none():
    sizes = (0, 1, 55, 56, 63, 64, 119, 120, 1000, 70_001)
    with chromium() as browser:
        page = browser.new_page()
        page.goto("about:blank")
        page.add_script_tag(path=SCRIPT)
        for size in sizes:
            content = secrets.token_bytes(size)
            found = page.evaluate(
                "async (hex) => window.sidikBerkas(Uint8Array.from("
                "hex.match(/../g) || [], (x) => parseInt(x, 16)).buffer, true)",
                content.hex(),
            )
            assert found == hashlib.sha256(content).hexdigest(), size


def test_the_archives_hash_is_that_of_the_file_handed_out(office, case):
    signature = by_hand(office, case)
    content = record.read_file(signature.signed)
    assert hashlib.sha256(content).hexdigest() == queries.signed_of(case).signed
