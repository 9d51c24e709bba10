"""Cases whose one open task many processes try to close at the same moment.

Arguments: how many processes, how many cases. Prints for each case its number and what
each process came to: "won" or the refusal's sentence, as JSON. In one more case half of
them close the task while the others move the case to a revised SOP.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from racing import race

from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions
from himpun.procedures.models import Case, Task
from himpun.procedures.queries import migrating
from himpun.procedures.tests.builders import PLAIN, adopt_plain
from himpun.worktime.periods import read_period

RACERS, CASES = int(sys.argv[1]), int(sys.argv[2])
LATER = WHEN + timedelta(minutes=5)


def open_task(office, version, year):
    """Start the case of a year and bring forth what its first task has to show."""
    period = read_period(str(year))
    case = actions.start_case(version, period, by=office.kasubbag, at=WHEN)
    task = case.tasks.get()
    file = {"content": b"a,b\n1,2\n", "filename": "konsep.csv"}
    actions.hand_in(task, "konsep", **file, by=office.pelaksana, at=WHEN)
    return task


def close(task, person):
    task = Task.objects.select_related("case").get(pk=task)
    return lambda: actions.complete_task(task, by=person, at=LATER)


def move(case, person):
    case = Case.objects.get(pk=case)
    to = case.procedure.versions.get(number=2)
    way = migrating.proposed(case, to)
    return lambda: actions.migrate(
        case, to, way, reason="SOP direvisi.", by=person, at=LATER
    )


office = make_office()
version = adopt_plain(office)
people = [office.pelaksana, office.pelaksana2]
found = []
for number in range(CASES):
    task = open_task(office, version, 2024 - number)
    closers = [(close, task.pk, person) for person in (people * RACERS)[:RACERS]]
    found.append({"case": task.case_id, "said": race(closers)})
task = open_task(office, version, 2024 - CASES)
adopt_plain(office, PLAIN.read_bytes().replace(b"jumlah: 1,", b"jumlah: 2,"))
closers = [(close, task.pk, person) for person in people * (RACERS // 4)]
movers = [(move, task.case_id, office.kasubbag)] * (RACERS // 2)
said = race([*closers, *movers])
print(json.dumps({"closed": found, "moved": {"case": task.case_id, "said": said}}))
