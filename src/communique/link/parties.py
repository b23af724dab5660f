"""Gathers the parties of a record from where they are named."""

from __future__ import annotations

from collections.abc import Sequence

from communique.find.gazetteer import find_known, plain
from communique.model import Mention, Party
from communique.text.page import Named


def party_list(page_named: Sequence[Named], text: str, *, also: Sequence[Named] = ()) -> tuple[Party, ...]:
    """List each party named, with its mentions in order: first named, first listed.

    A state named only within a person's or a body's span ("the President of the Republic of Korea, Lee
    Myung-bak") is a party too, and so is the organisation of "ASEAN member states". ``also`` holds parties named
    outside the text, in a title that the format gives: persons among them are listed without mentions.
    """
    mentions: dict[str, list[Named]] = {}
    called = {n.id: n.name for n in page_named}
    for one in page_named:
        mentions.setdefault(one.id, []).append(one)
        if one.kind in ("person", "body", "group"):
            for inner in _inside(one, text):
                mentions.setdefault(inner.id, []).append(inner)
    listed = [_party(found, text, called.get(id)) for id, found in mentions.items()]
    titled = {n.id: n for n in also if n.kind == "person" and n.id not in mentions}
    return (*listed, *(Party(n.id, n.name, n.kind, n.party, n.post) for n in titled.values()))


def _inside(outer: Named, text: str) -> list[Named]:
    """List the parties named within a longer mention, placed in the document."""
    words = plain(text[outer.start : outer.end])
    found = [n for n in find_known(words) if n.id != outer.id and n.name == outer.party]
    return [
        Named(n.start + outer.start, n.end + outer.start, n.id, n.name, n.kind, n.form, n.party, n.post)
        for n in found
    ]


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
