"""What people do with claims: each one transaction and one act in the log."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils import timezone

from communique.errors import CommuniqueError
from communique.ledger.claims.checking import Impossible as Impossible
from communique.ledger.claims.checking import check
from communique.ledger.claims.derive import Money, day_of, draft, due_of, uid_of
from communique.ledger.claims.judging import kept
from communique.ledger.claims.kinds import LISTS, TYPES, Finding, Kind, Post
from communique.ledger.claims.models import Claim, Origin, State, decode, encode
from communique.ledger.claims.naming import Context
from communique.ledger.claims.roles import roles
from communique.ledger.claims.snapshot import Snapshot, snapshot
from communique.ledger.claims.versions import Conflict, Linked, New, end, linked, proposed, write
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity
from communique.ledger.entities.resolve import resolve
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act
from communique.model import Contribution, Meeting, Record, Statement
from communique.verify import refusals

_SUM = re.compile(r"[0-9]{1,20}(\.[0-9]{1,4})?")
_CURRENCY = re.compile(r"[A-Z]{3}")
_VERBS = {State.ACCEPTED: "accept", State.REJECTED: "reject", State.UNSURE: "doubt", State.PROPOSED: "reopen"}


class Unsupported(CommuniqueError):
    """The words do not support a value that a person gave, and no reason was given for it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What an action left behind: the version held now, and the act."""

    claim: Claim
    act: Act


def decide(uid: str, state: State, *, version: int, by: str, why: str = "") -> Decided:
    """Accept, reject, doubt or reopen a claim as it stood in ``version``.

    Raises Conflict where it has moved on, Claim.DoesNotExist where there is none.
    """
    with acting():
        now = _current(uid, version)
        new = _decided(now, by=by, why=why)
        new.state = state
        new.challenge = None
        if state == State.ACCEPTED and new.as_read is not None:
            new.state = State.CORRECTED
        return _settle(now, New(new, linked(now)), _VERBS[state])


def correct(
    uid: str,
    value: dict[str, Any],
    *,
    version: int,
    by: str,
    why: str,
    start: int | None = None,
    end: int | None = None,
) -> Decided:
    """Put other values in the place of those read; the reading is kept beside them.

    ``value`` holds the fields that change, ``start`` and ``end`` another quote, if it is another. Raises
    Conflict, Impossible where the value is none of this kind, and Unsupported where the words don't hold it
    and ``why`` is empty.
    """
    with acting():
        now = _current(uid, version)
        text = now.document.text
        place = (now.start if start is None else start, now.end if end is None else end)
        finding = _finding(now.kind, now.value | value, text, *place)
        record = _record(now.document)
        check(record, now.kind, finding, _given(now, value))
        _support(record, now.kind, finding, why)
        new = _decided(now, by=by, why=why)
        _fill(new, finding, text)
        new.state = State.CORRECTED
        new.challenge = None
        new.as_read = now.as_read or {
            "value": now.value,
            "quote": now.quote,
            "start": now.start,
            "end": now.end,
        }
        links = kept(linked(now), _roles(record, now.finding()), _roles(record, finding))
        return _settle(now, New(new, links), "correct")


def add(
    document: Document, kind: str, value: dict[str, Any], *, start: int, end: int, by: str, why: str = ""
) -> Decided:
    """Add a claim that the reader missed, on the words from ``start`` to ``end``: it is accepted at once.

    Raises Impossible, Unsupported as ``correct`` does, and Conflict where the same was added already.
    """
    with acting():
        finding = _finding(kind, value, document.text, start, end)
        record = _record(document)
        check(record, kind, finding, finding.__struct_fields__)
        _support(record, kind, finding, why)
        mark = f"added|{kind}|{start}|{end}|{msgspec.json.encode(encode(finding)).decode()}"
        uid = uid_of(document.key, mark)
        twin = Claim.objects.filter(uid=uid, until=None).first()
        if twin is not None:
            raise Conflict(twin)
        found = draft(Context.of(record), kind, finding, uid)
        new = proposed([found], document, None, at=timezone.now())[0]
        last = Claim.objects.filter(uid=uid).order_by("-version").first()
        new.claim.version = last.version + 1 if last is not None else 1
        new.claim.state, new.claim.by, new.claim.why = State.ACCEPTED, by, why
        new.claim.decided_at = new.claim.since
        write([new])
        act = log("add", f"claim:{uid}", before=None, after=new.snapshot(), by=by, why=why)
        return Decided(new.claim, act)


def challenge(claim: Claim, code: str, message: str, value: dict[str, Any] | None) -> Decided:
    """Set something beside a person's decision that speaks against it; the decision, and whose it is, stay."""
    with acting():
        now = _current(claim.uid, claim.version)
        new = _next(now)
        new.challenge = {"code": code, "message": message, "value": value}
        return _settle(now, New(new, linked(now)), "challenge", by="")


def relink(claim: Claim, links: tuple[Linked, ...], *, by: str, why: str, verb: str) -> Decided:
    """Let a claim be about other entities: what a split or a resolved name changes. What was decided on it, and
    whose that is, stays; what nobody decided is a proposal still.
    """
    with acting():
        now = _current(claim.uid, claim.version)
        return _settle(now, New(_next(now), links), verb, by=by, why=why)


def restore(uid: str, before: Snapshot | None, *, by: str, undoes: int, why: str = "") -> Act:
    """Let a claim stand as it did in ``before`` (None: not at all). Undo comes through here."""
    with acting():
        now = Claim.objects.filter(uid=uid, until=None).first()
        after = snapshot(now) if now is not None else None
        if now is not None:
            end([now], at=timezone.now())
        new = _restored(uid, before) if before is not None else None
        if new is not None:
            write([new])
        return log(
            "undo",
            f"claim:{uid}",
            before=after,
            after=new.snapshot() if new is not None else None,
            by=by,
            why=why,
            undoes=undoes,
        )


def _restored(uid: str, before: Snapshot) -> New:
    last = Claim.objects.filter(uid=uid).order_by("-version").first()
    if last is None:
        raise Impossible(f"claim {uid} was never held")
    new = _next(last)
    as_it_was = Claim.objects.filter(uid=uid, version=before["version"]).first()
    new.by, new.why = before["by"], before["why"]
    new.decided_at = as_it_was.decided_at if as_it_was is not None else None
    new.document_id, new.challenge = before["document"], before["challenge"]
    finding = decode(new.kind, before["value"], before["quote"], before["start"], before["end"])
    _fill(new, finding, None)
    new.state, new.as_read = State(before["state"]), before["as_read"]
    return New(new, _links(before))


def _links(before: Snapshot) -> tuple[Linked, ...]:
    wanted = [tuple(link) for link in before["links"]]
    found = {(e.kind, e.key): e for e in Entity.objects.filter(key__in=[key for _, _, key in wanted])}
    return tuple((role, found[kind, key]) for role, kind, key in wanted)


def _current(uid: str, version: int) -> Claim:
    """Return the version held now, where it is the one that was decided on."""
    now = Claim.objects.get(uid=uid, until=None)
    if now.version != version:
        raise Conflict(now)
    return now


def _decided(now: Claim, *, by: str, why: str) -> Claim:
    """Return a copy of a version as the one after it, decided by somebody, unwritten."""
    new = _next(now)
    new.by, new.why, new.decided_at = by, why, new.since
    return new


def _next(now: Claim) -> Claim:
    """Return a copy of a version as the one after it, unwritten."""
    copied = {f.attname: getattr(now, f.attname) for f in Claim._meta.concrete_fields if not f.primary_key}
    new = Claim(**copied)
    new.version, new.origin = now.version + 1, Origin.ACT
    new.since, new.until = timezone.now(), None
    return new


def _fill(claim: Claim, finding: Finding, text: str | None) -> None:
    """Write a finding into a version; ``text`` is the document's where the quote may have changed."""
    money = Money.of(finding)
    claim.value, claim.start, claim.end = encode(finding), finding.start, finding.end
    claim.quote = (
        getattr(finding, "quote", claim.quote) if text is None else text[finding.start : finding.end]
    )
    claim.act = getattr(finding, "act", "")
    claim.due = due_of(finding)
    claim.amount, claim.currency, claim.stage = money.amount, money.currency, money.stage
    if claim.kind == Kind.MEETING:
        claim.day = day_of(finding, claim.day)


def _settle(now: Claim, new: New, verb: str, *, by: str | None = None, why: str = "") -> Decided:
    """Let one version give way to the next, and log it as done by whoever decided, or ``by``, who says ``why``."""
    before = snapshot(now)
    at = max(new.claim.since, now.since)
    new.claim.since = at
    end([now], at=at)
    write([new])
    act = log(
        verb,
        f"claim:{now.uid}",
        before=before,
        after=new.snapshot(),
        by=new.claim.by if by is None else by,
        why=new.claim.why if by is None else why,
    )
    return Decided(new.claim, act)


def _given(now: Claim, value: Mapping[str, Any]) -> set[str]:
    """Return the fields for which a person gives a value that no reader gave."""
    read = now.challenge["value"] if now.challenge is not None else None
    known = (now.value, read or {})
    return {field for field in value if all(value[field] != k.get(field, ...) for k in known)}


def _finding(kind: str, value: dict[str, Any], text: str, start: int, end: int) -> Finding:
    if kind not in TYPES:
        raise Impossible(f"{kind}: no kind of claim", hint=f"one of {', '.join(TYPES)}")
    if not 0 <= start < end <= len(text):
        raise Impossible(f"characters {start} to {end} are no words of a text of {len(text)}")
    placed = sorted({"quote", "start", "end"} & value.keys())
    if placed:
        raise Impossible(f"{' and '.join(placed)}: the words are named beside the value, not in it")
    try:
        finding = decode(kind, value, text[start:end], start, end)
    except msgspec.ValidationError as error:
        raise Impossible(f"this can't be a {kind}: {error}") from error
    _storable(finding)
    return finding


def without_support(held: Mapping[str, Any], changed: Collection[str]) -> dict[str, Any]:
    """Return what supports a value without the support of fields that a person changed."""
    left: dict[str, Any] = {}
    if "supports" in held:
        left["supports"] = [s for s in held["supports"] if s["field"] not in changed]
    if "date" in changed and "date_rule" in held:
        left["date_rule"] = None
    return left


def _storable(finding: Finding) -> None:
    """Refuse what no column holds: characters and numbers of no database, sums of no currency."""
    said = json.dumps(msgspec.to_builtins(finding), ensure_ascii=False)
    if "\\u0000" in said or any("\ud800" <= c <= "\udfff" for c in said):
        raise Impossible("this holds a character that can't be kept")
    if isinstance(finding, Contribution):
        _sum(finding)
    if isinstance(finding, Meeting) and finding.ordinal is not None and not 1 <= finding.ordinal <= 9_999:
        raise Impossible(f"{finding.ordinal} is no number of a meeting")


def _sum(given: Contribution) -> None:
    if given.amount is not None and (_SUM.fullmatch(given.amount) is None):
        raise Impossible(f"{given.amount[:40]} is no sum of money", hint="written out, such as 6000000")
    if given.currency is not None and _CURRENCY.fullmatch(given.currency) is None:
        raise Impossible(f"{given.currency[:40]} is no currency", hint="three capital letters, such as USD")


def _record(document: Document) -> Record:
    reading = document.readings.get(current=True)
    reading.document = document
    return reading.decoded()


def _support(record: Record, kind: str, finding: Finding, why: str) -> None:
    """Refuse a value that the words do not hold, unless the person says why it is so."""
    if why.strip():
        return
    if isinstance(finding, Post):
        _post(record, finding)
    if kind not in LISTS:
        return
    alone: dict[str, tuple[Finding, ...]] = dict.fromkeys(LISTS.values(), ()) | {LISTS[kind]: (finding,)}
    alone["instruments"] = record.instruments if kind != Kind.INSTRUMENT else (finding,)
    if isinstance(finding, Statement):  # the one it stands in was judged when that was read
        alone["statements"] = (msgspec.structs.replace(finding, inside=None),)
    elif kind == Kind.ISSUE:  # whose issue it is, the statements about it tell
        alone["statements"] = record.statements
    judged = msgspec.structs.replace(record, **alone)
    found = [r for r in refusals(judged) if r.list == LISTS[kind]]
    if found:
        told = "; ".join(
            dict.fromkeys(r.message if r.field in r.message else f"{r.field}: {r.message}" for r in found)
        )
        raise Unsupported(
            f"the words do not say so: {told}", hint="give the reason, and it will stand on that"
        )


def _post(record: Record, found: Post) -> None:
    """Refuse a post whose words, or whose holder's name, the quote does not hold."""
    words, post = (" ".join(w.split()).casefold() for w in (found.quote, found.post))
    mentions = (m for p in record.parties if p.id == found.person.id for m in p.mentions)
    named = any(found.start <= m.start and m.end <= found.end for m in mentions)
    wrong = [] if named or found.person.name.casefold() in words else ["person"]
    wrong += [] if post in words else ["post"]
    if wrong:
        raise Unsupported(
            f"the words do not say so: {' and '.join(wrong)} not in the quote",
            hint="give the reason, and it will stand on that",
        )


def _roles(record: Record, finding: Finding) -> tuple[Linked, ...]:
    found = list(dict.fromkeys(roles(Context.of(record), finding)))
    entities = resolve(r.named for r in found)
    return tuple(dict.fromkeys((r.role, entities[r.named.identity]) for r in found))
