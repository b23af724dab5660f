"""Collects the short forms that documents explain in brackets: "Commonwealth Heads of Government Meeting (CHOGM)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from communique.ledger.documents.models import Document
from communique.ledger.resolution.likeness import squeeze_words, taken_by
from communique.ledger.resolution.marks import mark
from communique.ledger.resolution.models import Abbreviation
from communique.ledger.resolution.progress import looked_at, upto
from communique.ledger.resolution.wording import spelt, squeeze

_AGAIN = 50  # documents looked at once more: one with a lower number may have been written later
_LONGEST, _LONGEST_SHORT = 300, 20  # characters
_EXPLAINED = re.compile(
    r"""(?P<long>[A-Z][\w.’'&-]*(?:[ \n]+[\w.’'&-]+){1,9})   # words, the first with a capital
        [ ]?\((?:the[ ])?["“]?(?P<short>[A-Z][A-Za-z&-]{1,8}[A-Z](?:\d{1,3})?)["”]?\)""",
    re.X,
)
# eats "Commonwealth Heads of Government Meeting (CHOGM)"; leaves "Adam Malik (Indonesia)"


@dataclass(frozen=True, slots=True)
class Explained:
    """A short form and what it stands for, at its place in a text."""

    short: str
    long: str
    start: int


def explained(text: str) -> Iterator[Explained]:
    """Yield the short forms that a text explains."""
    for hit in _EXPLAINED.finditer(text):
        letters = "".join(c for c in squeeze(hit["short"]) if c.isalpha())
        told = hit["long"].split()
        for n in range(len(told) - 1, -1, -1):
            long = " ".join(told[n:])
            if told[n][0].isupper() and _begins(long, letters):
                yield Explained(squeeze(hit["short"]), long, hit.start("long"))
                break


def of_words(long: str) -> int:
    """Return the hash by which a long form is found."""
    return mark("long", " ".join(spelt(long).words))


def collect(limit: int = 200) -> list[Abbreviation]:
    """Look through documents not looked through yet, and return the short forms that are new."""
    at = upto("documents")
    told = Document.objects.filter(withdrawn=False).only("pk", "text")
    fresh = list(told.filter(pk__gt=at).order_by("pk")[:limit])
    if not fresh:
        return []
    again = told.filter(pk__gt=at - _AGAIN, pk__lte=at)
    new = _unknown({(one.short, one.long): one for d in (*fresh, *again) for one in _in(d)})
    with transaction.atomic():
        Abbreviation.objects.bulk_create(new, ignore_conflicts=True)
        looked_at("documents", fresh[-1].pk)
    return new


def _in(document: Document) -> Iterator[Abbreviation]:
    for one in explained(document.text):
        if len(one.long) <= _LONGEST and len(one.short) <= _LONGEST_SHORT:
            yield Abbreviation(
                short=one.short, long=one.long, words=of_words(one.long), document=document, start=one.start
            )


def _unknown(found: dict[tuple[str, str], Abbreviation]) -> list[Abbreviation]:
    known = Abbreviation.objects.filter(short__in={short for short, _ in found})
    pairs = set(known.values_list("short", "long"))
    return [found[pair] for pair in sorted(found) if pair not in pairs]


def _begins(long: str, letters: str) -> bool:
    """Say whether letters are the initials of all the words, from the first on."""
    return taken_by(letters, long) == len(squeeze_words(long))
