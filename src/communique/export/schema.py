"""The JSON Schema of a record, made from the model: what ``read --format json`` prints, and no more."""

from __future__ import annotations

from typing import Any

import msgspec

from communique.model import Record


def record_schema() -> str:
    """Return the JSON Schema (draft 2020-12), indented. Every field is required: none is ever absent."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Communiqué record",
        **msgspec.json.schema(Record),
    }
    for definition in schema["$defs"].values():
        definition["required"] = list(definition["properties"])
        for field in definition["properties"].values():
            field.pop("default", None)
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"
