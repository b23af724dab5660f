"""Who speaks: subjects resolved to parties, sentence by sentence.

A document is read as a reader does: "both sides" are those who met, "they" the last who were named together, "he"
the last person, "we" those in whose voice the document speaks. What a subject's own words don't say is carried by a
`Support` that points at the words it was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from msgspec.structs import replace

from communique.find.chairs import find_chairs
from communique.link.voice import FIRST_PERSON, Speaking, is_scene, top_parties
from communique.model import PartyRef, Support
from communique.text.page import Named, Page
from communique.vocab.gazetteer import members, organisations
from communique.vocab.grammar import grammar
from communique.vocab.speakers import speaker_words

_WORD = re.compile(r"[\w’'.-]+")
# eats "Meeting of A and B", "Joint Statement", "A-B Dialogue": a title whose parties do something together
_TOGETHER = re.compile(
    r"\b(?:joint|meeting|call|summit|dialogue|talks|trilateral|bilateral|between|consultations?|conference|council"
    r"|forum|communiqu\w+|agree\w*|sign\w*|commit\w*|with)\b",
    re.I,
)
# eats "ministers from both sides", "leaders of the two countries"
_OF_BOTH = re.compile(
    r"\b(?:from|of|on) (?:both|the two|their two|our two) (?:sides|countries|nations|governments|states)\b"
)
# eats ", ", ", and the " between the states of an enumeration
_JOINT = re.compile(r"\s*,?\s*(?:and\s+|&\s+)?(?:the\s+)?")
# eats "with ", "in the ": what stands before a name that is no subject
_LED = re.compile(
    r"\b(?:of|in|with|from|to|for|by|between|at|on|and|against|including|among)\s+(?:the\s+)?$", re.I
)
_PRONOUNS = frozenset(
    {"they", "he", "she", "we", "i", "it", "who", "which", "that", "them", "him", "her", "each", "both"}
)
# eats " of ", " of the ", ", " between a person and the party named with them
_AFFILIATION = re.compile(r"\s*(?:,\s*)?(?:of|for|from|at)\s(?:the\s)?(?:[A-Z]\w+\s){0,3}$|\s*\(?$")
# eats "The Heads of State of fifty countries, together with ": those named after it came along
_ACCOMPANIED = re.compile(
    r"(?:the\s)?(?:heads|leaders|ministers|representatives)\b[^.;]{0,160}?(?P<cut>,?\s(?:together|along) with)\b",
    re.I,
)
# eats " ", "’s ", "'s foreign ministry " between a party and the person who speaks for it
_POSSESSED = re.compile(r"(?:[’']s?)?\s*|[’']s?(?:\s[a-z-]+){1,4},?\s+")


# eats " (MRC)" after a name
_LETTERS = re.compile(r"\s?\((?:the\s)?[A-Z][\w&-]{1,11}\)")
# eats "'s foreign ministry"
_OWNED = re.compile(r"[’']s?\s(?:\w+\s){0,3}?(?P<noun>ministry|department|council|agency|bank)\b", re.I)


@dataclass(frozen=True, slots=True)
class Speakers:
    """The parties a subject stands for, and why, where its words don't name them."""

    refs: tuple[PartyRef, ...]
    supports: tuple[Support, ...] = ()
    unnamed: bool = False

    def __bool__(self) -> bool:
        return bool(self.refs) or self.unnamed


NOBODY = Speakers(())
# Somebody speaks, and the document does not say who: "they", with nobody named before.
SOMEBODY = Speakers((), unnamed=True)


def those_named(named: Sequence[Named], rule: str = "subject") -> Speakers:
    """Return the parties of an enumeration, each resting on its own name."""
    refs = top_parties(named)
    places = {n.id: n for n in reversed(named)}
    return Speakers(
        refs, tuple(Support("speakers", rule, places[r.id].start, places[r.id].end) for r in refs)
    )


def _maybe(support: Support | None) -> tuple[Support, ...]:
    return () if support is None else (support,)


def _again(supports: Sequence[Support], rule: str) -> tuple[Support, ...]:
    """Return what supported those who spoke before; where that is a name, under the rule that finds it again."""
    return tuple(replace(s, rule=rule) if s.rule in ("subject", "anaphora/met") else s for s in supports)


@dataclass
class Stage:
    """Who is on stage while a document is read: it changes with every subject and every meeting told."""

    page: Page
    speaking: Speaking
    met: Speakers = NOBODY
    plural: Speakers = NOBODY
    single: Speakers = NOBODY
    body: Speakers = NOBODY
    everyone: Speakers = NOBODY
    told: bool = False
    _literal: dict[str, PartyRef] = field(default_factory=dict)

    # --- what changes it -------------------------------------------------------------------------------------------

    def meet(self, spans: Sequence[tuple[int, int]], *, people_only: bool = False) -> None:
        """Note who meets: the parties named in a meeting verb's subject, its objects and whom it is "with"."""
        named: list[Named] = []
        described: list[PartyRef] = []
        for start, end in spans:
            found = [n for n in self._top(start, end) if not self._is_place(n) and n not in named]
            named += found
            described += () if found else self._unnamed(start, end)
            if (
                found
                and (led := _ACCOMPANIED.match(self.page.text, start, end))
                and led.end() <= found[0].start
            ):
                return
        if sum(n.kind == "person" for n in named) > 1:
            named = self._with_groups(named)
        if people_only and any(n.kind != "person" for n in named):
            return
        who = (*top_parties(named), *(described if named and not people_only else ()))
        bodies_only = all(n.kind == "body" for n in named)
        if len(who) < 2 or (bodies_only and self.everyone):
            return
        self.met = self._as_one(who) or Speakers(
            who, tuple(Support("speakers", "anaphora/met", *span) for span in spans)
        )
        if not self.told:
            self.everyone, self.told = self.met, True
        self.plural = self.met

    def _as_one(self, who: Sequence[PartyRef]) -> Speakers | None:
        """Return the organisation whose meeting the title tells, where its members meet: "Leaders" are the Forum's."""
        ids = {r.id for r in who}
        for n in self.speaking.titled:
            known = set(members(n.id, on=self.page.published))
            if len(ids) > 3 and n.kind == "organisation" and ids <= known:
                return Speakers((n.ref,), (Support("speakers", "title"),))
        return None

    def _unnamed(self, start: int, end: int) -> tuple[PartyRef, ...]:
        """Return who is met but only described: "with a bipartisan group of senators"."""
        phrase = self.page.text[start:end]
        words = [w.lower() for w in _WORD.findall(phrase)]
        lead = 1 if words and words[0] in ("with", "by") else 0
        words = words[lead:]
        head = _head_word(words) if words else ""
        if not words or words[0] in _PRONOUNS or head not in speaker_words().human - speaker_words().events:
            return ()
        begin = phrase.lower().find(words[0]) if lead else 0
        return self._literal_ref(phrase[begin:], start + begin).refs

    def open(self) -> None:
        """Put those whom the title names on stage, until the text tells who meets."""
        if self.speaking.voice == "I":
            return
        author = self.speaking.author
        title = self.page.document.title or ""
        titled = [
            n
            for n in self.speaking.titled
            if n.form != "capital" and n.id != author and not is_scene(title, n)
        ]
        people = [n for n in titled if n.kind == "person" or n.form == "group"]
        who = top_parties(people if len(people) > 1 else titled)
        if len(who) > 1 and (len(people) > 1 or _TOGETHER.search(title)):
            self.everyone = Speakers(who, (Support("speakers", "title"),))

    def _with_groups(self, named: Sequence[Named]) -> list[Named]:
        kept: list[Named] = []
        for n in named:
            after_person = (
                bool(kept) and _AFFILIATION.search(self.page.text[kept[-1].end : n.start]) is not None
            )
            if n.kind == "person" or (n.form == "group") or (not after_person and self._leads_people(n)):
                kept.append(n)
        return kept

    def _leads_people(self, named: Named) -> bool:
        before = self.page.text[max(0, named.start - 60) : named.start].lower()
        return bool(
            re.search(
                r"\b(?:leaders|representatives|ministers|officials|ambassadors|heads)\b[^.]{0,40}$", before
            )
        )

    def _is_place(self, named: Named) -> bool:
        before = self.page.text[max(0, named.start - 14) : named.start].lower()
        return (
            named.form == "capital"
            or re.search(
                r"\b(?:in|at|to|near|on)\s(?:the\s)?$|sidelines of (?:the )?$|margins of (?:the )?$", before
            )
            is not None
        )

    def heard(self, speakers: Speakers, *, start: int, end: int) -> None:
        """Note who has just spoken, so that "they", "he" and "it" find them."""
        if not speakers.refs or self.page.text[start:end].lower() in ("i", "we"):
            return
        at = Speakers(speakers.refs, _again(speakers.supports, "anaphora/last"))
        if len(speakers.refs) > 1 or self._is_many(speakers.refs[0], start, end):
            self.plural = at
        elif self._is_person(speakers.refs[0]):
            self.single = at
        if ref_is_literal := speakers.refs[0].id in self._literal:
            self.single = at
        if ref_is_literal or not self._is_person(speakers.refs[0]):
            self.body = at

    def _is_person(self, ref: PartyRef) -> bool:
        return ref.id in self._people or (ref.party is not None and ref.id not in self._bodies)

    @cached_property
    def _people(self) -> frozenset[str]:
        return frozenset(n.id for n in (*self.page.named, *self.speaking.titled) if n.kind == "person")

    @cached_property
    def _bodies(self) -> frozenset[str]:
        return frozenset(n.id for n in self.page.named if n.kind != "person")

    def _is_many(self, ref: PartyRef, start: int, end: int) -> bool:
        words = _WORD.findall(self.page.text[start:end].lower())
        return any(w.endswith("s") and w in speaker_words().human for w in words)

    # --- resolution ------------------------------------------------------------------------------------------------

    def resolve(self, start: int, end: int) -> Speakers:
        """Return who the noun phrase between two offsets stands for; nobody, where it is no party."""
        if led := _ACCOMPANIED.match(self.page.text, start, end):
            end = led.start("cut")
        phrase = self.page.text[start:end]
        words = [w.lower() for w in _WORD.findall(phrase)]
        if not words:
            return NOBODY
        if (found := self._pronoun(words, start, end)) is not None:
            return found
        start = self._enumeration_start(start, end)
        named = self._top(start, end)
        if (found := self._collective(words, named)) is not None:
            return found
        if named:
            return self._from_names(words, named, start, end)
        if (found := self._first_person_owner(words)) is not None:
            return found
        return self._described(phrase, words, start)

    def _enumeration_start(self, start: int, end: int) -> int:
        """Take into a subject the states that the parser left before it: "Canada, Germany, | and the UK will"."""
        sentence = self.page.sentence_at(start)
        first = self.page.named_in(start, end)[:1]
        if sentence is None or not first or first[0].kind != "state":
            return start
        chain = [first[0]]
        for named in reversed(self.page.named_in(sentence.start, start)):
            between = self.page.text[named.end : chain[0].start]
            if named.kind != "state" or _JOINT.fullmatch(between) is None:
                break
            chain.insert(0, named)
        joined = " and " in self.page.text[chain[0].end : end]
        led = _LED.search(self.page.text[sentence.start : chain[0].start]) is not None
        return start if led or not joined or len(chain) == 1 else chain[0].start

    def we(self) -> Speakers:
        if self.speaking.we:
            support = self.speaking.support or FIRST_PERSON
            return Speakers(self.speaking.we, (support,))
        return self.met or self.everyone or SOMEBODY

    def _we_at(self, start: int) -> Speakers:
        """Return who "we" are; where a sentence opens with it and nobody is known to say it, those who spoke last."""
        found, sentence = self.we(), self.page.sentence_at(start)
        if found.refs or sentence is None or sentence.start != start:
            return found
        return self.plural or self.body or found

    def _pronoun(self, words: list[str], start: int, end: int) -> Speakers | None:
        first = words[0]
        if first == "i" and len(words) == 1:
            who = self.speaking.i
            return SOMEBODY if who is None else Speakers((who,), (self.speaking.own,))
        if "i" in words[1:] and "and" in words and self.speaking.i is not None:
            others = those_named(self._top(start, end))
            return Speakers((*others.refs, self.speaking.i), (*others.supports, self.speaking.own))
        if first == "we":
            named = those_named(self._top(start, end))
            return named if len(named.refs) > 1 else self._we_at(start)
        if len(words) == 1 and first in ("our", "my"):
            return self.we()
        if len(words) > 2:
            return None
        if first in speaker_words().they and len(words) == 1:
            return self.plural or self.met or self.everyone or SOMEBODY
        if first in speaker_words().one:
            return self.single or self._last_person(start) or SOMEBODY
        if first == "it":
            return self._last_named(start) or self.body
        if first in ("this", "that", "which", "who", "there", "what", "these", "those", "one"):
            return NOBODY
        return None

    def _last_person(self, before: int) -> Speakers | None:
        """Return the person whom the sentence before, or the one before that, names first."""
        sentence = self.page.sentence_at(before)
        if sentence is None:
            return None
        for index in range(sentence.index - 1, max(-1, sentence.index - 3), -1):
            earlier = self.page.sentences[index]
            people = [n for n in self.page.named_in(earlier.start, earlier.end) if n.kind == "person"]
            people.sort(key=lambda n: n.form != "person")
            if people:
                return those_named(people[:1], "anaphora/last")
        return None

    def _last_named(self, before: int) -> Speakers | None:
        """Return the one state or body named last before "it" in its sentence."""
        sentence = self.page.sentence_at(before)
        if sentence is None:
            return None
        named = [
            n
            for n in self.page.named_in(sentence.start, before)
            if n.kind in ("state", "organisation", "body")
        ]
        return those_named(named[-1:], "anaphora/it") if named else None

    def _first_person_owner(self, words: list[str]) -> Speakers | None:
        """ "Our ministers" speak for those in whose voice the document speaks, "my Government" for its issuer."""
        if words[-1] not in speaker_words().human or words[0] not in ("our", "my"):
            return None
        if words[0] == "our" and self.speaking.voice == "we":
            return self.we()
        issuer = self.page.issuer
        return self.we() if issuer is None else Speakers((issuer,), (Support("speakers", "issuer"),))

    def _collective(self, words: list[str], named: Sequence[Named]) -> Speakers | None:
        vocabulary = speaker_words()
        if any(n.kind == "person" for n in named):
            return None
        if _OF_BOTH.search(" ".join(words)):
            return self._everyone_for(["both"]) or None
        if (
            words[0]
            not in (
                "the",
                "both",
                "two",
                "three",
                "all",
                "these",
                "each",
                "our",
                "participants",
                "delegates",
                "leaders",
                "delegations",
                "participating",
            )
            and words[0] not in vocabulary.collective
        ):
            return None
        head = _head_word(words)
        if named:
            return self._of_group(words, named)
        if head in ("co-chairs", "chairs") and self._chairing:
            return self._chairing
        if (
            head in vocabulary.collective
            and words[-1] in _LANDS
            and not {"two", "both", "three", "four"}.isdisjoint(words[-2:-1])
            and "of" in words
        ):
            return self._everyone_for(words[-2:]) or None
        if head in vocabulary.collective and all(
            w in vocabulary.plain or w in vocabulary.collective for w in words
        ):
            if words[0] in ("our", "we") and self.speaking.we:
                return self.we()
            return self._everyone_for(words) or None
        return None

    @cached_property
    def _chairing(self) -> Speakers:
        """Those who the document says chaired together."""
        for sentence in self.page.sentences:
            if "chair" not in self.page.words(sentence).lower():
                continue
            for chaired in find_chairs(self.page, sentence.start, sentence.end):
                named = self.page.named_in(chaired.start, chaired.end)
                who = top_parties(named)
                if len(who) == len(chaired.chairs) > 1 and all(n.kind == "state" for n in named):
                    return Speakers(who, (Support("speakers", "anaphora/met", chaired.start, chaired.end),))
        return NOBODY

    def _everyone_for(self, words: list[str]) -> Speakers:
        number = next(
            (n for w, n in (("two", 2), ("both", 2), ("three", 3), ("four", 4)) if w in words), None
        )
        voiced = Speakers(self.speaking.we, _maybe(self.speaking.support))
        if words[-1] in speaker_words().events and len(voiced.refs) > 1:
            return voiced
        on_stage = [s for s in (self.met, self.everyone, voiced, self.plural) if s]
        exact = [s for s in on_stage if number is None or len(s.refs) == number]
        # An organisation speaks for several by itself: "heads of government" of the Forum.
        several = [
            s
            for s in on_stage
            if len(s.refs) > 1 or (s.refs and s.refs[0].id.islower() and not self._is_person(s.refs[0]))
        ]
        if words[-1] in speaker_words().events:
            several = on_stage
        return next(iter([*(s for s in exact if s in several), *several]), NOBODY)

    def _of_group(self, words: list[str], named: Sequence[Named]) -> Speakers | None:
        """ "The Quad leaders" are the parties on stage where these are its members."""
        if len(named) != 1 or named[0].kind not in ("group", "organisation", "body"):
            return None
        known = set(members(named[0].id, on=self.page.published))
        for candidate in (self.speaking.we, self.everyone.refs, self.met.refs):
            ids = {r.id for r in candidate}
            if len(ids) > 1 and ids == known:
                return Speakers(
                    candidate, (Support("speakers", "group/members", named[0].start, named[0].end),)
                )
        return None

    def _top(self, start: int, end: int) -> list[Named]:
        """List the parties that a phrase is about: not those that only say where somebody belongs."""
        kept: list[Named] = []
        for n in self.page.named_in(start, end):
            between = self.page.text[kept[-1].end : n.start] if kept else ""
            if (
                kept
                and kept[-1].kind == "person"
                and n.kind != "person"
                and _AFFILIATION.search(between)
                and "and" not in between.split()
            ):
                continue
            if (
                kept
                and n.kind == "person"
                and kept[-1].kind != "person"
                and _POSSESSED.fullmatch(self.page.text[kept[-1].end : n.start]) is not None
            ):
                kept.pop()
            kept.append(n)
        return kept

    def _from_names(self, words: list[str], named: Sequence[Named], start: int, end: int) -> Speakers:
        vocabulary = speaker_words()
        last = named[-1]
        tail = [w.lower() for w in _WORD.findall(self.page.text[last.end : end])]
        phrase = self.page.text[start:end]
        if (letters := _LETTERS.match(self.page.text, last.end, end)) is not None:
            tail = tail[len(_WORD.findall(letters.group())) :]
        if tail and tail[0] in ("’s", "'s", "s", "’", "'"):
            tail = tail[1:]
        elif phrase and self.page.text[last.end : last.end + 1] in "’'" and tail:
            tail = [t for t in tail if t not in ("s",)]
        if any(w in vocabulary.private for w in tail) or any(w in vocabulary.private_before for w in words):
            return self._literal_ref(phrase, start)
        persons = [n for n in named if n.kind == "person"]
        owns = self.page.text[last.end : last.end + 1] in "’'"
        if tail and (owns or not persons) and not _relative(tail) and not self._heads_people(tail):
            return NOBODY
        if not persons and not self._head_is_human(words, named, start):
            return NOBODY
        if tail and named[-1].kind == "body" and tail[-1] in vocabulary.human and len(named) == 1:
            return self._literal_ref(phrase, start)
        return self._expanded(those_named(named))

    def _expanded(self, speakers: Speakers) -> Speakers:
        """Put in a group's place those on stage who are its members: "the Nordic leaders"."""
        refs: dict[str, PartyRef] = {}
        supports = list(speakers.supports)
        for ref in speakers.refs:
            known = set(members(ref.id, on=self.page.published))
            for stage in (self.everyone, Speakers(self.speaking.we, _maybe(self.speaking.support))):
                present = {r.id: r for r in stage.refs if r.id in known}
                if len(known) > 1 and set(present) == known:
                    refs |= present
                    supports += [*_again(stage.supports, "group/members")]
                    break
            else:
                refs[ref.id] = ref
        return Speakers(tuple(refs.values()), tuple(supports))

    def _head_is_human(self, words: list[str], named: Sequence[Named], start: int) -> bool:
        before = _WORD.findall(self.page.text[start : named[0].start].lower())
        if not before:
            return True
        led = [i for i, w in enumerate(before) if i and w in _PREPOSITIONS]
        return not led or any(w in speaker_words().human for w in before[: led[0]])

    def _heads_people(self, tail: list[str]) -> bool:
        """Tell whether what follows the last name leaves people the head: "the ROK side", not "NATO membership"."""
        if tail[0] in _PREPOSITIONS or tail[0] in (
            "and",
            "or",
            "but",
            "itself",
            "alike",
            "both",
            "together",
            "s",
        ):
            return True
        head = next((tail[i - 1] for i, w in enumerate(tail) if i and w in _PREPOSITIONS), tail[-1])
        return head in speaker_words().human

    def _members(self, words: list[str]) -> Speakers:
        """Return the organisation whose members speak in its own document ("the Member States")."""
        voiced = self.speaking.we
        alone = len(words) == 3 and words[0] in ("the", "all") and words[1] in ("member", "participating")
        if not alone or len(voiced) != 1 or voiced[0].id not in organisations():
            return NOBODY
        return Speakers(voiced, _maybe(self.speaking.support))

    def _described(self, phrase: str, words: list[str], start: int) -> Speakers:
        vocabulary = speaker_words()
        head = _head_word(words)
        if words == ["the", "government"] and self.page.issuer is not None and self.speaking.voice != "third":
            return Speakers((self.page.issuer,), (Support("speakers", "issuer"),))
        if own := self._members(words):
            return own
        if (found := self._named_before(words, start)) is not None:
            return found
        if head in vocabulary.human and head not in (
            "two",
            "both",
            "meeting",
            "summit",
            "dialogue",
            "conference",
        ):
            if words[0] in ("the", "this") and head in ("meeting", "summit") and self.met:
                return self.met
            return self._literal_ref(phrase, start)
        return NOBODY

    def _named_before(self, words: list[str], start: int) -> Speakers | None:
        """Return the body that "the ministry", "the Committee" names again, or the state whose ministry it is."""
        if len(words) != 2 or words[0] != "the" or words[1] not in _BODIES:
            return None
        for n in reversed(self.page.named_in(max(0, start - _FAR), start)):
            if n.kind not in ("state", "organisation", "body"):
                continue
            owned = _OWNED.match(self.page.text, n.end)
            held = words[1] in self.page.text[n.start : n.end].lower().split()
            if held or (owned is not None and owned["noun"].lower() == words[1]):
                return those_named([n], "anaphora/last")
        return None

    def _literal_ref(self, phrase: str, start: int) -> Speakers:
        name = re.sub(r"^(?:the|a|an|both)\s+", "", re.sub(r"\s+", " ", phrase), flags=re.I)
        key = re.sub(r"\W+", "-", name.lower()).strip("-")
        support = Support("speakers", "described", start, start + len(phrase))
        return Speakers((self._literal.setdefault(key, PartyRef(key, name)),), (support,))


# Nouns of bodies that are named once and then called by the noun alone, and how far back that is.
_BODIES = frozenset(
    {"ministry", "committee", "commission", "council", "secretariat", "bank", "agency", "department"}
)
_FAR = 6000
_LANDS = frozenset({"countries", "nations", "governments", "sides", "states"})

_PREPOSITIONS = frozenset(
    {
        "of",
        "in",
        "from",
        "for",
        "at",
        "to",
        "with",
        "across",
        "on",
        "including",
        "by",
        "against",
        "between",
        "among",
        "towards",
        "toward",
        "under",
        "over",
        "as",
        "during",
        "since",
        "through",
        "into",
    }
)


def _relative(tail: list[str]) -> bool:
    return tail[0] in ("who", "which", "that", "as", "holding")


def _head_word(words: list[str]) -> str:
    """Return the head of a noun phrase: the last word before the first preposition or relative pronoun."""
    for i, word in enumerate(words):
        if i and (word in _PREPOSITIONS or word in ("who", "which", "that", "developing")):
            return words[i - 1]
    return words[-1]


def is_meeting(words: Sequence[str]) -> bool:
    """Tell whether a sentence's words tell of a meeting."""
    return any(w in grammar().meeting for w in words)
