"""One of many processes that try to close the same task at the same moment.

Arguments: task id, person id, the moment to start (epoch seconds). Prints "won" or the
refusal's sentence.
"""

import sys
import time
from datetime import UTC, datetime

import django

django.setup()

from himpun.organization.models import Person
from himpun.procedures import actions
from himpun.procedures.models import Task
from himpun.shared.refusals import Refusal

task = Task.objects.select_related("case").get(pk=sys.argv[1])
person = Person.objects.get(pk=sys.argv[2])
time.sleep(max(0, float(sys.argv[3]) - time.time()))
try:
    actions.complete_task(task, by=person, at=datetime(2025, 1, 2, 3, 0, tzinfo=UTC))
except Refusal as refusal:
    print(refusal)
else:
    print("won")
