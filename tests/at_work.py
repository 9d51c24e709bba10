"""Letting the test's own process work in an installation, without a child process."""

import shutil
import sqlite3
from contextlib import closing, contextmanager
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.test import override_settings

from tests.installation import SQLITE, Installation


@contextmanager
def at_work(installation):
    """Use the home and the database of the installation while the block runs."""
    before = connections["default"]
    name = _name(installation) or str(installation.home / SQLITE)
    connections["default"] = type(before)({**before.settings_dict, "NAME": name})
    ContentType.objects.clear_cache()
    try:
        with override_settings(HIMPUN_HOME=installation.home):
            yield
    finally:
        connections["default"].close()
        connections["default"] = before
        ContentType.objects.clear_cache()


def copy_of_the_suites(home):
    """Return an installation with the suite's database, in which nothing may be open."""
    if connection.vendor == "postgresql":
        connection.close()  # a database is copied while nobody is connected to it
        return Installation(home, "tabel", template=connection.settings_dict["NAME"])
    made = Installation(home, "tabel")
    connection.ensure_connection()
    with closing(sqlite3.connect(made.home / SQLITE)) as copy:
        connection.connection.backup(copy)
    return made


def copy_of(other, home, name):
    """Return an installation with a copy of another one's database."""
    if other.database:
        return Installation(home, name, template=_name(other))
    shutil.copy(other.home / SQLITE, home / SQLITE)
    return Installation(home, name)


def _name(installation):
    return urlsplit(installation.database).path.lstrip("/")
