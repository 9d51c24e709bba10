"""`himpun report`: a paper of the archive, handed out as a file."""

import json

import pytest

from himpun.documents.tests import poppler
from himpun.ledger import queries as record
from himpun.planning import actions as planning
from himpun.planning.rules import AnnualPlanDraft
from himpun.planning.tests.plan_builders import (
    agreed,
    by_kasubbag,
    programme,
    promising_office,
)
from himpun.procedures.models import Case
from himpun.reporting import queries as reporting

pytestmark = pytest.mark.django_db
STATEMENT = (
    "selaku atasan pihak pertama, selanjutnya disebut pihak kedua Pihak pertama berjanji "
    "akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, dalam "
    "rangka mencapai target kinerja jangka menengah seperti yang telah ditetapkan dalam "
    "dokumen perencanaan. Keberhasilan dan kegagalan pencapaian target kinerja tersebut "
    "menjadi tanggung jawab kami. Pihak kedua akan melakukan supervisi yang diperlukan "
    "serta akan melakukan evaluasi terhadap capaian kinerja dari perjanjian ini dan "
    "mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi."
)
"""The words of PermenPANRB 53/2014, anak lampiran I/2-6."""


@pytest.fixture
def office(sealed_case):
    return sealed_case[0].unit


@pytest.fixture
def case(sealed_case):
    return sealed_case[1]


@pytest.fixture
def report(himpun, office, tmp_path):
    """Ask for a paper of the office; return (status, stdout, stderr, file)."""

    def ask(kind, *more, unit=office.code, period="2024", name="kertas.pdf"):
        file = tmp_path / name
        words = ("--unit", unit, "--period", period, "-o", file)
        return (*himpun("report", kind, *words, *more), file)

    return ask


def test_the_signed_report_is_written_as_it_was_signed(report, case):
    status, out, _err, file = report("laporan-kinerja")
    signed = reporting.signed_of(case)
    assert status == 0
    assert file.read_bytes() == record.read_file(signed.signed)
    assert "Laporan Kinerja, versi 1" in out
    assert "CONTOH, bukan tanda tangan sah" in out
    assert signed.signed in out


def test_what_was_written_is_accepted_by_verify(report, himpun):
    *_, file = report("laporan-kinerja")
    own = reporting.fingerprint()
    tests = reporting.test_certificates()
    path = file.with_suffix(".pem")
    path.write_bytes(tests[0])
    assert himpun("verify", file, "--fingerprint", own, "--trust", path)[0] == 0


@pytest.mark.parametrize(
    "kind", ["rekapitulasi", "laporan-pengumpulan", "lembar-kendali", "lembar-segel"]
)
def test_every_kind_of_paper_is_handed_out(report, case, kind):
    status, out, _err, file = report(kind)
    assert status == 0
    assert ("bersegel mesin" in out) == (kind == "lembar-segel")
    kept = reporting.snapshot_of(case, kind).pdf
    assert file.read_bytes() == record.read_file(kept)


def test_a_paper_signed_by_hand_is_handed_out_sealed(report, case):
    signature = reporting.signed_of(case)
    signature.backend = "manual"
    signature.save()
    _status, out, _err, file = report("laporan-kinerja")
    assert file.read_bytes() == record.read_file(signature.sealed)
    assert "tanda tangan basah, dipindai" in out


def test_the_short_name_and_json_will_do(report, office):
    status, out, _err, file = report(
        "rekapitulasi", "--json", unit=office.short_name.upper()
    )
    assert status == 0
    told = json.loads(out)
    assert told["file"] == str(file)
    assert told["status"] == "tanpa tanda tangan"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"unit": "tiada"}, "Tidak ada kantor"),
        ({"period": "2023"}, "belum mempunyai Laporan Kinerja"),
        ({"name": "kertas.docx"}, "Ganti akhiran kertas.docx"),
        ({"name": "tiada/kertas.pdf"}, "tidak dapat dipakai"),
    ],
)
def test_what_is_not_there_gets_a_sentence_and_no_file(report, changed, sentence):
    status, out, err, file = report("laporan-kinerja", **changed)
    assert (status, out) == (1, "")
    assert sentence in err
    assert not file.exists()


def test_papers_of_a_cancelled_case_are_not_handed_out(report, case):
    Case.objects.filter(pk=case.pk).update(state="dibatalkan")
    assert report("laporan-kinerja")[0] == 1


def test_a_name_of_two_offices_asks_for_the_code(report, office):
    twin = type(office).objects.exclude(kind="kecamatan").first()
    twin.kind, twin.short_name = "kecamatan", office.short_name
    twin.save()
    status, _out, err, _file = report("laporan-kinerja", unit=office.short_name)
    assert status == 1
    assert office.code in err


@pytest.mark.parametrize("wrong", [{"kind": "surat"}, {"period": "2024-TW9"}])
def test_an_unknown_kind_or_period_is_wrong_use(report, wrong):
    with pytest.raises(SystemExit) as stopped:
        report(wrong.pop("kind", "laporan-kinerja"), **wrong)
    assert stopped.value.code == 2


def test_the_agreement_and_the_rkt_are_drawn_as_concepts(himpun, db, tmp_path):
    office = promising_office()
    plan = AnnualPlanDraft(2025, ("T", "S"), (programme(office, "7.01.01").pk,))
    planning.keep_annual_plan(office.unit, plan, **by_kasubbag(office))
    file = tmp_path / "kertas.pdf"
    words = ("--unit", office.unit.code, "--period", "2025", "-o", file)
    status, _out, err = himpun("report", "perjanjian-kinerja", *words)
    assert status == 1
    assert "belum mempunyai Perjanjian Kinerja tahun 2025" in err

    agreed(office)
    status, out, _err = himpun("report", "perjanjian-kinerja", *words)
    assert status == 0
    assert "Konsep, belum tercatat di arsip" in out
    text = poppler.text(file.read_bytes())
    statement, annex = text.split("Lampiran Perjanjian Kinerja Tahun 2025")
    assert statement.index(f": {office.camat.name}") < statement.index("pihak pertama")
    assert ": Bupati Uji" in statement
    assert STATEMENT in statement
    assert "KONSEP, belum ditandatangani" in statement
    for words_of_annex in ("Sasaran Strategis", "91,00 nilai", "Rp100", "APBD"):
        assert words_of_annex in annex
    assert annex.index("Bupati Uji") < annex.index("Camat Contoh")

    status, *_ = himpun("report", "rkt", *words)
    assert status == 0
    text = poppler.text(file.read_bytes())
    assert "RENCANA KINERJA TAHUNAN TAHUN 2025" in text
    assert "Meningkatnya kualitas pelayanan" in text
