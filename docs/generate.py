"""Writes what the documentation takes from the code: outputs of commands, and the reference.

    python docs/generate.py [--check]

In a page, the fenced block under `<!-- runs: COMMAND -->` is what the command prints, and the one under
`<!-- shows: FILE -->` is the file. The pages of docs/reference that `_REFERENCE` lists are written whole,
from the model and the vocabulary. `--check` writes nothing, and ends with 1 where a page is not current.
"""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import chdir, redirect_stdout
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from runpy import run_path
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from typer.testing import CliRunner

from communique import model
from communique.bulk.tables import tables
from communique.cli import app
from communique.events import Event
from communique.export.amounts import DIGITS, PLACES
from communique.export.schema import meanings
from communique.vocab.acts import ActFile, acts
from communique.vocab.events import EventType, event_types
from communique.vocab.events.actors import actor_words
from communique.vocab.events.contexts import contexts
from communique.vocab.gazetteer import Membership, organisations, states
from communique.vocab.instruments import kinds, known
from communique.vocab.publishers import publishers

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
MADE = "<!-- Made by docs/generate.py from the {source}: change that, then run `make docs`. -->"
_BLOCK = re.compile(r"^<!-- (?P<how>runs|shows): (?P<what>.+?) -->\n```(?P<kind>\w*)\n.*?^```$", re.M | re.S)
_STRENGTHS = ("says", "values", "takes a position", "binds")


def main(arguments: Sequence[str]) -> int:
    """Write every page that is not current, or only name it; return the exit status."""
    stale = [(path, text) for path, text in pages() if not path.exists() or path.read_text("utf-8") != text]
    for path, text in stale:
        if "--check" not in arguments:
            path.write_text(text, "utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
    return int(bool(stale) and "--check" in arguments)


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every page that holds something generated, as it should be."""
    for name, write in _REFERENCE.items():
        yield REFERENCE / name, "\n".join(write()).rstrip("\n") + "\n"
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = path.read_text("utf-8")
        if _BLOCK.search(text):
            yield path, _BLOCK.sub(_filled, text)


def printed(command: str) -> str:
    """Return what one of our commands prints on 80 columns without colour, or what a script prints."""
    program, *arguments = shlex.split(command)
    with chdir(ROOT):
        if program == "python":
            with redirect_stdout(StringIO()) as out:
                run_path(arguments[0])
            return out.getvalue()
        if program == "communique":
            return _told(arguments)
    raise ValueError(f"{command!r} is no command of ours")


def _told(arguments: Sequence[str]) -> str:
    plain = {"COLUMNS": "80", "NO_COLOR": "1"}
    done = CliRunner().invoke(app, arguments, prog_name="communique", env=plain, catch_exceptions=False)
    if done.exit_code != 0:
        raise ValueError(f"{shlex.join(arguments)} ended with {done.exit_code}: {done.stderr}")
    return done.stdout


def _filled(block: re.Match[str]) -> str:
    how, what = block["how"], block["what"]
    text = printed(what) if how == "runs" else (ROOT / what).read_text("utf-8")
    return f"<!-- {how}: {what} -->\n```{block['kind']}\n{text.rstrip()}\n```"


# --- the record -----------------------------------------------------------------------------------

_LISTED = (
    (model.Document, "document"),
    (model.Segment, "segments"),
    (model.Coverage, "coverage"),
    (model.Party, "parties"),
    (model.Meeting, "meetings"),
    (model.Statement, "statements"),
    (model.Commitment, "commitments"),
    (model.Contribution, "contributions"),
    (model.Instrument, "instruments"),
    (model.Measure, "measures"),
    (model.Issue, "issues"),
    (model.Area, "areas"),
    (model.Progress, "progress"),
    (model.Problem, "problems"),
    (model.Reader, "reader"),
)
_INNER = (model.PartyRef, model.Mention, model.Chair, model.Support)


def _record() -> Iterator[str]:
    yield from _opening("The record", "model")
    yield (
        "`communique read FILE --format json` prints one such object for each document, and "
        "`communique.read` returns it as a `Record`. `communique schema` prints the same as a JSON Schema.\n"
    )
    yield (
        "Offsets count characters of `document.text` from 0, and `end` is exclusive: `quote` is always "
        "`document.text[start:end]`. A value that is `null` is not said by the document. Lists may be empty; "
        "no field is ever absent.\n"
    )
    yield from _table(("in the record", "what it holds"), _parts())
    for type_, name in _LISTED:
        yield f"## `{name}`\n"
        yield from _type(type_)
    yield "## Inside these\n"
    for type_ in _INNER:
        yield f"### {type_.__name__}\n"
        yield from _type(type_)


def _parts() -> Iterator[tuple[str, str]]:
    said = meanings(model.Record)
    for field in msgspec.structs.fields(model.Record):
        yield f"[`{field.name}`](#{field.name})", said[field.name]


def _type(type_: type[msgspec.Struct]) -> Iterator[str]:
    yield f"{_one_line(type_.__doc__)}\n"
    said, hints = meanings(type_), get_type_hints(type_)
    rows = ((f"`{name}`", _typed(hints[name]), said[name]) for name in type_.__struct_fields__)
    yield from _table(("field", "type", "meaning"), rows)


def _typed(hint: Any) -> str:
    """Say a type in words: what JSON holds there."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in arguments)
    if origin in (Union, UnionType):
        return ", or ".join("none" if part is NoneType else _typed(part) for part in arguments)
    if origin is tuple:
        inner = [part for part in arguments if part is not Ellipsis]
        return f"list of {_typed(inner[0])}" if len(inner) == 1 else f"[{', '.join(map(_typed, inner))}]"
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    return {str: "string", int: "number"}[hint]


# --- the tables of bulk ---------------------------------------------------------------------------

_TABLE_TYPES: dict[Any, str] = {
    str: "string",
    int: "32-bit number",
    date: "date",
    Decimal: f"decimal({DIGITS}, {PLACES})",
}


def _tables() -> Iterator[str]:
    yield from _opening("The tables of bulk", "model, by src/communique/bulk/tables.py")
    yield (
        "`communique bulk` writes these as Parquet, one folder a table; the meaning of a column is in its metadata, "
        "too. `document` and `source` are in every row: join tables on `source`, since two documents may have one "
        "id. Rows of a document stand in the order of its record, `position`, and what points at another row of the "
        "same list does so by it: `inside` of a statement. A date as the document gives it, in EDTF, has two "
        "columns beside it for its first and last day.\n"
    )
    for name, columns in tables().items():
        yield f"## `{name}`\n"
        rows = ((f"`{c.name}`", _in_table(c.hint), c.meaning) for c in columns)
        yield from _table(("column", "type", "meaning"), rows)


def _in_table(hint: Any) -> str:
    """Say a type as Arrow has it; none may stand anywhere, and is not said."""
    origin, arguments = get_origin(hint), [part for part in get_args(hint) if part is not NoneType]
    if origin is Literal:
        return "string"
    if origin in (Union, UnionType):
        return _in_table(arguments[0])
    if origin is tuple:
        return f"list of {_in_table(arguments[0])}"
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return f"struct ({', '.join(f'`{field}`' for field in hint.__struct_fields__)})"
    return _TABLE_TYPES[hint]


# --- the acts -------------------------------------------------------------------------------------


def _acts() -> Iterator[str]:
    yield from _opening("The speech acts", "files in src/communique/vocab/acts")
    yield (
        "A statement does one of these. The list is closed: other tools read it. Strength is how much the "
        "act binds who performs it: 0 says, 1 values, 2 takes a position, 3 binds. The codes are those of "
        "the event codings PLOVER and CAMEO that come nearest.\n"
    )
    rows = (_act_row(a) for a in acts().values())
    yield from _table(("act", "what it does", "strength", "PLOVER", "CAMEO"), rows)
    for act in acts().values():
        yield from _act(act)


def _act_row(act: ActFile) -> tuple[str, ...]:
    strength = f"{act.strength} {_STRENGTHS[act.strength]}"
    return f"[`{act.label}`](#{act.label})", act.definition, strength, _listed(act.plover), f"`{act.cameo}`"


def _act(act: ActFile) -> Iterator[str]:
    yield f"## {act.label}\n"
    yield f"{act.definition}\n"
    yield f"Cues, by the lemma of their verb: {_words(act.cues)}.\n"
    if act.nouns:
        yield f"As a noun of somebody's: {_words(act.nouns)}.\n"
    for example in act.examples:
        yield f"- {example.text.replace(example.cue, f'**{example.cue}**', 1)}"
    for other in act.not_:
        yield f"- not: {other.text}"
    yield ""


# --- events ---------------------------------------------------------------------------------------


def _events() -> Iterator[str]:
    yield from _opening("Events", "files in src/communique/vocab/events")
    yield (
        "The types, modes and contexts are those of PLOVER, the codes those of CAMEO; the definitions, words and "
        "examples are ours. [Events](../events.md) says how they are found.\n"
    )
    yield "## The columns\n"
    said, hints = meanings(Event), get_type_hints(Event)
    of_fields = ((f"`{name}`", _in_table(hints[name]), said[name]) for name in Event.__struct_fields__)
    yield from _table(("column", "type", "meaning"), of_fields)
    yield "## The types\n"
    rows = (
        (f"[`{t.label}`](#{t.label.lower()})", t.definition, f"`{t.cameo}`") for t in event_types().values()
    )
    yield from _table(("type", "what it is", "CAMEO"), rows)
    for type_ in event_types().values():
        yield from _event_type(type_)
    yield "## Contexts\n"
    yield from _table(("context", "matters"), ((f"`{c.name}`", c.definition) for c in contexts()))
    yield "## Roles\n"
    of_roles = ((f"`{role}`", _listed(words[:10])) for role, words in actor_words().roles.items())
    yield from _table(("role", "told by words such as"), of_roles)


def _event_type(type_: EventType) -> Iterator[str]:
    yield f"### {type_.label}\n"
    yield f"{type_.definition}\n"
    if type_.modes:
        rows = ((f"`{m.name}`", m.definition, f"`{m.cameo}`" if m.cameo else "") for m in type_.modes)
        yield from _table(("mode", "how", "CAMEO"), rows)
    yield f"By verbs: {_words(dict.fromkeys(c for f in type_.verbs for c in f.cues))}.\n"
    if type_.nouns:
        yield f"By nouns: {_words(dict.fromkeys(c for f in type_.nouns for c in f.cues))}.\n"
    for example in type_.examples:
        yield f"- {example.text} `{example.event}`"
    for other in type_.not_:
        yield f"- not: {other.text}"
    yield ""


# --- who and what is known ------------------------------------------------------------------------


def _parties() -> Iterator[str]:
    yield from _opening("The parties known by name", "files in src/communique/vocab/parties")
    bodies = [o for o in organisations().values() if o.kind == "body"]
    others = [o for o in organisations().values() if o.kind != "body"]
    yield (
        f"{len(states())} states and territories, {len(others)} organisations and groups, {len(bodies)} "
        "bodies. A party that is not here is still found where its name shows what it is (“the Ministry of "
        "Fisheries of Samoa”); then it gets a key made of its name.\n"
    )
    yield "## Organisations and groups\n"
    rows = ((f"`{o.id}`", o.name, o.kind, _listed(o.aliases, "; "), _members(o.members)) for o in others)
    yield from _table(("id", "name", "kind", "also", "members today"), rows)
    yield "## Bodies\n"
    of = ((f"`{o.id}`", o.name, f"`{o.party}`" if o.party else "", _listed(o.aliases, "; ")) for o in bodies)
    yield from _table(("id", "name", "of", "also"), of)
    yield "## States and territories\n"
    of_states = (
        (f"`{s.id}`", s.name, _listed((*s.names, *s.aliases), "; "), _listed(s.adjectives), _listed(s.seats))
        for s in states().values()
    )
    yield from _table(("id", "name", "also", "adjectives", "seats that stand for it"), of_states)


def _members(memberships: Iterable[Membership]) -> str:
    return str(sum(len(m.ids) for m in memberships if m.left is None) or "")


def _instruments() -> Iterator[str]:
    yield from _opening("Instruments", "files in src/communique/vocab/instruments")
    yield "## How the kind is told\n"
    yield "By the head noun of the name; in running words (“an agreement on …”) by the last column.\n"
    of_kinds = ((f"`{k.kind}`", _listed(k.names), _listed(k.plain)) for k in kinds())
    yield from _table(("kind", "heads of names", "in running words"), of_kinds)
    yield "## Instruments known by name\n"
    yield "Written in any of these ways, they are one instrument under one name.\n"
    rows = ((k.name, f"`{k.kind}`", _listed((*k.variants, *k.acronyms), "; "), k.to or "") for k in known())
    yield from _table(("name", "kind", "also written", "runs to"), rows)


def _publishers() -> Iterator[str]:
    yield from _opening("Publishers", "files in src/communique/vocab/publishers")
    yield (
        "For these, the reader knows the site's page furniture, whom it speaks for (none for a newspaper), "
        "and what a bare “$” means there. Pages of others are read with what all pages have in common.\n"
    )
    rows = (
        (
            p.name,
            _listed(p.hosts),
            p.issuer.name if p.issuer else "",
            p.dollar or "",
            f"`{p.kind}`" if p.kind else "",
        )
        for p in publishers()
    )
    yield from _table(("publisher", "hosts", "speaks for", "“$”", "publishes"), rows)


def _commands() -> Iterator[str]:
    yield from _opening("The commands", "command line's own help")
    for command in (
        "communique",
        "communique read",
        "communique events",
        "communique evaluate",
        "communique bulk",
        "communique schema",
    ):
        yield f"## {command}\n"
        yield f"```text\n{printed(f'{command} --help').rstrip()}\n```\n"


# --- how a page is put ----------------------------------------------------------------------------


def _opening(title: str, source: str) -> Iterator[str]:
    yield f"# {title}\n"
    yield f"{MADE.format(source=source)}\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"
    yield ""


def _listed(words: Iterable[str], joint: str = ", ") -> str:
    return joint.join(words)


def _words(words: Iterable[str]) -> str:
    return ", ".join(f"*{word}*" for word in words)


def _one_line(text: str | None) -> str:
    return " ".join((text or "").replace("``", "`").split())


_REFERENCE: dict[str, Callable[[], Iterator[str]]] = {
    "record.md": _record,
    "tables.md": _tables,
    "acts.md": _acts,
    "events.md": _events,
    "parties.md": _parties,
    "instruments.md": _instruments,
    "publishers.md": _publishers,
    "commands.md": _commands,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
