"""What a newer reading changes: proposals follow it, decisions stay and are challenged where it differs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Max

from communique.ledger.claims.actions import challenge
from communique.ledger.claims.carrying import bare
from communique.ledger.claims.judging import as_judged, judged
from communique.ledger.claims.models import Claim, Link, State
from communique.ledger.claims.versions import New, end, write


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reading changed in one document, in claims."""

    proposed: tuple[New, ...] = ()
    """New ones, and undecided ones whose value changed."""
    ended: tuple[str, ...] = ()
    """Undecided ones that are no longer read."""
    challenged: int = 0
    """Decided ones that the reading speaks against."""
    same: int = 0
    """Those it reads as before."""


def reconcile(old: Sequence[Claim], new: Sequence[New], *, at: datetime) -> Outcome:
    """Set a new reading of the same text against the claims held, and write what changes."""
    held = {c.uid: c for c in old}
    decided = [c for c in old if c.state != State.PROPOSED or c.by]
    beside = _beside(decided, new)
    settled = {c.uid for c in decided} | {n.claim.uid for n in beside.values()}
    standing = {_words(c) for c in decided}
    last = _last_versions([n for n in new if n.claim.uid not in held])
    links = _links(c for c in old if c.uid not in settled)
    moved = judged(set(held) - settled)
    fresh, gone, same = [], [], 0
    for n in new:
        if n.claim.uid in moved:
            n = replace(n, links=as_judged(held[n.claim.uid], n.links))
        before = held.get(n.claim.uid)
        if n.claim.uid in settled:
            continue
        if before is None:
            n.claim.version = last.get(n.claim.uid, 0) + 1
            fresh += [n] if _words(n.claim) not in standing else []
        elif _is_same(before, links[before.pk], n):
            same += 1
        else:
            n.claim.version = before.version + 1
            gone.append(before)
            fresh.append(n)
    read = {n.claim.uid for n in new}
    ended = [c for c in old if c.uid not in settled and c.uid not in read]
    end([*gone, *ended], at=at)
    write(fresh)
    challenged = sum(_challenged(c, beside.get(c.uid)) for c in decided)
    return Outcome(tuple(fresh), tuple(c.uid for c in ended), challenged, same + len(decided) - challenged)


def _beside(decided: Sequence[Claim], new: Sequence[New]) -> dict[str, New]:
    """Return what the new reading has of each claim decided on: of one carried over from an earlier version of
    the source, what it has in the same place.
    """
    read = {n.claim.uid: n for n in new}
    placed = {_place(n.claim): n for n in reversed(new)}
    found = ((c.uid, read.get(c.uid) or placed.get(_place(c))) for c in decided)
    return {uid: n for uid, n in found if n is not None}


def _place(claim: Claim) -> tuple[str, int, int, str]:
    return (claim.kind, claim.start, claim.end, claim.act)


def _is_same(before: Claim, links: set[tuple[str, int]], read: New) -> bool:
    """Say whether a proposal is read as before: its values, why it is doubted, and whom it is about."""
    now = {(role, entity.pk) for role, entity in read.links}
    return before.value == read.claim.value and before.doubts == read.claim.doubts and links == now


def _links(claims: Iterable[Claim]) -> dict[int, set[tuple[str, int]]]:
    found: dict[int, set[tuple[str, int]]] = {c.pk: set() for c in claims}
    told = Link.objects.filter(claim__in=list(found)).values_list("claim_id", "role", "entity_id")
    for pk, role, entity in told:
        found[pk].add((role, entity))
    return found


def _last_versions(new: Sequence[New]) -> dict[str, int]:
    """Return the last version of claims that were held once, and are not now."""
    once = Claim.objects.filter(uid__in=[n.claim.uid for n in new]).values("uid")
    return dict(once.annotate(last=Max("version")).values_list("uid", "last"))


def _challenged(claim: Claim, read: New | None) -> bool:
    """Set beside a decision what the new reading has instead, where that is not what was decided on."""
    if claim.reading_id is None or (read is None and claim.state == State.REJECTED):
        return False
    before = claim.as_read["value"] if claim.as_read is not None else claim.value
    if read is None:
        told = ("reading/gone", "The newer reader no longer finds this.", None)
    elif bare(read.claim.value) in (bare(before), bare(claim.value)):
        return False
    else:
        told = ("reading/differs", "The newer reader reads this differently.", read.claim.value)
    if claim.challenge is not None and claim.challenge["value"] == told[2]:
        return False
    challenge(claim, *told)
    return True


def _words(claim: Claim) -> tuple[str, int, int, str]:
    return (claim.kind, claim.start, claim.end, str(sorted(bare(claim.value).items(), key=lambda i: i[0])))
