"""Gathers the parties of a record from where they are named."""

from __future__ import annotations

from collections.abc import Sequence

from communique.find.gazetteer import find_bare, plain, written_names
from communique.model import Mention, Party, PartyKind, PartyRef
from communique.text.page import Named
from communique.vocab.gazetteer import organisations, party_ids, states


def party_list(
    page_named: Sequence[Named],
    text: str,
    *,
    also: Sequence[Named] = (),
    author: PartyRef | None = None,
) -> tuple[Party, ...]:
    """List each party named, with its mentions in order: first named, first listed.

    A state named only within a person's or a body's span ("the President of the Republic of Korea, Lee
    Myung-bak") is a party too, and so is the organisation of "ASEAN member states". ``also`` holds who is
    named outside the text, in a title that the format gives: persons among them are listed without mentions,
    and so is the ``author`` who says "I".
    """
    mentions: dict[str, list[Named]] = {}
    called = written_names(page_named, plain(text)) | {n.id: n.name for n in page_named}
    for one in page_named:
        mentions.setdefault(one.id, []).append(one)
        if one.kind in ("person", "body", "group"):
            for inner in _inside(one, text):
                mentions.setdefault(inner.id, []).append(inner)
    listed = {id: _party(found, text, called.get(id)) for id, found in mentions.items()}
    for one in also:
        if one.kind == "person":
            listed.setdefault(one.id, Party(one.id, one.name, one.kind, one.party, one.post))
    if author is not None:
        listed.setdefault(author.id, Party(author.id, author.name, _kind_of(author.id), author.party))
    return tuple(listed.values())


def _kind_of(id: str) -> PartyKind:
    if id in states():
        return "state"
    known = organisations().get(id)
    return known.kind if known else "person"


def _inside(outer: Named, text: str) -> list[Named]:
    """List the parties named within a longer mention, placed in the document."""
    words = plain(text[outer.start : outer.end])
    found = [n for n in find_bare(words) if n.id != outer.id and _speaks(outer, n)]
    return [
        Named(n.start + outer.start, n.end + outer.start, n.id, n.name, n.kind, n.form, n.party, n.post)
        for n in found
    ]


def _speaks(outer: Named, inner: Named) -> bool:
    """Say whether a party within a longer mention is the one that the person or body speaks for."""
    return inner.id in party_ids(outer.party)


def _party(found: Sequence[Named], text: str, name: str | None) -> Party:
    first = found[0]
    titled = next((n.post for n in found if n.post is not None), None)
    owner = next((n.party for n in found if n.party is not None), None)
    places = sorted({(n.start, n.end) for n in found})
    return Party(
        id=first.id,
        name=first.name if name is None else name,
        kind=first.kind,
        party=owner,
        post=titled,
        mentions=tuple(Mention(start, end, text[start:end]) for start, end in places),
    )
