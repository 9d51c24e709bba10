"""The pohon kinerja on screen, and the form of a condition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from himpun.organization import queries as organization
from himpun.planning import actions, queries
from himpun.planning.forms import NodeForm
from himpun.planning.models import PerformanceNode
from himpun.shared import clock
from himpun.shared.forms import sent, whole
from himpun.shared.http import MemberRequest, member, sentence, show_refusal
from himpun.shared.pages import FORM, UNPROCESSABLE, refused
from himpun.shared.refusals import Conflict, Refusal

from . import lookup

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpResponse

    from himpun.organization.models import Unit

CONFLICT = 409


@require_safe
@member
def tree(request: MemberRequest) -> HttpResponse:
    """Show an office's tree, drawn and as a table, with what is amiss."""
    at = clock.now()
    offices = list(organization.visible_offices(request.user, at).order_by("name"))
    wanted = request.GET.get("unit")
    chosen = [o for o in offices if str(o.pk) == wanted] if wanted else offices[:1]
    if wanted and not chosen:
        raise Http404
    context: dict[str, Any] = {"here": "nodes", "offices": offices, "office": None}
    if chosen:
        [office] = chosen
        context |= {
            "office": office,
            "tree": queries.node_tree(office, organization.local_day(at, office)),
            "may_change": lookup.obstacle(request, office, at) is None,
        }
    return render(request, "planning/tree.html", context)


def _address(office: Unit, node: int | None = None) -> str:
    place = f"#kondisi-{node}" if node else ""
    return f"{reverse('planning:nodes')}?unit={office.pk}{place}"


@FORM
@member
def add(request: MemberRequest, office: int) -> HttpResponse:
    """Add a condition; ``?induk=`` proposes what it causes."""
    at = clock.now()
    unit = get_object_or_404(organization.visible_offices(request.user, at), pk=office)
    form = NodeForm(
        sent(request),
        office=unit,
        day=organization.local_day(at, unit),
        initial=queries.next_place(unit, whole(request.GET.get("induk", ""))),
    )

    def keep() -> int:
        by = request.user
        return actions.add_node(unit, form.typed(), by=by, at=at).pk

    return _form(request, unit, form, keep)


@FORM
@member
def change(request: MemberRequest, number: int) -> HttpResponse:
    """Change a condition or move it."""
    at = clock.now()
    node = _node(request, number, at)
    day = organization.local_day(at, node.unit)
    form = NodeForm(sent(request), office=node.unit, day=day, node=node)

    def keep() -> int:
        actions.change_node(
            node,
            form.typed(),
            row_version=form.cleaned_data["row_version"] or 0,
            by=request.user,
            at=at,
        )
        return node.pk

    return _form(request, node.unit, form, keep, node)


def _node(request: MemberRequest, number: int, at: datetime) -> PerformanceNode:
    rows = PerformanceNode.objects.filter(
        unit__in=organization.visible_offices(request.user, at)
    ).select_related("unit")
    return get_object_or_404(rows, pk=number)


def _form(
    request: MemberRequest,
    office: Unit,
    form: NodeForm,
    keep: Callable[[], int],
    node: PerformanceNode | None = None,
) -> HttpResponse:
    """Show the form, or keep what it says; what was typed is shown again if not."""
    obstacle = lookup.obstacle(request, office, clock.now())
    if obstacle is not None:
        return refused(request, obstacle, back=_address(office))
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            number = keep()
        except Conflict as conflict:
            form.add_error(None, sentence(conflict))
            form.follow(conflict.current)  # type: ignore[arg-type]  # a node, as kept
            status = CONFLICT
        except Refusal as refusal:
            form.add_error(refusal.field or None, sentence(refusal))
        else:
            messages.success(request, _("Kondisi disimpan."))
            return redirect(_address(office, number))
    context = {
        "here": "nodes",
        "form": form,
        "office": office,
        "node": node,
        "back": _address(office, node.pk if node else None),
    }
    status = status if form.errors else 200
    return render(request, "planning/node.html", context, status=status)


@require_POST
@member
def remove(request: MemberRequest, number: int) -> HttpResponse:
    """Take a condition out of the tree."""
    at = clock.now()
    node = _node(request, number, at)
    row_version = whole(request.POST.get("row_version", ""))
    try:
        actions.remove_node(node, row_version=row_version, by=request.user, at=at)
    except Refusal as refusal:
        show_refusal(request, refusal)
        return redirect(_address(node.unit, node.pk))
    messages.success(request, _("Kondisi dihapus dari pohon."))
    return redirect(_address(node.unit))
