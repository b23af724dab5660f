"""What the form of a claim that is added shows at first: whom and what the words selected name."""

from __future__ import annotations

from typing import Any

from communique.evidence import Evidence, Stretch
from communique.ledger.review.names import Names


def guessed(kind: str, names: Names, start: int, end: int) -> dict[str, Any]:
    """Return values for the fields of a kind, taken from the words between two places; a person judges them."""
    words = " ".join(names.record.document.text[start:end].split())
    who = list(names.within(start, end))[:1]
    match kind:
        case "statement":
            return {"speakers": who, "polarity": "positive", "status": "done"}
        case "commitment":
            return {"debtors": who, "action": words, "strength": "firm"}
        case "contribution":
            return {"donor": who[0] if who else "", "kind": "unspecified"} | _sum(names, start, end)
        case "meeting":
            return {"name": words, "status": "held"}
        case "instrument":
            return {"name": words, "surface": words}
        case "measure":
            number, _, text = words.partition(" ")
            return {"number": number.rstrip("."), "text": text}
        case "issue":
            return {"topic": words}
        case "area":
            return {"name": words}
        case "post":
            return {"person": who[0] if who else ""}
    return {}


def _sum(names: Names, start: int, end: int) -> dict[str, Any]:
    evidence = Evidence.of(names.record)
    found = Stretch(names.record.document.text, ((start, end),)).sums(evidence.dollar())
    if not found:
        return {}
    first = found[0]
    return {"amount": first.written, "currency": first.currency or "", "bound": first.bound or ""}
