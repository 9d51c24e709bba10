"""Tenants, units, positions, people in positions, and the office's working calendar."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from . import rules


class Tenant(models.Model):
    """A kabupaten or kota: nothing of one tenant is ever seen by another."""

    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.SlugField(max_length=40, unique=True)

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Unit(models.Model):
    """A unit of the tree kabupaten > kecamatan > subbag, seksi, desa."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="units")
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="children"
    )
    office = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="members",
        help_text="the kecamatan or agency it belongs to; itself when it is one",
    )
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.value) for k in rules.UnitKind]
    )
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    short_name = models.SlugField(max_length=60)
    address = models.CharField(max_length=240, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "code"], name="unit_code_once_in_tenant"
            )
        ]
        ordering = ["tenant", "order", "code"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Position(models.Model):
    """A jabatan of a unit. Tasks go to positions; people come and go."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    superior = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="subordinates"
    )
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.value) for k in rules.PositionKind]
    )
    title = models.CharField(max_length=160)

    def __str__(self) -> str:
        """Return the title."""
        return self.title


class People(BaseUserManager["Person"]):
    """Making accounts."""

    def create_user(self, username: str, password: str | None = None, **rest: object):  # type: ignore[no-untyped-def]  # noqa: ANN201 - Django's own signature
        """Make an account; without a password it can be entered by a code only."""
        person = self.model(username=username, **rest)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """A person with an account. The name may be erased; the events keep the number."""

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    nip = models.CharField(max_length=18, blank=True)
    rank = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=24, blank=True)
    is_active = models.BooleanField(default=True)

    objects = People()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Official(models.Model):
    """A person in a position: definitive or acting, from a day until a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenures")
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="officials"
    )
    status = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in rules.Status],
        default=rules.Status.DEFINITIVE.value,
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    letter = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["position", "since"]

    def __str__(self) -> str:
        """Return the role as printed."""
        return rules.acting_title(
            self.position.title, rules.Status(self.status), self.letter
        )


class Absence(models.Model):
    """A person is away from a day until a day, both included; other things wait.

    It takes no right away (docs/decisions/0021); an absence called off stays, marked.
    """

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="absences"
    )
    kind = models.CharField(
        max_length=20, choices=[(k.value, k.value) for k in rules.AbsenceKind]
    )
    since = models.DateField()
    until = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_role = models.CharField(max_length=240)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]


class WorkCalendar(models.Model):
    """One version of an office's working calendar; a new decree makes a new version.

    ``data`` is the JSON of `himpun.worktime.Calendar`; a deadline names the version by
    which it was computed.
    """

    office = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="calendars")
    version = models.PositiveIntegerField()
    data = models.JSONField()
    confirmed_until = models.DateField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "version"], name="calendar_version_once"
            )
        ]
        ordering = ["office", "-version"]

    def __str__(self) -> str:
        """Return office and version."""
        return f"{self.office} v{self.version}"
