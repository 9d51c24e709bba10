"""One-time codes, and tokens by which a program reads in a person's name."""

from django.db import models

from himpun.organization.models import Person


class OneTimeCode(models.Model):
    """A code printed on a slip: used once, before its end; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="codes")
    hash = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    made_role = models.CharField(max_length=240)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class AccessToken(models.Model):
    """A token of the API: reads what its person may read; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    handle = models.CharField(max_length=12, unique=True)
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    until = models.DateField(help_text="the last day on which it works")
    used_on = models.DateField(null=True, help_text="the last day on which it was used")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
