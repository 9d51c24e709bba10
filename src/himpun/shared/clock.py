"""The one place that reads the time; everything below it gets the time as an argument.

A demo may start its clock at another day (``himpun demo --on``): the difference lies in
``HIMPUN_HOME/jam-demo`` as seconds and is ignored in production.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

FILE = "jam-demo"


def now() -> datetime:
    """Return the present time in UTC, shifted when this is a demo with its own clock."""
    return datetime.now(UTC) + shift()


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
