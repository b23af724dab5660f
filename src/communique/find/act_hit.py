"""What a speech act is as found in a parse: its cue, its form, its clause, its subject and its reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from communique.model import Act
from communique.vocab.grammar import grammar

Form = Literal["finite", "participle", "purpose", "embedded", "passive", "bullet", "noun"]


@dataclass(frozen=True, slots=True)
class ActHit:
    """An act found in a sentence. ``verb`` is the token that leads, ``subject`` the tokens of who speaks.

    ``foretold`` marks a "would" that is the "will" of reported speech.

    ``start`` and ``end`` are offsets of the act's words; ``shared`` tells that the subject stands before an earlier
    verb. ``modal`` is the auxiliary that puts the act in the future or makes it conditional.
    """

    verb: int
    act: Act
    cue_start: int
    cue_end: int
    form: Form
    start: int
    end: int
    subject: tuple[int, int] | None
    shared: bool
    negative: bool = False
    modal: str | None = None
    lemma: str = ""
    perfect: bool = False
    foretold: bool = False

    @property
    def is_future(self) -> bool:
        """Whether it is to come: it "will" be done, or somebody said that they "would" do it."""
        return self.foretold or self.modal in grammar().future
