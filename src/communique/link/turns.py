"""Who speaks in a transcript, turn by turn: "I" and "we" are those of the label above, not of the publisher."""

from __future__ import annotations

from dataclasses import replace

from communique.link.voice import Speaking, person_or_party
from communique.model import PartyRef, Support
from communique.text.page import Page, Sentence
from communique.text.turns import label_at
from communique.vocab.speakers import speaker_words


class Turns:
    """The turns of a page that is a transcript: one with two labels or more."""

    def __init__(self, page: Page, speaking: Speaking) -> None:
        self.page = page
        self.speaking = speaking
        labels = {s.index: found for s in page.sentences if (found := _label(page, s)) is not None}
        self.labels = labels if len(labels) > 1 else {}

    def opened_by(self, sentence: Sentence) -> Speaking | None:
        """Return whose voice goes on after a sentence that is a label; None where it is none."""
        found = self.labels.get(sentence.index)
        if found is None:
            return None
        start, end = found
        label = self.page.text[start:end]
        words = label.lower().replace(".", "").split()
        who = self._named(start, end)
        if who is not None:
            own = Support("speakers", "voice/turn", start, end)
            return replace(
                self.speaking, voice="I", i=who, we=(person_or_party(who),), support=own, own=own, author=None
            )
        post = self.page.issuer_post
        if post is not None and label.lower() in post.lower() and self.speaking.i is not None:
            return replace(self.speaking, voice="I")
        stranger = PartyRef("-".join(words), " ".join(label.split()))
        own = Support("speakers", "described", start, end)
        asks = words[0] in speaker_words().askers
        return replace(
            self.speaking,
            voice="third" if asks else "I",
            i=stranger,
            we=(stranger,),
            support=own,
            own=own,
            author=None,
        )

    def _named(self, start: int, end: int) -> PartyRef | None:
        """Return the party named in a label; else the one person of the document whose family name ends it."""
        if inside := self.page.named_in(start, end):
            return next((n.ref for n in inside if n.kind == "person"), inside[0].ref)
        last = self.page.text[start:end].split()[-1].casefold()
        people = {n.id: n.ref for n in (*self.page.named, *self.speaking.titled) if n.kind == "person"}
        alike = [ref for ref in people.values() if ref.name.casefold().split()[-1] == last]
        return alike[0] if len(alike) == 1 else None


def _label(page: Page, sentence: Sentence) -> tuple[int, int] | None:
    found = label_at(page.text, sentence.start, sentence.end + 2)
    return found[:2] if found is not None and found[2] == sentence.end else None
