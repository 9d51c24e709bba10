"""The bell: a person's own notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from himpun.shared import clock
from himpun.shared.http import MemberRequest, member

from . import actions, queries
from .models import Notice

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_safe
@member
def listing(request: MemberRequest) -> HttpResponse:
    """Show the newest notices."""
    notices = list(queries.notices_of(request.user))
    return render(
        request,
        "notices/list.html",
        {
            "notices": notices,
            "unread": any(n.read_at is None for n in notices),
            "here": "notices",
        },
    )


@require_POST
@member
def read(request: MemberRequest, pk: int) -> HttpResponse:
    """Take note of one and go to its page."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    actions.mark_read(notice, at=clock.now())
    return redirect(notice.link or "notices:list")


@require_POST
@member
def read_all(request: MemberRequest) -> HttpResponse:
    """Take note of everything."""
    actions.mark_all_read(request.user, at=clock.now())
    return redirect("notices:list")
