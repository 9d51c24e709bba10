"""Processes that act at the same moment, forked from one that has loaded the product.

They really run at once, and each has a connection of its own.
"""

import multiprocessing

from django.db import connections

from himpun.shared.refusals import Refusal

fork = multiprocessing.get_context("fork")


def attempt(prepare, subject, person, ready, results):
    act = prepare(subject, person)
    ready.wait(timeout=60)
    try:
        act()
    except Refusal as refusal:
        results.put(str(refusal))
    except Exception as error:  # noqa: BLE001 - whatever it is, the test says it
        results.put(repr(error))
    else:
        results.put("won")


def race(attempts):
    """Let a process make each attempt: (what prepares the act, its subject, the person).

    Returns what each of them came to, the quickest first: "won", the refusal's sentence,
    or an error that no person should see.
    """
    connections.close_all()  # a connection is never shared with a child
    ready, results = fork.Barrier(len(attempts)), fork.Queue()
    racers = [
        fork.Process(target=attempt, args=(*what, ready, results)) for what in attempts
    ]
    for racer in racers:
        racer.start()
    said = [results.get(timeout=90) for _ in racers]
    for racer in racers:
        racer.join(timeout=30)
    return said
