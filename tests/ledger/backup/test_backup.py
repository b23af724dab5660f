"""A ledger in one file, and back: everything, on either database, or nothing."""

from __future__ import annotations

import gzip
import io
import json
import os
import stat
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.both_databases

RELEASE = """\
---
title: Japan Pledges Funds for Tide Gauges
date: 1974-02-11
---

Suva: Japan pledged US$2 million to the Ocean Fund at the 4th ASEAN-PIF Dialogue, held here on 7 February 1974.

ASEAN welcomed the pledge. Café “Suva” was the place, at –2 °C.
"""
START = """
import os
from pathlib import Path
from communique.ledger.start import start
start(Path(os.environ["COMMUNIQUE_DATA"]))
"""
DECIDE = """
from datetime import timedelta
from communique.ledger.accounts.actions import create, make_token
from communique.ledger.accounts.links import password_link
from communique.ledger.claims.actions import correct, decide
from communique.ledger.claims.models import Claim, State
from communique.ledger.entities.actions import merge
from communique.ledger.entities.models import Entity
from communique.ledger.intake.watches import watch
malik = create("malik", "administrator", by="malik", password="plain sailing to Suva")
make_token(malik, "charts", ("read",), until=None, by="malik")
password_link(malik, by="malik")
gift = Claim.objects.get(kind="contribution", until=None)
decide(gift.uid, State.ACCEPTED, version=1, by="malik")
correct(gift.uid, {"kind": "disbursed"}, version=2, by="malik", why="the treasury says so")
one, other = Entity.objects.filter(kind="party").order_by("pk")[:2]
merge(one, other, by="malik", why="to have one")
watch("https://example.org/news.xml", by="malik", every=timedelta(hours=2))
"""

TRY = """
import sys
from communique.ledger.backup.file import UnusableBackup
from communique.ledger.backup.restoring import restore
for path in sys.argv[1:]:
    try:
        restore(Path(path))
        print("restored", path)
    except UnusableBackup:
        print("refused")
"""
FIND = """
from communique.ledger.search.index import Asked, match
from communique.ledger.search.query import parse
gifts = ((("kind", "contribution"),),)
print(*(len(match(asked, limit=9)) for asked in (Asked(parse('"tide gauges"')), Asked(parse("Fiji pledged"), gifts))))
"""
SCRIPTS = {"decide": DECIDE, "try to restore": TRY, "find": FIND}


@pytest.fixture(scope="module")
def run() -> Callable[..., subprocess.CompletedProcess[str]]:
    def run(ledger, *arguments: str) -> subprocess.CompletedProcess[str]:
        how = (
            ["-c", START + SCRIPTS[arguments[0]]]
            if arguments[0] in SCRIPTS
            else ["-m", "communique", arguments[0]]
        )
        command = [sys.executable, *how, *arguments[1:]]
        return subprocess.run(command, env=ledger.environment, capture_output=True, text=True, timeout=300)

    return run


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("backups")


@pytest.fixture(scope="module")
def full(run, fresh_ledgers, folder):
    """A ledger with a document, decisions, an account, a merge, a watch; and its backup."""
    ledger = fresh_ledgers()
    (folder / "release.md").write_text(RELEASE)
    for arguments in (
        ("add", str(folder / "release.md")),
        ("decide",),
        ("backup", str(folder / "one.tar.gz")),
    ):
        done = run(ledger, *arguments)
        assert done.returncode == 0, done.stderr
    return ledger


def members(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        return {m.name: archive.extractfile(m).read() for m in archive.getmembers()}


def test_what_is_restored_is_what_was_backed_up_on_whatever_database(run, full, fresh_ledgers, folder):
    one, back = folder / "one.tar.gz", fresh_ledgers(sqlite=True)
    done = run(back, "restore", str(one))
    assert done.returncode == 0, done.stderr
    assert "nothing is wrong" in done.stdout
    assert run(back, "backup", str(folder / "two.tar.gz")).returncode == 0
    again = fresh_ledgers()  # from SQLite, back to the database of this run
    assert run(again, "restore", str(folder / "two.tar.gz")).returncode == 0
    assert run(again, "backup", str(folder / "three.tar.gz")).returncode == 0
    first, third = members(one), members(folder / "three.tar.gz")
    changed = {n for n in first if not n.startswith("communique") and lines(first[n]) != lines(third[n])}
    assert (set(first), changed) == (set(third), set())
    # what comes after goes on after it, on either database
    (folder / "more.md").write_text(RELEASE.replace("Japan", "Fiji"))
    assert "1 document taken in" in run(again, "add", str(folder / "more.md")).stdout
    assert run(again, "verify").returncode == 0
    asked = run(again, "find")
    assert asked.stdout.split() == ["2", "1"], asked.stderr


def lines(data: bytes) -> list[object]:
    """JSON is compared, not its spelling: PostgreSQL orders the keys of what it keeps its own way."""
    try:
        return [json.loads(line) for line in data.splitlines()]
    except ValueError:
        return [data]


def test_a_backup_holds_no_session_throttle_or_link_and_is_for_its_owner_only(full, folder):
    found = members(folder / "one.tar.gz")
    head = json.loads(found["communique-backup.json"])
    assert not {"accounts.session", "accounts.tries", "accounts.link"} & set(head["tables"])
    assert any("accounts.account" in name for name in found)
    assert stat.S_IMODE(os.stat(folder / "one.tar.gz").st_mode) == 0o600


def test_a_backup_is_restored_into_an_empty_ledger_only_and_overwrites_no_file_unasked(run, full, folder):
    refused = run(full, "restore", str(folder / "one.tar.gz"))
    assert refused.returncode == 1
    assert "not empty" in refused.stderr
    assert "--data" in refused.stderr
    there = run(full, "backup", str(folder / "one.tar.gz"))
    assert (there.returncode, "--overwrite" in there.stderr) == (1, True)
    assert run(full, "backup", "--overwrite", str(folder / "one.tar.gz")).returncode == 0


def altered(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Write a backup anew with other members."""
    made = path.with_name(f"altered-{path.name}")
    with gzip.open(made, "wb") as packed, tarfile.open(fileobj=packed, mode="w|") as archive:
        for name, data in members(path).items():
            new = change(name, data)
            if new is not None:
                member = tarfile.TarInfo(name)
                member.size = len(new)
                archive.addfile(member, io.BytesIO(new))
    return made


def cut(path: Path) -> Path:
    made = path.with_name("cut.tar.gz")
    made.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return made


def test_nothing_is_restored_from_a_file_that_is_not_whole(run, full, fresh_ledgers, folder):
    one, ledger = folder / "one.tar.gz", fresh_ledgers()
    (folder / "none.tar.gz").write_bytes(b"no backup")
    broken = {
        "cut": cut(one),
        "altered": altered(one, lambda n, d: d.replace(b"pledged", b"pledges") if "claims.claim" in n else d),
        "end": altered(one, lambda n, d: None if n == "end.json" else d),
        "bytes": altered(one, lambda n, d: d + b"!" if n.startswith("bytes/") else d),
        "none": folder / "none.tar.gz",
        "missing": folder / "missing.tar.gz",
        "newer": altered(
            one, lambda n, d: d.replace(b'"format": 1', b'"format": 2') if "communique" in n else d
        ),
    }
    told = run(ledger, "try to restore", *map(str, broken.values()))
    assert told.stdout.splitlines() == ["refused"] * len(broken), told.stderr
    assert run(ledger, "restore", str(broken["none"])).returncode == 1
    figures = json.loads(run(ledger, "verify", "--format", "json").stdout)
    assert (figures["documents"], figures["acts"], figures["faults"]) == (0, 0, [])
    assert run(ledger, "restore", str(one)).returncode == 0
