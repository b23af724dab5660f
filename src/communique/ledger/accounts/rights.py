"""Who may do what: one table. A role may do what the roles before it may."""

from __future__ import annotations

from typing import Final, Literal, get_args

Role = Literal["public", "reader", "reviewer", "editor", "administrator"]
Right = Literal[
    "read",
    "proposals",
    "own",
    "decide",
    "add",
    "assign",
    "take_in",
    "watch",
    "merge",
    "reread",
    "withdraw",
    "accounts",
    "settings",
    "tokens",
    "backup",
]
Scope = Literal["read", "review", "edit", "admin"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
RIGHTS: Final[tuple[Right, ...]] = get_args(Right)
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)

TABLE: Final[dict[Role, dict[Right, str]]] = {
    "public": {
        "read": "read what was accepted",
    },
    "reader": {
        "proposals": "see what nobody has checked yet",
        "own": "change one's own password, sessions and tokens",
    },
    "reviewer": {
        "decide": "accept, correct and reject claims",
        "add": "add claims that the reader missed",
        "assign": "assign claims to people",
    },
    "editor": {
        "take_in": "take in documents",
        "watch": "watch pages and feeds",
        "merge": "merge and split entries",
        "reread": "read documents again",
        "withdraw": "withdraw documents",
    },
    "administrator": {
        "accounts": "manage accounts",
        "settings": "change the settings of the ledger",
        "tokens": "revoke the tokens of others",
        "backup": "make and fetch backups",
    },
}

MEANING: Final[dict[Right, str]] = {
    right: words for rights in TABLE.values() for right, words in rights.items()
}
"""What a right allows, in words that follow "you may"."""

LOWEST: Final[dict[Right, Role]] = {right: role for role, rights in TABLE.items() for right in rights}
"""The first role that has a right."""

SCOPE_OF: Final[dict[Role, Scope]] = {
    "public": "read",
    "reader": "read",
    "reviewer": "review",
    "editor": "edit",
    "administrator": "admin",
}
"""The scope a token needs for what a role adds."""

_PERSONAL: Final[frozenset[Right]] = frozenset({"own"})  # never by token: a token makes no other tokens


def rights_of(role: Role) -> frozenset[Right]:
    """Return what a role may do."""
    return frozenset(r for lower in ROLES[: ROLES.index(role) + 1] for r in TABLE[lower])


def rights_in(scopes: frozenset[Scope], role: Role) -> frozenset[Right]:
    """Return what a token with these scopes may do for an account with this role: reading goes with all."""
    wide = scopes | {"read"} if scopes else scopes
    return frozenset(r for r in rights_of(role) if scope_of(r) in wide)


def scope_of(right: Right) -> Scope | None:
    """Return the scope that a token needs for a right; None where no token has it."""
    return None if right in _PERSONAL else SCOPE_OF[LOWEST[right]]


def scopes_within(role: Role) -> tuple[Scope, ...]:
    """Return the scopes that an account with this role can give a token."""
    return tuple(dict.fromkeys(SCOPE_OF[lower] for lower in ROLES[: ROLES.index(role) + 1]))
