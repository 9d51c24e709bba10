"""Processes that save values one after the other, each killed in the middle of it.

Argument: how many to kill. A process says each save after it was answered, as the page
would; then it is ended by SIGKILL. Checked after each: no save that was answered is lost,
the row and the record agree, and the chain holds. Prints the numbers as JSON; what is
wrong ends it with a traceback.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.db import connections

from himpun import proof
from himpun.collection import actions
from himpun.collection.models import Entry
from himpun.collection.tests.builders import LATER, collecting
from himpun.ledger import queries as ledger
from himpun.measurement.models import Achievement
from himpun.organization.models import Person

KILLS = int(sys.argv[1])
MOST_SECONDS = 0.1


def save_on(entry, person, answers):
    """Save 1, 2, 3, ... beyond what stands there, and tell of each that was answered."""
    connections.close_all()
    by = Person.objects.get(pk=person)
    while True:
        row = Entry.objects.select_related("round__case").get(pk=entry)
        number = int(row.value or 0) + 1
        at = LATER + timedelta(seconds=number)
        given = {"text": str(number), "row_version": row.row_version}
        actions.save_value(row, **given, by=by, at=at)
        os.write(answers, f"{number}\n".encode())


def kill_one(entry, person, draw):
    """Start a process, kill it at a random moment, return the last answered number."""
    connections.close_all()  # a connection is never shared with a child
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        save_on(entry, person, write)
    os.close(write)
    with os.fdopen(read) as answers:
        first = answers.readline()
        time.sleep(draw.uniform(0, MOST_SECONDS))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return [*map(int, [first, *answers.read().split("\n")[:-1]])][-1]


def check(entry, answered):
    """Raise AssertionError unless the record holds every number up to the answered one."""
    row = Entry.objects.select_related("round__case").get(pk=entry)
    stream = row.round.case.stream
    saved = [e for e in ledger.events_of(stream) if e.type == "value.saved"]
    numbers = [int(ledger.data_of(event)["new"]) for event in saved]
    assert numbers == list(range(1, len(numbers) + 1)), numbers[-5:]
    assert len(numbers) - answered in {0, 1}, (len(numbers), answered)
    assert row.value == len(numbers), (row.value, len(numbers))
    [actual] = Achievement.objects.filter(
        indicator=row.version.indicator, period_code=row.round.period_code
    ).values_list("actual", flat=True)
    assert actual == len(numbers), (actual, len(numbers))
    verdicts = proof.check_chain(*ledger.records_of(stream))
    assert proof.summary(verdicts) is proof.Word.UNANCHORED
    return len(numbers)


draw = random.Random(2024)
office, round_ = collecting()
entry = round_.entries.order_by("pk").first().pk
saves = 0
for _ in range(KILLS):
    saves = check(entry, kill_one(entry, office.pelaksana.pk, draw))
print(json.dumps({"kills": KILLS, "saves": saves}))
