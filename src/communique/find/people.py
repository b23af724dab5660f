"""Finds people where they stand with a post, an honorific, or a name the document or the vocabulary knows.

First every place is read by itself (`Line.spots`): post, name, party, as written. Then the document as a
whole says who is meant (`Cast`): a family name is the fuller name of the same document, else the holder of
that post in the vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from communique.find.words import words_of
from communique.model import PartyRef
from communique.text.page import Named
from communique.vocab.acts import cues
from communique.vocab.gazetteer import (
    Person,
    Term,
    fold,
    organisations,
    party_name,
    people,
    people_by_family,
    people_by_name,
    posts,
    slug,
    within,
)

_MOST_NAME_WORDS = 7
_MOST_POST_WORDS = 14
_MOST_HONORIFICS = 8


@dataclass(frozen=True, slots=True)
class Spot:
    """A person or an office as written at one place. ``name`` is None for an office without a name."""

    start: int
    end: int
    name: str | None
    post: str | None
    party: str | None
    wife: bool = False


# --- reading one sentence ---


@dataclass(frozen=True, slots=True)
class _Post:
    """A post phrase over words ``first`` to ``last`` (exclusive), and the id of the party named in or
    with it.
    """

    first: int
    last: int
    text: str
    party: str | None
    has_head: bool


class Line:
    """One sentence as words, with the known parties that stand in it."""

    def __init__(self, text: str, start: int, end: int, named: Sequence[Named]) -> None:
        self.text = text
        self.words = words_of(text, start, end)
        self.lower = [w.text.lower() for w in self.words]
        self.party_at = self._parties(named)
        self.shouted = 2 * sum(w.text.isupper() for w in self.words) > len(self.words)

    def _parties(self, named: Sequence[Named]) -> dict[int, Named]:
        out: dict[int, Named] = {}
        i = 0
        for one in named:
            while i < len(self.words) and self.words[i].end <= one.start:
                i += 1
            j = i
            while j < len(self.words) and self.words[j].start < one.end:
                out[j] = one
                j += 1
        return out

    def spots(self) -> Iterator[Spot]:
        """List the people and offices of the sentence, from left to right."""
        i, plural, office = 0, None, False
        while i < len(self.words):
            found = self._at(i) or (self._also(i, plural) if plural is not None else None)
            found = found or (self._second_office(i) if office and self.lower[i - 1] == "and" else None)
            if found is None:
                plural = plural if self.lower[i] in (",", "and") else None
                office = office and self.lower[i] == "and"
                i += 1
                continue
            spot, i = found
            office = spot.name is None
            plural = spot.post if _is_plural(spot.post) else None
            yield replace(spot, post=_singular(plural)) if plural is not None else spot

    def _second_office(self, i: int) -> tuple[Spot, int] | None:
        """Read a further office under one article ("the Vice President and Prime Minister")."""
        post = self._post(i, None)
        if post is None or not self.words[i].is_capital:
            return None
        following = self.words[post.last] if post.last < len(self.words) else None
        bare = _bare_post(post.text)
        if bare not in posts().offices or (following is not None and following.is_capital):
            return None
        return Spot(self.words[i].start, self.words[post.last - 1].end, None, bare, post.party), post.last

    def _also(self, i: int, plural: str) -> tuple[Spot, int] | None:
        """Read a further name under one plural post ("Presidents Biden and Yoon")."""
        name = self._name(i, after_post=True)
        if name is None:
            return None
        return Spot(self.words[i].start, self.words[name[1] - 1].end, name[2], plural, None), name[1]

    def _at(self, i: int) -> tuple[Spot, int] | None:
        if not (self.words[i].text[0].isupper() or self.lower[i] in _small_openers() or i in self.party_at):
            return None
        return self._with_post(i) or self._with_honorific(i) or self._by_name(i)

    # --- a post, then a name, or an office alone ---

    def _with_post(self, i: int) -> tuple[Spot, int] | None:
        first, prefix = self._prefix(i)
        post = self._post(first, prefix)
        if post is None or not post.has_head:
            return None
        if post.party is None and i > 1 and self.lower[i - 1] == ")" and i - 2 in self.party_at:
            post = replace(post, party=_owner(self.party_at[i - 2]))
        start = self.words[i].start
        direct = self._named_after(post.last)
        if direct is not None:
            return self._finish(start, direct, post)
        if self.words[post.first].text[0].islower():
            return None
        after_comma = self._after_comma(post)
        if after_comma is not None:
            return self._finish(start, after_comma, post)
        return self._office(i, post)

    def _prefix(self, i: int) -> tuple[int, str | None]:
        """Step over a state or organisation that stands before a post ("ROK", "Australia's")."""
        if self.lower[i] == "the" and i + 1 < len(self.words):
            return self._prefix(i + 1) if i + 1 in self.party_at or self.is_post_word(i + 1) else (i, None)
        if i not in self.party_at:
            return i, None
        party = self.party_at[i]
        j = i
        while self.party_at.get(j) is party:
            j += 1
        if j < len(self.words) and self.lower[j] in ("'s", "’s"):
            j += 1
        return j, _owner(party)

    def is_post_word(self, i: int) -> bool:
        if i >= len(self.words):
            return False
        lower = self.lower[i]
        if lower == "under" and not (i + 1 < len(self.words) and self.lower[i + 1].startswith("secretar")):
            return False
        known = lower in _post_words() or ("-" in lower and all(p in _post_words() for p in lower.split("-")))
        return known and (self.words[i].is_capital or lower in posts().lower_heads or lower == "prime")

    def _post(self, i: int, prefix: str | None) -> _Post | None:
        """Read the longest post phrase from a word on: words of posts, joined by small words, and
        parties in it.
        """
        if i >= len(self.words) or not self.is_post_word(i):
            return None
        party, has_head, last, j = prefix, False, i, i
        while j < len(self.words) and j - i < _MOST_POST_WORDS:
            step = self._post_step(j, i)
            if step is None:
                break
            j, owner, head = step
            party = owner or party
            has_head = has_head or head
            last = j
        if not has_head and self.lower[i] not in posts().heads:
            return None
        text = self.text[self.words[i].start : self.words[last - 1].end]
        return _Post(i, last, " ".join(text.split()), party, has_head)

    def _post_step(self, j: int, first: int) -> tuple[int, str | None, bool] | None:
        """Take one more word of a post: a post word, or small words and then a post word or a party."""
        lower = self.lower[j]
        if self.is_post_word(j):
            if j > first and self._begins_name(j):
                return None
            return j + 1, None, lower in posts().heads
        if j in self.party_at and j > first and self._party_within(j):
            return self._past_party(j), _owner(self.party_at[j]), False
        if lower == "," and self._another_post(j + 1):
            return j + 1, None, False
        if lower not in posts().joints or j == first:
            return None
        if lower == "to" and self.lower[j - 1] not in posts().sent:
            return None
        k = j + 1
        while k < len(self.words) and self.lower[k] in ("the", "of", "for"):
            k += 1
        if k in self.party_at and lower in ("of", "for", "to", "at"):
            after = self._past_party(k)
            if self.party_at[k].form == "demonym" and not self.is_post_word(after):
                return None
            return after, None if lower == "to" else _owner(self.party_at[k]), False
        if self.is_post_word(k) and not (lower == "and" and self._another_holder(k, first, j)):
            return k, None, False
        return None

    def _party_within(self, j: int) -> bool:
        """A party inside a post stands before more post words ("Acting SOM Leader", "Secretary ASEAN
        Affairs").
        """
        after = self._past_party(j)
        return self.is_post_word(after) and self.lower[after] in posts().words

    def _past_party(self, j: int) -> int:
        party = self.party_at[j]
        while self.party_at.get(j) is party:
            j += 1
        return j

    def _another_post(self, k: int) -> bool:
        """After a comma: a further hat of the same person ("Director-General, Acting SOM Leader of
        Viet Nam").
        """
        if not self.is_post_word(k) or self.lower[k] in ("the",):
            return False
        j = k
        while j < len(self.words) and self.is_post_word(j):
            if self.lower[j] in posts().heads:
                following = j + 1
                return following < len(self.words) and self.lower[following] in ("of", "for", "to")
            j += 1
        return False

    def _another_holder(self, k: int, first: int, mark: int) -> bool:
        """ "The President and Prime Minister Bennett": two people, the first by the office alone."""
        if self.lower[k] in posts().heads and not self._same_holder(k):
            return True
        said = " ".join(self.lower[first:mark])
        alone = first > 0 and self.lower[first - 1] in ("the", "our") and said in posts().offices
        return alone and self._leads_to_head(k)

    def _leads_to_head(self, k: int) -> bool:
        """The words from here on are a post of their own, not a portfolio ("Trade and Investment")."""
        while self.is_post_word(k):
            if self.lower[k] in posts().heads:
                return True
            k += 1
        return False

    def _same_holder(self, k: int) -> bool:
        """ "President and Chief Executive", "Minister for Defence and Deputy Prime Minister X": one
        holder, two posts.
        """
        return self.lower[k] in ("chief", "deputy")

    def _begins_name(self, j: int) -> bool:
        """A post word that is a known family name with a given name's place before it, or right after
        a head.
        """
        return (
            fold(self.words[j].text) in people_by_family()
            and self.lower[j - 1] in posts().heads
            and not (self.is_post_word(j + 1))
        )

    def _named_after(self, j: int) -> tuple[int, int, str] | None:
        """Read honorifics and a name right after a post."""
        j = self._past_honorifics(j)
        return self._name(j, after_post=True)

    def _past_honorifics(self, j: int) -> int:
        """Step over honorifics, and over "the" before one: "His Excellency General the Hon. Sir"."""
        stop = min(len(self.words), j + _MOST_HONORIFICS)
        while j < stop:
            if self._is_honorific(j):
                j += 1
            elif self.lower[j : j + 2] == ["tan", "sri"] or (
                self.lower[j] == "the" and self._is_honorific(j + 1)
            ):
                j += 2
            elif self.lower[j] in ("'", "’") and self.lower[j - 1] == "dato":
                j += 1
            elif (rank := self._past_rank(j)) > j:
                j = rank
            else:
                break
        return j

    def _past_rank(self, j: int) -> int:
        """Step over a military rank that a name follows: "Field Marshal", "Major General (Retd)"."""
        honorifics, k = posts().honorifics, j
        while k < len(self.words) and self.words[k].is_capital and self.lower[k] in honorifics.ranks:
            k += 1
        if k < len(self.words) and self.words[k].is_capital and self.lower[k] in honorifics.rank_ends:
            k += 1
        if k == j or self.lower[k - 1] not in honorifics.rank_ends:
            return j
        if self.lower[k : k + 3] in (["(", "retd", ")"], ["(", "ret", ")"], ["(", "rtd", ")"]):
            k += 3
        return k if k < len(self.words) and self.words[k].is_capital else j

    def _is_honorific(self, j: int) -> bool:
        if j >= len(self.words) or self.lower[j] not in posts().honorifics.words:
            return False
        return self.words[j].is_capital and self.words[j].text != "He"

    def _after_comma(self, post: _Post) -> tuple[int, int, str] | None:
        """Read ", Name" after a post that says whose it is ("the Prime Minister of Australia, Kevin
        Rudd").
        """
        if post.last + 1 >= len(self.words) or self.lower[post.last] != ",":
            return None
        k = self._past_honorifics(post.last + 1)
        if post.party is None and not any(
            w in posts().honorifics.sure for w in self.lower[post.last + 1 : k]
        ):
            return None
        name = self._name(k, after_post=k > post.last + 1)
        if name is None:
            return None
        following = self.lower[name[1]] if name[1] < len(self.words) else "."
        if k > post.last + 1:
            return name
        whole = name[1] - name[0] >= 2
        return (
            name
            if whole
            and (
                not following[0].isalnum()
                or following in ("and", "with", "to", "on", "at", "in", "attended", "met")
            )
            else None
        )

    # --- an honorific, then a name ---

    def _with_honorific(self, i: int) -> tuple[Spot, int] | None:
        j = i + 1 if self.lower[i] == "the" else i
        k = self._past_honorifics(j)
        if k == j:
            return None
        honorifics = posts().honorifics
        said = " ".join(self.lower[j:k])
        throne = self.lower[k : k + 2]
        if said in ("her majesty", "his majesty") and throne in (["the", "queen"], ["the", "king"]):
            return Spot(self.words[i].start, self.words[k + 1].end, None, throne[1].title(), None), k + 2
        if said in honorifics.sovereign and not (k < len(self.words) and self.words[k].is_capital):
            return Spot(self.words[i].start, self.words[k - 1].end, None, said.title(), None), k
        if not any(w in honorifics.sure for w in self.lower[j:k]):
            return None
        post = self._post(k, None)
        if post is not None and post.has_head:
            k = self._past_honorifics(post.last)
        name = self._name(k, after_post=True)
        if name is None:
            return None
        spot, last = self._finish(self.words[i].start, name, post)
        return replace(spot, wife=any(w in honorifics.wives for w in self.lower[j:k])), last

    # --- a name that is known, or that a post follows ---

    def _by_name(self, i: int) -> tuple[Spot, int] | None:
        if (
            i
            and self.words[i - 1].is_capital
            and self.words[i - 1].end + 1 == self.words[i].start
            and not self.is_post_word(i - 1)
        ):
            return None
        name = self._name(i, after_post=False)
        if name is None:
            return None
        first, last, text = name
        if last - first >= 2 and (shorter := _longest_known(text)) is not None:
            return self._finish(
                self.words[first].start, (first, first + shorter, _first_words(text, shorter)), None
            )
        if last - first < 2 or last >= len(self.words) or self.lower[last] != ",":
            return None
        post = self._apposed(last)
        if post is None:
            return None
        return self._finish(self.words[i].start, name, None)

    def _apposed(self, comma: int) -> _Post | None:
        """Read ", [the] Post of Party" after a name."""
        if comma >= len(self.words) or self.lower[comma] != ",":
            return None
        k = comma + 1
        if k < len(self.words) and self.lower[k] in ("the", "our", "its", "a", "an"):
            k += 1
        if k >= len(self.words):
            return None
        first, prefix = self._prefix(k)
        post = self._post(first, prefix)
        if post is None or not post.has_head or self._names_another(post):
            return None
        return post

    def _names_another(self, post: _Post) -> bool:
        """The post belongs to who comes next: "A, the Prime Minister of Australia, the Hon. B"."""
        return self._named_after(post.last) is not None or self._after_comma(post) is not None

    # --- the name itself ---

    def _name(self, i: int, *, after_post: bool) -> tuple[int, int, str] | None:
        """Read a name from a word on: first and last word, and the name as it reads."""
        j, last = i, i
        names = posts().names
        while j < len(self.words) and j - i < _MOST_NAME_WORDS:
            lower = self.lower[j]
            if self._is_name_word(j, at_start=j == i, after_post=after_post):
                j += 1
                last = j
            elif j > i and lower in names.particles and self._name_goes_on(j + 1):
                j += 1
            elif j > i and lower == "," and j + 1 < len(self.words) and self.lower[j + 1] in names.kept:
                j += 2
                last = j
                break
            elif (
                j == i
                and after_post
                and lower in ("von", "van", "de", "al", "el", "bin")
                and self._name_goes_on(j + 1)
            ):
                j += 1
            else:
                break
        return self._trimmed(i, last)

    def _trimmed(self, i: int, last: int) -> tuple[int, int, str] | None:
        """Drop letters after a name that are no part of it (MP), and refuse what is only initials."""
        names = posts().names
        while last > i and self.lower[last - 1] in names.suffixes and self.lower[last - 1] not in names.kept:
            last -= 1
        if not any(len(self.words[k].text.rstrip(".")) > 1 for k in range(i, last)):
            return None
        text = " ".join(self.text[self.words[i].start : self.words[last - 1].end].split())
        return i, last, _cased(text)

    def _name_goes_on(self, j: int) -> bool:
        """After a particle, at most two more, then a word of the name ("de la Cruz")."""
        k = j
        while k < min(len(self.words), j + 2) and self.lower[k] in posts().names.particles:
            k += 1
        return k < len(self.words) and self._is_name_word(k, at_start=False, after_post=False)

    def _is_name_word(self, j: int, *, at_start: bool, after_post: bool) -> bool:
        word, lower = self.words[j], self.lower[j]
        if not word.is_capital or word.text[-1].isdigit():
            return False
        if lower in posts().names.kept:
            return not at_start
        if at_start and after_post and fold(word.text) in people_by_family():
            return True
        if lower in posts().names.never or lower in posts().honorifics.sure or lower in _headline_verbs():
            return False
        if self.is_post_word(j) and not (not at_start and fold(word.text) in people_by_family()):
            return False
        if j in self.party_at:
            return self._party_is_a_name(j, at_start=at_start)
        return self.shouted or not (word.text.isupper() and len(word.text) > 3 and at_start)

    def _party_is_a_name(self, j: int, *, at_start: bool) -> bool:
        """ "Chad Wolf", "Michael Jordan": a state's name within a person's."""
        party = self.party_at[j]
        return (
            party.id in ("JOR", "TCD", "GEO", "ISR")
            and party.form == "name"
            and (at_start or party.id == "JOR")
            and party.end - party.start < 8
        )

    # --- putting it together ---

    def _finish(self, start: int, name: tuple[int, int, str], post: _Post | None) -> tuple[Spot, int]:
        """Add what follows a name: letters, "of Party", ", Post of Party"."""
        _, last, text = name
        party = post.party if post else None
        said = post.text if post else None
        end = self._past_suffixes(last)
        after = self._of_party(end)
        if after is not None:
            end, owner = after
            party = owner if party is None or owner is not None else party
        apposed = self._apposed(end) if said is None or after is None else None
        if apposed is not None and (said is None or apposed.party is not None):
            end, party = apposed.last, apposed.party or party
            said = said or apposed.text
        return Spot(start, self.words[end - 1].end, text, said, party), end

    def _past_suffixes(self, last: int) -> int:
        suffixes = posts().names.suffixes
        while last < len(self.words) and self.lower[last] in suffixes and self.words[last].text.isupper():
            last += 1
        return last

    def _of_party(self, j: int) -> tuple[int, str] | None:
        """Read " of [the] Party" after a name."""
        if j + 1 >= len(self.words) or self.lower[j] != "of":
            return None
        k = j + 2 if self.lower[j + 1] == "the" else j + 1
        if k not in self.party_at or self.party_at[k].form == "demonym":
            return None
        return self._past_party(k), _owner(self.party_at[k])

    def _office(self, i: int, post: _Post) -> tuple[Spot, int] | None:
        """An office without a name: "the President", "the Prime Minister of Japan", "Australia's
        Foreign Minister".
        """
        bare = _bare_post(post.text)
        if bare not in posts().offices:
            return None
        definite = (
            self.lower[i] in ("the", "our")
            or (i in self.party_at and self._possessed(i))
            or (i > 0 and self.lower[i - 1] in ("the", "our"))
        )
        if post.party is None and post.last < len(self.words) and self.lower[post.last] in ("of", "for"):
            return None
        if not definite or (
            post.last < len(self.words)
            and self.words[post.last].is_capital
            and self.words[post.last].text.isalpha()
        ):
            return None
        return Spot(self.words[i].start, self.words[post.last - 1].end, None, bare, post.party), post.last

    def _possessed(self, i: int) -> bool:
        after = self._past_party(i)
        return after < len(self.words) and self.lower[after] in ("'s", "’s")


@cache
def _headline_verbs() -> frozenset[str]:
    """Verbs that headlines put in capitals after a post ("Secretary-General Condemns Attack"): no names."""
    acting = {w for w, found in cues().items() if w.endswith("s") and not all(c.state for c in found)}
    return frozenset(acting - people_by_family().keys())


@cache
def _small_openers() -> frozenset[str]:
    return posts().lower_heads | {"the", "our"}


@cache
def _post_words() -> frozenset[str]:
    return posts().heads | posts().words


def _owner(named: Named) -> str:
    """Whom one speaks for who holds a post in it: of a body, the state or organisation it belongs to."""
    known = organisations().get(named.id)
    return known.party if known is not None and known.party is not None else named.id


def _bare_post(text: str) -> str:
    """Fold a post and take off whose it is: "Prime Minister of Japan" is "prime minister"."""
    lower = " ".join(text.lower().split())
    if lower in posts().offices:
        return lower
    return re.split(r"\s+(?:of|for)\s+(?!state\b|foreign affairs\b)", lower, maxsplit=1)[0]


def _cased(name: str) -> str:
    """Write a name in a headline's capitals as names are written."""
    if not (name.isupper() and len(name) > 3):
        return " ".join(
            w.capitalize() if len(w) > 3 and w.isupper() and w.isalpha() else w for w in name.split(" ")
        )
    known = people_by_name().get(fold(name))
    if known is not None:
        return known.name
    return " ".join(
        p if len(p.strip(".")) == 1 or "." in p[:-1] else "-".join(h.capitalize() for h in p.split("-"))
        for p in name.split(" ")
    )


def _is_plural(post: str | None) -> bool:
    last = post.lower().split(" ")[-1] if post else ""
    return last.endswith("s") and last in posts().heads


def _singular(post: str) -> str:
    return post[:-3] + "y" if post.endswith("ies") else post[:-1]


def _first_words(text: str, count: int) -> str:
    return " ".join(text.split(" ")[:count])


def _longest_known(text: str) -> int | None:
    """Count the words at the start of a name that are a full name the vocabulary knows."""
    words = text.split(" ")
    return next((n for n in range(len(words), 1, -1) if fold(" ".join(words[:n])) in people_by_name()), None)


# --- who is meant ---


@dataclass(frozen=True, slots=True)
class Role:
    """A person of the document: the fullest name it writes, and what it says of post and party."""

    key: str
    name: str
    post: str | None
    party: str | None
    known: Person | None
    wife: bool = False


class Cast:
    """The people of one document, gathered from all its places, and who each place means."""

    def __init__(
        self,
        spots: Sequence[Spot],
        title_spots: Sequence[Spot],
        *,
        published: date | None,
        issuer: PartyRef | None,
        opening: int,
        present: frozenset[str] = frozenset(),
    ) -> None:
        self.published = published
        self.issuer = issuer
        self.spots = spots
        self.title_spots = title_spots
        self.opening = opening
        self.present = present
        self.roles: dict[str, Role] = {}
        self._by_word: dict[str, list[str]] = {}
        for spot in (*spots, *title_spots):
            if spot.name is not None and " " in spot.name:
                self._add(spot)
        for spot in spots:
            if spot.name is None and spot.party is not None:
                self._enter(self._office(spot))
        for spot in (*spots, *title_spots):
            if spot.name is not None and " " not in spot.name and self._of_document(spot) is None:
                self._add(spot)

    def _add(self, spot: Spot) -> None:
        assert spot.name is not None
        known = self._known(spot)
        twin = self._same_person(spot.name, known)
        if twin is None:
            name = _preferred(spot.name, known)
            role = Role(known.id if known else slug(spot.name), name, spot.post, spot.party, known, spot.wife)
            self._enter(role)
            return
        self.roles[twin.key] = replace(twin, post=twin.post or spot.post, party=twin.party or spot.party)

    def _enter(self, role: Role | None) -> None:
        if role is None or role.key in self.roles:
            return
        self.roles[role.key] = role
        for word in {*fold(role.name).split(), *(fold(role.known.family).split() if role.known else ())}:
            self._by_word.setdefault(word, []).append(role.key)

    def _same_person(self, name: str, known: Person | None) -> Role | None:
        if known is not None and known.id in self.roles:
            return self.roles[known.id]
        if " " not in name:
            return self.roles.get(slug(name))
        parts = set(fold(name).split())
        for role in self._sharing(parts):
            other = set(fold(role.name).split())
            if len(parts & other) >= 2 and (parts <= other or other <= parts):
                return role
        return None

    def _sharing(self, parts: Iterable[str]) -> list[Role]:
        """List the roles whose name holds one of the words, in the order in which they came."""
        keys = dict.fromkeys(key for part in parts for key in self._by_word.get(part, ()))
        return [self.roles[key] for key in keys]

    def _known(self, spot: Spot) -> Person | None:
        """Find a person in the vocabulary: by full name, or by family name and the post and party given."""
        assert spot.name is not None
        by_name = people_by_name().get(fold(spot.name))
        if by_name is not None:
            return by_name
        candidates = people_by_family().get(fold(spot.name), ())
        if not candidates and " " in spot.name:
            candidates = self._by_initials(spot.name)
            return candidates[0] if len(candidates) == 1 else None
        fitting = [p for p in candidates if self._fits(p, spot)]
        if len(fitting) > 1 and self.published is not None:
            serving = [p for p in fitting if any(_serves(t, self.published) for t in p.terms)]
            fitting = serving or fitting
        if len(fitting) > 1 and self.issuer is not None:
            fitting = [p for p in fitting if any(t.party == self.issuer.id for t in p.terms)] or fitting
        return fitting[0] if len(fitting) == 1 else None

    def _by_initials(self, name: str) -> tuple[Person, ...]:
        """ "P J Keating": initials and a family name the vocabulary knows, of the issuer's own people."""
        *given, family = fold(name).split()
        if not given or any(len(g) > 2 for g in given):
            return ()
        return tuple(p for p in people_by_family().get(family, ()) if self._is_own(p))

    def _is_own(self, person: Person) -> bool:
        return self.issuer is None or any(t.party == self.issuer.id for t in person.terms)

    def _fits(self, person: Person, spot: Spot) -> bool:
        """A family name means a holder of that post (and of that party); not one who came into office
        later.
        """
        post = None if spot.post and spot.post.lower() in posts().vague else _same_post(spot.post)
        for term in person.terms:
            if spot.party is not None and term.party != spot.party:
                continue
            if post is not None and not _posts_agree(post, _same_post(term.post)):
                continue
            if post is not None and (self.published is None or _begun(term.since, self.published)):
                return True
            if post is None and self._is_at_hand(person, term):
                return True
        return False

    def _is_at_hand(self, person: Person, term: Term) -> bool:
        """ "Mr. Evans", without a post: in office on the day for the issuer, or heading a state that
        is named.
        """
        if self.published is None or fold(person.family) in posts().names.common:
            return False
        own = self.issuer is not None and term.party == self.issuer.id
        heads = term.party in self.present and term.post.lower() in (
            "president",
            "prime minister",
            "premier",
            "chancellor",
        )
        return (own or heads) and within(self.published, term.since, term.until)

    def named(self, spot: Spot) -> Named | None:
        """Say who a place means, as a mention."""
        if spot.wife and spot.name is not None and self._is_anothers_name(spot):
            name = f"Mrs {spot.name}"
            return Named(spot.start, spot.end, slug(name), name, "person", "person")
        role = self._office(spot) if spot.name is None else (self._of_document(spot) or self._exact(spot))
        if role is None:
            return self._unnamed(spot)
        party = self._party_of(role, spot)
        post = spot.post or role.post or (self._vocabulary_post(role))
        form = "office" if spot.name is None else "person"
        return Named(spot.start, spot.end, role.key, role.name, "person", form, party, _titled(post))

    def _is_anothers_name(self, spot: Spot) -> bool:
        """ "Mrs Whitlam" beside Prime Minister Whitlam; but not "Mrs Thatcher", who is named with a
        post of her own.
        """
        if spot.name is None or " " in spot.name or spot.post is not None:
            return False
        role = self._of_document(spot)
        if role is None:
            return self._known(spot) is not None
        return not any(s.wife and s.name == role.name for s in self.spots)

    def _exact(self, spot: Spot) -> Role | None:
        assert spot.name is not None
        known = self._known(spot)
        return self.roles.get(known.id if known else slug(spot.name))

    def _of_document(self, spot: Spot) -> Role | None:
        """Find the fuller name of the document that a name stands for."""
        assert spot.name is not None
        parts = fold(spot.name).split()
        sharing = self._sharing(parts[-1:] + parts[:1])
        if spot.post is not None:
            sharing = [r for r in sharing if not (r.wife and r.post is None)]
        found = [r for r in sharing if _shortens(parts, fold(r.name).split(), r.known)]
        if not found and spot.post is not None:
            found = [r for r in sharing if self._role_holds(r, spot.post)]
        if len(found) > 1:
            found = [r for r in found if r.party is not None and r.party == spot.party] or found
        if len(found) > 1:
            found = [r for r in found if self._role_holds(r, spot.post)] or found
        if len(found) == 1 and spot.party is not None and found[0].party not in (None, spot.party):
            return None
        if len(found) == 1 and len(parts) == 1 and self._belies(found[0], spot):
            return None
        return found[0] if found else None

    def _belies(self, role: Role, spot: Spot) -> bool:
        """The vocabulary knows another holder of exactly this post by this family name ("First Lady
        Biden").
        """
        known = self._known(spot) if spot.post is not None else None
        return (
            known is not None
            and role.known is not None
            and known.id != role.known.id
            and not self._role_holds(role, spot.post)
        )

    def _role_holds(self, role: Role, post: str | None) -> bool:
        if post is None:
            return False
        asked = _same_post(post)
        said = [role.post] if role.post else []
        said += [t.post for t in role.known.terms] if role.known else []
        return any(_posts_agree(asked, _same_post(p)) for p in said)

    def _office(self, spot: Spot) -> Role | None:
        """Find who holds an office that stands unnamed."""
        assert spot.post is not None
        holders = [r for r in self.roles.values() if self._role_holds_now(r, spot.post)]
        if spot.party is not None:
            holders = [r for r in holders if self._party_id(r) == spot.party]
            return holders[0] if len(holders) == 1 else self._by_date(spot.post, spot.party)
        if len(holders) == 1 and not self._own_office_instead(holders[0], spot.post):
            return holders[0]
        return self._among(holders, spot.post)

    def _own_office_instead(self, holder: Role, post: str) -> bool:
        """Another state's president, told of but not met, isn't "the President" of a release."""
        if self.issuer is None or self._party_id(holder) == self.issuer.id:
            return False
        return holder.key not in self._participants and self._by_date(post, self.issuer.id) is not None

    def _among(self, holders: Sequence[Role], post: str) -> Role | None:
        """Of several holders of a post: the counterpart met, where the issuer's own lead holds
        another post.
        """
        own = [r for r in holders if self.issuer is not None and self._party_id(r) == self.issuer.id]
        there = [r for r in holders if r.key in self._participants]
        if any(r in there for r in own):
            return next(r for r in own if r in there)
        if len(there) == 1:
            return there[0]
        if len(own) == 1:
            return own[0]
        return self._by_date(post, self.issuer.id) if self.issuer is not None and not there else None

    @cached_property
    def _participants(self) -> frozenset[str]:
        """The people of the title and of the first sentence."""
        first = [s for s in self.spots if s.start < self.opening and s.name is not None]
        roles = [
            self._of_document(s) or self._exact(s) for s in (*self.title_spots, *first) if s.name is not None
        ]
        return frozenset(r.key for r in roles if r is not None)

    def _role_holds_now(self, role: Role, post: str) -> bool:
        asked = _same_post(post)
        if role.post is not None:
            return _same_post(_bare_post(role.post)) == asked
        term = role.known.term_on(self.published) if role.known else None
        return term is not None and _same_post(term.post) == asked

    def _by_date(self, post: str, party: str) -> Role | None:
        """The vocabulary's holder of a post on the day of publication."""
        person = holder(post, party, self.published)
        if person is None:
            return None
        return self.roles.get(person.id) or Role(person.id, person.name, None, party, person)

    def _party_id(self, role: Role) -> str | None:
        if role.party is not None:
            return role.party
        term = role.known.term_on(self.published) if role.known else None
        if term is not None:
            return term.party
        return self._issuer_of(role.post) or self._titled_party(role.post)

    def _titled_party(self, post: str | None) -> str | None:
        """Whose the post is, where the title says so ("Visit by the President of Cyprus")."""
        said = [
            s.party
            for s in self.title_spots
            if s.name is None and s.party is not None and _posts_agree(s.post, post)
        ]
        return said[0] if len(said) == 1 else None

    def _issuer_of(self, post: str | None) -> str | None:
        """A minister or adviser without a word on whose is the issuer's own."""
        if self.issuer is None or post is None:
            return None
        lower = post.lower()
        return self.issuer.id if any(lower.startswith(own) for own in posts().own) else None

    def _party_of(self, role: Role, spot: Spot) -> str | None:
        id = self._party_id(role) or spot.party
        return party_name(id) if id is not None else None

    def _vocabulary_post(self, role: Role) -> str | None:
        term = role.known.term_on(self.published) if role.known else None
        return term.post if term else None

    def _unnamed(self, spot: Spot) -> Named | None:
        """An office whose holder nobody names is called by its post and party."""
        if spot.name is not None or spot.post is None:
            return None
        owner = party_name(spot.party) if spot.party else None
        name = f"{_titled(spot.post)} of {owner}" if owner else str(_titled(spot.post))
        return Named(spot.start, spot.end, slug(name), name, "person", "office", owner, _titled(spot.post))


def _preferred(written: str, known: Person | None) -> str:
    """The name as the document writes it, but for initials, "Jr." and bare family names of people we know."""
    if known is None or (" " in written and "." not in written and "," not in written):
        return written
    return known.name


def _shortens(parts: Sequence[str], full: Sequence[str], known: Person | None) -> bool:
    """Say whether a name is a shorter form of a full one: its first or last words, or the known
    family name.
    """
    if len(parts) >= len(full):
        return list(parts) == list(full)
    if list(full[-len(parts) :]) == list(parts) or list(full[: len(parts)]) == list(parts):
        return True
    if len(parts) > 1:
        return set(parts) <= set(full)
    if full[-1] in ("jr", "sr", "ii", "iii") and full[-2] == parts[-1]:
        return True
    return known is not None and fold(known.family) == " ".join(parts)


@cache
def _same_post(post: str | None) -> str | None:
    if post is None:
        return None
    lower = " ".join(post.lower().split())
    return posts().same.get(lower, lower)


def _posts_agree(asked: str | None, held: str | None) -> bool:
    """ "president" agrees with "president of the european commission", "deputy ..." with nothing but
    itself.
    """
    if asked is None or held is None:
        return False
    a, h = (_same_post(_bare_post(p)) or "" for p in (asked, held))
    return a == h or asked == held


def _begun(since: str | None, on: date) -> bool:
    return since is None or on.isoformat()[: len(since)] >= since


def _serves(term: Term, on: date) -> bool:
    return within(on, term.since, term.until)


@cache
def holder(post: str, party: str, on: date | None) -> Person | None:
    """Return the one person who held a post of a party on a day, None where the vocabulary doesn't
    know for sure.
    """
    if on is None:
        return None
    asked = _same_post(post)
    found = [
        p
        for p in people()
        if any(t.party == party and _same_post(t.post) == asked and _serves(t, on) for t in p.terms)
    ]
    return found[0] if len(found) == 1 else None


def _titled(post: str | None) -> str | None:
    """Write an office's post as posts are written: "Prime Minister"."""
    if post is None or not post.islower():
        return post
    small = {"of", "for", "the", "and"}
    return " ".join(
        w if w in small else "-".join(h.capitalize() for h in w.split("-")) for w in post.split(" ")
    )
