"""The posts that a person held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from communique.ledger.claims.kinds import Post
from communique.ledger.claims.models import STANDING, Claim
from communique.ledger.entities.resolve import key_of
from communique.ledger.record.addresses import in_document
from communique.ledger.record.claim_list import newest
from communique.ledger.record.subject import Subject

MOST_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Held:
    """A post, and the first and last document that gives it to the person."""

    post: str
    party: str
    first: date | None
    last: date | None
    documents: int
    first_href: str
    last_href: str
    checked: bool
    """A person checked one of the claims at least."""


def posts(subject: Subject) -> tuple[Held, ...]:
    """Return the posts that documents give to a person, the latest first."""
    found: dict[tuple[str, str], list[Claim]] = {}
    for claim in newest(subject.sight, subject.wanted("person", kinds=("post",)), MOST_LOOKED_AT):
        post = claim.finding()
        if isinstance(post, Post):
            found.setdefault((key_of(post.post), key_of(post.person.party or "")), []).append(claim)
    held = [_held(subject, claims) for claims in found.values()]
    return tuple(sorted(held, key=lambda h: (h.last or date.min, h.first or date.min), reverse=True))


def _held(subject: Subject, claims: list[Claim]) -> Held:
    """Return a post from the claims that tell it, newest first."""
    last, first = claims[0], next(_dated(reversed(claims)), claims[-1])
    post = last.finding()
    assert isinstance(post, Post)
    return Held(
        post=post.post,
        party=post.person.party or "",
        first=first.day,
        last=last.day,
        documents=len({claim.document_id for claim in claims}),
        first_href=in_document(first, subject.sight),
        last_href=in_document(last, subject.sight),
        checked=any(claim.state in STANDING for claim in claims),
    )


def _dated(claims: Iterator[Claim]) -> Iterator[Claim]:
    return (claim for claim in claims if claim.day is not None)
