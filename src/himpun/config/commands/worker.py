"""`himpun worker`: what happens by the clock, repeated until stopped."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from himpun.procedures import actions as procedures
from himpun.shared import clock

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the pause between two rounds, and a single round for cron."""
    parser.add_argument("--every", type=int, default=60, metavar="DETIK")
    parser.add_argument(
        "--once", action="store_true", help="satu putaran, lalu selesai"
    )


def run(arguments: argparse.Namespace) -> int:
    """Start the cases that schedules call for; repeating a round changes nothing."""
    while True:
        for case in procedures.start_due_cases(clock.now()):
            print(f"dimulai: {case}")
        if arguments.once:
            return 0
        time.sleep(arguments.every)
