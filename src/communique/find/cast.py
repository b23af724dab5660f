"""Who the people of a document are.

A family name is the fuller name of the same document, else the holder of that post in the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from communique.find.people import Spot, bare_post
from communique.model import PartyRef
from communique.text.page import Named
from communique.vocab.gazetteer import (
    Person,
    Term,
    fold,
    party_name,
    people,
    people_by_family,
    people_by_name,
    posts,
    slug,
    within,
)


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
            return _same_post(bare_post(role.post)) == asked
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
    a, h = (_same_post(bare_post(p)) or "" for p in (asked, held))
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
