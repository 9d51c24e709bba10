"""Pasting a block from a spreadsheet: always a preview first, then a confirmed act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from himpun.collection import actions, queries
from himpun.collection.rules import shown
from himpun.shared.forms import whole
from himpun.shared.http import MemberRequest, member, sentence
from himpun.shared.pages import UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal

from . import lookup
from .entries import CLASH, clash, page
from .proposals import LOCKED

if TYPE_CHECKING:
    from django.http import HttpResponse

    from himpun.collection.models import Entry
    from himpun.collection.rules import Preview

    from .lookup import Place

TEMPLATE = "collection/paste.html"


@require_http_methods(["GET", "HEAD", "POST"])
@member
def paste(request: MemberRequest, case: int) -> HttpResponse:
    """Take a block and show what it would do; nothing is written here.

    The script asks for the fragment (``Accept: text/vnd.himpun.fragment``) and shows it
    as a dialog over the grid.
    """
    where = lookup.place(request, case)
    if not where.works(queries.COLLECTION):
        return refused(request, Refusal(LOCKED), back=where.page("entries"))
    block = request.POST.get("block", "")
    context: dict[str, Any] = where.frame("entries") | {"pasted": block}
    status = 200
    if request.method == "POST":
        try:
            context["preview"] = _preview(request, where, block)
        except Refusal as refusal:
            context["refusal"] = sentence(refusal)
            status = UNPROCESSABLE
    fragment = request.headers.get("Accept") == "text/vnd.himpun.fragment"
    template = f"{TEMPLATE}#preview" if fragment else TEMPLATE
    return render(request, template, context, status=status)


def _preview(request: MemberRequest, where: Place, block: str) -> Preview:
    start = whole(request.POST.get("start", ""))
    return actions.paste(where.round, block, start=start if start >= 0 else None)


@require_POST
@member
def apply(request: MemberRequest, case: int) -> HttpResponse:
    """Save the confirmed rows; those that somebody changed meanwhile are shown."""
    where = lookup.place(request, case)
    if not where.works(queries.COLLECTION):
        return refused(request, Refusal(LOCKED), back=where.page("entries"))
    chosen = [_cell(text) for text in request.POST.getlist("cell")]
    before = {cell.entry: cell for cell in queries.cells(where.round)}
    try:
        done = actions.apply_paste(
            where.round,
            [cell for cell in chosen if cell],
            by=request.user,
            at=where.at,
        )
    except Refusal as refusal:
        return refused(request, refusal, back=where.page("entries"))
    request.session[f"tempel-{case}"] = [
        _cell_text(entry, shown(before[entry.pk].value, before[entry.pk].decimals))
        for entry in done.saved
    ]
    if not done.conflicts:
        return redirect("collection:entries", case)
    conflicts = [clash(conflict) for conflict in done.conflicts]
    return page(request, where, status=CLASH, conflicts=conflicts)


def _cell_text(entry: Entry, text: str) -> str:
    """Return a cell as a form carries it: "entry:row version:text"."""
    return f"{entry.pk}:{entry.row_version}:{text}"


def _cell(text: str) -> tuple[int, str, int] | None:
    """Read what `_cell_text` wrote; None for anything else."""
    parts = text.split(":", 2)
    if len(parts) != 3:  # noqa: PLR2004 - the three parts named above
        return None
    entry, version = whole(parts[0]), whole(parts[1])
    return (entry, parts[2], version) if min(entry, version) >= 0 else None
