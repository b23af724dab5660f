"""Fills a ledger with the documents of this folder, and decides on their claims as a desk officer would.

    python examples/partnership/fill.py DIR

Documents come in as they were published; `decisions.toml` is applied to them; then the changed version of one
document comes in, so that what became of the decisions on it can be seen. A ledger that holds documents already is
left as it is.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from communique.ledger.start import start

HERE = Path(__file__).parent
WHO = "desk"


def fill(folder: Path) -> str:
    """Fill the ledger in a folder, and return the path of a link to choose the password of its only account."""
    start(folder)
    from communique.ledger.accounts.actions import create
    from communique.ledger.accounts.links import password_link
    from communique.ledger.accounts.models import Account
    from communique.ledger.documents.models import Document

    account = Account.objects.filter(name=WHO).first()
    if account is None:
        account = create(WHO, "administrator", by="")
    if not Document.objects.exists():
        take_in(sorted(p for p in HERE.iterdir() if p.suffix in (".md", ".html", ".txt", ".eml")))
        decide()
        take_in([HERE / "later" / "10-fourth-dialogue.md"])
    return password_link(account, by="")


def take_in(paths: list[Path]) -> None:
    """Take documents in, all but the description of the folder."""
    from communique.ledger.intake.taking import Arriving, take_in

    for path in paths:
        if path.name != "README.md":
            for taken in take_in(Arriving(path.read_bytes(), name=path.name, by=WHO)):
                print(f"  {taken}" if isinstance(taken, Exception) else f"  read {taken.document}")


def decide() -> None:
    """Apply the decisions, and add what was missed."""
    from communique.ledger.claims import actions
    from communique.ledger.claims.models import Claim, State

    states = {"accept": State.ACCEPTED, "reject": State.REJECTED, "unsure": State.UNSURE}
    plan = tomllib.loads((HERE / "decisions.toml").read_text(encoding="utf-8"))
    for one in plan["decisions"]:
        claim = _claim(Claim, one)
        if one["decision"] == "correct":
            actions.correct(claim.uid, one["values"], version=claim.version, by=WHO, why=one["why"])
        else:
            actions.decide(claim.uid, states[one["decision"]], version=claim.version, by=WHO, why=one["why"])
    for one in plan["additions"]:
        document, start = _place(one)
        end = start + len(one["quote"])
        actions.add(document, one["kind"], one["values"], start=start, end=end, by=WHO, why=one["why"])
    print(f"  {len(plan['decisions'])} claims decided on, {len(plan['additions'])} added")


def _claim(claims: Any, one: dict[str, Any]) -> Any:
    held = claims.objects.filter(until=None, document__name=one["document"], kind=one["kind"])
    found = [c for c in held if one["quote"] in " ".join(c.quote.split())]
    if len(found) != 1:
        raise SystemExit(
            f"{one['document']}: {len(found)} claims of kind {one['kind']} hold “{one['quote']}”"
        )
    return found[0]


def _place(one: dict[str, Any]) -> tuple[Any, int]:
    from communique.ledger.documents.models import Document

    document = Document.objects.get(name=one["document"])
    start = document.text.find(one["quote"])
    if start < 0:
        raise SystemExit(f"{one['document']} does not hold “{one['quote']}”")
    return document, start


if __name__ == "__main__":
    print("Reading the example documents …")
    path = fill(Path(sys.argv[1]))
    port = sys.argv[2] if len(sys.argv) > 2 else "8000"
    print(f"\nThe account is called {WHO}. Choose its password here, once:")
    print(f"  http://127.0.0.1:{port}{path}\n", flush=True)
