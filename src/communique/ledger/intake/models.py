"""Jobs: what is to be taken in, by whom asked for, and how far it is."""

from __future__ import annotations

from django.db import models


class JobState(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class JobKind(models.TextChoices):
    """What a job takes in."""

    FILE = "file"
    """Bytes stored already, by their hash."""
    URL = "url"
    """A page to be fetched."""
    FEED = "feed"
    """A feed to be fetched, each entry a document."""
    REREAD = "reread"
    """A document to be read again by the reader of today."""


class Job(models.Model):
    """One thing to take in."""

    kind = models.CharField(max_length=8, choices=JobKind.choices)
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the bytes, where they are stored."""
    name = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.SET_NULL, related_name="jobs"
    )
    """The document to read again, or the one that was taken in."""
    batch = models.CharField(max_length=16, blank=True, db_index=True)
    """The same for all that was asked for at once, where somebody waits for it."""
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    reason = models.TextField(blank=True)
    """Why it failed, and what helps."""
    taken = models.PositiveIntegerField(default=0)
    """Documents taken in so far."""
    known = models.PositiveIntegerField(default=0)
    """Documents that were there already."""
    refused = models.JSONField(default=list)
    """Entries of a feed or list that can't be read: ``{"name", "reason"}``."""
    changed = models.JSONField(null=True)
    """What reading again changed, in numbers; null where nothing was read again."""
    tries = models.PositiveSmallIntegerField(default=0)
    asked = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    started = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True)
    """Host, process and its mark: who works on it."""
    beat = models.DateTimeField(null=True)
    """When its worker last said that it is alive."""
    finished = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "id"), name="job_state"),)

    def __str__(self) -> str:
        return self.name or self.url or f"job {self.pk}"


class WatchKind(models.TextChoices):
    """What is watched; told by what the address gives when it is looked at."""

    UNKNOWN = "unknown"
    """Nothing has come from it yet."""
    FEED = "feed"
    PAGE = "page"


class Watch(models.Model):
    """An address that is looked at again and again: a feed for new entries, a page for changes."""

    url = models.CharField(max_length=2000, unique=True)
    every = models.DurationField()
    """How long to wait between two looks, where all goes well."""
    stopped = models.BooleanField(default=False)
    by = models.CharField(max_length=150, blank=True)
    """Who added it: what comes from it is taken in under this name."""
    added = models.DateTimeField()

    kind = models.CharField(max_length=8, choices=WatchKind.choices, default=WatchKind.UNKNOWN)
    etag = models.CharField(max_length=1000, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    """What the server said of what it gave last, to ask for changes only."""
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the bytes it gave last."""
    next_at = models.DateTimeField(db_index=True)
    looked_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    """How often in a row it could not be looked at."""
    result = models.TextField(blank=True)
    """What the last look gave, or why it failed."""
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    """The job that took in what the last change brought."""

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.url
