"""What a newer reading changes: proposals follow it, decisions stay and are challenged where it differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from communique.ledger.claims.actions import challenge
from communique.ledger.claims.carrying import bare
from communique.ledger.claims.models import Claim, State
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
    read = {n.claim.uid: n for n in new}
    decided = [c for c in old if c.state != State.PROPOSED or c.by]
    standing = {_words(c) for c in decided}
    last = _last_versions([n for n in new if n.claim.uid not in held])
    fresh, gone, same = [], [], 0
    for n in new:
        before = held.get(n.claim.uid)
        if before is None:
            n.claim.version = last.get(n.claim.uid, 0) + 1
            fresh += [n] if _words(n.claim) not in standing else []
        elif before in decided:
            continue
        elif before.value == n.claim.value and before.doubts == n.claim.doubts:
            same += 1
        else:
            n.claim.version = before.version + 1
            gone.append(before)
            fresh.append(n)
    ended = [c for c in old if c not in decided and c.uid not in read]
    end([*gone, *ended], at=at)
    write(fresh)
    challenged = sum(_challenged(c, read.get(c.uid)) for c in decided)
    return Outcome(tuple(fresh), tuple(c.uid for c in ended), challenged, same + len(decided) - challenged)


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
