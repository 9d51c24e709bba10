"""Asking the product as somebody, and taking back what was asked."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache

from django.db import transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse


@contextmanager
def undone():
    """Take back whatever a request changed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@cache
def handler(*, checks_forms):
    """Return the product behind all visitors; loading its middleware takes long."""
    made = ClientHandler(enforce_csrf_checks=checks_forms)
    made.load_middleware()
    return made


def visitor(person=None, *, checks_forms=False):
    """Return a browser, signed in as this person."""
    client = Client(raise_request_exception=False)
    client.handler = handler(checks_forms=checks_forms)
    if person:
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
