"""What of a ledger goes into a backup: its tables in the order they are written, and each row as JSON.

A row is an array of its columns' values: numbers, strings and JSON as they are, days and moments in ISO 8601, sums
as strings, bytes in base64. So it is the same whatever database it comes from or goes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

import msgspec
from django.apps import apps
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader

_OURS = "communique.ledger."
LEFT_OUT = frozenset({"accounts.session", "accounts.tries", "accounts.link"})
"""What is nobody's record, and would let somebody in: who is signed in, who failed to, links not used yet."""
_TYPES: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
    (models.DateTimeField, datetime),
    (models.DateField, date),
    (models.DecimalField, Decimal),
    (models.DurationField, timedelta),
    (models.BinaryField, bytes),
)


@dataclass(frozen=True)
class Table:
    """A table of the ledger."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        """What it is called in a backup: ``claims.claim``."""
        return self.model._meta.label_lower

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, in the order of a row's values."""
        return tuple(f.attname for f in self.model._meta.concrete_fields)

    def rows(self) -> Iterator[bytes]:
        """Yield every row, encoded, in the order of the primary key."""
        encode = msgspec.json.Encoder().encode
        found = self.model._base_manager.order_by("pk").values_list(*self.columns)
        return (encode(row) for row in found.iterator(chunk_size=1000))

    def read(self, lines: Iterable[bytes]) -> Iterator[models.Model]:
        """Yield the rows that lines hold. Raises msgspec.MsgspecError where one is none of this table."""
        types = tuple(_type(f) for f in self.model._meta.concrete_fields)
        decode = msgspec.json.Decoder(tuple[types]).decode  # type: ignore[valid-type]
        return (self.model(**dict(zip(self.columns, decode(line), strict=True))) for line in lines)


def tables() -> list[Table]:
    """Return the tables that are backed up, those that others refer to first."""
    ours = [config for config in apps.get_app_configs() if config.name.startswith(_OURS)]
    found = [Table(m) for config in ours for m in config.get_models() if not m._meta.proxy]
    return [table for table in found if table.name not in LEFT_OUT]


def migrations() -> dict[str, str]:
    """Return the last migration of each feature: the shape that its tables have."""
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(_OURS)}
    return dict(sorted(node for node in loader.graph.leaf_nodes() if node[0] in ours))


def _type(field: models.Field[Any, Any]) -> Any:
    """Return the type that a column's values are decoded to; JSON, numbers and strings are what they are."""
    for kind, python in _TYPES:
        if isinstance(field, kind):
            return python | None
    return Any
