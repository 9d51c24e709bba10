"""Making papers: from accepted values only, frozen, printable again from the snapshot."""

import io
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from himpun import proof
from himpun.collection import queries as collection
from himpun.collection.tests.builders import give_back
from himpun.ledger import queries as record
from himpun.organization.models import Person, Unit
from himpun.planning.models import IndicatorVersion
from himpun.procedures import actions as running
from himpun.procedures import queries as cases
from himpun.reporting import actions, queries, rules
from himpun.reporting.kinds import frozen, performance, times
from himpun.reporting.models import Report, Snapshot
from himpun.reporting.rules import ReportKind
from himpun.shared.refusals import Refusal

from .builders import after

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(in_step_3):
    return in_step_3[0]


@pytest.fixture
def case(in_step_3):
    return in_step_3[1]


@pytest.fixture
def report(office, case):
    return actions.make_performance_report(case, by=office.pelaksana, at=after(11))


def text_of(pdf):
    ran = subprocess.run(
        ["pdftotext", "-", "-"],
        input=pdf,
        capture_output=True,
        check=True,
    )
    return " ".join(ran.stdout.decode().split())


def test_the_recapitulation_prints_each_accepted_value_with_its_verifier(office, case):
    made = actions.make_recap(case, by=office.pelaksana, at=after(10))
    text = text_of(record.read_file(made.pdf))
    for value in collection.accepted_values(case):
        assert value.meaning.code in text
    assert "97,66" in text
    assert "106,93%" in text
    assert "Kasubbag Perencanaan" in text


def test_the_report_is_the_output_of_its_step(report, case):
    artefact = cases.artefact_of(case, "laporan-kinerja")
    assert artefact.blob == report.pdf


def test_making_a_paper_records_hash_and_template_and_no_name(report, office, case):
    event = next(e for e in cases.events_of(case) if e.type == "document.made")
    data = record.data_of(event)
    assert data["snapshot"] == report.sha256
    assert data["template"] == "laporan-kinerja/1"
    assert data["pdf"] == report.pdf
    for person in Person.objects.all():
        assert person.name.encode() not in bytes(event.body)


def test_the_report_waits_for_the_last_value(office, case):
    give_back(office, collection.round_of(case), "IKU-2", at=after(5))
    with pytest.raises(Refusal, match=r"Masih 1 nilai menunggu.*Nilai SAKIP"):
        actions.make_performance_report(case, by=office.pelaksana, at=after(11))


@pytest.mark.parametrize("who", ["kasubbag", "sekcam", "camat", "kasi", "admin"])
def test_only_the_actor_of_the_step_makes_papers(office, case, who):
    with pytest.raises(Refusal, match="jabatan lain"):
        actions.make_recap(case, by=office.people[who], at=after(10))
    assert not Report.objects.filter(case=case).exists()


def test_a_paper_of_a_step_that_is_not_open_is_refused(office, case):
    with pytest.raises(Refusal, match="sedang tidak dikerjakan"):
        actions.make_collection_report(case, by=office.pelaksana, at=after(10))


def test_a_new_version_takes_the_place_of_the_former_one(report, office, case):
    again = actions.make_performance_report(case, by=office.pelaksana, at=after(14))
    report.refresh_from_db()
    assert (report.number, again.number) == (1, 2)
    assert report.stale
    assert queries.snapshot_of(case, ReportKind.PERFORMANCE) == again
    assert report.code != again.code


def test_a_snapshot_prints_the_same_bytes_years_later(report):
    printed = record.read_file(report.pdf)
    IndicatorVersion.objects.update(name="Nama baru", unit_of_measure="orang")
    Unit.objects.update(name="Kecamatan Lain Nama")
    Person.objects.update(name="Camat Baru")
    again = frozen.show(frozen.thaw(Snapshot.objects.get(pk=report.pk).data))
    assert again == printed


def test_a_snapshot_is_named_by_the_hash_of_its_bytes(report):
    data = bytes(Snapshot.objects.get(pk=report.pk).data)
    assert report.sha256 == frozen.sha256(data)
    assert proof.canonical(proof.read_canonical(data)) == data


def test_a_snapshot_holds_definition_formula_target_scale_and_evidence(report):
    read = frozen.thaw(report.data)
    row = read.values[0]
    assert (row["target"], row["actual"]) == ("91.33", "97.66")
    assert row["formula"]
    assert row["evidence"]
    assert row["version"] == 1
    assert row["meaning"] == {
        "formula": "",
        "components": [],
        "polarity": "higher",
        "zero_target": "unknown",
        "zero_actual": "unknown",
        "cap": None,
        "cap_on": "value",
        "over_time": "nilai akhir",
        "over_units": "rata-rata",
        "scale": "Skala Nilai Peringkat Kinerja",
        "scale_version": 1,
        "grade_scale": "",
        "grade_scale_version": None,
        "grade_rule": "",
    }
    labels = {fact.label for fact in read.paper.definitions[0].facts}
    assert {"Rumus capaian", "Target dan asalnya", "Skala", "Versi"} <= labels
    assert "Cara menghitung" not in labels


def test_the_annex_works_out_a_figure_that_has_a_formula(case):
    value = collection.accepted_values(case)[0]
    ratio = replace(
        value,
        meaning=replace(value.meaning, formula="selesai / masuk x 100%"),
        calculation=("selesai / masuk × 100% = 79 / 90 × 100% = 87,78",),
    )
    facts = {f.label: f.text for f in performance.definition(ratio).facts}
    lines = facts["Cara menghitung"].split("\n")
    assert lines == [*ratio.calculation, *value.measured.steps]
    assert "106,93" in lines[-1]


def test_figures_from_before_himpun_are_labelled_on_paper(report):
    text = text_of(record.read_file(report.pdf))
    assert "data sebelum Himpun, tidak diverifikasi di sini" in text
    assert "93,93" in text


def test_the_letter_number_is_printed_when_there_is_one(office, case):
    made = actions.make_performance_report(
        case, by=office.pelaksana, at=after(11), number=" 000.8/12/2025 "
    )
    assert frozen.thaw(made.data).paper.head.number == "000.8/12/2025"


def test_every_page_bears_the_code_and_the_fingerprint_of_the_seal(report):
    text = text_of(record.read_file(report.pdf))
    pages = text.count(rules.printed_code(report.code) + ",")
    assert pages == report.pages
    groups = queries.fingerprint()[:8]
    assert f"{groups[:4]} {groups[4:]}" in text


def test_without_a_public_address_no_paper_is_made(office, case, settings):
    settings.HIMPUN_PUBLIC_URL = ""
    with pytest.raises(Refusal, match="HIMPUN_PUBLIC_URL"):
        actions.make_recap(case, by=office.pelaksana, at=after(10))
    assert not Report.objects.filter(case=case).exists()


def test_without_a_seal_key_no_paper_is_made(office, case, settings, tmp_path):
    settings.HIMPUN_HOME = tmp_path
    with pytest.raises(Refusal, match="himpun init"):
        actions.make_recap(case, by=office.pelaksana, at=after(10))


def test_a_paper_made_while_a_value_came_back_is_refused(office, case, monkeypatch):
    render = frozen.show

    def slow(*args, **kwargs):
        give_back(office, collection.round_of(case), "IKU-2", at=after(9))
        return render(*args, **kwargs)

    monkeypatch.setattr(frozen, "show", slow)
    with pytest.raises(Refusal, match="Data berubah"):
        actions.make_recap(case, by=office.pelaksana, at=after(10))


def test_one_number_is_given_once(report):
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(
            report=report.report,
            number=report.number,
            code="X" * 12,
            data=b"",
            pages=1,
            made_at=after(1),
        )


def test_the_print_tick_says_who_when_and_which_version(report, office, case):
    tick = actions.record_print(report, by=office.pelaksana2, at=after(12))
    assert (tick.snapshot, tick.printed_by) == (report, office.pelaksana2)
    event = cases.events_of(case)[-1]
    assert event.type == "document.printed"
    assert record.data_of(event)["number"] == 1


def test_a_replaced_version_is_not_ticked_as_printed(report, office, case):
    actions.make_performance_report(case, by=office.pelaksana, at=after(14))
    report.refresh_from_db()
    with pytest.raises(Refusal, match="sudah diganti"):
        actions.record_print(report, by=office.pelaksana, at=after(15))


def test_somebody_else_does_not_tick_a_print(report, office):
    with pytest.raises(Refusal, match="jabatan lain"):
        actions.record_print(report, by=office.sekcam, at=after(12))


def test_everybody_in_the_office_prints_the_lembar_kendali_of_a_running_case(
    office, case
):
    made = actions.make(case, ReportKind.CONTROL, by=office.camat, at=after(10))
    assert made.pages == 1
    text = text_of(record.read_file(made.pdf))
    assert "Menghimpun data awal" in text
    assert "Kasubbag Perencanaan" in text


def test_the_lembar_kendali_prints_for_whom_the_case_waited(office, case):
    task = cases.open_work(case)
    words = {"waits_for": "Dinas Kesehatan", "reason": "rekap puskesmas belum terbit"}
    running.pause(task, **words, by=office.pelaksana, at=after(10))
    running.resume(task, by=office.pelaksana, at=after(40))
    running.pause(task, **words, by=office.pelaksana, at=after(50))
    made = actions.make(case, ReportKind.CONTROL, by=office.camat, at=after(60))
    text = text_of(record.read_file(made.pdf))
    assert "Menunggu pihak luar" in text
    assert "Dinas Kesehatan" in text
    assert "rekap puskesmas belum terbit" in text
    assert "masih menunggu" in text
    assert "1 jeda menunggu pihak luar" in text
    last = [times.steps(case, at)[2].actual for at in (after(60), after(160))]
    assert last[0] == last[1]


def test_a_pdf_of_ours_is_whole_for_another_program(report):
    with pikepdf.open(io.BytesIO(record.read_file(report.pdf))) as document:
        assert document.check_pdf_syntax() == []
