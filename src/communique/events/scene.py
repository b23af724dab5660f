"""Who is named in a sentence, token by token, and whom a noun phrase stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from communique.events.places import Place, find_places
from communique.events.roles import role_of
from communique.events.sides import side_of
from communique.events.telling import Side
from communique.events.treaties import Span, outside
from communique.text.clauses import is_verb, own_subject
from communique.text.page import Named, Page, Sentence
from communique.text.syntax import Parse
from communique.vocab.events.grammar import event_grammar


@dataclass(frozen=True, slots=True)
class Mention:
    """A side named at some tokens; ``is_place`` where the name is that of a place within a state."""

    first: int
    last: int
    side: Side
    is_place: bool = False


@dataclass(frozen=True)
class Scene:
    """A sentence with who is named in it. ``before``: who acted last; ``treaties``: where these are named."""

    page: Page
    sentence: Sentence
    parse: Parse
    before: tuple[Side, ...] = ()
    treaties: tuple[Span, ...] = ()

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """List the sides named, in order; a longer name wins over what it holds."""
        start, end = self.sentence.start, self.sentence.end
        named = outside(self.page.named_in(start, end), self.treaties)
        known = [self._mention(n) for n in named]
        places = [self._placed(p) for p in find_places(self.page.text, start, end)]
        found = [m for m in (*known, *places) if m is not None and not self._is_backer(m)]
        kept: list[Mention] = []
        for one in sorted(found, key=lambda m: (m.first - m.last, m.is_place)):
            if all(one.last < k.first or k.last < one.first for k in kept):
                kept.append(one)
        return tuple(sorted(kept, key=lambda m: m.first))

    def _is_backer(self, mention: Mention) -> bool:
        """Tell a name that says for or by whom others are: "pro-*Iranian*", "*Syrian*-backed", "*Israeli*-occupied"."""
        words = [w.lower() for w in self.parse.words]
        if (
            mention.first > 1
            and words[mention.first - 1] == "-"
            and words[mention.first - 2] in event_grammar().siding
        ):
            return True
        after = words[mention.last + 1 : mention.last + 3]
        if after and after[0].startswith("$"):
            return True
        return len(after) == 2 and after[0] == "-" and after[1] in event_grammar().backed

    def _mention(self, named: Named) -> Mention | None:
        side = side_of(named.ref)
        span = self._tokens(named.start, named.end)
        return None if side is None or span is None else Mention(*span, side.named_at(named.start, named.end))

    def _placed(self, place: Place) -> Mention | None:
        span = self._tokens(place.start, place.end)
        return (
            None
            if span is None
            else Mention(*span, place.side.named_at(place.start, place.end), place.is_place)
        )

    def _tokens(self, start: int, end: int) -> tuple[int, int] | None:
        inside = [
            i
            for i, (s, e) in enumerate(zip(self.parse.starts, self.parse.ends, strict=True))
            if s < end and e > start
        ]
        return (inside[0], inside[-1]) if inside else None

    @cached_property
    def _by_token(self) -> dict[int, Mention]:
        return {i: m for m in self.mentions for i in range(m.first, m.last + 1)}

    def mention_at(self, token: int) -> Mention | None:
        return self._by_token.get(token)

    # --- noun phrases -------------------------------------------------------------------------------------------

    def heads(self, head: int) -> list[int]:
        """List the heads of the phrases joined to one another: "soldiers" and "police"."""
        out = [head]
        for child in self.parse.of(head, "conj"):
            out += self.heads(child)
        return out

    def sides(self, head: int) -> list[Side]:
        """List whom a noun phrase stands for, those joined by "and" each for itself."""
        out: list[Side] = []
        for one in self.heads(head):
            out += [s for s in self._own(one) if s not in out]
        return out

    def is_only_placed(self, head: int) -> bool:
        """Tell "the heatwave in Greece", which is in a country but not of it."""
        if self.mention_at(head) is not None or any(
            self.mention_at(i) is not None for i in self._adjectives(head)
        ):
            return False
        return not any(self._under(head, how) for how in ("appos", "of", "from"))

    def _own(self, head: int) -> list[Side]:
        if is_verb(self.parse, head) and (subject := own_subject(self.parse, head)) is not None:
            return self._own(
                subject
            )  # "the Red Cross operating in Iraq": the parser takes the verb for the noun
        mentions = self._ranked(head)
        role = self._role(head)
        return [_with_role(m.side, role, own=m.first <= head <= m.last) for m in mentions]

    def _role(self, head: int) -> str | None:
        """Return the role that a phrase says; "thousands of Nigerians" are what Nigerians are."""
        if self.parse.tags[head] == "NNPS" and self.mention_at(head) is not None:
            return "CVL"
        if self.parse.words[head].lower() in event_grammar().quantities:
            for prep in self.parse.of(head, "prep"):
                for counted in self.parse.of(prep, "pobj"):
                    return self._role(counted)
        return role_of(self.parse, head)

    def _ranked(self, head: int) -> list[Mention]:
        """Return the mentions that say whose a phrase is: its own name, its adjective or owner, "of", the rest."""
        own = self.mention_at(head)
        if (elsewhere := self._living(head)) is not None:
            return [elsewhere]
        if own is not None:
            beside = [
                m for m in (self.mention_at(c) for c in self._adjectives(head)) if m is not None and m != own
            ]
            return self._with_half(own) if not (own.is_place and beside) else beside[:1]
        adjectives = [m for m in (self.mention_at(c) for c in self._adjectives(head)) if m is not None]
        if adjectives:
            return _joined(self.parse, adjectives)
        for dep in ("appos", "of", "from", "in", "other"):
            found = self._under(head, dep)
            if found:
                return found
        return []

    def _with_half(self, own: Mention) -> list[Mention]:
        """Return a name with the half of one that shares its last word: "*North* and *South Korea*"."""
        half = self.mention_at(own.first - 2) if own.first > 1 else None
        and_ = self.parse.words[own.first - 1].lower() in ("and", "or")
        shares = half is not None and self.parse.deps[half.last] in ("amod", "compound", "nmod")
        return [half, own] if half is not None and and_ and shares else [own]

    def _living(self, head: int) -> Mention | None:
        """Return where those live who are named by descent: "ethnic Albanians in Serbia", "the Albanians of Serbia"."""
        words = [self.parse.words[i].lower() for i in self._adjectives(head)]
        people = self.parse.tags[head] == "NNPS" and self.mention_at(head) is not None
        if "ethnic" not in words and not people:
            return None
        there = self._under(head, "in") if "ethnic" in words else []
        there = there or self._under(head, "of")
        if not there and "ethnic" in words:
            there = [m for m in self.mentions if m.is_place or self._follows_in(m)]
        return there[0] if there else None

    def _follows_in(self, mention: Mention) -> bool:
        before = [w.lower() for w in self.parse.words[max(0, mention.first - 3) : mention.first]]
        return not event_grammar().living.isdisjoint(before)

    def _adjectives(self, head: int) -> Iterable[int]:
        """Yield the words before a noun that belong to it: "*Israeli army* bulldozers", "*Serb*-led forces"."""
        low = min([self.parse.subtree(c)[0] for c in self.parse.children[head] if c < head], default=head)
        yield from range(low, head)

    def _under(self, head: int, what: str) -> list[Mention]:
        parse = self.parse
        if what == "appos":
            for child in parse.of(head, "appos"):
                if found := self._ranked(child):
                    return found
            return []
        for prep in parse.of(head, "prep"):
            word = parse.words[prep].lower()
            fits = {
                "of": word == "of",
                "from": word == "from",
                "in": word in event_grammar().seated,
            }.get(
                what,
                word not in event_grammar().apart,
            )
            if fits:
                for pobj in parse.of(prep, "pobj"):
                    joined = self.heads(pobj) if what in ("of", "from") else [pobj]
                    if found := [m for one in joined for m in self._ranked(one)]:
                        return list(dict.fromkeys(found))
        return []

    def within(self, low: int, high: int) -> list[Mention]:
        return [m for m in self.mentions if low <= m.first and m.last <= high]


def _joined(parse: Parse, found: Sequence[Mention]) -> list[Mention]:
    """Of several adjectives before one noun, all that are joined ("Turkish and Greek sides"), else the nearest."""
    if len(found) == 1:
        return list(found)
    ordered = sorted(set(found), key=lambda m: m.first)
    groups = [[ordered[0]]]
    for one in ordered[1:]:
        between = [w.lower() for w in parse.words[groups[-1][-1].last + 1 : one.first]]
        if between and event_grammar().joining.issuperset(between):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups[0]


def _with_role(side: Side, role: str | None, *, own: bool) -> Side:
    """Give a side the role that its phrase says; "a Korean boy band" names a state and is no part of its government."""
    if side.role == "IGO" or side.role not in (None, "GOV") or (own and role is None):
        return side
    return replace(side, role=role)
