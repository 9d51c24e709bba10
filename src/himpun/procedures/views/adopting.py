"""A draft comes into force: who its actors are, what it changes, what then runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from himpun.procedures import actions
from himpun.procedures.queries import adopting, drafts
from himpun.shared import clock
from himpun.shared.forms import whole
from himpun.shared.http import MemberRequest, member, sentence, told
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Refusal
from himpun.sop import editing
from himpun.sop.check import check

from . import lookup
from .drafts import address, problems
from .revisions import beside

if TYPE_CHECKING:
    from django.http import HttpResponse

    from himpun.procedures.models import Draft

LONGEST_MARK = 80


@FORM
@member
def adopt(request: MemberRequest, pk: int) -> HttpResponse:
    """Bind the actors to positions and let the draft come into force."""
    at = clock.now()
    found = lookup.draft(request, pk, at)
    try:
        actions.drafter(request.user, found.unit, at)
    except Refusal as refusal:
        return refused(request, refusal, back=reverse("procedures:procedures"))
    why, status = "", 200
    positions = adopting.positions_to_bind(found.unit)
    chosen: dict[str, set[int]] = {}
    if request.method == "POST":
        chosen = _chosen(request, found)
        try:
            version = actions.adopt_draft(
                found,
                {
                    actor: [p for p in positions if p.pk in seats]
                    for actor, seats in chosen.items()
                },
                seen=request.POST.get("terlihat", ""),
                mark=request.POST.get("tanda", "").strip()[:LONGEST_MARK],
                by=request.user,
                at=at,
            )
        except Refusal as refusal:
            why, status = sentence(refusal), UNPROCESSABLE
        else:
            messages.success(request, _("SOP diberlakukan."))
            return redirect("procedures:version", version.pk)
    context = _adoption(found, chosen or None, positions) | {"refusal": why}
    if request.method == "POST":
        context["mark"] = request.POST.get("tanda", "")
    return render(request, "procedures/adopt.html", context, status=status)


def _chosen(request: MemberRequest, found: Draft) -> dict[str, set[int]]:
    """Return actor -> positions as ticked."""
    actors = [actor["id"] for actor in drafts.tree_of(found).get("pelaksana") or ()]
    return {
        actor: {whole(seat) for seat in request.POST.getlist(f"jabatan-{actor}")}
        for actor in actors
    }


def _adoption(
    found: Draft, chosen: dict[str, set[int]] | None, positions: list[Any]
) -> dict[str, Any]:
    """Return what the page of adoption shows."""
    tree = drafts.tree_of(found)
    state = drafts.state_of(tree, found.content)
    document = check(found.content.encode()).sop
    context: dict[str, Any] = {
        "here": "procedures",
        "draft": found,
        "open": drafts.is_open(found),
        "problems": problems(found, state),
        "state": state,
        "seen": editing.stamp(tree, "yaml"),
    }
    if document is None or state.gaps:
        return context
    version = adopting.in_force(found, document)
    seats = chosen or adopting.proposed_bindings(found, document, version, positions)
    if version:
        context |= beside(version, document, found.content, version.mark)
        context["mark"] = version.mark
    return context | {
        "version": version,
        "changed": adopting.differs(document, version),
        "warnings": [
            (told(w.sentence), address(found, *editing.part_at(w.path)))
            for w in state.warnings
        ],
        "links": [told(broken) for broken in adopting.broken_links(found, document)],
        "running": adopting.running_now(version),
        "actors": [
            (actor.id, actor.label.teks, seats.get(actor.id, set()))
            for actor in document.pelaksana
        ],
        "positions": positions,
    }
