"""Workers that remind of late tasks: two killed, several at once, one after a restart.

Prints how often each person was told of each task, as JSON. The processes are forked
from one that has loaded the product; each has a connection and a memory of its own.
"""

import json
import os
import signal
import time
from collections import Counter
from datetime import timedelta

import django

django.setup()

from django.db import connections

from himpun.notices.models import Mail, Notice
from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions, tasks
from himpun.procedures.tests.builders import adopt_seed
from himpun.worktime.periods import read_period

CASES, WORKERS = 3, 3
LATE = WHEN + timedelta(days=5)


def worker(*, dies=False):
    """Start a process that makes the round of a worker; return its number.

    ``dies``: it is killed between the record of what it told and the mail.
    """
    connections.close_all()  # a connection is never shared with a child
    child = os.fork()
    if child == 0:
        tasks.remind(LATE)
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        os._exit(0)
    return child


office = make_office()
for person in office.people.values():
    person.email = f"{person.username}@contoh.go.id"
    person.save()
version = adopt_seed(office)
for number in range(CASES):
    period = read_period(str(2024 - number))
    actions.start_case(version, period, by=office.kasubbag, at=WHEN)

killed = worker()
time.sleep(0.02)
os.kill(killed, signal.SIGKILL)
os.waitpid(killed, 0)
os.waitpid(worker(dies=True), 0)
assert Mail.objects.count() == Notice.objects.count()
for children in ([worker() for _ in range(WORKERS)], [worker()]):
    ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert set(ended) == {0}, ended

told = Counter(Notice.objects.values_list("about", "person"))
print(json.dumps({"told": sorted(told.values()), "mails": Mail.objects.count()}))
