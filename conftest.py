"""What a test run reports of itself for `make test`'s last lines (HIMPUN_TEST_REPORT)."""

import json
import os
import time
from pathlib import Path

import pytest
from tests.environment import HOME


class Tally:
    """Counts for the report: collected, passed, skipped, seconds from the first test."""

    def __init__(self):
        self.collected, self.passed, self.skips = 0, 0, []
        self.started = None

    def pytest_runtest_logstart(self):
        self.started = self.started or time.monotonic()

    def pytest_runtest_logreport(self, report):
        self.collected += report.when == "setup"
        if report.skipped:
            self.skips.append(report.nodeid)
        elif report.when == "call" and report.passed:
            self.passed += 1

    def write(self, path):
        seconds = time.monotonic() - self.started if self.started else 0
        found = {
            "database": database_version(),
            "collected": self.collected,
            "passed": self.passed,
            "skips": self.skips,
            "seconds": seconds,
        }
        Path(path).write_text(json.dumps(found))


def database_version():
    """Return what the database says of itself."""
    url = os.environ["HIMPUN_DATABASE_URL"]
    if not url:
        import sqlite3

        version = "select sqlite_version()"
        return "SQLite " + sqlite3.connect(":memory:").execute(version).fetchone()[0]
    import psycopg

    with psycopg.connect(url) as connection:
        return connection.execute("SELECT version()").fetchone()[0]


def pytest_configure(config):
    config.stash_tally = Tally()
    config.pluginmanager.register(config.stash_tally, "tally")


def pytest_unconfigure(config):
    path = os.environ.get("HIMPUN_TEST_REPORT")
    if path and not hasattr(config, "workerinput"):
        config.stash_tally.write(path)


LONGEST = (
    *("tests/journeys/test_year.py", "tests/test_access.py"),
    *("tests/journeys/test_quarter.py", "tests/test_guards.py"),
)
"""Files of half a minute and more. They come first: a worker that took one of them last
would work on while the others have nothing left (``--dist loadfile``)."""


def pytest_collection_modifyitems(config, items):
    """Put the longest files first, and leave the soak to `make soak`."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda i: places.get(i.nodeid.partition("::")[0], len(places)))
    if config.option.markexpr:
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


@pytest.fixture(scope="session", autouse=True)
def quick_hashes(pytestconfig):
    """Hash passwords at the least cost: the suite hashes hundreds."""
    if not pytestconfig.pluginmanager.has_plugin("django"):
        yield  # the libraries know no passwords
        return
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["tests.hashing.QuickArgon2"]):
        yield


@pytest.fixture(autouse=True)
def no_machine_clock_shift():
    """Give every test the machine's clock; a demo clock of one is not for another."""
    yield
    Path(HOME, "jam-demo").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request):
    """Give each worker a database, a copy of the prepared one (scripts/suite.py)."""
    from django.db import connection

    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
    if template := os.environ.get("HIMPUN_TEST_TEMPLATE"):
        connection.settings_dict["TEST"]["TEMPLATE"] = template
