"""The kinds of things that acts are done to: how each is restored, and how it stands now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from communique.ledger.accounts import restoring as accounts
from communique.ledger.accounts.rights import Right
from communique.ledger.assignments import actions as assignments
from communique.ledger.assignments.snapshot import now as assignment_now
from communique.ledger.claims import actions as claims
from communique.ledger.claims import withdrawing
from communique.ledger.claims.snapshot import current as claim_now
from communique.ledger.documents import snapshot as documents
from communique.ledger.entities import actions as entities
from communique.ledger.entities.snapshot import entity_now, merge_now
from communique.ledger.intake import watches
from communique.ledger.log.models import Act
from communique.ledger.rereading import undoing as rereading
from communique.ledger.resolution import actions as resolution
from communique.ledger.resolution.snapshot import apart_now, split_now, suggestion_now


class Restore(Protocol):
    """Lets a thing stand as it did, and logs that."""

    def __call__(self, pk: str, before: Any, /, *, by: str, undoes: int, why: str = "") -> Act: ...


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """What can be done with acts on one kind of thing."""

    restore: Restore
    now: Callable[[str], Any] | None
    """How a thing stands, in the shape of its acts; None where the log alone says (a reading)."""
    right: Right
    """What taking an act on it back needs."""
    seen_by: Right = "proposals"
    """What seeing acts on it needs."""
    all: Callable[[], Iterable[str]] | None = None
    """All things of the kind that only an act can have made; None where that is checked apart."""


KINDS: Mapping[str, SubjectKind] = {
    "claim": SubjectKind(claims.restore, claim_now, "decide"),
    "document": SubjectKind(withdrawing.restore, documents.now, "withdraw"),
    "reading": SubjectKind(rereading.restore, None, "reread"),
    "merge": SubjectKind(entities.restore_merge, merge_now, "merge"),
    "assignment": SubjectKind(assignments.restore, assignment_now, "assign"),
    "entity": SubjectKind(entities.restore_entity, entity_now, "merge"),
    "apart": SubjectKind(resolution.restore_apart, apart_now, "merge"),
    "split": SubjectKind(resolution.restore_split, split_now, "merge"),
    "suggestion": SubjectKind(resolution.restore_suggestion, suggestion_now, "decide"),
    "watch": SubjectKind(watches.restore, watches.now, "watch"),
    "account": SubjectKind(
        accounts.restore_account, accounts.account_now, "accounts", "accounts", accounts.accounts
    ),
    "token": SubjectKind(accounts.restore_token, accounts.token_now, "tokens", "tokens", accounts.tokens),
    "setting": SubjectKind(
        accounts.restore_setting, accounts.setting_now, "settings", "settings", accounts.settings
    ),
}
