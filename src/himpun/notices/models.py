"""In-app notices. Nothing here knows cases: a notice is a sentence and a link."""

from django.db import models

from himpun.organization.models import Person, Unit


class Notice(models.Model):
    """A sentence for one person, with the page that it is about."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="notices"
    )
    sender_role = models.CharField(max_length=240, blank=True)
    text = models.CharField(max_length=400)
    link = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        """Return the sentence."""
        return self.text
