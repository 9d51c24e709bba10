"""The file of a backup: whole, or refused with the reason."""

import hashlib
import json
import random
import stat
import zipfile

import pytest

from himpun.config.commands.backup import archive

FILE = b"isi berkas bukti"
DIGEST = hashlib.sha256(FILE).hexdigest()


def write(path, *, members=None, facts=None):
    with archive.writing(path) as writer:
        for name, content in (members or {f"berkas/{DIGEST}": FILE}).items():
            writer.add(name, [content])
        writer.close(facts or {"missing": []})
    return path


def rewrapped(path, change):
    """Change the zip inside and give the archive a right SHA-256 again."""
    data = path.read_bytes()[archive.HEADER :]
    inner = path.with_suffix(".zip")
    inner.write_bytes(data)
    change(inner)
    data = inner.read_bytes()
    digest = hashlib.sha256(data).hexdigest().encode()
    path.write_bytes(archive.MAGIC + digest + b"\n" + data)
    return path


def refusal(path):
    with pytest.raises(archive.Damaged) as refused, archive.opening(path):
        pass
    return str(refused.value)


def test_what_was_written_is_read_again(tmp_path):
    path = write(tmp_path / "a.himpun")
    with archive.opening(path) as source:
        assert source.read(f"berkas/{DIGEST}") == FILE
        assert source.names("berkas") == [f"berkas/{DIGEST}"]
        assert source.manifest["missing"] == []


def test_only_its_owner_reads_an_archive(tmp_path):
    path = write(tmp_path / "a.himpun")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_archive_never_replaces_a_file(tmp_path):
    path = tmp_path / "a.himpun"
    path.write_bytes(b"cadangan kemarin")
    with pytest.raises(FileExistsError):
        write(path)
    assert path.read_bytes() == b"cadangan kemarin"


def cut_short(path):
    with archive.writing(path) as writer:
        writer.add("berkas/x", [FILE])
        raise ZeroDivisionError


def test_a_failed_backup_leaves_nothing_behind(tmp_path):
    with pytest.raises(ZeroDivisionError):
        cut_short(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_any_changed_byte_is_refused(tmp_path):
    path = write(tmp_path / "a.himpun")
    whole = path.read_bytes()
    draw = random.Random(1)
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << draw.randrange(8)
        path.write_bytes(bytes(changed))
        assert path.name in refusal(path), place


@pytest.mark.parametrize("change", [b"", b"x"], ids=["cut", "longer"])
def test_a_missing_or_added_byte_is_refused(tmp_path, change):
    path = write(tmp_path / "a.himpun")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] if not change else whole + change)
    assert "SHA-256 tidak cocok" in refusal(path)


@pytest.mark.parametrize(
    "name",
    [
        "../keys/rahasia",
        "/etc/passwd",
        "berkas/../../x",
        f"berkas/{DIGEST}/x",
        "basis-data/x",
        "sertifikat/x.pem",
        "catatan.txt",
    ],
)
def test_a_member_outside_its_place_is_refused_though_the_hash_is_right(tmp_path, name):
    def smuggle(inner):
        with zipfile.ZipFile(inner, "a") as target:
            target.writestr(name, b"x")

    path = rewrapped(write(tmp_path / "a.himpun"), smuggle)
    assert "tidak dikenal" in refusal(path)


def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path):
    path = write(tmp_path / "a.himpun", members={f"berkas/{DIGEST}": b"lain"})
    assert "bukan berkas yang disebut namanya" in refusal(path)


def test_a_member_that_the_manifest_does_not_list_is_refused(tmp_path):
    def add(inner):
        with zipfile.ZipFile(inner, "a") as target:
            target.writestr("basis-data", b"[]\n")

    path = rewrapped(write(tmp_path / "a.himpun"), add)
    assert "tidak sama dengan isinya" in refusal(path)


def test_a_member_that_was_exchanged_is_refused(tmp_path):
    rows = {"basis-data": b"[1]\n"}
    path = write(tmp_path / "a.himpun", members=rows)

    def exchange(inner):
        with zipfile.ZipFile(inner) as source:
            manifest = source.read(archive.MANIFEST)
        with zipfile.ZipFile(inner, "w") as target:
            target.writestr("basis-data", b"[2]\n")
            target.writestr(archive.MANIFEST, manifest)

    assert "tidak cocok dengan daftar isi" in refusal(rewrapped(path, exchange))


def test_another_form_of_archive_is_refused(tmp_path):
    path = write(tmp_path / "a.himpun")

    def age(inner):
        with zipfile.ZipFile(inner) as source:
            manifest = json.loads(source.read(archive.MANIFEST))
        manifest["form"] = "himpun-cadangan/9"
        with zipfile.ZipFile(inner, "w") as target:
            target.writestr(archive.MANIFEST, json.dumps(manifest))

    assert "bentuk arsip tidak dikenal" in refusal(rewrapped(path, age))


def test_a_right_hash_over_no_zip_is_refused(tmp_path):
    path = rewrapped(write(tmp_path / "a"), lambda inner: inner.write_bytes(b"bukan"))
    assert "tidak terbaca" in refusal(path)
