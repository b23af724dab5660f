"""The values that travel through the reader, and the record it ends in: the single source of the contract.

Every finding stands on words: ``quote`` is ``document.text[start:end]`` (offsets in characters, end exclusive).
A value that its quote doesn't hold names, in ``supports``, the rule that derived it and the words it was derived
from. ``None`` means that the document does not say; a list may be empty, never absent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    import pandas

Role = Literal[
    "title", "byline", "dateline", "caption", "heading", "body", "list_item", "quotation", "furniture"
]
Disposition = Literal["read", "set_aside", "unread"]
DocumentKind = Literal[
    "press_release",
    "joint_statement",
    "communique",
    "readout",
    "plan_of_action",
    "agreement",
    "news",
    "speech",
    "other",
]
PartyKind = Literal["state", "organisation", "group", "body", "person"]
Level = Literal["summit", "ministerial", "senior_officials", "working"]
MeetingFormat = Literal["in person", "virtual", "hybrid"]
MeetingStatus = Literal["held", "planned", "mentioned"]
Act = Literal[
    "assert",
    "appreciate",
    "welcome",
    "reaffirm",
    "note",
    "emphasise",
    "concern",
    "condemn",
    "urge",
    "agree",
    "commit",
    "pledge",
    "plan",
    "support",
    "discuss",
    "adopt",
    "report-progress",
    "request",
    "other",
]
Polarity = Literal["positive", "negative"]
StatementStatus = Literal["done", "planned", "conditional"]
Strength = Literal["firm", "intended", "conditional"]
Bound = Literal["up_to", "at_least", "about"]
ContributionKind = Literal["pledge", "disbursed", "announced", "unspecified"]
InstrumentKind = Literal[
    "plan_of_action",
    "framework",
    "fund",
    "declaration",
    "agreement",
    "outlook",
    "strategy",
    "initiative",
    "treaty",
    "other",
]


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of every value: frozen, and decoded only from exactly its own fields."""


# --- what a format hands over -------------------------------------------------------------------------------------


class Block(Struct, frozen=True):
    """A stretch of text whose role the format itself tells (an HTML heading, a DOCX list item)."""

    start: int
    end: int
    role: Role


class Text(Struct, frozen=True):
    """A document as its format gives it: the text whose offsets never move, and what the format says about it.

    ``published`` is ISO 8601, a day or a moment with its offset. ``blocks`` may be empty (plain text) and never
    overlap.
    """

    content: str
    media_type: str
    sha256: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    blocks: tuple[Block, ...] = ()


# --- the record ---------------------------------------------------------------------------------------------------


class Document(Struct, frozen=True):
    """What the document is: its text, and what it says about itself."""

    text: str
    sha256: str
    media_type: str
    kind: DocumentKind = "other"
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    dateline_place: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None


class Segment(Struct, frozen=True):
    """A tile of the text, a sentence or a line: together they hold every character that is not white space."""

    start: int
    end: int
    role: Role
    language: str | None = None
    disposition: Disposition = "unread"
    why: str | None = None


class Coverage(Struct, frozen=True):
    """How much of the document was understood, in characters of its segments."""

    read: int
    set_aside: int
    unread: int

    @property
    def share(self) -> float:
        """Share of what was to be read (all but what was set aside) that was read; 1.0 where nothing was."""
        total = self.read + self.unread
        return self.read / total if total else 1.0


class Mention(Struct, frozen=True):
    """A place where a party is named."""

    start: int
    end: int
    text: str


class Party(Struct, frozen=True):
    """Someone who speaks, owes, gives, receives or attends."""

    id: str
    name: str
    kind: PartyKind
    party: str | None = None
    post: str | None = None
    mentions: tuple[Mention, ...] = ()


class PartyRef(Struct, frozen=True):
    """A party as a finding names it. ``party`` is the name of the party that a person or body speaks for."""

    id: str
    name: str
    party: str | None = None


class Support(Struct, frozen=True):
    """Why a field has a value that the quote does not hold: the rule, and the words it rests on, if any."""

    field: str
    rule: str
    start: int | None = None
    end: int | None = None


class Chair(Struct, frozen=True):
    name: str
    post: str | None = None
    party: str | None = None


class Meeting(Struct, frozen=True):
    """A meeting reported, planned or mentioned. ``date`` is EDTF level 0, ``date_rule`` how it was derived."""

    quote: str
    start: int
    end: int
    name: str
    series: str | None = None
    ordinal: int | None = None
    level: Level | None = None
    date: str | None = None
    date_rule: str | None = None
    place: str | None = None
    format: MeetingFormat | None = None
    status: MeetingStatus = "held"
    chairs: tuple[Chair, ...] = ()
    attendees: tuple[str, ...] = ()
    supports: tuple[Support, ...] = ()


class Statement(Struct, frozen=True):
    """One speech act with one set of speakers. ``inside`` is the index of the statement it is nested in."""

    quote: str
    start: int
    end: int
    act: Act
    cue: str
    speakers: tuple[PartyRef, ...] = ()
    addressees: tuple[PartyRef, ...] = ()
    about: str | None = None
    polarity: Polarity = "positive"
    status: StatementStatus = "done"
    reported_by: PartyRef | None = None
    inside: int | None = None
    supports: tuple[Support, ...] = ()


class Commitment(Struct, frozen=True):
    """A future action owed by named debtors. ``deadline`` is EDTF level 0."""

    quote: str
    start: int
    end: int
    debtors: tuple[PartyRef, ...] = ()
    beneficiaries: tuple[PartyRef, ...] = ()
    action: str = ""
    instrument: str | None = None
    deadline: str | None = None
    strength: Strength = "firm"
    supports: tuple[Support, ...] = ()


class Contribution(Struct, frozen=True):
    """Money (or goods) that one party gives: ``amount`` is a decimal written out, ``currency`` ISO 4217."""

    quote: str
    start: int
    end: int
    donor: PartyRef | None = None
    amount: str | None = None
    currency: str | None = None
    bound: Bound | None = None
    recipient: str | None = None
    purpose: str | None = None
    kind: ContributionKind = "unspecified"
    in_kind: str | None = None
    supports: tuple[Support, ...] = ()


class Instrument(Struct, frozen=True):
    """A plan, fund, framework or agreement: ``name`` as meant, ``surface`` as written, ``period`` in years."""

    quote: str
    start: int
    end: int
    name: str
    surface: str
    kind: InstrumentKind
    period: tuple[str | None, str | None] | None = None
    parties: tuple[PartyRef, ...] = ()
    mentions: tuple[Mention, ...] = ()
    supports: tuple[Support, ...] = ()


class Measure(Struct, frozen=True):
    """A numbered measure of a plan of action; ``parent`` is the number of the heading it stands under."""

    start: int
    end: int
    number: str
    text: str
    parent: str | None = None


class Issue(Struct, frozen=True):
    """What was discussed, or what a position was taken on."""

    quote: str
    start: int
    end: int
    topic: str
    parties: tuple[PartyRef, ...] = ()


class Area(Struct, frozen=True):
    """A field of cooperation, as listed."""

    quote: str
    start: int
    end: int
    name: str


class Progress(Struct, frozen=True):
    """What was done under an earlier plan."""

    quote: str
    start: int
    end: int
    instrument: str | None = None
    areas: tuple[str, ...] = ()


class Problem(Struct, frozen=True):
    """Something ambiguous, misspelt, refused or not understood. ``code`` reads like ``date/ambiguous``."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class Reader(Struct, frozen=True):
    """Which reader made the record: its version, and the hash of the vocabulary it read with."""

    version: str
    lexicon: str


class Record(Struct, frozen=True):
    """What a document says, each entry on its exact words."""

    document: Document
    segments: tuple[Segment, ...]
    coverage: Coverage
    parties: tuple[Party, ...]
    meetings: tuple[Meeting, ...]
    statements: tuple[Statement, ...]
    commitments: tuple[Commitment, ...]
    contributions: tuple[Contribution, ...]
    instruments: tuple[Instrument, ...]
    measures: tuple[Measure, ...]
    issues: tuple[Issue, ...]
    areas: tuple[Area, ...]
    progress: tuple[Progress, ...]
    problems: tuple[Problem, ...]
    reader: Reader

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the record as one JSON object, in the shape of ``schemas/record.schema.json``."""
        encoded = msgspec.json.encode(self)
        return (msgspec.json.format(encoded, indent=indent) if indent is not None else encoded).decode()

    def to_frames(self) -> dict[str, pandas.DataFrame]:
        """Return pandas data frames by list: ``document`` (one row) and one for each list, a row a finding.

        Columns are the fields of the type, in order; an empty list is a frame with its columns and no
        rows. A party becomes its name, with its id in a column ``<field>_id``; several become lists.
        ``start`` and ``end`` are characters of ``document.text``, end exclusive; amounts are decimals as strings,
        in ``currency`` (ISO 4217). Raises CommuniqueError where pandas is not installed
        (``pip install 'communique[frames]'``).
        """
        from communique.export.frames import frames

        return frames(self)

    def _repr_html_(self) -> str:
        """Show the record in a notebook: the text with its findings marked, in a frame of its own."""
        from communique.export.html import notebook

        return notebook(self)
