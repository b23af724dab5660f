"""Withdraws documents, and brings them back: what their source says without them stands again, and the decisions
whose words it has.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from communique.ledger.claims.carrying import carry, decided
from communique.ledger.claims.models import Claim, Origin
from communique.ledger.claims.versions import New, linked, write
from communique.ledger.claims.vouching import vouched
from communique.ledger.documents.models import Document, Reading
from communique.ledger.documents.snapshot import snapshot
from communique.ledger.documents.versions import standing
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act


def set_withdrawn(
    document: Document, withdrawn: bool, *, by: str, why: str = "", undoes: int | None = None
) -> Act:
    """Withdraw a document with all its claims from every page, or bring it back.

    Where another version of its source stands from then on, decisions go to that one with their words, each by an
    act of its own.
    """
    with acting():
        now = Document.objects.select_for_update().get(pk=document.pk)
        before, stood = snapshot(now), standing(now.source_id)
        now.withdrawn = document.withdrawn = withdrawn
        now.save(update_fields=["withdrawn"])
        turned = _turned(stood, standing(now.source_id), at=timezone.now())
        verb = "withdraw" if withdrawn else "bring back"
        return log(
            verb if undoes is None else "undo",
            f"document:{now.pk}",
            before=before,
            after=snapshot(now) | turned,
            by=by,
            why=why,
            undoes=undoes,
        )


def restore(pk: str, before: dict[str, Any] | None, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let a document stand as it did: one that was not there before is withdrawn. Undo comes through here."""
    withdrawn = True if before is None else bool(before["withdrawn"])
    return set_withdrawn(Document.objects.get(pk=pk), withdrawn, by=by, why=why, undoes=undoes)


def _turned(stood: Document | None, stands: Document | None, *, at: datetime) -> dict[str, Any]:
    """Let one version of a source stand in the place of another; return what the act vouches for."""
    if stood is None and stands is not None:
        stood = Document.objects.filter(source=stands.source_id).exclude(pk=stands.pk).order_by("pk").last()
    if stood is None or stands is None or stood == stands:
        return {}
    stood.refresh_from_db(fields=["withdrawn"])
    reading = stands.readings.get(current=True)
    carried = carry(stood, stands, _proposed_again(reading, at), at=at)
    write(carried.fresh)
    return vouched(reading, carried.fresh, carried.ended, since=at)


def _proposed_again(reading: Reading, at: datetime) -> list[New]:
    """Return, unwritten, what of a reading nobody had decided when another version came."""
    newest = Claim.objects.filter(uid=OuterRef("uid")).order_by("-version").values("version")[:1]
    ended = Claim.objects.filter(
        ~decided(), document=reading.document_id, until__gt=reading.at, reading__number__lte=reading.number
    ).alias(newest=Subquery(newest))
    return [_again(c, reading, at) for c in ended.filter(version=F("newest")).order_by("start", "id")]


def _again(claim: Claim, reading: Reading, at: datetime) -> New:
    copied = {f.attname: getattr(claim, f.attname) for f in Claim._meta.concrete_fields if not f.primary_key}
    again = Claim(**copied)
    again.version, again.origin, again.reading = claim.version + 1, Origin.READING, reading
    again.since, again.until = at, None
    return New(again, linked(claim))
