"""Tables of the record: streams of hashed events, erasable texts, files, seals.

Actor, official, unit and tenant are plain numbers without foreign keys: an event must
outlive every row that it speaks of.
"""

from django.db import models


class Stream(models.Model):
    """A chain of events about one thing: ``case:12``, ``plan:3``, ``access:1``."""

    name = models.CharField(max_length=80, primary_key=True)
    header = models.BinaryField()
    count = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Return the stream's name."""
        return self.name


class Event(models.Model):
    """One thing that happened. ``body`` is what is hashed; the columns are copies."""

    hash = models.CharField(max_length=64, primary_key=True)
    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=60)
    actor = models.BigIntegerField()
    official = models.BigIntegerField(null=True)
    role = models.CharField(max_length=240)
    unit = models.BigIntegerField(null=True, db_index=True)
    tenant = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    body = models.BinaryField()
    prev = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_seq_once")
        ]
        ordering = ["stream", "seq"]

    def __str__(self) -> str:
        """Return where the event stands and what it is."""
        return f"{self.stream_id}#{self.seq} {self.type}"


class Text(models.Model):
    """Free text that an event names by its salted hash; it may be erased by law."""

    hash = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=32)
    text = models.TextField()
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return the text, or that it was erased."""
        return "(dihapus)" if self.erased_at else self.text


class Blob(models.Model):
    """A file kept by its content: evidence, scans, papers."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=120)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return the fingerprint."""
        return self.sha256


class Seal(models.Model):
    """Where the head of a stream was anchored outside the database."""

    class Kind(models.TextChoices):
        """What carries the head."""

        PAPER = "paper", "kertas yang ditandatangani"
        CASE = "case", "lembar segel kasus"

    stream = models.ForeignKey(Stream, on_delete=models.PROTECT, related_name="seals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    count = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    values_hash = models.CharField(max_length=64, blank=True)
    document = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        """Return what was sealed up to where."""
        return f"{self.stream_id} 1..{self.count}"
