"""Reads the things an act is about off the parse of its sentence: noun phrases, cut to what names them.

The walk goes by the tags, from left to right, and asks the tree only what a word describes or is joined
to: tags are right far more often than attachments, and one wrong attachment tears a phrase apart.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import month_name
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from communique.find.phrases import is_general
from communique.text.syntax import Parse
from communique.vocab.topics import enumerations, issue_words, phrases

_NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
_PROPER = frozenset({"NNP", "NNPS"})
_OPENING = frozenset({"DT", "PDT", "PRP$"})
_DESCRIBING = frozenset({"CD", "JJ", "JJR", "JJS", "POS", "HYPH", "$"})
_PARTICIPLES = frozenset({"VBN", "VBG", "VBD"})
_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
_MODIFIES = frozenset({"amod", "compound", "nmod", "nummod"})
_CLAUSE = frozenset({"WDT", "WP", "WP$", "WRB", "PRP", "EX"})
_MARKS = frozenset({",", ";", ":", "–", "—", "--"})
_TODAY = frozenset({"today", "yesterday", "tomorrow", "tonight"})
_MONTHS = frozenset(month_name[1:])
_LINKS_AT_MOST = 3
_INTRODUCING_AT_MOST = 9

IsParty = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Object:
    """A thing an act is about. ``starts`` are offsets past each word that only introduces it, fullest first.

    ``inner`` says that it stands in a clause of the object, or in a list under something named itself.
    """

    starts: tuple[int, ...]
    end: int
    inner: bool
    verb: int | None = None
    """Where the verb starts whose object it is, if that stands right before it: "*supporting* Ukraine"."""

    @property
    def is_introduced(self) -> bool:
        """Say whether words such as "the importance of" stand before it."""
        return len(self.starts) > 1


def objects(parse: Parse, start: int, end: int, is_party: IsParty) -> Iterator[Object]:
    """Find the things named between two offsets; ``is_party`` tells a span that only names a party."""
    first, last = bisect_left(parse.starts, start), bisect_right(parse.ends, end) - 1
    if first <= last:
        yield from _Walk(parse, first, last, is_party).objects()


class _Walk:
    """The walk over some tokens of a parse."""

    def __init__(self, parse: Parse, first: int, last: int, is_party: IsParty) -> None:
        self.parse, self.first, self.last, self.is_party = parse, first, last, is_party
        self.inner = False
        self.lists_doings = False

    def objects(self) -> Iterator[Object]:
        at = self.first
        while at <= self.last:
            noun = self.base(at)
            if noun is None:
                self.inner |= self.parse.tags[at] in _CLAUSE or self._is_that(at) or self._is_finite(at)
                at += 1
                continue
            starts, end = self.phrase(at, noun)
            self.lists_doings |= starts[-1] > self.first and self.parse.tags[starts[-1] - 1] == "VBG"
            is_subject = self._is_finite(self._past_adverbs(end + 1))
            if not self._is_passed_by(at, starts[-1], end) and not (
                is_subject and self._names_nothing(starts[-1], end)
            ):
                yield self._object(starts, end, inner=self.inner or is_subject)
                if is_subject:
                    return
                opened = self._opens_list(self._past_comma(end + 1))
                self.inner |= opened and not self._is_genus(starts[-1], end)
            at = end + 1 if is_subject else self.resume(end + 1)

    def _is_passed_by(self, at: int, start: int, end: int) -> bool:
        """Tell what names nothing new: "other groups", ", a priority for both", a bare "goal"."""
        word = self.parse.words[at].lower()
        is_remark = word in ("a", "an") and self.parse.deps[self._first_noun(at)] == "appos"
        is_owned = start == end or self.parse.tags[end - 1] in ("POS", *_OPENING)
        return word == "other" or is_remark or (is_owned and self._only_introduces(start, end))

    def _first_noun(self, at: int) -> int:
        noun = self.base(at)
        return at if noun is None else noun

    def _is_genus(self, start: int, end: int) -> bool:
        """Say whether a phrase only says of what kind the things listed under it are: "shared priorities"."""
        word = self.parse.words[end].lower()
        return word in issue_words().topics or (self._names_nothing(start, end) and not self._is_people(end))

    def _object(self, starts: list[int], end: int, *, inner: bool) -> Object:
        before = starts[-1] - 1
        has_verb = before >= self.first and self.parse.tags[before] in ("VB", "VBG")
        return Object(
            tuple(self.parse.starts[self._whole(s)] for s in starts),
            self.parse.ends[end],
            inner,
            self.parse.starts[before] if has_verb else None,
        )

    def _whole(self, i: int) -> int:
        """Return the first token of a word that hyphens join: "Iranian" for the "backed" of "Iranian-backed"."""
        while (
            i > self.first + 1
            and self.parse.words[i - 1] == "-"
            and self._touches(i)
            and self._touches(i - 1)
        ):
            i -= 2
        return i

    def _touches(self, i: int) -> bool:
        return self.parse.ends[i - 1] == self.parse.starts[i]

    # --- noun phrases ---

    def base(self, at: int, *, joins: bool = True) -> int | None:
        """Return the last noun of the plain noun phrase that starts at a token, if one does.

        ``joins`` off ends it at the first "and" or comma.
        """
        noun = None
        i = at
        while i <= self.last and (joins or not self._joins(i)) and self._belongs(i, at, noun):
            noun = i if self._is_noun(i) else noun
            i += 1
        return noun

    def _joins(self, i: int) -> bool:
        return self.parse.tags[i] in ("CC", ",")

    def _is_noun(self, i: int) -> bool:
        tag = self.parse.tags[i]
        if tag in _NOUNS:
            return True
        follows = i == self.last or self.parse.tags[i + 1] not in _NOUNS
        before = self.parse.tags[i - 1] if i else ""
        return follows and (
            (tag == "JJ" and before not in _NOUNS and self.parse.deps[i] in ("dobj", "pobj", "nsubj"))
            or (tag == "VBG" and before in ("DT", "PRP$", "JJ"))
        )

    def _belongs(self, i: int, at: int, noun: int | None) -> bool:
        tag = self.parse.tags[i]
        if tag not in _NOUNS and self._opens_list(i):
            return False
        if tag in _OPENING or (tag == "POS" and i == at):
            return noun is None and tag != "POS"
        if tag in _NOUNS or tag in _DESCRIBING:
            return self.parse.deps[i] != "npadvmod" and not self._is_time(i)
        if self.parse.words[i] == "/":
            return i > at
        if tag in _PARTICIPLES:
            if i > at and self.parse.tags[i - 1] == "POS":
                return True  # "Russia’s deepening relationship"
            return self._describes(i) or (tag == "VBG" and i > at and self._is_noun(i))
        if tag == "RB":
            head = self._head(i)
            return i < head <= min(i + 2, self.last) and self.parse.tags[head] in ("JJ", "VBN", "VBG")
        if tag == "CC":
            return i > at and self._joins_within(i, at)
        return tag == "," and noun is None and i > at and self._describes_on(i)

    def _is_time(self, i: int) -> bool:
        """Tell the "last month" that only says when."""
        head = self._head(i) if self._describes(i) else i
        if head < self.last and self.parse.tags[head + 1] == "HYPH":
            return False  # "gang-led"
        return self.parse.deps[head] == "npadvmod" or self.parse.words[i].lower() in _TODAY

    def _head(self, i: int) -> int:
        return self.parse.heads[i]

    def _describes(self, i: int) -> bool:
        return self.parse.deps[i] in _MODIFIES and i < self._head(i) <= self.last

    def _describes_on(self, i: int) -> bool:
        """Tell a comma between adjectives from one between items."""
        return i < self.last and self._describes(i - 1) and self._describes(i + 1)

    def _joins_within(self, i: int, at: int) -> bool:
        """Tell an "and" within a noun phrase: between adjectives, in a known pair, between two bare nouns."""
        right = self.base(i + 1, joins=False) if i < self.last else None
        if right is None:
            return False
        is_owned = [self.parse.tags[k] == "POS" for k in range(at, right + 1)]
        if any(is_owned[i - at :]) or self.parse.tags[i + 1] in _OPENING:
            return False
        if any(is_owned) and self.parse.tags[i - 1] in _NOUNS and self.parse.tags[i - 2] in ("POS", "JJ"):
            return True  # "NATO’s deterrence and collective defense"
        if self.parse.tags[i - 1] not in _NOUNS or self._describes(i - 1):
            return True
        if self._is_pair(i):
            return True
        return self._is_bare(at, i - 1) and right == i + 1 and self._is_link(right + 1)

    def _is_bare(self, at: int, noun: int) -> bool:
        """Say whether a common noun has no other noun before it."""
        first = self._word_start(noun)
        return self.parse.tags[noun] in ("NN", "NNS") and not any(
            self.parse.tags[i] in _NOUNS or self.parse.tags[i] == "POS" for i in range(at, first)
        )

    def _word_start(self, i: int) -> int:
        """Return the first token of a word that hyphens join: "de" of "de-escalation"."""
        while i > self.first and self.parse.ends[i - 1] == self.parse.starts[i]:
            i -= 1
        return i

    def _is_pair(self, i: int) -> bool:
        left, right = self.parse.words[i - 1], self.parse.words[i + 1 : min(i + 3, self.last + 1)]
        return any(f"{left} and {' '.join(right[:n])}".lower() in _pairs() for n in (1, 2))

    # --- phrases: "the importance of | peace in X" ---

    def phrase(self, at: int, noun: int) -> tuple[list[int], int]:
        """Return where a phrase may start, past each introducing word, and the token it ends with."""
        starts, end, links = [at], noun, 0
        while True:
            step = self._introduced(starts[-1], end) if links == 0 else None
            if step is not None:
                starts.append(step[0])
                end = step[1]
                continue
            if links == 0 and self._is_only_party(starts[-1], end):
                linked = self._joined(end + 1, end) if self._is_and(end + 1) else None
            else:
                linked = self._linked(end) if links < _LINKS_AT_MOST else None
            if linked is None:
                return starts, end
            end, links = linked, links + 1

    def _introduced(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the noun phrase that "the importance of", "efforts to address" only introduce."""
        is_frame = self._only_introduces(start, end)
        if not is_frame and not self._names_nothing(start, end):
            return None
        i = end + 1
        while i < self.last and self.parse.words[i].lower() in phrases().after_frames:
            i += 1  # "progress made towards X", "the tools needed to"
        left = i
        if not is_frame and i <= self.last and self.parse.words[i].lower() in ("in", "at", "with", "against"):
            return None
        while i <= min(self.last, end + _INTRODUCING_AT_MOST) and self._may_introduce(i, left):
            i += 1
        noun = self.base(i) if left < i <= self.last else None
        if noun is None or (is_frame and i == left + 1 and self._is_only_party(i, noun)):
            return None  # "support for Ukraine" is about both
        return i, noun

    def _may_introduce(self, i: int, left: int) -> bool:
        tag, word = self.parse.tags[i], self.parse.words[i].lower()
        if i == left:
            return (tag in ("IN", "TO") and word in _introducing()) or self._opens_purpose(i)
        if tag == "CC":
            return self.parse.tags[i - 1] in ("VB", "VBG") and self.parse.tags[i + 1 : i + 2] in (
                ("VB",),
                ("VBG",),
            )
        return (
            tag in ("VB", "VBG", "RB", "RP", "TO", "IN")
            and not self._is_that(i)
            and not self._belongs(i, i, None)
        )

    def _opens_purpose(self, i: int) -> bool:
        return self.parse.tags[i] == "TO" and i < self.last and self.parse.tags[i + 1] in ("VB", "RB")

    def _only_introduces(self, start: int, end: int) -> bool:
        """Tell "their strong response to X" from "the humanitarian response in X"."""
        word = self.parse.words[end].lower()
        if word not in phrases().frames:
            return False
        return word not in phrases().own_frames or not any(map(self._tells, range(start, end)))

    def _tells(self, i: int) -> bool:
        """Say whether a word before a noun says more than whose or how much."""
        tag, word = self.parse.tags[i], self.parse.words[i].lower()
        vague = word in phrases().vague or word in phrases().fillers
        return (
            tag not in _OPENING
            and tag not in _PROPER
            and tag not in ("POS", "CC", "HYPH", ",", "RB")
            and not vague
        )

    def _names_nothing(self, start: int, end: int) -> bool:
        if self.parse.words[end].lower() in issue_words().heads:
            return False
        return self._is_general(start, end) or self._is_only_party(start, end)

    def _is_only_party(self, start: int, end: int) -> bool:
        return self.is_party(self.parse.starts[start], self.parse.ends[end])

    def _is_general(self, start: int, end: int) -> bool:
        words = [self.parse.words[i] for i in range(start, end + 1) if self.parse.tags[i] not in _OPENING]
        if self.parse.tags[end] in _PROPER:
            return False
        bare = " ".join(words)
        return is_general(bare) and bare.lower() not in phrases().alone

    def _linked(self, end: int) -> int | None:
        """Return the last noun of what a preposition, a participle or an "and" adds to a phrase."""
        i = end + 1
        if i > self.last:
            return None
        if self.parse.words[i].lower() in phrases().participles:
            i += 1
            if i <= self.last and self.parse.words[i].lower() in ("by", "to", "from", "for"):
                i += 1
            return self.base(i)
        if self._is_link(i):
            noun = self.base(i + 1) if i < self.last else None
            return None if noun is None or self._is_manner(i + 1, noun) or self._is_company(i, noun) else noun
        return self._joined(i, end) if self._is_and(i) else None

    def _is_manner(self, start: int, end: int) -> bool:
        """Tell "in the strongest terms", "in accordance with"."""
        words = self.parse.words
        is_date = words[start] in _MONTHS
        return is_date or words[end].lower() in phrases().manner or self._is_general(start, end)

    def _is_company(self, i: int, end: int) -> bool:
        """Tell "with Australian officials"."""
        words = self.parse.words
        return words[i].lower() in ("with", "among", "amongst") and words[end].lower() in phrases().company

    def _is_people(self, i: int) -> bool:
        return self.parse.words[i].lower() in phrases().people

    def _is_link(self, i: int) -> bool:
        return (
            i <= self.last
            and self.parse.tags[i] in ("IN", "TO")
            and self.parse.words[i].lower() in phrases().links
        )

    def _is_and(self, i: int) -> bool:
        return i <= self.last and self.parse.tags[i] == "CC"

    def _joined(self, i: int, end: int) -> int | None:
        """Return the last noun of a second name or bare noun after a preposition: "on women and girls"."""
        noun = self.base(i + 1) if i < self.last else None
        if noun is None:
            return None
        proper = self.parse.tags[end] in _PROPER and self.parse.tags[noun] in _PROPER
        bare = self.parse.tags[end - 1] in ("IN", "TO", "DT") and noun == i + 1
        bare = bare and self.parse.tags[end] not in _PROPER and not self._only_introduces(noun, noun)
        return noun if proper or bare else None

    # --- going on ---

    def _past_adverbs(self, i: int) -> int:
        while i <= self.last and self.parse.tags[i] == "RB":
            i += 1
        return i

    def _past_comma(self, i: int) -> int:
        return i + 1 if i <= self.last and self.parse.words[i] == "," else i

    def _is_finite(self, i: int) -> bool:
        return (
            i <= self.last
            and self.parse.tags[i] in _FINITE
            and not self._describes(i)
            and self.parse.deps[i] != "acl"
        )

    def _is_that(self, i: int) -> bool:
        return self.parse.words[i].lower() == "that" and self.parse.tags[i] in ("IN", "WDT")

    def _opens_list(self, i: int) -> bool:
        if i > self.last:
            return False
        word = self.parse.words[i].lower()
        if word == "such":
            return i < self.last and self.parse.words[i + 1].lower() == "as"
        return word in _openers()

    def resume(self, i: int) -> int:
        """Return where to go on after a phrase: past a purpose or a clause that hangs on it."""
        left = i
        while i <= self.last:
            if self._parts(i) and (self._goes_on(i, left) if i > left or self._hangs(i + 1) else True):
                return i
            i += 1
        return i

    def _parts(self, i: int) -> bool:
        """Say whether a token may part two items."""
        return (
            self.parse.words[i] in _MARKS
            or self.parse.tags[i] == "CC"
            or self._is_as_well(i)
            or self._opens_list(i)
        )

    def _hangs(self, i: int) -> bool:
        """Tell a participle that describes what is before it, in ", grounded in shared values"."""
        if i > self.last or self._opens_list(i):
            return False
        return self.parse.tags[i] == "VBN" or (
            not self.lists_doings and self.parse.tags[i] == "VBG" and self.parse.deps[i] in ("acl", "advcl")
        )

    def _is_as_well(self, i: int) -> bool:
        return " ".join(self.parse.words[i : i + 3]).lower() == "as well as"

    def _goes_on(self, i: int, left: int) -> bool:
        """Say whether what follows a mark is joined to something before ``left``, not to what hangs there."""
        if self.parse.words[i] == ";" or (self.lists_doings and self.parse.tags[i + 1 : i + 2] == ("VBG",)):
            return True
        at = i
        while at <= self.last and at < i + 6:
            noun = self.base(at)
            if noun is not None:
                return self._reaches(noun, left)
            at += 1
        return False

    def _reaches(self, token: int, left: int) -> bool:
        """Say whether a noun, or the first of those it is joined to, stands with something before ``left``."""
        for _ in range(len(self.parse)):
            if self.parse.deps[token] not in ("conj", "appos") or token < left:
                break
            token = self._head(token)
        for _ in range(2):
            if token >= left and self.parse.deps[token] in ("dobj", "pobj", "prep"):
                token = self._head(token)
        return token < left


@cache
def _pairs() -> frozenset[str]:
    return frozenset(p.lower() for p in enumerations().pairs)


@cache
def _openers() -> frozenset[str]:
    return frozenset(w for w in enumerations().openers if " " not in w)


@cache
def _introducing() -> frozenset[str]:
    return frozenset(phrases().frame_links)
