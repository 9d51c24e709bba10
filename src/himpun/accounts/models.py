"""One-time codes: how someone without e-mail gets into his account."""

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
