"""A pytest plugin: only the laws run, each on many more examples, others every time.

The tests name how many examples they take in the suite; a profile of Hypothesis does not
change that, so it is changed on the collected tests.
"""

import hypothesis

TIMES = 10
SETTINGS = "_hypothesis_internal_use_settings"


def pytest_collection_modifyitems(config, items):
    laws = [item for item in items if hypothesis.is_hypothesis_test(item.obj)]
    config.hook.pytest_deselected(items=[item for item in items if item not in laws])
    items[:] = laws
    before = {item.obj: getattr(item.obj, SETTINGS) for item in laws}
    for item in laws:
        usual = before[item.obj]  # cases of one test share it
        more = hypothesis.settings(
            usual,
            max_examples=TIMES * usual.max_examples,
            derandomize=False,
            database=None,
        )
        setattr(item.obj, SETTINGS, more)
