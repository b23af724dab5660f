"""What can be split off an entity: its claims by document, by the name written in them, and by member."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.claims.models import Claim
from communique.ledger.claims.queries import held
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity, Name
from communique.ledger.entities.queries import members

MOST = 1_500


@dataclass(frozen=True, slots=True)
class Group:
    """Some claims of an entity that are likely about the same one."""

    key: str
    """What a form sends to choose it."""
    label: str
    about: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The claims of an entity, grouped."""

    entity: Entity
    names: tuple[Group, ...]
    documents: tuple[Group, ...]
    count: int
    more: int
    """Claims beyond those that can be shown at once."""


def choice(entity: Entity, viewer: Viewer) -> Choice:
    """Return what can be split off an entity that is not merged."""
    mine = members(entity)
    seen = held(viewer).filter(links__entity__in=mine).distinct().order_by("-day", "document", "start")
    count = seen.count()
    claims = list(seen.defer("value", "as_read", "doubts")[:MOST])
    documents = Document.objects.defer("text").in_bulk({c.document_id for c in claims})
    for claim in claims:
        claim.document = documents[claim.document_id]
    return Choice(
        entity=entity,
        names=_by_name(claims, mine),
        documents=_by_document(claims),
        count=count,
        more=count - len(claims),
    )


def chosen(offered: Choice, keys: Iterable[str]) -> list[Claim]:
    """Return the claims of the groups, and the single claims, that a form names."""
    asked = set(keys)
    found: dict[str, Claim] = {}
    for group in (*offered.names, *offered.documents):
        for claim in group.claims:
            if group.key in asked or f"c{claim.uid}" in asked:
                found[claim.uid] = claim
    return list(found.values())


def named(offered: Choice, keys: Iterable[str]) -> list[str]:
    """Return the names that a form chooses whole: later documents that have one are about the other, too."""
    asked = set(keys)
    return [group.label for group in offered.names if group.key in asked]


def _by_document(claims: Sequence[Claim]) -> tuple[Group, ...]:
    grouped: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.document_id].append(claim)
    return tuple(
        Group(f"d{pk}", str(some[0].document), some[0].document.publisher, tuple(some))
        for pk, some in grouped.items()
    )


def _by_name(claims: Sequence[Claim], mine: Sequence[int]) -> tuple[Group, ...]:
    """Group claims by the longest name of the entity in their words; those without any are left out."""
    names = dict.fromkeys(
        Name.objects.filter(entity__in=mine).order_by("pk").values_list("surface", flat=True)
    )
    by_length = sorted(names, key=lambda n: -len(n))
    grouped: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        said = " ".join(claim.quote.split()).casefold()
        written = next((n for n in by_length if n.casefold() in said), None)
        if written is not None:
            grouped[written].append(claim)
    numbered = {name: n for n, name in enumerate(names)}
    return tuple(Group(f"n{numbered[name]}", name, "", tuple(some)) for name, some in grouped.items())
