"""What is owed: future actions with the parties that owe them, wherever the grammar puts them.

A promise stands in a verb ("we will launch", "agreed to open"), in a noun ("their commitment to defend"), in what
somebody else welcomes ("the ROK's pledge to provide"), in a list under "will:", or in what others are told to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from communique.find.dates import deadline_in
from communique.find.instruments import instrument_in
from communique.link.debtors import owing
from communique.link.performing import Performed
from communique.link.speakers import Speakers, Stage, those_named
from communique.model import Commitment, Instrument, PartyRef, Strength, Support
from communique.text.page import Named, Page, Sentence
from communique.vocab.commitments import commitment_words, is_owed_passive
from communique.vocab.grammar import grammar
from communique.vocab.inflection import forms

_POSSESSIVE = re.compile(
    r"\b(?P<whose>their|its|our|his|her|my)\s+(?P<adjectives>(?:[\w’'-]+,?\s+(?:and\s+)?){0,5})$", re.I
)
_DETERMINER = re.compile(r"\b(?:the|a|an|this|that)\s+(?:[\w’'.-]+,?\s+(?:and\s+)?){0,5}$", re.I)
_BY = re.compile(r"\s*(?:made\s+)?(?:by|of|from)\s+")


@cache
def _nouns() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, commitment_words().nouns), key=len, reverse=True))
    return re.compile(rf"\b(?<!self )(?<!self-)(?:{words})\b", re.I)


def find_commitments(
    page: Page, performed: Sequence[Performed], stage: Stage, instruments: Sequence[Instrument]
) -> tuple[Commitment, ...]:
    """List what is owed, in the order of the text; of two that say the same, the one that says more."""
    found = [*_by_verb(page, performed, stage), *_by_noun(page, performed, stage)]
    kept = _settle(found)
    return tuple(_complete(page, c, instruments) for c in kept)


# --- verbs ------------------------------------------------------------------------------------------------------------


def _by_verb(page: Page, performed: Sequence[Performed], stage: Stage) -> Iterator[Commitment]:
    for p in performed:
        if p.hit.form in ("purpose", "participle") and p.act not in ("commit", "pledge"):
            continue
        if p.act == "request" and _led_by(p, commitment_words().orders):
            yield from _ordered(page, p, stage)
        elif p.speakers.refs and _binds(page, p):
            yield _owed(page, p, stage)


def _binds(page: Page, p: Performed) -> bool:
    words = commitment_words()
    if p.hit.negative and not p.hit.is_future:
        return False
    if p.hit.modal in grammar().conditional and not p.hit.foretold:
        return False
    if p.hit.form == "passive" and p.hit.modal in grammar().future:
        return is_owed_passive(p.hit.lemma)
    if p.act in ("commit", "plan", "pledge") and (p.hit.is_future or p.hit.form == "bullet"):
        if _led_by(p, words.courtesies) and not p.speakers.refs[1:]:
            return False
        return not _led_by(p, words.states) and not p.hit.perfect
    if p.act in ("plan", "pledge") and _is_done(page, p):
        return False
    if p.act == "plan":
        return _led_by(p, words.plans) and "forward" not in page.text[slice(*p.cue)].lower()
    if p.act not in words.acts:
        return False
    cue = page.text[slice(*p.cue)].lower()
    if p.hit.lemma in words.unbinding or any(_says(cue, u) for u in words.unbinding):
        return p.act == "agree" and p.hit.lemma == "decide" and _follows(page, p, "to")
    return p.act != "agree" or _agrees_to_do(page, p)


def _is_done(page: Page, p: Performed) -> bool:
    """Tell what was begun from what is to come: "launched a dialogue" is done, "are launching" is under way."""
    return page.text[p.cue[0] : p.cue[1]].split()[0].lower() in commitment_words().done


def _led_by(p: Performed, lemmas: frozenset[str]) -> bool:
    return p.hit.lemma in lemmas or any(p.hit.lemma in forms(lemma) for lemma in lemmas)


def _says(cue: str, unbinding: str) -> bool:
    first, *rest = unbinding.split()
    words = cue.split()
    return bool(words) and words[0] in forms(first) and all(r in words for r in rest) and bool(rest)


def _follows(page: Page, p: Performed, *words: str) -> bool:
    after = page.text[p.cue[1] : p.cue[1] + 60].split()[:3]
    return any(w.strip(",").lower() in words for w in after)


# eats "agreed to open", "agreed to a mechanism", "agreed on the next steps", "agreed an agenda"; leaves "agreed that"
_TO_DO = re.compile(r"(?:,\s\w+,|\s\w+)?\s(?:to|on|upon|an?)\s")


def _agrees_to_do(page: Page, p: Performed) -> bool:
    return _TO_DO.match(page.text, p.cue[1]) is not None


def _owed(page: Page, p: Performed, stage: Stage) -> Commitment:
    start = _verb_start(page, p)
    debtors, supports = owing(page, p.speakers)
    strength: Strength = "intended" if _led_by(p, commitment_words().intended) else "firm"
    return Commitment(
        quote=page.text[start : p.hit.end],
        start=start,
        end=p.hit.end,
        debtors=debtors,
        action=_action(page.text[p.cue[1] : p.hit.end])
        if p.hit.modal is None
        else _action(page.text[start : p.hit.end]),
        strength=strength,
        supports=supports,
    )


_WILL = re.compile(r"\b(?:will|shall|would)\b|[’']ll\b")


def _verb_start(page: Page, p: Performed) -> int:
    """Return where a promise's verb begins, its "will" and "never" included."""
    if not p.hit.start <= p.cue[0] < p.hit.end:
        return p.hit.start
    if p.hit.modal is not None:
        found = list(_WILL.finditer(page.text, p.hit.start, p.cue[0]))
        if found:
            return found[-1].start()
    return p.cue[0]


def _ordered(page: Page, p: Performed, stage: Stage) -> Iterator[Commitment]:
    """Yield what others are told to do: they owe it, not those who tell them."""
    to = re.compile(r"\bto\b").search(page.text, p.cue[1] + 3, p.hit.end)
    if to is None or " for " in page.text[p.cue[1] : to.start()]:
        return
    who = stage.resolve(p.cue[1] + _lead(page.text, p.cue[1]), to.start() - 1)
    if not who:
        return
    yield Commitment(
        quote=page.text[p.cue[0] : p.hit.end],
        start=p.cue[0],
        end=p.hit.end,
        debtors=who.refs,
        action=_action(page.text[to.start() : p.hit.end]),
        supports=_as_debtors(who.supports),
    )


def _lead(text: str, at: int) -> int:
    n = 0
    while at + n < len(text) and text[at + n].isspace():
        n += 1
    return n


def _as_debtors(supports: Sequence[Support]) -> tuple[Support, ...]:
    return tuple(Support("debtors", s.rule, s.start, s.end) for s in supports)


# --- nouns ------------------------------------------------------------------------------------------------------------


def _by_noun(page: Page, performed: Sequence[Performed], stage: Stage) -> Iterator[Commitment]:
    by_sentence: dict[int, list[Performed]] = {}
    for p in performed:
        by_sentence.setdefault(p.sentence.index, []).append(p)
    for sentence in page.sentences:
        for m in _nouns().finditer(page.text, sentence.start, sentence.end):
            found = _noun(page, sentence, m.start(), m.end(), by_sentence.get(sentence.index, []), stage)
            if found is not None:
                yield found


def _noun(
    page: Page, sentence: Sentence, start: int, end: int, acts: Sequence[Performed], stage: Stage
) -> Commitment | None:
    noun = page.text[start:end].lower()
    tail = _owed_after(page, noun, end, sentence.end)
    if tail is None:
        return None
    holder = _holder(acts, start)
    whose = _whose(page, sentence, start, end, holder, stage)
    if whose is None:
        return None
    begin, owner = whose
    debtors, supports = owing(page, owner)
    if not debtors or (holder is not None and holder.act in ("condemn", "concern")):
        return None
    stop = (
        holder.hit.end
        if holder is not None and holder.hit.end > tail
        else _cut(page.text, tail, sentence.end, acts)
    )
    return Commitment(
        quote=page.text[begin:stop],
        start=begin,
        end=stop,
        debtors=debtors,
        action=_action(page.text[tail:stop]),
        supports=supports,
    )


def _owed_after(page: Page, noun: str, end: int, stop: int) -> int | None:
    """Return where what is owed begins after the noun, or None where the noun owes nothing."""
    text = page.text
    at = end + _lead(text, end)
    if (by := _BY.match(text, end, stop)) is not None:
        named = page.named_in(by.end(), min(stop, by.end() + 120))
        first = named[0] if named and named[0].start - by.end() < 40 else None
        if first is not None:
            lead = re.compile(r"[^.;]{0,160}?\b(to|that|not)\b").match(text, first.end, stop)
            return lead.start(1) if lead is not None else None
    word = re.compile(r"[\w’'-]+").match(text, at, stop)
    if word is None:
        return None
    following = word.group().lower()
    if noun in commitment_words().weak_nouns:
        return at if following in ("to", "not") and _verb_follows(text, word.end(), stop) else None
    return at if following in ("to", "not", "that") else None


def _verb_follows(text: str, at: int, stop: int) -> bool:
    word = re.compile(r"\s*([a-z-]+)").match(text, at, stop)
    return word is not None and word.group(1) not in ("the", "a", "an", "this", "our", "their", "its", "be")


def _holder(acts: Sequence[Performed], at: int) -> Performed | None:
    holding = [p for p in acts if p.hit.start <= at < p.hit.end and not p.told]
    return min(holding, key=lambda p: p.hit.end - p.hit.start, default=None)


def _whose(
    page: Page, sentence: Sentence, start: int, end: int, holder: Performed | None, stage: Stage
) -> tuple[int, Speakers] | None:
    """Return where the noun phrase begins, and whose it is."""
    noun = page.text[start:end].lower()
    before = page.text[max(sentence.start, start - 90) : start]
    offset = start - len(before)
    if (by := _BY.match(page.text, end, sentence.end)) is not None:
        named = page.named_in(by.end(), min(sentence.end, by.end() + 160))
        if named and named[0].start - by.end() < 40:
            close = [n for n in named if re.search(r"\b(?:to|that)\b", page.text[by.end() : n.start]) is None]
            det = _DETERMINER.search(before)
            return offset + det.start() if det else start, those_named(close, "possessor/by")
    owners = _named_owners(page, sentence, start)
    if owners:
        return owners[0].start, those_named(owners, "possessor/named")
    if (m := _POSSESSIVE.search(before)) is not None:
        whose = m.group("whose").lower()
        if whose in ("our", "my") and holder is None:
            return offset + m.start(), stage.we()
        if holder is None:
            return None
        return offset + m.start(), holder.speakers
    if noun in commitment_words().weak_nouns:
        return None
    if holder is not None and holder.act in (
        "reaffirm",
        "emphasise",
        "commit",
        "support",
        "note",
        "assert",
        "discuss",
        "pledge",
    ):
        det = _DETERMINER.search(before)
        return offset + det.start() if det else start, holder.speakers
    return None


def _named_owners(page: Page, sentence: Sentence, start: int) -> list[Named]:
    """Return the parties whose names stand right before the noun: "the ROK's", "U.S.", "the ROK and Japan's"."""
    out: list[Named] = []
    for named in reversed(page.named_in(sentence.start, start)):
        if not out and not _stands_before(page.text[named.end : start]):
            return []
        if (
            out
            and re.fullmatch(r"\s*(?:,|and|,\s*and)\s+(?:the\s)?", page.text[named.end : out[0].start])
            is None
        ):
            return out
        out.insert(0, named)
    return out


def _stands_before(between: str) -> bool:
    """Tell whether only adjectives stand between a name and the noun that it owns."""
    if re.search(r"\b(?:to|of|for|on|in|with|that|the|our|their|its|his|her|my)\b", between):
        return False
    return re.fullmatch(r"(?:[’']s?)?\s+(?:[a-z][\w-]*,?\s+(?:and\s+)?){0,4}", between) is not None


def _refs(named: Sequence[Named]) -> tuple[PartyRef, ...]:
    return tuple({n.id: n.ref for n in named}.values())


def _cut(text: str, start: int, end: int, acts: Sequence[Performed]) -> int:
    stops = [p.hit.start for p in acts if p.hit.start > start and not p.told]
    stop = min(stops, default=end)
    return start + len(text[start:stop].rstrip(" .;:,\n"))


# --- settling ---------------------------------------------------------------------------------------------------------


def _settle(found: list[Commitment]) -> list[Commitment]:
    """Drop a commitment whose words another already holds, unless somebody else owes it."""
    kept: list[Commitment] = []
    for c in sorted(found, key=lambda c: (c.start - c.end, c.start)):
        if any(k.start <= c.start and c.end <= k.end and _same(k, c) for k in kept):
            continue
        if any(_most(k, c) and _same(k, c) for k in kept):
            continue
        kept.append(c)
    return sorted(kept, key=lambda c: (c.start, c.end))


def _same(a: Commitment, b: Commitment) -> bool:
    return {d.id for d in a.debtors} == {d.id for d in b.debtors}


def _most(a: Commitment, b: Commitment) -> bool:
    both = min(a.end, b.end) - max(a.start, b.start)
    return both > 0.6 * (b.end - b.start)


def _action(words: str) -> str:
    """Return what is to be done, as written, without the word that leads it."""
    words = words.strip(" ,;:")
    for lead in ("to ", "that ", "on "):
        if words.startswith(lead):
            return words[len(lead) :].strip()
    return words


def _complete(page: Page, commitment: Commitment, instruments: Sequence[Instrument]) -> Commitment:
    """Add the deadline, the instrument and those it is for, from the commitment's own words."""
    instrument = instrument_in(instruments, commitment.start, commitment.end)
    deadline = deadline_in(page.text, commitment.start, commitment.end, published=page.published)
    supports = commitment.supports
    if deadline is not None:
        supports = (*supports, Support("deadline", deadline.rule, deadline.start, deadline.end))
    return Commitment(
        quote=commitment.quote,
        start=commitment.start,
        end=commitment.end,
        debtors=commitment.debtors,
        beneficiaries=_beneficiaries(page, commitment, instruments),
        action=commitment.action,
        instrument=None if instrument is None else instrument.name,
        deadline=None if deadline is None else deadline.edtf,
        strength=commitment.strength,
        supports=supports,
    )


_FOR = re.compile(
    r"\b(?:with|to|for|support(?:ing)?|assist(?:ing)?|help(?:ing)?|between)\s+(?:the\s+|its\s+partners\s+in\s+(?:the\s+)?)?$"
)


def _beneficiaries(
    page: Page, commitment: Commitment, instruments: Sequence[Instrument]
) -> tuple[PartyRef, ...]:
    """Return those whom the words name as served; whose name is only part of a plan's or fund's is not."""
    owing_ids = {d.id for d in commitment.debtors}
    inside = [(m.start, m.end) for instrument in instruments for m in instrument.mentions]
    out = [
        n
        for n in page.named_in(commitment.start, commitment.end)
        if n.id not in owing_ids
        and n.form != "demonym"
        and not any(start <= n.start and n.end <= end for start, end in inside)
        and _FOR.search(page.text[max(commitment.start, n.start - 40) : n.start])
    ]
    return _refs(out)
