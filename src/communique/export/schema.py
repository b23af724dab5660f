"""The JSON Schema of a record, made from the model: what ``read --format json`` prints, and no more."""

from __future__ import annotations

import ast
import inspect
import sys
from functools import cache
from itertools import pairwise
from typing import Any

import msgspec

from communique import model
from communique.model import Record


def record_schema() -> str:
    """Return the JSON Schema (draft 2020-12), indented. Every field is required: none is ever absent."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Communiqué record",
        **msgspec.json.schema(Record),
    }
    for name, definition in schema["$defs"].items():
        definition["required"] = list(definition["properties"])
        said = meanings(getattr(model, name))
        for field, what in definition["properties"].items():
            what.pop("default", None)
            what["description"] = said[field]
    return msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n"


def meanings(type_: type[msgspec.Struct]) -> dict[str, str]:
    """Return what each field of a type means: the line that stands under it where it is defined."""
    inherited = [b for b in reversed(type_.__mro__) if b.__module__.startswith("communique.")]
    return {
        field: text for base in inherited for field, text in _stated(base.__module__)[base.__name__].items()
    }


@cache
def _stated(module: str) -> dict[str, dict[str, str]]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: _under_fields(node.body) for node in tree.body if isinstance(node, ast.ClassDef)}


def _under_fields(body: list[ast.stmt]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, below in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            match below:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    found[field.target.id] = " ".join(text.split())
    return found
