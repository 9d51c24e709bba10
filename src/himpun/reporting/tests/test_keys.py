"""The installation's keys: made once, for their owner's eyes."""

import stat

from himpun.documents import signing
from himpun.reporting import actions, queries, rules


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path):
    first = actions.make_keys(tmp_path)
    assert actions.make_keys(tmp_path) == first
    for name in (rules.SEAL_KEY, rules.SEAL_CERTIFICATE):
        mode = (tmp_path / "keys" / name).stat().st_mode
        assert stat.S_IMODE(mode) == 0o600
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_fingerprint_is_that_of_the_certificate(tmp_path, settings):
    settings.HIMPUN_HOME = tmp_path
    made = actions.make_keys(tmp_path)
    assert made == queries.fingerprint()
    assert made == signing.fingerprint(queries.seal_pair().cert_pem)


def test_a_retired_certificate_is_still_known(tmp_path, settings):
    settings.HIMPUN_HOME = tmp_path
    old = actions.make_keys(tmp_path)
    actions.retire_certificate(tmp_path)
    for name in (rules.SEAL_KEY, rules.SEAL_CERTIFICATE):
        (tmp_path / "keys" / name).unlink()
    new = actions.make_keys(tmp_path)
    assert new != old
    assert set(queries.certificates()) == {old, new}


def test_a_lost_certificate_is_made_anew_with_its_key(tmp_path):
    first = actions.make_keys(tmp_path)
    (tmp_path / "keys" / rules.SEAL_CERTIFICATE).unlink()
    assert actions.make_keys(tmp_path) != first


def test_there_is_no_last_backup_before_the_first(tmp_path, settings):
    settings.HIMPUN_HOME = tmp_path
    assert queries.last_backup() is None
