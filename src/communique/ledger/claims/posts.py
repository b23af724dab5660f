"""Draws the posts that persons are said to hold from a record's parties."""

from __future__ import annotations

from collections.abc import Iterator

from communique.ledger.claims.kinds import Post
from communique.model import Party, PartyRef, Record

_REACH = 200  # characters between a name and the post that it is said to hold
_LONGEST = 320


def posts(record: Record) -> Iterator[Post]:
    """Yield each post that stands beside the name of the person who holds it."""
    for party in record.parties:
        if party.kind == "person" and party.post:
            place = _beside(record.document.text, party, party.post)
            if place is not None:
                start, end = place
                yield Post(
                    quote=record.document.text[start:end],
                    start=start,
                    end=end,
                    person=PartyRef(id=party.id, name=party.name, party=party.party),
                    post=party.post,
                )


def _beside(text: str, party: Party, post: str) -> tuple[int, int] | None:
    """Return where a name and the post stand together, or None where they do not."""
    for mention in party.mentions:
        low = max(0, mention.start - _REACH)
        at = text.find(post, low, mention.end + _REACH)
        if at < 0:
            continue
        start, end = min(at, mention.start), max(at + len(post), mention.end)
        if end - start <= _LONGEST and "\n\n" not in text[start:end]:
            return start, end
    return None
