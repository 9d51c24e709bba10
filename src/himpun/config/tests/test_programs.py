"""PostgreSQL's programs: the one nearest to the server, and no password on its line."""

import pytest
from django.db import connection

from himpun.config.commands.backup import programs

pytestmark = pytest.mark.django_db


def program(folder, version, more=""):
    """Write a program that knows its version and then does what ``more`` says."""
    folder.mkdir(parents=True)
    path = folder / "pg_dump"
    says = f"echo 'pg_dump (PostgreSQL) {version} (Debian)'"
    path.write_text(f'#!/bin/sh\n[ "$1" = --version ] && {says} && exit\n{more}\n')
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Let no program of this machine be found; return where Debian would put them."""
    monkeypatch.setattr(programs, "DEBIAN", tmp_path / "debian")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    return tmp_path


@pytest.mark.parametrize(("server", "taken"), [(13, 13), (14, 15), (16, 17), (17, 17)])
def test_the_program_nearest_to_the_server_is_taken(places, server, taken):
    for version in ("17.2", "13.9", "15.18"):
        program(places / "debian" / version.split(".")[0] / "bin", version)
    assert programs.find("pg_dump", server).parts[-3] == str(taken)


def test_a_program_older_than_the_server_is_not_taken(places):
    program(places / "debian" / "15" / "bin", "15.18")
    with pytest.raises(programs.Failed, match="postgresql-client-17"):
        programs.find("pg_dump", 17)


def test_without_any_program_the_package_is_named():
    with pytest.raises(programs.Failed, match="postgresql-client-15"):
        programs.find("pg_dump", 15)


def test_a_program_on_the_path_is_taken_where_debian_has_none(places):
    on_path = program(places / "path", "16.1")
    assert programs.find("pg_dump", 15) == on_path


def test_the_password_is_not_among_the_arguments(places, monkeypatch):
    """Arguments are shown to everybody on the machine, the environment is not."""
    note = places / "catatan"
    program(places / "path", "99.1", f'echo "$PGPASSWORD|$PGSSLMODE|$*" > {note}')
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "sandi-basis-data")
    options = {**connection.settings_dict["OPTIONS"], "sslmode": "require"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    programs.run("pg_dump", "--file=x")
    assert note.read_text() == "sandi-basis-data|require|--no-password --file=x\n"


def test_what_a_program_says_when_it_gives_up_is_told(places):
    program(places / "path", "99.1", "echo 'cakram penuh' >&2; exit 1")
    with pytest.raises(programs.Stopped, match="pg_dump gagal: cakram penuh"):
        programs.run("pg_dump")
