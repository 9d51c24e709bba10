"""PostgreSQL's own programs: which one fits the server, and running it.

`pg_dump` refuses a server newer than itself, and what a newer one writes may not load
into the server it came from (PostgreSQL manual, pg_dump, "Notes"): the nearest fits.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from himpun.wording import say

DEBIAN = Path("/usr/lib/postgresql")
VERSION = re.compile(r"\(PostgreSQL\) (\d+)")


class Failed(Exception):
    """The database could not be copied or put back; the text says why."""


class Stopped(Failed):
    """A program gave up; the text is what it said."""


def find(name: str, server: int | None = None) -> Path:
    """Return the program of the lowest major version that is not below the server's.

    Debian's folders come before PATH, where a wrapper may stand. Raises Failed with what
    to install; without ``server`` it is the server of the present database.
    """
    server = server or connection.get_database_version()[0]
    on_path = shutil.which(name)
    places = [*DEBIAN.glob(f"*/bin/{name}"), *([Path(on_path)] if on_path else [])]
    fitting = [(major, at) for at in places if (major := _major(at)) >= server]
    if not fitting:
        raise Failed(
            say(
                "Program %(name)s versi %(server)s atau lebih baru tidak ditemukan; "
                "cadangan PostgreSQL memerlukannya. Pasang klien PostgreSQL, misalnya: "
                "apt-get install postgresql-client-%(server)s",
                name=name,
                server=server,
            )
        )
    return min(fitting, key=lambda found: found[0])[1]


def _major(program: Path) -> int:
    done = _ran([str(program), "--version"])
    found = VERSION.search(done.stdout)
    return int(found[1]) if found else 0


def run(name: str, *arguments: str) -> None:
    """Run a program on the present database; raises Stopped, or Failed as `find`."""
    done = _ran([str(find(name)), "--no-password", *arguments])
    if done.returncode:
        raise Stopped(
            say("%(name)s gagal: %(why)s", name=name, why=done.stderr.strip())
        )


def _ran(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - a program found above, arguments of our own
        words,
        env={**os.environ, **access()},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def access() -> dict[str, str]:
    """Return libpq's variables for the present database.

    The password is among them: arguments are shown to everybody on the machine.
    """
    of = connection.settings_dict
    names = ("host", "port", "user", "password")
    values = {name: of[name.upper()] for name in names} | of["OPTIONS"]
    values["database"] = of["NAME"]
    return {f"PG{name.upper()}": str(value) for name, value in values.items() if value}
