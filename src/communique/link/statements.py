"""Writes down the acts performed as statements: what about, to whom, inside which, on which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from communique.link.performing import Performed
from communique.model import PartyRef, Polarity, Statement, StatementStatus, Support
from communique.text.page import Page
from communique.vocab.grammar import grammar


def statements(page: Page, performed: Sequence[Performed]) -> tuple[Statement, ...]:
    """Write down the acts performed as statements, each inside the one whose words hold it."""
    kept = [p for p in performed if not p.owed_only and (not p.told or p.act in ("commit", "pledge"))]
    spans = [(p.hit.start, p.hit.end) for p in kept]
    return tuple(_statement(page, p, _inside(i, spans)) for i, p in enumerate(kept))


def _statement(page: Page, performed: Performed, inside: int | None) -> Statement:
    hit = performed.hit
    cue = page.text[slice(*performed.cue)]
    status: StatementStatus = "done"
    if hit.is_future or hit.form == "bullet":
        status = "planned"
    elif hit.modal in grammar().conditional:
        status = "conditional"
    polarity: Polarity = "negative" if hit.negative else "positive"
    return Statement(
        quote=page.text[hit.start : hit.end],
        start=hit.start,
        end=hit.end,
        act=performed.act,
        cue=cue,
        speakers=_without_spoken_for(performed.speakers.refs),
        addressees=_addressees(page, performed),
        about=_about(page, performed),
        polarity=polarity,
        status=status,
        reported_by=next(iter(performed.reporter.refs), None),
        inside=inside,
        supports=tuple(dict.fromkeys(_supports(page, performed))),
    )


def _supports(page: Page, performed: Performed) -> Iterator[Support]:
    """Yield what the statement rests on beside its quote: its speakers, a cue or a "will" that stands before it."""
    hit, cue = performed.hit, performed.cue
    yield from performed.speakers.supports
    yield from performed.grounds
    yield from (msgspec.structs.replace(s, field="reported_by") for s in performed.reporter.supports)
    if cue[0] < cue[1] and not hit.start <= cue[0] <= cue[1] <= hit.end:
        yield Support("cue", "reported", *cue)
    if hit.modal in grammar().future and performed.act in ("plan", "commit", "pledge"):
        words = page.text[hit.start : cue[1]].lower().split()
        if grammar().future.isdisjoint(words):
            yield Support("act", "modal/shared", performed.sentence.start, hit.start)


def _without_spoken_for(refs: tuple[PartyRef, ...]) -> tuple[PartyRef, ...]:
    """Leave out a party that stands beside the person who speaks for it."""
    spoken_for = {r.party for r in refs if r.party is not None}
    return tuple(r for r in refs if r.name not in spoken_for)


def _about(page: Page, performed: Performed) -> str | None:
    start = performed.cue[1]
    if not performed.hit.start <= start < performed.hit.end:
        return None
    about = page.text[start : performed.hit.end].strip(" ,;:—–-")
    return about or None


def _addressees(page: Page, performed: Performed) -> tuple[PartyRef, ...]:
    """Return whom an appeal, thanks or request is addressed to, where they are named right after the cue."""
    if performed.act not in ("urge", "request", "appreciate"):
        return ()
    start = performed.cue[1]
    stop = page.text.find(" to ", start + 5, performed.hit.end)
    if performed.act == "appreciate":
        stop = page.text.find(" for ", start, performed.hit.end)
    if stop < 0:
        return ()
    return tuple({n.id: n.ref for n in page.named_in(start, stop)}.values())


def _inside(i: int, spans: Sequence[tuple[int, int]]) -> int | None:
    start, end = spans[i]
    holders = [
        j for j, (s, e) in enumerate(spans) if j != i and s <= start and end <= e and (s, e) != (start, end)
    ]
    return min(holders, key=lambda j: spans[j][1] - spans[j][0], default=None)
