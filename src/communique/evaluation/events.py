"""How far coded events agree with what people coded, and how often events are seen where there are none."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

import msgspec

from communique.errors import CommuniqueError
from communique.events import Event, read_coded
from communique.model import Struct, Text

Triple = tuple[str | None, str, str | None]

# The types of PLOVER's first draft, in which its gold standard was coded, by those that took them in.
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
# Codes that are slips for ISO 3166-1 alpha-3 in the gold standard.
MISSPELT = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}


class Sentence(msgspec.Struct, frozen=True):
    """One line of a suite: a sentence with the triples of countries that people coded in it."""

    sentence: str
    events: tuple[Triple, ...]
    date: str | None = None
    id: str | int | None = None


class Miss(Struct, frozen=True):
    """A sentence none of whose triples was found, with what was found."""

    id: str
    sentence: str
    wanted: tuple[Triple, ...]
    found: tuple[Triple, ...]


class EventScores(Struct, frozen=True):
    """What was counted. A sentence is ``full`` where one of its triples, all three parts, is among those coded."""

    sentences: int
    full: int
    actor: int
    type: int
    recipient: int
    silent: int
    given: int
    right: int
    quiet: int
    alarms: tuple[str, ...]
    misses: tuple[Miss, ...]


class _Quiet(Struct, frozen=True):
    quiet: dict[str, tuple[str, ...]]


def load_suite(path: Path) -> list[Sentence]:
    """Read a suite: JSON Lines with ``sentence``, ``date`` and ``events``. Raises CommuniqueError with the line."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise CommuniqueError(f"{path}: {error.strerror or 'cannot be read'}") from error
    out: list[Sentence] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            out.append(msgspec.json.decode(line, type=Sentence))
        except msgspec.MsgspecError as error:
            raise CommuniqueError(
                f"{path}:{number}: {error}",
                hint='expected {"sentence": "…", "events": [["AAA", "TYPE", "BBB"]]}',
            ) from error
    if not out:
        raise CommuniqueError(f"{path}: holds no sentence")
    return out


def quiet_sentences() -> list[str]:
    """Return sentences of ours, in the register of news, that hold no event between parties."""
    raw = files("communique.evaluation").joinpath("quiet.toml").read_bytes()
    return [s for found in msgspec.toml.decode(raw, type=_Quiet).quiet.values() for s in found]


def score_events(suite: Sequence[Sentence]) -> EventScores:
    """Code every sentence of a suite, and the quiet sentences, and count."""
    wanted = [frozenset(map(_normal, s.events)) for s in suite]
    found = [frozenset(map(_triple, coded(s.sentence, s.date))) for s in suite]
    pairs = list(zip(suite, wanted, found, strict=True))
    alarms = tuple(q for q in quiet_sentences() if coded(q, None))
    return EventScores(
        sentences=len(suite),
        full=sum(bool(w & f) for _, w, f in pairs),
        actor=_agreeing(pairs, 0),
        type=_agreeing(pairs, 1),
        recipient=_agreeing(pairs, 2),
        silent=sum(not f for f in found),
        given=sum(map(len, found)),
        right=sum(len(w & f) for _, w, f in pairs),
        quiet=len(quiet_sentences()),
        alarms=alarms,
        misses=tuple(Miss(str(s.id), s.sentence, _sorted(w), _sorted(f)) for s, w, f in pairs if not w & f),
    )


def coded(sentence: str, date: str | None) -> tuple[Event, ...]:
    """Code a sentence as a document of its own."""
    text = Text(sentence, "text/plain", hashlib.sha256(sentence.encode()).hexdigest())
    return read_coded(text, published=date).events


def _agreeing(pairs: Iterable[tuple[Sentence, frozenset[Triple], frozenset[Triple]]], part: int) -> int:
    return sum(bool({w[part] for w in wanted} & {f[part] for f in found}) for _, wanted, found in pairs)


def _triple(event: Event) -> Triple:
    return (event.actor, event.type, event.recipient)


def _normal(triple: Triple) -> Triple:
    actor, type_, recipient = triple
    return (_code(actor), RENAMED.get(type_, type_), _code(recipient))


def _code(code: str | None) -> str | None:
    return None if code is None else MISSPELT.get(code, code)


def _sorted(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    return tuple(sorted(triples, key=lambda t: tuple(str(part) for part in t)))


def report(scores: EventScores) -> Iterator[str]:
    """Yield the lines that say how it went."""
    n = scores.sentences
    yield f"full triples      {scores.full:,} of {n:,} sentences  {_share(scores.full, n)}"
    yield f"  actor           {scores.actor:,}  {_share(scores.actor, n)}"
    yield f"  type            {scores.type:,}  {_share(scores.type, n)}"
    yield f"  recipient       {scores.recipient:,}  {_share(scores.recipient, n)}"
    yield f"no event coded    {scores.silent:,}  {_share(scores.silent, n)}"
    yield f"events coded      {scores.given:,}, {scores.given / n:.2f} a sentence; {scores.right:,} are in the suite"
    alarms = len(scores.alarms)
    yield f"false alarms      {alarms:,} of {scores.quiet:,} sentences without event  {_share(alarms, scores.quiet)}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "–"
