"""``communique reindex``: what a ledger is searched by, made anew."""

from __future__ import annotations

import typer

from communique.cli.ledger import Data


def reindex(data: Data = None) -> None:
    """Make the search index of a ledger anew, from the documents and claims that it holds.

    Needed where 'communique verify' says so. Others who write wait until it is done; nothing else is changed.

    \b
    Exit status: 0, or 1 when it was not done: then the index is what it was.
    """
    from communique.ledger.start import start

    start(data)
    from communique.ledger.claims.indexing import refill
    from communique.ledger.log.actions import acting
    from communique.ledger.search import index

    with acting():
        refill()
        size = index.size()
    typer.echo(f"{size:,} entries")
