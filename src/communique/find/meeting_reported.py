"""Finds the meeting that a document reports or announces: by its title, by a clause, or by a name
at its head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from communique.find.dates import When, find_dates, first_day
from communique.find.meeting_completing import LEAD, completed, dated_by_title, with_told
from communique.find.meeting_joining import alike as are_alike
from communique.find.meeting_joining import dates_agree, is_near, merged
from communique.find.meeting_joint import told_of_gathering, told_together
from communique.find.meeting_mentions import Seen
from communique.find.meeting_names import GENERIC, core_of, spelt_out
from communique.find.meeting_titles import TitleMeeting, is_visit, read_title
from communique.find.meeting_verbs import VISITS, Told
from communique.find.meeting_visits import visit_told
from communique.find.spacing import spaced
from communique.model import MeetingStatus, Support
from communique.text.page import Page


def reported_meetings(
    page: Page, told: Sequence[Told], seen: Sequence[Seen], letters: dict[str, frozenset[str]]
) -> list[Seen]:
    """Return the meeting that the document reports or announces, or none: a statement of policy
    reports none.
    """
    title = read_title(page.document.title)
    if title is not None:
        title = replace(title, core=spelt_out(title.core, letters))
    if title is not None and not title.earlier and not _names_better(title, told):
        found = _by_title(page, title, told, seen)
        if found:
            return found
    if is_visit(page.document.title):
        return visit_told(page, told)
    for t in told:
        if (
            t.verb not in VISITS
            and not t.planned
            and _is_recently_told(page, t)
            and (x := _by_words(page, t, seen)) is not None
        ):
            return [x]
    if (together := told_together(page, told)) is not None:
        return [together]
    return [replace(x, status="held") for x in _named_in_lead(page, seen)[:1]]


def _names_better(title: TitleMeeting, told: Sequence[Told]) -> bool:
    """Say whether the text names the meeting, where the title only names who met ("Quad Leaders’
    Joint Statement").
    """
    name = next((t.name for t in told if not t.planned), None)
    return title.gathering and name is not None and (name.ordinal is not None or len(name.core) > 1)


def _by_title(page: Page, title: TitleMeeting, told: Sequence[Told], seen: Sequence[Seen]) -> list[Seen]:
    if title.plural and len(several := _bodies_that_met(page, title, seen)) > 1:
        return several
    alike = [x for x in seen if _of_title(page, title, x)] if not title.between else []
    if not title.between and not any(x.evident for x in alike):
        alike += [x for x in seen if _is_announced(page, title, x)]
    if title.plural and not title.between and any(x.evident and (x.when or x.ordinal) for x in alike):
        return []
    teller = _teller(page, title, told, alike)
    if title.gathering and teller is None and not alike:
        together = told_of_gathering(page, title.name)
        return [together] if together is not None else []
    if not (title.sure or teller or any(x.evident for x in alike)):
        return []
    base = _from_title(page, title, teller, alike)
    for x in alike:
        if base.when is None or x.when is None or dates_agree(base.when, x.when):
            base = merged(base, x, counts=_tells_of(page, teller, x) or _is_announced(page, title, x))
    if title.plural and not title.between and teller is None:
        return []
    return [_begun(page, dated_by_title(page, completed(page, _begun(page, base))))]


def _begun(page: Page, x: Seen) -> Seen:
    """Call a meeting held whose first day is not after the day of publication, and planned one whose is."""
    if x.when is None or len(x.when.edtf) < 10 or page.published is None:
        return x
    days = (first_day(x.when.edtf) - page.published).days
    if x.status == "planned" and days <= 0:
        return replace(x, status="held")
    # A day later it may be already where they meet.
    return replace(x, status="planned") if x.status == "held" and days > 1 else x


def _tells_of(page: Page, teller: Told | None, x: Seen) -> bool:
    """Say whether words count the meeting reported, not the first of its series: they stand where
    it is told of.
    """
    if teller is not None and teller.start <= x.start < teller.sentence.end:
        return True
    return (
        x.when is not None
        and page.published is not None
        and abs((first_day(x.when.edtf) - page.published).days) < 32
    )


def _of_title(page: Page, title: TitleMeeting, x: Seen) -> bool:
    """Say whether words in the text mean the meeting of the title: alike by name, and not dated far
    from the document.
    """
    near = x.when is None or page.published is None or is_near(page.published, x.when)
    counted = x.ordinal is not None and x.ordinal == title.ordinal
    near = near or counted or _is_first(page, x)
    if counted and title.core - GENERIC and title.core - GENERIC <= x.core:
        return True
    if title.gathering:
        own = title.core - GENERIC
        return bool(own) and own <= x.core and x.when is not None and len(x.when.edtf) >= 10 and near
    return near and are_alike(title.core, x.core, title.ordinal, x.ordinal)


_ISSUED = spaced(r"\b(?:statement|communiqu[eé]|declaration|readout|remarks|vision|outcomes?)\b", re.I)


def _is_announced(page: Page, title: TitleMeeting, x: Seen) -> bool:
    """Say whether words give the day to come of the meeting that a title announces, within the year or that
    of its name: "Commonwealth Heads of Government Meeting 2011".
    """
    if x.when is None or page.published is None or first_day(x.when.edtf) <= page.published:
        return False
    if not are_alike(title.core, x.core, title.ordinal, x.ordinal):
        return False
    if (year := re.search(r"\b(?:19|20)\d\d\b", title.name)) is not None:
        return x.when.edtf.startswith(year.group())
    soon = (first_day(x.when.edtf) - page.published).days < 366
    return soon and _ISSUED.search(page.document.title or "") is None


def _is_first(page: Page, x: Seen) -> bool:
    """Say whether a meeting is named right at the beginning."""
    return bool(page.sentences) and x.start < page.sentences[0].end and x.status != "planned"


_AGO = spaced(r"\b(?:years?|months?|decades?)\sago\b|\bin\s(?:19|20)\d\d,|\bfirst\smet\b")


def _is_recently_told(page: Page, told: Told) -> bool:
    """Say whether a clause may tell of the meeting reported: it is not of years ago."""
    if _AGO.search(page.text, told.start, told.end):
        return False
    return told.when is None or page.published is None or is_near(page.published, told.when)


def _teller(page: Page, title: TitleMeeting, told: Sequence[Told], alike: Sequence[Seen]) -> Told | None:
    """Choose the clause that tells of the title's meeting: one that names it, else the first that
    names no other.
    """
    told = [t for t in told if _is_recently_told(page, t)]
    for t in told:
        if t.name is not None and any(x.start <= t.name.start < x.end for x in alike):
            return t
    for t in told:
        other = not title.between and t.name is not None and t.name.kind == "event" and len(t.name.core) > 1
        if not other and t.verb not in VISITS and (title.between or title.gathering or t.sentence.index < 2):
            return t
    return None


def _from_title(page: Page, title: TitleMeeting, teller: Told | None, alike: Sequence[Seen]) -> Seen:
    """Make the title's meeting: its words are those that tell of it in the text."""
    planned = title.planned or (teller.planned if teller else _looks_ahead(page, alike))
    own = _in_text(title, alike)
    ordinal, supports = _counted(title, teller)
    supports.append(Support("name", "words", own.start, own.end) if own else Support("name", "title"))
    place = title.place if not (teller and teller.place) else None
    if place:
        supports.append(Support("place", "title"))
    start, end = _words_of(page, title, teller, alike)
    name = own.name if own else title.name
    status: MeetingStatus = "planned" if planned else "held"
    base = Seen(start, end, name, title.core, title.head, status, True, ordinal, supports=tuple(supports))
    base = replace(base, place=place)
    base = with_told(page, base, _more_exact(teller, alike)) if teller else base
    if title.virtual and base.format is None:
        return replace(base, format="virtual", supports=(*base.supports, Support("format", "title")))
    return base


def _more_exact(teller: Told, alike: Sequence[Seen]) -> Told:
    """Leave "this week" to the days that stand beside the meeting's name."""
    vague = teller.when is not None and teller.when.rule == "week/published"
    dated = any(
        x.when is not None and len(x.when.edtf) >= 10 and x.when.rule != "week/published" for x in alike
    )
    return replace(teller, when=None) if vague and dated else teller


def _counted(title: TitleMeeting, teller: Told | None) -> tuple[int | None, list[Support]]:
    """Return the ordinal that the title gives, or the clause that tells of its meeting ("their
    second meeting").
    """
    if title.ordinal is not None:
        return title.ordinal, [Support("ordinal", "title")]
    name = teller.name if teller is not None else None
    if name is not None and name.kind == "talk" and name.ordinal is not None:
        return name.ordinal, [Support("ordinal", "words", name.start, name.end)]
    return None, []


_AHEAD = spaced(
    r"\b(?:will|shall)\s(?:\w+\s)?(?:attend\w*|host\w*|travel\w*|visit\w*|meet\w*|"
    r"take place|hold|convene|join|participate|lead|represent)\b"
)


def _looks_ahead(page: Page, alike: Sequence[Seen]) -> bool:
    """Say whether a meeting that no clause tells of is still to come."""
    if alike and alike[0].evident and alike[0].status == "planned":
        return True
    return any(_AHEAD.search(page.text, s.start, s.end) for s in page.sentences[:2])


def _in_text(title: TitleMeeting, alike: Sequence[Seen]) -> Seen | None:
    """Return where the text names the meeting as fully as the title does."""
    for x in alike:
        large = x.name[0].isupper() or x.name[0].isdigit() or x.ordinal is not None
        if large and x.core >= title.core and (title.ordinal is None or x.ordinal == title.ordinal):
            return x
    return None


def _words_of(page: Page, title: TitleMeeting, teller: Told | None, alike: Sequence[Seen]) -> tuple[int, int]:
    """Choose the quote: the clause that tells of the meeting, where its name stands, or the first
    sentence.
    """
    if teller is not None:
        return teller.start, teller.end
    alike = [x for x in alike if x.evident or x.core >= title.core or x.core >= title.core - GENERIC]
    if alike:
        best = max(alike, key=lambda x: (x.when is not None, x.place is not None, len(x.core)))
        return best.start, best.end
    body = next((s for s in page.sentences if s.role in {"body", "list_item"}), None)
    return (body.start, body.end) if body else (0, min(len(page.text), 1))


def _by_words(page: Page, told: Told, seen: Sequence[Seen]) -> Seen | None:
    """Read the meeting reported from a clause of the text, where the title names none."""
    name = told.name
    if name is not None and (len(name.core) > 1 or name.ordinal is not None) and name.kind != "talk":
        named = [x for x in seen if x.start <= name.start < x.end]
        base = (
            named[0]
            if named
            else Seen(told.start, told.end, name.text, name.core, name.head, "held", True, name.ordinal)
        )
        base = replace(
            base, start=min(told.start, base.start), end=max(told.end, base.end), status="held", evident=True
        )
        return completed(page, with_told(page, base, told))
    built = _built_name(page, told)
    if built is None:
        return None
    base = Seen(
        told.start,
        told.end,
        built,
        core_of(built),
        name.head if name else "meeting",
        "held",
        True,
        name.ordinal if name and name.head not in {"visit", "visits"} else None,
        supports=(Support("name", "built", told.start, told.end),),
    )
    return completed(page, with_told(page, base, told))


_NO_SUBJECT = spaced(r"(?:At|In|On|During|As|By|To|For|From|With|Following|Building|This|It|That|These)\s")
_WE_THE = spaced(r"^We,\s(?=the\s|[A-Z])")
# Whom somebody meets is written large, or has a noun for people.
_GUEST = spaced(
    r"[^,.;]*?[A-Z]|.*\b(?:leaders|ministers|officials|members|representatives|counterparts?|heads|ambassadors|"
    r"experts|families|survivors|students|executives|advocates|partners|president|delegation)\b"
)
_NO_GUEST = spaced(r"(?:by|an?|his|her|their|its|more|over|some|set)\s")
_PRONOUN = spaced(
    r"(?:We|I|They|He|She|It|[Tt]he\s(?:two\s|three\s)?(?:leaders|sides|ministers|Leaders|"
    r"Ministers|President|Prime Minister))\b(?:\s[–—-])?"
)


def _built_name(page: Page, told: Told) -> str | None:
    """Put together "virtual bilateral meeting of A with B" from a clause; None where it does not
    say who met.
    """
    subject = " ".join(page.text[slice(*told.subject)].strip(" ,–—").split())
    subject = _WE_THE.sub("", subject)
    whom = " ".join(page.text[slice(*told.object)].split()) if told.object else ""
    named = told.name is not None and told.name.kind == "talk" and told.name.head not in {"visit", "visits"}
    if named and told.name is not None and told.name.text.lower() != told.name.head:
        kind = told.name.text
        if " with " in kind:
            kind, _, whom = kind.partition(" with ")
        elif told.name.core - GENERIC:
            return kind
    else:
        kind = (
            "call"
            if told.format == "virtual" and told.verb in {"spoke", "called", "talked", "telephoned"}
            else "meeting"
        )
    if _NO_GUEST.match(whom) or _NO_SUBJECT.match(subject) or (whom and not _GUEST.match(whom)):
        return None
    if whom and subject in {"I", "We"}:
        return f"{kind} with {whom}"
    if len(subject) > 260 or (not whom and _PRONOUN.fullmatch(subject)):
        return None
    if (
        not whom
        and " and " not in subject
        and not re.search(
            r"\b(?:[Ll]eaders|[Mm]inisters|Presidents|[Oo]fficials|Group|Council|Committee|Advisors)\b",
            subject,
        )
    ):
        return None
    return f"{kind} of {subject} with {whom}" if whom else f"{kind} of {subject}"


def _named_in_lead(page: Page, seen: Sequence[Seen]) -> list[Seen]:
    """List meetings that the first sentences name as held, by ordinal or date and a verb, where no
    clause tells.
    """
    if not page.sentences:
        return []
    stop = page.sentences[min(len(page.sentences), 3) - 1].end
    wide = page.sentences[min(len(page.sentences), LEAD + 2) - 1].end
    out = [
        x
        for x in seen
        if x.start < stop
        and x.evident
        and x.status != "planned"
        and (x.when or x.ordinal)
        and _is_recent(page, x)
    ]
    return [
        completed(page, x)
        for x in [*out, *(x for x in seen if x.start < wide and x.when and _is_today(page, x.when))]
    ]


def _is_recent(page: Page, x: Seen) -> bool:
    """Say whether nothing speaks against a meeting being the one reported: its date lies in the
    last month.
    """
    if (
        x.when is not None
        and len(x.when.edtf) == 4
        and _OPENS.search(page.text, max(0, x.start - 12), x.start)
    ):
        return page.published is not None and x.when.edtf == str(page.published.year)
    if x.when is None or page.published is None or len(x.when.edtf) < 10:
        return x.when is None and x.ordinal is not None and x.status != "planned" and _at(page.text, x)
    return 0 <= (page.published - first_day(x.when.edtf)).days <= 31


_OPENS = spaced(r"(?:^|[.\n]\s?)(?:At|During)\s(?:the\s|this\syear[’']s\s)?$")
_AT = spaced(r"\b(?:at|during|attended|held|concluded)\s(?:the\s|its\s|their\s)?$")


def _at(text: str, x: Seen) -> bool:
    return _AT.search(text, max(0, x.start - 20), x.start) is not None


def _is_today(page: Page, when: When) -> bool:
    return page.published is not None and when.edtf == str(page.published)


_MET = spaced(r"\s(?:\([^)]*\)\s)?(?:met|convened|held\sits|was\sheld|took\splace)\b")


def _bodies_that_met(page: Page, title: TitleMeeting, seen: Sequence[Seen]) -> list[Seen]:
    """Read "The Group for A met on 9 December and the Group for B met on 14 December" under a title
    in the plural.
    """
    own = title.core - GENERIC
    near = [x for x in seen if own & x.core]
    met = [x for x in near if _MET.match(page.text, x.start + len(x.name))]
    counted = next((x for x in near if x.ordinal is not None), None)
    out = []
    for x in met:
        sentence = page.sentence_at(x.start)
        dated = find_dates(page.text, x.start, sentence.end, published=page.published) if sentence else []
        when = dated[0] if dated else None
        x = replace(x, status="held", evident=True, when=when, end=max(x.end, when.end if when else 0))
        if counted is not None:
            x = replace(
                x,
                ordinal=counted.ordinal,
                supports=(*x.supports, Support("ordinal", "words", counted.start, counted.end)),
            )
        out.append(completed(page, x))
    return out
