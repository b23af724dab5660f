"""What kind of document it is: told by its title, else by its opening words, else by who publishes it."""

from __future__ import annotations

from functools import cache

from communique.model import DocumentKind, Struct
from communique.vocab.loading import load
from communique.vocab.publishers import Publisher

_OPENING = 300


class _Kind(Struct, frozen=True):
    kind: DocumentKind
    starts: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


class _Kinds(Struct, frozen=True):
    kinds: tuple[_Kind, ...]


@cache
def _kinds() -> tuple[_Kind, ...]:
    return load("publishers/generic/kinds.toml", _Kinds).kinds


def kind_of(title: str | None, opening: str, *, publisher: Publisher | None, is_news: bool) -> DocumentKind:
    """Return a document's kind. ``is_news``: it has the byline or the dateline of a newspaper."""
    if publisher is not None and publisher.kind == "news":
        return "news"
    by_title = None if title is None else _by_title(_plain(title))
    if by_title is not None:
        return by_title
    words = _plain(opening[:_OPENING])
    told = next((k.kind for k in _kinds() if any(words.startswith(s) for s in (*k.starts, *k.opening))), None)
    if told is not None:
        return told
    if not is_news:
        said = next((k.kind for k in _kinds() if any(s in words for s in k.says)), None)
        if said is not None:
            return said
    if publisher is not None and publisher.kind is not None:
        return publisher.kind
    return "news" if is_news else "other"


def _by_title(title: str) -> DocumentKind | None:
    starting = next((k.kind for k in _kinds() if any(title.startswith(s) for s in k.starts)), None)
    if starting is not None:
        return starting
    return next((k.kind for k in _kinds() if any(s in title for s in k.title)), None)


def _plain(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())
