"""Checks what options say that several commands take, before any document is read."""

from __future__ import annotations

import re
from datetime import datetime

import typer

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")  # eats "en", "pt-BR"


def check_published(published: str | None) -> None:
    """Refuse a --published that is no date."""
    if published is None:
        return
    try:
        datetime.fromisoformat(published)
    except ValueError as error:
        said = f"{published!r} is no date such as 2022-07-05 or 2022-07-05T11:43+07:00"
        raise typer.BadParameter(said, param_hint="--published") from error


def check_language(language: str | None) -> None:
    """Refuse a --language that is no code."""
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise typer.BadParameter(f"{language!r} is no code such as en or fr", param_hint="--language")
