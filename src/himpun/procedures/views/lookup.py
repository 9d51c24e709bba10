"""Finding what an address names, within what the person may read; 404 otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from himpun.organization import queries as organization
from himpun.procedures import queries
from himpun.procedures.models import (
    Artefact,
    Attachment,
    Case,
    ChecklistItem,
    Draft,
    Finding,
    ProcedureVersion,
    Receipt,
    Task,
)
from himpun.procedures.queries import drafts

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from himpun.organization.models import Unit
    from himpun.shared.http import MemberRequest


def case(request: MemberRequest, pk: int, at: datetime) -> Case:
    """Return a case of an office that the person may read."""
    return get_object_or_404(queries.visible_cases(request.user, at), pk=pk)


def task(request: MemberRequest, pk: int, at: datetime) -> Task:
    """Return a task of such a case."""
    cases = queries.visible_cases(request.user, at)
    rows = Task.objects.filter(case__in=cases).select_related(
        "case", "case__procedure", "case__version", "case__unit", "case__unit__tenant"
    )
    return get_object_or_404(rows, pk=pk)


def item(request: MemberRequest, pk: int, at: datetime) -> ChecklistItem:
    """Return a line of the kelengkapan of such a case."""
    cases = queries.visible_cases(request.user, at)
    return get_object_or_404(
        ChecklistItem.objects.filter(case__in=cases).select_related("case"), pk=pk
    )


def attachment(request: MemberRequest, pk: int, at: datetime) -> Attachment:
    """Return a file attached to such a line."""
    cases = queries.visible_cases(request.user, at)
    rows = Attachment.objects.filter(item__case__in=cases)
    return get_object_or_404(rows.select_related("item__case"), pk=pk)


def artefact(request: MemberRequest, pk: int, at: datetime) -> Artefact:
    """Return something that such a case has brought forth."""
    cases = queries.visible_cases(request.user, at)
    return get_object_or_404(Artefact.objects.filter(case__in=cases), pk=pk)


def receipt(request: MemberRequest, pk: int, at: datetime) -> Receipt:
    """Return a copy that was sent in such a case."""
    cases = queries.visible_cases(request.user, at)
    rows = Receipt.objects.filter(case__in=cases).select_related("case")
    return get_object_or_404(rows, pk=pk)


def version(request: MemberRequest, pk: int, at: datetime) -> ProcedureVersion:
    """Return an SOP version of an office that the person may read."""
    return get_object_or_404(queries.visible_versions(request.user, at), pk=pk)


def draft(request: MemberRequest, pk: int, at: datetime) -> Draft:
    """Return a draft of an SOP of an office that the person may read."""
    return get_object_or_404(drafts.visible_drafts(request.user, at), pk=pk)


def offices(request: MemberRequest, at: datetime) -> QuerySet[Unit]:
    """Return the offices that the person may read."""
    return organization.visible_offices(request.user, at)


def finding(request: MemberRequest, pk: int, at: datetime) -> Finding:
    """Return an oddity of such an SOP."""
    versions = queries.visible_versions(request.user, at)
    rows = Finding.objects.filter(version__in=versions)
    return get_object_or_404(rows.select_related("version__procedure__unit"), pk=pk)
