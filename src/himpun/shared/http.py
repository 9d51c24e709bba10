"""Requests of people who are signed in, and answers to refusals."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.utils.translation import gettext

from himpun.wording import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase

    from .refusals import Refusal

Answer = TypeVar("Answer", bound="HttpResponseBase")


class MemberRequest(HttpRequest):
    """A request whose user is a person, never anonymous."""

    user: Any  # organization.Person; this package stands below it


def member(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Let only signed-in people reach the view."""
    return login_required(wraps(view)(view))


def told(words: str) -> str:
    """Return words in the reader's language: a sentence put together anew."""
    return str(shown(words, gettext))


def sentence(refusal: Refusal) -> str:
    """Return the refusal's sentence in the reader's language."""
    return told(refusal.sentence)


def show_refusal(request: HttpRequest, refusal: Refusal) -> None:
    """Put the refusal where the next page shows it, at the top."""
    messages.error(request, sentence(refusal))
