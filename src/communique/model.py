"""The values that travel through the reader, and the record it ends in: the single source of the contract.

Every finding stands on words: ``quote`` is ``document.text[start:end]`` (offsets in characters, end
exclusive). A value that its quote doesn't hold names, in ``supports``, the rule that derived it and the words
it was derived from. ``None`` means that the document does not say; a list may be empty, never absent. The
line under a field says what it means; the JSON Schema and the reference take it from here.
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


# --- what a format hands over ---------------------------------------------------------------------


class Block(Struct, frozen=True):
    """A stretch of text whose role the format itself tells (an HTML heading, a DOCX list item)."""

    start: int
    """Its first character."""
    end: int
    """The character after its last."""
    role: Role
    """What it is on the page."""


class Text(Struct, frozen=True):
    """A document as its format gives it: the text, whose offsets never move, and what is said about it."""

    content: str
    """The whole text."""
    media_type: str
    """Of the file it came from."""
    sha256: str
    """Of the file's bytes."""
    title: str | None = None
    """The title that the format itself gives."""
    byline: str | None = None
    """The author that it gives."""
    publisher: str | None = None
    """The publisher that it gives."""
    published: str | None = None
    """ISO 8601, a day or a moment with its offset."""
    language: str | None = None
    """ISO 639-1, as the format says."""
    url: str | None = None
    """The address it gives, or was fetched from."""
    blocks: tuple[Block, ...] = ()
    """Stretches whose role the format tells, none over another; empty for plain text."""
    id: str | None = None
    """What the source calls it, where the source holds many and names them (``id`` in JSON Lines)."""


# --- the record -----------------------------------------------------------------------------------


class Document(Struct, frozen=True):
    """What the document is: its text, and what it says about itself."""

    text: str
    """The whole text; every offset of the record counts its characters, from 0."""
    sha256: str
    """Hash of the file's bytes, in hexadecimal."""
    media_type: str
    """What the file was, such as `text/html`."""
    kind: DocumentKind = "other"
    """What sort of document it is, by its title, its publisher and its words."""
    title: str | None = None
    """Its headline, as written."""
    publisher: str | None = None
    """Who published it, where its address, its letterhead or the page says so."""
    byline: str | None = None
    """Who wrote it, as the page says."""
    dateline_place: str | None = None
    """The place before the first words: `Jakarta` in “Jakarta: Senior officials …”."""
    published: str | None = None
    """Day or moment of publication, ISO 8601, with the offset from UTC where the zone is known."""
    language: str | None = None
    """Main language of the text, ISO 639-1."""
    url: str | None = None
    """Where it was fetched, or what the file gives as its address."""


class Segment(Struct, frozen=True):
    """A tile of the text, a sentence or a line: together they hold all characters but white space."""

    start: int
    """Its first character in `document.text`."""
    end: int
    """The character after its last."""
    role: Role
    """What it is on the page."""
    language: str | None = None
    """Its language, ISO 639-1, where it is long enough to tell."""
    disposition: Disposition = "unread"
    """`read`: headings and sentences on which a finding stands; `set_aside`: part of the page, not of what
    it says; `unread`: nothing was found in it.
    """
    why: str | None = None
    """The reason, where it was not read."""


class Coverage(Struct, frozen=True):
    """How much of the document was understood, in characters of its segments."""

    read: int
    """Characters read."""
    set_aside: int
    """Characters set aside as page furniture."""
    unread: int
    """Characters left unread."""

    @property
    def share(self) -> float:
        """Share of what was to be read (all but what was set aside) that was read; 1.0 where nothing was."""
        total = self.read + self.unread
        return self.read / total if total else 1.0


class Mention(Struct, frozen=True):
    """A place where a party is named."""

    start: int
    """Its first character in `document.text`."""
    end: int
    """The character after its last."""
    text: str
    """The words: `document.text[start:end]`."""


class Party(Struct, frozen=True):
    """Someone who speaks, owes, gives, receives or attends."""

    id: str
    """ISO 3166-1 alpha-3 for a state (`KOR`), a short lower-case key for everybody else (`asean`)."""
    name: str
    """One name for it, however it is written (`South Korea`, for “ROK” too)."""
    kind: PartyKind
    """What it is. A `body` belongs to a state or an organisation (a ministry)."""
    party: str | None = None
    """For a person or a body: the name of the party they speak for."""
    post: str | None = None
    """For a person: the post, as written."""
    mentions: tuple[Mention, ...] = ()
    """Every place where it is named."""


class PartyRef(Struct, frozen=True):
    """A party as a finding names it."""

    id: str
    """As in `parties`."""
    name: str
    """As in `parties`."""
    party: str | None = None
    """For a person or a body: the name of the party they speak for."""


class Support(Struct, frozen=True):
    """Why a field has a value that the quote does not hold: the rule, and the words it rests on, if any."""

    field: str
    """The field that has the value."""
    rule: str
    """The rule that derived it, as listed in the reference of rules."""
    start: int | None = None
    """First character of the words it rests on; none where it rests on the document as a whole."""
    end: int | None = None
    """The character after their last."""


class Chair(Struct, frozen=True):
    """Someone who chaired a meeting."""

    name: str
    """Who chaired: a person, or the post where nobody is named."""
    post: str | None = None
    """Their posts, as written."""
    party: str | None = None
    """The name of the party they sat for."""


class Quoted(Struct, frozen=True):
    """Base of what stands on words: `quote` is `document.text[start:end]`."""

    quote: str
    """The exact words."""
    start: int
    """Their first character in `document.text`, counted from 0."""
    end: int
    """The character after their last."""


class Meeting(Quoted, frozen=True):
    """A meeting reported, planned or mentioned."""

    name: str
    """Its name as the document gives it, ordinal and all."""
    series: str | None = None
    """The name without its ordinal or year: what it has in common with the one before."""
    ordinal: int | None = None
    """Its number in the series: 26 for “the 26th” and for “XXVI”."""
    level: Level | None = None
    """Who meets: heads (`summit`), ministers, senior officials, or a working group."""
    date: str | None = None
    """EDTF level 0: a day, a month, a year, or `first/last`."""
    date_rule: str | None = None
    """How the date was got: `stated`, or the rule that counted it from another date."""
    place: str | None = None
    """Where it was held or will be, as written."""
    format: MeetingFormat | None = None
    """In person, by video, or both, where the document says so."""
    status: MeetingStatus = "held"
    """The meeting reported (`held`), one to come (`planned`), or another one named (`mentioned`)."""
    chairs: tuple[Chair, ...] = ()
    """Who chaired or co-chaired it."""
    attendees: tuple[str, ...] = ()
    """Names of the parties that were there."""
    supports: tuple[Support, ...] = ()
    """What values rest on that are not in the quote."""


class Statement(Quoted, frozen=True):
    """One speech act with one set of speakers."""

    act: Act
    """What is done by saying it; the acts are a closed list."""
    cue: str
    """The words that do it: “welcomed”, “renewed their commitment”. Empty for plain quoted speech."""
    speakers: tuple[PartyRef, ...] = ()
    """Whose act it is. Empty where the document does not say."""
    addressees: tuple[PartyRef, ...] = ()
    """To whom it is said, or who is asked."""
    about: str | None = None
    """What it is about, as written."""
    polarity: Polarity = "positive"
    """`negative` where the words deny the act (“did not endorse”)."""
    status: StatementStatus = "done"
    """Done by these words, planned, or hanging on a condition."""
    reported_by: PartyRef | None = None
    """Who reports it, where that is not the speaker (“According to the Secretariat, …”)."""
    inside: int | None = None
    """Index in `statements` of the one it is nested in (“welcomed the *commitment* of …”)."""
    supports: tuple[Support, ...] = ()
    """What values rest on that are not in the quote."""


class Commitment(Quoted, frozen=True):
    """A future action owed by named debtors, wherever the grammar puts it."""

    debtors: tuple[PartyRef, ...] = ()
    """Who owes it."""
    beneficiaries: tuple[PartyRef, ...] = ()
    """For whom it is to be done."""
    action: str = ""
    """What is owed, as written."""
    instrument: str | None = None
    """The plan or agreement it is owed under: a name from `instruments`."""
    deadline: str | None = None
    """By when: EDTF level 0."""
    strength: Strength = "firm"
    """`firm` (will, agreed to), `intended` (aims to), or `conditional` (if, subject to)."""
    supports: tuple[Support, ...] = ()
    """What values rest on that are not in the quote."""


class Contribution(Quoted, frozen=True):
    """Money (or goods) that one party gives. Trade volumes, targets and budgets are none."""

    donor: PartyRef | None = None
    """Who gives."""
    amount: str | None = None
    """The number written out: `"4500000"` for “4.5 million”; a string, so that nothing is rounded."""
    currency: str | None = None
    """ISO 4217; for a bare “$”, that of the publisher's country."""
    bound: Bound | None = None
    """`up_to`, `at_least` or `about`, where the words bound the sum."""
    recipient: str | None = None
    """Who or what gets it, as written."""
    purpose: str | None = None
    """What it is for, as written."""
    kind: ContributionKind = "unspecified"
    """What the words say: pledged, paid (`disbursed`), announced, or `unspecified`. Never add the last to
    what was paid.
    """
    in_kind: str | None = None
    """What is given where it is goods or services."""
    supports: tuple[Support, ...] = ()
    """What values rest on that are not in the quote."""


class Instrument(Quoted, frozen=True):
    """A plan, fund, framework or agreement."""

    name: str
    """The name as meant: that of the instrument's own text, where it is a known one."""
    surface: str
    """The name as the document writes it."""
    kind: InstrumentKind
    """What it is, by the head noun of its name."""
    period: tuple[str | None, str | None] | None = None
    """First and last year it runs, either of which may be none."""
    parties: tuple[PartyRef, ...] = ()
    """Whose it is, where its name says so."""
    mentions: tuple[Mention, ...] = ()
    """Every other place where it is named."""
    supports: tuple[Support, ...] = ()
    """What values rest on that are not in the quote."""


class Measure(Struct, frozen=True):
    """A numbered measure of a plan of action."""

    start: int
    """Its first character in `document.text`."""
    end: int
    """The character after its last."""
    number: str
    """Its number as written: `1.1.2`."""
    text: str
    """Its words, without the number."""
    parent: str | None = None
    """Number of the heading or measure it stands under."""


class Issue(Quoted, frozen=True):
    """What was discussed, or what a position was taken on."""

    topic: str
    """What was discussed, as written, without the words around it."""
    parties: tuple[PartyRef, ...] = ()
    """Who discussed it or took the position."""


class Area(Quoted, frozen=True):
    """A field of cooperation, as listed."""

    name: str
    """The field of cooperation, as listed."""


class Progress(Quoted, frozen=True):
    """What was done under an earlier plan."""

    instrument: str | None = None
    """What it was done under: a name from `instruments`."""
    areas: tuple[str, ...] = ()
    """The fields in which it was done."""


class Problem(Struct, frozen=True):
    """Something ambiguous, misspelt, refused or not understood."""

    code: str
    """What sort of problem, such as `date/misspelt`; all are listed in the reference."""
    message: str
    """What is wrong, in a sentence."""
    start: int | None = None
    """First character of the words it is about, if it is about some."""
    end: int | None = None
    """The character after their last."""


class Reader(Struct, frozen=True):
    """Which reader made the record: its version, and the hash of the vocabulary it read with."""

    version: str
    """Version of Communiqué."""
    lexicon: str
    """Hash of its vocabulary files."""


class Record(Struct, frozen=True):
    """What a document says, each entry on its exact words."""

    document: Document
    """The document itself."""
    segments: tuple[Segment, ...]
    """The tiles of the text, in order."""
    coverage: Coverage
    """How much of it was understood."""
    parties: tuple[Party, ...]
    """Everybody who acts."""
    meetings: tuple[Meeting, ...]
    """Meetings reported, planned and mentioned."""
    statements: tuple[Statement, ...]
    """Who said what, one act at a time."""
    commitments: tuple[Commitment, ...]
    """What is owed."""
    contributions: tuple[Contribution, ...]
    """What is given."""
    instruments: tuple[Instrument, ...]
    """Plans, funds, agreements named."""
    measures: tuple[Measure, ...]
    """The numbered measures of a plan of action."""
    issues: tuple[Issue, ...]
    """What was discussed."""
    areas: tuple[Area, ...]
    """Fields of cooperation."""
    progress: tuple[Progress, ...]
    """What was done under earlier plans."""
    problems: tuple[Problem, ...]
    """What was ambiguous, misspelt, refused or not understood."""
    reader: Reader
    """Which reader made it."""

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the record as one JSON object, in the shape of ``schemas/record.schema.json``."""
        encoded = msgspec.json.encode(self)
        return (msgspec.json.format(encoded, indent=indent) if indent is not None else encoded).decode()

    def to_frames(self) -> dict[str, pandas.DataFrame]:
        """Return pandas data frames by list: ``document`` (one row) and one for each list, a row a finding.

        Columns are the fields of the type, in order; an empty list is a frame with its columns and no
        rows. A party becomes its name, with its id in a column ``<field>_id``; several become lists.
        ``start`` and ``end`` are characters of ``document.text``, end exclusive; amounts are decimals as
        strings, in ``currency`` (ISO 4217). Raises CommuniqueError where pandas is not installed
        (``pip install 'communique[frames]'``).
        """
        from communique.export.frames import frames

        return frames(self)

    def _repr_html_(self) -> str:
        """Show the record in a notebook: the text with its findings marked, in a frame of its own."""
        from communique.export.html import notebook

        return notebook(self)
