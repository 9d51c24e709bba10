"""Pages show times in the zone of the reader's own office, with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from himpun.organization import queries as organization
from himpun.shared import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def middleware(
    answer: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer each request of a signed-in person in his or her office's zone.

    A kabupaten lies in one zone: those who sit there read the zone of its offices.
    What the person holds is read here, once for all that the request shows.
    """

    def inner(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return answer(request)
        now = clock.now()
        organization.read_once(request.user, organization.local_day(now))
        with timezone.override(organization.zone_for(request.user, now)):
            return answer(request)

    return inner
