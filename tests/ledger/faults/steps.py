"""What the processes that are killed do, and how a ledger stands afterwards. Runs in processes forked by ``zygote``."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max
from msgspec.structs import replace

from communique.ledger.backup.file import Bytes, UnusableBackup, reading
from communique.ledger.backup.making import back_up
from communique.ledger.backup.restoring import restore
from communique.ledger.claims import actions as claims
from communique.ledger.claims.models import Claim, Link, State
from communique.ledger.documents.models import Arrival, Document, Passage, Sketch
from communique.ledger.entities import actions as entities
from communique.ledger.entities.models import Entity, Name
from communique.ledger.history.undo import undo
from communique.ledger.history.verify import verify
from communique.ledger.intake import actions, taking
from communique.ledger.intake.models import Job, JobState
from communique.ledger.intake.worker import work
from communique.ledger.log.models import Act
from communique.ledger.rereading import actions as rereading
from communique.ledger.search.index import Asked, match

Ack = Callable[..., None]
BY = "malik"

_RELEASE = """\
---
title: {donor} Pledges Funds for Tide Gauges
date: 1974-02-11
url: https://example.org/{page}
---

Suva: {donor} pledged US${sum} million to the Ocean Fund at the {ordinal}th ASEAN-PIF Dialogue, held on 7 February 1974.

ASEAN welcomed the pledge. Both sides agreed to begin joint training by 1975. {donor} did not endorse the proposal.
"""


def files() -> dict[str, bytes]:
    """Return what is taken in: releases, a second version of one, and a list of four."""
    made = {
        f"{donor}.md": _RELEASE.format(donor=donor, page=donor.lower(), sum=n, ordinal=n + 3)
        for n, donor in enumerate(("Japan", "Australia", "Canada"), 2)
    }
    made["Japan again.md"] = made["Japan.md"].replace("ASEAN welcomed", "The members of ASEAN welcomed")
    lines = (
        {
            "id": n,
            "title": f"Note {n}",
            "date": "1975-03-04",
            "text": f"ASEAN and Fiji agreed to share {what}.",
        }
        for n, what in enumerate(("charts", "soundings", "forecasts", "pilots"))
    )
    made["notes.jsonl"] = "\n".join(map(json.dumps, lines))
    return {name: text.encode() for name, text in made.items()}


def migrated(ack: Ack, file: Path) -> None:
    """Make an empty ledger."""
    from communique.ledger.start import _migrate

    _migrate()


def filled(ack: Ack, file: Path) -> None:
    """Make a ledger that an older reader filled, and in which something was decided."""
    migrated(ack, file)
    with _older_reader():
        take_in(lambda *_: None, file)
    for claim in list(Claim.objects.filter(until=None).order_by("uid"))[::4]:
        claims.decide(claim.uid, State.ACCEPTED, version=claim.version, by=BY)
    _prepared().write_text(str(Act.objects.count()))


def take_in(ack: Ack, file: Path, *acknowledged: str) -> None:
    """Ask for what was not acknowledged, and take in all that waits."""
    for name, data in files().items():
        if name not in acknowledged:
            actions.ask_bytes(data, name=name, by=BY)
            ack(name)
    work(threading.Event(), until_empty=True)


def review(ack: Ack, file: Path, *acknowledged: str) -> None:
    """Do what a reviewer does, an act after the other, from where the log ends."""
    plan = list(_plan())
    done = Act.objects.count() - int(_prepared().read_text())
    for step in plan[done:]:
        act = step()
        ack(f"{act.seq}:{act.hash}")


def read_again(ack: Ack, file: Path, *acknowledged: str) -> None:
    """Ask for all to be read again by another reader, and do it."""
    with _other_reader():
        if not acknowledged:
            actions.ask_reread(rereading.to_read_again().values_list("pk", flat=True), by=BY)
            ack("asked")
        work(threading.Event(), until_empty=True)


def write_backup(ack: Ack, file: Path, *acknowledged: str) -> None:
    """Write a backup over an earlier one."""
    back_up(file, overwrite=True)
    ack("written")


def restore_backup(ack: Ack, file: Path, *acknowledged: str) -> None:
    """Restore a backup, where that was not done."""
    if not Act.objects.exists():
        restore(file)
        ack("restored")


def standing(ack: Ack, file: Path) -> dict[str, Any]:
    """Return how the ledger stands: the same for the same things done, whenever and by whatever worker."""
    keys = dict(Document.objects.values_list("pk", "key"))
    return {
        "faults": list(verify().faults),
        "backup": _whole(file) if file.exists() else "",
        "documents": sorted(
            [
                d.key,
                keys.get(d.previous_id or 0),
                Arrival.objects.filter(document=d).count(),
                d.readings.count(),
                Passage.objects.filter(document=d).count(),
                Sketch.objects.filter(document=d).count(),
            ]
            for d in Document.objects.all()
        ),
        "claims": sorted(_claim(c, keys) for c in Claim.objects.all()),
        "entities": sorted(
            [e.kind, e.key, e.canonical.key if e.canonical else None] for e in Entity.objects.all()
        ),
        "names": Name.objects.count(),
        "acts": dict(sorted(Counter(Act.objects.values_list("verb", flat=True)).items())),
        "found": len(match(Asked(past=True), limit=10_000)),
        "found now": len(match(Asked(), limit=10_000)),
        "unfinished": Job.objects.exclude(state=JobState.DONE).count(),
        "taken": sum(Job.objects.values_list("taken", flat=True)),
        "log": [f"{seq}:{hash}" for seq, hash in Act.objects.order_by("seq").values_list("seq", "hash")],
    }


def _claim(claim: Claim, keys: dict[int, str]) -> list[Any]:
    links = Link.objects.filter(claim=claim).values_list("role", "entity__kind", "entity__key")
    value = json.dumps([claim.value, claim.as_read, claim.challenge, sorted(links)], sort_keys=True)
    return [
        claim.uid,
        claim.version,
        keys[claim.document_id],
        claim.state,
        claim.by,
        claim.until is None,
        hashlib.sha256(value.encode()).hexdigest()[:12],
    ]


def _whole(file: Path) -> str:
    """Return what a backup holds, in short; why it can't be restored, where it can't."""
    met: Counter[str] = Counter()
    try:
        with reading(file) as backup:
            for member in backup.members():
                met["bytes" if isinstance(member, Bytes) else member.table] += (
                    1 if isinstance(member, Bytes) else len(member.lines)
                )
    except UnusableBackup as error:
        return str(error)
    return json.dumps(met, sort_keys=True)


def _prepared() -> Path:
    """Return the file that says how many acts a ledger was prepared with."""
    return Path(settings.DATA) / "prepared"


def _plan() -> Iterator[Callable[[], Act]]:
    read = Claim.objects.filter(until=None).exclude(reading=None).order_by("uid")
    for number, uid in enumerate(read.values_list("uid", flat=True)):
        match number % 5:
            case 0:
                yield lambda uid=uid: _decide(uid, State.REJECTED)
            case 1:
                yield lambda uid=uid: _correct(uid)
            case 2:
                yield lambda uid=uid: _decide(uid, State.UNSURE)
                yield lambda uid=uid: _undo(f"claim:{uid}")
            case 3:
                yield lambda uid=uid: _add(uid)
            case _:
                yield lambda uid=uid: _decide(uid, State.ACCEPTED)
    one, other = Entity.objects.filter(kind="party").order_by("key")[:2]
    yield lambda: entities.merge(one, other, by=BY, why="to have one")
    yield lambda: _undo(f"merge:{one.pk}")
    yield lambda: entities.merge(other, one, by=BY, why="the other way round")


def _decide(uid: str, state: State) -> Act:
    now = Claim.objects.get(uid=uid, until=None)
    return claims.decide(uid, state, version=now.version, by=BY).act


def _correct(uid: str) -> Act:
    now = Claim.objects.get(uid=uid, until=None)
    return claims.correct(uid, {}, version=now.version, by=BY, why="looked at it").act


def _add(uid: str) -> Act:
    now = Claim.objects.get(uid=uid, until=None)
    name = f"area {uid}"
    return claims.add(
        now.document, "area", {"name": name}, start=now.start, end=now.end, by=BY, why="it is one"
    ).act


def _undo(subject: str) -> Act:
    last = Act.objects.filter(subject=subject).aggregate(last=Max("seq"))["last"]
    return undo(last, by=BY)


@contextmanager
def _older_reader() -> Iterator[None]:
    read = taking.read_text

    def older(text: Any) -> Any:
        record = read(text)
        return replace(record, reader=replace(record.reader, version="0.0.1"))

    taking.read_text = older
    try:
        yield
    finally:
        taking.read_text = read


@contextmanager
def _other_reader() -> Iterator[None]:
    """A reader of another version that finds no meetings, and other stages of contributions."""
    read, version = rereading.read_text, rereading.__version__

    def other(text: Any) -> Any:
        record = read(text)
        gifts = tuple(replace(c, kind="announced", supports=()) for c in record.contributions)
        reader = replace(record.reader, version="99")
        return replace(record, reader=reader, meetings=(), contributions=gifts)

    rereading.read_text, rereading.__version__ = other, "99"
    try:
        yield
    finally:
        rereading.read_text, rereading.__version__ = read, version


STEPS: dict[str, Callable[..., Any]] = {
    step.__name__: step
    for step in (migrated, filled, take_in, review, read_again, write_backup, restore_backup, standing)
}
