"""``communique schema``: what a record in JSON looks like, for programs that read it."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of a record.

    It describes what 'communique read --format json' prints for one document.

    \b
    Example:
      communique schema > record.schema.json
    """
    from communique.export.schema import record_schema

    typer.echo(record_schema(), nl=False)
