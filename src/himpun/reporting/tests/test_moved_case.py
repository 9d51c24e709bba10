"""A case that moved to a revised SOP on its way: its papers, its signatures, its seal."""

import subprocess

import pytest

from himpun import proof
from himpun.documents import verifying
from himpun.ledger import queries as record
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.procedures.models import Case
from himpun.procedures.queries import migrating
from himpun.procedures.tests.builders import adopt_seed
from himpun.reporting import actions, queries
from himpun.reporting.kinds import parts, times
from himpun.reporting.rules import ReportKind

from .builders import after, close, deliver, sign

pytestmark = pytest.mark.django_db


def revise(office, case, *edits):
    """Let a revised SOP come into force; return it and the map that is proposed."""
    source = case.version.source
    for old, new in edits:
        assert old in source
        source = source.replace(old, new)
    to = adopt_seed(office, source=source.encode())
    return to, migrating.proposed(case, to)


def move(office, case, to, way, at):
    reason = "SOP direvisi tahun ini."
    procedures.migrate(case, to, way, reason=reason, by=office.sekcam, at=at)
    return Case.objects.get(pk=case.pk)  # what the fixture holds is shared


@pytest.fixture
def moved(in_step_3):
    """In step 3; the step before it was done under another id and a shorter Waktu."""
    office, case = in_step_3
    two = "waktu: {jumlah: 1, satuan: hari, asli: 1 hari}\n    output: {asli: Terkump"
    to, way = revise(
        office,
        case,
        ("- id: l2\n", "- id: tim\n"),
        ("berikut: l2\n", "berikut: tim\n"),
        (two, two.replace("jumlah: 1", "jumlah: 2")),
    )
    return office, move(office, case, to, way, after(8))


def text_of(pdf):
    ran = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return " ".join(ran.stdout.decode().split())


def test_a_moved_case_is_printed_signed_sealed_and_proved(moved):
    office, case = moved
    by = office.pelaksana
    actions.make_recap(case, by=by, at=after(10))
    report = actions.make_performance_report(case, by=by, at=after(11))
    actions.record_print(report, by=by, at=after(12))
    close(case, office, "pelaksana", "sekcam", at=after(13))
    sign(office, case)
    deliver(office, case)
    close(case, office, "camat", at=after(35))
    case.refresh_from_db()
    sheet = actions.seal_case(case, at=after(36))
    own = queries.seal_pair().cert_pem
    verdict = verifying.verify(record.read_file(sheet.pdf), trusted=[own])
    assert verdict.ok
    anchor = proof.parse_anchor(verdict.files["himpun.json"]).anchor
    found = proof.check_chain(*record.records_of(case.stream), anchor)
    assert {line.word for line in found} == {proof.Word.MATCHES}
    control = queries.snapshot_of(case, ReportKind.CONTROL)
    printed = text_of(record.read_file(control.pdf))
    assert "Membentuk tim" in printed
    assert "2 Membentuk tim" in printed


def test_a_step_that_is_gone_stays_on_the_lembar_kendali(in_step_3):
    office, case = in_step_3
    to, way = revise(office, case, ("jumlah: 3,", "jumlah: 4,"))
    way = {old: new for old, new in way.items() if old != "l2"}
    case = move(office, case, to, way, after(8))
    rows = {row.step: row for row in times.steps(case, after(9))}
    assert rows["v1.l2"].name == "Membentuk tim (versi 1)"
    assert [task.done_role for task in rows["v1.l2"].tasks if task.part == "kerja"]
    assert rows["l2"].tasks == ()


def test_waivers_of_a_step_that_is_gone_name_its_version(in_step_3):
    office, case = in_step_3
    to, way = revise(office, case, ("jumlah: 3,", "jumlah: 4,"))
    case.items.filter(step="l1").update(state="tidak-berlaku")
    way = {old: new for old, new in way.items() if old != "l1"}
    case = move(office, case, to, way, after(8))
    assert "1 (versi 1)" in {row.step for row in parts.waivers(case)}
    assert cases.checklist(case, "v1.l1")
