"""What people judge of who is who, beside merging: that two are not one, that one is two, who a claim is about."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from communique.errors import CommuniqueError
from communique.ledger.claims.actions import Decided, relink
from communique.ledger.claims.judging import named
from communique.ledger.claims.models import Claim
from communique.ledger.claims.versions import Conflict, Linked, linked
from communique.ledger.documents.models import Reading
from communique.ledger.entities.actions import ONE
from communique.ledger.entities.models import Entity, Name
from communique.ledger.entities.queries import canonical, members
from communique.ledger.entities.resolve import key_of
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act
from communique.ledger.resolution.models import Apart, Split, Suggestion
from communique.ledger.resolution.snapshot import (
    PERSON,
    Snapshot,
    apart_snapshot,
    pair,
    split_snapshot,
    suggestion_snapshot,
)
from communique.ledger.resolution.verify import split_off

_LONGEST = 300
_SURE = 99


class NotJudged(CommuniqueError):
    """A judgement that can't be given, or was given already."""


def hold_apart(one: Entity, other: Entity, *, by: str, why: str = "", undoes: int | None = None) -> Act:
    """Hold that two entities are not the same: it is not suggested again.

    Raises NotJudged where they are one, or held apart already.
    """
    with acting():
        low, high = _two(one, other)
        if Apart.objects.filter(low=low, high=high, until=None).exists():
            raise NotJudged(f"{low.name} and {high.name} are held apart already")
        apart = Apart.objects.create(low=low, high=high, why=why, by=by, since=timezone.now())
        return log(
            "hold apart" if undoes is None else "undo",
            f"apart:{low.pk}-{high.pk}",
            before=None,
            after=apart_snapshot(apart),
            by=by,
            why=why,
            undoes=undoes,
        )


def restore_apart(pk: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let two entities be held apart, or not, as before an act. Undo comes through here."""
    low, high = pair(pk)
    with acting():
        standing = Apart.objects.filter(low=low, high=high, until=None).select_related("low", "high").first()
        now = None if standing is None else apart_snapshot(standing)
        if standing is not None and before is None:
            standing.until = max(timezone.now(), standing.since)
            standing.save(update_fields=["until"])
        if standing is None and before is not None:
            Apart.objects.create(
                low_id=low, high_id=high, why=before["why"], by=before["by"], since=timezone.now()
            )
        return log("undo", f"apart:{pk}", before=now, after=before, by=by, why=why, undoes=undoes)


def suggest(one: Entity, other: Entity, *, by: str, why: str) -> Act:
    """Suggest that two entities are one, for somebody who may merge them.

    Raises NotJudged where they are one, no reason is given, or a person suggested it already.
    """
    if not why.strip():
        raise NotJudged("say why the two are one")
    with acting():
        low, high = _two(one, other)
        if not _may_be_one(low, high):
            raise NotJudged(f"a {low.kind} and a {high.kind} can't be one: {low.name}, {high.name}")
        if Suggestion.objects.filter(low=low, high=high, reason=PERSON).exists():
            raise NotJudged("somebody has suggested that already")
        made = _suggested(low.pk, high.pk, by=by, why=why)
        after = suggestion_snapshot(made)
        return log("suggest", f"suggestion:{low.pk}-{high.pk}", before=None, after=after, by=by, why=why)


def restore_suggestion(pk: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let a person's suggestion stand or not, as before an act. Undo comes through here."""
    low, high = pair(pk)
    with acting():
        made = Suggestion.objects.filter(low=low, high=high, reason=PERSON).select_related("low", "high")
        first = made.first()
        now = None if first is None else suggestion_snapshot(first)
        made.delete()
        if before is not None:
            _suggested(low, high, by=before["by"], why=before["why"])
        return log("undo", f"suggestion:{pk}", before=now, after=before, by=by, why=why, undoes=undoes)


def split(
    entity: Entity,
    claims: Iterable[str],
    *,
    by: str,
    why: str,
    name: str = "",
    into: Entity | None = None,
    names: Iterable[str] = (),
) -> Split:
    """Hold that some claims (by their uids) are not about an entity, but about another: one that is there
    already (``into``), or a new one with a ``name``.

    ``names`` of the entity go to the other as well, and its own name, where that was one of them: what is taken in
    later and has one of them is about the other. Each claim is linked anew, as an act of its own; the split is one
    more. Raises NotJudged where no claim is chosen, no other is named, or the other is the same.
    """
    with acting():
        root = canonical(entity)
        mine = set(members(root))
        chosen = _locked(claims)
        moved = [
            [claim.uid, role, one.pk] for claim in chosen for role, one in linked(claim) if one.pk in mine
        ]
        if not moved:
            raise NotJudged("choose what belongs to the other")
        other = into if into is not None else _made(root, name, mine)
        if other.pk in mine:
            raise NotJudged(f"{other.name} is the same as {root.name}", hint="give another name")
        if not _may_be_one(other, root):
            raise NotJudged(f"what is about a {root.kind} can't be about a {other.kind}")
        going = _going(root, mine, names, name if into is None else "")
        _move(chosen, dict.fromkeys(mine, other), by=by, why=why, verb="split")
        made = Split.objects.create(
            entity=root, other=other, moved=moved, names=going, by=by, why=why, since=timezone.now()
        )
        _name(made)
        log("split", f"split:{made.pk}", before=None, after=split_snapshot(made), by=by, why=why)
        return made


def restore_split(pk: str, before: Snapshot | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let a split stand or not, as before an act. Undo comes through here: claims that are about the other
    because of the split, and only those, are about the first again.
    """
    with acting():
        made = Split.objects.select_for_update(of=("self",)).select_related("entity", "other").get(pk=pk)
        stood = made.until is None
        now = split_snapshot(made) if stood else None
        claims = _locked({uid for uid, _, _ in made.moved})
        if stood and before is None:
            _move_back(made, claims, by=by, why=why)
            made.until = max(timezone.now(), made.since)
        elif not stood and before is not None:
            _move_again(made, claims, by=by, why=why)
            made.until = None
        made.save(update_fields=["until"])
        _name(made)
        _move_named(made, by=by, why=why, verb="unsplit" if before is None else "split")
        return log("undo", f"split:{pk}", before=now, after=before, by=by, why=why, undoes=undoes)


def resolve_to(
    uid: str, role: str, entity: Entity, to: Entity, *, version: int, by: str, why: str = ""
) -> Decided:
    """Hold that a claim, in one role, is about another entity than the one it was linked to.

    Raises Conflict where the claim has moved on, NotJudged where it is not linked so.
    """
    with acting():
        claim = Claim.objects.select_for_update().get(uid=uid, until=None)
        if claim.version != version:
            raise Conflict(claim)
        links = linked(claim)
        if (role, entity) not in links:
            raise NotJudged(f"the claim does not name {entity.name} as its {role}")
        wanted = tuple(dict.fromkeys((r, to if (r, e) == (role, entity) else e) for r, e in links))
        return relink(claim, wanted, by=by, why=why, verb="resolve")


def _two(one: Entity, other: Entity) -> tuple[Entity, Entity]:
    """Return two entities as they are found, the smaller id first."""
    low, high = sorted((canonical(one), canonical(other)), key=lambda e: e.pk)
    if low == high:
        raise NotJudged(f"{one.name} and {other.name} are one already", hint="take the merge back first")
    return low, high


def _may_be_one(one: Entity, other: Entity) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} <= ONE


def _suggested(low: int, high: int, *, by: str, why: str) -> Suggestion:
    return Suggestion.objects.create(
        low_id=low, high_id=high, reason=PERSON, told=why, weight=_SURE, by=by, at=timezone.now()
    )


def _locked(uids: Iterable[str]) -> list[Claim]:
    """Return the versions held now, all locked before anything is logged: who decides on one waits or is told."""
    held = Claim.objects.select_for_update(of=("self",)).filter(uid__in=list(uids), until=None)
    return list(held.order_by("pk"))


def _going(root: Entity, mine: set[int], names: Iterable[str], name: str) -> list[list[int | str]]:
    """Return the names that go to the other: those chosen, and what the other is called, unless the first is called
    so. Raises NotJudged where one is no name of the entity.
    """
    wanted = {key_of(one): one for one in names if one.strip()}
    known = list(Name.objects.filter(entity__in=mine).order_by("pk"))
    for key, one in wanted.items():
        if key not in {key_of(n.surface) for n in known}:
            raise NotJudged(f"{one} is no name of {root.name}")
    own = {key_of(name)} - {key_of(root.name)} if name.strip() else set()
    return [[n.entity_id, n.surface] for n in known if key_of(n.surface) in wanted.keys() | own]


def _name(made: Split) -> None:
    """Let the names of a split stand for whom the splits that stand say."""
    others = split_off()
    for pk, surface in made.names:
        Name.objects.filter(entity=pk, surface=surface).update(stands_for=others.get((pk, surface)))


def _move_named(made: Split, *, by: str, why: str, verb: str) -> None:
    """Link the claims of documents taken in since a split to what their names stand for now."""
    had = {pk for pk, _ in made.names}
    later = Claim.objects.filter(
        until=None, document__taken_in__gt=made.since, links__entity__in=[*had, made.other]
    )
    moved = {uid for uid, _, _ in made.moved}
    for claim in later.exclude(uid__in=moved).distinct().order_by("pk") if had else ():
        now = named(_reading(claim).decoded(), claim)
        links = linked(claim)
        wanted = tuple(
            dict.fromkeys(_named_now(role, one, now, had | {made.other_id}) for role, one in links)
        )
        if wanted != links:
            relink(claim, wanted, by=by, why=why, verb=verb)


def _named_now(
    role: str, one: Entity, now: Iterable[tuple[str, Entity]], among: set[int]
) -> tuple[str, Entity]:
    if one.pk not in among:
        return role, one
    return role, next((e for r, e in now if r == role and e.pk in among), one)


def _reading(claim: Claim) -> Reading:
    return claim.reading or Reading.objects.select_related("document").get(
        document=claim.document, current=True
    )


def _made(entity: Entity, name: str, mine: set[int]) -> Entity:
    """Return the entity of a name, made where there is none, or where only what is split has it."""
    told = " ".join(name.split())[:_LONGEST]
    if not told:
        raise NotJudged("the other needs a name")
    key = key_of(told)
    there = Entity.objects.filter(kind=entity.kind, key=key).first()
    if there is not None and there.pk not in mine:
        return canonical(there)
    if there is not None:
        taken = set(
            Entity.objects.filter(kind=entity.kind, key__startswith=f"{key[:290]}~").values_list(
                "key", flat=True
            )
        )
        key = next(k for n in range(2, len(taken) + 3) if (k := f"{key[:290]}~{n}") not in taken)
    made = Entity.objects.create(
        kind=entity.kind, key=key, name=told, detail=entity.detail, parent=entity.parent
    )
    made.canonical = made
    made.save(update_fields=["canonical"])
    Name.objects.create(entity=made, surface=told)
    return made


def _move(claims: Iterable[Claim], instead: dict[int, Entity], *, by: str, why: str, verb: str) -> None:
    for claim in claims:
        links = linked(claim)
        wanted: tuple[Linked, ...] = tuple(
            dict.fromkeys((role, instead.get(entity.pk, entity)) for role, entity in links)
        )
        if wanted != links:
            relink(claim, wanted, by=by, why=why, verb=verb)


def _move_back(made: Split, claims: Iterable[Claim], *, by: str, why: str) -> None:
    """Link claims to what they were linked to, in the roles in which they are linked to the other now."""
    known = Entity.objects.in_bulk({pk for _, _, pk in made.moved})
    was: dict[tuple[str, str], list[Entity]] = {}
    for uid, role, pk in made.moved:
        was.setdefault((uid, role), []).append(known[pk])
    for claim in claims:
        links = linked(claim)
        wanted = tuple(
            dict.fromkeys(
                (role, one)
                for role, entity in links
                for one in (was.get((claim.uid, role), [entity]) if entity == made.other else [entity])
            )
        )
        if wanted != links:
            relink(claim, wanted, by=by, why=why, verb="unsplit")


def _move_again(made: Split, claims: Iterable[Claim], *, by: str, why: str) -> None:
    moved = {(uid, role, pk) for uid, role, pk in made.moved}
    for claim in claims:
        links = linked(claim)
        wanted = tuple(
            dict.fromkeys(
                (role, made.other if (claim.uid, role, entity.pk) in moved else entity)
                for role, entity in links
            )
        )
        if wanted != links:
            relink(claim, wanted, by=by, why=why, verb="split")
