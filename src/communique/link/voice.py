"""Whose voice a document speaks in: "we", "I", or somebody telling of others – and who that is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from communique.find.parties import find_named
from communique.model import PartyRef, Support
from communique.text.page import Named, Page, Sentence
from communique.vocab.gazetteer import members, organisations, party_ids, state_named

# eats "We have …", "Today, we pledge …", "As leaders of …, we resolve"; leaves "that we stand", "our"
_WE = re.compile(r"^(?:[^.“\"]{0,240}?[,–—-]\s)??(?:\W*\w+\s){0,3}?\b(?:[Ww]e|WE)\b(?!\w)", re.S)
_OUR = re.compile(r"\b[Oo]ur\b")
_I = re.compile(r"^(?:[^.“\"]{0,120}?[,–—-]\s)??(?:\W*\w+\s){0,3}?\bI\b(?!\w|\.)", re.S)
# eats "we, the Leaders of the Group of Seven (G7),", "We – the Leaders of A and B –", "We the Quad partners are"
_WE_THE = re.compile(
    r"\b(?:[Ww]e|WE),?\s*(?:[–—-]\s*)?(?=the\s)(?P<who>[^.;:]{3,400}?)"
    r"(?=\s[–—-]\s|,\s(?!(?:the|and|of)\b)(?:[a-z])|\s(?:are|have|met|convened|strongly)\b)",
    re.S,
)
# eats "We — Deputy Secretary … of Australia’s …, and … of Japan — met"
_WE_DASH = re.compile(r"\b[Ww]e\s*[–—-]+\s*(?P<who>[^.;]{3,1200}?)\s*[–—]+\s", re.S)
# eats "As leaders of Australia, the United Kingdom, and the United States,"
_AS_LEADERS = re.compile(
    r"^As (?:the )?(?:leaders|heads|ministers|members|partners)[^.;]{0,40}? of (?P<who>[^.;]{3,300}?), "
    r"(?:guided|we|and we)",
    re.S,
)
_JOINT = re.compile(
    r"\bjoint (?:\w+ ){0,2}?(?:statement|declaration|communiqu|announcement|vision|release|message|article|op-ed)"
    r"|\bleaders[’']? (?:\w+ )?statement\b"
    r"|\b(?:co-)?(?:chair(?:man|woman|person)?s?|presidency)[’']?s?[’']? (?:press )?(?:statement|summary)\b"
    r"|\bcommuniqu|\bdeclaration\b|\bquad\b|\bG-?[78]\b|\bG-?20\b|\btrilateral statement",
    re.I,
)
_FROM = re.compile(r"\breadout\b.{0,12}?\b(?:by|from)\b", re.I)
_BY = re.compile(
    r"\b(?:statement|briefing|gaggle|interview|remarks|message|address|speech|proclamation|letter|transcript|opinion)s?\b.{0,20}?\b(?:by|from|of)\b",
    re.I,
)

Voice = Literal["we", "I", "third"]
FIRST_PERSON = Support("speakers", "voice/first-person")


@dataclass(frozen=True, slots=True)
class Speaking:
    """The document's voice, or a turn's; who "we" are, who "I" is; and the parties the document's title names.

    ``support`` and ``own`` say what gives "we" and "I".
    """

    voice: Voice
    we: tuple[PartyRef, ...]
    i: PartyRef | None
    titled: tuple[Named, ...]
    support: Support | None = None
    author: str | None = None
    own: Support = FIRST_PERSON


def hear(page: Page) -> Speaking:
    """Tell whose voice the document speaks in."""
    titled = _titled(page)
    voice = _voice(page)
    first = _first_person(page, titled)
    who, support = _we(page, titled)
    if not who and (chaired := _chaired(page, titled)) is not None:
        who, support = (chaired,), Support("speakers", "title")
    joint = _JOINT.search(page.document.title or "") is not None
    if not who and first is not None and not (joint and voice == "we"):
        who = (_speaks_for(page, first),)
        support = FIRST_PERSON
    return Speaking(voice, who, first, titled, support, _author(page, titled))


def title_named(page: Page) -> tuple[Named, ...]:
    """List the parties named in the title, with offsets into the title."""
    title = page.document.title
    if not title:
        return ()
    sentence = Sentence(0, 0, len(title), "title", 0)
    found = find_named(title, (sentence,), title=title, published=page.published, issuer=page.issuer)
    return tuple(n for i, n in enumerate(found) if i == 0 or not _belongs(title, found[i - 1], n))


# eats "Attack in ", "Peacekeepers in the ": a state that only says where
_SCENE = re.compile(r"\b(?:in|at|near|against)\s(?:the\s)?$", re.I)


def is_scene(title: str, named: Named) -> bool:
    """Tell a state that a title names only as the scene of what is spoken of: "Attack on Peacekeepers in Lebanon"."""
    return named.kind == "state" and _SCENE.search(title[: named.start]) is not None


# eats "President Levits of Latvia": the state says whom the person speaks for
_OF = re.compile(r",?\s(?:of|from)\s(?:the\s)?(?:[A-Z]\w+\s(?:of\s)?){0,2}")


def _belongs(title: str, before: Named, named: Named) -> bool:
    return (
        before.kind == "person"
        and named.kind != "person"
        and _OF.fullmatch(title[before.end : named.start]) is not None
    )


def _titled(page: Page) -> tuple[Named, ...]:
    return title_named(page)


def _voice(page: Page) -> Voice:
    we = i = 0
    for sentence in page.sentences:
        if sentence.role == "quotation":
            continue
        words = page.words(sentence)
        if words[:1] in '“"‘':
            continue
        we += _WE.match(words) is not None
        i += _I.match(words) is not None
    joint = bool(_JOINT.search(page.document.title or ""))
    count = len(page.sentences)
    if i and i * 3 >= we and not (joint and (we or i * 8 < count)):
        return "I"
    if we >= (max(1, count // 8) if joint else max(2, count // 5)):
        return "we"
    if joint and sum(len(_OUR.findall(page.words(s))) for s in page.sentences) >= 3:
        return "we"
    return "third"


def _first_person(page: Page, titled: Sequence[Named]) -> PartyRef | None:
    """Return who says "I": the person that the title or byline names as author, else the issuer's office."""
    title = page.document.title or ""
    if not page.document.byline and (by := _BY.search(title)) is not None:
        author = next((n for n in titled if n.kind == "person" and n.start >= by.end() - 1), None)
        if author is not None:
            return author.ref
    if page.document.byline:
        known = next(
            (n for n in page.named if n.kind == "person" and _same_person(n.name, page.document.byline)), None
        )
        party = page.issuer.name if page.issuer is not None else None
        if known is not None:
            return PartyRef(known.id, page.document.byline, known.party or party)
        return PartyRef(_slug(page.document.byline), page.document.byline, party)
    if page.issuer_post is not None and page.issuer is not None:
        return PartyRef(_slug(page.issuer_post), page.issuer_post, page.issuer.name)
    return page.issuer


# eats "CHAIRMAN OF THE SOUTH PACIFIC FORUM": who chairs a body speaks for it
_CHAIR_OF = re.compile(r"\b(?:chair(?:man|woman|person)?|presidency|co-chairs?) of (?:the )?$", re.I)


def _chaired(page: Page, titled: Sequence[Named]) -> PartyRef | None:
    """Return the body whose chair the title says is speaking."""
    title = page.document.title or ""
    return next((n.ref for n in titled if n.kind != "person" and _CHAIR_OF.search(title[: n.start])), None)


def _same_person(name: str, byline: str) -> bool:
    """Tell whether two forms of a name share the family name and the first initial: "P J Keating", "Paul Keating"."""
    a, b = name.lower().split(), byline.lower().split()
    return bool(a and b) and a[-1] == b[-1] and a[0][0] == b[0][0]


def _author(page: Page, titled: Sequence[Named]) -> str | None:
    """Return the id of the person by whom a statement is, as its title says: they report, they did not meet."""
    title = page.document.title or ""
    by = _BY.search(title) or _FROM.search(title)
    if by is None:
        return None
    return next((n.id for n in titled if n.kind == "person" and n.start >= by.end() - 1), None)


def person_or_party(person: PartyRef) -> PartyRef:
    """Return the party, known by name, that a person says "we" for; else the person."""
    ids = party_ids(person.party)
    return PartyRef(next(iter(ids)), person.party) if person.party is not None and len(ids) == 1 else person


def _speaks_for(page: Page, person: PartyRef) -> PartyRef:
    if page.issuer is not None and person.party in (None, page.issuer.name):
        return page.issuer
    return person


def _we(page: Page, titled: Sequence[Named]) -> tuple[tuple[PartyRef, ...], Support | None]:
    for sentence in page.sentences[:12]:
        words = page.words(sentence)
        for pattern in (_WE_DASH, _WE_THE, _AS_LEADERS):
            if (m := pattern.search(words)) is None:
                continue
            start, end = sentence.start + m.start("who"), sentence.start + m.end("who")
            named = _states_first(_as_wholes(page.named_in(start, end)))
            if named:
                return named, Support("speakers", "voice/we-the", start, end)
    if found := _listed(page):
        return found
    joint = bool(_JOINT.search(page.document.title or ""))
    if joint and (opening := _opening(page)) is not None:
        return opening
    if joint and titled:
        title = page.document.title or ""
        named = top_parties([n for n in titled if n.form != "capital" and not is_scene(title, n)])
        named = tuple(_organ(n) for n in named)
        if len(named) > 1 or (named and named[0].id not in _issuer_ids(page)):
            whole = with_issuer(page, named)
            return whole, Support("speakers", "title") if whole else None
    return (), None


# eats "Council of Heads of State of …", "Council of Ministers": who decides for the whole
_ORGAN = re.compile(
    r"\b(?:Council|Conference|Assembly|Meeting) of (?:the )?(?:Heads|Ministers|Foreign Ministers|Leaders)\b"
)


def _organ(ref: PartyRef) -> PartyRef:
    """Return the organisation whose heads a title names: "Declaration of the Council of Heads of State of the SCO"."""
    if ref.party is None or _ORGAN.search(ref.name) is None:
        return ref
    whole = next((o for o in organisations().values() if o.name == ref.party), None)
    return ref if whole is None else PartyRef(whole.id, whole.name)


def _as_wholes(named: Sequence[Named]) -> list[Named]:
    """Let an organisation speak for its members: "we, the Leaders of the Member States of ASEAN"."""
    names = {n.name for n in named}
    return [n for n in named if n.form != "group" or n.party not in names]


# eats "cooperation between Australia, India, Japan, and the United States", "partners of A, B and C"
_AMONG = re.compile(
    r"\b(?:between|among|amongst|partners of|[Ll]eaders of|[Gg]overnments of|[Mm]inisters of)\s(?P<who>[^.;:]{3,240})"
)


def _listed(page: Page) -> tuple[tuple[PartyRef, ...], Support] | None:
    """Find the list of states that a document opens with, where it speaks as "we"."""
    for sentence in page.sentences[:2]:
        if (m := _AMONG.search(page.words(sentence))) is None:
            continue
        start = sentence.start + m.start("who")
        run = names_in_a_row(page, start, sentence.start + m.end("who"))
        if len(run) > 2 or (len(run) == 2 and "joint" in (page.document.title or "").lower()):
            return top_parties(run), Support("speakers", "voice/listed", start, run[-1].end)
    return None


def _opening(page: Page) -> tuple[tuple[PartyRef, ...], Support] | None:
    """Find the parties with whose names a joint document opens: "The African Union and the United States reaffirm"."""
    for sentence in page.sentences[:2]:
        opened = _WHEN.match(page.text, sentence.start, sentence.end)
        run = names_in_a_row(page, sentence.start if opened is None else opened.end(), sentence.end)
        if len(run) > 1 and page.text[run[-1].end : run[-1].end + 2] not in ("’s", "'s"):
            return top_parties(run), Support("speakers", "voice/opening", run[0].start, run[-1].end)
    return None


def _states_first(named: Sequence[Named]) -> tuple[PartyRef, ...]:
    """Return the states that "we" speak for where several are named, else the parties as they stand."""
    known = {n.name: n.ref for n in named if n.kind == "state"}
    for n in named:
        if (
            n.kind == "person"
            and n.party is not None
            and n.party not in known
            and (ref := state_named(n.party))
        ):
            known[n.party] = ref
    return tuple(known.values()) if len(known) > 1 else top_parties(named)


# eats "Today, ", "On 5 March 2009, " before the subject of a document's first sentence
_WHEN = re.compile(r"(?:Today|Yesterday|This (?:week|morning)|On [^,]{3,30}|In [A-Z][^,]{2,30}), ")


def names_in_a_row(page: Page, start: int, end: int) -> list[Named]:
    """Return the names that follow each other with nothing but commas, "and" and articles between."""
    out: list[Named] = []
    at = start
    for named in page.named_in(start, end):
        if (
            re.fullmatch(
                r"[\s,()A-Z]*(?:and|&)?\s*(?:[Tt]he\s)?(?:Governments? of (?:the )?)?",
                page.text[at : named.start],
            )
            is None
        ):
            break
        out.append(named)
        at = named.end
    return out


def top_parties(named: Sequence[Named]) -> tuple[PartyRef, ...]:
    """Return the parties of an enumeration: a person stands for the party named with them, members for their group."""
    spoken_for = {n.party for n in named if n.kind == "person" or n.form == "group"}
    ids = {n.id for n in named}
    out: dict[str, PartyRef] = {}
    for n in named:
        if n.kind != "person" and n.form != "group" and n.name in spoken_for:
            continue
        if (within := set(members(n.id))) and len(within) > 1 and within <= ids:
            continue
        out.setdefault(n.id, n.ref)
    return tuple(out.values())


def with_issuer(page: Page, named: tuple[PartyRef, ...]) -> tuple[PartyRef, ...]:
    """Add the issuer to a joint document's parties where its title names only the other side.

    Beside a leader stands the issuer's leader, by office; with no issuer known, one side is not both.
    """
    title = (page.document.title or "").lower()
    if len(named) != 1 or " with " not in title:
        return named
    if page.issuer is None:
        return ()
    if page.issuer.id == named[0].id or named[0].party == page.issuer.name:
        return named
    if named[0].party is not None and page.issuer_post is not None:
        return (*named, PartyRef(_slug(page.issuer_post), page.issuer_post, page.issuer.name))
    return (*named, page.issuer)


def _issuer_ids(page: Page) -> set[str]:
    return set() if page.issuer is None else {page.issuer.id}


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")
