"""A pytest plugin that runs tests with a guard of the product switched off.

Loaded by ``-p tests.guard_switch`` in the child process of `test_guards`. It runs every
named test once as it is, and then, for each row of ``tests/guards.toml``, the row's own
test and the other named tests of its file with that guard off. What came out is written
as JSON to ``HIMPUN_GUARDS_REPORT``.

How a row switches its guard off (``off``):

``himpun.a.b:name = expression``   replaces a function or constant wherever it was
                                   imported to; ``name`` may be ``Class.method``
``setting NAME = expression``      overrides a setting
``sql statement``                  runs in the test's transaction; on PostgreSQL the row's
                                   ``off_postgresql`` takes its place
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import tomllib
from contextlib import contextmanager
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

TABLE = Path(__file__).with_name("guards.toml")


def rows():
    """Return the table's rows."""
    return tomllib.loads(TABLE.read_text())["guard"]


def file_of(test):
    """Return the file that a test stands in."""
    return test.partition("::")[0]


class Runner:
    """Runs the collected tests as the table says and notes how each ended."""

    def __init__(self):
        self.off = None
        self.raised = None

    def plan(self, items):
        """Return (guard or None, item) in the order in which they run."""
        by_test = {}
        for item in items:
            by_test.setdefault(item.nodeid.partition("[")[0], []).append(item)
        runs = [(None, item) for item in items]
        for row in rows():
            neighbours = [t for t in by_test if file_of(t) == file_of(row["test"])]
            runs += [(row, item) for test in neighbours for item in by_test[test]]
        return runs

    @pytest.hookimpl
    def pytest_runtestloop(self, session):
        found = []
        runs = self.plan(session.items)
        for number, (row, item) in enumerate(runs):
            after = runs[number + 1][1] if number + 1 < len(runs) else None
            self.off, self.raised = row, None
            item._initrequest()
            reports = runtestprotocol(item, nextitem=after, log=False)
            found.append(
                {
                    "guard": row["guard"] if row else "",
                    "test": item.nodeid.partition("[")[0],
                    "green": all(report.passed for report in reports),
                    "phase": [r.when for r in reports if not r.passed],
                    "raised": self.raised,
                    "said": "".join(r.longreprtext[-600:] for r in reports),
                }
            )
        Path(os.environ["HIMPUN_GUARDS_REPORT"]).write_text(json.dumps(found))
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item):
        if self.off is None:
            return (yield)
        with switched_off(self.off):
            return (yield)

    @pytest.hookimpl
    def pytest_exception_interact(self, call):
        self.raised = call.excinfo.typename


@contextmanager
def switched_off(row):
    """Turn one guard off while the block runs."""
    with pytest.MonkeyPatch.context() as patch:
        off = row["off"]
        if off.startswith("sql "):
            _run_sql(row)
        elif off.startswith("setting "):
            _override(patch, off.removeprefix("setting "))
        else:
            _replace(patch, off)
        yield


def _run_sql(row):
    from django.db import connection

    statement = row["off"].removeprefix("sql ")
    if connection.vendor == "postgresql":
        statement = row.get("off_postgresql", statement)
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _override(patch, text):
    from django.conf import settings

    name, _, expression = text.partition(" = ")
    if not hasattr(settings, name):
        raise LookupError(f"no setting {name}")
    patch.setattr(settings, name, eval(expression))


def _replace(patch, text):
    target, _, expression = text.partition(" = ")
    module, _, path = target.partition(":")
    *outer, name = path.split(".")
    holder = importlib.import_module(module)
    for part in outer:
        holder = getattr(holder, part)
    original = getattr(holder, name)
    other = eval(expression, {**vars(sys.modules[module]), "original": original})
    patch.setattr(holder, name, other)
    for known in list(sys.modules.values()):
        if getattr(known, "__name__", "").startswith("himpun"):
            for key, value in list(vars(known).items()):
                if value is original and callable(original):
                    patch.setattr(known, key, other)


def pytest_configure(config):
    config.pluginmanager.register(Runner())
