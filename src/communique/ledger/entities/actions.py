"""What people hold of entities: that two are one, that they are not after all, what one is called.

The subject of a merge in the log is ``merge:<id of the loser>``: what that entity is merged into, if anything.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from communique.errors import CommuniqueError
from communique.ledger.entities.models import Entity, Kind, Merge
from communique.ledger.entities.queries import fold, standing
from communique.ledger.entities.snapshot import (
    Snapshot,
    entity_snapshot,
    merge_now,
    merge_snapshot,
)
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act

ONE = frozenset({Kind.FUND.value, Kind.INSTRUMENT.value})
"""Kinds that may be merged with each other: a fund is an instrument that holds money."""
_LONGEST = 500


class NotMergeable(CommuniqueError):
    """Two entities that can't be held to be one, or are already."""


class NotMerged(CommuniqueError):
    """An entity that is merged into no other."""


class Unnamed(CommuniqueError):
    """An entity can't be called nothing."""


def merge(loser: Entity, winner: Entity, *, by: str, why: str) -> Act:
    """Hold two entities to be one: the loser's address leads to the winner's from now on.

    Where one was merged before, the entity it was merged into is meant. Raises NotMergeable where the kinds
    differ (a fund and an instrument may be one) or where they are one already.
    """
    with acting():
        below, above = _found_at(loser), _found_at(winner)
        refusal = refused(below, above)
        if refusal:
            raise NotMergeable(refusal)
        return _join(below, above, by=by, why=why)


def unmerge(loser: Entity, *, by: str, why: str = "", undoes: int | None = None) -> Act:
    """Take back that an entity is the same as another. What was merged into it before stays with it.

    Raises NotMerged where it is merged into none.
    """
    with acting():
        merged = standing().filter(loser=loser).select_related("loser", "winner").first()
        if merged is None:
            raise NotMerged(f"{loser.name} is merged into no other", hint="somebody may have taken it back")
        before = merge_snapshot(merged)
        merged.until = max(timezone.now(), merged.since)
        merged.save(update_fields=["until"])
        _refound(merged.loser)
        verb = "unmerge" if undoes is None else "undo"
        return log(verb, f"merge:{loser.pk}", before=before, after=None, by=by, why=why, undoes=undoes)


def rename(entity: Entity, name: str, *, by: str, why: str = "", undoes: int | None = None) -> Act:
    """Call an entity something else; what documents call it still leads to it. Raises Unnamed."""
    told = " ".join(name.split())[:_LONGEST]
    if not told:
        raise Unnamed("an entity needs a name")
    with acting():
        now = Entity.objects.select_for_update(no_key=True).get(pk=entity.pk)
        before = entity_snapshot(now)
        now.name = entity.name = told
        now.save(update_fields=["name"])
        return log(
            "rename" if undoes is None else "undo",
            f"entity:{now.pk}",
            before=before,
            after=entity_snapshot(now),
            by=by,
            why=why,
            undoes=undoes,
        )


def restore_merge(pk: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let an entity be merged as it was before an act, or into none. Undo comes through here.

    Raises NotMergeable where it has become one with the other in another way since.
    """
    loser = Entity.objects.get(pk=pk)
    if before is None:
        return unmerge(loser, by=by, why=why, undoes=undoes)
    with acting():
        kind, key = before["winner"]
        winner = Entity.objects.get(kind=kind, key=key)
        if merge_now(pk) is not None or _found_at(winner) == loser:
            raise NotMergeable(
                f"{loser.name} was merged otherwise since", hint="take that back first, then try again"
            )
        return _join(loser, winner, by=before["by"], why=before["why"], undone=(by, why, undoes))


def restore_entity(pk: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let an entity be called as it was before an act. Raises Unnamed where it was not there."""
    if before is None:
        raise Unnamed("what claims are about can't be taken away", hint="merge it into another")
    return rename(Entity.objects.get(pk=pk), before["name"], by=by, why=why, undoes=undoes)


def refused(loser: Entity, winner: Entity) -> str:
    """Return why two entities, neither of them merged, can't be held to be one; empty where they can."""
    if loser.pk == winner.pk:
        return f"{loser.name} and the other are one already"
    if loser.kind != winner.kind and not {loser.kind, winner.kind} <= ONE:
        return f"a {loser.kind} and a {winner.kind} can't be one: {loser.name}, {winner.name}"
    return ""


def _found_at(entity: Entity) -> Entity:
    return Entity.objects.get(members=entity.pk)


def _join(
    loser: Entity, winner: Entity, *, by: str, why: str, undone: tuple[str, str, int] | None = None
) -> Act:
    at = _later_than_any(loser)
    merged = Merge.objects.create(loser=loser, winner=winner, why=why, by=by, since=at)
    Entity.objects.filter(canonical=loser).update(canonical=_found_at(winner))
    who, reason, undoes = undone or (by, why, None)
    return log(
        "merge" if undoes is None else "undo",
        f"merge:{loser.pk}",
        before=None,
        after=merge_snapshot(merged),
        by=who,
        why=reason,
        undoes=undoes,
    )


def _later_than_any(loser: Entity) -> datetime:
    """Return now, or when the last merge of an entity ended, where the clock was put back."""
    last = Merge.objects.filter(loser=loser).exclude(until=None).order_by("-until").first()
    now = timezone.now()
    return now if last is None or last.until is None else max(now, last.until)


def _refound(loser: Entity) -> None:
    """Let what was found at the loser before be found there again."""
    found = fold(standing().values_list("loser_id", "winner_id"))
    mine = [pk for pk, top in found.items() if top == loser.pk]
    Entity.objects.filter(pk__in=[*mine, loser.pk]).update(canonical=loser)
