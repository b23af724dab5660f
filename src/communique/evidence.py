"""What words support: whether a name, a party, a sum, a date, an act or a negation stands in a stretch.

Everything here looks only at a document's words and the vocabulary, never at how a finder came to its value.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property, lru_cache

from communique.find.amounts import Amount, sums_in
from communique.find.dates import deadline_in, find_dates
from communique.find.gazetteer import find_bare, gazetteer, plain
from communique.find.ordinals import find_ordinals
from communique.model import Act, Chair, Instrument, Mention, Party, PartyRef, Polarity, Record, Support
from communique.vocab.acts import acts, cues
from communique.vocab.gazetteer import members, organisations, party_name
from communique.vocab.grammar import grammar
from communique.vocab.instruments import known
from communique.vocab.money.giving import giving
from communique.vocab.publishers import Publisher, publisher_of

Span = tuple[int, int]


_TOKEN = re.compile(r"[^\W_]+(?:[.'’&/-][^\W_]+)*", re.U)
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?:\s?[-–—/]\s?(\d\d)(?!\d))?(?!\d)")
_BEYOND = 30  # characters after "North" within which "and South Korea" ends
_NUMBERED = re.compile(r"([a-z]+)\d+")  # eats "cop26"
# Words that a name may gain or lose without naming anything else.
_LIGHT = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "and",
        "on",
        "in",
        "for",
        "to",
        "with",
        "between",
        "by",
        "at",
        "from",
        "its",
        "their",
    }
)


def fold(words: str) -> str:
    """Fold words for comparison: no case or accents, single spaces, straight quotes and hyphens."""
    if not words.isascii():
        words = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    plain = words.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    plain = plain.replace("–", "-").replace("—", "-").replace("‑", "-")
    return " ".join(plain.casefold().split())


def tokens(words: str) -> list[str]:
    return _TOKEN.findall(fold(words))


@dataclass(frozen=True)
class Stretch:
    """The words a value may rest on: spans of a text, and the title where a rule points there."""

    text: str
    spans: tuple[Span, ...]
    title: str | None = None

    def __iter__(self) -> Iterator[str]:
        yield from (self.text[start:end] for start, end in self.spans)
        if self.title is not None:
            yield self.title

    def holds(self, value: str) -> bool:
        """Tell whether a value stands here as written, white space, case and the shape of quotes aside."""
        return any(value in words for words in self) or any(fold(value) in fold(words) for words in self)

    def holds_words_of(self, value: str, *, free: frozenset[str] = frozenset()) -> bool:
        """Tell whether every word of a value stands here, in any order; articles and the like are free."""
        here = {token for words in self for token in _split(words)}
        wanted = {token for token in _split(value) if token not in _LIGHT | free}
        return wanted <= here

    def sums(self, dollar: str | None) -> list[Amount]:
        return [amount for words in self for amount in sums_in(words, dollar)]

    def ordinals(self) -> set[int]:
        return {number for words in self for _, _, number in find_ordinals(words, 0, len(words))}

    def years(self) -> set[str]:
        """List the years written here, the short second one of "2021-25" among them."""
        out: set[str] = set()
        for words in self:
            for found in _YEAR.finditer(words):
                out.add(found[1])
                if found[2]:
                    out.add(found[1][:2] + found[2])
        return out

    def names(self, mentions: Sequence[Mention]) -> bool:
        """Tell whether one of a party's mentions lies here."""
        return any(start <= m.start and m.end <= end for m in mentions for start, end in self.spans)


def _split(words: str) -> Iterator[str]:
    """Yield the words of a text, compounds both whole and in parts, plurals and possessives cut."""
    for token in tokens(words):
        yield _bare(token)
        if (numbered := _NUMBERED.fullmatch(token)) is not None:
            yield numbered[1]
        parts = re.split(r"[.'&/-]", token)
        if len(parts) > 1:
            yield from (_bare(part) for part in parts if part and part != "s")


def _bare(token: str) -> str:
    token = token.removesuffix("'s")
    return token[:-1] if len(token) > 3 and token.endswith("s") and not token.endswith("ss") else token


def amount_is(found: Amount, value: str) -> bool:
    try:
        return found.value == Decimal(value)
    except InvalidOperation:
        return False


# --- acts and negation ----------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def acts_of(cue: str) -> frozenset[Act]:
    """List the acts that a cue's words perform by the vocabulary; the longest cue in the words decides."""
    words = _cue_words(cue)
    found = [
        (c.length, c.act)
        for i, word in enumerate(words)
        for c in cues().get(word, ())
        if _follows(c.rest, words[i + 1 :]) or (len(c.rest) == 1 and c.rest[0] in words[:i])
    ]
    longest = max((length for length, _ in found), default=0)
    verbs = {act for length, act in found if length == longest}
    folded = f" {' '.join(words)} "
    nouns = {act.label for act in acts().values() for noun in act.nouns if f" {noun} " in folded}
    return frozenset(verbs or nouns)


def _cue_words(cue: str) -> list[str]:
    return re.findall(r"[\w’'-]+|\$", cue.casefold())


def _follows(rest: tuple[str, ...], words: list[str]) -> bool:
    """Tell whether the words of ``rest`` follow in order."""
    following = iter(words)
    return all(word in following for word in rest)


def promises_of(quote: str, cue: str) -> frozenset[Act]:
    """List the acts that "will" makes of a cue: a plan or a promise, and a pledge where it gives.

    In reported speech "would" does what "will" does.
    """
    at = quote.find(cue)
    words = [
        word.casefold() for word in _WORD.findall(quote[max(0, at - 40) : at])[-_NEAR:] + _WORD.findall(cue)
    ]
    if grammar().future.isdisjoint(words) and "would" not in words:
        return frozenset()
    return frozenset(
        {"plan", "commit", "pledge"} if not grammar().giving.isdisjoint(words) else {"plan", "commit"}
    )


_WORD = re.compile(r"[\w’']+")
_CLAUSE_EDGE = re.compile(r"[,;:.()]|\b(?:and|but|that|which|who|while)\b")
_NEAR = 5


def stands_negated(quote: str, cue: str) -> bool:
    """Tell whether a negation stands at the cue: in it, or a few words before it in the same clause."""
    return bool(cue) and any(_negated_at(quote, m) for m in re.finditer(re.escape(cue), quote))


def _negated_at(quote: str, cue: re.Match[str]) -> bool:
    before = _CLAUSE_EDGE.split(quote[max(0, cue.start() - 60) : cue.start()])[-1]
    inside = _WORD.findall(cue[0])
    if inside and inside[0].casefold() not in grammar().future | grammar().be:
        # a verb that leads is not denied by what follows it: "commit not to test" commits
        inside = [word for word in inside if word.casefold() != "not"]
    near = [word.casefold() for word in _WORD.findall(before)[-_NEAR:] + inside]
    return any(
        _negates(word) and after not in grammar().unnegated
        for word, after in zip(near, [*near[1:], ""], strict=True)
    )


def _negates(word: str) -> bool:
    return word in grammar().negation or word.endswith(("n't", "n’t"))


def polarity_of(quote: str, cue: str) -> Polarity:
    return "negative" if stands_negated(quote, cue) else "positive"


# --- what a record rests on -----------------------------------------------------------------------


def may_name(party: Party, words: str) -> bool:
    """Tell whether words name a party: by the vocabulary where that knows it, else by its own name."""
    if _ids_in(words) & {party.id}:
        return True
    if party_name(party.id) is not None:
        return fold(words) == fold(party.name)
    if party.kind == "group" and any(party_name(id_) == party.party for id_ in _ids_in(words)):
        return True
    return not _weighty(words).isdisjoint(_weighty(f"{party.name} {party.post or ''}"))


def _owner(id_: str) -> str:
    """Return the party that a body of the vocabulary belongs to, itself where it belongs to none."""
    body = organisations().get(id_)
    return id_ if body is None or body.party is None else body.party


def _start(mention: Mention) -> int:
    return mention.start


def _is_short_for(acronym: str, name: str) -> bool:
    """Tell whether an acronym is the initials of a name, or of its end ("UPS", "Uganda Prisons Service")."""
    initials = "".join(word[0] for word in name.split() if word[0].isupper())
    return len(acronym) > 1 and initials.endswith(acronym)


@lru_cache(maxsize=8192)
def _ids_in(words: str) -> frozenset[str]:
    """List the parties whose names stand in words."""
    return frozenset(gazetteer().entries[index].id for index, _, _ in _matches(plain(words)))


def _places(words: str) -> list[tuple[str, int]]:
    """List the known parties that words name, seats of government apart, and where.

    A longer name hides the shorter one in it: "Papua New Guinea" is not Guinea.
    """
    known = gazetteer()
    found = ((known.entries[index], start) for index, start, _ in _matches(words))
    return [(entry.id, start) for entry, start in found if entry.form != "capital"]


def _matches(words: str) -> list[tuple[int, int, int]]:
    """List what the gazetteer finds in words, whole words only: its entry, start and end."""
    found = gazetteer().automaton.find_matches_as_indexes(words)
    return [
        (entry, start, end)
        for entry, start, end in found
        if not words[max(0, start - 1) : start].isalnum() and not words[end : end + 1].isalnum()
    ]


@dataclass(frozen=True)
class Evidence:
    """A record's text, the parties it names, and the day it was published: what findings rest on."""

    record: Record
    parties: dict[str, Party]
    published: date | None

    @classmethod
    def of(cls, record: Record) -> Evidence:
        published = record.document.published
        day = date.fromisoformat(published[:10]) if published and len(published) >= 10 else None
        return cls(record, {p.id: p for p in record.parties}, day)

    @cached_property
    def mentions(self) -> dict[str, tuple[Mention, ...]]:
        """The places where each party is named indeed: what its mentions say otherwise supports nothing."""
        return {
            p.id: tuple(sorted((m for m in p.mentions if self.is_mention(p, m)), key=_start))
            for p in self.record.parties
        }

    def is_mention(self, party: Party, mention: Mention) -> bool:
        if self.text[mention.start : mention.end] != mention.text:
            return False
        words = mention.text
        return (
            may_name(party, words)
            or _is_short_for(words, party.name)
            or self._is_introduced(party, words)
            or self._is_half(party, mention)
        )

    def is_called(self, party: Party, name: str) -> bool:
        """Tell whether a name is one of a party's: its own, one the vocabulary knows, or one it has here."""
        return (
            name == party.name
            or may_name(party, name)
            or any(name in m.text for m in self.mentions[party.id])
        )

    def _is_half(self, party: Party, mention: Mention) -> bool:
        """Tell whether a name shares its last word with the name joined to it: "*North* and South Korea"."""
        following = plain(self.text[mention.start : mention.end + _BEYOND])
        return any(n.id == party.id and n.end == len(mention.text) for n in find_bare(following)[:1])

    def _is_introduced(self, party: Party, acronym: str) -> bool:
        """Tell whether an acronym stands in brackets right after a name of the party."""
        brackets = re.compile(rf"\s?\(\s?(?:the\s)?[“\"‘']?{re.escape(acronym)}\b")
        return any(brackets.match(self.text, m.end) for m in party.mentions if m.text != acronym)

    @property
    def text(self) -> str:
        return self.record.document.text

    def dates(self, stretch: Stretch) -> set[str]:
        """List the dates that words give, as EDTF; relative ones are counted from publication.

        A date is read in its whole sentence, which tells a month from a verb and last year from next. It
        counts where it lies in the stretch; so does a year that is written there.
        """
        out = stretch.years()
        for start, end in stretch.spans:
            first, last = self._sentence(start, end)
            out |= self._dates(self.text, first, last, (start, end))
        if stretch.title is not None:
            whole = (0, len(stretch.title))
            out |= self._dates(stretch.title, *whole, whole)
        return out

    def _dates(self, text: str, first: int, last: int, kept: Span) -> set[str]:
        found = [
            when
            for southern in (False, True)
            for when in find_dates(text, first, last, published=self.published, southern=southern)
        ]
        due = deadline_in(text, *kept, published=self.published)
        within = {when.edtf for when in found if kept[0] <= when.start < kept[1]}
        return within if due is None else within | {due.edtf}

    def _sentence(self, start: int, end: int) -> Span:
        """Return where the sentences begin and end that words stand in."""
        around = [s for s in self.record.segments if s.start < end and start < s.end]
        return min((s.start for s in around), default=start), max((s.end for s in around), default=end)

    def beside(self, supports: Sequence[Support], field: str) -> Stretch:
        """Return the words that supports name for a field: spans of the text, or the title."""
        own = [s for s in supports if s.field == field]
        spans = tuple((s.start, s.end) for s in own if s.start is not None and s.end is not None)
        titled = any(s.rule == "title" and s.start is None for s in own)
        return Stretch(self.text, spans, self.record.document.title if titled else None)

    def stretch(self, start: int, end: int, supports: Sequence[Support], field: str) -> Stretch:
        """Return the words that a field rests on: its finding's quote, and those that supports name."""
        beside = self.beside(supports, field)
        return Stretch(self.text, ((start, end), *beside.spans), beside.title)

    def names(self, ref: PartyRef, stretch: Stretch) -> bool:
        """Tell whether a stretch names a party, each party that a joint one joins, or who speaks for it."""
        if "+" in ref.id and ref.id not in self.parties:
            return self.are_named_together(ref, stretch)
        return self._names(ref.id, ref.name, stretch)

    def is_listed(self, ref: PartyRef, beside: Sequence[PartyRef], span: Span) -> bool:
        """Tell whether a span names a party as one of those it lists, not as the place where they are.

        Words that stand for a party beside it already don't count; a person stands for their party too.
        """
        if "+" in ref.id and ref.id not in self.parties:
            return self.are_named_together(ref, Stretch(self.text, (span,)))
        others = [r.id for r in beside if r.id != ref.id]
        speaking = [p.id for p in self.record.parties if p.kind == "person" and p.party == ref.name]
        own = [m for m in self._within(ref.id, span) if not self._is_taken(m, others)]
        own += [m for id_ in speaking if id_ not in others for m in self._within(id_, span)]
        if any(not self._is_place(m, span[0]) and not self._is_part(m, span) for m in own):
            return True
        return self.is_described(ref, Stretch(self.text, (span,)))

    def _within(self, id_: str, span: Span) -> list[Mention]:
        """List a party's mentions in a span."""
        mentions = self.mentions.get(id_, ())
        low = bisect_left(mentions, span[0], key=_start)
        high = bisect_left(mentions, span[1], key=_start)
        return [m for m in mentions[low:high] if m.end <= span[1]]

    def _is_taken(self, mention: Mention, others: Sequence[str]) -> bool:
        """Tell whether a mention lies in the mention of another party."""
        for id_ in others:
            mentions = self.mentions.get(id_, ())
            last = bisect_right(mentions, mention.start, key=_start) - 1
            if last >= 0 and mention.end <= mentions[last].end:
                return True
        return False

    def _is_part(self, mention: Mention, span: Span) -> bool:
        """Tell whether some of a party's are meant, not itself: "some GCC partners"."""
        before = tokens(self.text[span[0] : mention.start])
        return bool(before) and before[-1] in giving().partial

    def _is_place(self, mention: Mention, start: int) -> bool:
        """Tell whether a preposition of place stands between the name before a mention and it."""
        last = bisect_right(self._ends, mention.start) - 1
        after = max(start, self._ends[last]) if last >= 0 else start
        return _LOCATIVE.search(self.text, after, mention.start) is not None

    @cached_property
    def _ends(self) -> list[int]:
        return sorted(m.end for mentions in self.mentions.values() for m in mentions)

    @cached_property
    def people(self) -> frozenset[str]:
        return frozenset(p.id for p in self.record.parties if p.kind == "person")

    def spokesmen(self, refs: Sequence[PartyRef]) -> set[str]:
        """List the names of the parties that some people, or some groups of members, speak for."""
        kinds = {p.id: p.kind for p in self.record.parties}
        return {r.party for r in refs if r.party is not None and kinds.get(r.id) in ("person", "group")}

    def _names(self, id_: str, name: str, stretch: Stretch) -> bool:
        if stretch.names(self.mentions.get(id_, ())):
            return True
        for_it = [p for p in self.record.parties if p.kind == "person" and p.party == name]
        return any(stretch.names(self.mentions[p.id]) for p in for_it)

    def are_named_together(self, ref: PartyRef, stretch: Stretch) -> bool:
        """Tell whether a stretch names each of the parties that give together, none else in the name."""
        each = [self.parties.get(id_) for id_ in ref.id.split("+")]
        known = [p for p in each if p is not None and self._names(p.id, p.name, stretch)]
        return len(known) == len(each) and ref.name == " and ".join(p.name for p in known)

    def names_by_name(self, name: str, stretch: Stretch) -> bool:
        """Tell whether a party, given by its name, is named in a stretch."""
        return any(p.name == name and stretch.names(self.mentions[p.id]) for p in self.record.parties)

    def said_by(self, refs: Sequence[PartyRef], start: int, end: int) -> bool:
        """Tell whether a statement of these parties holds the words between two offsets."""
        return any(s.start <= start and end <= s.end and s.speakers == refs for s in self.record.statements)

    def gives_as_speaker(self, ref: PartyRef, start: int, end: int) -> bool:
        """Tell whether a party speaks, itself or by a person, in a statement that meets the words."""
        ids = set(ref.id.split("+"))
        for said in self.record.statements:
            if said.start >= end or said.end <= start:
                continue
            speaking = {r.id for r in said.speakers} | {self.id_of(r.party) for r in said.speakers if r.party}
            if ids <= speaking:
                return True
        return False

    def id_of(self, name: str) -> str | None:
        """Return the id of a party given by its name."""
        return next((p.id for p in self.record.parties if p.name == name), None)

    def sends(self, name: str, chair: Chair, others: Sequence[str], stretch: Stretch) -> bool:
        """Tell whether a party is the one that a chair's post names, their own, or named with them."""
        unnamed = chair.post is not None and chair.name.startswith(chair.post)
        post = chair.name if unnamed else chair.post or ""
        posted = {i for id_ in _ids_in(post) for i in (id_, _owner(id_))}
        if posted:
            return self.id_of(name) in posted or any(p.party == name for p in self._called(post))
        if any(p.party == name for p in self._called(chair.name)):
            return True
        who = chair.post or chair.name
        named = [m for p in self.record.parties if name in (p.name, p.party) for m in self.mentions[p.id]]
        return any(
            (at := self.text.find(who, start, end)) >= 0 and self._goes_with(m, at, who, others)
            for start, end in stretch.spans
            for m in named
            if start <= m.start and m.end <= end
        )

    def _called(self, words: str) -> list[Party]:
        """List the parties whose name stands in words, or that are named by them."""
        return [p for p in self.record.parties if p.name in words or any(words == m.text for m in p.mentions)]

    def _goes_with(self, mention: Mention, at: int, who: str, others: Sequence[str]) -> bool:
        first, last = sorted([(mention.start, mention.end), (at, at + len(who))])
        between = self.text[first[1] : last[0]]
        return not any(other in between for other in others)

    def acts_in(self, ref: PartyRef, beside: Sequence[PartyRef], start: int, end: int) -> bool:
        """Tell whether a quote names a party where one who acts is: before all others, or after "by"."""
        inside = [m for m in self.mentions.get(ref.id, ()) if start <= m.start and m.end <= end]
        return any(self._comes_first(m, beside, start) or self._by(m, start) for m in inside)

    def _comes_first(self, mention: Mention, beside: Sequence[PartyRef], start: int) -> bool:
        """Tell whether only those who act beside it, or whom they speak for, are named before it."""
        ids = {r.id for r in beside}
        names = {r.party for r in beside}
        return all(
            p.id in ids or p.name in names or p.party in {r.name for r in beside}
            for p in self.record.parties
            for m in self.mentions[p.id]
            if start <= m.start < mention.start and m.end <= mention.start and not self._is_joined(m)
        )

    def _is_joined(self, mention: Mention) -> bool:
        """Tell whether a name is only part of a longer one: "ASEAN" in "ASEAN-Australia programme"."""
        return "-" in (self.text[mention.end : mention.end + 1], self.text[mention.start - 1 : mention.start])

    def _by(self, mention: Mention, start: int) -> bool:
        return _BY.search(self.text, max(start, mention.start - 40), mention.start) is not None

    # what stands beside the text

    @cached_property
    def publisher(self) -> Publisher | None:
        return publisher_of(self.record.document)

    def issues(self, ref: PartyRef) -> bool:
        """Tell whether a party publishes the document, or speaks for the one that does."""
        if self.publisher is None or self.publisher.issuer is None:
            return False
        issuer = self.publisher.issuer
        return ref.id == issuer.id or (ref.party == issuer.name and ref.name == self.publisher.post)

    def writes(self, ref: PartyRef) -> bool:
        """Tell whether a party is the document's "I" or "we": its issuer, or a person of byline or title."""
        if self.issues(ref) or ref.name == self.record.document.byline:
            return True
        return (ref.party is not None or ref.id in self.people) and self.in_title(ref)

    def leads_title(self, ref: PartyRef, beside: Sequence[PartyRef]) -> bool:
        """Tell whether the title names a party, and before it only those beside it or whom they speak for."""
        if not self.in_title(ref):
            return False
        ids = {id_ for r in beside for id_ in (r.id, _owner(r.id))}
        names = {name for r in beside for name in (r.name, r.party) if name is not None}
        return all(
            p.id in ids or p.name in names or p.party in names
            for p in self._titled_before(ref)
            if p.id != ref.id
        )

    def _titled_before(self, ref: PartyRef) -> list[Party]:
        """List the parties that the title names before it names this one."""
        limit = self._titled.get(ref.id, 0)
        whole = ("state", "organisation", "group")
        return [p for p in self.record.parties if p.kind in whole and self._titled.get(p.id, limit) < limit]

    @cached_property
    def _titled(self) -> dict[str, int]:
        """Where the title first names each party: as the vocabulary knows it, or as the text names it."""
        title = plain(self.record.document.title or "")
        places = dict(reversed(_places(title)))
        folded = fold(title)
        for party in self.record.parties:
            if party_name(party.id) is None:
                ways = {fold(party.name), *(fold(m.text) for m in self.mentions[party.id])}
                found = [m.start() for way in ways for m in re.finditer(rf"\b{re.escape(way)}\b", folded)]
                if found:
                    places[party.id] = min(found)
        return places

    def has_member(self, ref: PartyRef, stretch: Stretch) -> bool:
        """Tell whether a group named in a stretch has a party as its member on the day of publication."""
        groups = [p for p in self.record.parties if stretch.names(self.mentions[p.id])]
        return any(ref.id in members(p.id, on=self.published) for p in groups)

    def is_described(self, ref: PartyRef, stretch: Stretch) -> bool:
        """Tell whether a stretch holds the words that stand for a party without a name ("the delegates")."""
        return party_name(ref.id) is None and stretch.holds(ref.name)

    def is_labelled(self, ref: PartyRef, stretch: Stretch) -> bool:
        """Tell whether a label names a party, or by family name a person: the party itself or who speaks for it."""
        people = [p.name for p in self.record.parties if p.id == ref.id or p.party == ref.name]
        return self.names(ref, stretch) or any(stretch.holds(name.split()[-1]) for name in people)

    def speaks_for(self, id_: str, ref: PartyRef) -> bool:
        """Tell whether a person, given by id, speaks for a party: by the record, or where they speak."""
        person = self.parties.get(id_)
        if person is not None and person.party is not None and person.party == ref.name:
            return True
        speakers = (r for s in self.record.statements for r in s.speakers)
        return any(r.id == id_ and r.party == ref.name for r in speakers) or (
            person is None and self.issues(ref)
        )

    def in_title(self, ref: PartyRef) -> bool:
        """Tell whether the title names a party: as the vocabulary knows it, or as the text does."""
        title = self.record.document.title
        if title is None:
            return False
        folded = fold(title)
        ways = (ref.name, *(m.text for m in self.mentions.get(ref.id, ())))
        if ref.id in _ids_in(title) or any(fold(way) in folded for way in ways):
            return True
        if ref.party is None:
            return False
        # a person by name, or by the office they hold for a party that the title names
        return not _weighty(ref.name).isdisjoint(_weighty(title)) or self.id_of(ref.party) in _ids_in(title)

    def dollar(self) -> str | None:
        """Return what a bare dollar sign means here: the issuer's dollar."""
        return None if self.publisher is None else self.publisher.dollar

    # instruments

    def named_at(self, instrument: Instrument) -> tuple[Span, ...]:
        """List the places where an instrument is named: its quote, mentions, and what supports point at."""
        mentioned = [(m.start, m.end) for m in instrument.mentions]
        supports = instrument.supports
        supporting = [(s.start, s.end) for s in supports if s.start is not None and s.end is not None]
        return ((instrument.start, instrument.end), *mentioned, *supporting)

    def may_mean(self, instrument: Instrument) -> bool:
        """Tell whether a name is what a surface means: the same words, or ones the vocabulary knows."""
        if Stretch(self.text, self.named_at(instrument)).holds_words_of(instrument.name):
            return True
        entry = next((k for k in known() if k.name == instrument.name), None)
        if entry is None:
            return False
        ways = (entry.name, *entry.variants, *entry.acronyms)
        return any(fold(way) in fold(instrument.surface) or _alike(way, instrument.surface) for way in ways)

    def known_years(self, instrument: Instrument) -> set[str]:
        """Return the years that the vocabulary gives, where a support says they come from there."""
        if not any(s.field == "period" and s.start is None for s in instrument.supports):
            return set()
        return {k.to for k in known() if k.name == instrument.name and k.to is not None}

    def mentions_instrument(self, name: str, stretch: Stretch) -> bool:
        """Tell whether an instrument of the record, given by its name, is mentioned in a stretch."""
        for instrument in self.record.instruments:
            if instrument.name != name:
                continue
            if stretch.holds(instrument.surface) or stretch.names(instrument.mentions):
                return True
            if any(stretch.holds(m.text) for m in instrument.mentions):
                return True
        return False


_LOCATIVE = re.compile(r"\b(?:in|at|near)\b")
_BY = re.compile(r"\b(?:by|from)\s(?:\w+\s){0,4}$")


def _weighty(words: str) -> set[str]:
    return {token for token in _split(words) if token not in _LIGHT}


def _alike(way: str, surface: str) -> bool:
    """Tell whether a surface differs from a known name in small words only ("Outlook in", "Outlook on")."""
    return _weighty(way) <= _weighty(surface)
