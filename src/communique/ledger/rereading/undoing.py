"""Takes a second reading back: what it proposed ends, what it ended is proposed again."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils import timezone

from communique.errors import CommuniqueError
from communique.ledger.claims.models import Claim, Origin, State
from communique.ledger.claims.versions import New, end, linked, write
from communique.ledger.claims.vouching import vouched
from communique.ledger.documents.models import Document, Reading
from communique.ledger.documents.versions import is_superseded
from communique.ledger.log.actions import acting
from communique.ledger.log.actions import record as log
from communique.ledger.log.models import Act


class Superseded(CommuniqueError):
    """A reading of a document that a later version of its source took the place of."""


def restore(pk: str, before: Any, /, *, by: str, undoes: int, why: str = "") -> Act:
    """Let the reading before count again; what people decided meanwhile stays as they decided.

    Raises Superseded where a later version came since: what it proposed gave way to what that one says.
    """
    with acting():
        document = Document.objects.select_for_update().get(pk=pk)
        if is_superseded(document):
            raise Superseded("the source was changed since, and its later version was read")
        taken_back = Reading.objects.get(document=document, current=True)
        target = Reading.objects.get(pk=before["reading"])
        now = timezone.now()
        Reading.objects.filter(document=document, current=True).update(current=False)
        Reading.objects.filter(pk=target.pk).update(current=True)
        undecided = Claim.objects.filter(document=document, until=None, state=State.PROPOSED, by="")
        gone = list(undecided.filter(reading=taken_back))
        end(gone, at=now)
        back = [_again(c, target) for c in _proposals(target)]
        for new in back:
            new.claim.since = now
        write(back)
        return log(
            "undo",
            f"reading:{document.pk}",
            before={"reading": taken_back.pk, "version": taken_back.version, "lexicon": taken_back.lexicon},
            after=vouched(target, back, [c.uid for c in gone], since=now),
            by=by,
            why=why,
            undoes=undoes,
        )


def _proposals(reading: Reading) -> list[Claim]:
    """Return the last proposals of a reading for claims that nobody holds now."""
    held = Claim.objects.filter(document=reading.document_id, until=None).values("uid")
    last = (
        Claim.objects.filter(reading=reading, origin=Origin.READING)
        .exclude(uid__in=held)
        .values("uid")
        .annotate(last=Max("id"))
        .values("last")
    )
    return list(Claim.objects.filter(pk__in=last).order_by("start", "id"))


def _again(claim: Claim, reading: Reading) -> New:
    copied = {f.attname: getattr(claim, f.attname) for f in Claim._meta.concrete_fields if not f.primary_key}
    again = Claim(**copied)
    newest = Claim.objects.filter(uid=claim.uid).aggregate(last=Max("version"))["last"]
    again.version, again.until, again.reading = newest + 1, None, reading
    return New(again, linked(claim))
