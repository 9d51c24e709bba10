"""A Himpun of its own for a test: home, database, command line, server."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

BIN = Path(sys.executable).parent
SERVER = os.environ.get("HIMPUN_TEST_DATABASE_URL", "")
PREPARED = os.environ.get("HIMPUN_TEST_TEMPLATE", "")
"""What new databases are copies of, with the product's tables: a database of the server, on
SQLite a file. Empty where only some tests run: then each makes its tables itself."""
EMPTY = (SERVER and PREPARED) or "template1"
SQLITE = "himpun.sqlite3"
ROOT = Path(__file__).resolve().parent.parent


class Installation:
    """An installation under ``home``; on PostgreSQL it has a database of its own."""

    def __init__(self, home, name, template=EMPTY):
        self.home = Path(home)
        if PREPARED and not SERVER and not (self.home / SQLITE).exists():
            self.home.mkdir(parents=True, exist_ok=True)
            shutil.copy(PREPARED, self.home / SQLITE)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = own_database(name, template)
        self.environ = {
            **os.environ,
            "HIMPUN_HOME": str(self.home),
            "HIMPUN_MODE": "demo",
            "HIMPUN_PUBLIC_URL": self.url,
            "HIMPUN_DATABASE_URL": self.database,
            "PYTHONPATH": str(ROOT / "src"),
        }

    def himpun(self, *arguments, check=True, **environ):
        """Run a command; return the finished process with its text output."""
        return subprocess.run(
            [str(BIN / "himpun"), *map(str, arguments)],
            env={**self.environ, **environ},
            check=check,
            capture_output=True,
            text=True,
        )

    def python(self, *arguments):
        """Start a Python process with the installation's environment."""
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def serving(self):
        """Serve on a free port of loopback while the block runs."""
        log = (self.home / "serve.log").open("wb")
        server = subprocess.Popen(
            [str(BIN / "himpun"), "serve", "--port", str(self.port), "--threads", "4"],
            env=self.environ,
            stdout=log,
            stderr=log,
        )
        try:
            self._wait(server)
            yield self.url
        finally:
            server.terminate()
            server.wait(timeout=30)
            log.close()

    def _wait(self, server):
        for _ in range(300):
            if server.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.url + "/masuk", timeout=5)
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError((self.home / "serve.log").read_text())

    def remove(self):
        """Drop the database of its own; the home is the test's temporary folder."""
        drop_database(self.database)


def own_database(name, template=EMPTY):
    """Make a copy of a database on the tests' server; return its URL, "" on SQLite."""
    if not SERVER:
        return ""
    name = f"himpun_{name}_{os.getpid()}"
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def drop_database(url):
    """Drop a database of `own_database`; nothing on SQLite."""
    if url:
        name = urlsplit(url).path.lstrip("/")
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port():
    """Return a port of loopback that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
