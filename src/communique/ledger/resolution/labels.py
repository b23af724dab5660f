"""Says in words what acts on who is who are about, for the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from communique.ledger.entities.models import Entity
from communique.ledger.log.models import Act

_SAID = {
    "merge": ("loser", "is", "winner"),
    "apart": ("one", "is not", "other"),
    "suggestion": ("one", "may be", "other"),
    "split": ("other", "split from", "entity"),
}
KINDS = frozenset({*_SAID, "entity"})
"""The kinds of subject that are told here."""


def labels(acts: Iterable[Act]) -> dict[int, tuple[str, str]]:
    """Return what each act on who is who is about, and where that is found, by the act's number."""
    told = [(act, kind, act.after or act.before or {}) for act in acts if (kind := _kind(act)) in KINDS]
    keys = {tuple(key) for _, kind, snapshot in told for key in _keys(kind, snapshot)}
    named = {
        (e.kind, e.key): e
        for e in Entity.objects.filter(key__in={key for _, key in keys})
        if (e.kind, e.key) in keys
    }
    return {act.seq: _label(kind, snapshot, named) for act, kind, snapshot in told}


def _kind(act: Act) -> str:
    return act.subject.partition(":")[0]


def _keys(kind: str, snapshot: dict[str, Any]) -> Iterator[list[str]]:
    if kind == "entity":
        yield [snapshot["kind"], snapshot["key"]]
    else:
        yield from (snapshot[part] for part in _SAID[kind][::2])


def _label(kind: str, snapshot: dict[str, Any], named: dict[tuple[str, str], Entity]) -> tuple[str, str]:
    found = [named[key[0], key[1]] for key in _keys(kind, snapshot)]
    href = reverse("resolution:entity", args=(found[0].pk,))
    if kind == "entity":
        return str(snapshot["name"]), href
    return f"{found[0].name} {_SAID[kind][1]} {found[1].name}", href
