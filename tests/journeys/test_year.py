"""Four people carry the yearly case 2024 of Kecamatan Muncar, with its real figures."""

import json
import re
import subprocess

import pytest

from tests.journeys.browser import LOOKED, screens_of
from tests.journeys.carrying import Carry

pytestmark = pytest.mark.journey
RETURNED, WRONG = "Nilai SAKIP Kecamatan", "83,22"
SIGNED = ("Berkas bertanda tangan", "PDF bersegel", "Unduh lembar segel")
REPORT = re.compile("^Unduh$")
"""The links to the final papers: three that are signed or sealed, and the report that
holds the signed one inside."""
VILLAGES, SECTIONS = 10, 7
PELAKSANA = "Pelaksana Perencanaan"
KASUBBAG = "Kasubbag Perencanaan dan Keuangan"
SEKCAM = "Sekretaris Kecamatan Muncar"
CAMAT = "Camat Muncar"
STORY = [
    # 1
    ("case.opened", KASUBBAG),
    ("step.opened", KASUBBAG),
    ("task.started", PELAKSANA),
    *[("item.attached", PELAKSANA)] * 13,
    *[("proposal.saved", PELAKSANA)] * 4,
    ("artefact.made", PELAKSANA),
    ("task.done", PELAKSANA),
    ("task.done", KASUBBAG),
    # 2
    ("step.opened", KASUBBAG),
    ("task.started", KASUBBAG),
    ("team.named", KASUBBAG),
    *[("proposal.evaluated", KASUBBAG)] * 4,
    ("artefact.made", KASUBBAG),
    ("task.done", KASUBBAG),
    ("task.done", SEKCAM),
    # 3
    ("step.opened", SEKCAM),
    ("task.started", PELAKSANA),
    *[("request.sent", PELAKSANA)] * (VILLAGES + SECTIONS),
    *[("request.closed", PELAKSANA)] * (VILLAGES + SECTIONS),
    *[("value.saved", PELAKSANA)] * 5,
    *[("evidence.added", PELAKSANA)] * 4,
    ("values.submitted", PELAKSANA),
    ("value.returned", KASUBBAG),
    ("value.saved", PELAKSANA),
    ("values.submitted", PELAKSANA),
    *[("value.accepted", KASUBBAG)] * 4,
    ("document.made", PELAKSANA),
    ("document.made", PELAKSANA),
    ("artefact.made", PELAKSANA),
    ("document.printed", PELAKSANA),
    ("task.done", PELAKSANA),
    ("task.done", SEKCAM),
    # 4
    ("step.opened", SEKCAM),
    ("task.started", CAMAT),
    ("document.prepared", CAMAT),
    ("document.signed", CAMAT),
    ("artefact.made", CAMAT),
    ("task.done", CAMAT),
    # 5
    ("step.opened", CAMAT),
    ("task.started", PELAKSANA),
    ("document.made", PELAKSANA),
    ("artefact.made", PELAKSANA),
    ("copy.sent", PELAKSANA),
    ("copy.sent", PELAKSANA),
    ("task.done", PELAKSANA),
    ("copy.received", KASUBBAG),
    ("copy.received", SEKCAM),
    ("task.done", CAMAT),
    ("case.finished", CAMAT),
]
"""(type, role) of every event of the case, in its order."""
AFTERWARDS = {
    "portal/home.html with nothing to do": ("pelaksana", "/"),
    "portal/door.html with nothing behind": ("camat", "/tanda-tangan"),
    "portal/help.html": ("pelaksana", "/bantuan"),
    "accounts/password.html": ("pelaksana", "/sandi"),
    "accounts/tokens.html": ("pelaksana", "/token"),
    "notices/list.html": ("pelaksana", "/pemberitahuan"),
    "procedures/cases.html": ("kasubbag", "/kasus"),
    "procedures/case.html finished": ("kasubbag", "/kasus/{case}"),
    "procedures/sop.html waktu": ("sekcam", "/sop/{sop}?bagian=waktu"),
    "procedures/evaluation.html": ("sekcam", "/sop/{sop}/evaluasi"),
    "procedures/trail.html": ("kasubbag", "/kasus/{case}/jejak"),
    "collection/entries.html accepted": ("sekcam", "/kasus/{case}/isian"),
    "collection/verify.html accepted": ("sekcam", "/kasus/{case}/verifikasi"),
    "measurement/achievement.html": ("sekcam", "/capaian"),
    "reporting/archive.html": ("sekcam", "/arsip"),
}
"""Screens of the finished case: who looks at them, and where."""


@pytest.fixture(scope="module")
def told(january, people_of):
    """The whole case, told through four browsers."""
    people = people_of(january, "muncar")
    carry = Carry(people, "Tahun 2024", "muncar_2024.csv", "year")
    carry.start()
    carry.home("pelaksana", "portal/home.html of the Pelaksana")
    carry.around()
    carry.stand_in()
    carry.attach()
    carry.propose()
    carry.close_first()
    carry.look_forward("kasubbag")
    carry.home("kasubbag", "portal/home.html of the Kasubbag")
    carry.name_team()
    carry.evaluate()
    carry.close_second()
    carry.form("sekcam")
    carry.request()
    carry.paste()
    carry.mistype(RETURNED, WRONG)
    carry.prove()
    carry.submit()
    carry.give_back(RETURNED, "Surat hasil evaluasi menyebut 82,32.")
    carry.correct(RETURNED)
    carry.accept()
    carry.make_papers()
    carry.close_third()
    carry.home("camat", "portal/home.html of the Camat")
    carry.sign_as_example()
    carry.deliver()
    carry.receive()
    carry.take_note()
    return carry


@pytest.fixture(scope="module")
def papers(told, tmp_path_factory):
    """The final papers as the Pelaksana downloads them, by their link."""
    folder = tmp_path_factory.mktemp("kertas")
    person = told.open("pelaksana", "/penyampaian")
    return {link: person.download(link, folder) for link in (*SIGNED, REPORT)}


def run(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def printed_fingerprint(paper):
    """Return the fingerprint that stands at the foot of a paper."""
    text = run("pdftotext", "-layout", paper, "-")
    found = re.search(r"Sidik sertifikat segel \(SHA-256\):\s+([0-9a-f ]{79})", text)
    return found[1]


def test_the_record_of_the_case_is_the_one_that_was_written_down(told, january):
    shown = january.himpun("ledger", "show", f"case:{told.number}", "--json")
    events = json.loads(shown.stdout)
    assert [(event["type"], event["role"]) for event in events] == STORY
    assert len({event["actor"] for event in events}) == 4


def test_pdfsig_finds_every_signature_valid(papers):
    counts = {}
    for link in SIGNED:
        said = run("pdfsig", papers[link])
        counts[link] = said.count("Signature Field Name")
        assert said.count("Signature is Valid") == counts[link]
        assert "Total document signed" in said
    assert list(counts.values()) == [2, 1, 1]


def test_the_last_report_holds_the_signed_one(papers, tmp_path):
    run("pdfdetach", "-saveall", "-o", tmp_path, papers[REPORT])
    held = [file.read_bytes() for file in tmp_path.iterdir()]
    assert papers[SIGNED[0]].read_bytes() in held


def test_himpun_verify_knows_the_seal_by_the_printed_fingerprint(papers, january):
    for link in SIGNED[1:]:
        hex_ = printed_fingerprint(papers[link])
        known = january.himpun("verify", papers[link], "--fingerprint", hex_)
        assert "Isi utuh? UTUH" in known.stdout
    unknown = january.himpun("verify", papers[link], check=False)
    assert unknown.returncode == 1
    assert "TIDAK DAPAT DIPASTIKAN" in unknown.stdout


def test_the_example_signature_is_known_only_with_its_own_certificate(papers, january):
    paper = papers[SIGNED[0]]
    seal = printed_fingerprint(paper)
    asked = ["verify", paper, "--fingerprint", seal]
    assert january.himpun(*asked, check=False).returncode == 1
    authority = january.home / "keys" / "contoh" / "ca-sertifikat.pem"
    known = january.himpun(*asked, "--trust", authority)
    assert "BUKAN TTE BSrE" in known.stdout


def test_the_record_matches_the_papers_outside_the_server(told, papers, january):
    against = [papers[link] for link in SIGNED[1:]]
    said = january.himpun("ledger", "verify", "--against", *against).stdout
    assert re.search(rf"case:{told.number} +cocok", said)
    assert "BERUBAH" not in said


@pytest.mark.parametrize("screen", AFTERWARDS)
def test_a_screen_of_the_finished_case_has_no_barrier(told, screen):
    who, path = AFTERWARDS[screen]
    person = told.people[who]
    person.open(path.format(case=told.number, sop=told.sop))
    person.looks_right(screen)


def test_how_a_number_came_to_be_has_no_barrier(told):
    person = told.people["sekcam"]
    person.open("/capaian")
    person.follow(RETURNED)
    person.looks_right("measurement/explanation.html")


def test_the_public_page_says_what_the_archive_knows(told, papers):
    text = run("pdftotext", papers["PDF bersegel"], "-")
    code = re.search(r"Kode dokumen ([0-9A-Z-]{14})", text)[1]
    person = told.people["kasubbag"]
    person.open(f"/v/{code}")
    person.looks_right("reporting/document.html")
    person.page.locator("input[type=file]").set_input_files(papers["PDF bersegel"])
    person.sees("Sama persis dengan PDF bersegel")


def test_axe_looked_at_every_screen_of_the_year():
    assert screens_of("year") - LOOKED == set()
