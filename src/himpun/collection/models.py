"""A period's round: proposals, team, requests, values with evidence, verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from himpun.organization.models import Official, Person, Unit
from himpun.planning.models import AimField, IndicatorVersion
from himpun.procedures.models import Case
from himpun.shared.fields import ExactDecimalField
from himpun.worktime.periods import Period, read_period

from . import rules

if TYPE_CHECKING:
    from enum import StrEnum

    from himpun.planning.rules import Figure


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


class Team(models.Model):
    """A collection team of an office; a SK is recorded when there is one."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=160)
    decree_number = models.CharField(max_length=120, blank=True)
    decree_date = models.DateField(null=True)
    since = models.DateField()
    members = models.ManyToManyField(Official, related_name="teams")

    class Meta:
        ordering = ["unit", "-since", "-pk"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Round(models.Model):
    """The collection of one case; it pins the indicator versions in its entries."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="round")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="rounds")
    period_code = models.CharField(max_length=8)
    opened_at = models.DateTimeField()
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        """Return case and period."""
        return f"{self.case_id} {self.period_code}"

    @property
    def period(self) -> Period:
        """The period that is collected."""
        return read_period(self.period_code)


class Proposal(models.Model):
    """A first figure (usulan) for an indicator, before it is evaluated."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="proposals")
    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="+"
    )
    value = ExactDecimalField(null=True)
    grade = models.CharField(
        max_length=60, blank=True, help_text="of a qualitative indicator: its code"
    )
    absent_reason = models.CharField(
        max_length=64, blank=True, help_text='text hash of "belum ada, karena ..."'
    )
    rests_on = models.CharField(
        max_length=64, blank=True, help_text="text hash: the reports it rests on"
    )
    author = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    evaluation = models.CharField(
        max_length=20, choices=_choices(rules.Evaluation), blank=True
    )
    evaluation_note = models.CharField(max_length=64, blank=True, help_text="text hash")
    evaluated_role = models.CharField(max_length=240, blank=True)
    row_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "version"], name="proposal_once")
        ]
        ordering = ["round", "version__indicator__order"]

    def __str__(self) -> str:
        """Return round, indicator and figure."""
        return f"{self.round_id} {self.version_id}: {self.figure}"

    @property
    def figure(self) -> Figure | None:
        """What was proposed: a number, or the code of a grade."""
        return self.value if self.value is not None else self.grade or None


class Request(models.Model):
    """Who supplies what by when: one row for each unit that is asked in a step.

    ``turn`` counts how often the unit was asked (again); ``waiver`` says why it need not
    answer or was removed.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="requests")
    step = models.CharField(max_length=72)
    turn = models.PositiveSmallIntegerField(default=1)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="requests")
    what = models.CharField(max_length=64, blank=True, help_text="text hash")
    due = models.DateField(null=True)
    state = models.CharField(
        max_length=14,
        choices=_choices(rules.RequestState),
        default=rules.RequestState.PLANNED.value,
    )
    sent_at = models.DateTimeField(null=True)
    received_via = models.CharField(max_length=64, blank=True, help_text="text hash")
    received_on = models.DateField(null=True)
    waiver = models.CharField(
        max_length=64, blank=True, help_text="text hash: why it need not answer"
    )
    closed_role = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "step", "unit"], name="request_once"
            )
        ]
        ordering = ["round", "step", "unit__order", "unit__code"]

    def __str__(self) -> str:
        """Return round, unit and state."""
        return f"{self.round_id} {self.unit_id}: {self.state}"


class Entry(models.Model):
    """The value of an indicator in a round, with the version of the row for saving.

    ``draft`` is what was typed and is not (yet) a value; it never reaches the ledger.
    ``author`` typed the value; ``changed_by`` last changed anything in the row.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    version = models.ForeignKey(
        IndicatorVersion, on_delete=models.PROTECT, related_name="entries"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="entries")
    value = ExactDecimalField(null=True)
    grade = models.CharField(
        max_length=60, blank=True, help_text="of a qualitative indicator: its code"
    )
    draft = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=64, blank=True, help_text="text hash")
    state = models.CharField(
        max_length=14,
        choices=_choices(rules.EntryState),
        default=rules.EntryState.EMPTY.value,
    )
    author = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    author_role = models.CharField(max_length=240, blank=True)
    saved_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True)
    row_version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version", "unit"], name="entry_once"
            )
        ]
        ordering = ["round", "version__indicator__order"]

    def __str__(self) -> str:
        """Return round, indicator and value."""
        return f"{self.round_id} {self.version_id}: {self.figure}"

    @property
    def figure(self) -> Figure | None:
        """What was reached: a number, or the code of a grade."""
        return self.value if self.value is not None else self.grade or None


class EntryComponent(models.Model):
    """What was filled in for one variable of an indicator's formula.

    ``draft`` is what was typed and is not (yet) a number.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="components"
    )
    code = models.CharField(max_length=40)
    value = ExactDecimalField(null=True)
    draft = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "code"], name="entry_component_once"
            )
        ]

    def __str__(self) -> str:
        """Return entry, component and value."""
        return f"{self.entry_id} {self.code}: {self.value}"


class Evidence(models.Model):
    """A file that supports a value; kept by its content, removed ones stay, marked."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="evidence")
    blob = models.CharField(max_length=64)
    mime = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=64, help_text="text hash of the file name")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["entry", "pk"]

    def __str__(self) -> str:
        """Return entry and fingerprint."""
        return f"{self.entry_id} {self.blob[:16]}"


class Verdict(models.Model):
    """What a verifier decided about one value; the newest of an entry rules."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="verdicts")
    accepted = models.BooleanField()
    reason = models.CharField(max_length=64, blank=True, help_text="text hash")
    value = AimField(null=True)
    target = AimField(
        null=True,
        help_text="the target as it stood then; the papers say this one",
    )
    verifier = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verifier_role = models.CharField(max_length=240)
    decided_at = models.DateTimeField()
    exemption = models.ForeignKey(
        "Exemption", null=True, on_delete=models.PROTECT, related_name="verdicts"
    )

    class Meta:
        ordering = ["entry", "pk"]

    def __str__(self) -> str:
        """Return entry and decision."""
        return f"{self.entry_id}: {'diterima' if self.accepted else 'dikembalikan'}"


class Exemption(models.Model):
    """The recorded way out when author, verifier and signer would be fewer than three.

    Decided by an official whom it does not concern; shown beside the value, in the
    trail and in print.
    """

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="exemptions"
    )
    kind = models.CharField(max_length=20, choices=_choices(rules.ExemptionKind))
    concerns = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="the two in one"
    )
    concerns_role = models.CharField(max_length=240)
    verifier = models.ForeignKey(
        Official, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=64, help_text="text hash")
    letter = models.CharField(max_length=120, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_role = models.CharField(max_length=240)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return round and kind."""
        return f"{self.round_id}: {self.kind}"
