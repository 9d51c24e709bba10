"""`himpun verify`: a paper checked without server, settings or database."""

import json
import os
import subprocess
import sys

import pytest

from himpun.ledger import queries as record
from himpun.reporting import queries as reporting

pytestmark = pytest.mark.django_db
JPG = bytes.fromhex("ffd8ffc0001108000a000a03012200021101031101ffd9")


@pytest.fixture
def paper(sealed_case, tmp_path):
    path = tmp_path / "bersegel.pdf"
    path.write_bytes(record.read_file(reporting.signed_of(sealed_case[1]).sealed))
    return path


@pytest.fixture
def certificate(tmp_path, sealed_case):
    path = tmp_path / "segel.pem"
    path.write_bytes(reporting.seal_pair().cert_pem)
    return path


def alone(*words):
    """Run the command as a stranger would: no settings, no home, Django forbidden."""
    program = (
        "import sys; sys.modules['django'] = None; from himpun.config import cli; "
        "sys.exit(cli.main(sys.argv[1:]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, "verify", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return ran.returncode, ran.stdout, ran.stderr


def test_it_needs_neither_django_nor_settings(paper, certificate):
    status, out, err = alone(paper, "--trust", certificate)
    assert (status, err) == (0, "")
    assert "Isi utuh? UTUH" in out
    assert "Siapa penanda tangannya? DIKENAL" in out


def test_the_fingerprint_printed_on_paper_is_enough(himpun, paper):
    status, out, _ = himpun("verify", paper, "--fingerprint", reporting.fingerprint())
    assert status == 0
    assert "Jangkar: case:" in out


def test_without_a_certificate_the_signer_is_not_certain(himpun, paper):
    status, out, _ = himpun("verify", paper)
    assert status == 1
    assert "Isi utuh? UTUH" in out
    assert "TIDAK DAPAT DIPASTIKAN" in out


def test_a_changed_byte_is_found(himpun, paper, certificate):
    pdf = paper.read_bytes()
    place = pdf.index(b"/Type")
    paper.write_bytes(pdf[:place] + b"/Typf" + pdf[place + 5 :])
    assert himpun("verify", paper, "--trust", certificate)[0] == 1


def test_a_scan_is_not_for_a_program(himpun, tmp_path):
    path = tmp_path / "pindai.jpg"
    path.write_bytes(JPG)
    status, out, _ = himpun("verify", path)
    assert status == 1
    assert (
        "pindaian: tidak dapat diperiksa oleh program; periksa berkas bersegelnya"
        in out
    )


def test_the_answer_as_json_holds_the_anchor(himpun, paper, certificate, sealed_case):
    status, out, _ = himpun("verify", paper, "--trust", certificate, "--json")
    answer = json.loads(out)
    signature = reporting.signed_of(sealed_case[1])
    assert status == 0
    assert answer["ok"] is True
    assert answer["sha256"] == signature.sealed
    assert answer["anchor"]["count"] == signature.count
    assert answer["anchor"]["head"] == signature.head
    assert answer["anchor"]["values"][0]["actual"] == "97.66"


def test_the_anchor_of_an_unknown_signer_is_not_shown(himpun, paper):
    _status, out, _ = himpun("verify", paper, "--json")
    assert json.loads(out)["anchor"] is None


def test_unusable_trust_is_wrong_use(himpun, paper, tmp_path):
    bad = tmp_path / "bukan.pem"
    bad.write_text("bukan sertifikat")
    assert himpun("verify", paper, "--trust", bad)[0] == 2
    assert himpun("verify", paper, "--fingerprint", "xyz")[0] == 2


def test_a_missing_file_is_named(himpun, tmp_path):
    status, _out, err = himpun("verify", tmp_path / "tidak-ada.pdf")
    assert status == 1
    assert "tidak-ada.pdf" in err
