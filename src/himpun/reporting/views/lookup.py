"""Finding what an address names, within what the person may read; 404 otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404

from himpun.procedures import queries as cases
from himpun.procedures.models import Receipt, Task

from .. import queries
from ..kinds import KINDS

if TYPE_CHECKING:
    from datetime import datetime

    from himpun.procedures.models import Case
    from himpun.shared.http import MemberRequest

    from ..models import Signature, Snapshot
    from ..rules import ReportKind


def case(request: MemberRequest, pk: int, at: datetime) -> Case:
    """Return a case of an office that the person may read."""
    return get_object_or_404(cases.visible_cases(request.user, at), pk=pk)


def snapshot(request: MemberRequest, pk: int, at: datetime) -> Snapshot:
    """Return a version of a paper of such a case."""
    return get_object_or_404(queries.visible_snapshots(request.user, at), pk=pk)


def report(case: Case) -> Snapshot:
    """Return the version of the paper to be signed in a case that holds now."""
    found = queries.snapshot_of(case, queries.signed_kind(case))
    if found is None:
        raise Http404
    return found


def signature(snapshot: Snapshot) -> Signature:
    """Return the signing of a paper that is under way or done."""
    found = queries.signature_of(snapshot)
    if found is None:
        raise Http404
    return found


def kind(slug: str) -> ReportKind:
    """Return the kind of paper of an address, one that people make."""
    found = next((kind for kind in KINDS if kind == slug), None)
    if found is None:
        raise Http404
    return found


def receipt(case: Case, pk: int) -> Receipt:
    """Return a copy that was sent in the case."""
    return get_object_or_404(Receipt.objects.select_related("case"), case=case, pk=pk)


def task(case: Case, pk: int) -> Task:
    """Return a task of the case."""
    return get_object_or_404(Task.objects.select_related("case"), case=case, pk=pk)
