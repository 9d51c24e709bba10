"""Keys inside a backup: opened by their passphrase only."""

import json

import pytest

from himpun.config.commands.backup import locked

PHRASE = "kunci cadangan kecamatan"


def test_locked_keys_open_with_their_passphrase_only(tmp_path):
    (tmp_path / "contoh").mkdir()
    (tmp_path / "segel-kunci.pem").write_bytes(b"kunci")
    (tmp_path / "contoh" / "penanda-1.p12").write_bytes(b"p12")
    box = locked.lock(tmp_path, PHRASE)
    assert b"kunci" not in box[len(locked.FORM) :]
    assert locked.unlock(box, PHRASE) == {
        "segel-kunci.pem": b"kunci",
        "contoh/penanda-1.p12": b"p12",
    }
    with pytest.raises(locked.WrongPassphrase):
        locked.unlock(box, PHRASE + "x")
    with pytest.raises(locked.WrongPassphrase):
        locked.unlock(box[:-1] + bytes([box[-1] ^ 1]), PHRASE)


def test_a_key_file_outside_its_folder_is_not_restored(tmp_path, monkeypatch):
    box = locked.lock(tmp_path, PHRASE)
    monkeypatch.setattr(json, "loads", lambda _text: {"../../etc/cron.d/x": "eA=="})
    with pytest.raises(locked.WrongPassphrase, match="tidak dikenal"):
        locked.unlock(box, PHRASE)
