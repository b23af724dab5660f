"""``communique watch`` and ``communique watches``: addresses that are looked at again and again."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.ledger import Data, user

if TYPE_CHECKING:
    from communique.ledger.intake.models import Watch

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_TIME = re.compile(r"(?P<count>\d{1,4})\s?(?P<unit>[mhdw])")


class Format(StrEnum):
    """How the watches are printed."""

    TEXT = "text"
    JSON = "json"


def watch(
    what: Annotated[list[str], typer.Argument(metavar="URL…", help="Addresses of feeds and pages.")],
    every: Annotated[
        str, typer.Option("--every", metavar="TIME", help="How often to look: 30m, 6h, 1d, 2w.")
    ] = "1h",
    data: Data = None,
) -> None:
    """Watch addresses: of a feed new entries are taken in, of a page each changed version.

    The worker of 'communique serve' or 'communique work' looks at them. What a feed only summarises is read on
    the page that it links to. Servers are asked only for what changed, and left alone when they are busy.

    \b
    Examples:
      communique watch https://example.org/news.xml
      communique watch https://example.org/statement --every 1d

    \b
    Exit status: 0, or 1 when an address can't be watched.
    """
    wait = _time(every)
    from communique.ledger.start import start

    start(data)
    from communique.ledger.intake import watches

    refused = False
    for url in what:
        try:
            typer.echo(f"{watches.watch(url, every=wait, by=user())} is watched, every {_words(wait)}")
        except watches.WatchRefused as error:
            typer.echo(f"communique: {error}", err=True)
            refused = True
    if refused:
        raise typer.Exit(1)


def watches(
    data: Data = None,
    stop: Annotated[
        list[int] | None, typer.Option("--stop", metavar="NUMBER", help="Look at it no more.")
    ] = None,
    resume: Annotated[
        list[int] | None, typer.Option("--resume", metavar="NUMBER", help="Look at it again.")
    ] = None,
    look: Annotated[
        list[int] | None, typer.Option("--look", metavar="NUMBER", help="Look at it now, even if it failed.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="text, or JSON.")] = Format.TEXT,
) -> None:
    """List what is watched, with what the last look gave; stop, resume, or look now.

    \b
    Exit status: 0, or 1 when there is no watch of that number.
    """
    from communique.ledger.start import start

    start(data)
    from communique.ledger.intake import watches as actions
    from communique.ledger.intake.models import Watch
    from communique.ledger.intake.queries import watched

    try:
        for number in stop or ():
            actions.stop(number, by=user())
        for number in resume or ():
            actions.resume(number, by=user())
    except Watch.DoesNotExist as error:
        raise typer.BadParameter(f"there is no watch {number}") from error
    for number in look or ():
        if not actions.look_again(number):
            raise typer.BadParameter(f"there is no watch {number}, or it is stopped")
    found = list(watched())
    if form is Format.JSON:
        import msgspec

        typer.echo(msgspec.json.encode([_told(w) for w in found]).decode())
        return
    for one in found:
        typer.echo(f"{one.pk:>4}  {_state(one):8}  {one.url}")
        if one.looked_at is not None:
            typer.echo(f"      {one.looked_at:%Y-%m-%d %H:%M} UTC: {one.result}")
    if not found:
        typer.echo("nothing is watched; 'communique watch URL' does")


def _state(watch: Watch) -> str:
    if watch.stopped:
        return "stopped"
    return "failing" if watch.failures else str(watch.kind)


def _told(watch: Watch) -> dict[str, object]:
    return {
        "number": watch.pk,
        "url": watch.url,
        "kind": watch.kind,
        "stopped": watch.stopped,
        "every": int(watch.every.total_seconds()),
        "by": watch.by,
        "looked_at": watch.looked_at,
        "next_at": watch.next_at,
        "failures": watch.failures,
        "result": watch.result,
    }


def _time(written: str) -> timedelta:
    match = _TIME.fullmatch(written.strip().lower())
    if match is None:
        raise typer.BadParameter(f"{written!r} is no time: 30m, 6h, 1d, 2w", param_hint="--every")
    return timedelta(**{_UNITS[match["unit"]]: int(match["count"])})


def _words(wait: timedelta) -> str:
    for unit, letters in (("weeks", 604_800), ("days", 86_400), ("hours", 3600), ("minutes", 60)):
        count, rest = divmod(int(wait.total_seconds()), letters)
        if not rest:
            return unit[:-1] if count == 1 else f"{count} {unit}"
    return str(wait)
