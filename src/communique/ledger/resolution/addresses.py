"""Where the page of an entity is, in the record above this feature."""

from __future__ import annotations

from django.urls import reverse

from communique.ledger.entities.models import Entity, Kind

_PAGES: dict[str, str] = {
    Kind.PARTY: "record:party",
    Kind.PERSON: "record:person",
    Kind.SERIES: "record:meeting",
    Kind.MEETING: "record:meeting",
    Kind.INSTRUMENT: "record:instrument",
    Kind.FUND: "record:fund",
    Kind.ISSUE: "record:issue",
    Kind.AREA: "record:area",
}


def page_of(entity: Entity) -> str:
    """Return the address of an entity's page."""
    return reverse(_PAGES[entity.kind], args=(entity.pk,))
