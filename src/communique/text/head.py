"""The head and tail of a document: its title, who wrote it, where and when it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.model import Role
from communique.text.heading import is_title_case
from communique.text.imprint import (
    Imprint,
    begins_letterhead,
    is_caption,
    read_imprint,
    speaker_in_letterhead,
)
from communique.text.language import guess
from communique.text.lines import Line
from communique.text.venue import read_venue
from communique.text.wrapping import Shape, Wrapping, runs_on

_HEAD_LINES, _TAIL_LINES = 25, 4
_LONGEST_HEADLINE = 250
_WORDS = re.compile(r"[^\W\d_]+")
_NO_LETTER = re.compile(r"[\W\d_]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line was found to be; ``why`` where it is furniture."""

    role: Role
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines around the body say, and which lines say it."""

    marks: dict[int, Mark]
    title: str | None = None
    byline: str | None = None
    place: str | None = None
    published: str | None = None


def read_head(
    text: str,
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    wrapping: Wrapping,
    marks: dict[int, Mark],
    title: str | None,
    main: str | None,
) -> Head:
    """Find title, byline and dateline in the lines around the body; ``marks`` are known furniture."""
    words = [text[line.start : line.end] for line in lines[:_HEAD_LINES]]
    found = Head(dict(marks))
    body = _body_begins(words, lines, shapes, marks)
    found = _with_imprints(found, [(i, words[i]) for i in range(body)])
    if title is None:
        found = _with_headline(
            found, words, list(_headline(found, words, lines, shapes, wrapping, body, main))
        )
    else:
        found = _with_title(found, words, lines, shapes, wrapping, title)
    found = _with_venue(_with_speaker(found, words, body), words)
    return _with_tail(found, text, lines, shapes, body)


def _body_begins(
    words: Sequence[str], lines: Sequence[Line], shapes: Sequence[Shape], marks: dict[int, Mark]
) -> int:
    """Return the index of the first line of prose: a sentence, or a line that goes on in the next."""
    for i, line in enumerate(words):
        if i in marks or shapes[i].capitals:
            continue
        goes_on = i + 1 < len(shapes) and shapes[i + 1].lower and not shapes[i].terminal
        sentence = shapes[i].terminal and line.count(" ") >= 7
        if sentence or (goes_on and line.count(" ") >= 4) or lines[i].length > _LONGEST_HEADLINE:
            return i if read_imprint(line) is None and not is_caption(line) else i + 1
    return len(words)


def _with_imprints(head: Head, numbered: Sequence[tuple[int, str]]) -> Head:
    for i, line in numbered:
        if i in head.marks and head.marks[i].role != "furniture":
            continue
        if is_caption(line):
            head.marks[i] = Mark("caption")
            continue
        found = read_imprint(line)
        if found is not None:
            head = _with_imprint(head, i, found)
    return head


def _with_imprint(head: Head, i: int, found: Imprint) -> Head:
    """Take what an imprint says where no line before it has said it."""
    is_byline = found.place is None and (found.byline is not None or found.published is None)
    head.marks[i] = Mark("byline" if is_byline else "dateline")
    return replace(
        head,
        byline=found.byline if head.byline is None else head.byline,
        place=found.place if head.place is None else head.place,
        published=found.published if head.published is None else head.published,
    )


def _with_venue(head: Head, words: Sequence[str]) -> Head:
    """Take the place from the lines above remarks that name a venue and the hour."""
    venue = None if head.place is not None else read_venue(words, head.marks)
    if venue is None:
        return head
    marks = head.marks | {i: Mark("dateline") for i in venue.lines}
    return replace(head, marks=marks, place=venue.place)


def _with_title(
    head: Head,
    words: Sequence[str],
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    wrapping: Wrapping,
    title: str,
) -> Head:
    told = [i for i in range(len(words)) if lines[i].role == "title"]
    return _entitled(
        head, words, told or list(_title_lines(head, words, lines, shapes, wrapping, title)), title
    )


def _with_headline(head: Head, words: Sequence[str], found: Sequence[int]) -> Head:
    """Take the title from the lines that are it."""
    title = " ".join(" ".join(words[i] for i in found).split())
    return _entitled(head, words, found, title) if title else head


def _entitled(head: Head, words: Sequence[str], found: Sequence[int], title: str) -> Head:
    for i in found:
        head.marks[i] = Mark("title")
    _mark_repeats(head, words, title, after=found[-1] if found else -1)
    return replace(head, title=title)


def _headline(
    head: Head,
    words: Sequence[str],
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    wrapping: Wrapping,
    body: int,
    main: str | None,
) -> Iterator[int]:
    """Yield the lines of the headline: what the format says, or what stands first before the body."""
    told = [i for i in range(len(words)) if lines[i].role == "title"]
    if told:
        yield from told
        return
    # A line of four words or more before shorter ones: those are names of sections, or a crest misread.
    wordy = (i for i in range(min(body, len(words))) if i not in head.marks and _is_wordy(words[i]))
    free = (i for i in wordy if not _is_foreign(words[i], main))
    candidates = list(free)
    first = next((i for i in candidates if words[i].count(" ") >= 3), next(iter(candidates), None))
    if first is None or body >= len(lines) or not _can_be_headline(words[first], shapes[first]):
        return
    if runs_on(lines, shapes, wrapping, first + 1):
        return
    yield first
    for i in range(first + 1, min(body, first + 5)):
        joined = (shapes[i].capitals and shapes[i - 1].capitals) or shapes[i - 1].hanging
        if i in head.marks or not joined or begins_letterhead(words[i]):
            return
        if not _can_be_headline(words[i], shapes[i]):
            return
        yield i


def _is_wordy(line: str) -> bool:
    """Say whether a line has words enough for a headline: two, not a scanner's guesses at a crest."""
    return sum(len(w) >= 3 for w in _WORDS.findall(line)) >= 2


def _is_foreign(line: str, main: str | None) -> bool:
    found = guess(line)
    return found.sure and found.language != main


def _can_be_headline(line: str, shape: Shape) -> bool:
    if shape.marked or shape.pause or len(line) > _LONGEST_HEADLINE:
        return False
    return not shape.terminal or line.endswith(("?", "!"))


def _title_lines(
    head: Head,
    words: Sequence[str],
    lines: Sequence[Line],
    shapes: Sequence[Shape],
    wrapping: Wrapping,
    title: str,
) -> Iterator[int]:
    """Yield the first lines that together are the known title, scanning errors allowed."""
    wanted = _letters(title)
    begun = in_capitals = False
    for i, line in enumerate(words):
        if i in head.marks and head.marks[i].role != "dateline":
            continue
        ends = i > 0 and shapes[i - 1].prose and runs_on(lines, shapes, wrapping, i)
        part = _is_part(_letters(line), wanted, begun=begun)
        steps_down = begun and in_capitals and not shapes[i].capitals
        if steps_down and not begins_letterhead(line) and not begins_letterhead(words[i - 1]):
            return
        sentence = shapes[i].terminal and not shapes[i].capitals and line.count(" ") >= 7
        if sentence and _letters(line) not in wanted:
            part = False
        if part and not ends and not _goes_on(words, shapes, i, wanted):
            in_capitals = shapes[i].capitals if not begun else in_capitals
            begun = True
            yield i
        elif begun or (shapes[i].terminal and line.count(" ") >= 7):
            return


def _goes_on(words: Sequence[str], shapes: Sequence[Shape], i: int, wanted: str) -> bool:
    """Say whether the next line takes a sentence up that this one began, so that this is no title."""
    if i + 1 >= len(words) or not shapes[i + 1].lower or shapes[i].terminal:
        return False
    return not _is_part(_letters(words[i + 1]), wanted, begun=True)


def _letters(words: str) -> str:
    return _NO_LETTER.sub("", words.casefold())


def _is_part(line: str, title: str, *, begun: bool) -> bool:
    """Say whether a line's letters are part of a title's, or nearly."""
    if not line or not title or len(line) > len(title) * 1.6:
        return False
    if line in title:
        return begun or len(line) >= min(8, len(title))
    return title in line or (len(line) >= 8 and _likeness(line, title) >= 0.6)


def _likeness(line: str, title: str) -> float:
    """Return the share of a line's trigrams that a title has."""
    own = {line[i : i + 3] for i in range(len(line) - 2)}
    return len(own & {title[i : i + 3] for i in range(len(title) - 2)}) / max(len(own), 1)


def _mark_repeats(head: Head, words: Sequence[str], title: str, *, after: int) -> None:
    """Mark lines that say the title again, whole."""
    wanted = _letters(title)
    if after < 0 or len(wanted) < 8:
        return
    for i in range(after + 1, len(words)):
        line = _letters(words[i])
        if (
            i not in head.marks
            and len(line) * 10 >= len(wanted) * 9
            and line in (wanted, *_near(line, wanted))
        ):
            head.marks[i] = Mark("furniture", "duplicate headline")


def _near(line: str, title: str) -> tuple[str, ...]:
    near = len(line) <= len(title) * 1.1 and _likeness(line, title) >= 0.95
    return (line,) if near else ()


def _with_speaker(head: Head, words: Sequence[str], body: int) -> Head:
    """Take the byline from the letterhead that names who speaks; it may take up several lines."""
    begun = False
    for i in range(min(body, len(words))):
        if i in head.marks and head.marks[i].role != "title":
            continue
        begins = begins_letterhead(words[i])
        name = _speaker(head, words, i, begun=begun and not begins)
        if name is None and begun and not begins:
            name = _whole(speaker_in_letterhead(f"{words[i - 1]} {words[i]}", begun=True))
        if begins or name is not None:
            head.marks.setdefault(i, Mark("byline"))
        if name is not None:
            return replace(head, byline=name if head.byline is None else head.byline)
        begun = begins or (
            begun and words[i].rstrip().endswith((",", " THE", " the")) and is_title_case(words[i])
        )
        if begun:
            head.marks.setdefault(i, Mark("byline"))
    return head


def _speaker(head: Head, words: Sequence[str], i: int, *, begun: bool) -> str | None:
    """Return the name that a line of the letterhead ends with, whole: its surname may stand in the next."""
    name = speaker_in_letterhead(words[i], begun=begun)
    if name is None or _whole(name) is not None:
        return name
    if i + 1 >= len(words) or words[i + 1].count(" ") > 2:
        return None
    if i + 1 in head.marks and head.marks[i + 1].role != "title":
        return None
    whole = speaker_in_letterhead(f"{words[i]} {words[i + 1]}", begun=begun)
    if whole is not None:
        head.marks.setdefault(i + 1, Mark("byline"))
    return whole


def _whole(name: str | None) -> str | None:
    """Return a name that has a surname, and none that breaks off before it: "Sir Robert"."""
    return name if name is not None and len(name.removeprefix("Sir ").split()) > 1 else None


def _with_tail(head: Head, text: str, lines: Sequence[Line], shapes: Sequence[Shape], body: int) -> Head:
    """Read the imprint under a document: "CANBERRA, 17th October, 1965."."""
    ends = [i for i in range(len(lines)) if i not in head.marks or head.marks[i].role != "furniture"]
    first = max(body + 1, len(lines) and 1)
    numbered = [(i, text[lines[i].start : lines[i].end]) for i in ends[-_TAIL_LINES:] if i >= first]
    return _with_imprints(head, [(i, line) for i, line in numbered if _stands_alone(shapes, lines, i, line)])


def _stands_alone(shapes: Sequence[Shape], lines: Sequence[Line], i: int, line: str) -> bool:
    """Say whether a line is no part of a sentence that runs over the line end."""
    before = shapes[i - 1]
    goes_on = before.hanging or before.comma
    return not shapes[i].lower and not shapes[i].marked and not goes_on and len(line) <= 140
