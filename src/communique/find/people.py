"""Finds people where they stand with a post, an honorific, or a name the document or the vocabulary knows.

Every place is read by itself (`Line.spots`): post, name, party, as written. Who is meant the document as a whole says
(`communique.find.cast`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from communique.find.words import words_of
from communique.text.page import Named
from communique.vocab.acts import cues
from communique.vocab.gazetteer import (
    fold,
    organisations,
    people_by_family,
    people_by_name,
    posts,
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
        bare = bare_post(post.text)
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
        before_and: int | None = None
        while j < len(self.words) and j - i < _MOST_POST_WORDS:
            step = self._post_step(j, i)
            if step is None:
                break
            if self.lower[j] == "and" and j - 1 in self.party_at:
                before_and = j
            j, owner, head = step
            if before_and is not None and owner is not None and owner != party:
                # "the President of Indonesia and the Prime Minister of Australia": another's post begins
                last = before_and
                break
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
        bare = bare_post(post.text)
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


def bare_post(text: str) -> str:
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
