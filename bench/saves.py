"""How many values a second are saved durably over HTTP, beside one bare insert.

Both sides run under gunicorn with one process of four threads on the same database, and
answer after the commit (SQLite: WAL, synchronous=FULL). Himpun's save checks sign-in,
office, position and row version, reads the number, writes the row, the event with its
hash, the head of the stream and the achievement, and draws the changed parts of the page.
The bare view is Django with one insert and nothing else.
"""

from __future__ import annotations

import http.client
import http.cookiejar
import json
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.installation import Installation, free_port

from bench.timing import ratio

HERE = Path(__file__).parent
ROUNDS = 3


def run(home, *, seconds):
    made = Installation(home, "bench")
    made.environ["DJANGO_SETTINGS_MODULE"] = "himpun.config.settings"
    made.himpun("init")
    task = prepare(made)
    for clients in (1, 4):
        found = {"himpun": [], "bare": []}
        for _ in range(ROUNDS):  # in turns, so that a slow minute hits both
            with made.serving():
                found["himpun"].append(ours(made, task, clients, seconds))
            with bare(made) as port:
                found["bare"].append(theirs(port, clients, seconds))
        mine, reference = median(found["himpun"]), median(found["bare"])
        print(
            f"   {clients} client{'s' if clients > 1 else ' '}: "
            f"Himpun {mine:6.1f} saves/s, bare insert {reference:6.1f}/s, "
            f"ratio {ratio(mine, reference)}"
        )
    made.remove()


def prepare(made):
    done = made.python(HERE / "prepare_saves.py")
    out, err = done.communicate()
    if done.returncode:
        sys.exit(err)
    return json.loads(out)


@contextmanager
def bare(made):
    """Serve the bare view while the block runs."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.bare", str(port)],
        env={**made.environ, "PYTHONPATH": f"{HERE.parent}:{HERE.parent / 'src'}"},
        cwd=HERE.parent,
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def counted(work, clients, seconds):
    """Return acknowledged calls a second of this many clients at once."""
    ready = [work(number) for number in range(clients)]
    stop = time.monotonic() + seconds

    def loop(one):
        count = 0
        while time.monotonic() < stop:
            one()
            count += 1
        return count

    with ThreadPoolExecutor(clients) as pool:
        return sum(pool.map(loop, ready)) / seconds


class Browser:
    """A signed-in session over one connection that stays open."""

    def __init__(self, url, username, password):
        self.jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar)
        )
        page = opener.open(f"{url}/masuk").read().decode()
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        form = {"username": username, "password": password}
        form["csrfmiddlewaretoken"] = token
        opener.open(f"{url}/masuk", urllib.parse.urlencode(form).encode()).read()
        cookies = {cookie.name: cookie.value for cookie in self.jar}
        self.token = cookies["csrftoken"]
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        self.connection = http.client.HTTPConnection(url.removeprefix("http://"))

    def post(self, path, **fields):
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": self.token})
        self.connection.request("POST", path, body, self.headers)
        response = self.connection.getresponse()
        text = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path}: {response.status} {text[:200]!r}")
        return json.loads(text)


def ours(made, task, clients, seconds):
    def client(number):
        browser = Browser(made.url, task["user"], task["password"])
        entry = task["entries"][number]
        path = f"/kasus/{task['case']}/isian/{entry}"
        state = {"version": task["versions"].get(str(entry), 0), "value": 0}

        def one():
            state["value"] = (state["value"] + 1) % 90
            text = f"{state['value']},{number + 1}"
            answer = browser.post(path, text=text, row_version=state["version"])
            state["version"] = task["versions"][str(entry)] = answer["version"]

        return one

    return counted(client, clients, seconds)


def theirs(port, clients, seconds):
    def client(_number):
        connection = http.client.HTTPConnection(f"127.0.0.1:{port}")

        def one():
            connection.request("POST", "/", "text=1")
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise RuntimeError(f"bare: {response.status}")

        return one

    return counted(client, clients, seconds)
