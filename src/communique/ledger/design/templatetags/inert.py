"""Filters for words that come from outside: ``{% load inert %}``, then ``{{ claim.quote|inert }}``."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from communique.ledger.writing import visible

register = template.Library()


@register.filter
def inert(words: object) -> SafeString:
    """A name, title or quote: escaped, hidden characters shown, apart from the words around it."""
    return visible.inert(_plain(words))


@register.filter
def inert_part(words: object) -> SafeString:
    """A slice of a document's text: as ``inert``, but running on from the slice before."""
    return visible.inert_part(_plain(words))


@register.filter
def spelt(words: object) -> str:
    """For attributes and the window's title, where hidden characters can only be spelt out."""
    return visible.spelt(_plain(words))


def _plain(words: object) -> str:
    """Return words as characters that are still to be escaped, whoever called them safe before."""
    return "" if words is None else "".join((str(words), ""))
