"""What an act changed, field by field: as it was, and as it is since. What only machines read is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from communique.ledger.accounts.house import House
from communique.ledger.claims.fields import FIELDS, told_field
from communique.ledger.claims.models import decode
from communique.ledger.log.models import Act
from communique.ledger.writing.dates import written

State: TypeAlias = Mapping[str, Any]
_STATES = {
    "proposed": "not checked yet",
    "accepted": "accepted",
    "corrected": "corrected",
    "rejected": "rejected",
    "unsure": "unsure",
}
_LABELS = {
    "document": {
        "published": "Published",
        "url": "Address",
        "claims": "Claims proposed",
        "withdrawn": "Withdrawn",
    },
    "reading": {"version": "Reader", "claims": "Claims proposed"},
    "entity": {"name": "Name"},
    "watch": {"url": "Address", "stopped": "Stopped"},
    "account": {"role": "Role", "full_name": "Full name", "active": "May sign in"},
    "token": {"scopes": "Scopes", "until": "Until"},
    "setting": {"value": "Set to"},
}
_ALWAYS = frozenset({"undo", "reopen", "carry"})
"""Acts on claims that do not say in their verb how it stands since."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an act changed."""

    name: str
    before: str
    after: str


def changes(act: Act, names: Mapping[tuple[str, str], str]) -> Iterator[Change]:
    """Yield what an act changed. ``names`` are those of the entities it may be about, by kind and key."""
    kind = act.subject.partition(":")[0]
    before, after = act.before or {}, act.after or {}
    if kind == "claim":
        yield from _of_claim(act, before, after, names)
        return
    for name, label in _LABELS.get(kind, {}).items():
        old, new = (_said(name, state.get(name)) for state in (before, after))
        if act.verb == "take in" and name == "withdrawn":
            continue
        if old != new:
            yield Change(label, old, new)


def parties(acts: Iterable[Act]) -> set[tuple[str, str]]:
    """Return the kind and key of every entity that acts linked claims to, or no longer."""
    found: set[tuple[str, str]] = set()
    for act in acts:
        if act.subject.startswith("claim:") and act.before and act.after:
            found |= _links(act.before) ^ _links(act.after)
    return found


def setting_label(name: str) -> str:
    """Return what a setting is called."""
    known = {field.name: str(field.metadata["label"]) for field in House.__dataclass_fields__.values()}
    return known.get(name, name)


def _of_claim(
    act: Act, before: State, after: State, names: Mapping[tuple[str, str], str]
) -> Iterator[Change]:
    if before and after and before["quote"] != after["quote"]:
        yield Change("Words", before["quote"], after["quote"])
    old, new = _values(before), _values(after)
    for label in dict.fromkeys((*old, *new)):
        if old.get(label, "") != new.get(label, ""):
            yield Change(label, old.get(label, ""), new.get(label, ""))
    if before and after and old == new and _links(before) != _links(after):
        gone, come = _links(before) - _links(after), _links(after) - _links(before)
        yield Change("About", _listed(gone, names), _listed(come, names))
    if before and after and act.verb in _ALWAYS and before["state"] != after["state"]:
        yield Change("State", _STATES[before["state"]], _STATES[after["state"]])
    against = (after.get("challenge") or {}).get("message", "")
    if against and not before.get("challenge"):
        yield Change("What speaks against it", "", against)


def _values(state: State) -> dict[str, str]:
    """Return the values of a claim in words, by the labels of its fields."""
    if not state:
        return {}
    try:
        finding = decode(state["kind"], state["value"], state["quote"], state["start"], state["end"])
    except msgspec.ValidationError:
        return {}  # written by a version whose findings were shaped otherwise
    told = ((field.label, told_field(field, finding)) for field in FIELDS[state["kind"]])
    return {label: value for label, value in told if value}


def _links(state: State) -> set[tuple[str, str]]:
    return {(kind, key) for _, kind, key in state["links"]}


def _listed(some: set[tuple[str, str]], names: Mapping[tuple[str, str], str]) -> str:
    return ", ".join(sorted(names.get(one, one[1]) for one in some))


def _said(name: str, value: object) -> str:
    match value:
        case str() if name in ("published", "until"):
            return written(value[:10])
        case None | "" | []:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(str(one) for one in value)
    return str(value)
