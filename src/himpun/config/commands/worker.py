"""`himpun worker`: what happens by the clock, repeated until stopped."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from himpun.config.terminal import tell
from himpun.notices import tasks as mail
from himpun.procedures import actions as procedures
from himpun.procedures import tasks
from himpun.shared import clock
from himpun.wording import say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

MARK = "putaran-terakhir"
LATE = timedelta(hours=1)
"""After this long without a round the scheduled work is taken to stand still."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the pause between two rounds, and a single round for cron."""
    parser.add_argument("--every", type=int, default=60, metavar="DETIK")
    parser.add_argument(
        "--once", action="store_true", help=say("satu putaran, lalu selesai")
    )


def run(arguments: argparse.Namespace) -> int:
    """Start the cases that schedules call for, tell people what is due, also by mail.

    Repeating a round changes nothing.
    """
    while True:
        at = clock.now()
        for case in procedures.start_due_cases(at):
            tell(say("dimulai: %(case)s", case=case))
        told = tasks.remind(at) + tasks.warn_of_unattended(at)
        told += tasks.warn_of_calendars(at)
        if told:
            tell(say("diberi tahu: %(n)s orang", n=told))
        if sent := mail.send_waiting_mail(at):
            tell(say("surel terkirim: %(n)s", n=sent))
        _mark().touch()
        if arguments.once:
            return 0
        time.sleep(arguments.every)


def stands_still(now: datetime) -> bool:
    """Whether no round was made lately; ``now`` by the machine, not by the demo."""
    mark = _mark()
    if not mark.exists():
        return True
    return now - datetime.fromtimestamp(mark.stat().st_mtime, UTC) > LATE


@contextmanager
def beside() -> Iterator[None]:
    """Run a worker as a child process while the block runs."""
    child = subprocess.Popen([sys.executable, "-m", "himpun.config.cli", "worker"])
    try:
        yield
    finally:
        child.terminate()
        child.wait()


def _mark() -> Path:
    return settings.HIMPUN_HOME / MARK
