"""Asking the product as somebody, and taking back what was asked."""

from __future__ import annotations

import gzip
import re
from functools import cache

from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from tests.pages import NEVER, Page, style_loads

FIRST_LOAD = 150 * 1024
"""Bytes, packed, of a page with everything it loads."""


@cache
def handler(*, checks_forms):
    """Return the product behind all visitors; loading its middleware takes long."""
    made = ClientHandler(enforce_csrf_checks=checks_forms)
    made.load_middleware()
    return made


def sign_in(people):
    """Sign people in for good: a walk over all addresses comes as each a hundred times."""
    for person in people:
        person.cookie = visitor(person).cookies[settings.SESSION_COOKIE_NAME].value


def visitor(person=None, *, checks_forms=False):
    """Return a browser, signed in as this person."""
    client = Client(raise_request_exception=False)
    client.handler = handler(checks_forms=checks_forms)
    if hasattr(person, "cookie"):
        client.cookies[settings.SESSION_COOKIE_NAME] = person.cookie
    elif person:
        client.force_login(person)
    return client


def send(client, name, method, asked):
    address = reverse(name, kwargs=asked.kwargs)
    if method == "GET":
        return client.get(address, asked.data)
    return client.post(address, asked.data)


def read(response):
    """Return everything that an answer says, headers too."""
    body = (
        b"".join(response.streaming_content) if response.streaming else response.content
    )
    return str(response.headers) + body.decode("utf-8", "replace")


def policy(response):
    """Return the content security policy as {directive: sources}."""
    text = response.headers.get("Content-Security-Policy", "")
    return {
        part.split()[0]: part.split()[1:] for part in text.split(";") if part.strip()
    }


def header_faults(response):
    """Return what an answer's headers lack."""
    rules, headers = policy(response), response.headers
    sources = {source for found in rules.values() for source in found}
    loose = {
        "'unsafe-inline'",
        "'unsafe-eval'",
        "'unsafe-hashes'",
        "*",
        "http:",
        "https:",
    }
    checks = {
        "default-src": rules.get("default-src") == ["'none'"],
        "frame-ancestors": rules.get("frame-ancestors") == ["'none'"],
        f"policy {sources & loose}": not sources & loose,
        "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") in {"same-origin", "no-referrer"},
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
    }
    return [name for name, kept in checks.items() if not kept]


def is_page(response):
    return response.headers.get("Content-Type", "").startswith("text/html")


def page_of(response):
    """Return an answer as a browser reads it; an answer is read once."""
    if not hasattr(response, "read_as_page"):
        response.read_as_page = _page(response)
    return response.read_as_page


def _page(response):
    policy_text = response.headers.get("Content-Security-Policy", "")
    nonce = re.search(r"'nonce-([^']+)'", policy_text)
    return Page(response.content.decode(), nonce[1] if nonce else "")


def page_faults(response):
    """Return what a page holds that it must not; nothing for files."""
    if not is_page(response):
        return []
    claims = NEVER.findall(response.content.decode())
    return page_of(response).faults + [f"claims {claim}" for claim in claims]


class Loader:
    """Sums what pages load, packed as the server packs it; fetches each file once."""

    def __init__(self):
        self.client, self.sizes = visitor(), {}

    def faults(self, response):
        """Return what a page that loads too much loads; nothing for files."""
        weight = self._weight(response) if is_page(response) else 0
        return [f"loads {weight} bytes"] if weight > FIRST_LOAD else []

    def _weight(self, response):
        found, waiting = {}, list(page_of(response).loads)
        while waiting:
            address = waiting.pop()
            if address not in found:
                found[address], inner = self._size(address)
                waiting += inner
        return len(gzip.compress(response.content)) + sum(found.values())

    def _size(self, address):
        if address not in self.sizes:
            response = self.client.get(address)
            assert response.status_code == 200, address
            content = b"".join(response.streaming_content)
            packed = content if address.endswith("woff2") else gzip.compress(content)
            style = address.endswith(".css")
            inner = style_loads(content.decode(), address) if style else []
            self.sizes[address] = (len(packed), inner)
        return self.sizes[address]
