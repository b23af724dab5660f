"""Finds the meeting that a document reports, and the earlier and later ones that it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from communique.find.chairs import Chaired, find_chairs
from communique.find.dates import When, find_dates, first_day
from communique.find.meeting_mentions import Seen, find_mentions
from communique.find.meeting_names import GENERIC, MeetingName, core_of, find_names, introduced, series_of
from communique.find.meeting_titles import TitleMeeting, is_visit, read_title, visit_name
from communique.find.meeting_verbs import VISITS, Told, find_format, find_told
from communique.find.places import find_place
from communique.find.spacing import any_of, spaced
from communique.model import Level, Meeting, Support
from communique.text.page import Page, Sentence
from communique.vocab.meetings import heads, words

_LEAD = 6


def _is_talk_of(reported: Seen, x: Seen) -> bool:
    """Say whether a meeting named within the words that report one is that one: "held their first meeting"."""
    talk = heads().heads.get(x.head) == "talk"
    return talk and reported.start <= x.start < reported.end and (x.when is None or x.when == reported.when)


def find_meetings(page: Page) -> list[Meeting]:
    """List the meetings of a document, the one it reports first; each stands once, however often it is named."""
    names, letters = _names(page)
    seen = [x for s in page.sentences for x in find_mentions(page, s, names.get(s.index, ()))]
    seen = [replace(x, core=_spelt_out(x.core, letters)) for x in seen]
    told = [t for s in page.sentences[:_LEAD] for t in find_told(page, s, names.get(s.index, ()))]
    reported = _reported(page, told, seen, letters)
    others = [x for x in seen if x.evident and not any(_is_talk_of(r, x) for r in reported)]
    joined = _joined(page, reported, others)
    own = len(reported)
    return [_finished(page, x, first=i < own) for i, x in enumerate(joined) if i < own or _stands(x)]


@cache
def _any_head() -> re.Pattern[str]:
    return spaced(rf"\b(?:{any_of([*heads().heads, *heads().acronyms])})", re.I)


def _names(page: Page) -> tuple[dict[int, tuple[MeetingName, ...]], dict[str, frozenset[str]]]:
    """Find the names of meetings in each sentence, then those given by letters that the text introduces."""
    out: dict[int, tuple[MeetingName, ...]] = {}
    for s in page.sentences:
        if _any_head().search(page.text, s.start, s.end):
            out[s.index] = tuple(find_names(page.text, s.start, s.end))
    known = introduced([n for names in out.values() for n in names])
    if known:
        heads_of = {letters: name.head for letters, name in known.items()}
        using = spaced(any_of(known))
        for s in page.sentences:
            if using.search(page.text, s.start, s.end):
                out[s.index] = tuple(find_names(page.text, s.start, s.end, known=heads_of))
    return out, {letters.lower(): name.core for letters, name in known.items()}


def _spelt_out(core: frozenset[str], letters: dict[str, frozenset[str]]) -> frozenset[str]:
    """Replace introduced letters by the words they stand for."""
    out = set(core)
    for word in core & letters.keys():
        out |= letters[word]
        out.discard(word)
    return frozenset(out)


# --- the meeting reported -----------------------------------------------------------------------------------------


def _reported(page: Page, told: Sequence[Told], seen: Sequence[Seen], letters: dict[str, frozenset[str]]) -> list[Seen]:
    """Return the meeting that the document reports or announces, or none: a statement of policy reports none."""
    title = read_title(page.document.title)
    if title is not None:
        title = replace(title, core=_spelt_out(title.core, letters))
    if title is not None and not title.earlier and not _names_better(title, told):
        found = _by_title(page, title, told, seen)
        if found:
            return found
    if is_visit(page.document.title):
        return _visit(page, told)
    for t in told:
        if t.verb not in VISITS and not t.planned and _is_recently_told(page, t) and (x := _by_words(page, t, seen)) is not None:
            return [x]
    return [replace(x, status="held") for x in _named_in_lead(page, seen)[:1]]


def _names_better(title: TitleMeeting, told: Sequence[Told]) -> bool:
    """Say whether the text names the meeting, where the title only names who met ("Quad Leaders’ Joint Statement")."""
    name = next((t.name for t in told if not t.planned), None)
    return title.gathering and name is not None and (name.ordinal is not None or len(name.core) > 1)


def _by_title(page: Page, title: TitleMeeting, told: Sequence[Told], seen: Sequence[Seen]) -> list[Seen]:
    if title.plural and len(several := _bodies_that_met(page, title, seen)) > 1:
        return several
    alike = [x for x in seen if _of_title(page, title, x)] if not title.between else []
    teller = _teller(page, title, told, alike)
    if not (title.sure or teller or any(x.evident for x in alike)):
        return []
    base = _from_title(page, title, teller, alike)
    for x in alike:
        if base.when is None or x.when is None or _dates_agree(base.when, x.when):
            base = _merged(base, x, counts=_tells_of(page, teller, x))
    return [_completed(page, base)]


def _tells_of(page: Page, teller: Told | None, x: Seen) -> bool:
    """Say whether words count the meeting reported, not the first of its series: they stand where it is told of."""
    if teller is not None and teller.start <= x.start < teller.sentence.end:
        return True
    return x.when is not None and page.published is not None and abs((first_day(x.when.edtf) - page.published).days) < 32


def _of_title(page: Page, title: TitleMeeting, x: Seen) -> bool:
    """Say whether words in the text mean the meeting of the title: alike by name, and not dated far from the document."""
    near = x.when is None or page.published is None or _is_near(page.published, x.when)
    if title.gathering:
        own = title.core - GENERIC
        return bool(own) and own <= x.core and x.when is not None and len(x.when.edtf) >= 10 and near
    return near and _alike(title.core, x.core, title.ordinal, x.ordinal)


def _is_near(published: date, when: When) -> bool:
    """Say whether a date is that of publication, less exact, or lies within two months of it."""
    if len(when.edtf) < 10:
        return str(published).startswith(when.edtf) or (len(when.edtf) == 7 and when.edtf > str(published)[:7])
    return abs((first_day(when.edtf) - published).days) < 62


_AGO = spaced(r"\b(?:years?|months?|decades?)\sago\b|\bin\s(?:19|20)\d\d,|\bfirst\smet\b")


def _is_recently_told(page: Page, told: Told) -> bool:
    """Say whether a clause may tell of the meeting reported: it is not of years ago."""
    if _AGO.search(page.text, told.start, told.end):
        return False
    return told.when is None or page.published is None or _is_near(page.published, told.when)


def _teller(page: Page, title: TitleMeeting, told: Sequence[Told], alike: Sequence[Seen]) -> Told | None:
    """Choose the clause that tells of the title's meeting: one that names it, else the first that names no other."""
    told = [t for t in told if _is_recently_told(page, t)]
    for t in told:
        if t.name is not None and any(x.start <= t.name.start < x.end for x in alike):
            return t
    for t in told:
        other = t.name is not None and t.name.kind == "event" and len(t.name.core) > 1
        if not other and t.verb not in VISITS and (title.between or title.gathering or t.sentence.index < 2):
            return t
    return None


def _from_title(page: Page, title: TitleMeeting, teller: Told | None, alike: Sequence[Seen]) -> Seen:
    planned = title.planned or (teller.planned if teller else _looks_ahead(page, alike))
    best = _best_name(title, alike)
    supports = [] if best != title.name else [Support("name", "title")]
    if title.ordinal is not None:
        supports.append(Support("ordinal", "title"))
    if title.place and not (teller and teller.place):
        supports.append(Support("place", "title"))
    named = teller.name if teller is not None else None
    ordinal = title.ordinal
    if ordinal is None and named is not None and named.kind == "talk" and named.ordinal is not None:
        ordinal = named.ordinal
        supports.append(Support("ordinal", "words", named.start, named.end))
    start, end = _words_of(page, title, teller, alike)
    base = Seen(
        start, end, best, title.core, title.head, "planned" if planned else "held", True, ordinal,
        place=title.place if not (teller and teller.place) else None, supports=tuple(supports),
    )  # fmt: skip
    base = _with_told(page, base, teller) if teller else base
    if title.virtual and base.format is None:
        return replace(base, format="virtual", supports=(*base.supports, Support("format", "title")))
    return base


_AHEAD = spaced(r"\b(?:will|shall)\s(?:\w+\s)?(?:attend\w*|host\w*|travel\w*|visit\w*|meet\w*|take place|hold|convene|join|participate|lead|represent)\b")


def _looks_ahead(page: Page, alike: Sequence[Seen]) -> bool:
    """Say whether a meeting that no clause tells of is still to come."""
    if alike and alike[0].evident and alike[0].status == "planned":
        return True
    return any(_AHEAD.search(page.text, s.start, s.end) for s in page.sentences[:2])


def _best_name(title: TitleMeeting, alike: Sequence[Seen]) -> str:
    """Prefer a name in the text that says as much as the title's."""
    for x in alike:
        if x.core >= title.core and (title.ordinal is None or x.ordinal == title.ordinal):
            return x.name
    return title.name


def _words_of(page: Page, title: TitleMeeting, teller: Told | None, alike: Sequence[Seen]) -> tuple[int, int]:
    """Choose the quote: the clause that tells of the meeting, where its name stands, or the first sentence."""
    if teller is not None:
        return teller.start, teller.end
    alike = [x for x in alike if x.evident or x.core >= title.core or x.core >= title.core - GENERIC]
    if alike:
        best = max(alike, key=lambda x: (x.when is not None, x.place is not None, len(x.core)))
        return best.start, best.end
    body = next((s for s in page.sentences if s.role in {"body", "list_item"}), None)
    return (body.start, body.end) if body else (0, min(len(page.text), 1))


def _with_told(page: Page, seen: Seen, told: Told) -> Seen:
    """Take date, place, format and who took part from a clause."""
    supports = list(seen.supports)
    format_ = told.format
    if format_ is not None and told.format_words and not (seen.start <= told.format_words[0] < seen.end):
        supports.append(Support("format", "words", *told.format_words))
    if format_ is None and told.place is not None and seen.format is None:
        format_ = "in person"
        supports.append(Support("format", "place", *told.place))
    place = page.text[slice(*told.place)] if told.place else seen.place
    return replace(
        seen, when=told.when or seen.when, place=place, format=format_ or seen.format,
        attendees=_attendees(page, told), supports=tuple(supports),
    )  # fmt: skip


def _by_words(page: Page, told: Told, seen: Sequence[Seen]) -> Seen | None:
    """Read the meeting reported from a clause of the text, where the title names none."""
    name = told.name
    if name is not None and (len(name.core) > 1 or name.ordinal is not None) and name.kind != "talk":
        named = [x for x in seen if x.start <= name.start < x.end]
        base = named[0] if named else Seen(told.start, told.end, name.text, name.core, name.head, "held", True, name.ordinal)
        base = replace(base, start=min(told.start, base.start), end=max(told.end, base.end), status="held", evident=True)
        return _completed(page, _with_told(page, base, told))
    built = _built_name(page, told)
    if built is None:
        return None
    base = Seen(
        told.start, told.end, built, core_of(built), name.head if name else "meeting", "held", True,
        name.ordinal if name else None, supports=(Support("name", "built", told.start, told.end),),
    )  # fmt: skip
    return _completed(page, _with_told(page, base, told))


_PRONOUN = spaced(r"(?:We|I|They|He|She|It|[Tt]he\s(?:two\s|three\s)?(?:leaders|sides|ministers|Leaders|Ministers|President|Prime Minister))\b(?:\s[–—-])?")


def _built_name(page: Page, told: Told) -> str | None:
    """Put together "virtual bilateral meeting of A with B" from a clause; None where it does not say who met."""
    subject = " ".join(page.text[slice(*told.subject)].strip(" ,–—").split())
    whom = " ".join(page.text[slice(*told.object)].split()) if told.object else ""
    if told.name is not None and told.name.kind == "talk" and told.name.text.lower() != told.name.head:
        kind = told.name.text
        if told.name.core - GENERIC:
            return kind
    else:
        kind = "call" if told.format == "virtual" and told.verb in {"spoke", "called", "talked", "telephoned"} else "meeting"
    if len(subject) > 260 or (not whom and _PRONOUN.fullmatch(subject)):
        return None
    if not whom and " and " not in subject and not re.search(r"\b(?:[Ll]eaders|[Mm]inisters|Presidents|[Oo]fficials|Group|Council|Committee|Advisors)\b", subject):
        return None
    return f"{kind} of {subject} with {whom}" if whom else f"{kind} of {subject}"


def _named_in_lead(page: Page, seen: Sequence[Seen]) -> list[Seen]:
    """List meetings that the first sentences name as held, by ordinal or date and a verb, where no clause tells."""
    if not page.sentences:
        return []
    stop = page.sentences[min(len(page.sentences), 3) - 1].end
    wide = page.sentences[min(len(page.sentences), _LEAD + 2) - 1].end
    out = [x for x in seen if x.start < stop and x.evident and x.status != "planned" and (x.when or x.ordinal) and _is_recent(page, x)]
    return [_completed(page, x) for x in [*out, *(x for x in seen if x.start < wide and x.when and _is_today(page, x.when))]]


def _is_recent(page: Page, x: Seen) -> bool:
    """Say whether nothing speaks against a meeting being the one reported: its date lies in the last month."""
    if x.when is None or page.published is None or len(x.when.edtf) < 10:
        return x.when is None and x.ordinal is not None and x.status != "planned" and _at(page.text, x)
    return 0 <= (page.published - first_day(x.when.edtf)).days <= 31


_AT = spaced(r"\b(?:at|during|attended|held|concluded)\s(?:the\s|its\s|their\s)?$")


def _at(text: str, x: Seen) -> bool:
    return _AT.search(text, max(0, x.start - 20), x.start) is not None


def _is_today(page: Page, when: When) -> bool:
    return page.published is not None and when.edtf == str(page.published)


def _visit(page: Page, told: Sequence[Told]) -> list[Seen]:
    """Read a visit as a meeting where the text tells of talks."""
    name = visit_name(page.document.title)
    talks = spaced(r"\b(?:meet|met|meeting|meetings|talks|discuss\w*|consultations|host|welcome)\b")
    tells = next((t for t in told if t.verb in VISITS), told[0] if told else None)
    if name is None or tells is None or not talks.search(page.text):
        return []
    base = Seen(
        tells.start, tells.end, name, core_of(name), "visit", "planned" if tells.planned else "held", True,
        supports=(Support("name", "title"),),
    )  # fmt: skip
    return [replace(_with_told(page, base, tells), attendees=())]


_MET = spaced(r"\s(?:\([^)]*\)\s)?(?:met|convened|held\sits|was\sheld|took\splace)\b")


def _bodies_that_met(page: Page, title: TitleMeeting, seen: Sequence[Seen]) -> list[Seen]:
    """Read "The Group for A met on 9 December and the Group for B met on 14 December" under a title in the plural."""
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
            x = replace(x, ordinal=counted.ordinal, supports=(*x.supports, Support("ordinal", "words", counted.start, counted.end)))
        out.append(_completed(page, x))
    return out


# --- what the rest of the document adds ---------------------------------------------------------------------------


_THE_MEETING = spaced(
    r"\b(?:The|Both|This|the|both|this)\s(?:\w+\s)?(?:[Mm]eetings?|[Ss]ummit|[Dd]ialogue|[Cc]onference|[Ff]orum|[Cc]all|[Ss]ession|[Tt]alks|[Vv]isit|[Rr]oundtable)\s(?:was|were|is|took|will)\s(?:also\s)?(?:held|place|convened|hosted|chaired|co-chaired)\b"
)
_TODAY = spaced(r"\b(?:today|[Tt]oday[’']s)\b")
_LEADERS = spaced(r"\b(?:[Ll]eaders|[Mm]inisters|Presidents|[Mm]eeting|[Ss]ummit|Prime Ministers|[Pp]articipants|[Dd]ialogue)\b")


def _completed(page: Page, seen: Seen) -> Seen:
    """Add chairs, and a date or place that another sentence gives: "Both meetings were held at the Pentagon"."""
    for s in page.sentences:
        if (m := _THE_MEETING.search(page.text, s.start, s.end)) is not None:
            seen = _from_sentence(page, seen, s, m.end())
    if seen.status == "held" and (seen.when is None or len(seen.when.edtf) == 4):
        seen = _dated_elsewhere(page, seen)
    seen = _by_dateline(page, seen)
    return _chaired(page, seen)


def _from_sentence(page: Page, seen: Seen, s: Sentence, at: int) -> Seen:
    if seen.place is None and (place := find_place(page.text, at, s.end)) is not None:
        supports = (*seen.supports, Support("place", "words", *place))
        if seen.format is None:
            supports = (*supports, Support("format", "place", *place))
        seen = replace(seen, place=page.text[slice(*place)], format=seen.format or "in person", supports=supports)
    if seen.when is None and (dates := find_dates(page.text, at, s.end, published=page.published)):
        seen = replace(seen, when=dates[0])
    if seen.format is None:
        format_, spot = find_format(page.text, at, s.end)
        if format_ and spot:
            seen = replace(seen, format=format_, supports=(*seen.supports, Support("format", "words", *spot)))
    return seen


def _dated_elsewhere(page: Page, seen: Seen) -> Seen:
    """Take the day from "today" in a sentence on what the leaders did; "today’s" must tell of the meeting."""
    for s in page.sentences:
        for m in _TODAY.finditer(page.text, s.start, s.end):
            if _LEADERS.search(page.text, max(s.start, m.start() - 60), min(s.end, m.end() + 40)) is None:
                continue
            dates = find_dates(page.text, m.start(), min(s.end, m.start() + 5), published=page.published)
            if dates:
                return replace(seen, when=dates[0])
    return seen


def _by_dateline(page: Page, seen: Seen) -> Seen:
    """Take day and place from the line above a joint statement: "Hiroshima, 20 May 2023"."""
    if page.document.kind not in {"joint_statement", "communique"}:
        return seen
    for segment in page.segments:
        if segment.role != "dateline" or not page.document.dateline_place or seen.status != "held":
            continue
        dates = find_dates(page.text, segment.start, segment.end, published=page.published)
        if seen.when is None and dates:
            seen = replace(seen, when=replace(dates[0], rule="dateline"))
        place = page.document.dateline_place
        at = page.text.find(place, segment.start, segment.end) if place else -1
        if seen.place is None and place and at >= 0 and dates:
            spot = (at, at + len(place))
            supports = (*seen.supports, Support("place", "dateline", *spot))
            if seen.format is None:
                supports = (*supports, Support("format", "place", *spot))
            seen = replace(seen, place=place, format=seen.format or "in person", supports=supports)
    return seen


def _chaired(page: Page, seen: Seen) -> Seen:
    """Add who presided, from the first words that say so: in a heading above the text, or in a sentence."""
    above = page.sentences[0].start if page.sentences else 0
    headings = [(s.start, s.end) for s in page.segments if s.end <= above and s.role in {"heading", "byline", "dateline"}]
    for start, end in [*headings, *((s.start, s.end) for s in page.sentences)]:
        for chaired in find_chairs(page, start, end):
            if _of_this(page, start, end, chaired, seen):
                support = Support("chairs", chaired.cue, chaired.start, chaired.end)
                return replace(seen, chairs=chaired.chairs, supports=(*seen.supports, support))
    return seen


_BARE = spaced(r"\b(?:The|This|the|this)\s(?:[\w-]+\s)?(?:[Mm]eetings?|[Ss]ummit|[Dd]ialogue|[Cc]onference|[Ff]orum|[Ss]ession|[Tt]alks|[Rr]oundtable|[Cc]onsultations)\b")


def _of_this(page: Page, start: int, end: int, chaired: Chaired, seen: Seen) -> bool:
    """Say whether chairs named in a sentence are those of this meeting: it names the meeting, or stands alone."""
    if seen.start < end and start < seen.end:
        return True
    early = len(page.sentences) <= _LEAD or start < page.sentences[_LEAD].start
    if len(page.text[start : chaired.start].split()) <= 4 or "co-chairs" in chaired.cue:
        return early
    if seen.name in " ".join(page.text[start : chaired.start].split()):
        return True
    return _BARE.search(page.text, start, chaired.end) is not None and not any(c.name == c.party for c in chaired.chairs)


def _attendees(page: Page, told: Told) -> tuple[str, ...]:
    """List who took part, as written: the subject, and each of those met."""
    spans = [told.subject, told.object]
    written = [" ".join(page.text[slice(*span)].split()).strip(" ,–—") for span in spans if span]
    return tuple(w for part in written for w in _one_by_one(part) if w and not re.fullmatch(r"(?:We|I|They|He|She)", w))


@cache
def _next_person() -> re.Pattern[str]:
    posts = "|".join(p.title() for p in sorted(words().chairs.posts) if p.isalpha())
    return spaced(rf",?\s(?:and\s)?(?=(?:the\s)?(?:{posts}|His|Her|Mr|Mrs|Ms|Dr)\b)")


def _one_by_one(part: str) -> list[str]:
    """Split an enumeration of persons where a comma or "and" comes before a post or honorific."""
    pieces: list[str] = []
    at = 0
    for m in _next_person().finditer(part):
        if m.group().strip() in {"", "the"}:
            continue
        pieces.append(part[at : m.start()])
        at = m.end()
    return [p.strip(" ,") for p in [*pieces, part[at:]]]


# --- one meeting, named often -------------------------------------------------------------------------------------

_EVENTS = frozenset("summit dialogue conference forum roundtable workshop symposium retreat call conversation".split())


def _alike(a: frozenset[str], b: frozenset[str], na: int | None, nb: int | None) -> bool:
    """Say whether two names may mean one meeting: the words of one hold those of the other, ordinals don't differ."""
    if na is not None and nb is not None and na != nb:
        return False
    if a & _EVENTS and b & _EVENTS and not a & b & _EVENTS:
        return False
    small, large = sorted((a, b), key=len)
    if not small <= large and not (small & large & heads().heads.keys() and len(small & large - GENERIC) >= 2 and len(small - large - GENERIC) <= 1):
        return False
    return bool((small & large) - GENERIC) or (na is not None and na == nb)


def _dates_agree(a: When, b: When) -> bool:
    return a.edtf.startswith(b.edtf) or b.edtf.startswith(a.edtf) or a.edtf[:10] == b.edtf[:10]


def _same(a: Seen, b: Seen) -> bool:
    dated = a.when is not None and b.when is not None
    if a.when is not None and b.when is not None and not _dates_agree(a.when, b.when):
        return False
    if a.ordinal is None and b.ordinal is not None and not dated:
        return False
    if a.place and b.place and not dated and not set(a.place.split()) & set(b.place.split()):
        return False
    if "planned" in {a.status, b.status} and a.status != b.status and not (a.when and b.when) and a.ordinal != b.ordinal:
        return False
    if _alike(a.core, b.core, a.ordinal, b.ordinal):
        return True
    bare = not (b.core - GENERIC)
    return bare and dated and (a.ordinal is None or b.ordinal is None or a.ordinal == b.ordinal)


def _merged(a: Seen, b: Seen, *, counts: bool = True) -> Seen:
    """Join what two stretches tell of one meeting; the first keeps what it has, its words stay the quote.

    ``counts``: an ordinal in the second is that of this meeting.
    """
    supports = list(a.supports)
    ordinal = a.ordinal
    counts = counts and b.ordinal is not None and bool(b.core - GENERIC)
    if ordinal is None and counts:
        ordinal = b.ordinal
        supports.append(Support("ordinal", "words", b.start, b.end))
    name, core = a.name, a.core
    if counts and a.ordinal is None and b.core >= a.core - GENERIC:
        name, core = b.name, b.core
        supports = [s for s in supports if s.field != "name"] + [Support("name", "words", b.start, b.end)]
    place = a.place
    if place is None and b.place is not None and (a.when is None or b.when is not None):
        place = b.place
        supports.append(Support("place", "words", b.start, b.end))
    chairs = a.chairs or b.chairs
    return replace(
        a, name=name, core=core, ordinal=ordinal, when=a.when or b.when, place=place, format=a.format or b.format,
        chairs=chairs, evident=a.evident or b.evident, supports=tuple(supports),
    )  # fmt: skip


def _joined(page: Page, reported: Sequence[Seen], seen: Sequence[Seen]) -> list[Seen]:
    """Join what means one meeting; the first to be seen leads. What is dated far off is not the one reported."""
    out = list(reported)
    for x in seen:
        far = x.when is not None and page.published is not None and not _is_near(page.published, x.when)
        first = len(reported) if far and all(r.when is None for r in reported) else 0
        i = next((i for i, y in enumerate(out) if i >= first and _same(y, x)), None)
        if i is None:
            out.append(x)
        else:
            out[i] = _merged(out[i], x)
    return out


def _stands(x: Seen) -> bool:
    """Say whether a meeting named in passing is told well enough to be one: by a proper name, an ordinal or a date."""
    if not x.evident or not (x.core - GENERIC or x.when):
        return False
    proper = bool(x.core - GENERIC) and any(w[0].isupper() or w[0].isdigit() for w in x.name.split())
    if x.head == "visit" or (x.head in {"group", "groups", "session", "talks", "board", "platform"} and x.ordinal is None):
        return False
    if x.head in {"meeting", "meetings", "call", "conversation", "dinner", "lunch", "trilateral", "bilateral"}:
        return x.when is not None or x.ordinal is not None or (proper and x.place is not None)
    return proper or (x.when is not None and len(x.core) > 1)


# --- the finding --------------------------------------------------------------------------------------------------


def _finished(page: Page, x: Seen, *, first: bool) -> Meeting:
    x = x if x.chairs or first else _chaired_here(page, x)
    supports = list(x.supports)
    if x.when is not None and (x.when.rule != "stated" or not (x.start <= x.when.start and x.when.end <= x.end)):
        supports.append(Support("date", x.when.rule, x.when.start, x.when.end))
    return Meeting(
        quote=page.text[x.start : x.end], start=x.start, end=x.end, name=x.name, series=series_of(x.name) if not _is_between(x) else None,
        ordinal=x.ordinal, level=_level(x, page), date=x.when.edtf if x.when else None,
        date_rule=x.when.rule if x.when else None, place=_without_article(x.place), format=x.format, status=x.status,
        chairs=x.chairs, attendees=x.attendees, supports=tuple(supports),
    )  # fmt: skip


def _chaired_here(page: Page, x: Seen) -> Seen:
    """Add the chairs that the sentence of a meeting named in passing gives right after it."""
    sentence = page.sentence_at(x.start)
    for chaired in find_chairs(page, sentence.start, sentence.end) if sentence else ():
        if 0 <= chaired.start - x.start < len(x.name) + 40:
            return replace(x, chairs=chaired.chairs, supports=(*x.supports, Support("chairs", chaired.cue, chaired.start, chaired.end)))
    return x


def _without_article(place: str | None) -> str | None:
    return re.sub(r"^the\s(?=Headquarters)", "", " ".join(place.split())) if place else None


_BETWEEN = spaced(r"\b(?:of|between|with)\b.*\b(?:President|Prime\sMinister|Minister|Advisor|Secretary)\b", re.I)


def _is_between(x: Seen) -> bool:
    return _BETWEEN.search(x.name) is not None


def _level(x: Seen, page: Page) -> Level | None:
    """Return the level that name, words and participants tell, from the first list of words that fits."""
    told = f" {x.name} {' '.join(x.attendees)} ".lower()
    for level, terms in words().levels.items():
        if _terms(terms).search(told):
            return level
    return None


@cache
def _terms(terms: tuple[str, ...]) -> re.Pattern[str]:
    return spaced(rf"\b(?:{any_of(terms)})(?!\w)")
