"""Papers as frozen snapshots, their signatures, prints and public codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from himpun.organization.models import Person, Unit
from himpun.procedures.models import Case

from . import rules

if TYPE_CHECKING:
    from enum import StrEnum


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class Report(models.Model):
    """A paper of a case: one for each kind, in as many snapshots as were made."""

    kind = models.CharField(max_length=24, choices=_choices(rules.ReportKind))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    period_code = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="report_once")
        ]

    @property
    def title(self) -> str:
        """What the paper is called."""
        return rules.TITLES[rules.ReportKind(self.kind)]


class Snapshot(models.Model):
    """What a paper says, frozen: the data, its hash, the template, the PDF made of it.

    ``code`` is what the QR carries: ``/v/<code>``; it tells nothing, is not guessed, and
    is new for each snapshot, so that an older print is known as replaced.
    """

    report = models.ForeignKey(
        Report, on_delete=models.PROTECT, related_name="snapshots"
    )
    number = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12, unique=True)
    data = models.BinaryField(help_text="canonical JSON, the bytes that are hashed")
    sha256 = models.CharField(max_length=64)
    template = models.CharField(max_length=40)
    pdf = models.CharField(max_length=64, help_text="blob of the PDF")
    pages = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_role = models.CharField(max_length=240)
    stale = models.BooleanField(
        default=False, help_text="a newer snapshot or a return made it history"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"], name="snapshot_number_once"
            )
        ]
        ordering = ["report", "-number"]

    @property
    def case(self) -> Case:
        """The case that the paper is about."""
        return self.report.case

    @property
    def printed_code(self) -> str:
        """The code as it stands on the paper: 7KQ2-M9TD-X4HB."""
        return rules.printed_code(self.code)


class PrintRecord(models.Model):
    """Who printed which snapshot when: the hard copy that the SOP asks for."""

    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, related_name="prints"
    )
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    printed_role = models.CharField(max_length=240)

    class Meta:
        ordering = ["snapshot", "pk"]


class Signature(models.Model):
    """The signing of one snapshot: prepared, sealed, uploaded or signed.

    ``head`` and ``count`` are the record as it stood when the signing was prepared.
    ``sealed`` is the PDF with them and the JSON, sealed by the installation's key, of
    ``pages`` pages: what it names of the record can make it longer than the draft.
    ``signed`` is the file that the archive keeps: the PAdES file, or the scan.
    """

    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, related_name="signatures"
    )
    backend = models.CharField(max_length=14, choices=_choices(rules.Backend))
    state = models.CharField(max_length=14, choices=_choices(rules.SignatureState))
    head = models.CharField(max_length=64)
    count = models.PositiveIntegerField()
    sealed = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(null=True)
    signed = models.CharField(max_length=64, blank=True)
    signed_mime = models.CharField(max_length=120, blank=True)
    signer = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signer_role = models.CharField(max_length=240, blank=True)
    prepared_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot"],
                condition=~models.Q(state=rules.SignatureState.WITHDRAWN.value),
                name="one_signature_a_snapshot",
            )
        ]
        ordering = ["snapshot", "pk"]
