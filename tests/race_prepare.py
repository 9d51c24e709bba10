"""Makes an office with a case whose first task can be closed; prints the ids as JSON."""

import json

import django

django.setup()

from himpun.organization.tests.builders import WHEN, make_office
from himpun.procedures import actions
from himpun.procedures.tests.builders import adopt_plain
from himpun.worktime.periods import read_period

office = make_office()
version = adopt_plain(office)
case = actions.start_case(version, read_period("2024"), by=office.kasubbag, at=WHEN)
task = case.tasks.get()
actions.hand_in(
    task,
    "konsep",
    content=b"a,b\n1,2\n",
    filename="konsep.csv",
    by=office.pelaksana,
    at=WHEN,
)
print(
    json.dumps(
        {
            "task": task.pk,
            "people": [office.pelaksana.pk, office.pelaksana2.pk],
            "case": case.pk,
        }
    )
)
