"""Finds the same text on two sites, whatever furniture stands around it.

The hashes of a document's sentences are sketched by the smallest few of them (bottom-k sketch: A. Broder, "On
the resemblance and containment of documents", 1997). Two documents are copies where most of their sketches
agree.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from communique.ledger.documents.models import Document, Sketch
from communique.model import Record

_SIZE = 12
_SHARED = 8  # of the smallest hashes of both together: about two thirds of the sentences
_WORDS = re.compile(r"\w+")
_SHORTEST = 6  # words: a shorter sentence says too little to be recognised by


def sentences(record: Record) -> tuple[str, ...]:
    """Return the words of each sentence that is not page furniture, without case or punctuation."""
    text = record.document.text
    told = (s for s in record.segments if s.disposition != "set_aside")
    return tuple(" ".join(_WORDS.findall(text[s.start : s.end].casefold())) for s in told)


def text_hash(said: Iterable[str]) -> str:
    """Return the hash of what a document says."""
    return hashlib.sha256("\n".join(s for s in said if s).encode("utf-8", "replace")).hexdigest()


def sketch(said: Iterable[str]) -> tuple[int, ...]:
    """Return the smallest hashes of its sentences, as signed 64-bit integers."""
    long = {s for s in said if s.count(" ") + 1 >= _SHORTEST}
    return tuple(sorted(_hash(s) for s in long)[:_SIZE])


def copies(document: Document) -> QuerySet[Document]:
    """Return the documents that say the same as this one, other versions of the same source left out."""
    mine = list(Sketch.objects.filter(document=document).values_list("hash", flat=True))
    alike = (
        Sketch.objects.filter(hash__in=mine)
        .exclude(document=document)
        .values("document")
        .annotate(shared=Count("hash"))
        .filter(shared__gte=min(_SHARED, max(1, len(mine) - len(mine) // 3)))
        .values("document")
    )
    found = Document.objects.filter(withdrawn=False, pk__in=alike)
    if not mine:
        found = Document.objects.filter(withdrawn=False, text_hash=document.text_hash).exclude(pk=document.pk)
    if document.source_id is not None:
        found = found.exclude(source=document.source_id)
    return found


def _hash(sentence: str) -> int:
    digest = hashlib.blake2b(sentence.encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
