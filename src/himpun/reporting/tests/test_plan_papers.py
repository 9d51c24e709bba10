"""RKT and PK through their SOP: made of the plan's data, signed, kept, proved."""

from datetime import date

import pytest
from django.conf import settings as installed
from django.urls import reverse

from himpun import proof
from himpun.documents import verifying
from himpun.documents.tests import poppler
from himpun.ledger import queries as record
from himpun.ledger.tests.fixtures import for_a_file
from himpun.organization import actions as offices
from himpun.organization.rules import Status
from himpun.planning.rules import RevisionReason
from himpun.planning.tests.plan_builders import DAY, agree
from himpun.procedures import actions as procedures
from himpun.procedures import queries as cases
from himpun.reporting import actions, queries
from himpun.reporting.kinds import frozen, public
from himpun.reporting.rules import Backend, ReportKind, Tone
from himpun.shared.refusals import Refusal

from . import planning_worlds as worlds
from .builders import PHRASE
from .planning_worlds import later, paper_of, plan_year
from .test_signing import JPG
from .visits import visitor

pytestmark = pytest.mark.django_db


planned = for_a_file(worlds.planned)
rkt = for_a_file(worlds.rkt_to_sign)
pk = for_a_file(worlds.pk_to_sign)


def sealed(run, backend=Backend.MANUAL, at=None):
    """Prepare and seal the paper of a case."""
    at = at or later(1)
    found = paper_of(run)
    signature = actions.prepare(found, backend=backend, by=run.office.camat, at=at)
    return actions.seal(signature, at=at)


def signed_by_hand(run):
    """Sign the paper of a case with a pen."""
    signature = actions.upload(
        sealed(run),
        content=JPG,
        filename="pindai.jpg",
        by=run.office.camat,
        at=later(2),
    )
    return actions.confirm(signature, by=run.office.camat, at=later(3))


def signed_as_example(run):
    """Sign the paper of a case with the test certificate."""
    camat = run.office.camat
    actions.make_certificate(
        camat,
        role=actions.holder(run.case, camat, later(1)),
        passphrase=PHRASE,
        again=PHRASE,
        at=later(1),
    )
    signature = sealed(run, Backend.TEST_CA)
    return actions.sign_as_example(signature, passphrase=PHRASE, by=camat, at=later(2))


def proved(pdf):
    """Return what `himpun verify` finds by the certificates of this installation."""
    trusted = [queries.seal_pair().cert_pem, *queries.test_certificates()]
    return verifying.verify(pdf, trusted=trusted)


def test_the_step_lacks_the_paper_until_it_is_made_of_the_newest_plan(planned):
    office, case = planned.office, planned.case
    [task] = cases.open_tasks(case)
    [missing] = cases.missing_of(task, later(0))
    assert missing.sentence == "Buat Rencana Kinerja Tahunan dari data perencanaan."
    actions.make_plan_paper(case, by=office.kasubbag, at=later(1))
    assert cases.missing_of(task, later(1)) == []
    plan_year(office, "S", at=later(2))
    assert len(cases.missing_of(task, later(2))) == 1


def test_a_step_that_is_opened_again_makes_its_paper_anew(planned):
    worlds.to_signing(planned)
    [task] = cases.open_tasks(planned.case)
    reason = "angka pagu keliru"
    procedures.return_step(
        task, to="l2", reason=reason, values=[], by=planned.office.camat, at=later(5)
    )
    [task] = cases.open_tasks(planned.case)
    assert len(cases.missing_of(task, later(6))) == 1
    assert queries.snapshot_of(planned.case, ReportKind.ANNUAL_PLAN) is None


def test_the_paper_says_what_the_plan_pinned_and_stays_so(rkt):
    office, made = rkt.office, paper_of(rkt)
    [concept] = [a for a in rkt.case.artefacts.all() if a.artefact == "konsep"]
    assert concept.blob == made.pdf
    read = frozen.thaw(made.data)
    assert [row.get("code") for row in read.values[1:3]] == ["T", "S"]
    assert read.values[0] == {"paper": "rkt", "year": 2025, "number": 1}
    plan_year(office, "S", at=later(1))
    assert frozen.show(frozen.thaw(made.data)) == record.read_file(made.pdf)
    text = poppler.text(record.read_file(made.pdf))
    for words in (
        "RENCANA KINERJA TAHUNAN",
        "Tahun 2025".upper(),
        "Meningkatnya kualitas pelayanan",
        "91,00 nilai",
        "TEMPLAT, perlu disahkan",
        "Camat Contoh",
        office.camat.name,
        made.printed_code,
        *(fact for _about, fact in public.facts(made, None)[1:]),
    ):
        assert words in text


def test_a_paper_older_than_the_plan_is_not_signed(rkt):
    plan_year(rkt.office, "S", at=later(1))
    with pytest.raises(Refusal, match="Rencana sudah diubah"):
        sealed(rkt, at=later(2))


def test_a_plan_that_changes_after_the_seal_is_not_confirmed(rkt):
    office = rkt.office
    signature = actions.upload(
        sealed(rkt), content=JPG, filename="a.jpg", by=office.camat, at=later(2)
    )
    plan_year(office, "S", at=later(3))
    with pytest.raises(Refusal, match="Rencana sudah diubah"):
        actions.confirm(signature, by=office.camat, at=later(4))


def test_a_signed_rkt_is_the_result_of_its_step_and_proves_itself(rkt):
    signature = signed_by_hand(rkt)
    [result] = [a for a in rkt.case.artefacts.all() if a.artefact == "rkt-ttd"]
    assert result.blob == signature.signed
    assert [task.step for task in cases.open_tasks(rkt.case)] == ["l5"]
    assert queries.signed_of(rkt.case) == signature
    verdict = verifying.verify(
        record.read_file(signature.sealed), trusted=[queries.seal_pair().cert_pem]
    )
    assert verdict.ok
    anchor = proof.parse_anchor(verdict.files["himpun.json"])
    assert anchor.values[1]["code"] == "T"
    page = public.document(paper_of(rkt))
    assert page.verdict.tone is Tone.RECORDED
    assert rkt.office.camat.name not in str(page)
    held = queries.held_paper(rkt.case.unit, rkt.case.period, ReportKind.ANNUAL_PLAN)
    assert held.blob == signature.sealed


def test_an_example_of_an_rkt_says_on_each_page_that_it_is_no_tte(rkt, settings):
    pdf = record.read_file(signed_as_example(rkt).signed)
    pages = poppler.text(pdf).split("\f")[:-1]
    assert all("BUKAN TTE BSrE" in page for page in pages)
    assert proved(pdf).ok
    assert installed.HIMPUN_TEST_SIGNATURE


def test_the_pk_is_that_of_who_signs_and_leaves_the_second_party_to_the_pen(pk):
    office, made = pk.office, paper_of(pk)
    paper = frozen.thaw(made.data).paper
    second, first = paper.signatories
    assert (first.name, second.title) == (office.camat.name, "Bupati Uji")
    assert paper.head.period == "Tahun 2025"
    text = poppler.text(record.read_file(made.pdf))
    assert made.printed_code in text
    assert "Pihak pertama berjanji" in text
    assert [fact in text for _about, fact in public.facts(made, None)[1:]] == [True]
    signature = signed_by_hand(pk)
    assert signature.signer == office.camat
    assert public.document(made).details[0] == (
        "Judul",
        "Perjanjian Kinerja Kecamatan Contoh Tahun 2025",
    )


def test_a_pk_by_the_shipped_sop_is_signed_kept_and_proves_itself(pk):
    signature = signed_as_example(pk)
    [result] = [a for a in pk.case.artefacts.all() if a.artefact == "pk-ttd"]
    assert result.blob == signature.signed
    pdf = record.read_file(signature.signed)
    verdict = proved(pdf)
    assert verdict.ok
    values = proof.parse_anchor(verdict.files["himpun.json"]).values
    assert values[0] == {"paper": "perjanjian-kinerja", "year": 2025, "number": 1}
    assert {row["code"] for row in values if "target" in row} == {"T", "S"}
    assert worlds.MARK in poppler.text(pdf)
    pk.clock = 70
    pk.do("l5", "pelaksana")
    pk.do("l5", "kasubbag", part="mengetahui")
    assert pk.case.state == "selesai"
    held = queries.held_paper(pk.case.unit, pk.case.period, ReportKind.AGREEMENT)
    assert held.blob == signature.signed


def test_a_pk_revised_within_the_year_is_signed_in_the_case_of_its_quarter(pk):
    first = signed_by_hand(pk)
    agree(pk.office, reason=RevisionReason.STRATEGY, agreed_on=date(2025, 4, 1))
    revised = worlds.opened(pk.office, pk.case.version, "2025-TW2")
    worlds.to_signing(revised)
    second = signed_by_hand(revised)
    text = poppler.text(record.read_file(second.sealed))
    assert "Perubahan ke-1" in text
    assert "TAHUN 2025" in text
    verdict = proved(record.read_file(second.sealed))
    assert verdict.ok
    values = proof.parse_anchor(verdict.files["himpun.json"]).values
    assert values[0] == {"paper": "perjanjian-kinerja", "year": 2025, "number": 2}
    assert queries.signed_of(pk.case) == first


def test_a_pk_of_a_former_official_is_neither_signed_nor_made_again(pk):
    office, case = pk.office, pk.case
    offices.appoint(
        office.kasi,
        office.position["camat"],
        since=DAY,
        status=Status.PLT,
        letter="SPT nomor 8",
        at=later(0),
    )
    day_after = later(60 * 24 * 20)
    with pytest.raises(Refusal, match="Penanda tangan di laporan ini"):
        actions.prepare(
            paper_of(pk), backend=Backend.MANUAL, by=office.kasi, at=day_after
        )
    [task] = cases.open_tasks(case)
    procedures.return_step(
        task,
        to="l2",
        reason="pejabat sudah berganti",
        values=[],
        by=office.kasi,
        at=day_after,
    )
    with pytest.raises(Refusal, match="karena pergantian pejabat"):
        actions.make_plan_paper(case, by=office.kasubbag, at=day_after)
    agree(office, reason=RevisionReason.OFFICIAL, agreed_on=day_after.date())
    made = actions.make_plan_paper(case, by=office.kasubbag, at=day_after)
    assert "Perubahan ke-1" in poppler.text(record.read_file(made.pdf))


def test_the_desk_shows_what_is_promised_and_leads_to_no_delivery(rkt, pk, monkeypatch):
    """Two cases stand beside each other; each of its own office."""
    checked = "Memeriksa keselarasan konsep "
    for run, words in ((rkt, "Renstra 2025-2029 murni"), (pk, "dengan pena")):
        client = visitor(run.office.camat, monkeypatch, at=later(1))
        page = client.get(
            reverse("reporting:sign", args=[run.case.pk])
        ).content.decode()
        for shown in (words, checked, "91,00 nilai", "Rp100", "Segel untuk dicetak"):
            assert shown in page
        assert "Penyampaian" not in page
        back = client.get(reverse("reporting:return", args=[run.case.pk]))
        assert "tidak dicentang" not in back.content.decode()


def test_the_paper_is_made_by_a_click_and_told_when_the_plan_moved_on(
    planned, monkeypatch
):
    client = visitor(planned.office.kasubbag, monkeypatch, at=later(1))
    papers = reverse("reporting:papers", args=[planned.case.pk])
    make = reverse("reporting:make", args=[planned.case.pk, "rkt"])
    assert client.post(make, {"number": "800/1"}).status_code == 302
    page = client.get(papers).content.decode()
    assert "Rencana Kinerja Tahunan" in page
    assert "Rekapitulasi" not in page
    plan_year(planned.office, "S", at=later(2))
    assert "Rencana sudah diubah" in client.get(papers).content.decode()


def test_without_a_plan_there_is_no_paper_and_the_sentence_says_what_to_do():
    office = worlds.promising_office()
    for source, name in ((worlds.RKT, "Rencana"), (worlds.PK, "Perjanjian")):
        run = worlds.to_concept(
            office, source.replace(b"templat.", f"{name}.".lower().encode())
        )
        with pytest.raises(Refusal, match=f"Data {name} Kinerja") as refused:
            actions.make_plan_paper(run.case, by=office.kasubbag, at=later(1))
        assert "Susun dahulu dalam perencanaan" in str(refused.value)


def test_a_case_makes_the_papers_of_its_sop_and_no_others(planned):
    by = planned.office.kasubbag
    for kind in (ReportKind.RECAP, ReportKind.AGREEMENT, ReportKind.PERFORMANCE):
        with pytest.raises(Refusal, match="tidak membuat kertas itu"):
            actions.make(planned.case, kind, by=by, at=later(1))
    assert [p.kind for p in queries.case_papers(planned.case)] == ["rkt"]
