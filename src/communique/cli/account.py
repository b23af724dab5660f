"""``communique account``: accounts and one-time links, for whoever has the ledger's folder."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias
from urllib.parse import urlsplit

import typer

from communique.cli.ledger import Data, user

if TYPE_CHECKING:
    from communique.ledger.accounts.models import Account

account = typer.Typer(
    name="account",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Make accounts, and links by which passwords are chosen, without mail.",
)


class Role(StrEnum):
    """What an account may do."""

    READER = "reader"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"


Name: TypeAlias = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")]
Host: TypeAlias = Annotated[
    str | None,
    typer.Option("--host", help="The name in the link, where not that at which it was last served."),
]
Port: TypeAlias = Annotated[
    int | None, typer.Option("--port", min=1, max=65535, help="The port in the link, likewise.")
]
Https: TypeAlias = Annotated[bool, typer.Option("--https", help="The link is for HTTPS, and has no port.")]


@account.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option("--role", help="What the account may do.")] = Role.READER,
    full_name: Annotated[
        str, typer.Option("--full-name", help="The person's name, for others to read.")
    ] = "",
    data: Data = None,
    host: Host = None,
    port: Port = None,
    https: Https = False,
) -> None:
    """Make an account, and print the link by which its owner chooses a password.

    \b
    Example:
      communique account add "Thanat Khoman" --role reviewer
    """
    from communique.ledger.start import start

    place = start(data)
    from communique.ledger.accounts.actions import create

    made = create(name, role.value, full_name=full_name, by=user())
    _give_link(made, _base(host, port, https, served_at=place.served_at))


@account.command()
def reset(name: Name, data: Data = None, host: Host = None, port: Port = None, https: Https = False) -> None:
    """Print a link by which the owner of an account chooses another password.

    Until then the old one works. With the new one, all sessions of the account end.
    """
    from communique.ledger.start import start

    place = start(data)
    from communique.errors import CommuniqueError
    from communique.ledger.accounts.queries import named

    found = named(name)
    if found is None:
        raise CommuniqueError(f"there is no account called {name}", hint="communique account list")
    _give_link(found, _base(host, port, https, served_at=place.served_at))


@account.command(name="list")
def list_accounts(data: Data = None) -> None:
    """List the accounts: name, role, whether it may sign in, when it last did, full name."""
    from communique.ledger.start import start

    start(data)
    from communique.export.visible import one_line
    from communique.ledger.accounts.queries import accounts

    rows = [(one_line(a.name), a.role, _standing(a), one_line(a.full_name)) for a in accounts()]
    widths = [max((len(row[i]) for row in rows), default=0) for i in range(3)]
    for row in rows:
        typer.echo(
            "  ".join([*(f"{cell:{w}}" for cell, w in zip(row, widths, strict=False)), row[3]]).rstrip()
        )
    if not rows:
        typer.echo("There are no accounts yet: 'communique serve' prints a link to make the first.", err=True)


def _give_link(found: Account, base: str) -> None:
    from communique.ledger.accounts.links import password_link

    path = password_link(found, by=user())
    typer.echo(
        f"By this link, {found.name} chooses a password. It works once, until this time tomorrow:", err=True
    )
    typer.echo(f"{base}{path}")


def _standing(found: Account) -> str:
    if not found.is_active:
        return "may not sign in"
    if found.last_login is not None:
        return f"signed in {found.last_login:%Y-%m-%d}"
    return "never signed in" if found.password_set is not None else "no password yet"


def _base(host: str | None, port: int | None, https: bool, *, served_at: str) -> str:
    """Return where a link leads: what is said, or where the ledger was last served."""
    if host is None and port is None and not https and served_at:
        return served_at
    known = urlsplit(served_at)
    name = host or known.hostname or "localhost"
    shown = f"[{name}]" if ":" in name else name
    return f"https://{shown}" if https else f"http://{shown}:{port or known.port or 8000}"
