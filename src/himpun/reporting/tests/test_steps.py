"""What the engine is told of our steps."""

import pytest
from django.db import transaction

from himpun.organization import queries as organization
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.reporting import actions, queries
from himpun.reporting.rules import ReportKind
from himpun.shared.refusals import Refusal

from .builders import after, sign

pytestmark = pytest.mark.django_db


def lacking(case):
    [task] = cases.open_tasks(case)[:1]
    return [missing.sentence for missing in cases.missing_of(task, after(13))]


def test_step_3_lacks_both_papers_then_the_print(in_step_3):
    office, case = in_step_3
    both = lacking(case)
    assert len(both) == 2
    assert "Rekapitulasi" in both[0]
    actions.make_recap(case, by=office.pelaksana, at=after(10))
    report = actions.make_performance_report(case, by=office.pelaksana, at=after(11))
    assert lacking(case) == ["Cetak Laporan Kinerja versi 1, lalu tandai tercetak."]
    actions.record_print(report, by=office.pelaksana, at=after(12))
    assert lacking(case) == []


def test_a_print_of_an_older_version_does_not_count(in_step_3):
    office, case = in_step_3
    actions.make_recap(case, by=office.pelaksana, at=after(10))
    report = actions.make_performance_report(case, by=office.pelaksana, at=after(11))
    actions.record_print(report, by=office.pelaksana, at=after(12))
    actions.make_performance_report(case, by=office.pelaksana, at=after(13))
    assert lacking(case) == ["Cetak Laporan Kinerja versi 2, lalu tandai tercetak."]


def test_papers_made_before_the_last_acceptance_are_made_anew(in_step_3):
    office, case = in_step_3
    actions.make_recap(case, by=office.pelaksana, at=after(-1))
    assert any("Rekapitulasi" in sentence for sentence in lacking(case))


def test_papers_made_before_a_waiver_or_an_exception_are_made_anew(in_step_3):
    """Both stand in the print, so a paper without them may not go on."""
    office, case = in_step_3
    camat = organization.own_role(office.camat, after(13))
    for kind in ("item.waived", "request.waived", "exemption.granted"):
        actions.make_recap(case, by=office.pelaksana, at=after(10))
        made = actions.make_performance_report(case, by=office.pelaksana, at=after(11))
        actions.record_print(made, by=office.pelaksana, at=after(12))
        assert lacking(case) == []
        with transaction.atomic():
            procedures.write_event(case, kind, by=camat, at=after(13), data={})
            assert len(lacking(case)) == 2
            transaction.set_rollback(True)


def test_a_collection_report_made_before_a_waiver_is_not_delivered(in_step_5):
    office, case = in_step_5
    actions.make_collection_report(case, by=office.pelaksana, at=after(30))
    camat = organization.own_role(office.camat, after(31))
    with transaction.atomic():
        procedures.write_event(case, "item.waived", by=camat, at=after(31), data={})
    assert lacking(case) == ["Buat Laporan Pengumpulan Data Kinerja."]
    with pytest.raises(Refusal, match="Buat Laporan Pengumpulan"):
        actions.send(case, by=office.pelaksana, at=after(32))


def test_step_4_lacks_the_signature(in_step_4):
    office, case = in_step_4
    assert lacking(case) == ["Laporan Kinerja belum ditandatangani."]
    summary = cases.summary_of(cases.open_work(case))
    assert summary.link == f"/kasus/{case.pk}/tanda-tangan"
    assert "3 halaman" in summary.text
    sign(office, case)
    assert queries.signed_of(case) is not None


def test_a_missing_paper_is_one_click_away(in_step_3):
    _office, case = in_step_3
    [task] = cases.open_tasks(case)[:1]
    links = {missing.link for missing in cases.missing_of(task, after(13))}
    page = f"/kasus/{case.pk}/laporan"
    assert links == {f"{page}#{ReportKind.RECAP}", f"{page}#{ReportKind.PERFORMANCE}"}
