"""Reads what meeting a title announces: "Readout of President Biden’s Call with …", "48th Pacific
Islands Forum, Samoa".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from communique.find.meeting_names import GENERIC, MeetingName, core_of, find_names
from communique.find.ordinals import find_ordinals
from communique.find.spacing import spaced
from communique.vocab.meetings import heads, name_words


@dataclass(frozen=True, slots=True)
class TitleMeeting:
    """The meeting that a title tells of. ``name`` is as written there, or put together of its words in order.

    ``sure`` says that the title alone is enough; else the text has to tell of a meeting, too.
    """

    name: str
    head: str
    core: frozenset[str]
    ordinal: int | None = None
    place: str | None = None
    virtual: bool = False
    planned: bool = False
    plural: bool = False
    sure: bool = True
    between: bool = False
    earlier: bool = False
    gathering: bool = False


_TALK = (
    r"(?:Meeting|Call|Trilateral|Bilateral|Lunch|Luncheon|Dinner|Breakfast|Conversation|"
    r"Roundtable|Video\s?conference|Videoconference|Teleconference|Discussion|Engagement|"
    r"Consultation|Talk|Dialogue|Pull[\s-]?Aside)s?"
)
_OPENING = spaced(
    r"^(?:[A-Z][A-Za-z’' -]{0,40}:\s)?"
    r"(?:(?:Joint\s)?(?:Press\s)?(?:Readout|Statement|Remarks|Communiqué|Communique|"
    r"Background|Update|Joint\s\w+)\s)?"
    r"(?:(?:by|from)\s.{3,140}?\s(?:on|of|following|regarding)\s|(?:of|on|following|"
    r"regarding|from|after|about|at|during|before|ahead\sof|prior\sto)\s)?(?:the\s|an?\s)?",
    re.I,
)
_POSSESSIVE = spaced(
    rf"^(?P<who>.{{3,160}}?)(?:[’']\s?s|(?<=s)[’']|"
    rf"(?<=Jr\.))\s(?P<kind>(?:[A-Z][\w-]*\s){{0,3}}?(?P<head>{_TALK}))\s(?P<with>with\s.+)$",
    re.I,
)
# Some titles leave the possessive out: "President Biden Call with …".
_BARE_TALK = spaced(
    rf"^(?P<who>(?:[A-Z]\w+\s){{0,4}}(?:President|Minister|Advisor|Adviser|Secretary|"
    rf"Chancellor)\s[A-Z].{{2,60}}?)"
    rf"\s(?P<kind>(?P<head>{_TALK}))\s(?P<with>with\s.+)$",
    re.I,
)
_LEADING = spaced(
    r"\s(?:Leading|Hosting|Convening|Chairing|Co-Hosting|Attending|Joining|"
    r"Holding)\s(?:of\s)?(?:an?\s|the\s)?(?=\w)",
    re.I,
)
_BETWEEN = spaced(rf"(?P<kind>(?:[A-Z][\w-]*\s){{0,6}}(?P<head>{_TALK}))\s(?:between|with|among)\s.+$", re.I)
_VISIT = spaced(r"\b(?:VISIT|TRIP|TRAVEL|Visit|Trip|Travel|visit|visits|VISITS|visitor|OVERSEAS TOUR)\b")
_PLANNED = spaced(
    r"\b(?:Upcoming|Forthcoming|Announcement of|To Host|To Visit|To Attend|Ahead of|will|" r"Preview\w*)\b",
    re.I,
)
_OFFICE_OF = spaced(
    r"\b(?:chair|chairman|chairperson|host|leaders|members|co-chairs|president|"
    r"anniversary|members? states|secretariat|secretary.general)\s(?:of|to)\s(?:the\s)?$",
    re.I,
)
_AFTER_NAME = spaced(
    r"^,\s(?P<place>[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}(?:,\s[A-Z]\w+)?)(?:$|[,.;-]|\s\d)"
)
_DOCUMENT = spaced(r"\b(?:Statement|Declaration|Communique|Communiqué|Summit|Remarks|Readout|Vision|Sheet)\b")
_IN_PLACE = spaced(
    r"^\s(?:(?:to\sbe\s)?held\s)?in\s(?P<place>[A-Z][\w’'.-]*(?:\s[A-Z][\w’'.-]*){0,3}(?:,\s[A-Z][\w.]+)?)(?:$|"
    r"[,.;-]|\s\d)"
)
_GATHERING = spaced(
    r"\b(?P<body>(?:[A-Z0-9][\w.&’'-]*\s){0,5}?[A-Z0-9][\w.&-]*\s(?:Leaders|Ministers|"
    r"Senior Officials|Leaders of State))(?P<own>[’']s?)?\s",
    re.I,
)
# "Declaration of the Leaders of the Americas Partnership", "Leaders’ Statement on the Framework for …"
_LEADERS_OF = spaced(
    r"(?:\bLeaders\sof\s(?:the\s)?|^Leaders[’']\s(?:Joint\s)?(?:Statement|Declaration)\s(?:on|of)\s(?:the\s)?)"
    r"(?P<body>(?:[A-Z0-9][\w.&-]*\s|(?:of|for|on|and)\s){0,9}"
    r"(?:Partnership|Framework|Group|Forum|Community|Alliance|Initiative|Compact|Coalition)\b"
    r"(?:\s(?:of|for|on)\s(?:the\s)?[A-Z][\w-]*(?:,?\s(?:and\s)?[A-Z][\w-]*){0,4})?)"
)
_VIRTUAL = spaced(r"\b(?:Call|Virtual|Video|Phone|Telephone|Teleconference|Videoconference|Calls)\b", re.I)


# What old titles add: "TALKS WITH … STATEMENT BY THE PRIME MINISTER, MR. HAROLD HOLT".
_TAIL = re.compile(
    r"(?<=\S)(?:\s+[-–]?\s*(?:(?:DEPARTURE|ARRIVAL|PRESS|MINISTERIAL)\s)?STATEMENT\sBY\sTHE\s.*|"
    r"\s*[-–—:,]\s+(?i:joint\s)?(?:(?i:press|media|final)\s)?(?i:statement|communiqu[eé]|declaration)\b.*)$"
)


def read_title(title: str | None) -> TitleMeeting | None:
    """Return the meeting that a title announces, or None where it announces none."""
    if not title:
        return None
    written = _TAIL.sub("", " ".join(title.replace("⁠", "").split()))
    return _before(written) or _talk(written) or _event(written) or _gathering(written) or _readout(written)


def is_visit(title: str | None) -> bool:
    """Say whether a title tells of a visit."""
    return title is not None and _VISIT.search(title) is not None


_BEFORE = spaced(
    r"^(?:Joint\s)?(?:Press\s)?(?:Remarks|Statements?|Exchange)\s(?:by|of|between|from)\s(?P<who>.{5,200}?)\s"
    r"(?:Before|Ahead\sof|Prior\sto|At|During|After|Following|In)\s"
    r"(?:(?:the\s)?(?:Start|Beginning|Top|Conclusion|End)\sof\s)?(?:an?\s|the\s|their\s)?"
    r"(?P<kind>(?:[\w-]+\s){0,2}?(?:Bilateral|Trilateral|Quadrilateral)(?P<noun>\s(?:Meeting|Talks|"
    r"Discussions?|Lunch|Dinner|Engagement|Session))?)$",
    re.I,
)


def _before(title: str) -> TitleMeeting | None:
    """Read "Remarks by X and Y Before Bilateral Meeting" as "Bilateral Meeting of X and Y"."""
    m = _BEFORE.match(title)
    if m is None or not re.search(r"\s(?:and|&)\s", m["who"]):
        return None
    kind = m["kind"] if m["noun"] else f"{m['kind']} meeting"
    return _made(title, f"{kind} of {m['who']}", kind.split()[-1], between=True)


def _talk(title: str) -> TitleMeeting | None:
    """Read "X’s Meeting with Y" as "Meeting of X with Y"."""
    rest = title[_opening_end(title) :]
    m = _POSSESSIVE.match(rest) or _BARE_TALK.match(rest)
    if m is None or re.search(r"\b(?:Participation|Summit|Remarks)\b", m["who"]):
        m = None
    if m is not None:
        kind = m["kind"] if m["head"].lower() not in {"trilateral", "bilateral"} else f"{m['kind']} meeting"
        name = f"{kind} of {m['who']} {m['with']}"
        return _made(title, name, m["head"], between=True)
    b = _BETWEEN.search(rest)
    if b is not None and not find_ordinals(rest, 0, b.start()):
        return _made(title, rest[_kind_start(b) :], b["head"], between=True)
    return None


_SMALL = re.compile(r"\b(?:of|to|and|his|her|their|its|our|on|by|in|from|for|after|during)\s")


def _kind_start(between: re.Match[str]) -> int:
    """Return where the kind of talk begins: "meeting" in "visit to Germany and his meeting with"."""
    small = [m.end() for m in _SMALL.finditer(between.string, between.start("kind"), between.start("head"))]
    return small[-1] if small else between.start()


def _opening_end(title: str) -> int:
    m = _OPENING.match(title)
    end = m.end() if m else 0
    lead = _LEADING.search(title, end)
    return lead.end() if lead else end


def _made(title: str, name: str, head: str, *, between: bool = False) -> TitleMeeting:
    return TitleMeeting(
        name.strip(" .,"),
        head.lower().rstrip("s"),
        core_of(name),
        virtual=_VIRTUAL.search(name.split(" of ")[0] if between else name) is not None,
        planned=_PLANNED.search(title) is not None,
        plural=head.lower().endswith("s") and head.lower() not in {"consultations", "talks"},
        between=between,
    )


# Small words that a title in capitals writes large.
_SHOUTED = re.compile(r"\b(?:OF|THE)\b")


def _event(title: str) -> TitleMeeting | None:
    """Read the name of a meeting in a title: "Third United States – Nordic Leaders’ Summit"."""
    read = _SHOUTED.sub(lambda m: m.group().lower(), title) if title.isupper() else title
    names = [replace(n, text=title[n.start : n.end]) for n in find_names(read, 0, len(read), title=True)]
    names = [n for n in names if not _OFFICE_OF.search(title[: n.start])]
    names = [n for n in names if n.core - GENERIC or n.ordinal is not None or n.head in heads().acronyms]
    names = [n for n in names if n.head not in {"visit", "visits"} and not _names_an_office(title, n)]
    if not names:
        return None
    name = max(names, key=lambda n: (n.ordinal is not None, n.head in name_words().sure, n.kind == "event"))
    after = title[name.end :]
    place = _AFTER_NAME.match(after) or _IN_PLACE.match(after)
    place = None if place and _DOCUMENT.search(place["place"]) else place
    earlier = _EARLIER.search(title[: name.start]) is not None
    sure = name.head in name_words().sure or name.ordinal is not None or _takes_part(title, name)
    virtual = re.search(r"\bVirtual\b", title, re.I) is not None
    return TitleMeeting(
        name.text,
        name.head,
        name.core,
        name.ordinal,
        place["place"] if place and not place["place"].isupper() else None,
        virtual,
        planned=_PLANNED.search(title) is not None,
        plural=title[name.start : name.end].lower().endswith("meetings"),
        sure=sure,
        earlier=earlier,
    )


_EARLIER = spaced(r"\bafter\s(?:the\s)?$|\banniversary\s(?:of|since)\b|\bone\syear\b", re.I)
_PART = spaced(
    r"\b(?:participation in|attend\w*|at|meeting of|session of|launch of)\s(?:the\s|" r"a\s)?(?:annual\s)?$",
    re.I,
)


def _takes_part(title: str, name: MeetingName) -> bool:
    return _PART.search(title[: name.start]) is not None


def _names_an_office(title: str, name: MeetingName) -> bool:
    """Say whether a body is named for one of its officers: "European Commission President",
    "National Security Council".
    """
    if name.kind != "body":
        return False
    return (
        re.match(r"\s(?:Executive|President|Spokes|Vice|Secretary|Chair|Member)", title[name.end :])
        is not None
    )


def _gathering(title: str) -> TitleMeeting | None:
    """Read "Quad Leaders’ Vision Statement": a meeting of them, if the text tells that they met."""
    m = _LEADERS_OF.search(title) or _GATHERING.search(title)
    if m is None or not re.search(r"\b(?:Statement|Declaration|Communiqué|Communique|Vision|Chair)", title):
        return None
    body = re.sub(
        r"^(?:Joint Statement|Statement|Joint Declaration|Declaration|Communiqué) (?:of|by|from) (?:the )?",
        "",
        m["body"],
    ).removeprefix("Joint ")
    name = f"{body} leaders’ meeting" if m.re is _LEADERS_OF else f"{body}’ meeting"
    return TitleMeeting(name, "meeting", core_of(name), sure=False, gathering=True)


_READOUT = spaced(r"^(?:Joint\s)?Readout\s(?:of|from)\s(?:the\s)?(?P<name>.{4,120})$", re.I)


def _readout(title: str) -> TitleMeeting | None:
    """Read any other readout as one of an event: "Readout of Dominican Day Diaspora Event"."""
    m = _READOUT.match(title)
    if m is None or _VISIT.search(title):
        return None
    return TitleMeeting(
        m["name"], "event", core_of(m["name"]), virtual=_VIRTUAL.search(m["name"]) is not None
    )


_VISIT_NAME = spaced(
    r"\b(?:(?:Official|State|Working|Upcoming)\s)*(?:Visits?|Trip|Travel)\s(?:of|by|to)\s.{3,120}", re.I
)


_PRESS = re.compile(r"^FOR\s(?:THE\s)?PRESS\W{1,3}(?:P\.?\s?M\.?\s?(?:NO\.?)?\s?[\d/]+\W{0,3})?")


def visit_name(title: str | None) -> str | None:
    """Return how a title names a visit: "Visit of Prime Minister Ulf Kristersson of Sweden"."""
    written = _TAIL.sub("", " ".join((title or "").split()))
    m = _VISIT_NAME.search(written) or _VISIT_NAME.search(title or "")
    return m.group().strip(" .,-") if m else (_PRESS.sub("", title) if title else title)
