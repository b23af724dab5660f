"""Checks a whole ledger: the chain of acts, the state against the log, and every quote against its text."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

from django.db.models import Count, Max, Prefetch

from communique.ledger.claims import indexing
from communique.ledger.claims.models import Claim, Link, Origin
from communique.ledger.claims.snapshot import Snapshot, digest, snapshot
from communique.ledger.claims.vouching import moment
from communique.ledger.documents import store
from communique.ledger.documents.models import Document, Reading
from communique.ledger.documents.snapshot import snapshot as document_snapshot
from communique.ledger.entities import verify as entities
from communique.ledger.history.still import still
from communique.ledger.history.subjects import KINDS
from communique.ledger.log import chain
from communique.ledger.log.models import Act
from communique.ledger.resolution import verify as splits

_CHUNK = 200  # documents whose claims are compared at a time
_Batch: TypeAlias = tuple[int, str]  # a reading, and the moment since which its proposals are held


@dataclass(frozen=True, slots=True)
class Verified:
    """The figures of a ledger, and what is wrong with it, a sentence a fault."""

    documents: int
    claims: int
    acts: int
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the log says: the last state of each thing, the claims' versions, the batches of each reading."""

    last: dict[str, Act]
    versions: dict[tuple[str, int], str]
    batches: dict[_Batch, dict[str, Any]]
    ended: frozenset[str]


def verify() -> Verified:
    """Check everything and return what was found. Reads the whole ledger, on one snapshot of it."""
    with still():
        faults = [*chain.faults(Act.objects.order_by("seq").iterator())]
        told = _told()
        faults += [
            *_documents(told),
            *_claims(told),
            *_others(told),
            *entities.faults(),
            *splits.faults(),
            *indexing.faults(),
        ]
        return Verified(
            documents=Document.objects.count(),
            claims=Claim.objects.filter(until=None).count(),
            acts=Act.objects.count(),
            faults=tuple(faults),
        )


def _told() -> _Told:
    last: dict[str, Act] = {}
    versions: dict[tuple[str, int], str] = {}
    batches: dict[_Batch, dict[str, Any]] = {}
    ended: set[str] = set()
    for act in Act.objects.order_by("seq").iterator():
        last[act.subject] = act
        kind, _, pk = act.subject.partition(":")
        if kind == "claim" and act.after is not None:
            versions[pk, act.after["version"]] = digest([act.after])
            ended.discard(pk)
        elif kind == "claim":
            ended.add(pk)
        elif act.after is not None and "digest" in act.after:
            batches[act.after["reading"], act.after["since"]] = act.after
            ended.update(act.after["ended"])
            ended.difference_update(act.after["again"])
    return _Told(last, versions, batches, frozenset(ended))


def _documents(told: _Told) -> Iterator[str]:
    for document in Document.objects.order_by("pk").iterator(chunk_size=_CHUNK):
        act = told.last.get(f"document:{document.pk}")
        if act is None:
            yield f"document {document.pk} is in no act of the log"
            continue
        kept = document_snapshot(document)
        differing = [name for name, value in kept.items() if (act.after or {}).get(name) != value]
        if differing:
            yield f"document {document.pk}: {', '.join(differing)} differ from act {act.seq}"
        yield from _bytes(document)
    for reading in Reading.objects.order_by("pk").iterator(chunk_size=_CHUNK):
        if _hash_of(reading) != reading.sha256:
            yield f"reading {reading.pk} of document {reading.document_id} was altered"
    known = {f"document:{pk}" for pk in Document.objects.values_list("pk", flat=True)}
    for subject in told.last:
        if subject.startswith("document:") and subject not in known:
            yield f"{subject.replace(':', ' ')} is in the log, but not in the ledger"


def _bytes(document: Document) -> Iterator[str]:
    try:
        if store.sha256(store.fetch(document.sha256)) != document.sha256:
            yield f"document {document.pk}: its bytes were altered"
    except OSError:
        yield f"document {document.pk}: its bytes {document.sha256[:12]} are gone"


def _hash_of(reading: Reading) -> str | None:
    try:
        return hashlib.sha256(zlib.decompress(bytes(reading.packed))).hexdigest()
    except zlib.error:
        return None


def _claims(told: _Told) -> Iterator[str]:
    """Compare every version with the log, the quotes with their texts, and what is held with what ended."""
    met: dict[_Batch, list[Snapshot]] = {}
    unseen = set(told.versions)
    for claims in _in_chunks():
        for claim in claims:
            if claim.document.text[claim.start : claim.end] != claim.quote:
                yield f"claim {claim.uid}: its quote does not stand in document {claim.document_id}"
            kept = snapshot(claim, [(k.role, k.entity.kind, k.entity.key) for k in claim.links.all()])
            if claim.origin == Origin.READING and claim.reading_id is not None:
                met.setdefault((claim.reading_id, moment(claim.since)), []).append(kept)
                continue
            unseen.discard((claim.uid, claim.version))
            if told.versions.get((claim.uid, claim.version)) != digest([kept]):
                yield f"claim {claim.uid}: version {claim.version} is not what the log says"
    yield from (
        f"claim {uid}: version {version} is in the log, but not in the ledger" for uid, version in unseen
    )
    yield from _batches(told, met)
    yield from _held(told)


def _in_chunks() -> Iterator[list[Claim]]:
    """Yield all versions, the documents' texts and the links at hand, some documents at a time."""
    pks = list(Document.objects.order_by("pk").values_list("pk", flat=True))
    links = Prefetch("links", queryset=Link.objects.select_related("entity"))
    for at in range(0, len(pks), _CHUNK):
        some = Document.objects.in_bulk(pks[at : at + _CHUNK])
        claims = list(Claim.objects.filter(document__in=list(some)).order_by("id").prefetch_related(links))
        for claim in claims:
            claim.document = some[claim.document_id]
        yield claims


def _batches(told: _Told, met: dict[_Batch, list[Snapshot]]) -> Iterator[str]:
    for batch, after in told.batches.items():
        found = met.pop(batch, [])
        if len(found) != after["claims"]:
            yield f"reading {batch[0]}: {after['claims']} claims were proposed, {len(found)} are there"
        elif digest(found) != after["digest"]:
            yield f"reading {batch[0]}: what it proposed was altered"
    for reading, _ in met:
        yield f"reading {reading}: claims of it are in no act of the log"


def _held(told: _Told) -> Iterator[str]:
    """Check that each claim has all its versions, and is held unless the log says that it ended."""
    grouped = Claim.objects.values("uid").annotate(rows=Count("id"), last=Max("version"), ids=Max("id"))
    for row in grouped.filter().order_by("uid").iterator():
        if row["rows"] != row["last"]:
            yield f"claim {row['uid']}: {row['rows']} versions are there, the last is number {row['last']}"
    held = Claim.objects.filter(until=None).values_list("uid", "version")
    last = dict(Claim.objects.values("uid").annotate(last=Max("version")).values_list("uid", "last"))
    for uid, version in held.iterator():
        if last.pop(uid, None) != version:
            yield f"claim {uid}: version {version} is held, but is not the last"
        if uid in told.ended:
            yield f"claim {uid} is held, but the log says that it ended"
    yield from (f"claim {uid} is not held, and no act ended it" for uid in last if uid not in told.ended)


def _others(told: _Told) -> Iterator[str]:
    """Compare everything else that acts were done to with the last act on it."""
    ordered = sorted(told.last.items())
    for kind, subjects in groupby(ordered, key=lambda item: item[0].partition(":")[0]):
        now = KINDS[kind].now if kind in KINDS else None
        if kind in ("claim", "document") or now is None:
            continue
        for subject, act in subjects:
            if now(subject.partition(":")[2]) != act.after:
                yield f"{subject.replace(':', ' ')} does not stand as act {act.seq} left it"
    for kind, about in KINDS.items():
        for pk in about.all() if about.all is not None else ():
            if f"{kind}:{pk}" not in told.last:
                yield f"{kind} {pk} is in no act of the log"
