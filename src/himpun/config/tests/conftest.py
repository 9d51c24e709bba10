"""The command line inside a test: arguments in, status and what was printed out."""

import pytest
from django.db import transaction

from himpun.config import cli
from himpun.reporting.tests import builders


@pytest.fixture
def himpun(capsys):
    """Run a command; return (status, stdout, stderr)."""

    def run(*words):
        status = cli.main([str(word) for word in words])
        out = capsys.readouterr()
        return status, out.out, out.err

    return run


@pytest.fixture(scope="module")
def sealed_case(django_db_setup, django_db_blocker):
    """Return (office, case, seal sheet), built once for a file of tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield builders.closed()
        transaction.set_rollback(True)
