"""What a claim card shows. Pages make them from claims; the card knows nothing of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

State: TypeAlias = Literal["proposed", "accepted", "corrected", "rejected", "unsure"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name, and where it leads."""

    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the words stand: the document, and the place in it."""

    title: str
    href: str
    """Of the document at these words."""
    publisher: str = ""
    day: date | str | None = None
    url: str = ""
    """Of the original, for print."""


@dataclass(frozen=True, slots=True)
class Card:
    """One claim: what is held to be so, the words it stands on, where they come from and how it stands."""

    quote: str
    source: Source
    state: State
    kind: str = ""
    href: str = ""
    """Of the claim's own page, where it has one."""
    who: tuple[Named, ...] = ()
    """Speakers, debtors or donors."""
    verb: str = ""
    """What they do: “welcomed”, “pledged US$6 million”."""
    whom: tuple[Named, ...] = ()
    """Addressees, beneficiaries, recipients."""
    day: date | str | None = None
    value: str = ""
    """What the claim holds beyond its quote, in words."""
    doubt: int = 0
    doubts: tuple[str, ...] = ()
    challenge: str = ""
    """What speaks against the decision since."""
    why: str = ""
    by: str = ""
