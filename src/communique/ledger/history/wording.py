"""Says in a sentence what was done: somebody did something to a thing, as it stands in the history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from communique.ledger.log.models import Act

NOBODY = "The program"
_DID: Mapping[str, Mapping[str, str]] = {
    "claim": {
        "accept": "accepted",
        "correct": "corrected",
        "reject": "rejected",
        "doubt": "was unsure of",
        "reopen": "opened again",
        "add": "added",
        "carry": "took the decision over to the newer version of its source:",
        "challenge": "asks to look again at",
        "split": "changed whom it is about:",
        "unsplit": "changed back whom it is about:",
        "resolve": "said who is meant in",
    },
    "document": {"take in": "took in", "withdraw": "withdrew", "bring back": "brought back"},
    "reading": {"read again": "read again:"},
    "merge": {"merge": "merged two entries:", "unmerge": "parted two entries again:"},
    "apart": {"hold apart": "held two entries apart:"},
    "suggestion": {"suggest": "suggested to merge two entries:"},
    "split": {"split": "split an entry:"},
    "entity": {"rename": "renamed"},
    "assignment": {"assign": "assigned", "release": "took off somebody's desk:"},
    "watch": {
        "watch": "began to watch",
        "stop watching": "stopped watching",
        "resume watching": "watches again:",
    },
    "account": {
        "create": "made the account of",
        "change role": "changed the role of",
        "rename": "changed the full name of",
        "deactivate": "closed the account of",
        "activate": "opened again the account of",
        "set password": "set a password for",
        "give link": "made a link to choose a password, for",
    },
    "token": {"make": "made the token", "revoke": "revoked the token"},
    "setting": {"change": "changed the setting"},
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What an act was done to: in words, where it is found, and whether these are the words of a document."""

    label: str
    href: str = ""
    quoted: bool = False
    tail: str = ""
    """What the sentence ends with."""


def did(act: Act, undone: Act | None = None) -> str:
    """Return what somebody did, up to the thing it was done to. ``undone`` is the act that was taken back."""
    if undone is None and act.undoes is not None:
        return "took back what was done to"
    if undone is None:
        kind = act.subject.partition(":")[0]
        return _DID.get(kind, {}).get(act.verb, f"{act.verb}:")
    whose = "an act of their own" if undone.by == act.by else f"what {who(undone)} did"
    return (
        f"took back {whose} (act {undone.seq}):"
        if undone.verb == "undo"
        else f"took back {whose}: {did(undone)}"
    )


def who(act: Act) -> str:
    """Return who acted, as a sentence begins."""
    return act.by or NOBODY


def sentence(act: Act, thing: Thing, undone: Act | None = None) -> str:
    """Return the sentence in plain words, for where nothing leads on."""
    label = f"“{thing.label}”" if thing.quoted else thing.label
    return f"{who(act)} {did(act, undone)} {label}{thing.tail}"
