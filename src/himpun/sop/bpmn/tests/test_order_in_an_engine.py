"""The compiled BPMN, run by an engine of others, opens the same steps in the same order.

SpiffWorkflow is a reference for tests only. Its gateways ask our plain comparisons, never
Python; artefacts are left out, which it would want as values. Returns that leave or enter
a parallel block are left out too: BPMN cannot take the other branches back.
"""

import io
import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.util.task import TaskState

from himpun.sop.bpmn import opened, write
from himpun.sop.bpmn.names import PROCESS, bpmn
from himpun.sop.bpmn.weave import ONWARD
from himpun.sop.moves import close, give_back, start
from himpun.sop.plan import plan
from himpun.sop.tests.random_sops import random_sops

UNITS = 3


class Comparisons(PythonScriptEngine):
    """Answers `name = "text"`, the number of units, and times; nothing is evaluated."""

    def validate(self, expression):
        pass

    def evaluate(self, task, expression, external_context=None):
        if match := re.fullmatch(r'(hasil|tindakan) = "(.*)"', expression, re.DOTALL):
            value = re.sub(r"\\(.)", r"\1", match[2])
            return task.data[match[1]] == value
        if expression == "jumlah_unit":
            return UNITS
        if expression.startswith("unit_selesai >= "):
            return False
        assert re.fullmatch(r"PT?\d+[MHDW]", expression)
        return expression


def engine_of(sop):
    root = opened(write(sop, "jalan"))
    ties = ("dataInputAssociation", "dataOutputAssociation", "property")
    for tie in [e for name in ties for e in root.iter(bpmn(name))]:
        tie.getparent().remove(tie)
    parser = BpmnParser()
    parser.add_bpmn_io(io.BytesIO(etree.tostring(root)))
    workflow = BpmnWorkflow(parser.get_spec(PROCESS), script_engine=Comparisons())
    workflow.do_engine_steps()
    return workflow


def ready(workflow):
    """Return the ids of the tasks that wait for a person, by step."""
    waiting: dict[str, list] = {}
    for task in workflow.get_tasks(state=TaskState.READY):
        if task.task_spec.manual:
            _, step, *_ = task.task_spec.bpmn_id.split(".")
            waiting.setdefault(step, []).append(task)
    return waiting


def do(workflow, step, **said):
    """Do the task of a step that is ready; return its id."""
    task = ready(workflow)[step][0]
    task.data.update(said)
    task.run()
    workflow.do_engine_steps()
    return task.task_spec.bpmn_id


def expected(here, units):
    unit = [f"langkah.{here.id}.unit"] * units
    others = [f"langkah.{here.id}.bersama.{other.actor}" for other in here.co_actors]
    return unit, [f"langkah.{here.id}", *others]


def drawable(way, here, goal):
    """Say whether a return stays within the same branches of the same blocks."""

    def branches(step):
        return {
            (block.split, n)
            for block in way.blocks
            for n, branch in enumerate(block.branches)
            if step in branch.members
        }

    return branches(here) == branches(goal)


def rights_of(way, here, position):
    return [right for right in way.step(here).returns if drawable(way, here, right.to)]


@settings(
    max_examples=200,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(random_sops(max_steps=9), st.randoms(use_true_random=False))
def test_the_order_of_tasks_is_that_of_another_engine(sop, chance):
    way, workflow = plan(sop), engine_of(sop)
    position, acts, collected = start(way), 0, set()
    numbers = {one.id: one.number for one in way.steps}
    while position.open:
        acts += 1
        assert set(ready(workflow)) == position.open
        here = way.step(chance.choice(sorted(position.open)))
        unit, tasks = expected(here, UNITS if here.per_unit else 0)
        if here.id not in collected:
            assert [do(workflow, here.id) for _ in unit] == unit
        backs = rights_of(way, here.id, position)
        if backs and acts < 15 and chance.random() < 0.4:
            goal = chance.choice(backs).to
            said = f"kembalikan ke langkah {numbers[goal]}"
            assert do(workflow, here.id, tindakan=said) == tasks[0]
            position = give_back(way, position, here.id, goal)
            collected = {goal}
            continue
        collected.discard(here.id)
        names = [outcome.name for outcome in here.outcomes] or [None]
        if acts > 15 and "lanjut" in names:
            names = ["lanjut"]
        outcome = chance.choice(names)
        said = {"hasil": outcome, "tindakan": ONWARD}
        assert [do(workflow, here.id, **said) for _ in tasks] == tasks
        position = close(way, position, here.id, outcome)
    assert workflow.is_completed() or not ready(workflow)
