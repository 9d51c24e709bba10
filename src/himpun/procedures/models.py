"""SOP versions as adopted, their running cases, tasks, checklists, artefacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from himpun.organization.models import Official, Person, Position, Unit
from himpun.worktime.periods import Period, read_period

from . import rules

if TYPE_CHECKING:
    from enum import StrEnum


NAME = 72
"""Letters of an id in the SOP's file (`himpun.sop.model.Name`: 64), and of the name under
which a step that a revision took out is kept (`rules.former`)."""


def _choices(enum: type[StrEnum]) -> list[tuple[str, str]]:
    return [(member.value, member.value) for member in enum]


def nowhere() -> dict[str, list[object]]:
    """Return the position of a case in which nothing has been opened yet."""
    return {"open": [], "arrived": []}


class Procedure(models.Model):
    """An SOP of an office, whatever its versions."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="procedures")
    code = models.CharField(max_length=128)
    name = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "code"], name="procedure_once")
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ProcedureVersion(models.Model):
    """An SOP as an office adopted it: immutable, named by its fingerprint.

    ``source`` is the YAML letter for letter, ``plan`` the JSON of `himpun.sop.plan`.
    """

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    source = models.TextField()
    fingerprint = models.CharField(max_length=64)
    plan = models.TextField()
    mark = models.CharField(
        max_length=80, blank=True, help_text="printed on form and papers"
    )
    state = models.CharField(max_length=12, choices=_choices(rules.VersionState))
    adopted_at = models.DateTimeField()
    adopted_role = models.CharField(max_length=240)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"], name="procedure_version_once"
            )
        ]
        ordering = ["procedure", "-number"]

    def __str__(self) -> str:
        """Return name and version."""
        return f"{self.procedure} v{self.number}"


class ActorBinding(models.Model):
    """An actor of the SOP is these positions of the office."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="bindings"
    )
    actor = models.CharField(max_length=NAME)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "actor", "position"], name="binding_once"
            )
        ]


class Finding(models.Model):
    """An oddity of the SOP's text with the reading that is used (`temuan`)."""

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="findings"
    )
    code = models.CharField(max_length=NAME)
    place = models.TextField()
    problem = models.TextField()
    reading = models.TextField()
    options = models.JSONField(default=list)
    needs_confirmation = models.BooleanField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_role = models.CharField(max_length=240, blank=True)

    class Meta:
        ordering = ["version", "pk"]


class Draft(models.Model):
    """An SOP that an office is still working on; it becomes a version when adopted.

    ``content`` is the YAML of `sop-ap/1`, parts may be missing (`himpun.sop.editing`).
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="drafts")
    title = models.TextField(blank=True)
    content = models.TextField()
    origin = models.CharField(max_length=12, choices=_choices(rules.DraftOrigin))
    based_on = models.ForeignKey(
        ProcedureVersion, null=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.CharField(
        max_length=64, blank=True, help_text="blob it was read from"
    )
    file_name = models.CharField(max_length=64, blank=True, help_text="text hash")
    state = models.CharField(
        max_length=12,
        choices=_choices(rules.DraftState),
        default=rules.DraftState.OPEN.value,
    )
    opened_at = models.DateTimeField()
    opened_role = models.CharField(max_length=240)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.OneToOneField(
        ProcedureVersion, null=True, on_delete=models.PROTECT, related_name="draft"
    )

    class Meta:
        ordering = ["-changed_at", "-pk"]

    def __str__(self) -> str:
        """Return the name, as far as it is known."""
        return self.title or f"Draf {self.pk}"


class Case(models.Model):
    """One run of an SOP for an office and a period."""

    procedure = models.ForeignKey(
        Procedure, on_delete=models.PROTECT, related_name="cases"
    )
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="cases"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    period_code = models.CharField(max_length=8)
    state = models.CharField(
        max_length=12,
        choices=_choices(rules.CaseState),
        default=rules.CaseState.RUNNING.value,
    )
    opened_at = models.DateTimeField()
    opened_role = models.CharField(max_length=240)
    ended_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=64, blank=True)
    cause = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="followers",
        help_text="the case whose end opened this one",
    )
    moved_at = models.DateTimeField(
        null=True, help_text="when it was last moved to another version of its SOP"
    )
    passed = models.JSONField(
        default=list, help_text="steps that the version puts behind the case"
    )
    standards = models.JSONField(
        default=dict, help_text="Waktu that steps had before a move: amount, unit"
    )
    position = models.JSONField(
        default=nowhere, help_text="open steps and arrivals: `sop.moves.Position`"
    )
    return_caps = models.JSONField(
        default=dict, help_text='caps raised for this case, "l4>l3": 5'
    )
    round_caps = models.JSONField(
        default=dict, help_text='rounds that decisions may open here, "l1": 5'
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "unit", "period_code"],
                condition=~Q(state=rules.CaseState.CANCELLED.value),
                name="case_once_a_period",
            )
        ]
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        """Return SOP and period."""
        return f"{self.procedure} {self.period.label}"

    @property
    def period(self) -> Period:
        """The period that the case is about."""
        return read_period(self.period_code)

    @property
    def stream(self) -> str:
        """The name of its stream of events."""
        return f"case:{self.pk}"


class Standing(models.Manager["Task"]):
    """The tasks that count: without those whose opening was taken back."""

    def get_queryset(self) -> models.QuerySet[Task]:
        """Return the tasks that were not withdrawn."""
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Task(models.Model):
    """What one actor has to do in one round of one step.

    ``objects`` and ``case.tasks`` leave out what was withdrawn; ``every`` has all.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    step = models.CharField(max_length=NAME)
    part = models.CharField(max_length=12, choices=_choices(rules.Part))
    actor = models.CharField(max_length=NAME)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    done_role = models.CharField(max_length=240, blank=True)
    outcome = models.CharField(
        max_length=80, blank=True, help_text="chosen of a decision, or how it ended"
    )
    deadline = models.DateTimeField()
    deadline_firm = models.BooleanField()
    calendar_version = models.PositiveIntegerField()
    row_opened_at = models.DateTimeField(
        help_text="when the row's first task opened: the clock of the Waktu column"
    )
    paused_at = models.DateTimeField(
        null=True, help_text="since when the row waits for somebody outside"
    )
    excepted_role = models.CharField(
        max_length=240, blank=True, help_text="who let its maker approve the row"
    )
    excepted_reason = models.CharField(max_length=64, blank=True, help_text="text hash")
    excepted_letter = models.CharField(max_length=64, blank=True, help_text="text hash")
    assignment = models.ForeignKey(
        "Assignment",
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="whose it is now, where that is not the SOP's own actor",
    )
    opened_by = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="opened",
        help_text="the task whose end opened this one",
    )
    seen_at = models.DateTimeField(
        null=True, help_text="when somebody whose it is first opened its page"
    )
    attempt = models.PositiveSmallIntegerField(
        default=1, help_text="grows when the task that opened it was taken back"
    )
    withdrawn_at = models.DateTimeField(
        null=True, help_text="when the end that opened it was taken back"
    )
    position_before = models.JSONField(
        null=True,
        help_text="where the case stood when its end moved it, and the outcome",
    )

    objects = Standing()
    every: ClassVar = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "part", "actor", "unit", "round", "attempt"],
                name="task_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["actor", "case"],
                condition=Q(done_at__isnull=True),
                name="open_tasks",
            )
        ]
        ordering = ["case", "opened_at", "pk"]


class Assignment(models.Model):
    """A task is handed to another position, or to one named official, with a reason.

    Exactly one of ``position`` and ``official``. A later one of the same task replaces
    it; all of them stay.
    """

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="assignments")
    position = models.ForeignKey(
        Position, null=True, on_delete=models.PROTECT, related_name="+"
    )
    official = models.ForeignKey(
        Official, null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_role = models.CharField(max_length=240, help_text="whose it was before")
    to_role = models.CharField(max_length=240)
    reason = models.CharField(max_length=64, help_text="text hash")
    by_role = models.CharField(max_length=240)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(position__isnull=True) ^ Q(official__isnull=True),
                name="assignment_to_one",
            )
        ]
        ordering = ["task", "pk"]


class Delegation(models.Model):
    """A holder lets another official do his tasks from a day until a day: a mandate.

    All tasks of the position, or those of one SOP; never a signature. The receiver acts
    "a.n." the position (UU 30/2014 art. 14); it ends by itself.
    """

    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="delegations"
    )
    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    procedure = models.ForeignKey(
        Procedure, null=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateField()
    until = models.DateField()
    letter = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    made_role = models.CharField(max_length=240)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]


class Confirmation(models.Model):
    """One person's part in a task that several have to do; the last one closes it."""

    task = models.ForeignKey(
        Task, on_delete=models.PROTECT, related_name="confirmations"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=240)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["task", "person"], name="confirmed_once_by_each"
            )
        ]
        ordering = ["task", "pk"]


class Pause(models.Model):
    """A time in which a round of a step waited for somebody outside the office."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    step = models.CharField(max_length=NAME)
    round = models.PositiveSmallIntegerField()
    waits_for = models.CharField(max_length=64, help_text="text hash")
    reason = models.CharField(max_length=64, help_text="text hash")
    begun_at = models.DateTimeField()
    begun_role = models.CharField(max_length=240)
    ended_at = models.DateTimeField(null=True)
    ended_role = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "round"],
                condition=Q(ended_at__isnull=True),
                name="one_pause_at_a_time",
            )
        ]
        ordering = ["case", "begun_at", "pk"]


class ChecklistItem(models.Model):
    """A line of a step's kelengkapan in a case; a monthly report has a line a month."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="items")
    step = models.CharField(max_length=NAME)
    item = models.CharField(max_length=NAME)
    line = models.CharField(max_length=8, blank=True, help_text="period code, or empty")
    name = models.TextField()
    required = models.BooleanField(default=True)
    source = models.CharField(
        max_length=NAME, blank=True, help_text="artefact that fulfils it by existing"
    )
    state = models.CharField(
        max_length=14,
        choices=_choices(rules.ItemState),
        default=rules.ItemState.OPEN.value,
    )
    reason = models.CharField(max_length=64, blank=True, help_text="text hash")
    decided_role = models.CharField(max_length=240, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "item", "line"], name="checklist_line_once"
            )
        ]
        ordering = ["case", "step", "pk"]


class Attachment(models.Model):
    """A file that fulfils a line of the kelengkapan; removed ones stay, marked.

    Somebody attached it, or it came (``origin``) from a finished case of a linked SOP:
    then the blob is the one of that artefact.
    """

    item = models.ForeignKey(
        ChecklistItem, on_delete=models.PROTECT, related_name="attachments"
    )
    blob = models.CharField(max_length=64)
    name = models.CharField(max_length=64, help_text="text hash of the file name")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.ForeignKey(
        "Artefact", null=True, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(added_by__isnull=False) ^ Q(origin__isnull=False),
                name="attached_by_somebody_or_brought",
            )
        ]


class Artefact(models.Model):
    """Something a step has brought forth; a new round makes a new version."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="artefacts")
    artefact = models.CharField(max_length=NAME)
    step = models.CharField(max_length=NAME)
    number = models.PositiveSmallIntegerField(default=1)
    blob = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    made_role = models.CharField(max_length=240)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "artefact", "number"], name="artefact_version_once"
            )
        ]
        ordering = ["case", "artefact", "number"]


class Receipt(models.Model):
    """A copy sent to an actor (tembusan) and the day he or she took note of it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="receipts")
    step = models.CharField(max_length=NAME)
    actor = models.CharField(max_length=NAME)
    round = models.PositiveSmallIntegerField(default=1)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+"
    )
    received_role = models.CharField(max_length=240, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "actor", "round"], name="receipt_once"
            )
        ]


class Evaluation(models.Model):
    """The evaluation of an SOP for a year; a later one of the same year stands first.

    ``answers`` holds for each `rules.Criterion` "ya" (true or false) and "catatan", the
    hash of a text or empty.
    """

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, related_name="evaluations"
    )
    year = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    result = models.CharField(max_length=16, choices=_choices(rules.EvaluationResult))
    evaluated_at = models.DateTimeField()
    evaluated_role = models.CharField(max_length=240)

    class Meta:
        ordering = ["version", "-year", "-pk"]

    def __str__(self) -> str:
        """Return version, year and result."""
        return f"{self.version} {self.year}: {self.result}"
