"""What needs a person, and what does not, asked for in the words of the indexes that hold just that."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Value
from django.db.models.sql.compiler import SQLCompiler

from communique.ledger.claims.models import State


class _Word(Value):
    """A word written into the SQL itself: SQLite takes an index of some rows only for a query that says, without
    values given apart, that it asks for no others."""

    def __init__(self, word: State) -> None:
        if not word.value.isalpha():
            raise ValueError(f"{word.value} is no plain word")
        super().__init__(word.value)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the word in quotation marks."""
        return f"'{self.value}'", ()


UNDECIDED = Q(state__in=(_Word(State.PROPOSED), _Word(State.UNSURE)))
UNSURE = Q(state=_Word(State.UNSURE))
CHALLENGED = Q(challenge__isnull=False)
ACCEPTED = Q(state__in=(_Word(State.ACCEPTED), _Word(State.CORRECTED)))
