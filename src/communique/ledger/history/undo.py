"""Takes acts back: an undo is an act of its own, and can be undone."""

from __future__ import annotations

from communique.errors import CommuniqueError
from communique.ledger.accounts.actions import Refused
from communique.ledger.accounts.rights import Right
from communique.ledger.claims.judging import MOVES
from communique.ledger.entities.actions import NotMergeable, NotMerged
from communique.ledger.history.subjects import KINDS
from communique.ledger.log.actions import acting
from communique.ledger.log.models import Act
from communique.ledger.rereading.undoing import Superseded
from communique.ledger.resolution.actions import NotJudged

_NO_WAY_BACK = frozenset({("account", "set password"), ("account", "give link")})


class NotUndoable(CommuniqueError):
    """An act that can't be taken back as things stand."""


def undo(seq: int, *, by: str, why: str = "") -> Act:
    """Let the subject of an act stand as it did before it, and return the act that says so.

    Raises Act.DoesNotExist, and NotUndoable where something was done to the same thing since.
    """
    with acting():
        act = Act.objects.get(seq=seq)
        kind, _, pk = act.subject.partition(":")
        if kind not in KINDS or (kind, act.verb) in _NO_WAY_BACK:
            raise NotUndoable(f"act {seq}: {act.verb} can't be taken back")
        later = Act.objects.filter(subject=act.subject, seq__gt=seq).order_by("-seq").first()
        if later is not None:
            if later.undoes == seq:
                raise NotUndoable(f"act {seq} is taken back already, by act {later.seq}")
            who = later.by or "the program"
            raise NotUndoable(
                f"{who} did something to the same thing since (act {later.seq}: {later.verb})",
                hint="take that back first",
            )
        try:
            return KINDS[kind].restore(pk, act.before, by=by, undoes=seq, why=why)
        except (Refused, NotMergeable, NotMerged, NotJudged, Superseded) as error:
            raise NotUndoable(str(error)) from error


def undoable(act: Act) -> bool:
    """Say whether there is a way back: there is none from a password, from a link that was given, and for what was
    ended because it may have leaked.
    """
    kind = act.subject.partition(":")[0]
    if kind == "token":
        return act.before is None
    return kind in KINDS and (kind, act.verb) not in _NO_WAY_BACK


def right_for(act: Act) -> Right:
    """Return the right that taking an act back needs: that of doing it."""
    first = act
    while first.undoes is not None:
        first = Act.objects.get(seq=first.undoes)
    return right_of(act, first)


def right_of(act: Act, undone: Act | None = None) -> Right:
    """Return the right that taking an act back needs; ``undone`` is what it took back itself."""
    kind = act.subject.partition(":")[0]
    if kind == "claim" and (undone or act).verb in MOVES:
        return "merge"
    return KINDS[kind].right if kind in KINDS else "settings"
