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
from communique.ledger.history.subjects import KINDS
from communique.ledger.log.models import Act
from communique.ledger.resolution.labels import labels

SHOWN = 50
_SHORT = 90


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an act changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An act as the history shows it."""

    act: Act
    label: str
    """The thing it was done to, in words."""
    href: str
    changes: tuple[Change, ...]
    taken_back: bool
    last: bool
    """Whether nothing was done to the same thing since: only then it can be taken back."""


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
    return History(tuple(_entries(found)), found[-1].seq if more else None)


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


def _entries(acts: list[Act]) -> Iterable[Entry]:
    seqs = [a.seq for a in acts]
    taken_back = set(Act.objects.filter(undoes__in=seqs).values_list("undoes", flat=True))
    newest: dict[str, int] = {}
    for subject, seq in Act.objects.filter(subject__in={a.subject for a in acts}).values_list(
        "subject", "seq"
    ):
        newest[subject] = max(newest.get(subject, 0), seq)
    quotes, titles, judged = _quotes(acts), _titles(acts), labels(acts)
    for act in acts:
        label, href = judged.get(act.seq) or _named(act, quotes, titles)
        yield Entry(
            act, label, href, tuple(_changes(act)), act.seq in taken_back, newest[act.subject] == act.seq
        )


def _quotes(acts: list[Act]) -> dict[str, str]:
    uids = {a.subject.partition(":")[2] for a in acts if a.subject.startswith("claim:")}
    return dict(Claim.objects.filter(uid__in=uids).order_by("version").values_list("uid", "quote"))


def _titles(acts: list[Act]) -> dict[int, str]:
    kinds = ("document:", "reading:")
    pks = {int(a.subject.partition(":")[2]) for a in acts if a.subject.startswith(kinds)}
    return {d.pk: str(d) for d in Document.objects.filter(pk__in=pks).defer("text")}


def _named(act: Act, quotes: dict[str, str], titles: dict[int, str]) -> tuple[str, str]:
    kind, _, pk = act.subject.partition(":")
    if kind == "claim":
        return _short(quotes.get(pk, pk)), reverse("record:claim", args=(pk,))
    if kind in ("document", "reading"):
        return titles.get(int(pk), f"document {pk}"), reverse("review:document", args=(pk,))
    if kind == "watch":
        return f"watch {pk}", reverse("intake:watches")
    told = act.after or act.before or {}
    if kind == "account":
        return f"account of {told['name']}", reverse("accounts:one", args=(pk,))
    if kind == "token":
        return f"token “{told['name']}” of {told['account']}", ""
    return f"{kind} {pk}", ""


def _changes(act: Act) -> Iterable[Change]:
    """Yield the fields that an act changed, in words; what only machines read is left out."""
    before, after = _flat(act.before), _flat(act.after)
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            yield Change(name.replace("_", " "), _short(old), _short(new))


_UNSAID = frozenset(
    (
        "version",
        "supports",
        "digest",
        "record",
        "key",
        "text",
        "sha256",
        "lexicon",
        "since",
        "links",
        "loser",
        "winner",
        "one",
        "other",
        "entity",
        "moved",
    )
)


def _flat(state: Any) -> dict[str, str]:
    if not isinstance(state, dict):
        return {} if state is None else {"value": str(state)}
    flat: dict[str, str] = {}
    for name, value in state.items():
        if name in _UNSAID or value in (None, "", [], {}):
            continue
        if name == "value" and isinstance(value, dict):
            flat |= _flat(value)
        else:
            flat[name] = _words(value)
    return flat


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("name") or value.get("message") or ", ".join(_flat(value).values()))
    if isinstance(value, list):
        return ", ".join(_words(v) for v in value)
    return str(value)


def _short(text: str) -> str:
    one = " ".join(text.split())
    return one if len(one) <= _SHORT else f"{one[: _SHORT - 1]}…"
