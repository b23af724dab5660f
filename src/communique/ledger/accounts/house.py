"""The settings of a ledger that are kept in its database, and their defaults."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Final

from communique.ledger.accounts.models import Setting


@dataclass(frozen=True, slots=True)
class House:
    """How this ledger is set. A field more is a setting more: the page of settings shows it by itself."""

    name: str = field(
        default="Communiqué", metadata={"label": "Name of the ledger", "help": "Stands on every page."}
    )
    public: bool = field(
        default=False,
        metadata={
            "label": "Public reading",
            "help": "Anyone may read what people have accepted, without signing in. Nothing unchecked is shown.",
        },
    )
    contact: str = field(
        default="",
        metadata={
            "label": "Whom to ask",
            "help": "Shown where someone can't sign in or lacks a right: an office, an extension, an address.",
        },
    )

    def __str__(self) -> str:
        return self.name


DEFAULTS: Final = {f.name: f.default for f in fields(House)}


def current() -> House:
    """Return the settings as they are now."""
    known = {f.name for f in fields(House)}
    return House(**{s.name: s.value for s in Setting.objects.all() if s.name in known})
