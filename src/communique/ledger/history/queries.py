"""Reads the log for people: what was done, to what, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from communique.ledger.accounts.viewer import Viewer
from communique.ledger.claims.models import Claim
from communique.ledger.documents.models import Document
from communique.ledger.entities.models import Entity
from communique.ledger.history.changes import Change, changes, parties, setting_label
from communique.ledger.history.subjects import KINDS
from communique.ledger.history.undo import right_of, undoable
from communique.ledger.history.wording import Thing, did, who
from communique.ledger.log.models import Act
from communique.ledger.resolution.labels import labels

SHOWN = 50
_SHORT = 160


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as the history shows it."""

    act: Act
    did: str
    """What was done, up to the thing it was done to."""
    thing: Thing
    changes: tuple[Change, ...]
    taken_back: bool
    may_take_back: bool
    """Whether the viewer may take it back now: nothing was done to the same thing since."""

    @property
    def who(self) -> str:
        """Who did it."""
        return who(self.act)


@dataclass(frozen=True, slots=True)
class History:
    """A page of the log, the newest first, and where the next page starts (None: it is the last)."""

    entries: tuple[Entry, ...]
    before: int | None


def history(
    viewer: Viewer,
    *,
    subjects: Iterable[str] = (),
    by: str = "",
    verb: str = "",
    before: int | None = None,
    as_of: datetime | None = None,
) -> History:
    """Return acts, the newest first: on ``subjects`` (all, where none is named), by somebody, of one verb."""
    acts = _chosen(list(subjects), by, verb, as_of)
    for kind in (name for name, about in KINDS.items() if not viewer.may(about.seen_by)):
        acts = acts.exclude(subject__startswith=f"{kind}:")
    if before is not None:
        acts = acts.filter(seq__lt=before)
    found = list(acts.order_by("-seq")[: SHOWN + 1])
    more = len(found) > SHOWN
    found = found[:SHOWN]
    return History(tuple(_entries(found, viewer)), found[-1].seq if more else None)


def subjects_of(claim: Claim) -> list[str]:
    """Return what a claim's history is made of: acts on it, and on its document."""
    return [f"claim:{claim.uid}", f"document:{claim.document_id}", f"reading:{claim.document_id}"]


def _chosen(subjects: list[str], by: str, verb: str, as_of: datetime | None) -> QuerySet[Act]:
    chosen = Q()
    if subjects:
        chosen &= Q(subject__in=subjects)
    if by:
        chosen &= Q(by=by)
    if verb:
        chosen &= Q(verb=verb)
    if as_of is not None:
        chosen &= Q(at__lte=as_of)
    return Act.objects.filter(chosen)


def _entries(acts: list[Act], viewer: Viewer) -> Iterable[Entry]:
    seqs = [a.seq for a in acts]
    taken_back = set(Act.objects.filter(undoes__in=seqs).values_list("undoes", flat=True))
    undone = {a.seq: a for a in Act.objects.filter(seq__in=[a.undoes for a in acts if a.undoes is not None])}
    newest: dict[str, int] = {}
    for subject, seq in Act.objects.filter(subject__in={a.subject for a in acts}).values_list(
        "subject", "seq"
    ):
        newest[subject] = max(newest.get(subject, 0), seq)
    things, names = _things(acts), _names(acts)
    for act in acts:
        before = undone.get(act.undoes) if act.undoes is not None else None
        last = newest[act.subject] == act.seq
        yield Entry(
            act=act,
            did=did(act, before),
            thing=things[act.seq],
            changes=tuple(_shortened(changes(act, names))),
            taken_back=act.seq in taken_back,
            may_take_back=last
            and undoable(act)
            and viewer.may("decide")
            and viewer.may(right_of(act, before)),
        )


def thing_of(act: Act) -> Thing:
    """Return what one act was done to."""
    return _things([act])[act.seq]


def _names(acts: list[Act]) -> dict[tuple[str, str], str]:
    wanted = parties(acts)
    found = Entity.objects.filter(key__in={key for _, key in wanted}) if wanted else ()
    return {(e.kind, e.key): e.name for e in found if (e.kind, e.key) in wanted}


def _things(acts: list[Act]) -> dict[int, Thing]:
    quotes, titles, judged = _quotes(acts), _titles(acts), labels(acts)
    return {
        act.seq: Thing(*judged[act.seq]) if act.seq in judged else _named(act, quotes, titles) for act in acts
    }


def _quotes(acts: list[Act]) -> dict[str, str]:
    uids = {a.subject.partition(":")[2] for a in acts if a.subject.startswith("claim:")}
    uids |= {told["claim"] for a in acts if (told := _assigned(a)) and told["claim"]}
    return dict(Claim.objects.filter(uid__in=uids).order_by("version").values_list("uid", "quote"))


def _titles(acts: list[Act]) -> dict[int, str]:
    kinds = ("document:", "reading:")
    pks = {int(a.subject.partition(":")[2]) for a in acts if a.subject.startswith(kinds)}
    pks |= {told["document"] for a in acts if (told := _assigned(a)) and told["document"]}
    return {d.pk: str(d) for d in Document.objects.filter(pk__in=pks).defer("text")}


def _assigned(act: Act) -> dict[str, Any]:
    return (act.after or act.before or {}) if act.subject.startswith("assignment:") else {}


def _named(act: Act, quotes: dict[str, str], titles: dict[int, str]) -> Thing:
    kind, _, pk = act.subject.partition(":")
    told = act.after or act.before or {}
    match kind:
        case "claim":
            return Thing(_short(quotes.get(pk, pk)), reverse("record:claim", args=(pk,)), quoted=True)
        case "document" | "reading":
            return Thing(titles.get(int(pk), f"document {pk}"), reverse("review:document", args=(pk,)))
        case "assignment":
            return _assignment(told, quotes, titles)
        case "watch":
            return Thing(told.get("url", f"watch {pk}"), reverse("intake:watches"))
        case "account":
            return Thing(told["name"], reverse("accounts:one", args=(pk,)))
        case "token":
            return Thing(told["name"], quoted=True, tail=f" of {told['account']}")
        case "setting":
            return Thing(setting_label(pk), reverse("accounts:settings"), quoted=True)
    return Thing(f"{kind} {pk}")


def _assignment(told: dict[str, Any], quotes: dict[str, str], titles: dict[int, str]) -> Thing:
    tail = f" to {told['account']}" if told["stands"] else f" ({told['account']})"
    if told["claim"]:
        uid = told["claim"]
        return Thing(
            _short(quotes.get(uid, uid)), reverse("record:claim", args=(uid,)), quoted=True, tail=tail
        )
    pk = told["document"]
    return Thing(titles.get(pk, f"document {pk}"), reverse("review:document", args=(pk,)), tail=tail)


def _shortened(found: Iterable[Change]) -> Iterable[Change]:
    for change in found:
        yield Change(change.name, _short(change.before), _short(change.after))


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= _SHORT else f"{one[: _SHORT - 1]}…"
