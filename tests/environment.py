"""Loaded before the settings (addopts): tests run as a demo with a home of their own.

HIMPUN_TEST_DATABASE_URL picks the database.
"""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

MEMORY = "/dev/shm"
"""Files of tests lie in memory where there is such a folder: each is made durable by
fsync, and a thousand of those take minutes on a busy disk."""
ROOM = tempfile.mkdtemp(
    prefix="himpun-uji-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None
)
atexit.register(shutil.rmtree, ROOM, ignore_errors=True)
HOME, TEMPORARY = os.path.join(ROOM, "rumah"), os.path.join(ROOM, "tmp")  # noqa: PTH118 - texts for the environment
for _folder in (Path(HOME, "static"), Path(TEMPORARY)):
    _folder.mkdir(parents=True)  # without "static" every client warns
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", TEMPORARY)  # where `tmp_path` lies
os.environ["HIMPUN_MODE"] = "demo"
os.environ["HIMPUN_HOME"] = HOME
os.environ["HIMPUN_PUBLIC_URL"] = "http://127.0.0.1:8000"
os.environ["HIMPUN_DATABASE_URL"] = os.environ.get("HIMPUN_TEST_DATABASE_URL", "")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the thread
# What tests build lives on; to look through it as often as usual costs 6 %.
gc.set_threshold(200_000, 50, 1000)
