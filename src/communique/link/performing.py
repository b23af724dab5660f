"""Who performs each act found, sentence by sentence, in the order a reader meets them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.find.act_hit import ActHit
from communique.find.act_reach import reach
from communique.find.acts import find_acts
from communique.link.gate import is_numbered, runs_into_list, worth_parsing
from communique.link.meeting_clauses import came_to_meet, meeting_spans
from communique.link.speakers import NOBODY, Speakers, Stage
from communique.link.turns import Turns
from communique.link.voice import Speaking, names_in_a_row
from communique.model import Act, Support
from communique.text.clauses import (
    ancestors,
    auxiliaries,
    is_finite,
    left_phrase,
    own_subject,
    phrase_of,
    subject_of,
)
from communique.text.heading import OPERATIVE
from communique.text.page import Page, Sentence
from communique.text.stopwords import common
from communique.text.syntax import Parse
from communique.vocab.commitments import is_owed_passive
from communique.vocab.grammar import grammar
from communique.vocab.speakers import speaker_words

_WORD = re.compile(r"[A-Za-z’'-]+")

_SAYING = frozenset({"say", "tell", "add", "state"})

_QUOTES = "“”\"‘’'«»"

# Sentences are parsed a batch at a time; more at once only takes memory.
_BATCH = 256

_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|must|may|should|do|does|did|\w+(?:s|ed|ew|ought|ade|ave|ook))\b"
)


@dataclass(frozen=True, slots=True)
class Performed:
    """An act with who performs it, and the sentence it stands in. ``told`` marks acts embedded in another's words.

    ``grounds`` support what the act's own words don't hold: a list's stem that promises, a report of progress.
    """

    hit: ActHit
    speakers: Speakers
    sentence: Sentence
    act: Act
    told: bool = False
    cue: tuple[int, int] = (0, 0)
    owed_only: bool = False
    grounds: tuple[Support, ...] = ()
    reporter: Speakers = NOBODY


@dataclass(frozen=True, slots=True)
class Stem:
    """The opening that a list's items share: "The two leaders:", "the governments will:"."""

    speakers: Speakers
    purpose: bool
    awaits_verb: bool
    paragraph: int
    start: int
    end: int


def perform(page: Page, speaking: Speaking, stage: Stage, *, gate: bool = True) -> list[Performed]:
    """Find every act of a page and who performs it.

    ``gate`` off parses each sentence, also those without a word that can act: the result is the same, only slower
    (``benchmarks/reading.py`` compares).
    """
    reader = _Reader(page, speaking, stage)
    stage.open()
    wanted: Sequence[Sentence] = list(worth_parsing(page, stage, reader.turns)) if gate else page.sentences
    ahead = {s.index for s in wanted}
    for i in range(0, len(wanted), _BATCH):
        page.parse_ahead(wanted[i : i + _BATCH])
    for sentence in page.sentences:
        reader.read(sentence, parsed=sentence.index in ahead)
    stage.speaking = speaking
    return reader.out


class _Reader:
    """Reads a page sentence by sentence, keeping the stem of the list it is in."""

    def __init__(self, page: Page, speaking: Speaking, stage: Stage) -> None:
        self.page = page
        self.stage = stage
        self.turns = Turns(page, speaking)
        self.stem: Stem | None = None
        self.out: list[Performed] = []

    @property
    def speaking(self) -> Speaking:
        return self.stage.speaking

    def read(self, sentence: Sentence, *, parsed: bool) -> None:
        if (turn := self.turns.opened_by(sentence)) is not None:
            self.stage.speaking, self.stem = turn, None
            return
        found: list[Performed] = []
        if parsed:
            parse = self.page.parse(sentence)
            if len(parse):
                self._note_meeting(parse)
                found = self._acts(parse, sentence)
        if not found:
            self._note_named(sentence)
        self._note_stem(sentence, found)
        if not found and self._asserts(sentence):
            found = [self._assertion(sentence)]
        self.out += found

    # --- meetings and stems ---------------------------------------------------------------------------------

    def _note_named(self, sentence: Sentence) -> None:
        """Note whom a sentence opens with, though nothing is said in it: "he", "the two countries" are they."""
        named = names_in_a_row(self.page, sentence.start, sentence.end)
        if not named or named[0].start > sentence.start + 4:
            return
        start, end = named[0].start, named[-1].end
        if len(named) > 1 or named[0].kind == "person":
            self.stage.heard(self.stage.resolve(start, end), start=start, end=end)

    def _note_meeting(self, parse: Parse) -> None:
        for i, word in enumerate(parse.words):
            if (
                (
                    word.lower() in grammar().met
                    and not (word.lower() == "attended" and parse.of(i, "agent") and self.stage.met)
                    and (parse.tags[i] in ("VBD", "VBZ", "VBP", "VBN") or _is_to_come(parse, i))
                )
                and parse.deps[i] in ("ROOT", "conj", "advcl", "relcl", "ccomp")
            ) or came_to_meet(parse, i):
                spans = meeting_spans(parse, i) or self._between(parse, i)
                if spans:
                    self.stage.meet(spans, people_only=word.lower().startswith("welcom"))

    def _between(self, parse: Parse, verb: int) -> list[tuple[int, int]]:
        """Return the name of a meeting that "was held", where it names several: "the ASEAN-Fiji Dialogue"."""
        if self.stage.met or not parse.of(verb, "auxpass") or (subject := subject_of(parse, verb)) is None:
            return []
        low, high = phrase_of(parse, subject)
        return [(parse.starts[low], parse.ends[high])] if parse.words[subject][0].isupper() else []

    def _note_stem(self, sentence: Sentence, found: Sequence[Performed]) -> None:
        words = self.page.words(sentence).rstrip()
        if words.endswith(",") and not found and (who := self._preamble(sentence)):
            self.stem = Stem(who, False, False, sentence.paragraph, sentence.start, sentence.end)
            return
        leads = words.endswith(":") or runs_into_list(self.page, sentence)
        if sentence.role != "list_item" and not leads and not self._is_awaited(sentence):
            recital = words.endswith((";", ",", "; and", ", and"))
            if self.stem is not None and sentence.paragraph > self.stem.paragraph and not recital:
                self.stem = None
            return
        if not leads:
            return
        last = [w.lower() for w in _WORD.findall(words)][-6:]
        speakers = found[-1].speakers if found else self._stem_subject(sentence)
        if not speakers and OPERATIVE.match(words):
            speakers = self._unsaid(sentence, ())
        if speakers:
            self.stem = Stem(
                speakers,
                purpose=last[-1:] == ["to"],
                awaits_verb=bool(last) and last[-1] in ("to", *grammar().future),
                paragraph=sentence.paragraph,
                start=sentence.start,
                end=sentence.end,
            )

    def _is_awaited(self, sentence: Sentence) -> bool:
        """Tell a numbered paragraph that goes on with "We will:" or "HAVE AGREED to:", whatever ends it."""
        first = self.page.words(sentence).split(None, 1)[0].lower()
        if self.stem is None or not self.stem.awaits_verb or first in common():
            return False
        return is_numbered(self.page, sentence)

    def _preamble(self, sentence: Sentence) -> Speakers:
        """Return the parties that a line of nothing but their names puts before recitals: "Indonesia and Fiji," """
        named = self.page.named_in(sentence.start, sentence.end)
        words = self.page.words(sentence).split()
        alone = len(words) < 3 and words[-1].lower().rstrip(",") in speaker_words().human
        if not alone and (not named or named[0].start > sentence.start + 16):
            return NOBODY
        written = self.page.words(sentence).split("(")[0] or self.page.words(sentence)
        return self.stage.resolve(sentence.start, sentence.start + len(written.rstrip(" ,")))

    def _stem_subject(self, sentence: Sentence) -> Speakers:
        end = sentence.start + len(self.page.words(sentence).rstrip().rstrip(":"))
        start = max(sentence.start, self.page.text.rfind(",", sentence.start, end) + 1)
        words = self.page.text[start:end]
        for tail in (" will", " have", " hereby", " shall"):
            if words.rstrip().endswith(tail):
                end = start + len(words.rstrip()) - len(tail)
        for begin in (start, sentence.start):
            lead = len(self.page.text[begin:end]) - len(self.page.text[begin:end].lstrip())
            found = self.stage.resolve(begin + lead, end)
            if found:
                return found
        return NOBODY

    # --- acts -----------------------------------------------------------------------------------------------

    def _acts(self, parse: Parse, sentence: Sentence) -> list[Performed]:
        out: list[Performed] = []
        hits = _without_doubles(find_acts(parse))
        sayer = self._sayer(parse, hits)
        carried = {h.verb for h in hits if _carries(h, hits)}
        bullet = self._bullet(parse, sentence, hits)
        if bullet is not None:
            return [bullet]
        for hit in hits:
            if hit.verb in carried:
                self._hear(parse, hit, self._speakers(parse, hit, sentence, NOBODY, out))
                continue
            speakers = self._speakers(parse, hit, sentence, sayer, out)
            if not speakers:
                continue
            act = self._settle_act(parse, hit, speakers)
            told = hit.form == "embedded" and not carried
            out.append(Performed(hit, speakers, sentence, act, told, (hit.cue_start, hit.cue_end)))
            if not told:
                self._hear(parse, hit, speakers)
        out = self._with_sayings(parse, hits, out, carried, sentence)
        reached = reach(parse, [p.hit for p in out])
        reporters = [self._reporter(parse, p, out) for p in out]
        return [
            self._reported(replace(p, hit=hit, reporter=reporter))
            for p, hit, reporter in zip(out, reached, reporters, strict=True)
        ]

    def _reporter(self, parse: Parse, performed: Performed, out: Sequence[Performed]) -> Speakers:
        """Return who reports an act of others: "…, the Secretariat said"."""
        above = set(ancestors(parse, performed.hit.verb))
        for other in out:
            says = other.hit.lemma in _SAYING and other.hit.verb in above and other.hit.form == "finite"
            if not says or len(other.speakers.refs) != 1:
                continue
            if other.speakers.refs[0] not in performed.speakers.refs:
                return other.speakers
        return NOBODY

    def _with_sayings(
        self,
        parse: Parse,
        hits: Sequence[ActHit],
        out: list[Performed],
        carried: set[int],
        sentence: Sentence,
    ) -> list[Performed]:
        """Let a saying stand itself where nobody performs what it carries: "said that trade supports peace"."""
        told = {p.hit.verb for p in out}
        for hit in hits:
            alone = hit.verb in carried and not any(o.verb in told for o in hits if o.form == "embedded")
            if alone and (speakers := self._speakers(parse, hit, sentence, NOBODY, out)):
                cue = (hit.cue_start, hit.cue_end)
                out = [*out, Performed(hit, speakers, sentence, hit.act, False, cue)]
        return sorted(out, key=lambda p: p.hit.verb)

    def _hear(self, parse: Parse, hit: ActHit, speakers: Speakers) -> None:
        if hit.subject is not None and speakers:
            self.stage.heard(speakers, start=parse.starts[hit.subject[0]], end=parse.ends[hit.subject[1]])

    def _speakers(
        self, parse: Parse, hit: ActHit, sentence: Sentence, sayer: Speakers, before: Sequence[Performed]
    ) -> Speakers:
        if hit.form == "purpose" and hit.act != "discuss" and hit.subject is not None:
            who = self.stage.resolve(parse.starts[hit.subject[0]], parse.ends[hit.subject[1]])
            if who:
                return who
        if hit.form == "purpose":
            return (
                self.stage.met
                or self.stage.everyone
                or (self.stage.we() if self.speaking.voice == "we" else NOBODY)
            )
        if hit.form == "passive":
            return self._agent(parse, hit) if _is_act(hit) or is_owed_passive(hit.lemma) else NOBODY
        if hit.subject is None:
            return self._unsaid(sentence, before)
        start, end = parse.starts[hit.subject[0]], parse.ends[hit.subject[1]]
        words = self.page.text[start:end].lower()
        if sayer and words.split()[0] in ("we", "i", "our", "my"):
            return sayer
        found = self.stage.resolve(start, end)
        beside = left_phrase(parse, hit.verb)
        if not found and not hit.shared and beside is not None and hit.subject[1] < beside[0]:
            found = self.stage.resolve(parse.starts[beside[0]], parse.ends[beside[1]])
        if hit.shared and hit.act == "discuss" and self._met_in(sentence, found):
            return self.stage.met
        if found and hit.shared and before and hit.form != "embedded":
            return found
        if not found and hit.form == "participle":
            return self._unsaid(sentence, before)
        if (
            not found
            and self.speaking.voice != "third"
            and _impersonal(self.page.text[hit.cue_start : hit.cue_end])
        ):
            return self._voice()
        if self.speaking.voice == "we" and self._opens_with_all(sentence, hit):
            return self.stage.we()
        return found

    def _met_in(self, sentence: Sentence, one: Speakers) -> bool:
        """Tell "met with the Minister and exchanged views": what is done with another, both who met did."""
        met = self.stage.met
        here = any(
            s.start is not None and sentence.start <= s.start < sentence.end
            for s in met.supports
            if s.rule == "anaphora/met"
        )
        return here and len(met.refs) == 2 and {r.id for r in one.refs} < {r.id for r in met.refs}

    def _opens_with_all(self, sentence: Sentence, hit: ActHit) -> bool:
        """Tell whether a sentence names all who say "we" before its verb, however its commas fall."""
        if hit.subject is None or len(self.speaking.we) < 2 or hit.shared:
            return False
        named = {n.id for n in self.page.named_in(sentence.start, hit.cue_start)}
        return {r.id for r in self.speaking.we} <= named

    def _unsaid(self, sentence: Sentence, before: Sequence[Performed]) -> Speakers:
        """Return who acts where no subject is said: the list's stem, or who acted before in the sentence."""
        if before:
            return before[-1].speakers
        if self.stem is not None and (
            sentence.role == "list_item" or sentence.paragraph >= self.stem.paragraph
        ):
            return self.stem.speakers
        if self.speaking.voice == "we":
            return self.stage.we()
        return NOBODY

    def _agent(self, parse: Parse, hit: ActHit) -> Speakers:
        for child in parse.of(hit.verb, "agent"):
            low, high = parse.subtree(child)
            if high > low:
                return self.stage.resolve(parse.starts[low + 1], parse.ends[high])
        subject = hit.subject
        turned = hit.cue_start < parse.starts[hit.verb] and hit.subject is not None
        said = subject is not None and parse.words[subject[0]].lower() == "it"
        if (said or (turned and hit.act != "adopt")) and hit.modal is None:
            return self.stage.met or self.stage.everyone
        if self.speaking.voice != "third" and hit.modal in grammar().future:
            return self._voice()
        return NOBODY

    def _sayer(self, parse: Parse, hits: Sequence[ActHit]) -> Speakers:
        """Return who says what stands in quotation marks in this sentence."""
        if not any(q in self.page.text[parse.starts[0] : parse.ends[-1]] for q in '“"'):
            return NOBODY
        for hit in hits:
            if hit.lemma in _SAYING and hit.subject is not None:
                return self.stage.resolve(parse.starts[hit.subject[0]], parse.ends[hit.subject[1]])
        return NOBODY

    def _settle_act(self, parse: Parse, hit: ActHit, speakers: Speakers) -> Act:
        if not hit.is_future or hit.act != "plan":
            return hit.act
        subject = "" if hit.subject is None else parse.words[hit.subject[0]].lower()
        if hit.lemma in grammar().giving and not (self._is_we(subject) and self.speaking.voice == "we"):
            return "pledge"
        if (
            (self._is_we(subject) and self.speaking.voice == "we")
            or hit.lemma in ("continue", "remain", "stand")
            or hit.modal == "shall"
            or hit.negative
        ):
            return "commit"
        return "plan"

    @staticmethod
    def _is_we(subject: str) -> bool:
        return subject in ("we", "our")

    def _reported(self, performed: Performed) -> Performed:
        """Cut the quotation marks and the reporting verb away from what somebody is reported to have said."""
        hit = performed.hit
        if hit.lemma not in _SAYING or hit.form != "finite":
            return performed
        quoted = _quoted_before(self.page.text, performed.sentence.start, hit.start)
        if quoted is None:
            return performed
        act: Act = "report-progress" if "have been " in self.page.text[slice(*quoted)] else "assert"
        grounds = (Support("act", "reported/progress"),) if act == "report-progress" else ()
        return replace(performed, hit=replace(hit, start=quoted[0], end=quoted[1]), act=act, grounds=grounds)

    # --- bullets and assertions -----------------------------------------------------------------------------

    def _bullet(self, parse: Parse, sentence: Sentence, hits: Sequence[ActHit]) -> Performed | None:
        """Take a list item that opens with a bare verb for what its stem promises."""
        stem = self.stem
        awaited = stem is not None and stem.awaits_verb
        item = sentence.role == "list_item" or self._is_awaited(sentence)
        if not item or not ((awaited and not _is_clause(parse)) or _is_bare_verb(parse)):
            return None
        if stem is None and self.speaking.voice != "we":
            return None
        speakers = stem.speakers if stem is not None else self.stage.we()
        if not speakers:
            return None
        verb = next((i for i in range(len(parse)) if parse.tags[i] == "VB"), 0)
        hit = ActHit(
            verb,
            "commit",
            parse.starts[verb],
            parse.ends[verb],
            "bullet",
            parse.starts[0],
            _end(self.page, sentence),
            None,
            True,
            lemma=parse.words[verb].lower(),
        )
        ground = (
            Support("act", "list/item") if stem is None else Support("act", "list/stem", stem.start, stem.end)
        )
        said = stem is not None and not stem.purpose
        cue = (hit.cue_start, hit.cue_end)
        return Performed(hit, speakers, sentence, "commit", cue=cue, grounds=(ground,), owed_only=not said)

    def _asserts(self, sentence: Sentence) -> bool:
        if self.speaking.voice == "third" or sentence.role not in ("body", "list_item"):
            return False
        words = self.page.words(sentence).rstrip()
        if (sentence.role == "list_item" and not words.endswith(".")) or not is_legible(words):
            return False
        return (
            words[-1:] in '.!”"’'
            and len(words.split()) > 4
            and _FINITE.search(words) is not None
            and bool(self._voice())
        )

    def _voice(self) -> Speakers:
        if self.speaking.voice == "I" and self.speaking.i is not None:
            return Speakers((self.speaking.i,), (self.speaking.own,))
        return self.stage.we()

    def _assertion(self, sentence: Sentence) -> Performed:
        end = _end(self.page, sentence)
        hit = ActHit(0, "assert", sentence.start, sentence.start, "finite", sentence.start, end, None, True)
        return Performed(hit, self._voice(), sentence, "assert")


def _is_to_come(parse: Parse, verb: int) -> bool:
    return parse.tags[verb] == "VB" and any(
        parse.words[a].lower() in grammar().future for a in auxiliaries(parse, verb)
    )


def _without_doubles(hits: Iterable[ActHit]) -> list[ActHit]:
    """Keep one act for one verb, and of overlapping cues the one that leads."""
    kept: list[ActHit] = []
    for hit in hits:
        if kept and hit.cue_start < kept[-1].cue_end and kept[-1].cue_start <= hit.cue_start:
            continue
        if kept and hit.cue_start == kept[-1].cue_start:
            kept.pop()
        kept.append(hit)
    return kept


def _is_act(hit: ActHit) -> bool:
    """Tell a passive of saying ("was welcomed by") from one of doing ("will be accompanied by")."""
    return hit.act != "plan" or hit.modal is None


_BROKEN = re.compile(
    r"\w[^\w\s’'.,-]\w|[a-z][A-Z]|\w[’'](?!s\b|t\b|re\b|ve\b|ll\b|d\b|m\b)\w{2}|(?<!\w)[b-hj-z](?!\w)"
)


def is_legible(words: str) -> bool:
    """Tell a sentence from what a scanner left of one: in debris a word in eight is broken."""
    return len(_BROKEN.findall(words)) * 8 <= len(words.split())


def _impersonal(cue: str) -> bool:
    """Tell a cue whose subject is what is judged, not who judges: "the statements … are welcome"."""
    return cue.lower().split()[-1] in ("welcome", "regrettable", "concern", "appreciated")


def _carries(hit: ActHit, hits: Sequence[ActHit]) -> bool:
    """Tell whether a verb of saying only carries another act: "said it would pay" pays, it does not say."""
    return hit.lemma in _SAYING and any(o.form == "embedded" and o.verb > hit.verb for o in hits)


def _quoted_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of a quotation that stands between two offsets, without its marks."""
    opened = next((i for i in range(start, end) if text[i] in '“"'), None)
    if opened is None:
        return None
    closed = next((i for i in range(end - 1, opened, -1) if text[i] in '”"'), None)
    if closed is None or closed - opened < 12:
        return None
    while text[closed - 1] in ",.":
        closed -= 1
    return opened + 1, closed


def _is_clause(parse: Parse) -> bool:
    """Tell an item that is a sentence of its own from one that goes on with what opened the list."""
    root = next((i for i in range(len(parse)) if parse.deps[i] == "ROOT"), 0)
    return own_subject(parse, root) is not None and is_finite(parse, root)


def _is_bare_verb(parse: Parse) -> bool:
    first = 1 if parse.tags[0] in ("RB", "TO") and len(parse) > 1 else 0
    if parse.tags[0] == "TO" and parse.deps[first] != "ROOT":
        return False
    if parse.tags[first] in ("VB", "VBP"):
        return True
    return (
        parse.deps[first] == "ROOT"
        and parse.tags[first] in ("NN", "NNP")
        and not parse.words[first].lower().endswith(("ion", "ment", "ing", "y"))
    )


def _end(page: Page, sentence: Sentence) -> int:
    words = page.words(sentence)
    return sentence.start + len(words.rstrip(" .;:\n\t,"))
