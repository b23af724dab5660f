"""A document is an immutable version: bytes, hash, and a text whose offsets never move."""

from __future__ import annotations

import hashlib
import zlib

import msgspec
from django.db import models

from communique.model import Record


class Source(models.Model):
    """Where documents come from over time: an address whose page may change."""

    key = models.CharField(max_length=64, unique=True)
    """The SHA-256 of its address, which may be longer than an index holds."""
    url = models.CharField(max_length=2000)
    made = models.DateTimeField()

    def __str__(self) -> str:
        return self.url

    @staticmethod
    def key_of(url: str) -> str:
        """Return what makes an address one source."""
        return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()


class Document(models.Model):
    """One version of one document, as it came. Nothing of it changes, but that it may be withdrawn."""

    key = models.CharField(max_length=64, unique=True)
    """What makes it one document: the hash of its bytes; for an entry of a feed or a list, of that entry."""
    sha256 = models.CharField(max_length=64)
    """Hash of the bytes it came in, by which they are stored."""
    entry = models.PositiveIntegerField(null=True)
    """Its place in the feed or list it came in, from 0; null where the bytes hold one document."""
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    """Of the bytes it came in."""
    name = models.CharField(max_length=500, blank=True)
    """Name of the file it first came as."""
    url = models.CharField(max_length=2000, blank=True)
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="versions")
    previous = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="next")
    """The version of the same source before this one."""
    text = models.TextField()
    text_hash = models.CharField(max_length=64, db_index=True)
    """Of the words that are not page furniture: the same for the same text on two sites."""
    title = models.TextField(blank=True)
    publisher = models.TextField(blank=True)
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=8, blank=True)
    published = models.CharField(max_length=40, blank=True)
    """As the document says: ISO 8601; empty where it doesn't."""
    day = models.DateField(null=True, db_index=True)
    """The day of ``published``."""
    taken_in = models.DateTimeField(db_index=True)
    taken_in_by = models.CharField(max_length=150, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("publisher", "-id"), name="document_publisher"),
            models.Index(fields=("kind", "-id"), name="document_kind"),
            models.Index(fields=("id",), condition=models.Q(withdrawn=True), name="document_withdrawn"),
        )

    def __str__(self) -> str:
        return self.title or self.name or self.url or f"document {self.pk}"


class Sketch(models.Model):
    """A few hashes of a document's sentences, by which copies on other sites are found."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="sketch")
    hash = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "hash"), name="sketch_once"),)


class Arrival(models.Model):
    """One time that a document came: the same bytes from a second site, or the same page fetched again."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="arrivals")
    at = models.DateTimeField()
    by = models.CharField(max_length=150, blank=True)
    name = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    sha256 = models.CharField(max_length=64)
    """Of the bytes that came: a page whose furniture changed has other bytes and the same text."""

    class Meta:
        ordering = ("id",)


class Reading(models.Model):
    """What one reader made of a document: the record it printed, kept whole."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    number = models.PositiveIntegerField()
    """1 for the first of the document."""
    packed = models.BinaryField()
    """The record without its text, as compressed JSON."""
    sha256 = models.CharField(max_length=64)
    """Of that JSON."""
    version = models.CharField(max_length=30)
    lexicon = models.CharField(max_length=64)
    at = models.DateTimeField()
    current = models.BooleanField(default=True)
    read = models.PositiveIntegerField(default=0)
    """Characters that were read; with the next two, the coverage of the record."""
    set_aside = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("document", "number")
        indexes = (
            models.Index(
                fields=("current", "read", "set_aside", "unread"),
                condition=models.Q(current=True),
                name="reading_coverage",
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="reading_number"),
            models.UniqueConstraint(
                fields=("document",), condition=models.Q(current=True), name="one_current_reading"
            ),
        )

    def decoded(self) -> Record:
        """Return the record, with the document's text put back."""
        return unpack(bytes(self.packed), self.document.text)


def pack(record: Record) -> tuple[bytes, bytes]:
    """Return a record without its text as JSON, and compressed: the text stands in the document already."""
    bare = msgspec.structs.replace(record, document=msgspec.structs.replace(record.document, text=""))
    encoded = msgspec.json.encode(bare)
    return encoded, zlib.compress(encoded, 1)


def unpack(packed: bytes, text: str) -> Record:
    """Return the record that ``pack`` took apart."""
    record = msgspec.json.decode(zlib.decompress(packed), type=Record)
    return msgspec.structs.replace(record, document=msgspec.structs.replace(record.document, text=text))


class Passage(models.Model):
    """A stretch of a document's text that is searched as one: some paragraphs, at most a few hundred words."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="passages")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
