"""A pytest plugin that runs tests with a guard of the product switched off.

Loaded by ``-p tests.guard_switch`` in the child process of `test_guards`. It runs every
named test once as it is, and then, for each row of ``tests/guards.toml``, the row's own
test and `NEIGHBOURS` other named tests of its file with that guard off. Of a test with
parameters the first case runs, or the one that a row names in brackets. What came out
is written as JSON to ``HIMPUN_GUARDS_REPORT``.

How a row switches its guard off (``off``):

``himpun.a.b:name = expression``   replaces a function or constant wherever it was
                                   imported to; ``name`` may be ``Class.method``
``himpun.a.b:name without words``  drops the ``if`` of that function whose sentence holds
                                   these words
``setting NAME = expression``      overrides a setting
``sql statement``                  runs in the test's transaction; on PostgreSQL the row's
                                   ``off_postgresql`` takes its place
"""

from __future__ import annotations
import __future__

import ast
import importlib
import inspect
import json
import os
import sys
import tomllib
from contextlib import contextmanager
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

TABLE = Path(__file__).with_name("guards.toml")
NEIGHBOURS = 1
"""How many other tests show that a guard's test is the only one to turn red: the next in
its file, so that with the table's next row another one stands beside it."""


def rows():
    """Return the table's rows."""
    return tomllib.loads(TABLE.read_text())["guard"]


def file_of(test):
    """Return the file that a test stands in."""
    return test.partition("::")[0]


def also(row):
    """Return the tests that turn red as well when the row's guard is off."""
    return row.get("also", [])


def named(item, table):
    """Return how the table names a test: with its parameters or without."""
    known = {test for row in table for test in (row["test"], *also(row))}
    return item.nodeid if item.nodeid in known else item.nodeid.partition("[")[0]


def after(test, tests):
    """Return the tests that follow one in its file, from the first again at the end."""
    order = list(tests)
    place = order.index(test) + 1
    return (order[place:] + order[: place - 1])[:NEIGHBOURS]


class Runner:
    """Runs the collected tests as the table says and notes how each ended."""

    def __init__(self):
        self.off = None
        self.raised = None

    def plan(self, items, table):
        """Return (guard or None, item) in the order in which they run.

        File by file: what a file builds for all its tests is built once.
        """
        runs = []
        for file in dict.fromkeys(file_of(item.nodeid) for item in items):
            by_test = {}
            for item in items:
                if file_of(item.nodeid) == file:
                    by_test.setdefault(named(item, table), item)
            runs += [(None, item) for item in by_test.values()]
            for row in table:
                if row["test"] in by_test:
                    chosen = [row["test"], *also(row), *after(row["test"], by_test)]
                    runs += [(row, by_test[test]) for test in dict.fromkeys(chosen)]
        return runs

    @pytest.hookimpl
    def pytest_runtestloop(self, session):
        found, table = [], rows()
        runs = self.plan(session.items, table)
        for number, (row, item) in enumerate(runs):
            after = runs[number + 1][1] if number + 1 < len(runs) else None
            self.off, self.raised = row, None
            item._initrequest()
            # The next item's file stays set up, its test may be this very one again.
            kept = after.parent if after else None
            reports = runtestprotocol(item, nextitem=kept, log=False)
            found.append(
                {
                    "guard": row["guard"] if row else "",
                    "test": named(item, table),
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
        elif " without " in off:
            _drop(patch, off)
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
    module, holder, name = _find(target)
    original = getattr(holder, name)
    other = eval(expression, {**vars(module), "original": original})
    _exchange(patch, holder, name, other)


def _drop(patch, text):
    target, _, words = text.partition(" without ")
    module, holder, name = _find(target)
    tree = ast.parse(inspect.getsource(module))
    functions = [n for n in tree.body if isinstance(n, ast.FunctionDef)]
    [function] = [f for f in functions if f.name == name]
    _Dropped(words).visit_once(function)
    code = compile(
        ast.Module([function], []),
        module.__file__,
        "exec",
        __future__.annotations.compiler_flag,
    )
    made = {}
    exec(code, vars(module), made)
    _exchange(patch, holder, name, made[name])


class _Dropped(ast.NodeTransformer):
    """Takes the innermost ``if`` around these words out of a function."""

    def __init__(self, words):
        self.words, self.found = words, 0

    def visit_once(self, function):
        self.generic_visit(function)
        if self.found != 1:
            raise LookupError(f"{function.name}: {self.found} times {self.words!r}")
        ast.fix_missing_locations(function)

    def visit_If(self, node):
        before = self.found
        self.generic_visit(node)
        inner = self.found > before
        said = [n.value for part in node.body for n in ast.walk(part) if _is_text(n)]
        if inner or not any(self.words in text for text in said):
            return node
        self.found += 1
        return node.orelse or ast.Pass()


def _is_text(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _find(target):
    """Return the module, what holds the name (it or a class of it), and the name."""
    module, _, path = target.partition(":")
    *outer, name = path.split(".")
    module = holder = importlib.import_module(module)
    for part in outer:
        holder = getattr(holder, part)
    return module, holder, name


def _exchange(patch, holder, name, other):
    """Put something in the place of a name wherever it was imported to."""
    original = getattr(holder, name)
    patch.setattr(holder, name, other)
    for known in list(sys.modules.values()):
        if getattr(known, "__name__", "").startswith("himpun"):
            for key, value in list(vars(known).items()):
                if value is original and callable(original):
                    patch.setattr(known, key, other)


def pytest_configure(config):
    config.pluginmanager.register(Runner())
