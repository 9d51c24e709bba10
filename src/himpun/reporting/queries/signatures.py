"""Where the signing of a case's report stands, and the words that may be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import rules
from ..models import Signature, Snapshot
from ..rules import SignatureState

if TYPE_CHECKING:
    from himpun.procedures.models import Case


def signature_of(snapshot: Snapshot) -> Signature | None:
    """Return the signing of a snapshot that is under way or done."""
    rows = snapshot.signatures.exclude(state=SignatureState.WITHDRAWN)
    return rows.select_related("snapshot__report__case__unit", "signer").first()


def signed_of(case: Case) -> Signature | None:
    """Return the signature under the paper of a case, None while it is not signed."""
    rows = Signature.objects.filter(
        snapshot__report__case=case,
        snapshot__report__kind__in=rules.SIGNED,
        snapshot__stale=False,
        state=SignatureState.SIGNED,
    )
    return rows.select_related("snapshot__report__case__unit").last()


def verdict_words(signature: Signature) -> str:
    """Return the only words that may be said of a signature, "" before it is signed."""
    if signature.state != SignatureState.SIGNED:
        return ""
    return rules.VERDICT[rules.Backend(signature.backend)]
