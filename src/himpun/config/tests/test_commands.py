"""The command line as people and scripts use it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from himpun import sop
from himpun.config.cli import COMMANDS, main
from himpun.config.tests import forms
from himpun.organization.models import Tenant
from himpun.procedures.tests.builders import crowded_sop
from himpun.sop import bpmn

BIN = Path(sys.executable).parent / "himpun"
SEED = sop.shipped()["jekulo-pengumpulan-data-kinerja"]
NOTHING = {"PATH": "/usr/bin:/bin"}
"""An environment without any setting: `sop` and `verify` need none."""


def run(*arguments, environ=NOTHING):
    return subprocess.run(
        [BIN, *map(str, arguments)],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def seed(tmp_path):
    path = tmp_path / "sop.yaml"
    path.write_bytes(SEED)
    return path


def test_the_shipped_sop_passes_its_check(seed):
    done = run("sop", "check", seed)
    assert done.returncode == 0
    assert done.stdout.count("W02") == 1


def test_a_damaged_sop_stops_with_line_and_code(himpun, seed):
    seed.write_bytes(SEED.replace(b"berikut: l2", b"berikut: l9"))
    status, out, _ = himpun("sop", "check", seed, "--json")
    assert status == 1
    assert "E06" in out
    assert json.loads(out)


def test_an_sop_in_an_office_file_becomes_a_draft(himpun, tmp_path):
    paper, draft = tmp_path / "sop.docx", tmp_path / "draf.yaml"
    paper.write_bytes(forms.as_docx(forms.seed()))
    status, out, _ = himpun("sop", "read", paper, "-o", draft)
    assert status == 0
    assert "Langkah 1: peran kasubbag belum dipilih" in out
    status, out, _ = himpun("sop", "check", draft)
    assert (status, out.count("E14"), out.count("E15")) == (1, 4, 0)


def test_a_complete_draft_is_told_and_drawn(himpun, tmp_path):
    paper, draft = tmp_path / "sop.xlsx", tmp_path / "draf.yaml"
    paper.write_bytes(forms.as_xlsx(forms.plain()))
    status, out, _ = himpun("sop", "read", paper, "-o", draft, "--json")
    told = json.loads(out)
    assert (status, told["obstacles"]) == (0, [])
    assert told["places"]["langkah.l2.kegiatan"] == ["Lembar SOP!B11"]
    status, out, _ = himpun("sop", "read", paper, "-o", draft)
    assert "Draf ini lengkap" in out
    assert himpun("sop", "draw", draft, "-o", tmp_path / "f.svg")[0] == 0


def test_a_file_that_is_no_office_file_is_refused_in_words(himpun, tmp_path):
    paper = tmp_path / "sop.doc"
    paper.write_bytes(b"\xd0\xcf\x11\xe0")
    status, _, err = himpun("sop", "read", paper, "-o", tmp_path / "draf.yaml")
    assert status == 1
    assert "DOCX, XLSX, atau TXT" in err
    assert not (tmp_path / "draf.yaml").exists()


def test_a_file_that_is_not_there_gets_a_sentence(himpun, tmp_path):
    status, out, err = himpun("sop", "check", tmp_path / "tiada.yaml")
    assert (status, out) == (1, "")
    assert "tidak dapat dibaca" in err


@pytest.mark.parametrize(
    ("name", "start"), [("f.pdf", b"%PDF-"), ("f-1.png", b"\x89PNG"), ("f-2.svg", b"<")]
)
def test_the_form_is_drawn_in_each_format(himpun, seed, tmp_path, name, start):
    output = tmp_path / name.replace("-1", "").replace("-2", "")
    assert himpun("sop", "draw", seed, "-o", output)[0] == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_another_format_is_refused(himpun, seed, tmp_path):
    status, _, err = himpun("sop", "draw", seed, "-o", tmp_path / "f.docx")
    assert status == 1
    assert ".pdf, .svg, atau .png" in err


def test_an_sop_of_too_many_arrows_gets_a_sentence_and_no_drawing(himpun, tmp_path):
    file, output = tmp_path / "sop.yaml", tmp_path / "f.pdf"
    file.write_bytes(crowded_sop())
    status, out, err = himpun("sop", "draw", file, "-o", output)
    assert (status, out) == (1, "")
    assert "Bagilah menjadi beberapa SOP" in err
    assert not output.exists()


@pytest.mark.parametrize("profile", ["dokumen", "jalan"])
def test_an_sop_is_handed_to_other_programs_as_bpmn(himpun, seed, tmp_path, profile):
    output = tmp_path / "sop.bpmn"
    done = himpun("sop", "bpmn", seed, "-o", output, "--profile", profile)
    assert done == (0, f"{output}\n", "")
    sop_of_file = bpmn.read_own(bpmn.opened(output.read_bytes()))
    assert sop_of_file == sop.check(SEED).sop


def test_our_own_bpmn_is_read_in_again_as_the_same_sop(himpun, seed, tmp_path):
    exchanged, draft = tmp_path / "sop.bpmn", tmp_path / "draf.yaml"
    himpun("sop", "bpmn", seed, "-o", exchanged, "--profile", "jalan")
    status, out, _ = himpun("sop", "read", exchanged, "-o", draft)
    assert status == 0
    assert "Draf ini lengkap" in out
    assert sop.check(draft.read_bytes()).sop == sop.check(SEED).sop


def test_bpmn_of_others_is_read_into_a_draft_that_says_what_it_lacks(himpun, tmp_path):
    models = Path(bpmn.__file__).parent / "tests" / "data" / "miwg"
    draft = tmp_path / "draf.yaml"
    status, out, _ = himpun("sop", "read", models / "A.4.1.bpmn", "-o", draft)
    assert status == 0
    assert "B11  " in out
    assert "waktu belum ada" in out
    assert "Task 3" in draft.read_text(encoding="utf-8")
    broken = tmp_path / "x.bpmn"
    broken.write_bytes(b"<!DOCTYPE x><x/>")
    status, _, err = himpun("sop", "read", broken, "-o", draft)
    assert status == 1
    assert "BPMN" in err


def test_a_damaged_sop_is_not_handed_on(himpun, seed, tmp_path):
    seed.write_bytes(SEED.replace(b"berikut: l4", b"berikut: l9"))
    status, out, _ = himpun("sop", "bpmn", seed, "-o", tmp_path / "sop.bpmn")
    assert status == 1
    assert "E06" in out
    assert not (tmp_path / "sop.bpmn").exists()


@pytest.mark.parametrize("words", [[], ["tiada"], ["sop"], ["sop", "draw", "x"]])
def test_wrong_use_exits_with_2(himpun, words):
    with pytest.raises(SystemExit) as stopped:
        himpun(*words)
    assert stopped.value.code == 2


def test_production_does_not_start_without_its_settings(tmp_path):
    done = run("doctor", environ={**NOTHING, "HIMPUN_HOME": str(tmp_path)})
    assert done.returncode == 1
    assert "HIMPUN_PUBLIC_URL belum diisi" in done.stderr
    assert "himpun init" in done.stderr


@pytest.mark.django_db
def test_the_demo_is_not_loaded_in_production(himpun, settings):
    settings.HIMPUN_MODE = "production"
    status, _, err = himpun("demo", "--load-only")
    assert status == 1
    assert "hanya dimuat pada HIMPUN_MODE=demo" in err
    assert not Tenant.objects.exists()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_how_it_is_used(command, capsys, monkeypatch):
    monkeypatch.setenv("HIMPUN_MODE", "demo")
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"usage: himpun {command}" in capsys.readouterr().out


def test_how_a_command_is_used_needs_no_setting():
    assert run("backup", "--help").stdout.startswith("usage: himpun backup")
