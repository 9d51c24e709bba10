"""The one place that reads the time; everything below it gets the time as an argument.

A demo may start its clock at another day (``himpun demo --on``): the difference lies in
``HIMPUN_HOME/jam-demo`` as seconds and is ignored in production.

A machine's clock is set back a little now and then (NTP). Within a process the time then
stands still until the clock has caught up, so that an act never comes before the one that
it follows. A clock that was set back further was wrong: its new time is taken.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

FILE = "jam-demo"
LITTLE = timedelta(minutes=10)
"""So far back a clock may be set without being followed."""
_given = [datetime.min.replace(tzinfo=UTC)]
"""The latest time of the machine that this process was given."""


def now() -> datetime:
    """Return the present time in UTC, shifted when this is a demo with its own clock."""
    _given[0] = steady(datetime.now(UTC), _given[0])
    return _given[0] + shift()


def steady(reading: datetime, given: datetime) -> datetime:
    """Return the time that a reading of the machine's clock gives after an earlier one."""
    return given if reading < given <= reading + LITTLE else reading


def shift() -> timedelta:
    """Return by how much the demo's clock differs from the machine's; zero elsewhere."""
    path = Path(settings.HIMPUN_HOME) / FILE
    if settings.HIMPUN_MODE != "demo" or not path.exists():
        return timedelta()
    return timedelta(seconds=float(path.read_text()))


def start_at(moment: datetime) -> None:
    """Let the demo's clock start at ``moment`` and run on from there."""
    seconds = (moment - datetime.now(UTC)).total_seconds()
    (Path(settings.HIMPUN_HOME) / FILE).write_text(str(seconds))
