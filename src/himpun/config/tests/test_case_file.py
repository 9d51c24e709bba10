"""The case file: everything of a case in one ZIP, and `himpun verify` on it."""

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from urllib.parse import unquote

import pytest

from himpun import proof
from himpun.collection.models import Evidence
from himpun.reporting import queries as reporting
from himpun.reporting.queries import casefile
from himpun.reporting.tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def whole(sealed_case, django_db_blocker, tmp_path_factory):
    """Return the path of the case file of a sealed case."""
    path = tmp_path_factory.mktemp("kasus") / "kasus.zip"
    with django_db_blocker.unblock(), path.open("wb") as file:
        casefile.write(sealed_case[1], file, at=builders.after(60))
    return path


@pytest.fixture
def trust(sealed_case, tmp_path):
    """Return the arguments that name the certificates which the reader trusts."""
    words = ["--fingerprint", reporting.fingerprint()]
    for number, pem in enumerate(reporting.test_certificates()):
        path = tmp_path / f"uji-{number}.pem"
        path.write_bytes(pem)
        words += ["--trust", path]
    return words


def contents(path):
    with zipfile.ZipFile(path) as folder:
        return {e.filename.split("/", 1)[1]: folder.read(e) for e in folder.infolist()}


def changed(path, to, change):
    """Write a copy of a case file whose contents were changed; sums follow when asked."""
    files = contents(path)
    change(files)
    with zipfile.ZipFile(to, "w") as folder:
        for name, content in files.items():
            folder.writestr(f"kasus/{name}", content)
    return to


def with_new_sums(files):
    del files["SHA256SUMS"]
    lines = [f"{hashlib.sha256(c).hexdigest()}  {name}\n" for name, c in files.items()]
    files["SHA256SUMS"] = "".join(lines).encode()


def test_it_holds_everything_of_the_case(whole, sealed_case):
    files = contents(whole)
    case = sealed_case[1]
    assert files["sop/sop.yaml"].decode() == case.version.source
    assert files["sop/formulir.pdf"].startswith(b"%PDF")
    kept = {hashlib.sha256(content).hexdigest() for content in files.values()}
    evidence = set(Evidence.objects.values_list("blob", flat=True))
    assert evidence
    assert evidence <= kept
    kinds = {name.split("-v")[0] for name in files if name.startswith("kertas/")}
    assert kinds == {f"kertas/{report.kind}" for report in case.reports.all()}
    rows = list(
        csv.reader(
            io.StringIO(files["nilai/nilai.csv"].decode("utf-8-sig")), delimiter=";"
        )
    )
    assert len(rows) == 1 + len(reporting.papers.collection.accepted_values(case))


def test_the_sums_are_what_sha256sum_checks(whole, tmp_path):
    with zipfile.ZipFile(whole) as folder:
        folder.extractall(tmp_path)
    [root] = [path for path in tmp_path.iterdir() if path.is_dir()]
    ran = subprocess.run(
        [shutil.which("sha256sum"), "--check", "--strict", "--quiet", "SHA256SUMS"],
        cwd=root,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran


def test_every_link_of_the_index_leads_to_a_file_of_the_folder(whole):
    files = contents(whole)
    page = files["index.html"].decode()
    links = {unquote(link) for link in re.findall(r'href="([^"]+)"', page)}
    assert links == set(files) - {"index.html", "SHA256SUMS"}
    assert "http" not in page
    assert "<script" not in page


def test_a_stranger_finds_it_whole_signed_and_anchored_without_django(whole, trust):
    program = (
        "import sys; sys.modules['django'] = None; from himpun.config import cli; "
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "verify", str(whole), *map(str, trust)],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Isi utuh? UTUH" in ran.stdout
    assert "Siapa penanda tangannya? DIKENAL" in ran.stdout
    assert "Jejak: cocok, peristiwa 1 sampai" in ran.stdout


def test_without_a_certificate_nobody_is_known(whole, himpun):
    status, out, _ = himpun("verify", whole)
    assert status == 1
    assert "Isi utuh? UTUH" in out
    assert "TIDAK DAPAT DIPASTIKAN" in out
    assert "Jejak: belum berjangkar, peristiwa 1 sampai" in out


def forge_trail(files):
    stream, records = proof.parse_trail(files["jejak/jejak.json"])
    body = json.loads(records[3]["body"])
    body["role"] = "Orang lain"
    records[3] |= {"body": proof.canonical(body), "role": "Orang lain"}
    files["jejak/jejak.json"] = proof.build_trail(stream, records)
    with_new_sums(files)


def rehash_trail(files):
    stream, records = proof.parse_trail(files["jejak/jejak.json"])
    before = records[3]["prev"]
    for record in records[3:]:
        body = json.loads(record["body"])
        body["role"] = "Orang lain"
        record |= {"body": proof.canonical(body), "role": "Orang lain", "prev": before}
        before = proof.event_hash(bytes.fromhex(before), record["body"]).hex()
        record["hash"] = before
    files["jejak/jejak.json"] = proof.build_trail(stream | {"head": before}, records)
    with_new_sums(files)


def swap_evidence(files):
    name = next(name for name in files if name.startswith("bukti/"))
    files[name] += b" "
    with_new_sums(files)


def rewrite_text(files):
    texts = json.loads(files["jejak/teks.json"])
    name = next(iter(texts))
    texts[name]["text"] += " lagi"
    files["jejak/teks.json"] = proof.canonical(texts)
    with_new_sums(files)


def swap_sop(files):
    source = files["sop/sop.yaml"]
    files["sop/sop.yaml"] = source.replace(
        b"jumlah: 3, satuan: hari", b"jumlah: 9, satuan: hari"
    )
    assert files["sop/sop.yaml"] != source
    with_new_sums(files)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (
            lambda files: files.update({"nilai/nilai.csv": b""}),
            "isi nilai/nilai.csv berubah",
        ),
        (lambda files: files.pop("sop/sop.yaml"), "sop/sop.yaml hilang"),
        (
            lambda files: files.update({"catatan.txt": b"x"}),
            "catatan.txt tidak ada dalam daftar",
        ),
        (forge_trail, "peristiwa ke-4, kolom body"),
        (rehash_trail, "peristiwa ke-4"),
        (swap_evidence, "tidak disebut jejak"),
        (rewrite_text, "tidak lagi berbunyi"),
        (swap_sop, "bukan SOP yang disebut jejak"),
    ],
)
def test_what_was_changed_is_named(whole, trust, himpun, tmp_path, change, word):
    copy = changed(whole, tmp_path / "kasus.zip", change)
    status, out, _ = himpun("verify", copy, *trust)
    assert status == 1
    assert "Isi utuh? BERUBAH" in out
    assert word in out


def test_what_only_the_list_vouches_for_is_named(whole, trust, himpun):
    told = himpun("verify", whole, *trust)[1]
    [line] = [line for line in told.splitlines() if "dijamin daftarnya saja" in line]
    assert "index.css, index.html, nilai/nilai.csv, sop/formulir.pdf" in line


def test_a_copy_that_was_only_packed_anew_holds(whole, trust, himpun, tmp_path):
    copy = changed(whole, tmp_path / "kasus.zip", lambda files: None)
    assert himpun("verify", copy, *trust)[0] == 0


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"PK\x03\x04 patah", "ZIP rusak"),
        (None, "bukan berkas kasus"),
    ],
)
def test_a_zip_that_is_no_case_file_is_refused(himpun, tmp_path, content, word):
    path = tmp_path / "lain.zip"
    if content:
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w") as folder:
            folder.writestr("a/b.txt", "x")
    status, _, err = himpun("verify", path)
    assert status == 1
    assert word in err


def test_a_running_case_has_a_file_too_and_says_what_is_not_anchored(tmp_path, himpun):
    _, case = builders.accepted()
    path = tmp_path / "berjalan.zip"
    with path.open("wb") as file:
        casefile.write(case, file, at=builders.after(60))
    status, out, _ = himpun("verify", path, "--json")
    answer = json.loads(out)
    assert status == 1
    assert answer["changed"] == []
    assert answer["signers"] == {}
    assert answer["anchored"] == 0 < answer["events"]
