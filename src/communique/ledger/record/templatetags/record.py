"""Template filters of the pages of the record: `{% load record %}`."""

from __future__ import annotations

from django import template

from communique.ledger.record.wordings import STAGES

register = template.Library()


@register.filter
def stage(name: str) -> str:
    """Return how far a contribution is: `{{ gift.found.kind|stage }}`."""
    return STAGES.get(name, name)
